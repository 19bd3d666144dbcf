//! 555555555555, Sandbox: a control policy stops everybody without MFA, roles and Identity Center included.

use super::builder::{Person, Plan, days_ago, group, role, user};
use super::trust;
use crate::organization::{AccessKey, RootDevice};

pub(super) fn plan() -> Plan {
    let mut plan = Plan::new("555555555555");
    plan.account.root.devices = vec![RootDevice::Hardware];
    plan.account.root.keys = vec![AccessKey { active: true, rotated: days_ago(690, "root"), used: None }];
    plan.account.unassigned_devices = vec!["test".to_owned()];
    plan.note("root", "has a hardware token, and an access key that asks for none", &["root-access-key"]);
    plan.note("mfa/test", "somebody tried something", &["orphaned-device"]);
    plan.groups([
        group("Developers", &["PowerUserAccess"], &["SelfServiceMfa"]),
        group("Administrators", &["AdministratorAccess"], &[]),
    ]);
    plan.people(people());
    plan.people(leftovers());
    actors(&mut plan);
    plan.finish(&[])
}

fn people() -> [Person; 6] {
    [
        user("pam", "enrolled, enforced by the control policy").groups(&["Developers"]).password(34, 3).app(),
        user("ravi", "enforced, has not enrolled")
            .made(40)
            .groups(&["Developers"])
            .password(39, 9)
            .found(&["console-without-mfa"]),
        user("sven", "enrolled with a passkey, enforced")
            .groups(&["Developers"])
            .password(68, 4)
            .fido("sven-laptop"),
        user("tina", "administrator without a device; the control policy lets her enrol, and enrol others")
            .groups(&["Administrators"])
            .password(55, 8)
            .found(&["console-without-mfa", "mfa-not-enforced"]),
        user("vera", "enrolled with a hardware token, enforced")
            .groups(&["Developers"])
            .password(91, 5)
            .token("GAHT34567890"),
        user("yuri", "enrolled and enforced, with a young access key")
            .groups(&["Developers"])
            .password(47, 3)
            .key(17, 3, "ec2")
            .app(),
    ]
}

fn leftovers() -> [Person; 4] {
    [
        user("umar", "a key without a device: the control policy stops it")
            .groups(&["Developers"])
            .key(53, 42, "s3")
            .found(&["access-key-without-mfa"]),
        user("wim", "an app, and the telephone number from before")
            .groups(&["Developers"])
            .password(120, 6)
            .app()
            .sms(),
        user("xena", "new, has not signed in yet")
            .made(5)
            .groups(&["Developers"])
            .first_password()
            .found(&["cannot-enrol", "console-without-mfa"]),
        user("robot-playground", "an experiment of long ago")
            .path("/service/")
            .made(610)
            .own("WriteBackups")
            .unused_key(600)
            .found(&["access-key-without-mfa", "cannot-enrol", "old-access-key", "unused-access-key"]),
    ]
}

fn actors(plan: &mut Plan) {
    plan.actors([
        role(
            "AWSServiceRoleForOrganizations",
            trust::service("organizations.amazonaws.com"),
            "service-linked: no control policy binds it",
        )
        .path("/aws-service-role/organizations.amazonaws.com/")
        .aws(&["AWSOrganizationsServiceTrustPolicy"]),
        role(
            "AWSReservedSSO_PowerUser_4e5f607182930415",
            trust::identity_center("555555555555"),
            "Identity Center, stopped by the control policy",
        )
        .path("/aws-reserved/sso.amazonaws.com/eu-central-1/")
        .aws(&["PowerUserAccess"])
        .found(&["role-broken-by-mfa"]),
        role(
            "OrganizationAccountAccessRole",
            trust::principal("arn:aws:iam::111111111111:root"),
            "as AWS makes it: Management's users come in without MFA, and may do nothing",
        )
        .aws(&["AdministratorAccess"])
        .found(&["role-broken-by-mfa", "role-without-mfa"]),
        role(
            "PlaygroundAdmin",
            trust::principal("arn:aws:iam::333333333333:root"),
            "Production's users come in without MFA",
        )
        .aws(&["PowerUserAccess"])
        .found(&["role-broken-by-mfa", "role-without-mfa"]),
        role(
            "Experiment",
            trust::service("lambda.amazonaws.com"),
            "a function's role, stopped by the control policy",
        )
        .path("/service-role/")
        .aws(&["AWSLambdaBasicExecutionRole"])
        .found(&["role-broken-by-mfa"]),
    ]);
}
