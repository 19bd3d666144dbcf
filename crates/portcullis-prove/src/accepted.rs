//! What an exemption accepts of a principal.

use portcullis_guardrail::Exemption;
use portcullis_iam::Arn;

use crate::estate::Estate;
use crate::property::RESTS_ON;

/// The exemption that accepts counterexamples to a property for the principal: one for the property, or for the check
/// that rests on it.
pub(crate) fn exemption<'e>(estate: &Estate<'e>, property: &str, arn: &Arn) -> Option<&'e Exemption> {
    let check = RESTS_ON.iter().find(|(own, _)| *own == property).map(|(_, check)| *check);
    let is_about = |named: &String| named == property || Some(named.as_str()) == check;
    estate.intent.exemptions.iter().find(|exemption| {
        exemption.holds_at(estate.now)
            && exemption.checks.iter().any(is_about)
            && exemption.principal.is(arn.as_str())
    })
}
