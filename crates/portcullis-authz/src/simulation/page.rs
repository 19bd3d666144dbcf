//! Pages of results: AWS gives at most `MaxItems` results at once, one per action, and a marker for the rest.

use super::fault::Fault;
use super::input::SimulationRequest;

/// Which actions of the request are answered now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    start: usize,
    end: usize,
    total: usize,
}

impl Page {
    /// The page that the request asks for. Its marker must be one that [`Page::marker`] gave.
    pub(super) fn of(input: &SimulationRequest) -> Result<Self, Fault> {
        let total = input.action_names.as_ref().map_or(0, Vec::len);
        let start = match &input.marker {
            None => 0,
            Some(marker) => marker
                .strip_prefix(PREFIX)
                .and_then(|number| number.parse::<usize>().ok())
                .ok_or_else(|| Fault::invalid("Invalid marker for pagination."))?,
        };
        let items = input.max_items.and_then(|items| usize::try_from(items).ok()).unwrap_or(DEFAULT_ITEMS);
        Ok(Self { start: start.min(total), end: start.saturating_add(items).min(total), total })
    }

    /// The items of the page.
    pub(super) fn items<'i, T>(&self, all: &'i [T]) -> &'i [T] {
        all.get(self.start..self.end).unwrap_or_default()
    }

    /// Where the next page starts; none after the last one.
    pub(super) fn marker(&self) -> Option<String> {
        (self.end < self.total).then(|| format!("{PREFIX}{}", self.end))
    }
}

const PREFIX: &str = "action-";

/// "If you do not include this parameter, the number of items defaults to 100."
const DEFAULT_ITEMS: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    fn page(
        actions: usize,
        max_items: Option<i64>,
        marker: Option<&str>,
    ) -> Result<(usize, Option<String>), String> {
        let input = SimulationRequest {
            action_names: Some(vec![String::new(); actions]),
            max_items,
            marker: marker.map(str::to_owned),
            ..SimulationRequest::default()
        };
        let page = Page::of(&input).map_err(|fault| fault.message)?;
        Ok((page.items(input.action_names.as_deref().unwrap()).len(), page.marker()))
    }

    #[test]
    fn a_page_ends_with_the_marker_of_the_next() {
        assert_eq!(page(100, None, None), Ok((100, None)));
        assert_eq!(page(101, None, None), Ok((100, Some("action-100".into()))));
        assert_eq!(page(101, None, Some("action-100")), Ok((1, None)));
        assert_eq!(page(3, Some(1), Some("action-1")), Ok((1, Some("action-2".into()))));
        assert_eq!(page(1, None, Some("action-7")), Ok((0, None)));
        assert_eq!(page(1, None, Some("7")), Err("Invalid marker for pagination.".into()));
    }
}
