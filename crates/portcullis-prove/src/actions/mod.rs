//! All actions that a request can have: those of the catalogue, and those that it does not know yet.

mod bits;
mod forms;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use portcullis_iam::catalog::{Access, catalog};
use portcullis_iam::{Action, pattern};

pub(crate) use bits::Bits;
pub(crate) use forms::{Place, Templates};

/// The actions of the catalogue, in its order.
#[derive(Debug)]
pub(crate) struct Universe {
    actions: Vec<Action>,
    services: BTreeMap<&'static str, Range<usize>>,
    /// For each action the place of its templates.
    templates_of: Vec<u32>,
    /// For each action the number of its service.
    service_of: Vec<u32>,
    templates: Vec<Templates>,
    /// Sets of actions, the most telling first: what a witness should be of.
    telling: Vec<Bits>,
}

/// The actions, read on first use.
pub(crate) fn universe() -> &'static Universe {
    static UNIVERSE: OnceLock<Universe> = OnceLock::new();
    UNIVERSE.get_or_init(Universe::new)
}

/// With these, whoever may call them on everything takes over the account; each with the kind of resource that it is
/// called on.
pub const TAKEOVER: [(&str, &str); 13] = [
    ("iam:AttachUserPolicy", "user"),
    ("iam:PutUserPolicy", "user"),
    ("iam:CreateAccessKey", "user"),
    ("iam:CreateLoginProfile", "user"),
    ("iam:UpdateLoginProfile", "user"),
    ("iam:AddUserToGroup", "group"),
    ("iam:AttachGroupPolicy", "group"),
    ("iam:PutGroupPolicy", "group"),
    ("iam:AttachRolePolicy", "role"),
    ("iam:PutRolePolicy", "role"),
    ("iam:UpdateAssumeRolePolicy", "role"),
    ("iam:CreatePolicyVersion", "policy"),
    ("iam:SetDefaultPolicyVersion", "policy"),
];

/// What everybody understands at a glance.
pub(crate) const PLAIN: [&str; 12] = [
    "secretsmanager:GetSecretValue",
    "s3:GetObject",
    "ec2:RunInstances",
    "lambda:UpdateFunctionCode",
    "kms:Decrypt",
    "sts:AssumeRole",
    "iam:DeactivateMFADevice",
    "dynamodb:Scan",
    "cloudformation:CreateStack",
    "ssm:GetParameter",
    "s3:PutObject",
    "ec2:TerminateInstances",
];

impl Universe {
    fn new() -> Self {
        let mut universe = Self {
            actions: Vec::new(),
            services: BTreeMap::new(),
            templates_of: Vec::new(),
            service_of: Vec::new(),
            templates: Vec::new(),
            telling: Vec::new(),
        };
        let mut places = BTreeMap::new();
        let mut access = Vec::new();
        for service in catalog().services() {
            let start = universe.actions.len();
            for info in service.actions() {
                let Some(action) = Action::parse(&info.full_name()) else { continue };
                let templates = Templates::of(service, info);
                let next = universe.templates.len() as u32;
                let place = *places.entry(templates.clone()).or_insert(next);
                if place == next {
                    universe.templates.push(templates);
                }
                universe.actions.push(action);
                universe.templates_of.push(place);
                universe.service_of.push(universe.services.len() as u32);
                access.push(info.access);
            }
            universe.services.insert(service.prefix, start..universe.actions.len());
        }
        universe.telling = universe.rank(&access);
        universe
    }

    fn rank(&self, access: &[Access]) -> Vec<Bits> {
        let named = |names: &[&str]| {
            let mut bits = self.none();
            for name in names {
                bits.add(&self.matching(&name.to_ascii_lowercase()));
            }
            bits
        };
        let levels =
            [Access::PermissionsManagement, Access::Write, Access::Read, Access::Tagging, Access::List];
        let of_level = |level: Access| {
            let mut bits = self.none();
            access.iter().enumerate().filter(|(_, own)| **own == level).for_each(|(at, _)| bits.insert(at));
            bits
        };
        [named(&TAKEOVER.map(|(action, _)| action))]
            .into_iter()
            .chain(PLAIN.iter().map(|name| named(&[name])))
            .chain(levels.map(of_level))
            .collect()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.actions.len()
    }

    /// No action.
    pub(crate) fn none(&self) -> Bits {
        Bits::empty(self.len())
    }

    /// Every action.
    pub(crate) fn all(&self) -> Bits {
        Bits::full(self.len())
    }

    /// The action at a place.
    pub(crate) fn action(&self, place: usize) -> Option<&Action> {
        self.actions.get(place)
    }

    /// The number of the templates of the action at a place: equal for actions with equal templates.
    pub(crate) fn templates_of(&self, place: usize) -> u32 {
        self.templates_of.get(place).copied().unwrap_or_default()
    }

    /// The number of the service of the action at a place.
    pub(crate) fn service_of(&self, place: usize) -> u32 {
        self.service_of.get(place).copied().unwrap_or_default()
    }

    /// Templates by their number.
    pub(crate) fn templates(&self, number: u32) -> Option<&Templates> {
        self.templates.get(number as usize)
    }

    /// The actions that a pattern in lower case matches.
    pub(crate) fn matching(&self, pattern: &str) -> Bits {
        let mut bits = self.none();
        if pattern == "*" {
            return self.all();
        }
        let Some((service, name)) = pattern.split_once(':') else {
            self.add_matching(&mut bits, 0..self.len(), &pattern::parts(pattern));
            return bits;
        };
        if service.contains(['*', '?']) {
            self.add_matching(&mut bits, 0..self.len(), &pattern::parts(pattern));
            return bits;
        }
        let Some(range) = self.services.get(service).cloned() else { return bits };
        if name == "*" {
            range.for_each(|place| bits.insert(place));
        } else {
            self.add_matching(&mut bits, range, &pattern::parts(pattern));
        }
        bits
    }

    fn add_matching(&self, bits: &mut Bits, range: Range<usize>, parts: &[pattern::Part<'_>]) {
        for place in range {
            if self.action(place).is_some_and(|action| pattern::matches(parts, action.lower())) {
                bits.insert(place);
            }
        }
    }

    /// How telling a witness of these actions would be: the lower, the more.
    pub(crate) fn rank_of(&self, bits: &Bits) -> usize {
        self.telling.iter().position(|telling| telling.meets(bits)).unwrap_or(usize::MAX)
    }

    /// The places in `bits`, the most telling first.
    pub(crate) fn most_telling<'b>(&'b self, bits: &'b Bits) -> impl Iterator<Item = usize> + 'b {
        let earlier = |at: usize, place: usize| self.telling.iter().take(at).any(|own| own.contains(place));
        let ranked = self.telling.iter().enumerate().flat_map(move |(at, own)| {
            own.iter().filter(move |place| bits.contains(*place) && !earlier(at, *place))
        });
        ranked.chain(bits.iter().filter(|place| !self.telling.iter().any(|own| own.contains(*place))))
    }
}
