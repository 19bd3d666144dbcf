//! Pages of cases: small files, and what is asked of them with the expected answers.

/// A page: a text for people, files (`--- path`), questions (`=== question`) with answers.
pub struct Page<'t> {
    title: &'t str,
    /// The files: path and text.
    pub files: Vec<(&'t str, &'t str)>,
    /// The questions and their answers.
    pub answers: Vec<(&'t str, String)>,
}

impl<'t> Page<'t> {
    /// Reads a page.
    pub fn parse(text: &'t str) -> Self {
        let mut starts: Vec<usize> = text.match_indices("\n--- ").map(|(at, _)| at + 1).collect();
        starts.extend(text.match_indices("\n=== ").map(|(at, _)| at + 1));
        starts.sort_unstable();
        let title = text.get(..starts.first().copied().unwrap_or(text.len())).unwrap_or_default();
        let mut page = Page { title, files: Vec::new(), answers: Vec::new() };
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        for (start, end) in starts.iter().zip(ends) {
            let part = text.get(*start..end).unwrap_or_default();
            let (head, body) = part.split_once('\n').unwrap_or((part, ""));
            match head.split_once(' ').unwrap_or((head, "")) {
                ("---", path) => page.files.push((path, body)),
                (_, question) => page.answers.push((question, body.to_owned())),
            }
        }
        page
    }

    /// The page as text.
    pub fn print(&self) -> String {
        let mut text = self.title.to_owned();
        for (path, body) in &self.files {
            text += &format!("--- {path}\n{body}");
        }
        for (question, answer) in &self.answers {
            text += &format!("=== {question}\n{}\n", answer.trim_end());
        }
        text
    }
}
