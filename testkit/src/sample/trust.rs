//! Trust policies of the sample's roles.

/// A service may assume the role.
pub(super) fn service(name: &str) -> String {
    statement(&format!(r#"{{"Service":"{name}"}}"#), "sts:AssumeRole", None)
}

/// Whoever the ARN names may assume the role.
pub(super) fn principal(arn: &str) -> String {
    statement(&format!(r#"{{"AWS":"{arn}"}}"#), "sts:AssumeRole", None)
}

/// Whoever the ARN names may assume the role when this operator holds for MFA being present.
pub(super) fn principal_with_mfa(arn: &str, operator: &str) -> String {
    let condition = format!(r#"{{"{operator}":{{"aws:MultiFactorAuthPresent":"true"}}}}"#);
    statement(&format!(r#"{{"AWS":"{arn}"}}"#), "sts:AssumeRole", Some(&condition))
}

/// A vendor may assume the role with the id that was agreed with it.
pub(super) fn vendor(arn: &str, external_id: &str) -> String {
    let condition = format!(r#"{{"StringEquals":{{"sts:ExternalId":"{external_id}"}}}}"#);
    statement(&format!(r#"{{"AWS":"{arn}"}}"#), "sts:AssumeRole", Some(&condition))
}

/// People come from IAM Identity Center.
pub(super) fn identity_center(account: &str) -> String {
    let provider = format!("arn:aws:iam::{account}:saml-provider/AWSSSO_0f1e2d3c4b5a6978_DO_NOT_DELETE");
    let condition = r#"{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}}"#;
    let actions = r#"["sts:AssumeRoleWithSAML","sts:TagSession"]"#;
    with_actions(&format!(r#"{{"Federated":"{provider}"}}"#), actions, Some(condition))
}

/// A pipeline of a code host comes with a web identity.
pub(super) fn pipeline(account: &str, subject: &str) -> String {
    let host = "token.actions.githubusercontent.com";
    let provider = format!("arn:aws:iam::{account}:oidc-provider/{host}");
    let condition =
        format!(r#"{{"StringEquals":{{"{host}:aud":"sts.amazonaws.com","{host}:sub":"{subject}"}}}}"#);
    statement(&format!(r#"{{"Federated":"{provider}"}}"#), "sts:AssumeRoleWithWebIdentity", Some(&condition))
}

fn statement(principal: &str, action: &str, condition: Option<&str>) -> String {
    with_actions(principal, &format!(r#""{action}""#), condition)
}

fn with_actions(principal: &str, actions: &str, condition: Option<&str>) -> String {
    let condition = condition.map(|condition| format!(r#","Condition":{condition}"#)).unwrap_or_default();
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{principal},"Action":{actions}{condition}}}]}}"#
    )
}
