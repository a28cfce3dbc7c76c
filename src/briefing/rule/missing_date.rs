//! A briefing without a date, neither in the file nor in its name.

use super::super::syntax::Node;
use crate::diagnostic::{Code, Diagnostic, Source};

/// The finding at the key, or where there is none at the head of the briefing.
pub fn finding(source: &Source<'_>, briefing: &Node) -> Diagnostic {
    let key = briefing.entries().into_iter().flatten().find(|(key, _)| key.text() == Some("date"));
    let head = briefing.span.start..briefing.span.start;
    let message = if key.is_some() { "the `date` is empty" } else { "the briefing has no `date`" };
    Diagnostic::new(Code::NO_DATE, message)
        .at(source.place(key.map_or(head, |(key, _)| key.span.clone())))
        .help("write `date: 2023-03-17`, or begin the file's name with it")
}

#[cfg(test)]
mod tests {
    use crate::briefing::read_file;
    use crate::briefing::rule::carets::raw_carets;

    #[test]
    fn a_file_name_stands_in() {
        let text = "title: t\nbody: b\n";
        assert_eq!(raw_carets(text), "E035 |title: t\n     |^\n");
        assert_eq!(raw_carets("title: t\ndate:\nbody: b\n"), "E035 |date:\n     |^^^^\n");
        let read = read_file("2023-03-17-x", text.as_bytes());
        assert!(read.diagnostics.is_empty());
        assert_eq!(read.briefings[0].date.as_ref().unwrap().as_edtf(), "2023-03-17");
    }
}
