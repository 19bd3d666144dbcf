//! The forms that the resource of an action may have, from the catalogue's ARN templates.
//!
//! An action with resource types has the ARN of one of them; where none of them is required also `*`. An action
//! without has `*`, or, as the catalogue may be behind, any ARN of its service. The account is the caller's: what
//! lies in other accounts needs a policy of theirs.

use portcullis_iam::catalog::{ActionInfo, ResourceUse, Service, catalog};

use crate::form::{Form, FormPart, Hole, HoleReach};

/// Whose resources are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Place<'p> {
    pub(crate) partition: &'p str,
    pub(crate) account: &'p str,
}

/// The resource forms of an action, apart from whose they are: actions with equal templates have equal forms.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Templates {
    arns: Vec<Template>,
    /// Whether the resource may be `*`.
    star: bool,
    /// Whether it may be any ARN of this service; of all services when the text is empty.
    any_of: Option<&'static str>,
}

/// One ARN template. In order: those of the service itself, those that are always there, the plainer before the longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Template {
    /// The ARN of another service.
    foreign: bool,
    /// Not always there.
    optional: bool,
    length: usize,
    text: &'static str,
    /// What may fill a hole that ends it: no `/` where a longer template of the service goes on with one.
    last: HoleReach,
}

impl Templates {
    /// Those of an action.
    pub(crate) fn of(service: &Service, action: &ActionInfo) -> Self {
        let mut arns: Vec<Template> =
            action.resources.iter().flat_map(|used| Template::of(service, used)).collect();
        arns.sort_unstable();
        arns.dedup();
        let required = action.resources.iter().any(|used| used.required);
        let any_of = arns.is_empty().then_some(service.prefix);
        Self { star: !required || arns.is_empty(), arns, any_of }
    }

    /// Those of an action that no catalogue knows.
    pub(crate) fn of_unknown(service: &str) -> Self {
        let known = catalog().service(service).map_or("", |service| service.prefix);
        Self { arns: Vec::new(), star: true, any_of: Some(known) }
    }

    /// The forms in `place`, the most telling first.
    pub(crate) fn forms(&self, place: Place<'_>) -> Vec<Form> {
        let mut forms: Vec<Form> = self.arns.iter().map(|template| template.form(place)).collect();
        let policies = self.arns.iter().filter(|template| template.text.contains(":policy/"));
        forms.extend(policies.map(|template| template.form(Place { account: "aws", ..place })));
        if self.star {
            forms.push(Form::text("*"));
        }
        if let Some(service) = self.any_of {
            forms.extend(any(service, place));
        }
        forms
    }
}

fn last_reach(service: &Service, text: &str) -> HoleReach {
    let goes_on = |with: char| {
        let others = service.resource_types().iter().flat_map(|resource| resource.arn.split(", "));
        others.into_iter().any(|other| other.strip_prefix(text).is_some_and(|rest| rest.starts_with(with)))
    };
    if goes_on('/') {
        HoleReach::Name
    } else if WITHOUT_COLONS.contains(&service.prefix) && !goes_on(':') {
        HoleReach::Segment
    } else {
        HoleReach::Rest
    }
}

/// The path before a name of IAM. (AWS allows colons in paths too; nobody has them, and they are left out.)
fn path() -> FormPart {
    FormPart::Hole(Hole { sample: "".into(), reach: HoleReach::Segment, empty: true })
}

impl Template {
    /// The templates of a resource type.
    fn of(service: &Service, used: &ResourceUse) -> Vec<Self> {
        let arns = service.resource_type(used.resource_type).map_or("", |own| own.arn).split(", ");
        let template = |text: &'static str| Self {
            foreign: text.split(':').nth(2) != Some(service.prefix),
            optional: !used.required,
            length: text.len(),
            text,
            last: last_reach(service, text),
        };
        arns.filter(|text| text.starts_with("arn:")).map(template).collect()
    }

    fn form(&self, place: Place<'_>) -> Form {
        let mut parts = Vec::new();
        let mut rest = self.text;
        let mut colons = 0;
        while let Some((text, hole, after)) = next_hole(rest) {
            colons += text.matches(':').count();
            push_text(&mut parts, text);
            match hole {
                "Partition" => push_text(&mut parts, place.partition),
                "Account" | "AccountId" if colons == 4 => push_text(&mut parts, place.account),
                name => {
                    parts.extend(name.ends_with("WithPath").then(path));
                    parts.push(FormPart::Hole(self.hole(name, colons, after, place)));
                }
            }
            rest = after;
        }
        push_text(&mut parts, rest);
        Form(parts.into())
    }

    fn hole(&self, name: &str, colons: usize, after: &str, place: Place<'_>) -> Hole {
        let reach = match (colons, after) {
            _ if name.ends_with("WithPath") => HoleReach::Name,
            (0..=4, _) => HoleReach::Segment,
            (_, "") => self.last,
            _ => HoleReach::Segment,
        };
        let sample = if name == "Region" { region(place.partition) } else { SAMPLE };
        Hole { sample: sample.into(), reach, empty: name == "*" }
    }
}

/// The text before the first hole, its name, and the text after it. A template may also have `*` for a hole.
fn next_hole(text: &str) -> Option<(&str, &str, &str)> {
    let at = text.find(['$', '*'])?;
    let (before, from) = text.split_at_checked(at)?;
    if let Some(after) = from.strip_prefix('*') {
        return Some((before, "*", after));
    }
    let (name, after) = from.strip_prefix("${")?.split_once('}')?;
    Some((before, name, after))
}

fn push_text(parts: &mut Vec<FormPart>, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(FormPart::Text(last)) = parts.last_mut() {
        *last = format!("{last}{text}").into();
    } else {
        parts.push(FormPart::Text(text.into()));
    }
}

/// Any ARN of a service in the account, or without an account.
fn any(service: &str, place: Place<'_>) -> [Form; 2] {
    let hole = |sample: &str, reach, empty| FormPart::Hole(Hole { sample: sample.into(), reach, empty });
    [place.account, ""].map(|account| {
        let mut parts = vec![FormPart::Text(format!("arn:{}:", place.partition).into())];
        match service {
            "" => parts.push(hole("unreleased", HoleReach::Segment, false)),
            known => push_text(&mut parts, known),
        }
        push_text(&mut parts, ":");
        parts.push(hole(
            if account.is_empty() { "" } else { region(place.partition) },
            HoleReach::Segment,
            true,
        ));
        push_text(&mut parts, &format!(":{account}:"));
        parts.push(hole(SAMPLE, HoleReach::Rest, false));
        Form(parts.into())
    })
}

/// A Region that every account of the partition has.
pub(crate) fn region(partition: &str) -> &'static str {
    match partition {
        "aws-cn" => "cn-north-1",
        "aws-us-gov" => "us-gov-west-1",
        _ => "us-east-1",
    }
}

/// Services whose names hold no colon, as their API references say of names: what stands after the last text of a
/// template is one name, or a path of names. Where a longer template goes on with a colon, AWS asks about that one with
/// the same actions: `lambda:InvokeFunction` on `function:name:version`, actions on log groups on `log-group:name:*`.
const WITHOUT_COLONS: [&str; 12] =
    ["dynamodb", "ec2", "ecr", "iam", "kms", "lambda", "logs", "rds", "secretsmanager", "sns", "sqs", "ssm"];

const SAMPLE: &str = "portcullis";

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(service: &str, action: &str) -> Vec<String> {
        let service = catalog().service(service).unwrap();
        let templates = Templates::of(service, service.action(action).unwrap());
        let place = Place { partition: "aws", account: "111111111111" };
        templates.forms(place).iter().map(Form::sample).collect()
    }

    #[test]
    fn forms_are_those_of_the_catalogue() {
        assert_eq!(samples("iam", "CreateAccessKey"), ["arn:aws:iam::111111111111:user/portcullis"]);
        assert_eq!(samples("s3", "ListAllMyBuckets").first().unwrap(), "*");
        assert_eq!(samples("iam", "DeleteVirtualMFADevice").last().unwrap(), "*");
        assert!(samples("s3", "GetObject").contains(&"arn:aws:s3:::portcullis/portcullis".to_owned()));
    }

    #[test]
    fn a_bucket_is_no_object() {
        let service = catalog().service("s3").unwrap();
        assert_eq!(last_reach(service, "arn:${Partition}:s3:::${BucketName}"), HoleReach::Name);
        let lambda = catalog().service("lambda").unwrap();
        let function = "arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}";
        assert_eq!(last_reach(lambda, function), HoleReach::Rest);
        let iam = catalog().service("iam").unwrap();
        assert_eq!(
            last_reach(iam, "arn:${Partition}:iam::${Account}:user/${UserNameWithPath}"),
            HoleReach::Segment
        );
    }
}
