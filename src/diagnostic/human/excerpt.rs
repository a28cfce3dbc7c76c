//! The lines around a place, made safe to print and no longer than a person reads.

use std::ops::Range;

use crate::diagnostic::Place;
use crate::text::cells;

/// Lines of a file ready to be printed, with the place in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// Line of the file on which it begins, from 1.
    pub(super) first_line: usize,
    /// Bytes of `text` that show the place.
    pub(super) span: Range<usize>,
    /// Whether columns up to the place are those of the file: nothing was cut or made visible.
    pub(super) faithful: bool,
}

/// Most lines that are shown; of a longer place only its first.
const MAX_LINES: usize = 3;
/// Bytes of a line that are shown before and after the place.
const BEFORE: usize = 60;
const AFTER: usize = 100;

/// The lines of a place; `None` where the place is not in the text.
pub(super) fn excerpt(source: &str, place: &Place) -> Option<Excerpt> {
    source.get(place.span.clone())?;
    let first_line = place.start.line;
    let last =
        if place.end.line < first_line + MAX_LINES { place.span.end } else { place.span.start };
    let whole = line_start(source, place.span.start)..line_end(source, last);
    let place = clip(place.span.clone(), &whole);
    let mut shown = Excerpt { text: String::new(), first_line, span: 0..0, faithful: false };
    let window = window(source, &whole, &place);
    if window.start > whole.start {
        shown.text.push('…');
    }
    shown.span = shown.text.len()..shown.text.len();
    for (at, line) in source.get(window.clone())?.split('\n').enumerate() {
        if at > 0 {
            shown.text.push('\n');
        }
        let start = window.start + line.as_ptr().addr() - source[window.clone()].as_ptr().addr();
        shown.push(line.strip_suffix('\r').unwrap_or(line), start, &place);
    }
    if window.end < whole.end {
        shown.text.push('…');
    }
    let before =
        place.start.checked_sub(whole.start).and_then(|_| source.get(whole.start..place.start));
    shown.faithful = before.is_some_and(|before| shown.text.starts_with(before));
    Some(shown)
}

impl Excerpt {
    /// Adds a line that begins at `start` of the file.
    fn push(&mut self, line: &str, start: usize, place: &Range<usize>) {
        for cell in cells(line) {
            let at = start + cell.range.start;
            if at <= place.start {
                self.span.start = self.text.len();
            }
            self.text.push_str(&cell.shown);
            if start + cell.range.end <= place.end {
                self.span.end = self.text.len();
            }
        }
        if start + line.len() <= place.start {
            self.span.start = self.text.len();
        }
        self.span.end = self.span.end.max(self.span.start);
    }
}

/// Where the line of a byte begins. Looked for from there: a file with many findings is not read
/// through for each of them.
fn line_start(source: &str, byte: usize) -> usize {
    let bytes = source.as_bytes();
    let behind =
        |byte: usize| memchr::memrchr2(b'\n', b'\r', &bytes[..byte]).map_or(0, |at| at + 1);
    let start = behind(byte);
    if within_line_end(bytes, start) { behind(start - 1) } else { start }
}

/// Where the content of the line of a byte ends.
fn line_end(source: &str, byte: usize) -> usize {
    let bytes = source.as_bytes();
    if within_line_end(bytes, byte) {
        return byte - 1;
    }
    memchr::memchr2(b'\n', b'\r', &bytes[byte..]).map_or(bytes.len(), |at| byte + at)
}

fn within_line_end(bytes: &[u8], byte: usize) -> bool {
    byte > 0 && bytes.get(byte - 1..=byte) == Some(b"\r\n")
}

fn clip(span: Range<usize>, to: &Range<usize>) -> Range<usize> {
    span.start.clamp(to.start, to.end)..span.end.clamp(to.start, to.end)
}

/// The part of long lines that is shown, on boundaries of characters.
fn window(source: &str, whole: &Range<usize>, place: &Range<usize>) -> Range<usize> {
    let floor = |at: usize| (0..=at).rev().find(|at| source.is_char_boundary(*at)).unwrap_or(0);
    let start = if place.start - whole.start > 2 * BEFORE {
        floor(place.start - BEFORE)
    } else {
        whole.start
    };
    let most = place.start + AFTER;
    let end = if whole.end > most + BEFORE { floor(most).max(start) } else { whole.end };
    start..end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::Source;
    use crate::text::LineIndex;

    proptest! {
        #[test]
        fn lines_are_those_of_the_index(text in "[ax\n\r习]{0,40}", at in 0usize..60) {
            let place = Source::new(&text).place(at..at);
            let index = LineIndex::new(&text);
            let line = index.line(place.start.line).unwrap();
            let byte = place.span.start;
            prop_assert_eq!(line_start(&text, byte)..line_end(&text, byte), line);
        }
    }
}
