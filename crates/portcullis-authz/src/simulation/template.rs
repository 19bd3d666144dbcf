//! `EvalResourceName`: the ARN format of the simulated resource type.

use std::borrow::Cow;

use portcullis_iam::Action;
use portcullis_iam::catalog::{ActionInfo, catalog};
use portcullis_iam::pattern::{self, Part};

use super::Case;

/// The ARN format of the resource type that the first resource is of, such as
/// `arn:${Partition}:s3:::${BucketName}/${ObjectName}`; `*` when no format is defined for the action.
pub(super) fn of(cases: &[Case]) -> String {
    cases
        .first()
        .map_or_else(|| "*".to_owned(), |case| format_for(&case.request.action, &case.request.resource))
}

fn format_for(action: &Action, resource: &str) -> String {
    let formats = catalog().action(action).map(formats).unwrap_or_default();
    let fitting = formats.iter().filter(|format| fits(format, resource)).max_by_key(|format| literal(format));
    fitting.or(formats.first()).map_or_else(|| "*".to_owned(), |format| (*format).to_owned())
}

/// The formats of the action's resource types, those that it always has first.
fn formats(action: &ActionInfo) -> Vec<&'static str> {
    let Some(service) = catalog().service(action.service) else { return Vec::new() };
    let mut uses: Vec<_> = action.resources.iter().collect();
    uses.sort_by_key(|used| !used.required);
    uses.iter().filter_map(|used| service.resource_type(used.resource_type)).map(|kind| kind.arn).collect()
}

fn fits(format: &str, resource: &str) -> bool {
    pattern::matches(&parts(format), resource)
}

/// How much of the format is no placeholder: of several that fit, the one that says most is meant.
fn literal(format: &str) -> usize {
    let length = |part: &Part<'_>| match part {
        Part::Text(text) => text.len(),
        Part::One | Part::Run => 0,
    };
    parts(format).iter().map(length).sum()
}

fn parts(format: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for (index, piece) in format.split("${").enumerate() {
        let text = match piece.split_once('}').filter(|_| 0 < index) {
            Some((_, after)) => {
                parts.push(Part::Run);
                after
            }
            None => piece,
        };
        if !text.is_empty() {
            parts.push(Part::Text(Cow::Borrowed(text)));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(action: &str, resource: &str, expected: &str) {
        let action = Action::parse(action).unwrap();
        assert_eq!(format_for(&action, resource), expected);
    }

    #[test]
    fn the_format_is_that_of_the_resources_type() {
        check("s3:GetObject", "arn:aws:s3:::bucket/key", "arn:${Partition}:s3:::${BucketName}/${ObjectName}");
        check("s3:ListBucket", "arn:aws:s3:::bucket", "arn:${Partition}:s3:::${BucketName}");
        check(
            "ec2:RunInstances",
            "arn:aws:ec2:us-east-1::image/ami-1",
            "arn:${Partition}:ec2:${Region}::image/${ImageId}",
        );
    }

    #[test]
    fn without_a_format_it_is_a_star() {
        check("s3:ListAllMyBuckets", "arn:aws:s3:::bucket", "*");
        check("madeup:Action", "arn:aws:s3:::bucket", "*");
    }
}
