//! The documents of the sample's policies, each a file that can be read.

use portcullis_iam::Timestamp;

use crate::organization::ManagedPolicy;

/// A managed policy of AWS that the sample uses.
pub(crate) fn aws(name: &str) -> ManagedPolicy {
    let found = AWS.iter().find(|policy| policy.path.rsplit('/').next() == Some(name));
    let policy = found.unwrap_or_else(|| unknown(name));
    ManagedPolicy {
        arn: format!("arn:aws:iam::aws:policy/{}", policy.path),
        created: Timestamp::parse(policy.created).unwrap_or_else(|| unknown(policy.created)),
        version: policy.version.to_owned(),
        document: policy.document.to_owned(),
    }
}

/// The document of a policy of the sample's own.
pub(crate) fn own(name: &str) -> &'static str {
    document(OWN, name)
}

/// The document of a service control policy.
pub(super) fn service_control(name: &str) -> &'static str {
    document(SERVICE_CONTROL, name)
}

struct OfAws {
    path: &'static str,
    version: &'static str,
    created: &'static str,
    document: &'static str,
}

type Documents = [(&'static str, &'static str)];

fn document(documents: &'static Documents, name: &str) -> &'static str {
    let found = documents.iter().find(|(stem, _)| *stem == name);
    found.map_or_else(|| unknown(name), |(_, document)| document)
}

#[expect(clippy::panic, reason = "a misspelt name in the sample's plan is found when the sample is written")]
fn unknown(name: &str) -> ! {
    panic!("no document is called `{name}`")
}

const AWS: &[OfAws] = &[
    OfAws {
        path: "AWSBillingReadOnlyAccess",
        version: "v28",
        created: "2020-08-27T20:08:51Z",
        document: include_str!("documents/aws/AWSBillingReadOnlyAccess.json"),
    },
    OfAws {
        path: "service-role/AWSLambdaBasicExecutionRole",
        version: "v1",
        created: "2015-04-09T15:03:43Z",
        document: include_str!("documents/aws/AWSLambdaBasicExecutionRole.json"),
    },
    OfAws {
        path: "aws-service-role/AWSOrganizationsServiceTrustPolicy",
        version: "v3",
        created: "2017-10-10T23:04:07Z",
        document: include_str!("documents/aws/AWSOrganizationsServiceTrustPolicy.json"),
    },
    OfAws {
        path: "AdministratorAccess",
        version: "v1",
        created: "2015-02-06T18:39:46Z",
        document: include_str!("documents/aws/AdministratorAccess.json"),
    },
    OfAws {
        path: "AmazonEC2ReadOnlyAccess",
        version: "v5",
        created: "2015-02-06T18:40:17Z",
        document: include_str!("documents/aws/AmazonEC2ReadOnlyAccess.json"),
    },
    OfAws {
        path: "AmazonS3ReadOnlyAccess",
        version: "v3",
        created: "2015-02-06T18:40:59Z",
        document: include_str!("documents/aws/AmazonS3ReadOnlyAccess.json"),
    },
    OfAws {
        path: "IAMReadOnlyAccess",
        version: "v4",
        created: "2015-02-06T18:40:39Z",
        document: include_str!("documents/aws/IAMReadOnlyAccess.json"),
    },
    OfAws {
        path: "IAMUserChangePassword",
        version: "v5",
        created: "2016-11-15T00:25:16Z",
        document: include_str!("documents/aws/IAMUserChangePassword.json"),
    },
    OfAws {
        path: "PowerUserAccess",
        version: "v12",
        created: "2015-02-06T18:39:47Z",
        document: include_str!("documents/aws/PowerUserAccess.json"),
    },
    OfAws {
        path: "SignInLocalDevelopmentAccess",
        version: "v3",
        created: "2025-11-19T18:34:09Z",
        document: include_str!("documents/aws/SignInLocalDevelopmentAccess.json"),
    },
];

const OWN: &Documents = &[
    ("AllowAdminWithMfa", include_str!("documents/own/AllowAdminWithMfa.json")),
    ("AllowAll", include_str!("documents/own/AllowAll.json")),
    ("AllowWithMfa", include_str!("documents/own/AllowWithMfa.json")),
    ("AllowWithMfaAndDeactivate", include_str!("documents/own/AllowWithMfaAndDeactivate.json")),
    ("AllowWithMfaFromConsole", include_str!("documents/own/AllowWithMfaFromConsole.json")),
    ("BillingExport", include_str!("documents/own/BillingExport.json")),
    ("MfaBoundary", include_str!("documents/own/MfaBoundary.json")),
    ("MigrateDatabases", include_str!("documents/own/MigrateDatabases.json")),
    ("PushImages", include_str!("documents/own/PushImages.json")),
    ("ReadFindings", include_str!("documents/own/ReadFindings.json")),
    ("RequireMfa", include_str!("documents/own/RequireMfa.json")),
    ("RequireMfaBoolOnly", include_str!("documents/own/RequireMfaBoolOnly.json")),
    ("RequireMfaButIam", include_str!("documents/own/RequireMfaButIam.json")),
    ("RequireMfaContractors", include_str!("documents/own/RequireMfaContractors.json")),
    ("RequireMfaForDangerousActions", include_str!("documents/own/RequireMfaForDangerousActions.json")),
    ("RequireMfaInverted", include_str!("documents/own/RequireMfaInverted.json")),
    ("RequireMfaNull", include_str!("documents/own/RequireMfaNull.json")),
    ("RequireMfaToDelete", include_str!("documents/own/RequireMfaToDelete.json")),
    ("RequireRecentMfa", include_str!("documents/own/RequireRecentMfa.json")),
    ("RotateOwnKeys", include_str!("documents/own/RotateOwnKeys.json")),
    ("ScanImages", include_str!("documents/own/ScanImages.json")),
    ("SelfServiceMfa", include_str!("documents/own/SelfServiceMfa.json")),
    ("WriteBackups", include_str!("documents/own/WriteBackups.json")),
];

const SERVICE_CONTROL: &Documents = &[
    ("DenyLeavingOrganization", include_str!("documents/scp/DenyLeavingOrganization.json")),
    ("DenyWithoutMfa", include_str!("documents/scp/DenyWithoutMfa.json")),
    ("RequireMfaDraft", include_str!("documents/scp/RequireMfaDraft.json")),
    ("RequireMfaForUsers", include_str!("documents/scp/RequireMfaForUsers.json")),
];
