//! The constraints of the service model: presence, lengths, patterns, numbers.

use portcullis_iam::Arn;

use super::fault::Fault;
use super::input::{Document, SimulationRequest};

/// The resource of a simulation that names none.
pub(super) const ANY_RESOURCE: &str = "*";

/// Checks everything that can be said of the request without reading its policies.
pub(super) fn check(request: &SimulationRequest) -> Result<(), Fault> {
    let has_policies = request.policy_input_list.is_some() || request.policy_source_arn.is_some();
    required(has_policies, "PolicyInputList")?;
    required(request.action_names.as_ref().is_some_and(|actions| !actions.is_empty()), "ActionNames")?;
    documents(request)?;
    lengths(request)?;
    numbers(request)?;
    keys(request)?;
    actions(request)?;
    resources(request)
}

fn required(present: bool, member: &str) -> Result<(), Fault> {
    if present {
        return Ok(());
    }
    Err(Fault::model(format!("Missing required parameter in input: \"{member}\"")))
}

fn documents(request: &SimulationRequest) -> Result<(), Fault> {
    let lists = [
        ("policyInputList", &request.policy_input_list),
        ("permissionsBoundaryPolicyInputList", &request.permissions_boundary_policy_input_list),
        ("sessionPolicyInputList", &request.session_policy_input_list),
        ("endpointPolicyInputList", &request.endpoint_policy_input_list),
    ];
    for (member, list) in lists {
        list_of_documents(member, list.as_deref())?;
    }
    for (index, level) in request.ordered_organization_policy_input_list.iter().flatten().enumerate() {
        let list = level.service_control_policy_input_list.as_deref();
        if list.is_none_or(<[Document]>::is_empty) {
            let number = index + 1;
            return Err(Fault::invalid(format!(
                "Organization policy at index {number} must contain at least one service control policy"
            )));
        }
        list_of_documents("serviceControlPolicyInputList", list)?;
    }
    for level in request.ordered_resource_control_policy_input_list.iter().flatten() {
        list_of_documents(
            "resourceControlPolicyInputList",
            level.resource_control_policy_input_list.as_deref(),
        )?;
    }
    if let Some(document) = &request.resource_policy {
        document_text("resourcePolicy", &document.0)?;
    }
    if request.permissions_boundary_policy_input_list.as_ref().is_some_and(|list| 1 < list.len()) {
        return Err(Fault::invalid("The list of Permissions Boundary policies cannot exceed 1 items."));
    }
    levels(
        "orderedOrganizationPolicyInputList",
        count(request.ordered_organization_policy_input_list.as_deref()),
    )?;
    let resource_levels = count(request.ordered_resource_control_policy_input_list.as_deref());
    levels("orderedResourceControlPolicyInputList", resource_levels)
}

fn count<T>(list: Option<&[T]>) -> usize {
    list.map_or(0, <[T]>::len)
}

fn list_of_documents(member: &str, list: Option<&[Document]>) -> Result<(), Fault> {
    for (index, document) in list.unwrap_or_default().iter().enumerate() {
        document_text(&format!("{member}.{}.member", index + 1), &document.0)?;
    }
    Ok(())
}

fn document_text(member: &str, text: &str) -> Result<(), Fault> {
    length(member, text, 1, 131_072)?;
    if text.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{ff}')) {
        return Ok(());
    }
    let pattern = r"Member must satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u00FF]+";
    Err(Fault::constraint(member, pattern))
}

fn levels(member: &str, count: usize) -> Result<(), Fault> {
    if count <= MAX_LEVELS {
        return Ok(());
    }
    Err(Fault::constraint(member, &format!("Member must have length less than or equal to {MAX_LEVELS}")))
}

fn lengths(request: &SimulationRequest) -> Result<(), Fault> {
    let optional = |member: &str, text: &Option<String>, least, most| {
        text.as_deref().map_or(Ok(()), |text| length(member, text, least, most))
    };
    optional("policySourceArn", &request.policy_source_arn, 20, 2048)?;
    optional("resourceOwner", &request.resource_owner, 1, 2048)?;
    optional("callerArn", &request.caller_arn, 1, 2048)?;
    optional("resourceHandlingOption", &request.resource_handling_option, 1, 64)?;
    optional("marker", &request.marker, 1, 320)?;
    let each = |member: &str, texts: &Option<Vec<String>>, least, most| {
        let mut texts = texts.iter().flatten().enumerate();
        texts.try_for_each(|(index, text)| {
            length(&format!("{member}.{}.member", index + 1), text, least, most)
        })
    };
    each("actionNames", &request.action_names, 3, 128)?;
    each("resourceArns", &request.resource_arns, 1, 2048)?;
    each("unknownContextKeys", &request.unknown_context_keys, 5, 256)?;
    for (index, entry) in request.context_entries.iter().flatten().enumerate() {
        let member = format!("contextEntries.{}.member.contextKeyName", index + 1);
        optional(&member, &entry.context_key_name, 5, 256)?;
    }
    Ok(())
}

fn length(member: &str, text: &str, least: usize, most: usize) -> Result<(), Fault> {
    let count = text.chars().count();
    if count < least {
        let constraint = format!("Member must have length greater than or equal to {least}");
        return Err(Fault::constraint(member, &constraint));
    }
    if most < count {
        return Err(Fault::constraint(
            member,
            &format!("Member must have length less than or equal to {most}"),
        ));
    }
    Ok(())
}

fn numbers(request: &SimulationRequest) -> Result<(), Fault> {
    match request.max_items {
        Some(..=0) => Err(Fault::constraint("maxItems", "Member must have value greater than or equal to 1")),
        Some(1001..) => {
            Err(Fault::constraint("maxItems", "Member must have value less than or equal to 1000"))
        }
        Some(1..=1000) | None => Ok(()),
    }
}

/// AWS states no limit; without one, a line of a batch could take any time.
fn keys(request: &SimulationRequest) -> Result<(), Fault> {
    let keys = count(request.context_entries.as_deref()) + count(request.unknown_context_keys.as_deref());
    if keys <= MAX_KEYS {
        return Ok(());
    }
    Err(Fault::invalid(format!("the request has {keys} condition keys, and at most {MAX_KEYS} are taken")))
}

fn actions(request: &SimulationRequest) -> Result<(), Fault> {
    for action in request.action_names.iter().flatten() {
        if !action.contains(':') {
            return Err(Fault::invalid(format!(
                "The action is invalid since it is missing names: `{action}`"
            )));
        }
        if action.contains(['*', '?']) {
            return Err(Fault::invalid(format!("Wildcards are not supported in an action name: `{action}`")));
        }
    }
    let Some(option) = &request.resource_handling_option else { return Ok(()) };
    if RESOURCE_HANDLING_OPTIONS.contains(&option.as_str()) {
        return Ok(());
    }
    let known = RESOURCE_HANDLING_OPTIONS.join(", ");
    Err(Fault::invalid(format!("Invalid input resource handling options: `{option}` is none of {known}")))
}

fn resources(request: &SimulationRequest) -> Result<(), Fault> {
    let resources = request.resource_arns.as_deref().unwrap_or_default();
    for resource in resources {
        let is_any_alone = resource == ANY_RESOURCE && resources.len() == 1;
        if !is_any_alone && !Arn::parse(resource).is_some_and(|arn| is_complete(&arn)) {
            return Err(Fault::invalid(format!("ResourceNames are not in a valid ARN format: {resource}.")));
        }
    }
    Ok(())
}

fn is_complete(arn: &Arn) -> bool {
    ![arn.partition(), arn.service(), arn.resource()].contains(&"")
}

/// Root, five OUs below each other, and the account.
const MAX_LEVELS: usize = 7;

/// The most condition keys.
const MAX_KEYS: usize = 5_000;

/// The scenarios of the API's guide, and the two that it had before for EC2-Classic.
const RESOURCE_HANDLING_OPTIONS: [&str; 6] = [
    "EC2-Classic-InstanceStore",
    "EC2-Classic-EBS",
    "EC2-VPC-InstanceStore",
    "EC2-VPC-InstanceStore-Subnet",
    "EC2-VPC-EBS",
    "EC2-VPC-EBS-Subnet",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(json: &str) -> String {
        let json = format!(r#"{{"PolicyInputList": [], "ActionNames": ["s3:GetObject"]{json}}}"#);
        let request = SimulationRequest::parse(&json).unwrap();
        check(&request).err().map(|fault| format!("{:?}: {}", fault.code, fault.message)).unwrap_or_default()
    }

    #[test]
    fn what_the_service_model_allows_passes() {
        let all = r#", "ResourceArns": ["*"], "MaxItems": 1000, "ResourceHandlingOption": "EC2-VPC-EBS"#;
        assert_eq!(complaint(&format!("{all}\"")), "");
        assert_eq!(complaint(r#", "ResourceArns": []"#), "");
    }

    #[test]
    fn what_it_forbids_is_refused_in_its_words() {
        let cases = [
            (
                r#", "MaxItems": 1001"#,
                "ValidationError: 1 validation error detected: Value at 'maxItems' failed to satisfy constraint: \
                 Member must have value less than or equal to 1000",
            ),
            (
                r#", "CallerArn": """#,
                "ValidationError: 1 validation error detected: Value at 'callerArn' failed to satisfy constraint: \
                 Member must have length greater than or equal to 1",
            ),
            (
                r#", "ContextEntries": [{"ContextKeyName": "x:y"}]"#,
                "ValidationError: 1 validation error detected: Value at 'contextEntries.1.member.contextKeyName' \
                 failed to satisfy constraint: Member must have length greater than or equal to 5",
            ),
            (
                r#", "ResourceArns": ["arn:aws:s3"]"#,
                "InvalidInput: ResourceNames are not in a valid ARN format: arn:aws:s3.",
            ),
            (
                r#", "ResourceArns": ["*", "*"]"#,
                "InvalidInput: ResourceNames are not in a valid ARN format: *.",
            ),
            (
                r#", "PermissionsBoundaryPolicyInputList": ["{}", "{}"]"#,
                "InvalidInput: The list of Permissions Boundary policies cannot exceed 1 items.",
            ),
            (
                r#", "OrderedOrganizationPolicyInputList": [{"ServiceControlPolicyInputList": []}]"#,
                "InvalidInput: Organization policy at index 1 must contain at least one service control policy",
            ),
            (
                r#", "ResourcePolicy": "“”""#,
                "ValidationError: 1 validation error detected: Value at 'resourcePolicy' failed to satisfy constraint: \
                 Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
            ),
        ];
        for (json, expected) in cases {
            assert_eq!(complaint(json), expected, "{json}");
        }
    }

    #[test]
    fn policies_and_actions_are_required() {
        let missing = |json: &str| check(&SimulationRequest::parse(json).unwrap()).unwrap_err().message;
        assert_eq!(
            missing(r#"{"ActionNames": ["s3:GetObject"]}"#),
            "Missing required parameter in input: \"PolicyInputList\""
        );
        assert_eq!(
            missing(r#"{"PolicyInputList": []}"#),
            "Missing required parameter in input: \"ActionNames\""
        );
    }

    #[test]
    fn an_action_is_one_action() {
        let wrong = |action: &str| {
            let json = format!(r#"{{"PolicyInputList": [], "ActionNames": ["{action}"]}}"#);
            check(&SimulationRequest::parse(&json).unwrap()).unwrap_err().message
        };
        assert_eq!(wrong("GetObject"), "The action is invalid since it is missing names: `GetObject`");
        assert_eq!(wrong("s3:Get*"), "Wildcards are not supported in an action name: `s3:Get*`");
    }
}
