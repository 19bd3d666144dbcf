//! The intent: `portcullis.toml`, with the exemptions that somebody answers for.
//!
//! ```toml
//! [[exemption]]
//! principal = "arn:aws:iam::111111111111:user/robot"   # exactly one, or: account = "111111111111", user = "robot"
//! checks = ["access-key-without-mfa", "mfa-not-enforced"]
//! owner = "platform@example.com"
//! reason = "writes build artefacts until the runner has a role"
//! expires = 2027-03-31                                  # the last day on which it holds, in UTC
//!
//! [[lint-exemption]]
//! file = "policies/legacy.json"                         # exactly one file, named from the folder of portcullis.toml
//! rules = ["deny-misses-access-keys"]
//! owner = "platform@example.com"
//! reason = "the vault of the build host asks for MFA itself"
//! expires = 2027-03-31
//!
//! [[break-glass]]
//! principal = "arn:aws:iam::111111111111:user/break-glass"
//! needs = ["iam:*", "sts:AssumeRole"]                   # what must be allowed, whatever else is not
//! without-mfa = true                                    # it is exempt: no MFA is asked of it (default: false)
//! guardians = ["arn:aws:iam::111111111111:role/guardrail"]  # who may change it and its credentials
//! owner = "security@example.com"
//! reason = "the way in when the identity provider is down"
//! ```

use std::ops::Range;

use portcullis_iam::span::{Position, position};
use portcullis_iam::{AccountId, Arn, Timestamp};
use serde::Deserialize;
use toml::Spanned;

/// What a person intends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intent {
    /// Findings that are accepted for a while, in the order of the file.
    pub exemptions: Vec<Exemption>,
    /// Flaws of files that are accepted for a while, in the order of the file.
    pub lint_exemptions: Vec<LintExemption>,
    /// The principals of last resort, in the order of the file.
    pub break_glass: Vec<BreakGlass>,
}

/// A principal for emergencies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakGlass {
    /// Who it is.
    pub principal: Principal,
    /// The action patterns that must be allowed to it.
    pub needs: Vec<String>,
    /// Whether it must get through without MFA.
    pub mfa: BreakGlassMfa,
    /// Who may change it and its credentials.
    pub guardians: Vec<Arn>,
    /// Who answers for it.
    pub owner: String,
    /// Why there is one.
    pub reason: String,
    /// Where it is written.
    pub position: Position,
}

/// Whether MFA is asked of a principal for emergencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakGlassMfa {
    /// It has its own devices and uses them.
    Used,
    /// It is exempt.
    Exempt,
}

/// A principal whose findings of some checks are accepted until a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// Whose findings.
    pub principal: Principal,
    /// The ids of the checks.
    pub checks: Vec<String>,
    /// Who answers for it.
    pub owner: String,
    /// Why it is accepted.
    pub reason: String,
    /// The first instant of the last day on which it holds, in UTC.
    pub expires: Timestamp,
    /// Where it is written.
    pub position: Position,
}

/// A file whose flaws of some rules are accepted until a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintExemption {
    /// The file, named from the folder of `portcullis.toml`.
    pub file: String,
    /// The ids of the rules, as written.
    pub rules: Vec<String>,
    /// Who answers for it.
    pub owner: String,
    /// Why it is accepted.
    pub reason: String,
    /// The first instant of the last day on which it holds, in UTC.
    pub expires: Timestamp,
    /// Where it is written.
    pub position: Position,
}

/// Exactly one principal. Wildcards have no value here: an exemption must not grow by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// The principal with this ARN.
    Arn(Arn),
    /// The IAM user with this name, whatever its path.
    User {
        /// The user's account.
        account: AccountId,
        /// The user's name.
        name: String,
    },
}

/// What is wrong in the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// One lowercase line.
    pub message: String,
    /// What to write instead.
    pub hint: String,
    /// Where.
    pub position: Position,
}

/// Reads the text of `portcullis.toml`. `known_checks` are the ids that an exemption may name.
///
/// # Errors
/// Every problem of the file, in its order; the first one alone when the file is no TOML or has the wrong shape.
pub fn parse(text: &str, known_checks: &[&str]) -> Result<Intent, Vec<Problem>> {
    let file: File = toml::from_str(text).map_err(|error| vec![shape_problem(text, &error)])?;
    let reader = Reader { text, known_checks };
    let mut intent = Intent::default();
    let mut problems = Vec::new();
    for raw in &file.exemption {
        match reader.exemption(raw) {
            Ok(exemption) => intent.exemptions.push(exemption),
            Err(found) => problems.extend(found),
        }
    }
    for raw in &file.lint_exemption {
        match reader.lint_exemption(raw) {
            Ok(exemption) => intent.lint_exemptions.push(exemption),
            Err(found) => problems.extend(found),
        }
    }
    for raw in &file.break_glass {
        match reader.break_glass(raw) {
            Ok(break_glass) => intent.break_glass.push(break_glass),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(intent) } else { Err(problems) }
}

impl Exemption {
    /// Whether it holds at `now`: until the end of its last day.
    pub fn holds_at(&self, now: Timestamp) -> bool {
        now.days_since(self.expires) < 1
    }

    /// Its last day, such as `2027-03-31`.
    pub fn last_day(&self) -> String {
        self.expires.to_string().chars().take("2027-03-31".len()).collect()
    }
}

impl LintExemption {
    /// Whether it holds at `now`: until the end of its last day.
    pub fn holds_at(&self, now: Timestamp) -> bool {
        now.days_since(self.expires) < 1
    }
}

impl Principal {
    /// Whether the resource with the ARN `resource` is this principal.
    pub fn is(&self, resource: &str) -> bool {
        match self {
            Principal::Arn(arn) => arn.as_str() == resource,
            Principal::User { account, name } => Arn::parse(resource).is_some_and(|arn| {
                let path_and_name = arn.resource().strip_prefix("user/");
                arn.service() == "iam"
                    && arn.account() == Some(*account)
                    && path_and_name.and_then(|text| text.rsplit('/').next()) == Some(name)
            }),
        }
    }

    /// The account of the principal, where its ARN names one.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Principal::Arn(arn) => arn.account(),
            Principal::User { account, .. } => Some(*account),
        }
    }
}

impl std::fmt::Display for Principal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Principal::Arn(arn) => arn.fmt(f),
            Principal::User { account, name } => write!(f, "user {name} of {account}"),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    exemption: Vec<Spanned<RawExemption>>,
    #[serde(default, rename = "lint-exemption")]
    lint_exemption: Vec<Spanned<RawLintExemption>>,
    #[serde(default, rename = "break-glass")]
    break_glass: Vec<Spanned<RawBreakGlass>>,
}

/// Who is meant, in one of two ways.
#[derive(Clone, Copy)]
struct Named<'t> {
    what: &'static str,
    principal: Option<&'t Spanned<String>>,
    account: Option<&'t Spanned<String>>,
    user: Option<&'t Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawBreakGlass {
    principal: Option<Spanned<String>>,
    account: Option<Spanned<String>>,
    user: Option<Spanned<String>>,
    #[serde(default)]
    needs: Vec<Spanned<String>>,
    #[serde(default)]
    without_mfa: bool,
    #[serde(default)]
    guardians: Vec<Spanned<String>>,
    owner: Option<Spanned<String>>,
    reason: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExemption {
    principal: Option<Spanned<String>>,
    account: Option<Spanned<String>>,
    user: Option<Spanned<String>>,
    #[serde(default)]
    checks: Vec<Spanned<String>>,
    owner: Option<Spanned<String>>,
    reason: Option<Spanned<String>>,
    expires: Option<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLintExemption {
    file: Option<Spanned<String>>,
    #[serde(default)]
    rules: Vec<Spanned<String>>,
    owner: Option<Spanned<String>>,
    reason: Option<Spanned<String>>,
    expires: Option<Spanned<toml::Value>>,
}

struct Reader<'t> {
    text: &'t str,
    known_checks: &'t [&'t str],
}

impl Reader<'_> {
    fn exemption(&self, raw: &Spanned<RawExemption>) -> Result<Exemption, Vec<Problem>> {
        let (at, entry) = (raw.span(), raw.get_ref());
        let mut problems = Vec::new();
        let mut keep = |problem: Problem| problems.push(problem);
        let named = Named {
            what: "exemption",
            principal: entry.principal.as_ref(),
            account: entry.account.as_ref(),
            user: entry.user.as_ref(),
        };
        let principal = self.principal(named, &at).map_err(&mut keep).ok();
        let checks = self.checks(entry, &at).map_err(&mut keep).ok();
        let owner = self.sentence(("exemption", "owner"), entry.owner.as_ref(), &at).map_err(&mut keep).ok();
        let reason =
            self.sentence(("exemption", "reason"), entry.reason.as_ref(), &at).map_err(&mut keep).ok();
        let expires = self.expires(entry.expires.as_ref(), &at).map_err(&mut keep).ok();
        match (principal, checks, owner, reason, expires) {
            (Some(principal), Some(checks), Some(owner), Some(reason), Some(expires)) => {
                let position = self.position(&at);
                Ok(Exemption { principal, checks, owner, reason, expires, position })
            }
            _ => Err(problems),
        }
    }

    fn lint_exemption(&self, raw: &Spanned<RawLintExemption>) -> Result<LintExemption, Vec<Problem>> {
        let (at, entry) = (raw.span(), raw.get_ref());
        let mut problems = Vec::new();
        let mut keep = |problem: Problem| problems.push(problem);
        let file = self.file(entry, &at).map_err(&mut keep).ok();
        let rules: Vec<String> = entry.rules.iter().map(|rule| rule.get_ref().clone()).collect();
        if rules.is_empty() {
            let advice = "add `rules = [\"deny-misses-access-keys\"]`";
            keep(self.problem(&at, "the exemption names no rules", advice));
        }
        let owner = self.sentence(("exemption", "owner"), entry.owner.as_ref(), &at).map_err(&mut keep).ok();
        let reason =
            self.sentence(("exemption", "reason"), entry.reason.as_ref(), &at).map_err(&mut keep).ok();
        let expires = self.expires(entry.expires.as_ref(), &at).map_err(&mut keep).ok();
        match (file, owner, reason, expires) {
            (Some(file), Some(owner), Some(reason), Some(expires)) if problems.is_empty() => {
                let position = self.position(&at);
                Ok(LintExemption { file, rules, owner, reason, expires, position })
            }
            _ => Err(problems),
        }
    }

    fn file(&self, entry: &RawLintExemption, at: &Range<usize>) -> Result<String, Problem> {
        let advice = "name one file: `file = \"policies/legacy.json\"`";
        let Some(file) = &entry.file else {
            return Err(self.problem(at, "the exemption names no file", advice));
        };
        self.no_wildcard(file)?;
        Ok(file.get_ref().clone())
    }

    fn break_glass(&self, raw: &Spanned<RawBreakGlass>) -> Result<BreakGlass, Vec<Problem>> {
        let (at, entry) = (raw.span(), raw.get_ref());
        let mut problems = Vec::new();
        let mut keep = |problem: Problem| problems.push(problem);
        let named = Named {
            what: "break-glass entry",
            principal: entry.principal.as_ref(),
            account: entry.account.as_ref(),
            user: entry.user.as_ref(),
        };
        let principal = self.principal(named, &at).map_err(&mut keep).ok();
        let needs = self.needs(&entry.needs, &at).map_err(&mut keep).ok();
        let guardians: Result<Vec<Arn>, Problem> =
            entry.guardians.iter().map(|arn| self.iam_arn(arn)).collect();
        let guardians = guardians.map_err(&mut keep).ok();
        let owner =
            self.sentence(("break-glass entry", "owner"), entry.owner.as_ref(), &at).map_err(&mut keep).ok();
        let reason = self
            .sentence(("break-glass entry", "reason"), entry.reason.as_ref(), &at)
            .map_err(&mut keep)
            .ok();
        let mfa = if entry.without_mfa { BreakGlassMfa::Exempt } else { BreakGlassMfa::Used };
        match (principal, needs, guardians, owner, reason) {
            (Some(principal), Some(needs), Some(guardians), Some(owner), Some(reason)) => {
                let position = self.position(&at);
                Ok(BreakGlass { principal, needs, mfa, guardians, owner, reason, position })
            }
            _ => Err(problems),
        }
    }

    fn needs(&self, needs: &[Spanned<String>], at: &Range<usize>) -> Result<Vec<String>, Problem> {
        let advice = "name what must be allowed: `needs = [\"iam:*\", \"sts:AssumeRole\"]`";
        if needs.is_empty() {
            return Err(self.problem(at, "the break-glass entry needs nothing", advice));
        }
        let wrong = needs.iter().find(|need| {
            let need = need.get_ref();
            need != "*"
                && need.split_once(':').is_none_or(|(service, name)| service.is_empty() || name.is_empty())
        });
        match wrong {
            None => Ok(needs.iter().map(|need| need.get_ref().clone()).collect()),
            Some(need) => {
                Err(self.problem(&need.span(), &format!("`{}` is no action pattern", need.get_ref()), advice))
            }
        }
    }

    fn principal(&self, entry: Named<'_>, at: &Range<usize>) -> Result<Principal, Problem> {
        match (entry.principal, entry.account, entry.user) {
            (Some(arn), None, None) => self.arn(arn),
            (None, Some(account), Some(user)) => self.user(account, user),
            (Some(_), _, _) => Err(self.problem(
                at,
                &format!("the {} names its principal twice", entry.what),
                "keep either `principal` or `account` and `user`",
            )),
            (None, _, _) => Err(self.problem(
                at,
                &format!("the {} names no principal", entry.what),
                "add `principal = \"arn:aws:iam::111111111111:user/alice\"`, or `account` and `user`",
            )),
        }
    }

    fn arn(&self, text: &Spanned<String>) -> Result<Principal, Problem> {
        self.iam_arn(text).map(Principal::Arn)
    }

    fn iam_arn(&self, text: &Spanned<String>) -> Result<Arn, Problem> {
        let arn = text.get_ref();
        self.no_wildcard(text)?;
        Arn::parse(arn).filter(|arn| arn.service() == "iam" && arn.account().is_some()).ok_or_else(|| {
            self.problem(
                &text.span(),
                &format!("`{arn}` is not the ARN of an IAM principal"),
                "write it as `arn:aws:iam::111111111111:user/alice`",
            )
        })
    }

    fn user(&self, account: &Spanned<String>, user: &Spanned<String>) -> Result<Principal, Problem> {
        self.no_wildcard(user)?;
        let id = AccountId::parse(account.get_ref()).ok_or_else(|| {
            self.problem(
                &account.span(),
                &format!("`{}` is not an account id", account.get_ref()),
                "an account id is twelve digits in quotes: `account = \"111111111111\"`",
            )
        })?;
        let name = user.get_ref().trim();
        if name.is_empty() || name.contains('/') {
            return Err(self.problem(
                &user.span(),
                &format!("`{name}` is not a user name"),
                "`user` is the name without its path; for a path write the whole ARN as `principal`",
            ));
        }
        Ok(Principal::User { account: id, name: name.to_owned() })
    }

    fn no_wildcard(&self, text: &Spanned<String>) -> Result<(), Problem> {
        if !text.get_ref().contains(['*', '?']) {
            return Ok(());
        }
        Err(self.problem(
            &text.span(),
            &format!("`{}` has a wildcard", text.get_ref()),
            "an exemption is for exactly one: write one exemption for each",
        ))
    }

    fn checks(&self, entry: &RawExemption, at: &Range<usize>) -> Result<Vec<String>, Problem> {
        if entry.checks.is_empty() {
            return Err(self.problem(
                at,
                "the exemption names no checks",
                "add `checks = [\"mfa-not-enforced\"]`",
            ));
        }
        let unknown =
            entry.checks.iter().find(|check| !self.known_checks.contains(&check.get_ref().as_str()));
        match unknown {
            None => Ok(entry.checks.iter().map(|check| check.get_ref().clone()).collect()),
            Some(check) => Err(self.problem(
                &check.span(),
                &format!("unknown check `{}`", check.get_ref()),
                &self.nearest(check.get_ref()),
            )),
        }
    }

    /// The advice for a check that does not exist: the ids that share the most words with it.
    fn nearest(&self, unknown: &str) -> String {
        let shared =
            |id: &str| id.split('-').filter(|word| unknown.split('-').any(|part| part == *word)).count();
        match self.known_checks.iter().max_by_key(|id| shared(id)) {
            Some(id) if shared(id) > 1 => format!("did you mean `{id}`?"),
            Some(_) | None => "`portcullis audit --list-checks` lists them".to_owned(),
        }
    }

    fn sentence(
        &self,
        (what, key): (&str, &str),
        value: Option<&Spanned<String>>,
        at: &Range<usize>,
    ) -> Result<String, Problem> {
        let text = value.map(|text| text.get_ref().trim()).unwrap_or_default();
        if !text.is_empty() {
            return Ok(text.to_owned());
        }
        let advice = match key {
            "owner" => "somebody must answer for it: add `owner = \"platform@example.com\"`",
            _ => "say why it is accepted: add `reason = \"…\"`",
        };
        let at = value.map_or_else(|| at.clone(), Spanned::span);
        Err(self.problem(&at, &format!("the {what} has no {key}"), advice))
    }

    fn expires(&self, value: Option<&Spanned<toml::Value>>, at: &Range<usize>) -> Result<Timestamp, Problem> {
        let advice = "write the last day on which it holds: `expires = 2027-03-31`";
        let Some(value) = value else {
            return Err(self.problem(at, "the exemption has no end", advice));
        };
        let text = match value.get_ref() {
            toml::Value::Datetime(date) => date.to_string(),
            toml::Value::String(text) => text.clone(),
            other => other.type_str().to_owned(),
        };
        Timestamp::parse(&text)
            .filter(|_| text.len() == "2027-03-31".len())
            .ok_or_else(|| self.problem(&value.span(), &format!("`{text}` is not a day"), advice))
    }

    fn problem(&self, at: &Range<usize>, message: &str, hint: &str) -> Problem {
        Problem { message: message.to_owned(), hint: hint.to_owned(), position: self.position(at) }
    }

    fn position(&self, at: &Range<usize>) -> Position {
        place(self.text, at.start)
    }
}

/// A file that is no TOML, or has unknown or missing fields.
fn shape_problem(text: &str, error: &toml::de::Error) -> Problem {
    let message = error.message().lines().next().unwrap_or_default().to_owned();
    let unknown_field = message.starts_with("unknown field");
    let hint = if unknown_field {
        "check the spelling, or remove the field: what is not understood is refused"
    } else {
        "see the documentation of portcullis.toml for the shape of the file"
    };
    let start = error.span().map_or(0, |span| span.start);
    Problem { message, hint: hint.to_owned(), position: place(text, start) }
}

fn place(text: &str, offset: usize) -> Position {
    position(text, u32::try_from(offset).unwrap_or(u32::MAX))
}
