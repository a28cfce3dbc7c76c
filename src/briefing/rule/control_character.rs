//! Characters that a terminal would obey or that deceive the eye, in the text of a file.

use crate::diagnostic::{Code, Diagnostic, Source};
use crate::text::visible;

/// At most this many are pointed at; a file full of them needs no more.
const AT_MOST: usize = 20;

/// Findings for control characters (but tab and line breaks), C1, and bidirectional overrides, and
/// for escapes in quotes that would make such a character (`"\e[31m"`).
pub fn check(source: &Source<'_>) -> Vec<Diagnostic> {
    let text = source.text();
    let raw = text.char_indices().filter_map(|(at, c)| {
        let suspicious = !matches!(c, '\n' | '\r' | '\t') && is_suspicious(c);
        suspicious.then(|| finding(source, at, c))
    });
    raw.take(AT_MOST).collect()
}

/// Whether a character has no business in prose: C0, DEL, C1 and the bidirectional embeddings,
/// overrides and isolates of UAX #9. Joiners and marks of Arabic and Hebrew prose are left alone.
#[must_use]
pub fn is_suspicious(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn finding(source: &Source<'_>, at: usize, c: char) -> Diagnostic {
    let shown = visible(c).unwrap_or("�");
    let message =
        format!("the control character U+{:04X} ({shown}) stands in the text", u32::from(c));
    Diagnostic::new(Code::CONTROL_CHARACTER, message)
        .at(source.place(at..at + c.len_utf8()))
        .help("remove it")
}
