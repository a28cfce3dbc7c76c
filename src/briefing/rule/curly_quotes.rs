//! Curly quotes around a whole value, as word processors write them for straight ones.

use super::super::recovery::within_curly;
use super::super::syntax::{Content, Node, Style};
use crate::diagnostic::{Code, Diagnostic, Source};

/// Fields in which such quotes are at home.
const AT_HOME: &[&str] = &["quote", "what", "summary", "body", "text"];

/// A note for each top-level value that is wholly in curly quotes.
pub fn check(source: &Source<'_>, node: &Node) -> Vec<Diagnostic> {
    let entries = node.entries().unwrap_or_default();
    let around = entries.iter().filter(|(key, value)| {
        let Content::Scalar(scalar) = &value.content else { return false };
        let at_home = key.text().is_some_and(|key| AT_HOME.contains(&key));
        scalar.style == Style::Plain && !at_home && within_curly(&scalar.text).is_some()
    });
    around
        .map(|(_, value)| {
            Diagnostic::new(Code::CURLY_QUOTES, "these quotes are read as part of the value")
                .at(source.place(value.span.clone()))
                .help("if they only delimit it, write straight ones or none")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::briefing::rule::carets::raw_carets;

    #[test]
    fn only_a_whole_value_is_noted() {
        let text = |title: &str| format!("title: {title}\ndate: 2023\nbody: b\n");
        assert_eq!(raw_carets(&text("“Xi”")), "E016 |title: “Xi”\n     |       ^^^^\n");
        assert_eq!(raw_carets(&text("The “no limits” friendship")), "");
        assert_eq!(raw_carets(&text("\"“Xi”\"")), "");
    }
}
