//! The pages of the cases.

/// A page: a text for people, files, questions with answers.
pub(crate) struct Page<'t> {
    title: &'t str,
    pub(crate) files: Vec<(&'t str, &'t str)>,
    pub(crate) answers: Vec<(&'t str, String)>,
}

impl<'t> Page<'t> {
    /// Reads a page.
    pub(crate) fn parse(text: &'t str) -> Self {
        let mut page = Page { title: "", files: Vec::new(), answers: Vec::new() };
        let mut starts: Vec<usize> = text.match_indices("\n--- ").map(|(at, _)| at + 1).collect();
        starts.extend(text.match_indices("\n=== ").map(|(at, _)| at + 1));
        starts.sort_unstable();
        page.title = text.get(..starts[0]).unwrap();
        for (index, start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(text.len());
            let (head, body) = text.get(*start..end).unwrap().split_once('\n').unwrap();
            match head.split_once(' ').unwrap() {
                ("---", path) => page.files.push((path, body)),
                (_, question) => page.answers.push((question, body.to_owned())),
            }
        }
        page
    }

    /// The page as text.
    pub(crate) fn print(&self) -> String {
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
