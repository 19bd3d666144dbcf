//! Which member of a record goes where: one table for both readers.

use std::borrow::Cow;

use super::{Identity, Issuer, Record, Session, Text};

/// What becomes of a member.
pub(super) enum Slot<'f, 'b> {
    /// It is not asked for.
    Ignored,
    /// Strings, numbers and truths are taken as text.
    Text(&'f mut Option<Text<'b>>),
    /// A truth, also when it is written as a string.
    Flag(&'f mut Option<bool>),
    /// Whatever it is, as JSON.
    Json(&'f mut Option<&'b str>),
    /// An object with members of its own.
    Object(&'f mut dyn Fields<'b>),
    /// The same, which is there only where it is an object.
    Session(&'f mut Option<Session<'b>>),
}

/// What has members that are asked for.
pub(super) trait Fields<'b> {
    /// Where the member with this name goes.
    fn slot(&mut self, name: &str) -> Slot<'_, 'b>;
}

impl<'b> Fields<'b> for Record<'b> {
    fn slot(&mut self, name: &str) -> Slot<'_, 'b> {
        match name {
            "eventVersion" => Slot::Text(&mut self.version),
            "eventID" => Slot::Text(&mut self.id),
            "eventTime" => Slot::Text(&mut self.time),
            "eventSource" => Slot::Text(&mut self.source),
            "eventName" => Slot::Text(&mut self.name),
            "eventType" => Slot::Text(&mut self.kind),
            "eventCategory" => Slot::Text(&mut self.category),
            "awsRegion" => Slot::Text(&mut self.region),
            "sourceIPAddress" => Slot::Text(&mut self.address),
            "userAgent" => Slot::Text(&mut self.agent),
            "errorCode" => Slot::Text(&mut self.error),
            "errorMessage" => Slot::Text(&mut self.message),
            "recipientAccountId" => Slot::Text(&mut self.recipient),
            "sharedEventID" => Slot::Text(&mut self.shared_id),
            "vpcEndpointId" => Slot::Text(&mut self.endpoint),
            "readOnly" => Slot::Flag(&mut self.read_only),
            "managementEvent" => Slot::Flag(&mut self.management),
            "sessionCredentialFromConsole" => Slot::Flag(&mut self.from_console),
            "requestParameters" => Slot::Json(&mut self.parameters),
            "responseElements" => Slot::Json(&mut self.response),
            "additionalEventData" => Slot::Json(&mut self.additional),
            "resources" => Slot::Json(&mut self.resources),
            "userIdentity" => Slot::Object(&mut self.identity),
            _ => Slot::Ignored,
        }
    }
}

impl<'b> Fields<'b> for Identity<'b> {
    fn slot(&mut self, name: &str) -> Slot<'_, 'b> {
        match name {
            "type" => Slot::Text(&mut self.kind),
            "principalId" => Slot::Text(&mut self.id),
            "arn" => Slot::Text(&mut self.arn),
            "accountId" => Slot::Text(&mut self.account),
            "accessKeyId" => Slot::Text(&mut self.key_id),
            "userName" => Slot::Text(&mut self.user),
            "invokedBy" => Slot::Text(&mut self.invoked_by),
            "sessionContext" => Slot::Session(&mut self.session),
            _ => Slot::Ignored,
        }
    }
}

impl<'b> Fields<'b> for Session<'b> {
    fn slot(&mut self, name: &str) -> Slot<'_, 'b> {
        match name {
            // The members of the attributes have names of their own.
            "attributes" => Slot::Object(self),
            "mfaAuthenticated" => Slot::Text(&mut self.mfa),
            "creationDate" => Slot::Text(&mut self.created),
            "sessionIssuer" => Slot::Object(&mut self.issuer),
            "sourceIdentity" => Slot::Text(&mut self.source_identity),
            "assumedRoot" => Slot::Text(&mut self.assumed_root),
            "signInSessionArn" => Slot::Text(&mut self.sign_in),
            "ec2RoleDelivery" => Slot::Text(&mut self.delivery),
            _ => Slot::Ignored,
        }
    }
}

impl<'b> Fields<'b> for Issuer<'b> {
    fn slot(&mut self, name: &str) -> Slot<'_, 'b> {
        match name {
            "type" => Slot::Text(&mut self.kind),
            "arn" => Slot::Text(&mut self.arn),
            "accountId" => Slot::Text(&mut self.account),
            "userName" => Slot::Text(&mut self.user),
            _ => Slot::Ignored,
        }
    }
}

impl<'b> Slot<'_, 'b> {
    /// Takes a value that is no object whose members are asked for.
    pub(super) fn take(self, json: &'b str, spelling: Spelling) {
        match self {
            Slot::Text(place) => *place = text(json, spelling),
            Slot::Flag(place) => *place = flag(json),
            Slot::Json(place) => *place = (json != "null").then_some(json),
            Slot::Ignored | Slot::Object(_) | Slot::Session(_) => {}
        }
    }
}

/// How a string is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// As it is.
    Plain,
    /// With backslashes.
    Escaped,
}

impl Spelling {
    /// How a value is written.
    pub(super) fn of(json: &str) -> Self {
        if memchr::memchr(b'\\', json.as_bytes()).is_some() { Self::Escaped } else { Self::Plain }
    }
}

/// The text of a value that is no list and no object.
fn text(json: &str, spelling: Spelling) -> Option<Text<'_>> {
    match json.as_bytes().first()? {
        b'"' => match spelling {
            Spelling::Plain => json.get(1..json.len() - 1).map(Cow::Borrowed),
            Spelling::Escaped => serde_json::from_str(json).ok().map(Cow::Owned),
        },
        b'n' | b'{' | b'[' => None,
        _ => Some(Cow::Borrowed(json)),
    }
}

/// The truth that a value states.
fn flag(json: &str) -> Option<bool> {
    match json {
        "true" | "\"true\"" => Some(true),
        "false" | "\"false\"" => Some(false),
        _ => None,
    }
}
