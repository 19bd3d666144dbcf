//! What several checks ask of devices.

use portcullis_snapshot::DeviceKind;

/// Whether the secret stays in a thing of its own, as the CIS benchmarks and AWS Config ask for root: passkeys, security
/// keys and hardware tokens, but no app and no telephone number. None when the kind does not tell.
pub(crate) fn is_strong(kind: DeviceKind) -> Option<bool> {
    match kind {
        DeviceKind::Fido | DeviceKind::Hardware | DeviceKind::NotVirtual => Some(true),
        DeviceKind::Virtual | DeviceKind::Sms => Some(false),
        DeviceKind::Unknown => None,
    }
}
