//! A briefing without a headline.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Source};

/// The finding at the head of the briefing.
pub fn finding(source: &Source<'_>, head: Range<usize>, empty: bool) -> Diagnostic {
    let message = if empty { "the `title` is empty" } else { "the briefing has no `title`" };
    Diagnostic::new(Code::NO_TITLE, message)
        .at(source.place(head))
        .help("write `title: …`; until then the first line of the body stands in for it")
}

#[cfg(test)]
mod tests {
    use crate::briefing::read_file;
    use crate::briefing::rule::carets::raw_carets;

    #[test]
    fn a_body_or_a_file_name_stands_in() {
        assert_eq!(raw_carets("date: 2023\nbody: |\n  First.\n"), "E034 |date: 2023\n     |^\n");
        let title = |text: &str| read_file("stem", text.as_bytes()).briefings.remove(0).title;
        assert_eq!(title("title:\nbody: |\n\n  First line.\n  Second.\n"), "First line.");
        assert_eq!(title("title: ''\ndate: 2023\n"), "stem");
    }
}
