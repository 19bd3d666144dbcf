//! 333333333333, Production: MFA is enforced by policies in groups, for those who are in the right one.

use super::builder::{Person, Plan, group, role, user};
use super::trust;
use crate::organization::{PasswordPolicy, RootDevice};

pub(super) fn plan() -> Plan {
    let mut plan = Plan::new("333333333333");
    plan.account.root.devices = vec![RootDevice::Hardware];
    plan.account.password_policy =
        Some(PasswordPolicy { length: 8, classes: false, max_age: None, reuse: None });
    plan.account.unassigned_devices = vec!["old-phone".to_owned()];
    plan.note("root", "has a hardware token", &[]);
    plan.note(
        "password-policy",
        "eight characters of any kind, and the last one again",
        &["weak-password-policy"],
    );
    plan.note("mfa/old-phone", "somebody's former telephone", &["orphaned-device"]);
    plan.note(
        "policy/RequireMfaContractors",
        "spares bots of contractors by a pattern: none is there, and nobody has declared any",
        &["exemption-too-wide"],
    );
    plan.groups([
        group("Everyone", &[], &["RequireMfa"]),
        group("Administrators", &["AdministratorAccess"], &[]),
        group("Developers", &["PowerUserAccess"], &[]),
        group("Support", &["AmazonEC2ReadOnlyAccess", "AmazonS3ReadOnlyAccess"], &[]),
        group("LegacyOperators", &["PowerUserAccess"], &["RequireMfaBoolOnly"]),
        group("SelfService", &["AdministratorAccess"], &["RequireMfaButIam"]),
        group("Contractors", &["AmazonEC2ReadOnlyAccess"], &["RequireMfaContractors"]),
    ]);
    plan.people(enforced());
    plan.people(open());
    plan.people(credentials());
    plan.people(contractors());
    plan.people(robots());
    actors(&mut plan);
    plan.finish(&[])
}

fn enforced() -> [Person; 6] {
    [
        user("peggy", "enrolled and enforced").groups(&["Developers", "Everyone"]).password(61, 3).app(),
        user("quentin", "enrolled and enforced, with a young access key")
            .groups(&["Developers", "Everyone"])
            .password(55, 4)
            .key(20, 3, "lambda")
            .app_named("quentin-phone"),
        user("rupert", "a passkey, and `aws login` for the command line: no access key")
            .groups(&["Developers", "Everyone"])
            .aws(&["SignInLocalDevelopmentAccess"])
            .password(140, 3)
            .fido("rupert-laptop"),
        user("sybil", "enforced, has not enrolled")
            .made(21)
            .groups(&["Support", "Everyone"])
            .password(20, 7)
            .found(&["console-without-mfa"]),
        user("wendy", "administrator by an embedded policy, enforced by another; an app only")
            .inline("all", "AllowAll")
            .inline("mfa", "RequireMfa")
            .password(90, 6)
            .app()
            .found(&["weak-admin-device"]),
        user("xavier", "enforced by a permissions boundary")
            .aws(&["PowerUserAccess"])
            .boundary("MfaBoundary")
            .password(70, 4)
            .app(),
    ]
}

fn open() -> [Person; 5] {
    [
        user("trent", "administrator with a device that nothing asks for")
            .groups(&["Administrators"])
            .password(100, 3)
            .app()
            .found(&["could-disarm-mfa", "mfa-not-enforced", "weak-admin-device"]),
        user("oscar", "administrator with a password and nothing else")
            .groups(&["Administrators"])
            .password(380, 10)
            .found(&["console-without-mfa", "could-disarm-mfa", "mfa-not-enforced"]),
        user("victor", "has a device, and a Deny with `Bool`: his access key walks past it")
            .groups(&["LegacyOperators"])
            .password(88, 4)
            .key(70, 3, "ec2")
            .app()
            .found(&["could-disarm-mfa", "mfa-not-enforced"]),
        user("walter", "has a device, and a Deny that spares `iam:*`: one CreateAccessKey from everything")
            .groups(&["SelfService"])
            .password(94, 5)
            .app()
            .found(&["could-disarm-mfa", "mfa-not-enforced", "weak-admin-device"]),
        user("olga", "administrator who is enforced and has not enrolled; her key is of no use")
            .groups(&["Administrators", "Everyone"])
            .password(60, 3)
            .key(58, 40, "iam")
            .found(&["access-key-without-mfa", "console-without-mfa"]),
    ]
}

fn credentials() -> [Person; 3] {
    [
        user("yolanda", "enforced, with two active keys")
            .groups(&["Developers", "Everyone"])
            .password(77, 3)
            .key(85, 6, "s3")
            .key(12, 3, "s3")
            .app()
            .found(&["two-active-keys"]),
        user("zach", "enforced, with a key of 412 days that is in daily use")
            .groups(&["Developers", "Everyone"])
            .password(64, 3)
            .key(412, 3, "dynamodb")
            .app()
            .found(&["old-access-key"]),
        user("uma", "enforced, with a key that was never used")
            .groups(&["Support", "Everyone"])
            .password(48, 4)
            .unused_key(80)
            .app()
            .found(&["unused-access-key"]),
    ]
}

fn contractors() -> [Person; 2] {
    [
        user("tess", "enrolled by an administrator, enforced")
            .path("/contractors/acme/")
            .groups(&["Contractors"])
            .password(52, 4)
            .app(),
        user("tom", "enforced, and cannot enrol: the policy names `user/${aws:username}`, and he has a path")
            .path("/contractors/acme/")
            .made(15)
            .groups(&["Contractors"])
            .password(14, 13)
            .found(&["cannot-enrol", "console-without-mfa"]),
    ]
}

fn robots() -> [Person; 3] {
    [
        user("robot-deploy", "a pipeline with a key that may do nearly everything")
            .path("/service/")
            .aws(&["PowerUserAccess"])
            .key(88, 1, "cloudformation")
            .found(&["access-key-without-mfa", "cannot-enrol", "mfa-not-enforced"]),
        user("robot-backup", "a service that writes to one bucket; exempt")
            .path("/service/")
            .own("WriteBackups")
            .key(25, 1, "s3")
            .exempt(&["access-key-without-mfa", "mfa-not-enforced"]),
        user("robot-migrate", "a migration that is long over; its exemption has expired")
            .path("/service/")
            .own("MigrateDatabases")
            .key(86, 30, "dms")
            .found(&["access-key-without-mfa", "cannot-enrol", "expired-exemption", "mfa-not-enforced"]),
    ]
}

fn actors(plan: &mut Plan) {
    let own = "arn:aws:iam::333333333333:root";
    plan.actors([
        role(
            "AWSServiceRoleForOrganizations",
            trust::service("organizations.amazonaws.com"),
            "service-linked",
        )
        .path("/aws-service-role/organizations.amazonaws.com/")
        .aws(&["AWSOrganizationsServiceTrustPolicy"]),
        role(
            "AWSReservedSSO_PowerUser_2c3d4e5f60718293",
            trust::identity_center("333333333333"),
            "Identity Center",
        )
        .path("/aws-reserved/sso.amazonaws.com/eu-central-1/")
        .aws(&["PowerUserAccess"]),
        role(
            "OrganizationAccountAccessRole",
            trust::principal("arn:aws:iam::111111111111:root"),
            "as AWS makes it: Management's users come in without MFA",
        )
        .aws(&["AdministratorAccess"])
        .found(&["role-without-mfa"]),
        role(
            "Deployer",
            trust::principal("arn:aws:iam::333333333333:user/service/robot-deploy"),
            "one robot may assume it, with its bare key",
        )
        .aws(&["PowerUserAccess"])
        .found(&["role-without-mfa"]),
        role("Operator", trust::principal_with_mfa(own, "Bool"), "asks for MFA, the right way")
            .aws(&["AdministratorAccess"]),
        role("AppServer", trust::service("ec2.amazonaws.com"), "a server's role")
            .aws(&["AmazonS3ReadOnlyAccess"]),
        role(
            "Pipeline",
            trust::pipeline("333333333333", "repo:example/app:ref:refs/heads/main"),
            "a pipeline without any key: the way to go",
        )
        .aws(&["PowerUserAccess"]),
    ]);
}
