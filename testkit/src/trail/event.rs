//! One event, and its record: one line of JSON without white space, its members in CloudTrail's order.

use portcullis_iam::Timestamp;

use super::identity::{Identity, put, time};

/// One event.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// `eventVersion`; left out when empty.
    pub version: &'static str,
    /// Who made the call.
    pub identity: Identity<'a>,
    /// When.
    pub time: Timestamp,
    /// The service: `s3.amazonaws.com`.
    pub source: &'a str,
    /// What was called.
    pub name: &'a str,
    /// In which Region.
    pub region: &'a str,
    /// From where.
    pub address: &'a str,
    /// By which program.
    pub agent: &'a str,
    /// How it failed.
    pub error: Option<Failure<'a>>,
    /// `requestParameters`, as JSON.
    pub request: &'a str,
    /// `responseElements`, as JSON.
    pub response: &'a str,
    /// `additionalEventData`, as JSON; left out when empty.
    pub additional: &'a str,
    /// The request's number.
    pub request_id: u128,
    /// The event's number, of which its id is made.
    pub id: u128,
    /// Whether it changes nothing.
    pub read_only: bool,
    /// The types of what it is about: `AWS::S3::Bucket`.
    pub types: &'a [&'a str],
    /// The ARNs of the same.
    pub arns: &'a [String],
    /// What kind of event it is.
    pub kind: Kind,
    /// The account whose trail it is.
    pub account: &'a str,
    /// The id that the events of two accounts share.
    pub shared: Option<u128>,
    /// The VPC endpoint that it went through.
    pub endpoint: Option<&'a str>,
    /// Whether the credentials are those of a console session.
    pub console: bool,
}

/// How a call failed.
#[derive(Clone, Copy, Debug)]
pub struct Failure<'a> {
    /// `errorCode`; left out when empty.
    pub code: &'a str,
    /// `errorMessage`; left out when empty.
    pub message: &'a str,
}

/// What kind of event it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A call that manages something.
    Call,
    /// A call on data, which trails record only where they are told to.
    DataCall,
    /// A sign-in.
    SignIn,
    /// Something that a service did of itself.
    OfService,
}

impl Event<'_> {
    /// Appends the record.
    pub fn write(&self, out: &mut String) {
        out.push('{');
        if !self.version.is_empty() {
            put(out, &[r#""eventVersion":""#, self.version, r#"","#]);
        }
        out.push_str(r#""userIdentity":"#);
        self.identity.write(out);
        out.push_str(r#","eventTime":""#);
        time(out, self.time);
        put(out, &[r#"","eventSource":""#, self.source, r#"","eventName":""#, self.name]);
        put(out, &[r#"","awsRegion":""#, self.region, r#"","sourceIPAddress":""#, self.address]);
        put(out, &[r#"","userAgent":""#, self.agent, "\""]);
        self.failure(out);
        put(out, &[r#","requestParameters":"#, self.request, r#","responseElements":"#, self.response]);
        if !self.additional.is_empty() {
            put(out, &[r#","additionalEventData":"#, self.additional]);
        }
        self.numbers(out);
        self.resources(out);
        self.tail(out);
        out.push('}');
    }

    fn failure(&self, out: &mut String) {
        let Some(failure) = self.error else { return };
        if !failure.code.is_empty() {
            put(out, &[r#","errorCode":""#, failure.code, "\""]);
        }
        if !failure.message.is_empty() {
            out.push_str(r#","errorMessage":""#);
            for letter in failure.message.chars() {
                if matches!(letter, '"' | '\\') {
                    out.push('\\');
                }
                out.push(letter);
            }
            out.push('"');
        }
    }

    fn numbers(&self, out: &mut String) {
        if matches!(self.kind, Kind::Call | Kind::DataCall) {
            out.push_str(r#","requestID":""#);
            uuid(out, self.request_id);
            out.push('"');
        }
        out.push_str(r#","eventID":""#);
        uuid(out, self.id);
        put(out, &[r#"","readOnly":"#, flag(self.read_only)]);
    }

    fn resources(&self, out: &mut String) {
        for (index, (kind, arn)) in self.types.iter().zip(self.arns).enumerate() {
            out.push_str(if index == 0 { r#","resources":["# } else { "," });
            put(
                out,
                &[r#"{"accountId":""#, self.account, r#"","type":""#, kind, r#"","ARN":""#, arn, r#""}"#],
            );
        }
        if !self.types.is_empty() && !self.arns.is_empty() {
            out.push(']');
        }
    }

    fn tail(&self, out: &mut String) {
        let kind = match self.kind {
            Kind::Call | Kind::DataCall => "AwsApiCall",
            Kind::SignIn => "AwsConsoleSignIn",
            Kind::OfService => "AwsServiceEvent",
        };
        let is_data = self.kind == Kind::DataCall;
        put(out, &[r#","eventType":""#, kind, r#"","managementEvent":"#, flag(!is_data)]);
        put(out, &[r#","recipientAccountId":""#, self.account, "\""]);
        if let Some(shared) = self.shared {
            out.push_str(r#","sharedEventID":""#);
            uuid(out, shared);
            out.push('"');
        }
        if let Some(endpoint) = self.endpoint {
            put(out, &[r#","vpcEndpointId":""#, endpoint, "\""]);
        }
        put(out, &[r#","eventCategory":""#, if is_data { "Data" } else { "Management" }, "\""]);
        self.transport(out);
        if self.console {
            out.push_str(r#","sessionCredentialFromConsole":"true""#);
        }
    }

    /// How the caller was connected; calls of services do not tell.
    fn transport(&self, out: &mut String) {
        if self.kind == Kind::OfService || self.address.ends_with(".amazonaws.com") {
            return;
        }
        let service = self.source.strip_suffix(".amazonaws.com").unwrap_or(self.source);
        out.push_str(
            r#","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":""#,
        );
        match service {
            "iam" | "organizations" => put(out, &[service, ".amazonaws.com\"}"]),
            "signin" => put(out, &[self.region, ".signin.aws.amazon.com\"}"]),
            _ => put(out, &[service, ".", self.region, ".amazonaws.com\"}"]),
        }
    }
}

fn flag(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// Appends a UUID of version 4 made of the number.
pub(super) fn uuid(out: &mut String, number: u128) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let number = (number & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    for place in (0..32).rev() {
        if matches!(place, 23 | 19 | 15 | 11) {
            out.push('-');
        }
        let digit = (number >> (4 * place)) & 0xf;
        out.push(char::from(DIGITS.get(digit as usize).copied().unwrap_or(b'0')));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_uuid_of_version_four() {
        let mut id = String::new();
        uuid(&mut id, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        assert_eq!(id, "01234567-89ab-4def-8123-456789abcdef");
    }

    #[test]
    fn a_record_is_json_in_the_order_of_cloudtrail() {
        let event = Event {
            version: "1.11",
            identity: Identity::Service { name: "lambda.amazonaws.com" },
            time: Timestamp::from_seconds(0),
            source: "s3.amazonaws.com",
            name: "PutObject",
            region: "eu-central-1",
            address: "192.0.2.1",
            agent: "agent",
            error: Some(Failure { code: "AccessDenied", message: "say \"no\"" }),
            request: "null",
            response: "null",
            additional: "",
            request_id: 1,
            id: 2,
            read_only: false,
            types: &["AWS::S3::Bucket", "AWS::S3::Object"],
            arns: &["arn:aws:s3:::a".to_owned(), "arn:aws:s3:::a/b".to_owned()],
            kind: Kind::DataCall,
            account: "111111111111",
            shared: None,
            endpoint: None,
            console: false,
        };
        let mut json = String::new();
        event.write(&mut json);
        assert_eq!(
            json,
            r#"{"eventVersion":"1.11","userIdentity":{"type":"AWSService","invokedBy":"lambda.amazonaws.com"},"eventTime":"1970-01-01T00:00:00Z","eventSource":"s3.amazonaws.com","eventName":"PutObject","awsRegion":"eu-central-1","sourceIPAddress":"192.0.2.1","userAgent":"agent","errorCode":"AccessDenied","errorMessage":"say \"no\"","requestParameters":null,"responseElements":null,"requestID":"00000000-0000-4000-8000-000000000001","eventID":"00000000-0000-4000-8000-000000000002","readOnly":false,"resources":[{"accountId":"111111111111","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::a"},{"accountId":"111111111111","type":"AWS::S3::Object","ARN":"arn:aws:s3:::a/b"}],"eventType":"AwsApiCall","managementEvent":false,"recipientAccountId":"111111111111","eventCategory":"Data","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"s3.eu-central-1.amazonaws.com"}}"#
        );
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["errorMessage"], "say \"no\"");
    }
}
