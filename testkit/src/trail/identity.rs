//! Who made a call, as a record writes it.

use portcullis_iam::Timestamp;

/// `userIdentity`.
#[derive(Clone, Copy, Debug)]
pub enum Identity<'a> {
    /// An IAM user.
    User {
        /// Its names.
        who: Who<'a>,
        /// The access key; empty at a sign-in.
        key: &'a str,
        /// The session, when there is one.
        session: Option<Session>,
        /// The service that called on the user's behalf.
        via: Option<&'a str>,
    },
    /// A session of a role.
    Role {
        /// The role's names.
        who: Who<'a>,
        /// The session's name.
        session_name: &'a str,
        /// The access key.
        key: &'a str,
        /// The session.
        session: Session,
    },
    /// The root user, in a session of the console.
    Root {
        /// The account.
        account: &'a str,
        /// The access key; empty at a sign-in.
        key: &'a str,
        /// The session, when there is one.
        session: Option<Session>,
    },
    /// A service of AWS.
    Service {
        /// Its name.
        name: &'a str,
    },
    /// Only the account is told, not even the type.
    Account {
        /// The account.
        account: &'a str,
    },
}

/// The names of a user or role.
#[derive(Clone, Copy, Debug)]
pub struct Who<'a> {
    /// The account.
    pub account: &'a str,
    /// The unique id.
    pub id: &'a str,
    /// The ARN.
    pub arn: &'a str,
    /// The name.
    pub name: &'a str,
}

/// A session.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// When it began.
    pub created: Timestamp,
    /// Whether MFA was used.
    pub mfa: bool,
}

impl Identity<'_> {
    /// `userIdentity.type`, empty where there is none.
    pub fn kind(&self) -> &'static str {
        match self {
            Identity::User { .. } => "IAMUser",
            Identity::Role { .. } => "AssumedRole",
            Identity::Root { .. } => "Root",
            Identity::Service { .. } => "AWSService",
            Identity::Account { .. } => "",
        }
    }

    /// Appends it as JSON.
    pub(super) fn write(&self, out: &mut String) {
        match *self {
            Identity::User { who, key, session, via } => {
                put(
                    out,
                    &[
                        r#"{"type":"IAMUser","principalId":""#,
                        who.id,
                        r#"","arn":""#,
                        who.arn,
                        r#"","accountId":""#,
                    ],
                );
                put(out, &[who.account, r#"","accessKeyId":""#, key, r#"","userName":""#, who.name, "\""]);
                if let Some(session) = session {
                    out.push_str(r#","sessionContext":{"#);
                    session.write(out);
                }
                if let Some(via) = via {
                    put(out, &[r#","invokedBy":""#, via, "\""]);
                }
                out.push('}');
            }
            Identity::Role { who, session_name, key, session } => role(out, who, session_name, key, session),
            Identity::Root { account, key, session } => {
                put(
                    out,
                    &[r#"{"type":"Root","principalId":""#, account, r#"","arn":"arn:aws:iam::"#, account],
                );
                put(out, &[r#":root","accountId":""#, account, r#"","accessKeyId":""#, key, "\""]);
                if let Some(session) = session {
                    out.push_str(r#","sessionContext":{"#);
                    session.write(out);
                }
                out.push('}');
            }
            Identity::Service { name } => put(out, &[r#"{"type":"AWSService","invokedBy":""#, name, r#""}"#]),
            Identity::Account { account } => {
                put(out, &[r#"{"accountId":""#, account, r#"","invokedBy":"secretsmanager.amazonaws.com"}"#]);
            }
        }
    }
}

fn role(out: &mut String, who: Who<'_>, session_name: &str, key: &str, session: Session) {
    put(out, &[r#"{"type":"AssumedRole","principalId":""#, who.id, ":", session_name]);
    put(out, &[r#"","arn":"arn:aws:sts::"#, who.account, ":assumed-role/", who.name, "/", session_name]);
    put(out, &[r#"","accountId":""#, who.account, r#"","accessKeyId":""#, key]);
    put(out, &[r#"","sessionContext":{"sessionIssuer":{"type":"Role","principalId":""#, who.id]);
    put(out, &[r#"","arn":""#, who.arn, r#"","accountId":""#, who.account, r#"","userName":""#, who.name]);
    out.push_str(r#""},"webIdFederationData":{},"#);
    session.write(out);
    out.push('}');
}

impl Session {
    /// Appends its attributes, and the end of the context.
    fn write(self, out: &mut String) {
        let mfa = if self.mfa { "true" } else { "false" };
        put(out, &[r#""attributes":{"creationDate":""#]);
        time(out, self.created);
        put(out, &[r#"","mfaAuthenticated":""#, mfa, r#""}}"#]);
    }
}

/// Appends texts.
pub(super) fn put(out: &mut String, texts: &[&str]) {
    texts.iter().for_each(|text| out.push_str(text));
}

/// Appends an instant, by way of numbers: it is written twice in each record.
pub(super) fn time(out: &mut String, at: Timestamp) {
    let (days, second) = (at.seconds().div_euclid(86_400), at.seconds().rem_euclid(86_400));
    let (year, month, day) = date(days);
    for (number, width, after) in [
        (year, 4, '-'),
        (month, 2, '-'),
        (day, 2, 'T'),
        (second / 3600, 2, ':'),
        (second / 60 % 60, 2, ':'),
        (second % 60, 2, 'Z'),
    ] {
        digits(out, number, width);
        out.push(after);
    }
}

/// Appends the last digits of a number.
pub(super) fn digits(out: &mut String, number: i64, width: u32) {
    for place in (0..width).rev() {
        let digit = number / 10_i64.pow(place) % 10;
        out.push(char::from(b'0' + u8::try_from(digit).unwrap_or_default()));
    }
}

/// Year, month and day of a day since 1970-01-01, by the calendar of eras of 400 years that begin in March.
pub(super) fn date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year + 400 * era + i64::from(month <= 2), month, of_year - (153 * from_march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_they_are_printed() {
        for seconds in [0, 951_782_399, 951_782_400, 1_793_610_000, 1_800_000_001, 4_102_444_799] {
            let at = Timestamp::from_seconds(seconds);
            let mut text = String::new();
            time(&mut text, at);
            assert_eq!(text, at.to_string());
        }
    }
}
