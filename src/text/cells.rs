//! The only way in which text reaches a screen: as cells, one for each grapheme, each safe to print
//! and with the width that the drawing library will reckon for it.

use std::borrow::Cow;
use std::iter::FusedIterator;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text::clean::visible;

/// How many characters without width (combining marks) are shown on one base; more would smear over
/// the lines above and below.
const MARKS: usize = 8;

/// The widest cell; a longer cluster (an endless conjunct) is parted into several cells.
const WIDEST: usize = 8;

/// Columns from one tab stop to the next in verbatim text.
const TAB: usize = 4;

/// What carries a mark that stands alone (U+25CC DOTTED CIRCLE, as the Unicode Standard §2.11 has it).
const MARK_BASE: char = '◌';

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
    /// Where the cluster ends that is being given in parts.
    parted: usize,
}

/// The cells of a text in one line: a title, a name, a message. Each newline (`\r\n` is one) and each
/// tab is a cell with one space.
///
/// The ranges cover `text` without gap or overlap. Concatenated, what is shown is
/// [`clean_line`](crate::text::clean_line) of the text, but for lone and surplus combining marks.
#[must_use]
pub fn cells(text: &str) -> Cells<'_> {
    Cells { text, space: Space::Each, at: 0, column: 0, parted: 0 }
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
    /// The first cell of `rest`: its bytes, what is shown, its width.
    fn cell(&mut self, rest: &'a str) -> (usize, Cow<'a, str>, u16) {
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
        let cluster = if self.parted > self.at {
            &rest[..self.parted - self.at]
        } else {
            rest.graphemes(true).next().unwrap_or(rest)
        };
        let part = widest_part(cluster);
        self.parted = self.at + cluster.len();
        let (shown, width) = show(part);
        (part.len(), shown, width)
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

/// Columns of a cluster, as the drawing library reckons a cell's symbol.
fn columns(cluster: &str) -> u16 {
    u16::try_from(cluster.width()).unwrap_or(u16::MAX)
}

/// The cluster, or as much of it as one cell may hold.
fn widest_part(cluster: &str) -> &str {
    if cluster.len() <= WIDEST || usize::from(columns(cluster)) <= WIDEST {
        return cluster;
    }
    let mut width = 0;
    for (start, c) in cluster.char_indices() {
        width += usize::from(columns(c.encode_utf8(&mut [0; 4])));
        if width > WIDEST {
            return &cluster[..start];
        }
    }
    cluster
}

fn show(cluster: &str) -> (Cow<'_, str>, u16) {
    let width = columns(cluster);
    let is_plain = width > 0
        && cluster.chars().count() <= MARKS
        && cluster.chars().all(|c| visible(c).is_none() && sound_mark(c).is_none());
    if is_plain {
        return (Cow::Borrowed(cluster), width);
    }
    let mut shown = safe(cluster);
    let mut width = columns(&shown);
    if width == 0 && !shown.is_empty() {
        shown.insert(0, MARK_BASE);
        if shown.graphemes(true).count() > 1 {
            shown.truncate(MARK_BASE.len_utf8());
        }
        width = columns(&shown);
    }
    (Cow::Owned(shown), width)
}

/// The cluster with stand-ins, without joiners and selectors that have nothing to join or select, and
/// with no more than [`MARKS`] in a row.
fn safe(cluster: &str) -> String {
    let mut shown = String::with_capacity(cluster.len().min(64));
    let mut marks = 0;
    for c in cluster.chars() {
        if let Some(stand_in) = visible(c) {
            shown.push_str(stand_in);
            continue;
        }
        let c = sound_mark(c).unwrap_or(c);
        marks = if c.width() == Some(0) { marks + 1 } else { 0 };
        let joins_nothing = shown.is_empty() && is_joiner_or_selector(c);
        if marks <= MARKS && !joins_nothing {
            shown.push(c);
        }
    }
    shown
}

/// The combining form of a halfwidth katakana sound mark: terminals and libraries disagree whether
/// the halfwidth form takes a column, none about the combining one.
fn sound_mark(c: char) -> Option<char> {
    match c {
        '\u{FF9E}' => Some('\u{3099}'),
        '\u{FF9F}' => Some('\u{309A}'),
        _ => None,
    }
}

fn is_joiner_or_selector(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{180B}'..='\u{180D}' | '\u{180F}')
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::clean::is_obeyed;
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
            shown(verbatim_cells("\ta\t習\tb  ")),
            [("    ", 4), ("a", 1), ("   ", 3), ("習", 2), ("  ", 2), ("b", 1), (" ", 1), (" ", 1)]
                .map(|(s, w)| (s.to_owned(), w))
        );
    }

    proptest! {
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
