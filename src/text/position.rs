//! Byte offsets and the lines and columns that people and editors count.

use std::ops::Range;

/// Where the lines of a text begin and end. A line ends with `\n`, `\r\n` or a lone `\r`; a text that
/// ends with one has an empty last line after it, and the empty text has one line.
#[derive(Debug, Clone)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
            .map(|at| at + 1);
        Self { text, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// How many lines there are; at least one.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// Line and column of a byte offset, both from 1, the column in Unicode scalars. The characters
    /// that end a line belong to it. An offset past the end is taken for the end, one within a
    /// character for its beginning.
    #[must_use]
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let offset = floor_boundary(self.text, offset);
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts[line - 1];
        (line, 1 + self.text[start..offset].chars().count())
    }

    /// The bytes of a line, counted from 1, without what ends it; `None` if there is no such line.
    #[must_use]
    pub fn line(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        let content = &self.text[start..end];
        let content = content.strip_suffix('\n').unwrap_or(content);
        let content = content.strip_suffix('\r').unwrap_or(content);
        Some(start..start + content.len())
    }

    /// The byte offset of a line and column, both from 1. A column past the line's content is taken
    /// for its end, a line past the last for the end of the text, 0 for 1.
    #[must_use]
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let Some(range) = self.line(line.max(1)) else { return self.text.len() };
        self.text[range.clone()]
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(range.end, |(at, _)| range.start + at)
    }
}

/// The last character boundary at or before an offset, which may lie past the end.
pub(crate) fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::samples::odd_text;

    #[test]
    fn positions() {
        let index = LineIndex::new("ab\r\nçd\rx\n\n習y");
        for (offset, line, column) in [
            (0, 1, 1),
            (2, 1, 3),
            (3, 1, 4),
            (4, 2, 1),
            (5, 2, 1),
            (6, 2, 2),
            (7, 2, 3),
            (8, 3, 1),
            (9, 3, 2),
            (10, 4, 1),
            (11, 5, 1),
            (14, 5, 2),
            (15, 5, 3),
            (999, 5, 3),
        ] {
            assert_eq!(index.position(offset), (line, column), "offset {offset}");
        }
        let lines: Vec<_> = (0..=6).map(|line| index.line(line)).collect();
        let some = [0..2, 4..7, 8..9, 10..10, 11..15].map(Some);
        assert_eq!(lines[1..=5], some);
        assert_eq!((lines[0].clone(), lines[6].clone()), (None, None));
        assert_eq!(index.line_count(), 5);
        assert_eq!((index.offset(2, 2), index.offset(2, 99)), (6, 7));
        assert_eq!((index.offset(9, 1), index.offset(0, 0)), (15, 0));
    }

    #[test]
    fn the_empty_text_has_a_line() {
        let index = LineIndex::new("");
        assert_eq!((index.position(0), index.line(1), index.line_count()), ((1, 1), Some(0..0), 1));
        assert_eq!(LineIndex::new("a\n").line(2), Some(2..2));
    }

    proptest! {
        #[test]
        fn there_and_back(text in odd_text()) {
            let index = LineIndex::new(&text);
            for line in 1..=index.line_count() {
                let range = index.line(line).expect("a line that is counted");
                for (at, _) in text[range.clone()].char_indices() {
                    let (found, column) = index.position(range.start + at);
                    prop_assert_eq!(found, line);
                    prop_assert_eq!(index.offset(line, column), range.start + at);
                }
            }
        }
    }
}
