//! One row of a credential report.

use std::borrow::Cow;

use portcullis_iam::{Arn, Timestamp};

use crate::credential::{AccessKey, Certificate, LastUse, Password};
use crate::dump::Dump;
use crate::known::{Known, Missing, Why};

/// What a row tells.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) name: Box<str>,
    pub(super) arn: Arn,
    pub(super) created: Known<Timestamp>,
    pub(super) has_password: Known<bool>,
    pub(super) password: Password,
    pub(super) mfa_active: Known<bool>,
    pub(super) access_keys: Known<Vec<AccessKey>>,
    pub(super) certificates: Known<Vec<Certificate>>,
    pub(super) further: Option<Box<str>>,
    pub(super) line: u32,
}

/// The places of the columns that are read.
pub(super) struct Columns {
    places: [Option<usize>; COLUMNS.len()],
}

impl Columns {
    pub(super) fn new(header: &[Cow<'_, str>]) -> Self {
        let place = |name: &str| header.iter().position(|field| field.trim().eq_ignore_ascii_case(name));
        Self { places: COLUMNS.map(|(_, name)| place(name)) }
    }

    pub(super) fn has_users(&self) -> bool {
        self.place(Column::User).is_some() && self.place(Column::Arn).is_some()
    }

    /// The row; none when it has no ARN.
    pub(super) fn row(&self, fields: &[Cow<'_, str>], line: u32) -> Option<Row> {
        let cells = Cells { columns: self, fields };
        Some(Row {
            name: cells.text(Column::User)?.into(),
            arn: Arn::parse(cells.text(Column::Arn)?)?,
            created: cells.instant(Column::Created),
            has_password: cells.flag(Column::PasswordEnabled),
            password: cells.password(),
            mfa_active: cells.flag(Column::MfaActive),
            access_keys: cells.access_keys(),
            certificates: cells.certificates(),
            further: cells.text(Column::Further).map(Into::into),
            line,
        })
    }

    fn place(&self, column: Column) -> Option<usize> {
        *self.places.get(column as usize)?
    }
}

impl Row {
    /// The user's password; a fact of none when there is none.
    pub(super) fn user_password(&self) -> Known<Option<Password>> {
        self.has_password.map(|enabled| enabled.then(|| self.password.clone()))
    }
}

/// The fields of one row by column.
struct Cells<'r> {
    columns: &'r Columns,
    fields: &'r [Cow<'r, str>],
}

/// What a cell says.
enum Cell<'r> {
    /// There is no such column, or nothing in it.
    Empty,
    /// `N/A`
    NotApplicable,
    /// `no_information`
    NoInformation,
    /// `not_supported`
    NotSupported,
    /// Anything else.
    Text(&'r str),
}

impl<'r> Cells<'r> {
    fn cell(&self, column: Column) -> Cell<'r> {
        let place = self.columns.place(column);
        let text = place.and_then(|place| self.fields.get(place)).map_or("", |field| field.trim());
        match text {
            "" => Cell::Empty,
            text if text.eq_ignore_ascii_case("n/a") => Cell::NotApplicable,
            text if text.eq_ignore_ascii_case("no_information") => Cell::NoInformation,
            text if text.eq_ignore_ascii_case("not_supported") => Cell::NotSupported,
            text => Cell::Text(text),
        }
    }

    fn text(&self, column: Column) -> Option<&'r str> {
        match self.cell(column) {
            Cell::Text(text) => Some(text),
            Cell::Empty | Cell::NotApplicable | Cell::NoInformation | Cell::NotSupported => None,
        }
    }

    fn flag(&self, column: Column) -> Known<bool> {
        match self.cell(column) {
            Cell::Text(text) if text.eq_ignore_ascii_case("true") => Known::Fact(true),
            Cell::Text(text) if text.eq_ignore_ascii_case("false") => Known::Fact(false),
            Cell::Text(_) | Cell::Empty => Known::Unknown(NO_FIELD),
            Cell::NotSupported | Cell::NotApplicable | Cell::NoInformation => Known::Unknown(NOT_TOLD),
        }
    }

    fn instant(&self, column: Column) -> Known<Timestamp> {
        match self.cell(column) {
            Cell::Text(text) => Timestamp::parse(text).map_or(Known::Unknown(NO_FIELD), Known::Fact),
            Cell::Empty => Known::Unknown(NO_FIELD),
            Cell::NotSupported | Cell::NotApplicable | Cell::NoInformation => Known::Unknown(NOT_TOLD),
        }
    }

    /// An instant that is none where the report says `N/A`.
    fn optional_instant(&self, column: Column) -> Known<Option<Timestamp>> {
        match self.cell(column) {
            Cell::NotApplicable => Known::Fact(None),
            Cell::Text(_) | Cell::Empty | Cell::NotSupported | Cell::NoInformation => {
                self.instant(column).map(Some)
            }
        }
    }

    fn password(&self) -> Password {
        let last_used = match self.cell(Column::PasswordLastUsed) {
            Cell::NoInformation => LastUse::NeverSinceTracked,
            Cell::Text(text) => Timestamp::parse(text).map_or(LastUse::Unknown, LastUse::At),
            Cell::Empty | Cell::NotApplicable | Cell::NotSupported => LastUse::Unknown,
        };
        Password {
            last_used,
            last_changed: self.instant(Column::PasswordLastChanged),
            next_rotation: self.optional_instant(Column::PasswordNextRotation),
        }
    }

    fn access_keys(&self) -> Known<Vec<AccessKey>> {
        let [first, second] = KEY_COLUMNS.map(|columns| self.access_key(&columns));
        first.and_then(|first| second.map(|second| first.into_iter().chain(second).collect()))
    }

    /// The key; a fact of none when it does not exist: it is not active and was never made.
    fn access_key(&self, columns: &KeyColumns) -> Known<Option<AccessKey>> {
        let last_rotated = self.instant(columns.last_rotated).fact().copied();
        let last_used = match self.cell(columns.last_used) {
            Cell::NotApplicable | Cell::NoInformation => LastUse::NeverSinceTracked,
            Cell::Text(text) => Timestamp::parse(text).map_or(LastUse::Unknown, LastUse::At),
            Cell::Empty | Cell::NotSupported => LastUse::Unknown,
        };
        self.flag(columns.active).map(|active| {
            (active || last_rotated.is_some()).then(|| AccessKey {
                slot: columns.slot,
                active,
                last_rotated,
                last_used,
                last_used_region: self.text(columns.region).map(Into::into),
                last_used_service: self.text(columns.service).map(Into::into),
            })
        })
    }

    fn certificates(&self) -> Known<Vec<Certificate>> {
        let [first, second] = CERTIFICATE_COLUMNS.map(|columns| self.certificate(columns));
        first.and_then(|first| second.map(|second| first.into_iter().chain(second).collect()))
    }

    fn certificate(&self, (slot, active, rotated): (u8, Column, Column)) -> Known<Option<Certificate>> {
        let last_rotated = self.instant(rotated).fact().copied();
        self.flag(active).map(|active| {
            (active || last_rotated.is_some()).then_some(Certificate { slot, active, last_rotated })
        })
    }
}

/// The columns that are read, in the order of [`COLUMNS`].
#[derive(Clone, Copy)]
enum Column {
    User,
    Arn,
    Created,
    PasswordEnabled,
    PasswordLastUsed,
    PasswordLastChanged,
    PasswordNextRotation,
    MfaActive,
    AccessKey1Active,
    AccessKey1LastRotated,
    AccessKey1LastUsedDate,
    AccessKey1LastUsedRegion,
    AccessKey1LastUsedService,
    AccessKey2Active,
    AccessKey2LastRotated,
    AccessKey2LastUsedDate,
    AccessKey2LastUsedRegion,
    AccessKey2LastUsedService,
    Cert1Active,
    Cert1LastRotated,
    Cert2Active,
    Cert2LastRotated,
    Further,
}

struct KeyColumns {
    slot: u8,
    active: Column,
    last_rotated: Column,
    last_used: Column,
    region: Column,
    service: Column,
}

const KEY_COLUMNS: [KeyColumns; 2] = [
    KeyColumns {
        slot: 1,
        active: Column::AccessKey1Active,
        last_rotated: Column::AccessKey1LastRotated,
        last_used: Column::AccessKey1LastUsedDate,
        region: Column::AccessKey1LastUsedRegion,
        service: Column::AccessKey1LastUsedService,
    },
    KeyColumns {
        slot: 2,
        active: Column::AccessKey2Active,
        last_rotated: Column::AccessKey2LastRotated,
        last_used: Column::AccessKey2LastUsedDate,
        region: Column::AccessKey2LastUsedRegion,
        service: Column::AccessKey2LastUsedService,
    },
];

const CERTIFICATE_COLUMNS: [(u8, Column, Column); 2] =
    [(1, Column::Cert1Active, Column::Cert1LastRotated), (2, Column::Cert2Active, Column::Cert2LastRotated)];

/// Every column with its name in the report.
const COLUMNS: [(Column, &str); 23] = [
    (Column::User, "user"),
    (Column::Arn, "arn"),
    (Column::Created, "user_creation_time"),
    (Column::PasswordEnabled, "password_enabled"),
    (Column::PasswordLastUsed, "password_last_used"),
    (Column::PasswordLastChanged, "password_last_changed"),
    (Column::PasswordNextRotation, "password_next_rotation"),
    (Column::MfaActive, "mfa_active"),
    (Column::AccessKey1Active, "access_key_1_active"),
    (Column::AccessKey1LastRotated, "access_key_1_last_rotated"),
    (Column::AccessKey1LastUsedDate, "access_key_1_last_used_date"),
    (Column::AccessKey1LastUsedRegion, "access_key_1_last_used_region"),
    (Column::AccessKey1LastUsedService, "access_key_1_last_used_service"),
    (Column::AccessKey2Active, "access_key_2_active"),
    (Column::AccessKey2LastRotated, "access_key_2_last_rotated"),
    (Column::AccessKey2LastUsedDate, "access_key_2_last_used_date"),
    (Column::AccessKey2LastUsedRegion, "access_key_2_last_used_region"),
    (Column::AccessKey2LastUsedService, "access_key_2_last_used_service"),
    (Column::Cert1Active, "cert_1_active"),
    (Column::Cert1LastRotated, "cert_1_last_rotated"),
    (Column::Cert2Active, "cert_2_active"),
    (Column::Cert2LastRotated, "cert_2_last_rotated"),
    (Column::Further, "additional_credentials_info"),
];

const NO_FIELD: Missing = Missing::new(Dump::CredentialReport, Why::NoField);
const NOT_TOLD: Missing = Missing::new(Dump::CredentialReport, Why::NotTold);
