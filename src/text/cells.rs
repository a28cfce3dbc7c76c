//! The only way in which text reaches a screen: as cells, one for each grapheme, each safe to print
//! and with the width that the drawing library will reckon for it.

use std::borrow::Cow;
use std::iter::FusedIterator;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::grapheme::{columns, letter, show, widest_part};
use crate::text::position::floor_boundary;

/// The most bytes in a cell; a longer cluster is parted. Zalgo keeps far below it.
const LONGEST: usize = 256;

/// Columns from one tab stop to the next in verbatim text.
const TAB: usize = 4;

const TAB_SPACES: [&str; TAB] = ["    ", "   ", "  ", " "];

/// A grapheme as it is put on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The bytes of the text that it shows.
    pub range: Range<usize>,
    /// What to print: holds nothing that a terminal obeys. Empty for what is never seen, such as a
    /// zero width space.
    pub shown: Cow<'a, str>,
    /// Columns that `shown` takes, by `unicode-width`: 0 only where `shown` is empty, up to 8.
    pub width: u16,
}

/// A stretch of a text in which all cells are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Cells from a byte of the text on, each a byte that takes one column and is shown as it is.
    Plain {
        /// The byte of the text at which they begin.
        start: usize,
        /// All of them.
        text: &'a str,
    },
    /// One cell.
    Cell(Cell<'a>),
}

/// The white space of a text that has been given to [`Cells`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    /// Each newline and tab is a space.
    Each,
    /// A run of white space is one space.
    Run,
    /// A tab goes to the next stop.
    Stops,
}

/// The cells of a text; see [`cells`], [`prose_cells`] and [`verbatim_cells`].
#[derive(Debug, Clone)]
pub struct Cells<'a> {
    text: &'a str,
    space: Space,
    at: usize,
    /// Columns given so far.
    column: usize,
}

/// The cells of a text in one line: a title, a name, a message. Each newline (`\r\n` is one) and each
/// tab is a cell with one space.
///
/// The ranges cover `text` without gap or overlap. Concatenated, what is shown is
/// [`clean_line`](crate::text::clean_line) of the text, but for lone and surplus combining marks.
#[must_use]
pub fn cells(text: &str) -> Cells<'_> {
    Cells { text, space: Space::Each, at: 0, column: 0 }
}

/// The cells of a line that [`wrap`](crate::text::wrap()) gave: a run of white space, newlines
/// included, is one cell with one space. Ranges are relative to `text`, the line's own slice.
#[must_use]
pub fn prose_cells(text: &str) -> Cells<'_> {
    Cells { space: Space::Run, ..cells(text) }
}

/// The cells of a line that [`wrap_verbatim`](crate::text::wrap_verbatim) gave: a tab is one cell with
/// spaces to the next multiple of four columns. Ranges are relative to `text`, the line's own slice.
#[must_use]
pub fn verbatim_cells(text: &str) -> Cells<'_> {
    Cells { space: Space::Stops, ..cells(text) }
}

impl<'a> Iterator for Cells<'a> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let (length, shown, width) = self.cell(rest);
        self.at = start + length;
        self.column += usize::from(width);
        Some(Cell { range: start..self.at, shown, width })
    }
}

impl FusedIterator for Cells<'_> {}

impl<'a> Cells<'a> {
    /// The same cells, those of printable ASCII by runs: most of all that is ever shown.
    pub fn pieces(mut self) -> impl Iterator<Item = Piece<'a>> {
        std::iter::from_fn(move || {
            let (start, text) = (self.at, self.plain_run());
            if text.is_empty() {
                return self.next().map(Piece::Cell);
            }
            self.at += text.len();
            self.column += text.len();
            Some(Piece::Plain { start, text })
        })
    }

    /// What of the text comes next, as far as each byte is a cell of one column that shows it.
    fn plain_run(&self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let bytes = rest.as_bytes();
        let is_run = self.space == Space::Run;
        let ends = |(at, byte): (usize, &u8)| match byte {
            b' ' => is_run && bytes.get(at + 1) == Some(&b' '),
            byte => !matches!(byte, b'!'..=b'~'),
        };
        let end = bytes.iter().enumerate().position(ends).unwrap_or(bytes.len());
        let end = match bytes.get(end..).unwrap_or_default() {
            // Neither space nor dashes, quotes and the ellipsis form a cluster with what stands before them.
            [] | [b' ', ..] | [0xe2, 0x80, 0x90..=0x9f | 0xa6, ..] => end,
            _ => end.saturating_sub(1),
        };
        rest.get(..end).unwrap_or_default()
    }

    /// The first cell of `rest`: its bytes, what is shown, its width.
    fn cell(&self, rest: &'a str) -> (usize, Cow<'a, str>, u16) {
        if self.space == Space::Run
            && let length @ 1.. = prose_space(rest)
        {
            return (length, Cow::Borrowed(" "), 1);
        }
        match *rest.as_bytes() {
            [b' '..=b'~'] | [b' '..=b'~', 0..0x80, ..] => {
                return (1, Cow::Borrowed(&rest[..1]), 1);
            }
            [b'\t', ..] if self.space == Space::Stops => {
                let spaces = TAB_SPACES[self.column % TAB];
                return (1, Cow::Borrowed(spaces), columns(spaces));
            }
            [b'\t' | b'\n', ..] => return (1, Cow::Borrowed(" "), 1),
            [b'\r', b'\n', ..] => return (2, Cow::Borrowed(" "), 1),
            _ => {}
        }
        if let Some((length, width)) = letter(rest) {
            return (length, Cow::Borrowed(&rest[..length]), width);
        }
        let near = &rest[..floor_boundary(rest, LONGEST)];
        let cluster = near.graphemes(true).next().unwrap_or(near);
        // A prepended mark takes the space behind it into its cluster, which is no place to break.
        let end = cluster.find(is_prose_space).filter(|_| self.space == Space::Run);
        let cluster = widest_part(&cluster[..end.unwrap_or(cluster.len())]);
        let (shown, width) = show(cluster);
        (cluster.len(), shown, width)
    }
}

/// Bytes of the white space at which prose may be broken and that [`prose_cells`] shows as one space;
/// 0 if the text does not begin with any. No-break spaces are not among it.
pub(crate) fn prose_space(text: &str) -> usize {
    text.char_indices().find(|&(_, c)| !is_prose_space(c)).map_or(text.len(), |(end, _)| end)
}

/// Whether prose may be broken at this white space (the breaking spaces of UAX 14, classes SP, BA and
/// ID, with tab, line feed and carriage return).
pub(crate) fn is_prose_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
        || matches!(c, '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}')
        || matches!(c, '\u{205F}' | '\u{3000}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::clean::is_obeyed;
    use crate::text::grapheme::{MARKS, WIDEST};
    use crate::text::samples::odd_text;

    fn shown(cells: Cells<'_>) -> Vec<(String, u16)> {
        cells.map(|cell| (cell.shown.into_owned(), cell.width)).collect()
    }

    #[test]
    fn one_cell_a_grapheme() {
        let cases: [(&str, &[(&str, u16)]); 19] = [
            ("aé", &[("a", 1), ("é", 1)]),
            ("e\u{301}x", &[("e\u{301}", 1), ("x", 1)]),
            ("習近", &[("習", 2), ("近", 2)]),
            (
                "👨\u{200d}👩\u{200d}👧\u{200d}👦!",
                &[("👨\u{200d}👩\u{200d}👧\u{200d}👦", 2), ("!", 1)],
            ),
            (
                "👩🏻\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👩🏽",
                &[("👩🏻\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👩🏽", 2)],
            ),
            ("🇨🇳🇷🇺", &[("🇨🇳", 2), ("🇷🇺", 2)]),
            (
                "a\r\nb\nc\rd\te",
                &[
                    ("a", 1),
                    (" ", 1),
                    ("b", 1),
                    (" ", 1),
                    ("c", 1),
                    ("␍", 1),
                    ("d", 1),
                    (" ", 1),
                    ("e", 1),
                ],
            ),
            ("\u{1b}[m", &[("␛", 1), ("[", 1), ("m", 1)]),
            ("\u{9b}m", &[("␛[", 2), ("m", 1)]),
            ("\u{301}a", &[("◌\u{301}", 1), ("a", 1)]),
            ("\u{1b}\u{301}", &[("␛", 1), ("◌\u{301}", 1)]),
            ("ｶﾞﾟ", &[("ｶ\u{3099}\u{309a}", 1)]),
            ("\u{3164}a", &[("◌", 1), ("a", 1)]),
            ("\u{202e}a", &[("⇐", 1), ("a", 1)]),
            ("a\u{200b}b", &[("a", 1), ("", 0), ("b", 1)]),
            ("\u{fe0f}a", &[("", 0), ("a", 1)]),
            ("می\u{200c}خ", &[("م", 1), ("ی\u{200c}", 1), ("خ", 1)]),
            ("क्ष्म", &[("क्ष्म", 3)]),
            ("🏴\u{e0067}\u{e0062}\u{e007f}", &[("🏴", 2)]),
        ];
        for (text, expected) in cases {
            let expected: Vec<_> = expected.iter().map(|&(s, w)| (s.to_owned(), w)).collect();
            assert_eq!(shown(cells(text)), expected, "{text:?}");
        }
    }

    #[test]
    fn marks_are_capped() {
        let zalgo = format!("a{}b", "\u{317}".repeat(50));
        let cells: Vec<_> = cells(&zalgo).collect();
        assert_eq!(cells.len(), 2);
        assert_eq!(cells[0].shown.chars().count(), 1 + MARKS);
        assert_eq!(cells[0].range, 0..101);
    }

    #[test]
    fn endless_clusters_are_parted() {
        for endless in ["क्".repeat(40), "ᄀ".repeat(40)] {
            let widths: Vec<_> = cells(&endless).map(|cell| usize::from(cell.width)).collect();
            assert!(widths.iter().all(|&width| (1..=WIDEST).contains(&width)), "{widths:?}");
        }
    }

    #[test]
    fn white_space_in_prose_and_verbatim() {
        assert_eq!(
            shown(prose_cells("a \n b\u{a0}c\t")),
            [("a", 1), (" ", 1), ("b", 1), ("\u{a0}", 1), ("c", 1), (" ", 1)]
                .map(|(s, w)| (s.to_owned(), w))
        );
        assert_eq!(
            shown(prose_cells("\u{600}  a")),
            [("\u{600}", 1), (" ", 1), ("a", 1)].map(|(s, w)| (s.to_owned(), w))
        );
        assert_eq!(
            shown(verbatim_cells("\ta\t習\tb  ")),
            [("    ", 4), ("a", 1), ("   ", 3), ("習", 2), ("  ", 2), ("b", 1), (" ", 1), (" ", 1)]
                .map(|(s, w)| (s.to_owned(), w))
        );
    }

    proptest! {
        #[test]
        fn pieces_hold_the_same_cells(text in odd_text()) {
            for all in [cells(&text), prose_cells(&text), verbatim_cells(&text)] {
                let parted = all.clone().pieces().flat_map(|piece| match piece {
                    Piece::Cell(cell) => vec![cell],
                    Piece::Plain { start, text } => (0..text.len())
                        .map(|at| Cell {
                            range: start + at..start + at + 1,
                            shown: text[at..=at].into(),
                            width: 1,
                        })
                        .collect(),
                });
                prop_assert_eq!(parted.collect::<Vec<_>>(), all.collect::<Vec<_>>());
            }
        }

        #[test]
        fn cells_cover_the_text_and_are_safe(text in odd_text()) {
            for cells in [cells(&text), prose_cells(&text), verbatim_cells(&text)] {
                let mut end = 0;
                for cell in cells {
                    prop_assert_eq!(cell.range.start, end);
                    prop_assert!(cell.range.end > end && text.is_char_boundary(cell.range.end));
                    end = cell.range.end;
                    prop_assert!(!cell.shown.chars().any(is_obeyed), "{:?}", cell);
                    prop_assert_eq!(cell.width, columns(&cell.shown));
                    prop_assert_eq!(cell.width == 0, cell.shown.is_empty());
                    prop_assert!(usize::from(cell.width) <= WIDEST);
                }
                prop_assert_eq!(end, text.len());
            }
        }
    }
}
