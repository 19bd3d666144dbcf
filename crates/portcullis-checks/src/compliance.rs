//! Which published controls a finding fails: the rows of the project's table of controls, and no others.
//!
//! Sources: the CIS AWS Foundations Benchmarks 1.4 to 7.0, and the related requirements that AWS Security Hub
//! publishes for its IAM controls (IAM.3, IAM.4, IAM.5, IAM.6, IAM.7, IAM.9, IAM.15, IAM.16, IAM.19, IAM.22).

use portcullis_finding::Requirement;

/// The root user has no access key.
pub const ROOT_KEY: &[Requirement] = &[
    cis("1.4-4.0.1", "1.4"),
    cis("5.0", "1.3"),
    cis("6.0", "2.3"),
    cis("7.0", "2.4"),
    hub("IAM.4"),
    nist("AC-2(1)"),
    nist("AC-3(15)"),
];

/// The root user has MFA.
pub const ROOT_MFA: &[Requirement] = &[
    cis("1.4-4.0.1", "1.5"),
    cis("5.0", "1.4"),
    cis("6.0", "2.4"),
    cis("7.0", "2.5"),
    hub("IAM.9"),
    nist("AC-2(1)"),
    nist("AC-3(15)"),
    nist("IA-2(1)"),
    nist("IA-2(2)"),
    nist("IA-2(6)"),
    nist("IA-2(8)"),
    pci("8.4.2"),
];

/// The root user has hardware MFA.
pub const ROOT_HARDWARE_MFA: &[Requirement] = &[
    cis("1.4-4.0.1", "1.6"),
    cis("5.0", "1.5"),
    cis("6.0", "2.5"),
    cis("7.0", "2.6"),
    hub("IAM.6"),
    nist("AC-2(1)"),
    nist("AC-3(15)"),
    nist("IA-2(1)"),
    nist("IA-2(2)"),
    nist("IA-2(6)"),
    nist("IA-2(8)"),
    pci("8.4.2"),
];

/// Users with a console password have MFA.
pub const CONSOLE_MFA: &[Requirement] = &[
    cis("1.4-4.0.1", "1.10"),
    cis("5.0", "1.9"),
    cis("6.0", "2.9"),
    cis("7.0", "2.10"),
    hub("IAM.5"),
    hub("IAM.19"),
    nist("AC-2(1)"),
    nist("AC-3(15)"),
    nist("IA-2(1)"),
    nist("IA-2(2)"),
    nist("IA-2(6)"),
    nist("IA-2(8)"),
    pci("8.4.2"),
];

/// All users have MFA, those with nothing but keys included.
pub const USER_MFA: &[Requirement] = &[
    hub("IAM.19"),
    nist("AC-2(1)"),
    nist("AC-3(15)"),
    nist("IA-2(1)"),
    nist("IA-2(2)"),
    nist("IA-2(6)"),
    nist("IA-2(8)"),
    pci("8.4.2"),
];

/// Access without MFA is refused: the requirements themselves, of which a device is only the means.
pub const MFA_ENFORCED: &[Requirement] = &[nist("IA-2(1)"), nist("IA-2(2)"), pci("8.4.2")];

/// Credentials that were not used for 45 days are disabled.
pub const UNUSED: &[Requirement] =
    &[cis("1.4-4.0.1", "1.12"), cis("5.0", "1.11"), cis("6.0", "2.11"), cis("7.0", "2.11"), hub("IAM.22")];

/// Access keys are rotated every 90 days.
pub const KEY_AGE: &[Requirement] = &[
    cis("1.4-4.0.1", "1.14"),
    cis("5.0", "1.13"),
    cis("6.0", "2.13"),
    cis("7.0", "2.12"),
    hub("IAM.3"),
    nist("AC-2(1)"),
    nist("AC-3(15)"),
    pci("8.3.9"),
    pci("8.6.3"),
];

/// Passwords have 14 characters, and are not used again.
pub const PASSWORD: &[Requirement] = &[
    cis("1.4-4.0.1", "1.8"),
    cis("1.4-4.0.1", "1.9"),
    cis("5.0", "1.7"),
    cis("5.0", "1.8"),
    cis("6.0", "2.7"),
    cis("6.0", "2.8"),
    cis("7.0", "2.8"),
    cis("7.0", "2.9"),
    hub("IAM.15"),
    hub("IAM.16"),
    pci("8.3.6"),
    pci("8.3.7"),
];

const fn cis(version: &'static str, id: &'static str) -> Requirement {
    Requirement { framework: "CIS AWS Foundations", version, id }
}

const fn hub(id: &'static str) -> Requirement {
    Requirement { framework: "AWS Security Hub", version: "", id }
}

const fn nist(id: &'static str) -> Requirement {
    Requirement { framework: "NIST SP 800-53", version: "r5", id }
}

const fn pci(id: &'static str) -> Requirement {
    Requirement { framework: "PCI DSS", version: "4.0.1", id }
}
