//! Wrapping for reading: prose into lines no wider than a number of columns.

use std::ops::Range;

use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_segmentation::GraphemeCursor;

use crate::text::breaks::breaks;
use crate::text::cells::{cells, is_prose_space, prose_space};
use crate::text::position::floor_boundary;
use crate::text::width::display_width;

/// How wide lines may be, in columns; 0 is taken for 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// The first line.
    pub first: usize,
    /// All others.
    pub rest: usize,
}

impl Columns {
    /// The same width for every line.
    #[must_use]
    pub fn all(columns: usize) -> Self {
        Self { first: columns, rest: columns }
    }

    /// With no width of 0.
    pub(crate) fn at_least_one(self) -> Self {
        Self { first: self.first.max(1), rest: self.rest.max(1) }
    }
}

/// A line of a wrapped text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The bytes of the text that it shows.
    pub range: Range<usize>,
}

/// Wraps the prose in a byte range of `text`. Any run of white space, newlines included, is one space
/// within a line, and nothing at its ends; paint a line with
/// [`prose_cells`](crate::text::prose_cells). The lines' ranges are in order, and between and around
/// them there is only white space. White space alone gives no line.
///
/// A line ends at white space or where [`breaks`] allows; a word that is longer than a line is cut
/// between graphemes. No line is wider than its columns, but for a single grapheme that is. A range
/// that does not lie in the text is clipped.
///
/// Takes time and memory in proportion to the range: give a huge paragraph in pieces ([`soft_cuts`]).
#[must_use]
pub fn wrap(text: &str, range: Range<usize>, columns: Columns) -> Vec<Line> {
    let columns = columns.at_least_one();
    let range = clip(text, range);
    let parts = parts(&text[range.clone()], columns);
    if parts.is_empty() {
        return Vec::new();
    }
    let widths = [f64::from(narrow(columns.first)), f64::from(narrow(columns.rest))];
    wrap_first_fit(&parts, &widths)
        .into_iter()
        .filter_map(|line| Some((line.first()?.start, line.last()?.end)))
        .map(|(start, end)| Line { range: range.start + start..range.start + end })
        .collect()
}

/// Parts a byte range of `text` into pieces of at most `max_bytes`, each cut behind white space if there
/// is any in it, else between graphemes, else between characters (one at least goes into each piece).
/// The pieces cover the range.
#[must_use]
pub fn soft_cuts(text: &str, range: Range<usize>, max_bytes: usize) -> Vec<Range<usize>> {
    let Range { mut start, end } = clip(text, range);
    let mut pieces = Vec::new();
    while end - start > max_bytes {
        let length = soft_cut(&text[start..end], max_bytes);
        pieces.push(start..start + length);
        start += length;
    }
    if start < end {
        pieces.push(start..end);
    }
    pieces
}

/// The range as far as it lies in the text and between characters.
pub(crate) fn clip(text: &str, range: Range<usize>) -> Range<usize> {
    let start = floor_boundary(text, range.start);
    start..floor_boundary(text, range.end).max(start)
}

fn soft_cut(text: &str, max_bytes: usize) -> usize {
    let first = text.chars().next().map_or(0, char::len_utf8);
    let limit = floor_boundary(text, max_bytes).max(first);
    let window = &text[..limit];
    // Not behind a carriage return: a line feed may follow.
    let is_cut = |c: char| is_prose_space(c) && c != '\r';
    if let Some(at) = window.rfind(is_cut) {
        return at + window[at..].chars().next().map_or(0, char::len_utf8);
    }
    let mut cursor = GraphemeCursor::new(limit, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(true) => limit,
        _ => cursor.prev_boundary(text, 0).ok().flatten().filter(|&at| at > 0).unwrap_or(limit),
    }
}

/// A word, or a part of one behind which a line may end.
#[derive(Debug)]
struct Part {
    start: usize,
    end: usize,
    width: u32,
    /// Columns of the white space behind it: 0 or 1.
    space: u32,
}

impl Fragment for Part {
    fn width(&self) -> f64 {
        f64::from(self.width)
    }

    fn whitespace_width(&self) -> f64 {
        f64::from(self.space)
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

fn parts(text: &str, columns: Columns) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::with_capacity(text.len() / 6);
    let mut at = prose_space(text);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let limit = if parts.is_empty() { columns.first } else { columns.rest };
        if let Some(length) = plain_word(rest).filter(|length| *length <= limit) {
            let (start, end) = (at, at + length);
            let space = usize::from(end < text.len());
            let width = narrow(length);
            parts.push(Part { start, end, width, space: narrow(space) });
            at = end + space;
            continue;
        }
        let length = rest.find(is_prose_space).unwrap_or(rest.len());
        let word = &rest[..length];
        let mut start = 0;
        for end in breaks(word).into_iter().chain([length]) {
            push_part(&mut parts, &word[start..end], at + start, columns);
            start = end;
        }
        let space = prose_space(&rest[length..]);
        if let Some(last) = parts.last_mut()
            && space > 0
        {
            last.space = 1;
        }
        at += length + space;
    }
    parts
}

/// The length of the first word, where it is unbreakable ASCII with one space or nothing behind it, as
/// most words are: a byte is a column.
fn plain_word(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_plain = |byte: u8| matches!(byte, b'!'..=b'~') && byte != b'-';
    let length = bytes.iter().position(|byte| !is_plain(*byte)).unwrap_or(bytes.len());
    let ends = match bytes.get(length..).unwrap_or_default() {
        [] => true,
        [b' ', next, ..] => matches!(next, b'!'..=b'~'),
        _ => false,
    };
    (length > 0 && ends).then_some(length)
}

/// Pushes a part of a word, in pieces if it is wider than a line.
fn push_part(parts: &mut Vec<Part>, part: &str, start: usize, columns: Columns) {
    // Only what comes first in the text has to stay on the first line, however long it is.
    let mut limit = if parts.is_empty() { columns.first } else { columns.rest };
    let width = display_width(part);
    if width <= limit {
        parts.push(Part { start, end: start + part.len(), width: narrow(width), space: 0 });
        return;
    }
    let mut piece = Part { start, end: start, width: 0, space: 0 };
    for cell in cells(part) {
        let width = piece.width + u32::from(cell.width);
        if piece.width > 0 && width > narrow(limit) {
            let next = Part { start: piece.end, end: piece.end, width: 0, space: 0 };
            parts.push(std::mem::replace(&mut piece, next));
            limit = columns.rest;
        }
        piece.width += u32::from(cell.width);
        piece.end = start + cell.range.end;
    }
    parts.push(piece);
}

fn narrow(columns: usize) -> u32 {
    u32::try_from(columns).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::cells::prose_cells;
    use crate::text::samples::odd_text;

    fn wrapped(text: &str, first: usize, rest: usize) -> Vec<&str> {
        let lines = wrap(text, 0..text.len(), Columns { first, rest });
        lines.into_iter().map(|line| &text[line.range]).collect()
    }

    #[test]
    fn prose() {
        let cases: [(&str, usize, &[&str]); 16] = [
            ("", 10, &[]),
            (" \n ", 10, &[]),
            ("Xi to visit Moscow", 80, &["Xi to visit Moscow"]),
            ("Xi to visit Moscow", 11, &["Xi to visit", "Moscow"]),
            ("  Xi to\n  visit   Moscow \n", 9, &["Xi to", "visit", "Moscow"]),
            ("Xi\nto", 80, &["Xi\nto"]),
            ("a Chinese-brokered deal", 12, &["a Chinese-", "brokered", "deal"]),
            ("on March 20-22 in", 12, &["on March", "20-22 in"]),
            ("see https://a.org/b-c-d now", 8, &["see", "https://", "a.org/b-", "c-d now"]),
            ("习近平访问莫斯科。", 8, &["习近平访", "问莫斯", "科。"]),
            ("习", 1, &["习"]),
            ("ab习", 1, &["a", "b", "习"]),
            ("e\u{301}e\u{301}e\u{301}", 2, &["e\u{301}e\u{301}", "e\u{301}"]),
            (
                "👨\u{200d}👩\u{200d}👧👨\u{200d}👩\u{200d}👧",
                3,
                &["👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧"],
            ),
            ("Mr.\u{a0}Xi went", 7, &["Mr.\u{a0}Xi", "went"]),
            ("abc", 0, &["a", "b", "c"]),
        ];
        for (text, columns, lines) in cases {
            assert_eq!(wrapped(text, columns, columns), lines, "{text:?} in {columns}");
        }
    }

    #[test]
    fn the_first_line_has_its_own_width() {
        assert_eq!(wrapped("one two three four", 3, 9), ["one", "two three", "four"]);
        assert_eq!(wrapped("one two three four", 9, 5), ["one two", "three", "four"]);
        assert_eq!(wrapped("Moscow is", 4, 9), ["Mosc", "ow is"]);
    }

    #[test]
    fn a_part_of_the_text() {
        let text = "one two three";
        assert_eq!(wrap(text, 3..9, Columns::all(80)), [Line { range: 4..9 }]);
        assert_eq!(wrap(text, 8..99, Columns::all(80)), [Line { range: 8..13 }]);
    }

    #[test]
    fn cuts() {
        for (text, max, pieces) in [
            ("", 4, &[] as &[&str]),
            ("abc", 4, &["abc"]),
            ("one two three", 8, &["one two ", "three"]),
            ("abcdefgh", 3, &["abc", "def", "gh"]),
            ("习近平", 4, &["习", "近", "平"]),
            ("习近", 1, &["习", "近"]),
            ("abe\u{301}", 4, &["ab", "e\u{301}"]),
            ("a\u{301}\u{301}\u{301}", 4, &["a\u{301}", "\u{301}\u{301}"]),
            ("ab\r\ncd", 3, &["ab", "\r\n", "cd"]),
        ] {
            let cut: Vec<_> =
                soft_cuts(text, 0..text.len(), max).into_iter().map(|r| &text[r]).collect();
            assert_eq!(cut, pieces, "{text:?} by {max}");
        }
    }

    proptest! {
        #[test]
        fn no_character_is_lost_and_no_line_too_wide(
            text in odd_text(), first in 0usize..30, rest in 0usize..30,
        ) {
            let mut end = 0;
            for (number, line) in wrap(&text, 0..text.len(), Columns { first, rest }).iter().enumerate() {
                prop_assert!(text[end..line.range.start].chars().all(is_prose_space));
                prop_assert!(!line.range.is_empty());
                end = line.range.end;
                let shown: Vec<_> = prose_cells(&text[line.range.clone()]).collect();
                let width: usize = shown.iter().map(|cell| usize::from(cell.width)).sum();
                let seen = shown.iter().filter(|cell| cell.width > 0).count();
                let limit = if number == 0 { first } else { rest }.max(1);
                prop_assert!(width <= limit || seen == 1, "{:?} of {}", &text[line.range.clone()], limit);
            }
            prop_assert!(text[end..].chars().all(is_prose_space));
        }

        #[test]
        fn any_white_space_parts_words_alike(text in "[a-z ,./-]{0,60}", columns in 1usize..20) {
            let tabs = text.replace(' ', "\t");
            let columns = Columns::all(columns);
            prop_assert_eq!(wrap(&text, 0..text.len(), columns), wrap(&tabs, 0..tabs.len(), columns));
        }

        #[test]
        fn cuts_cover_and_are_short(text in odd_text(), max in 1usize..40) {
            let mut end = 0;
            for piece in soft_cuts(&text, 0..text.len(), max) {
                prop_assert_eq!(piece.start, end);
                end = piece.end;
                let part = &text[piece];
                prop_assert!(part.len() <= max || part.chars().count() == 1);
                prop_assert!(!part.is_empty());
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
