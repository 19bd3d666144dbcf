//! From the input to the requests that it asks about.

use portcullis_iam::{
    AccountId, Action, Arn, Context, ContextKey, Credential, KeyState, PolicyKind, Request,
};

use super::caller::Who;
use super::fault::Fault;
use super::input::SimulationRequest;
use super::page::Page;
use super::policies::Policies;
use super::shelf::Shelf;
use super::{Case, Principal, Simulation, context, limits, size};

/// Reads a request, for `principal` when its policies are to be gathered.
pub(super) fn simulation(
    input: &SimulationRequest,
    principal: Option<&Principal>,
    shelf: &mut Shelf,
) -> Result<Simulation, Fault> {
    limits::check(input)?;
    let page = Page::of(input)?;
    let names = input.unknown_context_keys.clone().unwrap_or_default();
    let mut context = context::read(input.context_entries.as_deref().unwrap_or_default(), &names)?;
    let who = who(input, principal, &mut context)?;
    let given = context.iter().map(|(key, _)| key.clone()).chain(who.populated()).collect();
    who.complete(&mut context);
    let resources = resources(input);
    let mut draft = Draft {
        owner: owner(input.resource_owner.as_deref())?,
        credential: credential(input.credential.as_deref())?,
        policies: Policies::read(input, &who, principal, shelf)?,
        context,
        who,
    };
    let actions = page.items(input.action_names.as_deref().unwrap_or_default());
    let cases = actions.len().saturating_mul(resources.len());
    size::check(cases, draft.context.iter().count(), draft.policies.common())?;
    Ok(Simulation {
        actions: actions
            .iter()
            .map(|action| draft.cases(action, &resources, shelf))
            .collect::<Result<_, _>>()?,
        is_any: resources == [limits::ANY_RESOURCE],
        page,
        given,
        names: names.into_iter().map(|name| (ContextKey::new(&name), name)).collect(),
    })
}

/// The caller: the one that is named, else the principal, whose keys count as given.
fn who(
    input: &SimulationRequest,
    principal: Option<&Principal>,
    context: &mut Context,
) -> Result<Who, Fault> {
    let caller = input.caller_arn.as_deref();
    if let (None, Some(principal)) = (caller, principal) {
        for (key, state) in principal.context.iter() {
            if *context.state(key) == KeyState::Absent {
                context.set(key.clone(), state.clone());
            }
        }
        return Ok(Who::Named(principal.caller.clone()));
    }
    if caller.is_none() && input.resource_policy.is_some() {
        let reason = "CallerArn is required when ResourcePolicy is given";
        return Err(Fault::invalid(format!("Invalid caller - Caller cannot be null or empty: {reason}")));
    }
    Who::parse(caller, context)
}

fn resources(input: &SimulationRequest) -> Vec<&str> {
    match input.resource_arns.as_deref() {
        None | Some([]) => vec![limits::ANY_RESOURCE],
        Some(resources) => resources.iter().map(String::as_str).collect(),
    }
}

/// The account in `arn:aws:iam::111111111111:root`, which is how the API takes it, or the bare account id.
fn owner(stated: Option<&str>) -> Result<Option<AccountId>, Fault> {
    let Some(text) = stated else { return Ok(None) };
    let of_arn = || Arn::parse(text).filter(|arn| arn.service() == "iam").and_then(|arn| arn.account());
    let account = AccountId::parse(text).or_else(of_arn);
    account
        .map(Some)
        .ok_or_else(|| Fault::invalid(format!("Invalid Resource Owner: `{text}` names no account")))
}

fn credential(stated: Option<&str>) -> Result<Credential, Fault> {
    let Some(text) = stated else { return Ok(Credential::Unstated) };
    let found = CREDENTIALS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
    found.map(|(_, credential)| *credential).ok_or_else(|| {
        let known: Vec<&str> = CREDENTIALS.iter().map(|(name, _)| *name).collect();
        Fault::constraint(
            "credential",
            &format!("Member must satisfy enum value set: [{}]", known.join(", ")),
        )
    })
}

const CREDENTIALS: [(&str, Credential); 5] = [
    ("LongTermKey", Credential::LongTermKey),
    ("Console", Credential::Console),
    ("SessionToken", Credential::SessionToken),
    ("FederationToken", Credential::FederationToken),
    ("RoleSession", Credential::RoleSession),
];

/// What the requests of a simulation have in common.
struct Draft<'i> {
    who: Who,
    owner: Option<AccountId>,
    credential: Credential,
    policies: Policies<'i>,
    context: Context,
}

impl Draft<'_> {
    fn cases(&mut self, action: &str, resources: &[&str], shelf: &mut Shelf) -> Result<Vec<Case>, Fault> {
        let action = Action::parse(action).ok_or_else(|| {
            Fault::invalid(format!("The action is invalid: `{action}` is no `service:Action`"))
        })?;
        resources.iter().map(|resource| self.case(&action, resource, shelf)).collect()
    }

    fn case(&mut self, action: &Action, resource: &str, shelf: &mut Shelf) -> Result<Case, Fault> {
        let arn = Arn::parse(resource);
        let of_arn = arn.as_ref().and_then(Arn::account);
        let resource_owner = of_arn.or(self.owner).or_else(|| self.who.account());
        let may_be_role = arn.is_none_or(|arn| arn.service() == "iam" && arn.resource().starts_with("role/"));
        let kind =
            if may_be_role && action.service() == "sts" { PolicyKind::Trust } else { PolicyKind::Resource };
        let request = Request {
            caller: self.who.caller(resource_owner),
            credential: self.credential,
            action: action.clone(),
            resource: resource.into(),
            resource_owner,
            context: self.context.clone(),
        };
        Ok(Case { request, policies: self.policies.with_resource(kind, shelf)? })
    }
}
