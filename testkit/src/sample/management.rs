//! 111111111111, Management: no service control policy binds it, whatever is attached.

use super::builder::{Plan, days_ago, group, role, user};
use super::trust;
use crate::organization::RootDevice;

pub(super) fn plan() -> Plan {
    let mut plan = Plan::new("111111111111");
    plan.account.root.devices = vec![RootDevice::Virtual(days_ago(848, "root"))];
    plan.note("root", "has MFA, but on a telephone", &["root-virtual-mfa"]);
    plan.groups([
        group("Everyone", &[], &["RequireMfa"]),
        group("Administrators", &["AdministratorAccess"], &[]),
        group("Finance", &["AWSBillingReadOnlyAccess", "IAMUserChangePassword"], &[]),
    ]);
    people(&mut plan);
    actors(&mut plan);
    plan.finish(&[])
}

fn people(plan: &mut Plan) {
    plan.people([
        user("alice", "administrator with an access key and nothing else: her key may do everything")
            .aws(&["AdministratorAccess"])
            .key(62, 4, "ec2")
            .found(&["access-key-without-mfa", "could-disarm-mfa", "mfa-not-enforced"]),
        user("bob", "administrator, enrolled and enforced, but with an app only")
            .groups(&["Administrators", "Everyone"])
            .password(80, 3)
            .app()
            .found(&["weak-admin-device"]),
        user("carol", "administrator with two security keys, enforced")
            .groups(&["Administrators", "Everyone"])
            .password(210, 3)
            .fido("yubikey-5c")
            .fido("yubikey-safe"),
        user("dave", "has MFA, but nothing asks for it: the control policy does not bind this account")
            .groups(&["Finance"])
            .password(45, 6)
            .app_named("dave-phone")
            .found(&["mfa-not-enforced"]),
        user("erin", "new, has not signed in yet; may do nothing but enrol")
            .made(10)
            .groups(&["Finance", "Everyone"])
            .first_password()
            .found(&["cannot-enrol", "console-without-mfa"]),
        user("frank", "administrator with a hardware token, enforced")
            .groups(&["Administrators", "Everyone"])
            .password(130, 5)
            .token("GAHT12345678"),
        user("break-glass-1", "for emergencies, with security keys and no exemption; tested a month ago")
            .path("/break-glass/")
            .groups(&["Administrators", "Everyone"])
            .tag("purpose", "break-glass")
            .password(31, 31)
            .fido("safe-1a")
            .fido("safe-1b"),
        user("break-glass-2", "for emergencies, exempt by name; tested a month ago")
            .path("/break-glass/")
            .groups(&["Administrators"])
            .tag("purpose", "break-glass")
            .password(31, 31)
            .fido("safe-2a")
            .token("GAHT23456789")
            .exempt(&["could-disarm-mfa", "mfa-not-enforced"]),
        user("robot-billing-export", "a service that writes to one bucket from one network; exempt")
            .path("/service/")
            .own("BillingExport")
            .key(40, 1, "s3")
            .exempt(&["access-key-without-mfa", "mfa-not-enforced"]),
    ]);
}

fn actors(plan: &mut Plan) {
    let root = "arn:aws:iam::111111111111:root";
    plan.actors([
        role(
            "AWSServiceRoleForOrganizations",
            trust::service("organizations.amazonaws.com"),
            "service-linked",
        )
        .path("/aws-service-role/organizations.amazonaws.com/")
        .aws(&["AWSOrganizationsServiceTrustPolicy"]),
        role(
            "AWSReservedSSO_Administrator_0a1b2c3d4e5f6071",
            trust::identity_center("111111111111"),
            "Identity Center",
        )
        .path("/aws-reserved/sso.amazonaws.com/eu-central-1/")
        .aws(&["AdministratorAccess"]),
        role("CostReport", trust::service("lambda.amazonaws.com"), "a function's role")
            .path("/service-role/")
            .aws(&["AWSLambdaBasicExecutionRole"])
            .inline("export", "BillingExport"),
        role("OrganizationReader", trust::principal_with_mfa(root, "Bool"), "asks for MFA, the right way")
            .aws(&["IAMReadOnlyAccess"]),
    ]);
}
