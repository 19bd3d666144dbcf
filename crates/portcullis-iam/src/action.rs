//! Actions of a request, and the action patterns of a policy.

use std::fmt;

/// One action of one service, such as `s3:GetObject`. Comparisons ignore ASCII case, as AWS does.
#[derive(Clone, Debug)]
pub struct Action {
    text: Box<str>,
    lower: Box<str>,
    colon: usize,
}

impl Action {
    /// The action in `text`: `service:Name`, both parts non-empty, without wildcards.
    pub fn parse(text: &str) -> Option<Self> {
        let (service, name) = text.split_once(':')?;
        let plain = |part: &str| !part.is_empty() && !part.contains(['*', '?', ':', ' ']);
        (plain(service) && plain(name)).then(|| Self {
            text: text.into(),
            lower: text.to_ascii_lowercase().into(),
            colon: service.len(),
        })
    }

    /// The action as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The action in lower case: the form in which actions are compared.
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// The service prefix in lower case.
    pub fn service(&self) -> &str {
        self.lower.get(..self.colon).unwrap_or_default()
    }

    /// The name after the colon, in lower case.
    pub fn name(&self) -> &str {
        self.lower.get(self.colon + 1..).unwrap_or_default()
    }
}

impl PartialEq for Action {
    fn eq(&self, other: &Self) -> bool {
        self.lower == other.lower
    }
}

impl Eq for Action {}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
