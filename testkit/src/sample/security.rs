//! 222222222222, Security: a control policy that is aimed at users enforces MFA for all of them.

use super::builder::{Plan, group, role, user};
use super::trust;

pub(super) fn plan() -> Plan {
    let mut plan = Plan::new("222222222222");
    plan.account.root.password = false;
    plan.account.root.last_used = None;
    plan.account.unassigned_devices = vec!["niaj-phone".to_owned()];
    plan.note("root", "has no credentials: the organization keeps them", &[]);
    plan.note("mfa/niaj-phone", "made when niaj began to enrol, never enabled", &["orphaned-device"]);
    plan.groups([
        group("Analysts", &["AmazonS3ReadOnlyAccess", "IAMReadOnlyAccess"], &["SelfServiceMfa"]),
        group("SecurityAdministrators", &["AdministratorAccess"], &[]),
    ]);
    people(&mut plan);
    robots(&mut plan);
    actors(&mut plan);
    plan.finish(&[])
}

fn people(plan: &mut Plan) {
    plan.people([
        user("grace", "enrolled, enforced by the control policy").groups(&["Analysts"]).password(75, 4).app(),
        user("heidi", "administrator with a passkey and an app; the passkey counts")
            .groups(&["SecurityAdministrators"])
            .password(160, 3)
            .app()
            .fido("heidi-laptop"),
        user("ivan", "enforced, has not enrolled")
            .made(130)
            .groups(&["Analysts"])
            .password(125, 5)
            .found(&["console-without-mfa"]),
        user("judy", "administrator whose only device is a telephone number, from before AWS ended SMS")
            .groups(&["SecurityAdministrators"])
            .password(300, 4)
            .sms()
            .found(&["weak-admin-device"]),
        user("mallory", "a passkey cannot be passed to the CLI: enforcement stops her access key")
            .groups(&["Analysts"])
            .password(66, 3)
            .fido("mallory-laptop")
            .key(50, 5, "s3")
            .found(&["fido-only-with-access-key"]),
        user("niaj", "began to enrol and did not finish: the device is left over")
            .made(33)
            .groups(&["Analysts"])
            .password(32, 6)
            .found(&["console-without-mfa"]),
        user("olivia", "was made 260 days ago and never signed in")
            .made(260)
            .groups(&["Analysts"])
            .first_password()
            .found(&["cannot-enrol", "console-without-mfa", "password-never-used"]),
    ]);
}

fn robots(plan: &mut Plan) {
    plan.people([
        user(
            "robot-siem",
            "a service that reads one bucket; exempt in the control policy, by its exact name",
        )
        .path("/service/")
        .own("ReadFindings")
        .key(30, 1, "s3")
        .exempt(&["access-key-without-mfa", "mfa-not-enforced"]),
        user(
            "robot-scanner",
            "a service that nobody thought of: its key has been dead since the policy came",
        )
        .path("/service/")
        .own("ScanImages")
        .key(340, 96, "ecr")
        .found(&["access-key-without-mfa", "cannot-enrol", "old-access-key", "unused-access-key"]),
    ]);
}

fn actors(plan: &mut Plan) {
    let management = "arn:aws:iam::111111111111:root";
    plan.actors([
        role(
            "AWSServiceRoleForOrganizations",
            trust::service("organizations.amazonaws.com"),
            "service-linked",
        )
        .path("/aws-service-role/organizations.amazonaws.com/")
        .aws(&["AWSOrganizationsServiceTrustPolicy"]),
        role(
            "AWSReservedSSO_SecurityAudit_1b2c3d4e5f607182",
            trust::identity_center("222222222222"),
            "Identity Center",
        )
        .path("/aws-reserved/sso.amazonaws.com/eu-central-1/")
        .aws(&["IAMReadOnlyAccess"]),
        role(
            "OrganizationAccountAccessRole",
            trust::principal_with_mfa(management, "Bool"),
            "AWS made it without MFA; here somebody has mended it",
        )
        .aws(&["AdministratorAccess"])
        .never_used(),
        role(
            "FindingsForwarder",
            trust::service("lambda.amazonaws.com"),
            "a function's role: the control policy leaves it alone",
        )
        .path("/service-role/")
        .aws(&["AWSLambdaBasicExecutionRole"]),
    ]);
}
