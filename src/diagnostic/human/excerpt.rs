//! The lines around a place, made safe to print and no longer than a person reads.

use std::ops::Range;

use crate::diagnostic::Place;
use crate::text::{LineIndex, cells};

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
    let lines = LineIndex::new(source);
    let first_line = place.start.line;
    let first = lines.line(first_line)?;
    let last_line = if place.end.line < first_line + MAX_LINES {
        place.end.line.max(first_line)
    } else {
        first_line
    };
    let last = lines.line(last_line)?;
    let whole = first.start..last.end.max(first.end);
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
