//! What one file tells.

use std::collections::BTreeMap;

use portcullis_iam::AccountId;
use serde::de::IgnoredAny;
use sha2::{Digest as _, Sha256};

use super::authorization_details::Details;
use super::credential_report::Report;
use super::fault::{Fault, Faults};
use super::intern::Intern;
use super::manifest::Manifest;
use super::mfa_devices::{UserDevices, VirtualDevices};
use super::organizations::{
    DescribedPolicy, Description, Features, Listed, ListedAccount, ListedPolicy, ListedRoot, ListedUnit,
};
use super::place::{self, Place};
use super::{
    account_summary, authorization_details, credential_report, json, manifest, mfa_devices, organizations,
    password_policy, sniff, text,
};
use crate::account::PasswordPolicy;
use crate::coverage::Problem;
use crate::dump::Dump;
use crate::input::Digest;

/// What one file tells, before it is put together with the others.
#[derive(Debug)]
pub struct Part {
    pub(super) path: Box<str>,
    pub(super) sha256: Digest,
    pub(super) bytes: u64,
    pub(super) place: Place,
    pub(super) content: Content,
    pub(super) problems: Vec<Problem>,
}

/// What a file holds.
#[derive(Debug)]
pub(super) enum Content {
    /// Nothing that is read.
    Ignored,
    /// Something that could not be read: the first problem says why.
    Unreadable,
    /// The message of a call that AWS refused.
    Refused,
    Details(Details),
    Report(Report),
    Summary(BTreeMap<Box<str>, i64>),
    Virtual(VirtualDevices),
    Devices(UserDevices),
    /// None when AWS's default applies.
    PasswordPolicy(Option<PasswordPolicy>),
    Description(Description),
    Roots(Listed<ListedRoot>),
    Units(Listed<ListedUnit>),
    /// Accounts of one parent, or of the organization.
    Accounts(Listed<ListedAccount>),
    Policies(Listed<ListedPolicy>),
    Policy(DescribedPolicy),
    Targets(Listed<Box<str>>),
    Features(Features),
    Manifest(Manifest),
}

/// Reads one file of a snapshot's folder.
pub fn file(path: &str, bytes: &[u8], intern: &Intern) -> Part {
    let mut part = Part::new(path, bytes);
    if let Some(dump) = part.place.dump() {
        match text::decode(bytes) {
            Ok(text) => part.read(&text, dump, intern),
            Err(fault) => part.fail(fault),
        }
    }
    part
}

/// Reads a file that is the whole snapshot: what it is, its content tells, whatever its name.
pub fn single(path: &str, bytes: &[u8], intern: &Intern) -> Part {
    let mut part = Part::new(path, bytes);
    match text::decode(bytes) {
        Ok(text) => match sniff::dump(&text) {
            Some(dump) => {
                part.place = Place::Account { folder: None, dump, key: None };
                part.read(&text, dump, intern);
            }
            None => part.read_by_name(&text, intern),
        },
        Err(fault) => part.fail(fault),
    }
    part
}

/// A file that could not be opened or read, with the reason in lowercase words.
pub fn unread(path: &str, reason: &str) -> Part {
    let mut part = Part::new(path, &[]);
    if part.place != Place::Ignored {
        part.fail(Fault::new(reason).hint("let this user read the file"));
    }
    part
}

/// A file that was not opened because it has more than [`MAX_FILE_BYTES`](super::MAX_FILE_BYTES) bytes.
pub fn too_long(path: &str, bytes: u64) -> Part {
    let mut part = Part::new(path, &[]);
    part.bytes = bytes;
    if part.place != Place::Ignored {
        part.fail(text::too_long(bytes));
    }
    part
}

impl Part {
    fn new(path: &str, bytes: &[u8]) -> Self {
        Self {
            path: path.into(),
            sha256: Digest(Sha256::digest(bytes).into()),
            bytes: bytes.len() as u64,
            place: place::of_path(path),
            content: Content::Ignored,
            problems: Vec::new(),
        }
    }

    fn fail(&mut self, fault: Fault) {
        self.content = Content::Unreadable;
        self.problems.push(fault.in_file(&self.path));
    }

    fn read(&mut self, text: &str, dump: Dump, intern: &Intern) {
        if let Some(code) = text::refusal(text) {
            return self.refuse(code, dump);
        }
        match content(text, dump, intern) {
            Ok(mut content) => {
                let faults = content.take_faults();
                self.problems.extend(faults.in_file(&self.path));
                if let (Place::Account { key, .. }, Content::Devices(UserDevices { user: Some(user), .. })) =
                    (&mut self.place, &content)
                {
                    // The devices name their user; the file's name may have been changed to suit a file system.
                    *key = Some(user.clone());
                }
                self.content = content;
            }
            Err(fault) => self.fail(fault),
        }
    }

    fn read_by_name(&mut self, text: &str, intern: &Intern) {
        match self.place.dump() {
            Some(dump) => self.read(text, dump, intern),
            // What is no JSON at all is told with its place.
            None if text.trim_start().starts_with('{') => {
                let unknown = Fault::new("the file is no dump that is known").hint(UNKNOWN_HINT);
                self.fail(json::documents::<IgnoredAny>(text).err().unwrap_or(unknown));
            }
            None => self.fail(Fault::new("the file is no dump that is known").hint(UNKNOWN_HINT)),
        }
    }

    fn refuse(&mut self, code: &str, dump: Dump) {
        if dump == Dump::PasswordPolicy && code == "NoSuchEntity" {
            self.content = Content::PasswordPolicy(None);
            return;
        }
        let fault =
            Fault::new(format!("AWS answered `{code}`")).hint("make the dump again with more permissions");
        self.content = Content::Refused;
        self.problems.push(fault.in_file(&self.path));
    }

    /// The account that the content names.
    pub(super) fn account(&self) -> Option<AccountId> {
        match &self.content {
            Content::Details(details) => details.account(),
            Content::Report(report) => report.account(),
            Content::Virtual(devices) => devices.account(),
            Content::Devices(devices) => devices.account(),
            Content::Ignored
            | Content::Unreadable
            | Content::Refused
            | Content::Summary(_)
            | Content::PasswordPolicy(_)
            | Content::Description(_)
            | Content::Roots(_)
            | Content::Units(_)
            | Content::Accounts(_)
            | Content::Policies(_)
            | Content::Policy(_)
            | Content::Targets(_)
            | Content::Features(_)
            | Content::Manifest(_) => None,
        }
    }

    /// A file that was not made: `problem` says why.
    pub(super) fn refused(path: &str, place: Place, problem: Problem) -> Self {
        Self { place, content: Content::Refused, problems: vec![problem], ..Part::new(path, &[]) }
    }

    /// Whether the file tells anything of an account or organization.
    pub(super) fn is_usable(&self) -> bool {
        match &self.content {
            Content::Ignored | Content::Unreadable | Content::Refused | Content::Manifest(_) => false,
            Content::Details(_)
            | Content::Report(_)
            | Content::Summary(_)
            | Content::Virtual(_)
            | Content::Devices(_)
            | Content::PasswordPolicy(_)
            | Content::Description(_)
            | Content::Roots(_)
            | Content::Units(_)
            | Content::Accounts(_)
            | Content::Policies(_)
            | Content::Policy(_)
            | Content::Targets(_)
            | Content::Features(_) => true,
        }
    }

    /// Drops what was read: nothing tells of which account it is.
    pub(super) fn disown_by_all(&mut self) {
        if self.is_usable() {
            self.fail(Fault::new("nothing names the account of the file").hint(NAMELESS_HINT));
        }
    }

    /// Drops what was read: it is of another account than its folder says.
    pub(super) fn disown(&mut self, named: AccountId, folder: AccountId) {
        let message = format!("the file is of account `{named}`, in the folder of `{folder}`");
        self.fail(Fault::new(message).hint("move it to the folder of its account"));
    }
}

impl Content {
    /// Whether the file says that there are further pages than those it holds.
    pub(super) fn is_cut_short(&self) -> bool {
        match self {
            Content::Details(details) => details.cut_short,
            Content::Virtual(devices) => devices.cut_short,
            Content::Roots(list) => list.cut_short,
            Content::Units(list) => list.cut_short,
            Content::Accounts(list) => list.cut_short,
            Content::Policies(list) => list.cut_short,
            Content::Targets(list) => list.cut_short,
            Content::Ignored
            | Content::Unreadable
            | Content::Refused
            | Content::Report(_)
            | Content::Summary(_)
            | Content::Devices(_)
            | Content::PasswordPolicy(_)
            | Content::Description(_)
            | Content::Policy(_)
            | Content::Features(_)
            | Content::Manifest(_) => false,
        }
    }

    fn take_faults(&mut self) -> Faults {
        match self {
            Content::Details(details) => std::mem::take(&mut details.faults),
            Content::Report(report) => std::mem::take(&mut report.faults),
            Content::Ignored
            | Content::Unreadable
            | Content::Refused
            | Content::Summary(_)
            | Content::Virtual(_)
            | Content::Devices(_)
            | Content::PasswordPolicy(_)
            | Content::Description(_)
            | Content::Roots(_)
            | Content::Units(_)
            | Content::Accounts(_)
            | Content::Policies(_)
            | Content::Policy(_)
            | Content::Targets(_)
            | Content::Features(_)
            | Content::Manifest(_) => Faults::default(),
        }
    }
}

fn content(text: &str, dump: Dump, intern: &Intern) -> Result<Content, Fault> {
    Ok(match dump {
        Dump::AuthorizationDetails => Content::Details(authorization_details::read(text, intern)?),
        Dump::CredentialReport => Content::Report(credential_report::read(text)?),
        Dump::AccountSummary => Content::Summary(account_summary::read(text)?),
        Dump::VirtualMfaDevices => Content::Virtual(mfa_devices::read_virtual(text)?),
        Dump::MfaDevices => Content::Devices(mfa_devices::read_user(text)?),
        Dump::PasswordPolicy => Content::PasswordPolicy(Some(password_policy::read(text)?)),
        Dump::DescribeOrganization => Content::Description(organizations::read_description(text)?),
        Dump::ListRoots => Content::Roots(organizations::read_roots(text)?),
        Dump::ListOrganizationalUnits => Content::Units(organizations::read_units(text)?),
        Dump::ListAccountsForParent | Dump::ListAccounts => {
            Content::Accounts(organizations::read_accounts(text)?)
        }
        Dump::ListPolicies => Content::Policies(organizations::read_policies(text)?),
        Dump::DescribePolicy => Content::Policy(organizations::read_policy(text)?),
        Dump::ListTargetsForPolicy => Content::Targets(organizations::read_targets(text)?),
        Dump::ListOrganizationsFeatures => Content::Features(organizations::read_features(text)?),
        Dump::Manifest => Content::Manifest(manifest::read(text)?),
    })
}

const NAMELESS_HINT: &str = "put it into a folder that is named for its account: twelve digits";
const UNKNOWN_HINT: &str =
    "give the output of `aws iam get-account-authorization-details`, or a folder of dumps";
