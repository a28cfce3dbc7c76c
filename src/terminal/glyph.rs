//! What is written at once: a row of cells as the graphemes that it shows, each as one number, so that
//! two rows are compared as numbers are.

use std::collections::HashMap;

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::Modifier;

use super::pen::Look;

/// Stands for what must not reach a terminal.
const REPLACEMENT: char = '\u{fffd}';
/// So many looks, or clusters of several characters, are numbered before all begins anew. A theme has
/// some dozens of looks.
const MANY_LOOKS: usize = 256;
const MANY_CLUSTERS: usize = 4096;
/// What a glyph shows is a character's number, or from here on the number of a cluster.
const CLUSTERS: u32 = 0x8000_0000;

/// The number of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LookId(u16);

impl LookId {
    pub(super) const PLAIN: Self = Self(0);
}

/// A grapheme with its look: what a column of the terminal shows. Equal only where what is seen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph(u64);

impl Glyph {
    /// A blank on the terminal's own ground.
    pub(super) const BLANK: Self = Self::narrow(b' ', LookId::PLAIN);
    /// What lies under the end of a wide grapheme.
    pub(super) const COVERED: Self = Self(0);

    const LOOK: u32 = 32;
    const WIDTH: u32 = 48;
    const CERTAIN: u64 = 1 << 56;

    /// A sign of ASCII.
    #[inline]
    const fn narrow(byte: u8, look: LookId) -> Self {
        Self(byte as u64 | (look.0 as u64) << Self::LOOK | 1 << Self::WIDTH | Self::CERTAIN)
    }

    fn new(shown: u32, width: u16, is_certain: bool, look: LookId) -> Self {
        let certain = if is_certain { Self::CERTAIN } else { 0 };
        let width = u64::from(width.clamp(1, 0xff));
        Self(u64::from(shown) | u64::from(look.0) << Self::LOOK | width << Self::WIDTH | certain)
    }

    fn shown(self) -> u32 {
        (self.0 & 0xffff_ffff) as u32
    }

    /// The byte of a sign of ASCII.
    #[inline]
    pub(super) fn ascii(self) -> Option<u8> {
        u8::try_from(self.shown()).ok().filter(|byte| matches!(byte, b' '..=b'~'))
    }

    /// Its character; `None` of a cluster of several.
    pub(super) fn char(self) -> Option<char> {
        char::from_u32(self.shown())
    }

    /// Columns that it takes; 0 of what is covered.
    #[inline]
    pub(super) fn width(self) -> u16 {
        (self.0 >> Self::WIDTH & 0xff) as u16
    }

    #[inline]
    pub(super) fn look(self) -> LookId {
        LookId((self.0 >> Self::LOOK & 0xffff) as u16)
    }

    /// Whether all terminals agree on its width. They do not on sequences (joiners, variation
    /// selectors, combining marks) and on pictographs.
    #[inline]
    pub(super) fn is_certain(self) -> bool {
        self.0 & Self::CERTAIN != 0
    }
}

/// The looks and clusters that were met, each by its number.
#[derive(Debug)]
pub(super) struct Numbers {
    /// By number, each with the number of how a blank looks that is written so.
    looks: Vec<(Look, LookId)>,
    clusters: HashMap<Box<str>, u32>,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { looks: vec![(Look::PLAIN, LookId::PLAIN)], clusters: HashMap::new() }
    }
}

impl Numbers {
    /// Whether there are so many that it is better to begin anew, when glyphs with these numbers mean
    /// nothing any more.
    pub(super) fn are_many(&self) -> bool {
        self.looks.len() > MANY_LOOKS || self.clusters.len() > MANY_CLUSTERS
    }

    pub(super) fn look(&self, id: LookId) -> Look {
        self.looks.get(usize::from(id.0)).map_or(Look::PLAIN, |(look, _)| *look)
    }

    /// How a blank looks that is written with this look.
    #[inline]
    pub(super) fn on_blank(&self, id: LookId) -> LookId {
        self.looks.get(usize::from(id.0)).map_or(LookId::PLAIN, |(_, on_blank)| *on_blank)
    }

    fn id_of(&mut self, look: Look) -> LookId {
        let number = |at: usize| LookId(u16::try_from(at).unwrap_or(u16::MAX));
        if let Some(at) = self.looks.iter().position(|(known, _)| *known == look) {
            return number(at);
        }
        let on_blank = look.on_blank();
        let blank = (on_blank != look).then(|| self.id_of(on_blank));
        let id = number(self.looks.len());
        self.looks.push((look, blank.unwrap_or(id)));
        id
    }

    /// A row of cells as it is to be seen. A wide grapheme hides the cells under its end; one that does
    /// not fit before the edge is a blank; a symbol that takes no column is one too.
    pub(super) fn read(&mut self, row: &[Cell], glyphs: &mut [Glyph]) {
        let (mut styled, mut look, mut on_blank) = (&Cell::EMPTY, LookId::PLAIN, LookId::PLAIN);
        let columns = row.len();
        let mut cells = (0..columns).zip(row.iter().zip(glyphs));
        while let Some((x, (cell, glyph))) = cells.next() {
            if !is_styled_alike(cell, styled) {
                styled = cell;
                look = self.id_of(Look::of(cell));
                on_blank = self.on_blank(look);
            }
            match *cell.symbol().as_bytes() {
                [b' '] => {
                    *glyph = Glyph::narrow(b' ', on_blank);
                    continue;
                }
                [byte @ b'!'..=b'~'] => {
                    *glyph = Glyph::narrow(byte, look);
                    continue;
                }
                _ => *glyph = self.glyph(cell.symbol(), (look, on_blank)),
            }
            let width = usize::from(glyph.width());
            if width > columns - x {
                *glyph = Glyph::narrow(b' ', on_blank);
            } else if width > 1 {
                let hidden = cells.by_ref().take(width - 1);
                hidden.for_each(|(_, (_, glyph))| *glyph = Glyph::COVERED);
            }
        }
    }

    /// The last defence: whatever came this far, no terminal is to obey it.
    fn glyph(&mut self, symbol: &str, (look, on_blank): (LookId, LookId)) -> Glyph {
        let mut chars = symbol.chars();
        let one = chars.next().filter(|_| chars.next().is_none());
        if let Some(c) = one.filter(|c| is_plainly_narrow(*c)) {
            return Glyph::new(c.into(), 1, true, look);
        }
        if symbol.chars().any(char::is_control) {
            return Glyph::new(REPLACEMENT.into(), 1, true, look);
        }
        match (symbol.cell_width(), one) {
            (0, _) => Glyph::narrow(b' ', on_blank),
            (width, Some(c)) => {
                let is_certain =
                    width == 1 || matches!(c, '\u{1100}'..'\u{2300}' | '\u{2e80}'..'\u{1f000}');
                Glyph::new(c.into(), width, is_certain, look)
            }
            (width, None) => Glyph::new(self.cluster(symbol), width, false, look),
        }
    }

    fn cluster(&mut self, symbol: &str) -> u32 {
        if let Some(number) = self.clusters.get(symbol) {
            return *number;
        }
        let number = CLUSTERS | u32::try_from(self.clusters.len()).unwrap_or(u32::MAX);
        self.clusters.insert(symbol.into(), number);
        number
    }
}

/// Whether two cells have one look: that of a line only where there is one.
#[inline]
fn is_styled_alike(cell: &Cell, other: &Cell) -> bool {
    cell.modifier == other.modifier
        && cell.fg == other.fg
        && cell.bg == other.bg
        && (!cell.modifier.contains(Modifier::UNDERLINED)
            || cell.underline_color == other.underline_color)
}

/// Whether it is one of the signs of which a screen is full besides ASCII: lines and boxes, which are
/// narrow everywhere.
fn is_plainly_narrow(c: char) -> bool {
    matches!(c, '\u{2500}'..'\u{25a0}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(symbols: &[&'static str]) -> Vec<Glyph> {
        let row: Vec<Cell> = symbols.iter().map(|symbol| Cell::new(symbol)).collect();
        let mut glyphs = vec![Glyph::BLANK; row.len()];
        Numbers::default().read(&row, &mut glyphs);
        glyphs
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_a_glyph() {
        for symbol in ["\x1b", "\x07", "\x7f", "\u{9b}", "a\x1b[2J", "\n", "e\u{301}\u{85}"] {
            assert_eq!(read(&[symbol])[0].char(), Some(REPLACEMENT), "{symbol:?}");
        }
    }

    #[test]
    fn a_wide_grapheme_hides_what_is_under_its_end() {
        let seen = |symbols: &[&'static str]| -> Vec<Option<char>> {
            read(symbols).into_iter().map(Glyph::char).collect()
        };
        assert_eq!(seen(&["習", " ", "a"]), [Some('習'), Some('\0'), Some('a')]);
        assert_eq!(seen(&["a", "習"]), [Some('a'), Some(' ')], "no room for it");
        assert_eq!(seen(&["\u{301}", ""]), [Some(' '), Some(' ')], "takes no column");
        assert_eq!(seen(&["e\u{301}", "b"]), [None, Some('b')]);
    }

    #[test]
    fn glyphs_are_equal_where_they_look_so() {
        let mut numbers = Numbers::default();
        let mut glyph = |symbol: &'static str, style: ratatui::style::Style| {
            let mut glyphs = [Glyph::BLANK];
            let mut cell = Cell::new(symbol);
            cell.set_style(style);
            numbers.read(&[cell], &mut glyphs);
            glyphs[0]
        };
        let plain = ratatui::style::Style::new();
        assert_eq!(glyph("e\u{301}", plain), glyph("e\u{301}", plain));
        assert_ne!(glyph("e\u{301}", plain), glyph("e\u{300}", plain));
        assert_ne!(glyph("x", plain), glyph("x", plain.red()));
        assert_eq!(glyph(" ", plain.red().bold()), Glyph::BLANK);
        assert_ne!(glyph(" ", plain.on_red()), Glyph::BLANK);
        assert_ne!(glyph(" ", plain.reversed()), glyph(" ", plain.reversed().red()));
    }
}
