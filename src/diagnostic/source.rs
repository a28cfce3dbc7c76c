//! A text of which places are asked.

use std::cell::Cell;
use std::ops::Range;

use super::{Place, Position};
use crate::text::LineIndex;

/// A text together with its lines, so that any byte span of it becomes a [`Place`].
#[derive(Clone, Debug)]
pub struct Source<'a> {
    text: &'a str,
    lines: LineIndex<'a>,
    /// The last byte that was asked for and its place: the next one is mostly near, and a line may
    /// be as long as the file.
    last: Cell<(usize, Position)>,
}

impl<'a> Source<'a> {
    /// Looks for the lines of a text once.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let last = Cell::new((0, Position { line: 1, column: 1 }));
        Self { text, lines: LineIndex::new(text), last }
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Its lines.
    #[must_use]
    pub fn lines(&self) -> &LineIndex<'a> {
        &self.lines
    }

    /// The text of a span; empty where the span is not one of this text.
    #[must_use]
    pub fn slice(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).unwrap_or_default()
    }

    /// Line and column, both from 1, of a byte; bytes behind the end count as the end, bytes
    /// inside a character as its beginning.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        let byte = self.floor(byte);
        let (last, place) = self.last.get();
        let between = self.slice(last.min(byte)..last.max(byte));
        let position = if between.len() > 4096 || between.contains(['\n', '\r']) {
            let (line, column) = self.lines.position(byte);
            Position { line, column }
        } else {
            let moved = between.chars().count();
            let column = if byte < last { place.column - moved } else { place.column + moved };
            Position { column, ..place }
        };
        self.last.set((byte, position));
        position
    }

    /// A byte span with its lines and columns.
    #[must_use]
    pub fn place(&self, span: Range<usize>) -> Place {
        let start = self.floor(span.start);
        let end = self.floor(span.end).max(start);
        Place { start: self.position(start), end: self.position(end), span: start..end }
    }

    fn floor(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        (0..=byte).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn positions_are_those_of_the_lines_in_any_order(
            text in "[aß\r\n→ ]{0,30}",
            asked in prop::collection::vec(0_usize..60, 0..20),
        ) {
            let source = Source::new(&text);
            for byte in asked {
                let Position { line, column } = source.position(byte);
                prop_assert_eq!((line, column), LineIndex::new(&text).position(byte));
            }
        }
    }
}
