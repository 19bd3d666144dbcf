//! The form that the resource of a request may have.

/// A form: text with holes, and what may fill each hole. Forms have no variables.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Form(pub Box<[FormPart]>);

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FormPart {
    /// Exactly this text. The resource `*` of actions without resources is this text.
    Text(Box<str>),
    /// A hole.
    Hole(Hole),
}

/// A hole in a form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hole {
    /// What fills it when nothing speaks against it: what people expect to see.
    pub sample: Box<str>,
    /// Which characters may stand in it.
    pub reach: HoleReach,
    /// Whether it may be left empty.
    pub empty: bool,
}

/// Which characters may fill a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HoleReach {
    /// Neither `:` nor `/`.
    Name,
    /// No `:`.
    Segment,
    /// Any.
    Rest,
}

impl Form {
    /// The form that is exactly `text`.
    pub fn text(text: &str) -> Self {
        Self(Box::new([FormPart::Text(text.into())]))
    }

    /// The text with every hole filled with its sample.
    pub fn sample(&self) -> String {
        self.0
            .iter()
            .map(|part| match part {
                FormPart::Text(text) => &**text,
                FormPart::Hole(hole) => &hole.sample,
            })
            .collect()
    }
}
