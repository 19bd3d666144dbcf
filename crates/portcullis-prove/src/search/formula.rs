//! What must hold of a request, as and/or over atoms and their negations.

/// A formula in negation normal form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Formula {
    True,
    False,
    /// The atom with this number holds, or does not.
    Literal(Literal),
    /// All hold. Never empty.
    All(Vec<Formula>),
    /// Some hold. Never empty.
    Any(Vec<Formula>),
}

/// An atom that must hold, or must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Literal {
    pub(crate) atom: u32,
    pub(crate) holds: bool,
}

impl Formula {
    pub(crate) fn literal(atom: u32, holds: bool) -> Self {
        Self::Literal(Literal { atom, holds })
    }

    pub(crate) fn all(parts: impl IntoIterator<Item = Formula>) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::True => {}
                Self::False => return Self::False,
                Self::All(inner) => kept.extend(inner),
                Self::Literal(_) | Self::Any(_) => kept.push(part),
            }
        }
        match kept.len() {
            0 => Self::True,
            1 => kept.pop().unwrap_or(Self::True),
            _ => Self::All(kept),
        }
    }

    pub(crate) fn any(parts: impl IntoIterator<Item = Formula>) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::False => {}
                Self::True => return Self::True,
                Self::Any(inner) => kept.extend(inner),
                Self::Literal(_) | Self::All(_) => kept.push(part),
            }
        }
        match kept.len() {
            0 => Self::False,
            1 => kept.pop().unwrap_or(Self::False),
            _ => Self::Any(kept),
        }
    }

    /// What holds when this does not.
    pub(crate) fn negated(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Literal(own) => Self::literal(own.atom, !own.holds),
            Self::All(parts) => Self::any(parts.into_iter().map(Self::negated)),
            Self::Any(parts) => Self::all(parts.into_iter().map(Self::negated)),
        }
    }

    /// Adds the atoms of the formula to `atoms`.
    pub(crate) fn collect_atoms(&self, atoms: &mut Vec<u32>) {
        match self {
            Self::True | Self::False => {}
            Self::Literal(own) => atoms.push(own.atom),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.collect_atoms(atoms)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_vanish_and_negation_goes_inwards() {
        let (a, b) = (Formula::literal(0, true), Formula::literal(1, false));
        assert_eq!(Formula::all([Formula::True, a.clone()]), a);
        assert_eq!(Formula::any([Formula::False]), Formula::False);
        let both = Formula::all([a.clone(), Formula::any([b.clone(), Formula::False])]);
        assert_eq!(both, Formula::All(vec![a.clone(), b.clone()]));
        assert_eq!(both.negated(), Formula::Any(vec![a.negated(), b.negated()]));
    }
}
