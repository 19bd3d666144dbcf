//! What is known of the condition keys of all requests in question.

use std::collections::BTreeMap;

use portcullis_iam::catalog::catalog;
use portcullis_iam::{ContextKey, KeyState, Timestamp, Values};

/// What a condition key may be in the requests in question.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Domain {
    /// No request carries it.
    Absent,
    /// Every request carries this single value.
    One(Box<str>),
    /// Every request carries these values.
    Many(Vec<Box<str>>),
    /// A fact that nobody could read: the same in every request, and unknown.
    Hidden,
    /// The caller or the circumstances choose: any value that AWS may put there.
    Free {
        /// Whether a request may lack it.
        absent: Optional,
    },
    /// The time of the request, at or after this instant.
    Since(Timestamp),
}

/// Whether a request may lack a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Optional {
    /// It may.
    Yes,
    /// Every request carries it.
    No,
}

/// What is known of each condition key; what is not stated follows from the key's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    stated: BTreeMap<ContextKeyText, Domain>,
}

/// The normalised text of a key, as it orders.
type ContextKeyText = Box<str>;

impl Facts {
    /// States what `key` may be, in place of what was stated before.
    pub fn state(&mut self, key: &ContextKey, domain: Domain) {
        self.stated.insert(key.as_str().into(), domain);
    }

    /// The facts with `key` being what `domain` says.
    #[must_use]
    pub fn with(mut self, key: &str, domain: Domain) -> Self {
        self.state(&ContextKey::new(key), domain);
        self
    }

    /// What was stated of each key, in order.
    pub fn stated(&self) -> impl Iterator<Item = (&str, &Domain)> {
        self.stated.iter().map(|(key, domain)| (&**key, domain))
    }

    /// What `key` may be in requests for actions of `service`; of any service, when none is given.
    ///
    /// What is not stated: a global key is free; a tag of the principal is absent; the key of a service is free in
    /// requests for that service and absent from all others, as AWS puts it into no other request. A key that is
    /// neither, such as the `account_id` of a template that nobody filled in, is absent: no request carries it.
    pub fn domain(&self, key: &ContextKey, service: Option<&str>) -> Domain {
        let key = key.as_str();
        if let Some(domain) = self.stated.get(key) {
            return domain.clone();
        }
        let free = Domain::Free { absent: Optional::Yes };
        match key.split_once(':') {
            Some(("aws", rest)) if rest.starts_with("principaltag/") => Domain::Absent,
            Some(("aws", _)) => free,
            Some((prefix, _)) if catalog().service(prefix).is_some() => {
                let carried = service.is_none_or(|service| service == prefix);
                if carried { free } else { Domain::Absent }
            }
            Some(_) if catalog().condition_key(key).is_some() => free,
            Some(_) | None => Domain::Absent,
        }
    }
}

impl Domain {
    /// The state of a key that is the same in every request; [`KeyState::Unknown`] where it is not, or not known.
    pub fn constant(&self) -> KeyState {
        match self {
            Domain::Absent => KeyState::Absent,
            Domain::One(value) => KeyState::Known(Values::One(value.clone())),
            Domain::Many(values) => KeyState::Known(Values::Many(values.clone())),
            Domain::Hidden | Domain::Free { .. } | Domain::Since(_) => KeyState::Unknown,
        }
    }
}
