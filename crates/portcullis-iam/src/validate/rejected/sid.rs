//! Statement ids: their characters, and that none repeats.

use crate::problem::{Problem, Tier, clip};
use crate::span::Spanned;
use crate::validate::Scope;
use crate::validate::findings::Findings;
use crate::wording::{self, Reader};

pub(super) fn check(scope: &Scope<'_>, findings: &mut Findings) {
    let sids = scope.policy.statements.iter().filter_map(|statement| statement.sid.as_ref());
    // An empty Sid is the same as none.
    let mut sids: Vec<_> = sids.filter(|sid| !sid.value.is_empty()).collect();
    sids.iter().for_each(|sid| characters(sid, scope, findings));
    sids.sort_by(|a, b| (&a.value, a.span).cmp(&(&b.value, b.span)));
    for pair in sids.windows(2) {
        if let [first, second] = pair
            && first.value == second.value
        {
            repeated(second, scope, findings);
        }
    }
}

/// The words are those of CreatePolicy. Services with resource policies have rules of their own, and what
/// Organizations does is not documented: there it is only suspicious.
fn characters(sid: &Spanned<Box<str>>, scope: &Scope<'_>, findings: &mut Findings) {
    if sid.value.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return;
    }
    let tier = match wording::reader(scope.kind) {
        Reader::Identity => Tier::Rejected,
        Reader::Organizations => Tier::Suspicious,
        Reader::Resource => return,
    };
    let message = "Statement IDs (SID) must be alpha-numeric. \
                   Check that your input satisfies the regular expression [0-9A-Za-z]*";
    let problem = Problem { tier, ..Problem::rejected("sid-characters", message, sid.span) };
    findings.report(problem.hint("use letters and digits only"));
}

/// Whether Organizations refuses this is not documented: there it is only suspicious.
fn repeated(sid: &Spanned<Box<str>>, scope: &Scope<'_>, findings: &mut Findings) {
    let hint = format!("another statement has the Sid `{}` already", clip(&sid.value));
    let problem = match wording::reader(scope.kind) {
        Reader::Identity | Reader::Resource => {
            Problem::rejected("sid-repeated", wording::sid_repeated(scope.kind), sid.span)
        }
        Reader::Organizations => Problem::suspicious("sid-repeated", "two statements have one Sid", sid.span),
    };
    findings.report(problem.hint(hint));
}
