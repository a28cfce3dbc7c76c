//! Texts cut or padded to a number of columns, by grapheme, never in the middle of one. What these
//! give is clean: they go through [`cells`].

use std::borrow::Cow;

use crate::text::cells::{Cell, Piece, cells};

/// What stands for the part that was cut off; one column.
const ELLIPSIS: char = '…';

/// Columns that a text takes in one line: the sum of the widths of its [`cells`].
#[must_use]
pub fn display_width(text: &str) -> usize {
    let width = |piece: Piece<'_>| match piece {
        Piece::Plain { text, .. } => text.len(),
        Piece::Cell(cell) => cell.width.into(),
    };
    cells(text).pieces().map(width).sum()
}

/// The text in at most `columns` columns: whole, or cut at its end with `…`. Of 0 columns the empty
/// text, of one column at most the `…`.
#[must_use]
pub fn ellipsize(text: &str, columns: usize) -> Cow<'_, str> {
    if text.len() <= columns && is_plain(text) {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else { return Cow::Borrowed("") };
    let mut out = String::with_capacity(text.len().min(columns * 2) + ELLIPSIS.len_utf8());
    let (mut width, mut kept) = (0, 0);
    for piece in cells(text).pieces() {
        match piece {
            Piece::Plain { text, .. } => {
                let fits = text.get(..columns - width).unwrap_or(text);
                if width <= room {
                    kept = out.len() + fits.len().min(room - width);
                }
                out.push_str(fits);
                width += text.len();
            }
            Piece::Cell(cell) => {
                width += usize::from(cell.width);
                if width <= columns {
                    out.push_str(&cell.shown);
                }
                if width <= room {
                    kept = out.len();
                }
            }
        }
        if width > columns {
            out.truncate(kept);
            out.truncate(out.trim_end().len());
            out.push(ELLIPSIS);
            return Cow::Owned(out);
        }
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// The text in at most `columns` columns: whole, or with `…` for its middle, so that both the folder
/// and the end of a file's name are seen. The end gets the odd column.
#[must_use]
pub fn ellipsize_middle(text: &str, columns: usize) -> Cow<'_, str> {
    if display_width(text) <= columns {
        return ellipsize(text, columns);
    }
    let Some(room) = columns.checked_sub(1) else { return Cow::Borrowed("") };
    let all: Vec<Cell<'_>> = cells(text).collect();
    let head = fitting(all.iter(), room / 2);
    let tail = fitting(all.iter().skip(head).rev(), room - room / 2);
    let mut out: String = all.iter().take(head).map(|cell| &*cell.shown).collect();
    out.push(ELLIPSIS);
    out.extend(all.iter().skip(all.len() - tail).map(|cell| &*cell.shown));
    Cow::Owned(out)
}

/// The text in exactly `columns` columns: cut as [`ellipsize`] does, then filled with spaces.
#[must_use]
pub fn pad(text: &str, columns: usize) -> String {
    let mut out = ellipsize(text, columns).into_owned();
    let missing = columns.saturating_sub(display_width(&out));
    out.extend(std::iter::repeat_n(' ', missing));
    out
}

/// How many of the first cells fit into so many columns.
#[must_use]
pub fn fitting<'a>(cells: impl Iterator<Item = &'a Cell<'a>>, columns: usize) -> usize {
    let mut width = 0;
    cells
        .take_while(|cell| {
            width += usize::from(cell.width);
            width <= columns
        })
        .count()
}

/// Whether each byte is a printable ASCII character, so that bytes are columns.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::clean::is_obeyed;
    use crate::text::samples::odd_text;

    #[test]
    fn widths() {
        for (text, width) in [
            ("", 0),
            ("Moscow", 6),
            ("習近平", 6),
            ("Erdog\u{306}an", 7),
            ("👨\u{200d}👩\u{200d}👧 🇷🇺", 5),
            ("a\tb\r\nc", 5),
            ("\u{1b}[m", 3),
            ("\u{200b}x", 1),
            ("السلام", 6),
        ] {
            assert_eq!(display_width(text), width, "{text:?}");
        }
    }

    #[test]
    fn cut_at_the_end() {
        for (text, columns, expected) in [
            ("Moscow", 6, "Moscow"),
            ("Moscow", 5, "Mosc…"),
            ("Xi to visit", 4, "Xi…"),
            ("習近平", 6, "習近平"),
            ("習近平", 5, "習近…"),
            ("習近平", 4, "習…"),
            ("習", 1, "…"),
            ("x", 1, "x"),
            ("xy", 1, "…"),
            ("xy", 0, ""),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
            ("a\nb", 3, "a b"),
            ("\u{1b}]0;", 3, "␛]…"),
        ] {
            assert_eq!(ellipsize(text, columns), expected, "{text:?} in {columns}");
        }
        assert!(matches!(ellipsize("Erdoğan", 7), Cow::Borrowed(_)));
    }

    #[test]
    fn cut_in_the_middle() {
        for (text, columns, expected) in [
            ("briefings/2023-03-17-xi.yaml", 28, "briefings/2023-03-17-xi.yaml"),
            ("briefings/2023-03-17-xi.yaml", 12, "brief…i.yaml"),
            ("習近平習近平", 6, "習…平"),
            ("abc", 2, "…c"),
            ("abc", 1, "…"),
            ("abc", 0, ""),
        ] {
            assert_eq!(ellipsize_middle(text, columns), expected, "{text:?} in {columns}");
        }
    }

    proptest! {
        #[test]
        fn as_wide_as_its_cells_and_cut_between_them(text in odd_text(), columns in 1usize..40) {
            let all: Vec<Cell<'_>> = cells(&text).collect();
            let shown = |cells: &[Cell<'_>]| cells.iter().map(|cell| &*cell.shown).collect::<String>();
            let width: usize = all.iter().map(|cell| usize::from(cell.width)).sum();
            prop_assert_eq!(display_width(&text), width);
            let head = shown(&all[..fitting(all.iter(), columns - 1)]);
            let cut = if width > columns { format!("{}…", head.trim_end()) } else { shown(&all) };
            prop_assert_eq!(ellipsize(&text, columns), cut);
        }

        #[test]
        fn never_wider_and_never_obeyed(text in odd_text(), columns in 0usize..40) {
            for cut in [ellipsize(&text, columns), ellipsize_middle(&text, columns)] {
                prop_assert!(display_width(&cut) <= columns, "{:?}", cut);
                prop_assert!(!cut.chars().any(is_obeyed));
            }
            let padded = pad(&text, columns);
            prop_assert_eq!(display_width(&padded), columns, "{:?}", padded);
        }
    }
}
