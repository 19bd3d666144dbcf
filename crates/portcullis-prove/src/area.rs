//! A part of all requests: some actions on some resources.

use portcullis_iam::Polarity;

/// The requests for some actions on some resources, as a statement would name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Whether the actions are listed or left out.
    pub polarity: Polarity,
    /// Action patterns, such as `iam:Get*`.
    pub actions: Vec<Box<str>>,
    /// Resource patterns, in which policy variables have their values; none for every resource.
    pub resources: Option<Vec<Box<str>>>,
}

impl Area {
    /// The requests for `actions`, whatever the resource.
    pub fn of_actions<'t>(actions: impl IntoIterator<Item = &'t str>) -> Self {
        Self {
            polarity: Polarity::Only,
            actions: actions.into_iter().map(Box::from).collect(),
            resources: None,
        }
    }

    /// The same on these resources alone.
    #[must_use]
    pub fn on<'t>(self, resources: impl IntoIterator<Item = &'t str>) -> Self {
        Self { resources: Some(resources.into_iter().map(Box::from).collect()), ..self }
    }
}
