//! Areas of requests.

use super::NotExported;
use super::encoder::Encoder;
use super::glob;
use super::resource::{self, ShortArns};
use super::term::{Holds, Term};
use crate::area::Area;

/// Whether a request of the cell is in one of `areas`.
pub(super) fn is_in(encoder: &mut Encoder<'_>, areas: &[Area]) -> Result<Holds, NotExported> {
    let mut any = Vec::new();
    for area in areas {
        let action = encoder.cell.is_listed(area.polarity, area.actions.iter().map(|text| &**text));
        let resource = match &area.resources {
            Some(patterns) => on(patterns)?,
            None => Term::True,
        };
        any.push(Holds::from(Term::all([action, resource])));
    }
    Ok(encoder.script.name_both(Holds::any(any)))
}

/// Policy variables in the patterns have their values already.
fn on(patterns: &[Box<str>]) -> Result<Term, NotExported> {
    let matches = patterns.iter().map(|text| resource::matches(&glob::pieces(text), ShortArns::AsWritten));
    Ok(Term::any(matches.collect::<Result<Vec<_>, _>>()?))
}
