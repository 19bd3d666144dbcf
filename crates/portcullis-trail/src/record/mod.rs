//! One event of CloudTrail, borrowed from the text that it was read from.
//!
//! Only the fields that a replay asks for are read. There are two readers: [`scan`] takes a record in the form in which
//! CloudTrail writes it, at the speed of memory, and gives up at the first surprise; [`checked`] takes any JSON. Where
//! the second reads a record, the first reads the same or nothing.

mod checked;
mod fields;
mod scan;

use std::borrow::Cow;

pub(crate) use checked::one as checked;
pub(crate) use scan::one as scan;

/// A text of a record.
pub type Text<'b> = Cow<'b, str>;

/// An event. What is not in the record, or is `null` or of another type than CloudTrail documents, is `None`.
///
/// Source: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record<'b> {
    /// `eventVersion`: of the format, such as `1.08`.
    pub version: Option<Text<'b>>,
    /// `eventID`: the same in every delivery of one event to one account.
    pub id: Option<Text<'b>>,
    /// `eventTime`, in UTC.
    pub time: Option<Text<'b>>,
    /// `eventSource`: the service, such as `iam.amazonaws.com`.
    pub source: Option<Text<'b>>,
    /// `eventName`: mostly the name of the API call.
    pub name: Option<Text<'b>>,
    /// `eventType`: `AwsApiCall`, `AwsServiceEvent`, `AwsConsoleSignIn` and others.
    pub kind: Option<Text<'b>>,
    /// `eventCategory`: `Management`, `Data`, `Insight` and others.
    pub category: Option<Text<'b>>,
    /// `awsRegion`.
    pub region: Option<Text<'b>>,
    /// `sourceIPAddress`: an address, the name of a service, or `AWS Internal`.
    pub address: Option<Text<'b>>,
    /// `userAgent`.
    pub agent: Option<Text<'b>>,
    /// `errorCode`, where the call failed.
    pub error: Option<Text<'b>>,
    /// `errorMessage`: cut by CloudTrail at 1 KB.
    pub message: Option<Text<'b>>,
    /// `recipientAccountId`: the account whose trail it is.
    pub recipient: Option<Text<'b>>,
    /// `sharedEventID`: the same in the records that several accounts get of one event.
    pub shared_id: Option<Text<'b>>,
    /// `vpcEndpointId`.
    pub endpoint: Option<Text<'b>>,
    /// `readOnly`.
    pub read_only: Option<bool>,
    /// `managementEvent`.
    pub management: Option<bool>,
    /// `sessionCredentialFromConsole`: whether a session of the console made the call.
    pub from_console: Option<bool>,
    /// `requestParameters`, as JSON.
    pub parameters: Option<&'b str>,
    /// `responseElements`, as JSON.
    pub response: Option<&'b str>,
    /// `additionalEventData`, as JSON.
    pub additional: Option<&'b str>,
    /// `resources`, as JSON.
    pub resources: Option<&'b str>,
    /// `userIdentity`.
    pub identity: Identity<'b>,
}

/// Who called.
///
/// Source: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity<'b> {
    /// `type`: `IAMUser`, `AssumedRole`, `Root` and others.
    pub kind: Option<Text<'b>>,
    /// `principalId`.
    pub id: Option<Text<'b>>,
    /// `arn`.
    pub arn: Option<Text<'b>>,
    /// `accountId`: of the principal.
    pub account: Option<Text<'b>>,
    /// `accessKeyId`.
    pub key_id: Option<Text<'b>>,
    /// `userName`.
    pub user: Option<Text<'b>>,
    /// `invokedBy`: the service that called on behalf of the principal.
    pub invoked_by: Option<Text<'b>>,
    /// `sessionContext`: `None` for what was signed with a key of a user.
    pub session: Option<Session<'b>>,
}

/// The session that the call was made in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session<'b> {
    /// `attributes.mfaAuthenticated`.
    pub mfa: Option<Text<'b>>,
    /// `attributes.creationDate`.
    pub created: Option<Text<'b>>,
    /// `sessionIssuer`: what the session was made from.
    pub issuer: Issuer<'b>,
    /// `sourceIdentity`.
    pub source_identity: Option<Text<'b>>,
    /// `assumedRoot`: a session of the root user of a member account.
    pub assumed_root: Option<Text<'b>>,
    /// `signInSessionArn`: a session of `aws login`.
    pub sign_in: Option<Text<'b>>,
    /// `ec2RoleDelivery`.
    pub delivery: Option<Text<'b>>,
}

/// What a session was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issuer<'b> {
    /// `type`: `Role`, `IAMUser` or `Root`.
    pub kind: Option<Text<'b>>,
    /// `arn`.
    pub arn: Option<Text<'b>>,
    /// `accountId`.
    pub account: Option<Text<'b>>,
    /// `userName`: the name of the role or user.
    pub user: Option<Text<'b>>,
}
