//! `aws iam get-account-authorization-details`: users, groups, roles and managed policies.

use std::collections::BTreeMap;
use std::sync::Arc;

use portcullis_iam::problem::Problem;
use portcullis_iam::{AccountId, Arn, Timestamp};
use serde_json::value::RawValue;

use super::details_shape::{
    AttachedDetail, BoundaryDetail, GroupDetail, InlineDetail, Page, PolicyDetail, PolicyVersion, RoleDetail,
    RoleLastUsed, TagDetail, UserDetail,
};
use super::fault::{Fault, Faults};
use super::intern::{DocumentKind, Intern};
use super::json::{self, Lines, Text};
use crate::document::Document;
use crate::dump::Dump;
use crate::grants::{AttachedPolicy, Grants, InlinePolicy};
use crate::input::{InputId, Origin};
use crate::known::{Known, Missing, Why};
use crate::principal::{Group, ManagedPolicy, Role, Tag};

/// What one file tells.
#[derive(Debug, Default)]
pub(super) struct Details {
    pub(super) users: Vec<UserDetails>,
    pub(super) groups: Vec<Group>,
    pub(super) roles: Vec<Role>,
    pub(super) policies: Vec<ManagedPolicy>,
    /// Whether every page of the file says that there are further ones.
    pub(super) cut_short: bool,
    /// Entries and documents that make no sense.
    pub(super) faults: Faults,
}

/// A user, as the authorization details tell it.
#[derive(Debug)]
pub(super) struct UserDetails {
    pub(super) arn: Arn,
    pub(super) name: Box<str>,
    pub(super) id: Option<Box<str>>,
    pub(super) created: Option<Timestamp>,
    pub(super) tags: Vec<Tag>,
    pub(super) groups: Vec<Arc<str>>,
    pub(super) grants: Grants,
    pub(super) line: u32,
}

/// Reads the text of one file.
pub(super) fn read(text: &str, intern: &Intern) -> Result<Details, Fault> {
    let pages: Vec<Page<'_>> = json::documents(text)?;
    if pages.iter().all(Page::is_alien) {
        return Err(Fault::new("the file has no `UserDetailList`").hint(ALIEN_HINT));
    }
    let cut_short = pages.iter().all(|page| page.is_truncated == Some(true) || page.next_token.is_some());
    let mut reader =
        Reader { lines: Lines::new(text), intern, out: Details { cut_short, ..Details::default() } };
    for page in pages {
        page.user_detail_list.into_iter().flatten().for_each(|user| reader.user(user));
        page.group_detail_list.into_iter().flatten().for_each(|group| reader.group(group));
        page.role_detail_list.into_iter().flatten().for_each(|role| reader.role(role));
        page.policies.into_iter().flatten().for_each(|policy| reader.policy(policy));
    }
    Ok(reader.out)
}

impl Details {
    /// The account that most of the ARNs name, the lowest of equals.
    pub(super) fn account(&self) -> Option<AccountId> {
        let users = self.users.iter().map(|user| &user.arn);
        let groups = self.groups.iter().map(|group| &group.arn);
        let roles = self.roles.iter().map(|role| &role.arn);
        let policies = self.policies.iter().filter_map(|policy| Arn::parse(&policy.arn)?.account());
        let mut counts: BTreeMap<AccountId, usize> = BTreeMap::new();
        for account in users.chain(groups).chain(roles).filter_map(Arn::account).chain(policies) {
            *counts.entry(account).or_default() += 1;
        }
        counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(account, _)| account)
    }
}

struct Reader<'t, 'i> {
    lines: Lines<'t>,
    intern: &'i Intern,
    out: Details,
}

impl<'t> Reader<'t, '_> {
    fn user(&mut self, user: UserDetail<'t>) {
        let Some(Named { arn, name, line }) = self.named(user.arn.as_ref(), user.user_name.as_ref(), "user")
        else {
            return;
        };
        let grants =
            self.grants(user.attached_managed_policies, user.user_policy_list, user.permissions_boundary);
        self.out.users.push(UserDetails {
            arn,
            name,
            id: user.user_id.map(|id| id.as_str().into()),
            created: user.create_date.and_then(|date| date.0),
            tags: self.tags(user.tags),
            groups: user
                .group_list
                .into_iter()
                .flatten()
                .map(|name| self.intern.name(name.as_str()))
                .collect(),
            grants,
            line,
        });
    }

    fn group(&mut self, group: GroupDetail<'t>) {
        let Some(Named { arn, name, line }) =
            self.named(group.arn.as_ref(), group.group_name.as_ref(), "group")
        else {
            return;
        };
        let grants = self.grants(group.attached_managed_policies, group.group_policy_list, None);
        self.out.groups.push(Group { arn, name: self.intern.name(&name), grants, origin: origin(line) });
    }

    fn role(&mut self, role: RoleDetail<'t>) {
        let Some(Named { arn, name, line }) = self.named(role.arn.as_ref(), role.role_name.as_ref(), "role")
        else {
            return;
        };
        let grants =
            self.grants(role.attached_managed_policies, role.role_policy_list, role.permissions_boundary);
        let trust = role.assume_role_policy_document.map(|raw| self.document(Some(raw), DocumentKind::Trust));
        self.out.roles.push(Role {
            path: path_of(&arn, &name),
            arn,
            name,
            id: role.role_id.map(|id| id.as_str().into()),
            created: told(role.create_date.and_then(|date| date.0)),
            tags: self.tags(role.tags),
            trust_line: trust.as_ref().map_or(0, |(_, line)| *line),
            trust: told(trust.map(|(document, _)| document)),
            grants,
            last_used: told(role.role_last_used.map(RoleLastUsed::activity)),
            origin: origin(line),
        });
    }

    fn policy(&mut self, policy: PolicyDetail<'t>) {
        let Some(arn) = policy.arn else {
            self.out.faults.push(Fault::new("a managed policy has no `Arn`").hint(AGAIN));
            return;
        };
        let line = self.line(&arn);
        let default = policy.default_version_id.unwrap_or_default();
        let in_force = |version: &PolicyVersion<'_>| {
            version.is_default_version.unwrap_or(version.version_id.as_ref() == Some(&default))
        };
        let version = policy.policy_version_list.into_iter().flatten().find(in_force);
        let raw = version.and_then(|version| version.document);
        let document = raw.map(|raw| self.document(Some(raw), DocumentKind::Identity));
        self.out.policies.push(ManagedPolicy {
            arn: self.intern.name(arn.as_str()),
            default_version: default.as_str().into(),
            line: document.as_ref().map_or(0, |(_, line)| *line),
            document: told(document.map(|(document, _)| document)),
            origin: Some(origin(line)),
        });
    }

    fn named(&mut self, arn: Option<&Text<'t>>, name: Option<&Text<'t>>, what: &str) -> Option<Named> {
        let line = arn.or(name).map_or(0, |text| self.line(text));
        let Some(parsed) = arn.and_then(|arn| Arn::parse(arn.as_str())) else {
            let given = arn.or(name).map_or("", Text::as_str);
            let fault = Fault::new(format!("the {what} `{given}` has no ARN")).hint(AGAIN);
            self.out.faults.push(if line == 0 { fault } else { fault.at(line, 1) });
            return None;
        };
        let last = parsed.resource().rsplit('/').next().unwrap_or_default();
        let name = name.map_or(last, Text::as_str).into();
        Some(Named { arn: parsed, name, line })
    }

    fn grants(
        &mut self,
        attached: Option<Vec<AttachedDetail<'t>>>,
        inline: Option<Vec<InlineDetail<'t>>>,
        boundary: Option<BoundaryDetail<'t>>,
    ) -> Grants {
        let attached = attached.into_iter().flatten().map(|policy| AttachedPolicy {
            arn: self.intern.name(policy.policy_arn.or(policy.policy_name).unwrap_or_default().as_str()),
        });
        let attached = attached.collect();
        let inline = inline.into_iter().flatten().map(|policy| {
            let name = self.intern.name(policy.policy_name.unwrap_or_default().as_str());
            let (document, line) = self.document(policy.policy_document, DocumentKind::Identity);
            InlinePolicy { name, document, line }
        });
        let inline = inline.collect();
        let boundary = boundary
            .map(|boundary| self.intern.name(boundary.permissions_boundary_arn.unwrap_or_default().as_str()));
        Grants { attached, inline, boundary }
    }

    /// The document and the line on which it starts. One to which no meaning can be given is also a fault.
    fn document(&mut self, raw: Option<&'t RawValue>, kind: DocumentKind) -> (Arc<Document>, u32) {
        let json = raw.map_or("", RawValue::get);
        let line = self.lines.of(json);
        // A string that cannot be decoded is kept as it is: it then has no meaning, which is a fault of its own.
        let text = raw.and_then(json::policy_text).unwrap_or(json.into());
        let document = self.intern.document(&text, kind);
        if let Some(problem) = &document.fault {
            // The text is the file's own only when the document is an object.
            let offset = if text == json { problem.span.start } else { 0 };
            self.out.faults.push(meaningless(problem, self.lines.place(json, offset)));
        }
        (document, line)
    }

    fn tags(&self, tags: Option<Vec<TagDetail<'t>>>) -> Vec<Tag> {
        let mut tags: Vec<Tag> = tags
            .into_iter()
            .flatten()
            .map(|tag| Tag {
                key: self.intern.name(tag.key.unwrap_or_default().as_str()),
                value: self.intern.name(tag.value.unwrap_or_default().as_str()),
            })
            .collect();
        tags.sort();
        tags
    }

    fn line(&self, text: &Text<'t>) -> u32 {
        self.lines.of(text.as_str())
    }
}

fn meaningless(problem: &Problem, place: Option<(u32, u32)>) -> Fault {
    let advice = problem.hint.as_deref().unwrap_or(&problem.message);
    let fault = Fault::new(format!("a policy document has no meaning: {advice}")).hint(AGAIN);
    match place {
        Some((line, column)) => fault.at(line, column),
        None => fault,
    }
}

/// The path of a user or role: its ARN between the kind and the name.
pub(super) fn path_of(arn: &Arn, name: &str) -> Box<str> {
    let after_kind = arn.resource().split_once('/').map_or("", |(_, rest)| rest);
    format!("/{}", after_kind.strip_suffix(name).unwrap_or_default()).into()
}

fn told<T>(fact: Option<T>) -> Known<T> {
    fact.map_or(Known::Unknown(Missing::new(Dump::AuthorizationDetails, Why::NoField)), Known::Fact)
}

/// A place in a file whose number is not known yet.
fn origin(line: u32) -> Origin {
    Origin { input: InputId(0), line }
}

struct Named {
    arn: Arn,
    name: Box<str>,
    line: u32,
}

const ALIEN_HINT: &str = "save the output of `aws iam get-account-authorization-details`";
const AGAIN: &str = "AWS keeps nothing of the kind: make the dump again, and leave it unchanged";
