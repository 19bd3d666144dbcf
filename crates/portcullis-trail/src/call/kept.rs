//! What of a record is kept.

use crate::record::{Record, Text};

use super::Call;
use crate::request::WITH_CODE;

/// What of records bears on the decisions that are to be made: what does not is left out, so that more records are the
/// same call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Sessions of roles are told apart by where they call from, and with which program.
    pub roles: bool,
    /// Sessions of roles are told apart by their names.
    pub sessions: bool,
}

impl Kept {
    /// The call that a record tells of. `resource` is what it was made on, where that matters.
    pub fn call<'b>(self, record: &'b Record<'_>, resource: Option<&'b str>) -> Call<'b> {
        let identity = &record.identity;
        let session = identity.session.as_ref();
        let call = Call {
            account: text(&record.recipient).or(text(&identity.account)),
            identity: text(&identity.kind),
            caller_account: text(&identity.account),
            via: text(&identity.invoked_by),
            source: text(&record.source),
            name: text(&record.name),
            kind: text(&record.kind).filter(|kind| *kind != "AwsApiCall"),
            category: is_data(record).then_some("data"),
            region: text(&record.region),
            error: text(&record.error),
            ..Call::default()
        };
        if call.identity == Some("AWSService") {
            return call;
        }
        let is_role = call.identity == Some("AssumedRole");
        let near = !is_role || self.roles;
        let whole = !is_role || self.sessions;
        Call {
            arn: text(&identity.arn).filter(|_| whole || session.is_none_or(|own| own.issuer.arn.is_none())),
            caller_id: text(&identity.id).filter(|_| whole),
            key: text(&identity.key_id).and_then(|key| key.get(..4)),
            issuer: session.and_then(|session| text(&session.issuer.arn)),
            mfa: session.map(|session| text(&session.mfa).unwrap_or_default()),
            console: record.from_console.and_then(|console| console.then_some("true")),
            origin: session.and_then(|session| match (&session.assumed_root, &session.sign_in) {
                (Some(root), _) if root == "true" => Some("root"),
                (_, Some(_)) => Some("sign-in"),
                (_, None) => None,
            }),
            address: text(&record.address).filter(|_| near),
            agent: text(&record.agent).filter(|_| near),
            endpoint: text(&record.endpoint),
            denial: text(&record.message).and_then(denial),
            resource,
            outcome: outcome(record),
            ..call
        }
    }
}

fn text<'b>(field: &'b Option<Text<'_>>) -> Option<&'b str> {
    field.as_deref()
}

fn is_data(record: &Record<'_>) -> bool {
    record.category.as_deref() == Some("Data") || record.management == Some(false)
}

/// The part of a message that tells what denied: `with an explicit deny in a service control policy: ARN`, or `because no
/// identity-based policy allows the iam:GetUser action`.
///
/// Source: IAM guide, "Troubleshoot access denied error messages".
fn denial(message: &str) -> Option<&str> {
    let start = ["with an explicit deny", "because no "].iter().find_map(|start| message.find(start))?;
    let rest = message.get(start..)?;
    let end = rest.find(" Encoded authorization failure message").unwrap_or(rest.len());
    Some(rest.get(..end)?.trim_end_matches(['.', ' ']))
}

type Members = std::collections::BTreeMap<String, serde_json::Value>;

/// What else bears on a call: of one that assumes a role, that it passed the code of a device; of a sign-in in the console
/// whether it succeeded, and whether MFA was used.
///
/// Source: CloudTrail guide, "AWS Management Console sign-in events".
fn outcome(record: &Record<'_>) -> Option<&'static str> {
    match record.name.as_deref()? {
        "ConsoleLogin" => Some(sign_in(record)),
        "AssumeRole" => record.parameters?.contains("\"serialNumber\"").then_some(WITH_CODE),
        _ => None,
    }
}

fn sign_in(record: &Record<'_>) -> &'static str {
    let member = |json: Option<&str>, name: &str, value: &str| {
        let members: Option<Members> = json.and_then(|json| serde_json::from_str(json).ok());
        members.is_some_and(|all| {
            all.get(name).is_some_and(|own| own.as_str().is_some_and(|own| own.eq_ignore_ascii_case(value)))
        })
    };
    let with_mfa = member(record.additional, "MFAUsed", "Yes");
    let failed = record.error.is_some() || !member(record.response, "ConsoleLogin", "Success");
    match (failed, with_mfa) {
        (true, _) => "failed",
        (false, true) => "with MFA",
        (false, false) => "without MFA",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::checked;

    fn call_of(kept: Kept, json: &str) -> String {
        let record = checked(json).unwrap();
        let call = kept.call(&record, None);
        let mut key = Vec::new();
        call.to_key(&mut key);
        assert_eq!(Call::from_key(&key), Some(call));
        format!("{:?} {:?} {:?} {:?}", call.arn, call.issuer, call.address, call.mfa)
    }

    #[test]
    fn sessions_of_a_role_are_one_call_unless_they_are_asked_for() {
        let json = r#"{"userIdentity":{"type":"AssumedRole","arn":"S","sessionContext":{"sessionIssuer":{"arn":"R"},"attributes":{"mfaAuthenticated":"false"}}},"sourceIPAddress":"A"}"#;
        let told = |roles, sessions| call_of(Kept { roles, sessions }, json);
        assert_eq!(told(false, false), r#"None Some("R") None Some("false")"#);
        assert_eq!(told(true, true), r#"Some("S") Some("R") Some("A") Some("false")"#);
    }

    #[test]
    fn a_session_without_an_issuer_keeps_its_own_name() {
        let json = r#"{"userIdentity":{"type":"AssumedRole","arn":"S","sessionContext":{}}}"#;
        assert_eq!(call_of(Kept::default(), json), r#"Some("S") None None Some("")"#);
    }

    #[test]
    fn what_denied_is_found_in_messages() {
        for (message, expected) in [
            ("Access Denied", None),
            (
                "User: U is not authorized to perform: iam:GetUser on resource: R with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-x/service_control_policy/p-y",
                Some(
                    "with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-x/service_control_policy/p-y",
                ),
            ),
            (
                "You are not authorized to perform this operation. User: U is not authorized to perform: ec2:X because no identity-based policy allows the ec2:X action. Encoded authorization failure message: abc",
                Some("because no identity-based policy allows the ec2:X action"),
            ),
        ] {
            assert_eq!(denial(message), expected, "{message}");
        }
    }

    #[test]
    fn sign_ins_tell_whether_mfa_was_used() {
        let told = |used: &str, response: &str| {
            let json = format!(
                r#"{{"eventName":"ConsoleLogin","additionalEventData":{{"MFAUsed":"{used}"}},"responseElements":{{"ConsoleLogin":"{response}"}}}}"#
            );
            outcome(&checked(&json).unwrap())
        };
        assert_eq!(told("YES", "Success"), Some("with MFA"));
        assert_eq!(told("No", "Success"), Some("without MFA"));
        assert_eq!(told("Yes", "Failure"), Some("failed"));
    }
}
