//! The quotas of policies.

use portcullis_iam::quota::{COUNTS, Carrier, Counting};

use crate::failure::Outcome;

use super::markdown::table;

pub(super) fn render() -> Outcome<String> {
    let sizes = Carrier::ALL.map(|carrier| {
        let quota = carrier.quota();
        let counting = match quota.counting {
            Counting::WithoutSpace => "all but white space",
            Counting::Everything => "all",
        };
        [name(carrier).to_owned(), quota.default.to_string(), quota.maximum.to_string(), counting.to_owned()]
    });
    let counts =
        COUNTS.map(|count| [count.name.to_owned(), count.default.to_string(), count.maximum.to_string()]);
    Ok(format!(
        "# Quotas\n\n\
         Sizes are in characters. What an account may be granted on request is the maximum.\n\n\
         Sources: *IAM and AWS STS quotas* in the IAM guide, *Quotas for AWS Organizations* in its guide.\n\n\
         ## Sizes of policies\n\n{}\n## Numbers of policies\n\n{}",
        table(["policy", "default", "maximum", "characters that count"], sizes),
        table(["what", "default", "maximum"], counts),
    ))
}

fn name(carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::Managed => "a version of a customer managed policy",
        Carrier::User => "all policies embedded in a user",
        Carrier::Group => "all policies embedded in a group",
        Carrier::Role => "all policies embedded in a role",
        Carrier::Trust => "the trust policy of a role",
        Carrier::Session => "a session policy, with the ARNs of managed session policies",
        Carrier::ServiceControl => "a service control policy",
        Carrier::ResourceControl => "a resource control policy",
    }
}
