//! Golden findings for tests: code, source line, carets.

use crate::briefing::fixing::apply_fixes;
use crate::briefing::read_file;
use crate::diagnostic::Diagnostic;

/// The findings of a briefing that has title, date and body besides `text`.
pub fn carets(text: &str) -> String {
    raw_carets(&whole(text))
}

/// The findings of a file as it stands.
pub fn raw_carets(text: &str) -> String {
    let read = read_file("stem", text.as_bytes());
    read.diagnostics.iter().map(|finding| caret(&read.text, finding)).collect()
}

/// The briefing of [`carets`] after all its fixes.
pub fn fixed(text: &str) -> String {
    raw_fixed(&whole(text))
}

/// A file after all its fixes.
pub fn raw_fixed(text: &str) -> String {
    let read = read_file("stem", text.as_bytes());
    let fixes: Vec<_> =
        read.diagnostics.iter().filter_map(|finding| finding.fix.as_ref()).collect();
    apply_fixes(&read.text, &fixes).text
}

fn whole(text: &str) -> String {
    format!("{text}title: t\ndate: 2023-03-17\nbody: b\n")
}

fn caret(text: &str, finding: &Diagnostic) -> String {
    let code = finding.code.as_str();
    let Some(place) = &finding.place else { return format!("{code} whole file\n") };
    let line = text.lines().nth(place.start.line - 1).unwrap_or_default();
    let width =
        if place.end.line == place.start.line { place.end.column - place.start.column } else { 1 };
    let blank = " ".repeat(place.start.column - 1);
    format!("{code} |{line}\n     |{blank}{}\n", "^".repeat(width.max(1)))
}
