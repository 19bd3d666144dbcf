//! Why a request is decided as it is: the deciding statements, and why each other one is not about the request.

use std::sync::Arc;

use portcullis_iam::condition::{self, Condition, Operator};
use portcullis_iam::{
    Attached, Caller, ContextKey, Effect, KeyState, Policy, PolicySet, Position, Request, SourceKind, Span,
    Statement, Truth, span,
};

use crate::decide::{self, Ruling};
use crate::decision::{Answer, Decision};
use crate::layer::{self, LayerKind, Votes};
use crate::principal::Bounded;
use crate::service_rule::ServiceRule;
use crate::statement;

/// An answer and everything that led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The answer, as [`decide()`](crate::decide()) gives it.
    pub answer: Answer,
    /// What decided.
    pub reason: Reason,
    /// Whether each layer lets the request pass, other layers apart, in AWS's order.
    pub passes: [(LayerKind, Truth); 7],
    /// What the policies of each layer and level say that has any.
    pub layers: Vec<LayerReport>,
    /// Every statement, by layer, level and policy.
    pub statements: Vec<StatementReport>,
}

/// What decided a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A rule of the service, before any policy.
    Service(ServiceRule),
    /// A statement denies.
    ExplicitDeny,
    /// Nothing in this layer allows, and it must.
    ImplicitDeny {
        /// The first layer, in AWS's order, that does not let the request pass.
        layer: LayerKind,
        /// The first level of it that does not allow, by name; none when it has no levels.
        level: Option<Box<str>>,
    },
    /// Every layer lets it pass.
    Allowed {
        /// The layer that grants: identity or resource; none for the full access of the root user.
        by: Option<LayerKind>,
    },
    /// It depends on what is unknown.
    Undetermined,
}

/// What the policies of one layer, or of one level of it, say of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerReport {
    /// The layer.
    pub layer: LayerKind,
    /// The level's name; none when the layer has no levels.
    pub level: Option<Box<str>>,
    /// Whether the layer has a say in the request.
    pub standing: Standing,
    /// Whether a statement allows.
    pub allow: Truth,
    /// Whether a statement denies.
    pub deny: Truth,
}

/// Whether a layer has a say in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It has.
    Binds,
    /// It has none, because of who calls or whose the resource is.
    Spares,
}

/// One statement, and whether it is about the request.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementReport {
    /// The layer of its policy.
    pub layer: LayerKind,
    /// The level of its policy, by name.
    pub level: Option<Box<str>>,
    /// The policy's ARN, name or place in the input.
    pub policy: Arc<str>,
    /// How the policy reaches the principal or resource.
    pub source: SourceKind,
    /// Its place in the policy, from 0.
    pub index: usize,
    /// Its `Sid`.
    pub sid: Option<Box<str>>,
    /// What it does.
    pub effect: Effect,
    /// Its text within the policy's.
    pub span: Span,
    /// The policy's text.
    pub text: Arc<str>,
    /// Whether it is about the request.
    pub applies: Truth,
    /// The first element because of which it is not, or may not be.
    pub mismatch: Option<Mismatch>,
}

impl StatementReport {
    /// Where it starts.
    pub fn start(&self) -> Position {
        span::position(&self.text, self.span.start)
    }

    /// Where it ends.
    pub fn end(&self) -> Position {
        span::position(&self.text, self.span.end)
    }
}

/// An element of a statement that does not cover a request, or may not.
#[derive(Clone, Debug, PartialEq)]
pub struct Mismatch {
    /// The element.
    pub element: Element,
    /// [`Truth::False`], or [`Truth::Unknown`] where it depends on what is unknown.
    pub truth: Truth,
}

/// An element of a statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Element {
    /// The whole layer has no say in the request.
    Layer,
    /// `Principal` or `NotPrincipal`.
    Principal,
    /// `Action` or `NotAction`.
    Action,
    /// `Resource` or `NotResource`.
    Resource,
    /// One test of the condition block.
    Condition(ConditionReport),
}

/// A test of a condition block and what it met.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionReport {
    /// The operator.
    pub operator: Operator,
    /// The key.
    pub key: ContextKey,
    /// The key in the policy's text.
    pub key_span: Span,
    /// The values that the policy compares with.
    pub wanted: Vec<Box<str>>,
    /// What the request has.
    pub actual: KeyState,
}

/// Decides `request` against all policies that apply to it, and says why.
pub fn explain(request: &Request, policies: &PolicySet) -> Explanation {
    let votes = layer::votes(request, policies);
    let ruling = decide::ruling(request, &votes);
    let answer = decide::decide(request, policies);
    let scene = Scene { request, policies, bounded: layer::bounded(request, policies) };
    let layers: Vec<LayerReport> = LayerKind::ALL.into_iter().flat_map(|kind| scene.layers(kind)).collect();
    Explanation {
        reason: reason(&answer, request, ruling, &votes, &layers),
        passes: ruling.passes.each(),
        statements: LayerKind::ALL.into_iter().flat_map(|kind| scene.statements(kind)).collect(),
        answer,
        layers,
    }
}

impl Explanation {
    /// The statements that decide: those that deny, else those that allow; when the answer is undetermined, those
    /// on which it depends.
    pub fn deciding(&self) -> impl Iterator<Item = &StatementReport> {
        let (effect, truth) = match &self.reason {
            Reason::ExplicitDeny => (Some(Effect::Deny), Truth::True),
            Reason::Allowed { .. } => (Some(Effect::Allow), Truth::True),
            Reason::Undetermined => (None, Truth::Unknown),
            Reason::Service(_) | Reason::ImplicitDeny { .. } => (None, Truth::True),
        };
        let none = matches!(self.reason, Reason::Service(_) | Reason::ImplicitDeny { .. });
        self.statements.iter().filter(move |statement| {
            !none && statement.applies == truth && effect.is_none_or(|effect| statement.effect == effect)
        })
    }
}

fn reason(
    answer: &Answer,
    request: &Request,
    ruling: Ruling,
    votes: &Votes,
    layers: &[LayerReport],
) -> Reason {
    if !answer.outcomes.is_settled() {
        return Reason::Undetermined;
    }
    match ruling.service {
        Some(applied) if applied.holds == Truth::True => return Reason::Service(applied.rule),
        Some(_) | None => {}
    }
    match answer.decision() {
        Decision::ExplicitDeny => Reason::ExplicitDeny,
        Decision::Allowed => Reason::Allowed { by: granted_by(request, votes) },
        Decision::ImplicitDeny => {
            let each = ruling.passes.each();
            let lacking = |wanted: Truth| each.into_iter().find(|(_, truth)| *truth == wanted);
            let found = lacking(Truth::False).or_else(|| lacking(Truth::Unknown));
            let layer = found.map_or(LayerKind::Identity, |(kind, _)| kind);
            let silent = layers.iter().find(|report| report.layer == layer && report.allow == Truth::False);
            Reason::ImplicitDeny { layer, level: silent.and_then(|report| report.level.clone()) }
        }
    }
}

fn granted_by(request: &Request, votes: &Votes) -> Option<LayerKind> {
    match request.caller {
        Caller::Root(_) => None,
        Caller::Anonymous | Caller::Service(_) => Some(LayerKind::Resource),
        Caller::User(_) | Caller::Role(_) | Caller::FederatedUser(_) => {
            let own = votes.identity.allow == Truth::True && votes.resource.is_final() != Truth::True;
            Some(if own { LayerKind::Identity } else { LayerKind::Resource })
        }
    }
}

/// What the statements are held against.
struct Scene<'s> {
    request: &'s Request,
    policies: &'s PolicySet,
    bounded: Bounded,
}

impl Scene<'_> {
    fn standing(&self, kind: LayerKind) -> Standing {
        let binds = kind.binds(self.request, self.policies.management_account);
        if binds { Standing::Binds } else { Standing::Spares }
    }

    fn layers(&self, kind: LayerKind) -> Vec<LayerReport> {
        let reports = kind.of(self.policies).map(|(level, layer)| {
            let unread = if layer.gaps.is_empty() { Truth::False } else { Truth::Unknown };
            let any = |effect: Effect| {
                let own = layer::statements(layer).filter(|(_, statement)| statement.effect == effect);
                own.map(|(attached, own)| self.applies(kind, &attached.policy, own)).fold(unread, Truth::or)
            };
            LayerReport {
                layer: kind,
                level: level.map(Box::from),
                standing: self.standing(kind),
                allow: any(Effect::Allow),
                deny: any(Effect::Deny),
            }
        });
        reports.collect()
    }

    fn statements(&self, kind: LayerKind) -> Vec<StatementReport> {
        let layers = kind.of(self.policies);
        let of_layer =
            layers.flat_map(|(level, layer)| layer.policies.iter().map(move |attached| (level, attached)));
        let of_policy = of_layer.flat_map(|(level, attached)| {
            attached
                .policy
                .statements
                .iter()
                .enumerate()
                .map(move |(index, own)| (level, attached, index, own))
        });
        of_policy
            .map(|(level, attached, index, own)| self.report(kind, level, attached, (index, own)))
            .collect()
    }

    fn report(
        &self,
        kind: LayerKind,
        level: Option<&str>,
        attached: &Attached,
        (index, own): (usize, &Statement),
    ) -> StatementReport {
        let mismatch = self.mismatch(kind, &attached.policy, own);
        StatementReport {
            layer: kind,
            level: level.map(Box::from),
            policy: Arc::clone(&attached.id),
            source: attached.source,
            index,
            sid: own.sid.as_ref().map(|sid| sid.value.clone()),
            effect: own.effect,
            span: own.span,
            text: Arc::clone(&attached.policy.text),
            applies: mismatch.as_ref().map_or(Truth::True, |mismatch| mismatch.truth),
            mismatch,
        }
    }

    fn applies(&self, kind: LayerKind, policy: &Policy, own: &Statement) -> Truth {
        let names = kind.names((own.effect, own.principal.as_ref()), self.request, self.bounded).at_all();
        names.and(statement::applies(policy, own, self.request, kind.short_arn()))
    }

    /// The first element that does not cover the request, else the first that may not.
    fn mismatch(&self, kind: LayerKind, policy: &Policy, own: &Statement) -> Option<Mismatch> {
        let binds = self.standing(kind) == Standing::Binds;
        let action = statement::covers_action(&own.action, &self.request.action);
        let resource = || {
            statement::covers_resource(own.resource.as_ref(), policy.version, self.request, kind.short_arn())
        };
        let elements: [(Element, &dyn Fn() -> Truth); 4] = [
            (Element::Layer, &|| binds.into()),
            (Element::Principal, &|| {
                kind.names((own.effect, own.principal.as_ref()), self.request, self.bounded).at_all()
            }),
            (Element::Action, &|| action.into()),
            (Element::Resource, &resource),
        ];
        let elements = elements.into_iter().map(|(element, truth)| Mismatch { element, truth: truth() });
        let conditions = own.conditions.iter().map(|condition| Mismatch {
            truth: condition::holds(condition, policy.version, &self.request.context),
            element: Element::Condition(self.condition(condition)),
        });
        let mut open = None;
        for mismatch in elements.chain(conditions) {
            match mismatch.truth {
                Truth::False => return Some(mismatch),
                Truth::Unknown if open.is_none() => open = Some(mismatch),
                Truth::Unknown | Truth::True => {}
            }
        }
        open
    }

    fn condition(&self, condition: &Condition) -> ConditionReport {
        ConditionReport {
            operator: condition.operator.value,
            key: condition.key.clone(),
            key_span: condition.key_span,
            wanted: condition.values.iter().map(|value| value.value.clone()).collect(),
            actual: self.request.context.state(&condition.key).clone(),
        }
    }
}
