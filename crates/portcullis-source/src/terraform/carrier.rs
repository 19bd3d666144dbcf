//! Which attributes of which resources hold policies.

use portcullis_iam::PolicyKind;

/// An attribute that holds a policy.
pub(crate) struct Carrier {
    pub(crate) kind: &'static str,
    pub(crate) attribute: &'static str,
    pub(crate) policy: PolicyKind,
    /// Whom it is attached to.
    pub(crate) holder: Holder,
}

/// Whom a policy is attached to.
#[derive(Clone, Copy)]
pub(crate) enum Holder {
    /// To what this attribute names.
    Named(&'static str),
    /// To the resource itself.
    Itself,
    /// To whom other resources attach it.
    Elsewhere,
}

/// The kind of a policy of an organization by its type; none when it is no policy of this language.
pub(crate) fn organization(kind: &str) -> Option<PolicyKind> {
    match kind {
        "SERVICE_CONTROL_POLICY" => Some(PolicyKind::ServiceControl),
        "RESOURCE_CONTROL_POLICY" => Some(PolicyKind::ResourceControl),
        _ => None,
    }
}

const fn carrier(kind: &'static str, attribute: &'static str, policy: PolicyKind, holder: Holder) -> Carrier {
    Carrier { kind, attribute, policy, holder }
}

/// A resource that has a policy of its own.
const fn resource(kind: &'static str, attribute: &'static str) -> Carrier {
    carrier(kind, attribute, PolicyKind::Resource, Holder::Itself)
}

/// The attributes. The type of `aws_organizations_policy` decides its kind, and `inline_policy` is a block.
pub(crate) const CARRIERS: [Carrier; 47] = [
    carrier("aws_iam_policy", "policy", PolicyKind::Identity, Holder::Elsewhere),
    carrier("aws_iam_user_policy", "policy", PolicyKind::Identity, Holder::Named("user")),
    carrier("aws_iam_role_policy", "policy", PolicyKind::Identity, Holder::Named("role")),
    carrier("aws_iam_group_policy", "policy", PolicyKind::Group, Holder::Named("group")),
    carrier("aws_iam_role", "assume_role_policy", PolicyKind::Trust, Holder::Itself),
    carrier("aws_organizations_policy", "content", PolicyKind::ServiceControl, Holder::Elsewhere),
    carrier(
        "aws_ssoadmin_permission_set_inline_policy",
        "inline_policy",
        PolicyKind::Identity,
        Holder::Named("permission_set_arn"),
    ),
    carrier("aws_transfer_user", "policy", PolicyKind::Session, Holder::Itself),
    carrier("aws_vpc_endpoint", "policy", PolicyKind::Endpoint, Holder::Itself),
    carrier("aws_vpc_endpoint_policy", "policy", PolicyKind::Endpoint, Holder::Named("vpc_endpoint_id")),
    resource("aws_s3_bucket", "policy"),
    resource("aws_s3_bucket_policy", "policy"),
    resource("aws_s3_access_point", "policy"),
    resource("aws_s3control_access_point_policy", "policy"),
    resource("aws_s3control_bucket_policy", "policy"),
    resource("aws_sqs_queue", "policy"),
    resource("aws_sqs_queue_policy", "policy"),
    resource("aws_sns_topic", "policy"),
    resource("aws_sns_topic_policy", "policy"),
    resource("aws_kms_key", "policy"),
    resource("aws_kms_key_policy", "policy"),
    resource("aws_kms_external_key", "policy"),
    resource("aws_kms_replica_key", "policy"),
    resource("aws_secretsmanager_secret", "policy"),
    resource("aws_secretsmanager_secret_policy", "policy"),
    resource("aws_ecr_repository_policy", "policy"),
    resource("aws_ecr_registry_policy", "policy"),
    resource("aws_ecrpublic_repository_policy", "policy"),
    resource("aws_efs_file_system_policy", "policy"),
    resource("aws_glacier_vault", "access_policy"),
    resource("aws_glacier_vault_lock", "policy"),
    resource("aws_backup_vault_policy", "policy"),
    resource("aws_cloudwatch_log_resource_policy", "policy_document"),
    resource("aws_cloudwatch_log_destination_policy", "access_policy"),
    resource("aws_cloudwatch_event_bus_policy", "policy"),
    resource("aws_api_gateway_rest_api", "policy"),
    resource("aws_api_gateway_rest_api_policy", "policy"),
    resource("aws_elasticsearch_domain", "access_policies"),
    resource("aws_elasticsearch_domain_policy", "access_policies"),
    resource("aws_opensearch_domain", "access_policies"),
    resource("aws_opensearch_domain_policy", "access_policies"),
    resource("aws_codeartifact_domain_permissions_policy", "policy_document"),
    resource("aws_codeartifact_repository_permissions_policy", "policy_document"),
    resource("aws_glue_resource_policy", "policy"),
    resource("aws_media_store_container_policy", "policy"),
    resource("aws_dynamodb_resource_policy", "policy"),
    resource("aws_kinesis_resource_policy", "policy"),
];
