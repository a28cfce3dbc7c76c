//! A briefing without anything to read.

use super::super::syntax::Node;
use crate::diagnostic::{Code, Diagnostic, Source};

/// Checks that the body has text; points at the key if there is one.
pub fn check(source: &Source<'_>, body: &str, briefing: &Node) -> Option<Diagnostic> {
    let entry = briefing.entries()?.iter().find(|(key, _)| key.text() == Some("body"));
    // A body of the wrong shape has its own finding.
    if !body.trim().is_empty() || entry.is_some_and(|(_, value)| value.text().is_none()) {
        return None;
    }
    let start = briefing.span.start;
    let span = entry.map_or(start..start, |(key, _)| key.span.clone());
    let message = if entry.is_some() { "the body is empty" } else { "the briefing has no `body`" };
    let finding = Diagnostic::new(Code::EMPTY_BODY, message).at(source.place(span));
    Some(finding.help("write `body: |` and the text indented below it"))
}

#[cfg(test)]
mod tests {
    use crate::briefing::rule::carets::raw_carets;

    #[test]
    fn a_body_has_text() {
        assert_eq!(raw_carets("title: t\ndate: 2023\nbody: b\n"), "");
        assert_eq!(raw_carets("title: t\ndate: 2023\nbody: |\n\n"), "E036 |body: |\n     |^^^^\n");
        assert_eq!(raw_carets("title: t\ndate: 2023\n"), "E036 |title: t\n     |^\n");
    }
}
