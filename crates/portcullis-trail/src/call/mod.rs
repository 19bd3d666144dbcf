//! A class of records that are equal in all that bears on a decision: most calls are made again and again, and one
//! decision is enough for all of them.

mod kept;
mod key;

pub use kept::Kept;

/// What bears on a decision, or on what is told of it, as the record says it.
///
/// A field is `None` where the record does not say it, and where it is not kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Call<'b> {
    /// The account whose trail it is.
    pub account: Option<&'b str>,
    /// `userIdentity.type`.
    pub identity: Option<&'b str>,
    /// The ARN of the caller; of a session of a role the session's, and only where sessions are kept.
    pub arn: Option<&'b str>,
    /// The account of the caller.
    pub caller_account: Option<&'b str>,
    /// The unique id of the caller; of a session with the session's name, and only where sessions are kept.
    pub caller_id: Option<&'b str>,
    /// The first four letters of the access key: `AKIA` is one of a user or of root, `ASIA` of a session.
    pub key: Option<&'b str>,
    /// What the session was made from: the ARN of a role, a user or root.
    pub issuer: Option<&'b str>,
    /// The MFA attribute of the session: empty when the session has none, `None` when there is no session.
    pub mfa: Option<&'b str>,
    /// `true` when the credentials are those of a console session.
    pub console: Option<&'b str>,
    /// `sign-in` for a session of `aws login`, `root` for one of `sts:AssumeRoot`.
    pub origin: Option<&'b str>,
    /// The service that called on behalf of the caller.
    pub via: Option<&'b str>,
    /// The service that was called, such as `iam.amazonaws.com`.
    pub source: Option<&'b str>,
    /// What was called.
    pub name: Option<&'b str>,
    /// `eventType`, unless it is `AwsApiCall`.
    pub kind: Option<&'b str>,
    /// `data` for an event of data, which trails record only where they are told to.
    pub category: Option<&'b str>,
    /// The Region.
    pub region: Option<&'b str>,
    /// Where the call came from.
    pub address: Option<&'b str>,
    /// The program that made it.
    pub agent: Option<&'b str>,
    /// The VPC endpoint that it went through.
    pub endpoint: Option<&'b str>,
    /// Why it failed.
    pub error: Option<&'b str>,
    /// Where the message of a denial names it: what denied, from `with an explicit deny` or `because no` on.
    pub denial: Option<&'b str>,
    /// The resource, where decisions depend on it and the record says it.
    pub resource: Option<&'b str>,
    /// What the record says beside the call itself: of a sign-in whether MFA was used, of an error in the response.
    pub outcome: Option<&'b str>,
}

/// How many fields a call has.
const FIELDS: usize = 23;

impl<'b> Call<'b> {
    /// The fields in a fixed order.
    fn fields(&self) -> [Option<&'b str>; FIELDS] {
        let Self {
            account, identity, arn, caller_account, caller_id, key, issuer, mfa, console, origin, ..
        } = *self;
        let Self { via, source, name, kind, category, region, address, agent, endpoint, .. } = *self;
        let Self { error, denial, resource, outcome, .. } = *self;
        [
            account,
            identity,
            arn,
            caller_account,
            caller_id,
            key,
            issuer,
            mfa,
            console,
            origin,
            via,
            source,
            name,
            kind,
            category,
            region,
            address,
            agent,
            endpoint,
            error,
            denial,
            resource,
            outcome,
        ]
    }

    /// The call with these fields.
    fn of_fields(fields: [Option<&'b str>; FIELDS]) -> Self {
        let [
            account,
            identity,
            arn,
            caller_account,
            caller_id,
            key,
            issuer,
            mfa,
            console,
            origin,
            via,
            source,
            name,
            kind,
            category,
            region,
            address,
            agent,
            endpoint,
            error,
            denial,
            resource,
            outcome,
        ] = fields;
        Self {
            account,
            identity,
            arn,
            caller_account,
            caller_id,
            key,
            issuer,
            mfa,
            console,
            origin,
            via,
            source,
            name,
            kind,
            category,
            region,
            address,
            agent,
            endpoint,
            error,
            denial,
            resource,
            outcome,
        }
    }

    /// Whether access was denied, as far as the error tells.
    ///
    /// Source: AWS's own filter for such events, `*UnauthorizedOperation` or `AccessDenied*`.
    pub fn is_denied(&self) -> bool {
        self.error
            .is_some_and(|code| code.ends_with("UnauthorizedOperation") || code.contains("AccessDenied"))
    }
}
