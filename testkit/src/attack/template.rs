//! The ARN of a resource type, as the catalogue writes it.

use portcullis_iam::catalog::Service;

/// A piece of an ARN.
#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Hole(Hole),
}

/// What may fill a hole. Where it is not plain what names may hold, they hold less here than AWS lets them.
#[derive(Clone, Copy, Debug)]
struct Hole {
    slashes: bool,
    colons: bool,
    empty: bool,
    region: bool,
}

/// An ARN with holes.
#[derive(Clone, Debug)]
pub(super) struct Template(Vec<Piece>);

impl Template {
    /// The template `text` of `service` in an account.
    pub(super) fn parse(service: &Service, text: &str, (partition, account): (&str, &str)) -> Self {
        let others = service.resource_types().iter().flat_map(|own| own.arn.split(", "));
        let goes_on = others
            .into_iter()
            .any(|other| other.strip_prefix(text).is_some_and(|rest| rest.starts_with(['/', ':'])));
        let mut pieces = Vec::new();
        let mut rest = text;
        let mut colons = 0;
        while let Some(at) = rest.find(['$', '*']) {
            let (before, from) = rest.split_at(at);
            colons += before.matches(':').count();
            pieces.push(Piece::Text(before.to_owned()));
            let (name, after) = match from.strip_prefix("${").and_then(|inner| inner.split_once('}')) {
                Some(hole) => hole,
                None => ("*", from.get(1..).unwrap_or_default()),
            };
            rest = after;
            pieces.push(match name {
                "Partition" => Piece::Text(partition.to_owned()),
                "Account" | "AccountId" if colons == 4 => Piece::Text(account.to_owned()),
                name => Piece::Hole(Hole {
                    slashes: name.ends_with("WithPath") || (after.is_empty() && !goes_on),
                    colons: name == "ObjectName",
                    empty: name == "*",
                    region: name == "Region",
                }),
            });
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Self(pieces)
    }

    /// Any ARN of a service, or of any when the text is empty, in an account.
    pub(super) fn any(service: &str, partition: &str, account: &str) -> Self {
        let hole = |empty, slashes, colons, region| Piece::Hole(Hole { slashes, colons, empty, region });
        let text = |text: String| Piece::Text(text);
        let service =
            if service.is_empty() { hole(false, false, false, false) } else { text(service.to_owned()) };
        Self(vec![
            text(format!("arn:{partition}:")),
            service,
            text(":".to_owned()),
            hole(true, false, false, true),
            text(format!(":{account}:")),
            hole(false, true, true, false),
        ])
    }

    /// Whether `text` is such an ARN.
    pub(super) fn fits(&self, text: &str) -> bool {
        fits(&self.0, text)
    }

    /// The ARN with `filler` in its holes, when it may stand there.
    pub(super) fn filled(&self, filler: &str) -> Option<String> {
        let text: String = self
            .0
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Hole(Hole { region: true, .. }) => "us-east-1",
                Piece::Hole(_) => filler,
            })
            .collect();
        self.fits(&text).then_some(text)
    }
}

fn fits(pieces: &[Piece], text: &str) -> bool {
    match pieces.split_first() {
        None => text.is_empty(),
        Some((Piece::Text(own), rest)) => {
            text.strip_prefix(own.as_str()).is_some_and(|text| fits(rest, text))
        }
        Some((Piece::Hole(hole), rest)) => {
            let stop =
                text.find(|letter| (letter == ':' && !hole.colons) || (letter == '/' && !hole.slashes));
            let most = stop.unwrap_or(text.len());
            let least = usize::from(!hole.empty);
            let mut ends = (least..=most).filter_map(|end| text.split_at_checked(end));
            ends.any(|(own, after)| {
                own.split('/').all(|name| hole.empty || !name.is_empty() || hole.colons) && fits(rest, after)
            })
        }
    }
}
