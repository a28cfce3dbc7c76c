//! What is written at once: a row of cells as the graphemes that it shows.

use ratatui::buffer::{Cell, CellWidth};

use super::pen::Look;

/// Stands for what must not reach a terminal.
const REPLACEMENT: &str = "\u{fffd}";

/// A grapheme at its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph<'a> {
    /// Column, from 0.
    pub(super) x: u16,
    /// Columns that it takes, at least 1.
    pub(super) width: u16,
    /// What is written; never empty, never with a control character.
    pub(super) symbol: &'a str,
    pub(super) look: Look,
}

impl Glyph<'_> {
    /// Whether it looks as it should when it is written with this pen.
    #[inline]
    pub(super) fn is_served_by(&self, pen: Look) -> bool {
        pen.serves(self.look, self.symbol.as_bytes().first().copied().unwrap_or_default())
    }

    /// Whether it stands in a row, where one of its glyphs begins at the same column.
    #[inline]
    pub(super) fn is_at(&self, row: &[Cell]) -> bool {
        drawn_at(row, self.x).is_some_and(|(cell, symbol, width)| {
            symbol == self.symbol && width == self.width && Look::of(cell) == self.look
        })
    }

    /// Whether all terminals agree on its width. They do not on sequences (joiners, variation
    /// selectors, combining marks) and on pictographs.
    #[inline]
    pub(super) fn is_certain(&self) -> bool {
        if self.symbol.len() == 1 {
            return true;
        }
        let mut chars = self.symbol.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => {
                self.width == 1 || matches!(c, '\u{1100}'..'\u{2300}' | '\u{2e80}'..'\u{1f000}')
            }
            _ => false,
        }
    }
}

/// A row of cells as it is written, from the beginning of a glyph on. A wide grapheme hides the cells
/// under its end; one that does not fit before the edge is a blank; a symbol that takes no column is
/// one too.
pub(super) fn glyphs_from(row: &[Cell], x: u16) -> impl Iterator<Item = Glyph<'_>> {
    let mut next = x;
    std::iter::from_fn(move || {
        let glyph = glyph_at(row, next)?;
        next += glyph.width;
        Some(glyph)
    })
}

/// The glyph that begins in a cell of a row.
#[inline]
pub(super) fn glyph_at(row: &[Cell], x: u16) -> Option<Glyph<'_>> {
    let (cell, symbol, width) = drawn_at(row, x)?;
    Some(Glyph { x, width, symbol, look: Look::of(cell) })
}

/// How wide it is.
#[inline]
pub(super) fn width_at(row: &[Cell], x: u16) -> Option<u16> {
    drawn_at(row, x).map(|(_, _, width)| width)
}

#[inline]
fn drawn_at(row: &[Cell], x: u16) -> Option<(&Cell, &str, u16)> {
    let columns = u16::try_from(row.len()).unwrap_or(u16::MAX);
    let cell = row.get(usize::from(x)).filter(|_| x < columns)?;
    let (symbol, width) = drawable(cell.symbol());
    let (symbol, width) = if width > columns - x { (" ", 1) } else { (symbol, width) };
    Some((cell, symbol, width))
}

/// The last defence: whatever came this far, no terminal is to obey it.
#[inline]
fn drawable(symbol: &str) -> (&str, u16) {
    if matches!(symbol.as_bytes(), [b' '..=b'~']) || is_plainly_narrow(symbol) {
        return (symbol, 1);
    }
    if symbol.chars().any(char::is_control) {
        return (REPLACEMENT, 1);
    }
    match symbol.cell_width() {
        0 => (" ", 1),
        width => (symbol, width),
    }
}

/// Whether it is one of the signs of which a screen is full besides ASCII: lines and boxes (U+2500 to
/// U+259F), which are narrow everywhere.
#[inline]
fn is_plainly_narrow(symbol: &str) -> bool {
    matches!(symbol.as_bytes(), [0xe2, 0x94 | 0x95, 0x80..=0xbf] | [0xe2, 0x96, 0x80..=0x9f])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(symbols: &[&'static str]) -> Vec<(u16, String)> {
        let row: Vec<Cell> = symbols.iter().map(|symbol| Cell::new(symbol)).collect();
        glyphs_from(&row, 0).map(|glyph| (glyph.x, glyph.symbol.to_owned())).collect()
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_a_glyph() {
        for symbol in ["\x1b", "\x07", "\x7f", "\u{9b}", "a\x1b[2J", "\n", "e\u{301}\u{85}"] {
            assert_eq!(drawn(&[symbol]), [(0, REPLACEMENT.to_owned())], "{symbol:?}");
        }
    }

    #[test]
    fn every_column_is_covered_once() {
        let at = |x, symbol: &str| (x, symbol.to_owned());
        assert_eq!(drawn(&["習", " ", "a"]), [at(0, "習"), at(2, "a")]);
        assert_eq!(drawn(&["a", "習"]), [at(0, "a"), at(1, " ")], "no room for it");
        assert_eq!(drawn(&["\u{301}", ""]), [at(0, " "), at(1, " ")], "takes no column");
        assert_eq!(drawn(&["e\u{301}", "b"]), [at(0, "e\u{301}"), at(1, "b")]);
    }
}
