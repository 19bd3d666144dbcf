//! A condition whose values have been read, ready to be held against many requests.

use super::arn::ArnOperands;
use super::binary::BinaryOperands;
use super::boolean::BoolOperands;
use super::date::DateOperands;
use super::ip::IpOperands;
use super::null::NullOperands;
use super::numeric::NumericOperands;
use super::text::TextOperands;
use super::{Condition, Family, Operator, View, set};
use crate::context::{Context, ContextKey, KeyState};
use crate::policy::Version;
use crate::truth::Truth;

/// A condition whose values have been read.
#[derive(Clone, Debug)]
pub struct Matcher {
    operator: Operator,
    key: ContextKey,
    operands: Operands,
}

/// The values of a condition, by the family of its operator.
#[derive(Clone, Debug)]
enum Operands {
    Text(TextOperands),
    Numeric(NumericOperands),
    Date(DateOperands),
    Bool(BoolOperands),
    Binary(BinaryOperands),
    Ip(IpOperands),
    Arn(ArnOperands),
    Null(NullOperands),
}

/// Why the truth of a condition is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// The unknown keys: its own, and those of its variables.
    pub keys: Vec<ContextKey>,
    /// A negated ARN operator has to do with something that is no ARN: AWS documents no meaning for that.
    pub no_arn: bool,
}

impl Matcher {
    /// Reads the values of `condition`, written in a policy of the given language version.
    pub fn new(condition: &Condition, version: Version) -> Self {
        let operator = condition.operator.value;
        let values = || condition.values.iter().map(|value| value.value.as_ref());
        let operands = match operator.test.family() {
            Family::String => Operands::Text(TextOperands::new(operator.test, values(), version)),
            Family::Numeric => Operands::Numeric(NumericOperands::new(operator.test, values())),
            Family::Date => Operands::Date(DateOperands::new(operator.test, values())),
            Family::Bool => Operands::Bool(BoolOperands::new(values(), version)),
            Family::Binary => Operands::Binary(BinaryOperands::new(values())),
            Family::Ip => Operands::Ip(IpOperands::new(values())),
            Family::Arn => Operands::Arn(ArnOperands::new(operator.test, values(), version)),
            Family::Null => Operands::Null(NullOperands::new(values())),
        };
        Self { operator, key: condition.key.clone(), operands }
    }

    /// The key that it tests.
    pub fn key(&self) -> &ContextKey {
        &self.key
    }

    /// Whether a request with `context` passes.
    pub fn holds(&self, context: &Context) -> Truth {
        self.holds_when(context.state(&self.key), context)
    }

    /// Whether a request passes whose key is in this state, whatever `context` says of it; the variables in the values
    /// of the condition have the values that `context` gives them.
    pub fn holds_when(&self, state: &KeyState, context: &Context) -> Truth {
        match &self.operands {
            Operands::Null(operands) => operands.holds(state),
            Operands::Text(_)
            | Operands::Numeric(_)
            | Operands::Date(_)
            | Operands::Bool(_)
            | Operands::Binary(_)
            | Operands::Ip(_)
            | Operands::Arn(_) => set::holds(self.operator, state, |value| self.passes(value, context)),
        }
    }

    /// The operator.
    pub fn operator(&self) -> Operator {
        self.operator
    }

    /// The values that it compares with.
    pub fn view(&self) -> View<'_> {
        match &self.operands {
            Operands::Text(operands) => operands.view(),
            Operands::Numeric(operands) => operands.view(),
            Operands::Date(operands) => operands.view(),
            Operands::Bool(operands) => operands.view(),
            Operands::Binary(operands) => operands.view(),
            Operands::Ip(operands) => operands.view(),
            Operands::Arn(operands) => operands.view(),
            Operands::Null(operands) => operands.view(),
        }
    }

    /// Why its truth is unknown, when it is.
    pub fn open(&self, context: &Context) -> Open {
        let state = context.state(&self.key);
        let own = (*state == KeyState::Unknown).then_some(&self.key);
        let variables = self.variables().filter(|key| *context.state(key) == KeyState::Unknown);
        let keys: Vec<ContextKey> = own.into_iter().chain(variables).cloned().collect();
        let no_arn = match &self.operands {
            Operands::Arn(operands) => operands.meets_no_arn(state, context),
            Operands::Text(_)
            | Operands::Numeric(_)
            | Operands::Date(_)
            | Operands::Bool(_)
            | Operands::Binary(_)
            | Operands::Ip(_)
            | Operands::Null(_) => false,
        };
        Open { keys, no_arn }
    }

    /// The keys of the variables in its values.
    pub fn variables(&self) -> impl Iterator<Item = &ContextKey> {
        let patterns: Box<dyn Iterator<Item = _>> = match &self.operands {
            Operands::Text(operands) => Box::new(operands.patterns()),
            Operands::Bool(operands) => Box::new(operands.patterns()),
            Operands::Arn(operands) => Box::new(operands.patterns()),
            Operands::Numeric(_)
            | Operands::Date(_)
            | Operands::Binary(_)
            | Operands::Ip(_)
            | Operands::Null(_) => Box::new(std::iter::empty()),
        };
        patterns.flat_map(|pattern| pattern.keys())
    }

    /// Whether one value of a request passes, set operators aside: it matches any of the condition's values or, when
    /// the operator is negated, none of them. None passes `Null`.
    pub fn passes(&self, value: &str, context: &Context) -> Truth {
        let matches = match &self.operands {
            Operands::Text(operands) => operands.matches(value, context),
            Operands::Numeric(operands) => operands.matches(value),
            Operands::Date(operands) => operands.matches(value),
            Operands::Bool(operands) => operands.matches(value, context),
            Operands::Binary(operands) => operands.matches(value),
            Operands::Ip(operands) => operands.matches(value),
            Operands::Arn(operands) => operands.matches(value, context),
            Operands::Null(_) => Truth::False,
        };
        if self.operator.test.is_negated() { !matches } else { matches }
    }
}
