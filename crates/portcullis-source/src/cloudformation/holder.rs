//! Which properties of which resources hold policies.

use portcullis_iam::PolicyKind;

/// A property that holds the policy of a resource or of something else that is not a principal.
pub(super) struct Holder {
    pub(super) kind: &'static str,
    pub(super) property: &'static str,
    pub(super) policy: PolicyKind,
}

const fn holder(kind: &'static str, property: &'static str, policy: PolicyKind) -> Holder {
    Holder { kind, property, policy }
}

/// The properties that hold one document each. Those of IAM and Organizations say more and are not among them.
pub(super) const HOLDERS: [Holder; 24] = [
    holder("AWS::S3::BucketPolicy", "PolicyDocument", PolicyKind::Resource),
    holder("AWS::S3::AccessPoint", "Policy", PolicyKind::Resource),
    holder("AWS::S3ObjectLambda::AccessPointPolicy", "PolicyDocument", PolicyKind::Resource),
    holder("AWS::S3Outposts::BucketPolicy", "PolicyDocument", PolicyKind::Resource),
    holder("AWS::SQS::QueuePolicy", "PolicyDocument", PolicyKind::Resource),
    holder("AWS::SNS::TopicPolicy", "PolicyDocument", PolicyKind::Resource),
    holder("AWS::KMS::Key", "KeyPolicy", PolicyKind::Resource),
    holder("AWS::KMS::ReplicaKey", "KeyPolicy", PolicyKind::Resource),
    holder("AWS::SecretsManager::ResourcePolicy", "ResourcePolicy", PolicyKind::Resource),
    holder("AWS::ECR::Repository", "RepositoryPolicyText", PolicyKind::Resource),
    holder("AWS::ECR::PublicRepository", "RepositoryPolicyText", PolicyKind::Resource),
    holder("AWS::ECR::RegistryPolicy", "PolicyText", PolicyKind::Resource),
    holder("AWS::EFS::FileSystem", "FileSystemPolicy", PolicyKind::Resource),
    holder("AWS::Elasticsearch::Domain", "AccessPolicies", PolicyKind::Resource),
    holder("AWS::OpenSearchService::Domain", "AccessPolicies", PolicyKind::Resource),
    holder("AWS::Backup::BackupVault", "AccessPolicy", PolicyKind::Resource),
    holder("AWS::Logs::ResourcePolicy", "PolicyDocument", PolicyKind::Resource),
    holder("AWS::Logs::Destination", "DestinationPolicy", PolicyKind::Resource),
    holder("AWS::ApiGateway::RestApi", "Policy", PolicyKind::Resource),
    holder("AWS::CodeArtifact::Domain", "PermissionsPolicyDocument", PolicyKind::Resource),
    holder("AWS::CodeArtifact::Repository", "PermissionsPolicyDocument", PolicyKind::Resource),
    holder("AWS::MediaStore::Container", "Policy", PolicyKind::Resource),
    holder("AWS::EC2::VPCEndpoint", "PolicyDocument", PolicyKind::Endpoint),
    holder("AWS::SSO::PermissionSet", "InlinePolicy", PolicyKind::Identity),
];
