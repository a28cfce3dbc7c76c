//! Byte offsets of a text as lines and columns.

use std::ops::Range;

use super::{Place, Position};

/// A text together with where its lines begin, so that any byte span of it becomes a [`Place`].
#[derive(Clone, Debug)]
pub struct Source<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// Looks for the lines of a text once; they end at `\n`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The text of a span; empty where the span is not one of this text.
    #[must_use]
    pub fn slice(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).unwrap_or_default()
    }

    /// Line (from 0) that holds a byte.
    #[must_use]
    pub fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte).saturating_sub(1)
    }

    /// Span of a line (from 0) without its line break.
    #[must_use]
    pub fn line_span(&self, line: usize) -> Range<usize> {
        let start = self.starts.get(line).copied().unwrap_or(self.text.len());
        let end = self.starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let end = end.max(start);
        if self.text[start..end].ends_with('\r') { start..end - 1 } else { start..end }
    }

    /// Line and column, both from 1, of a byte; bytes behind the end count as the end, bytes
    /// inside a character as its beginning.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        let byte = floor_boundary(self.text, byte);
        let line = self.line_of(byte);
        let start = self.starts.get(line).copied().unwrap_or(0);
        Position { line: line + 1, column: self.text[start..byte].chars().count() + 1 }
    }

    /// A byte span with its lines and columns.
    #[must_use]
    pub fn place(&self, span: Range<usize>) -> Place {
        let start = floor_boundary(self.text, span.start);
        let end = floor_boundary(self.text, span.end).max(start);
        Place { start: self.position(start), end: self.position(end), span: start..end }
    }
}

fn floor_boundary(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_scalar_values_from_one() {
        let source = Source::new("ab\nč→d\r\n");
        let at = |byte| {
            let position = source.position(byte);
            (position.line, position.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(2), (1, 3));
        assert_eq!(at(3), (2, 1));
        assert_eq!(at(4), (2, 1), "inside a character");
        assert_eq!(at(8), (2, 3));
        assert_eq!(at(99), (3, 1));
        assert_eq!(source.slice(source.line_span(1)), "č→d");
        assert_eq!(source.line_span(7), 11..11);
    }
}
