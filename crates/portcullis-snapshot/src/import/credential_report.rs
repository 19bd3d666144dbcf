//! `aws iam get-credential-report`: who has which credentials, when they were made and used.
//!
//! Columns are found by name. AWS's page on the report says `TRUE`, the report says `true`: case is ignored.

use portcullis_iam::{AccountId, Arn, Timestamp};
use serde::Deserialize;

use super::csv::Records;
use super::fault::{Fault, Faults};
use super::json::{self, Text, When};
use super::report_row::{Columns, Row};

/// What one file tells.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// When the report was made, when the file tells.
    pub(super) generated: Option<Timestamp>,
    /// Root's row, when there is one.
    pub(super) root: Option<Row>,
    /// The users' rows.
    pub(super) users: Vec<Row>,
    /// Rows that make no sense.
    pub(super) faults: Faults,
}

/// Reads the text of one file: the CSV itself, or the JSON in which AWS wraps it.
pub(super) fn read(text: &str) -> Result<Report, Fault> {
    if !text.trim_start().starts_with('{') {
        return rows(text);
    }
    let mut reports = json::documents::<Wrapped<'_>>(text)?.into_iter();
    let wrapped = reports.next().ok_or_else(|| Fault::new("the file is empty"))?;
    let content = wrapped.content.ok_or_else(|| Fault::new("the file has no `Content`").hint(HINT))?;
    let csv = base64(content.as_str()).ok_or_else(|| Fault::new("`Content` is no base64 text").hint(HINT))?;
    Ok(Report { generated: wrapped.generated_time.and_then(|time| time.0), ..rows(&csv)? })
}

impl Report {
    /// The account that the first ARN names.
    pub(super) fn account(&self) -> Option<AccountId> {
        self.root.iter().chain(&self.users).find_map(|row| row.arn.account())
    }
}

fn rows(csv: &str) -> Result<Report, Fault> {
    let mut records = Records::new(csv);
    let (_, header) = records.next().ok_or_else(|| Fault::new("the file is empty").hint(HINT))?;
    let columns = Columns::new(&header);
    if !columns.has_users() {
        return Err(Fault::new("the first line names no columns `user` and `arn`").hint(HINT).at(1, 1));
    }
    let mut report = Report::default();
    for (line, fields) in records {
        if fields.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        match columns.row(&fields, line) {
            Some(row) if *row.name == *ROOT || is_root(&row.arn) => report.root = Some(row),
            Some(row) => report.users.push(row),
            None => report.faults.push(Fault::new("the row has no ARN").hint(AGAIN).at(line, 1)),
        }
    }
    Ok(report)
}

fn is_root(arn: &Arn) -> bool {
    arn.resource() == "root"
}

/// The text in standard base64 with padding; white space is skipped.
fn base64(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(six)) & 0xff_ffff;
        held += 6;
        if 8 <= held {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    String::from_utf8(bytes).ok()
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Wrapped<'t> {
    #[serde(borrow)]
    content: Option<Text<'t>>,
    generated_time: Option<When>,
}

const AGAIN: &str = "make the report again, and leave it unchanged";

/// The user column of root's row.
const ROOT: &str = "<root_account>";

const HINT: &str =
    "save `aws iam get-credential-report` as credential-report.json, or its decoded `Content` as .csv";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_with_and_without_padding() {
        assert_eq!(base64("dXNlcixhcm4="), Some("user,arn".into()));
        assert_eq!(base64("dXNl\nciwx"), Some("user,1".into()));
        assert_eq!(base64("dXNlcg"), Some("user".into()));
        assert_eq!(base64("d-Nl"), None);
    }
}
