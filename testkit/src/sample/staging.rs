//! 444444444444, Staging: a museum of policies that look as if they asked for MFA.

use super::builder::{Person, Plan, group, role, user};
use super::trust;

pub(super) fn plan() -> Plan {
    let mut plan = Plan::new("444444444444");
    plan.account.password_policy = None;
    plan.note("root", "has a password and no MFA", &["root-without-mfa"]);
    plan.note("password-policy", "there is none: AWS's default is in force", &["weak-password-policy"]);
    plan.note(
        "policy/RequireMfaForDangerousActions",
        "asks for MFA, and is attached to nobody",
        &["unattached-enforcement"],
    );
    plan.groups([
        group("Everyone", &[], &["RequireMfa"]),
        group("Developers", &["PowerUserAccess"], &[]),
        group("Support", &["AmazonEC2ReadOnlyAccess"], &[]),
    ]);
    plan.people(bypassed());
    plan.people(beside_the_point());
    plan.people(sound());
    plan.people(robots());
    actors(&mut plan);
    plan.finish(&["RequireMfaForDangerousActions"])
}

fn bypassed() -> [Person; 5] {
    [
        user("ana", "Allow with `BoolIfExists`, as the console writes it: her access key passes")
            .own("AllowWithMfaFromConsole")
            .password(66, 3)
            .key(44, 3, "ec2")
            .app()
            .found(&["mfa-not-enforced"]),
        user("ben", "MFA for IAM only; everything else is allowed beside it")
            .groups(&["Developers"])
            .own("AllowAdminWithMfa")
            .password(72, 4)
            .app()
            .found(&["mfa-not-enforced", "weak-admin-device"]),
        user("cleo", "Deny with `Null`: a console session without MFA carries the key, and it is false")
            .groups(&["Developers"])
            .own("RequireMfaNull")
            .password(51, 3)
            .found(&["console-without-mfa", "could-disarm-mfa", "mfa-not-enforced"]),
        user("dina", "Deny on the age of MFA: without MFA there is no age")
            .groups(&["Developers"])
            .own("RequireRecentMfa")
            .password(49, 5)
            .key(30, 4, "s3")
            .app()
            .found(&["could-disarm-mfa", "mfa-not-enforced"]),
        user("emil", "the condition is upside down: it stops those who have MFA")
            .groups(&["Developers"])
            .own("RequireMfaInverted")
            .password(58, 6)
            .app()
            .found(&["could-disarm-mfa", "mfa-not-enforced"]),
    ]
}

fn beside_the_point() -> [Person; 3] {
    [
        user("leo", "all that is allowed is allowed with MFA only, but he may take his device off without")
            .own("AllowWithMfaAndDeactivate")
            .password(46, 3)
            .app()
            .found(&["could-disarm-mfa", "mfa-not-enforced", "weak-admin-device"]),
        user("fay", "MFA to delete things; everything else without")
            .groups(&["Developers"])
            .own("RequireMfaToDelete")
            .password(83, 3)
            .key(33, 4, "rds")
            .app()
            .found(&["could-disarm-mfa", "mfa-not-enforced"]),
        user("kurt", "the policy that would ask him for MFA is attached to nobody")
            .groups(&["Developers"])
            .password(41, 5)
            .app()
            .found(&["mfa-not-enforced"]),
    ]
}

fn sound() -> [Person; 7] {
    [
        user("gus", "all that is allowed is allowed with MFA only")
            .own("AllowWithMfa")
            .password(36, 3)
            .app()
            .found(&["weak-admin-device"]),
        user("hana", "enrolled and enforced").groups(&["Developers", "Everyone"]).password(57, 3).app(),
        user("igor", "enforced; has not signed in for 190 days")
            .groups(&["Support", "Everyone"])
            .password(420, 190)
            .app()
            .found(&["unused-password"]),
        user("jane", "may rotate her keys, but for a misspelt action that grants nothing")
            .groups(&["Support", "Everyone"])
            .own("RotateOwnKeys")
            .password(39, 4)
            .app(),
        user("lena", "has no credential at all").groups(&["Support", "Everyone"]),
        user("milo", "has an access key that is switched off")
            .groups(&["Support", "Everyone"])
            .inactive_key(300),
        user("nora", "enforced; a passkey, and a key that enforcement stops")
            .groups(&["Developers", "Everyone"])
            .password(29, 3)
            .key(28, 3, "lambda")
            .fido("nora-laptop")
            .found(&["fido-only-with-access-key"]),
    ]
}

fn robots() -> [Person; 1] {
    [user("robot-ci", "a pipeline that was never moved to a role; two keys")
        .path("/service/")
        .own("PushImages")
        .key(84, 2, "ecr")
        .key(9, 1, "ecr")
        .found(&["access-key-without-mfa", "cannot-enrol", "mfa-not-enforced", "two-active-keys"])]
}

fn actors(plan: &mut Plan) {
    let own = "arn:aws:iam::444444444444:root";
    plan.actors([
        role(
            "AWSServiceRoleForOrganizations",
            trust::service("organizations.amazonaws.com"),
            "service-linked",
        )
        .path("/aws-service-role/organizations.amazonaws.com/")
        .aws(&["AWSOrganizationsServiceTrustPolicy"]),
        role(
            "AWSReservedSSO_PowerUser_3d4e5f6071829304",
            trust::identity_center("444444444444"),
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
            "Repair",
            trust::principal_with_mfa(own, "BoolIfExists"),
            "asks for MFA where there is a session: an access key passes",
        )
        .aws(&["PowerUserAccess"])
        .found(&["role-without-mfa"]),
        role(
            "VendorMonitoring",
            trust::vendor("arn:aws:iam::666666666666:root", "example-7f3a"),
            "a vendor's users come in with the id that was agreed with it, and without MFA",
        )
        .aws(&["AmazonEC2ReadOnlyAccess"])
        .found(&["role-without-mfa"]),
        role("AppServer", trust::service("ec2.amazonaws.com"), "a server's role")
            .aws(&["AmazonS3ReadOnlyAccess"]),
    ]);
}
