//! Characters that a terminal would obey or that deceive the eye, in the text of a file.

use crate::diagnostic::{Code, Diagnostic, Source};
use crate::text::visible;

/// At most this many are pointed at; a file full of them needs no more.
const AT_MOST: usize = 20;

/// Findings for control characters (but tab and line breaks), C1, and bidirectional overrides, and
/// for escapes in quotes that would make such a character (`"\e[31m"`).
pub fn check(source: &Source<'_>) -> Vec<Diagnostic> {
    let text = source.text();
    let found = (0..).step_by(LOOK).zip(text.as_bytes().chunks(LOOK)).flat_map(|(start, bytes)| {
        let begins = bytes.iter().fold(false, |begins, byte| begins | may_begin(*byte));
        let places = if begins { start..start + bytes.len() } else { 0..0 };
        places.filter_map(|at| Some((at, text.get(at..)?.chars().next()?)))
    });
    let raw = found.filter_map(|(at, c)| {
        let suspicious = !matches!(c, '\n' | '\r' | '\t') && is_suspicious(c);
        suspicious.then(|| finding(source, at, c))
    });
    raw.take(AT_MOST).collect()
}

/// Bytes that are looked at together: most texts have none of these characters.
const LOOK: usize = 64;

/// Whether a byte may be the first of such a character.
fn may_begin(byte: u8) -> bool {
    let is_blank = byte == b'\n' || byte == b'\r' || byte == b'\t';
    (byte < b' ' && !is_blank) || byte == 0x7F || byte == 0xC2 || byte == 0xE2
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_quick_way_finds_the_same(
            text in "[ -z\u{a0}\u{2019}\u{4e60}\n\t\r\u{1}\u{1b}\u{7f}\u{85}\u{202e}\u{2067}]{0,400}",
        ) {
            let found = check(&Source::new(&text));
            let slow = text.char_indices().filter(|(_, c)| {
                is_suspicious(*c) && !matches!(c, '\n' | '\r' | '\t')
            });
            let places: Vec<usize> = slow.map(|(at, _)| at).take(AT_MOST).collect();
            let found = found.iter().map(|found| found.place.as_ref().unwrap().span.start);
            prop_assert_eq!(found.collect::<Vec<_>>(), places);
        }
    }
}
