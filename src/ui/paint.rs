//! Putting text into cells: the one way by which any text reaches the screen.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::theme::{Role, Theme};
use crate::text::{
    Cell, Cells, ISOLATE_END, ISOLATE_START, Needle, Piece, cells, display_width, ellipsize,
    is_rtl, prose_cells, rtl_runs,
};

/// The words of a filter, and how they look where they are found.
pub(super) struct Lit {
    needle: Needle,
    style: Style,
}

impl Lit {
    pub(super) fn new(filter: &str, theme: &Theme) -> Self {
        Self { needle: Needle::smart_case(filter), style: theme.style(Role::Hit) }
    }
}

/// Writes one row of an area from the left to the right and never beyond it.
pub(super) struct Pen<'a> {
    buffer: &'a mut Buffer,
    x: u16,
    y: u16,
    end: u16,
}

impl<'a> Pen<'a> {
    /// A pen at the left of the area's row; below the area it writes nothing.
    pub(super) fn new(buffer: &'a mut Buffer, area: Rect, row: u16) -> Self {
        let area = area.intersection(buffer.area);
        let inside = row < area.height;
        let end = if inside { area.right() } else { area.x };
        Self { buffer, x: area.x, y: area.y + if inside { row } else { 0 }, end }
    }

    /// Columns that are left.
    pub(super) fn room(&self) -> usize {
        usize::from(self.end.saturating_sub(self.x))
    }

    /// The column at which the next cell goes.
    pub(super) fn column(&self) -> u16 {
        self.x
    }

    /// Keeps columns at the right end free.
    pub(super) fn reserve(&mut self, columns: usize) {
        self.end = self.end.saturating_sub(u16::try_from(columns).unwrap_or(u16::MAX)).max(self.x);
    }

    /// Writes a one-line text, cut at the end of the row.
    pub(super) fn write(&mut self, text: &str, style: Style) -> &mut Self {
        self.write_words(text, |_| Look::all(style))
    }

    fn write_words(&mut self, text: &str, look: impl Fn(usize) -> Look) -> &mut Self {
        self.write_mixed(text, cells(text), look)
    }

    /// Writes a line of prose, in which a run of white space is one space.
    pub(super) fn write_prose(&mut self, text: &str, look: impl Fn(usize) -> Look) -> &mut Self {
        self.write_mixed(text, prose_cells(text), look)
    }

    /// Writes a text cell by cell, but runs of printable ASCII, most of all that is ever written, at
    /// once.
    fn write_mixed(
        &mut self,
        text: &str,
        cells: Cells<'_>,
        look: impl Fn(usize) -> Look,
    ) -> &mut Self {
        if !text.is_ascii() && is_rtl(text) {
            return self.write_cells(text, cells, look);
        }
        for piece in cells.pieces() {
            match piece {
                Piece::Plain { start, text } => {
                    self.write_plain(text, |at| look(start + at).before(start));
                }
                Piece::Cell(cell) => {
                    self.write_cell(&cell, look(cell.range.start).style);
                }
            }
            if self.room() == 0 {
                break;
            }
        }
        self
    }

    /// Writes printable ASCII: a byte is a cell.
    fn write_plain(&mut self, text: &str, look: impl Fn(usize) -> Look) {
        let area = self.buffer.area;
        let row = usize::from(self.y.saturating_sub(area.y)) * usize::from(area.width);
        let first = row + usize::from(self.x.saturating_sub(area.x));
        let shown = text.len().min(self.room());
        let cells = self.buffer.content.get_mut(first..first + shown).unwrap_or_default();
        let mut cells = cells.iter_mut().zip(text.bytes());
        let mut at = 0;
        while at < shown {
            let Look { style, until } = look(at);
            let until = until.clamp(at + 1, shown);
            for (cell, byte) in cells.by_ref().take(until - at) {
                cell.set_char(char::from(byte)).set_style(style);
            }
            at = until;
        }
        self.x += u16::try_from(shown).unwrap_or(0);
    }

    /// Fills so many columns with a sign of one column.
    pub(super) fn fill(&mut self, sign: &str, columns: usize, style: Style) -> &mut Self {
        for _ in 0..columns.min(self.room()) {
            self.put(sign, 1, style);
        }
        self
    }

    /// Writes a sign of one column.
    pub(super) fn sign(&mut self, sign: &'static str, style: Style) -> &mut Self {
        self.fill(sign, 1, style)
    }

    /// Writes a one-line text with an ellipsis where it is longer than so many columns.
    pub(super) fn write_cut(&mut self, text: &str, columns: usize, style: Style) -> &mut Self {
        let cut = ellipsize(text, columns.min(self.room()));
        self.write(&cut, style)
    }

    /// Writes a text like `write_cut`, with the words that a filter found in it lit.
    pub(super) fn write_lit(
        &mut self,
        text: &str,
        columns: usize,
        style: Style,
        lit: &Lit,
    ) -> &mut Self {
        self.write_found(text, columns, style, lit.style, |shown| lit.needle.find_in(shown))
    }

    /// Writes a text like `write_cut`, with whatever is found in what is shown of it lit.
    pub(super) fn write_found(
        &mut self,
        text: &str,
        columns: usize,
        style: Style,
        lit: Style,
        find: impl Fn(&str) -> Vec<Range<usize>>,
    ) -> &mut Self {
        let cut = ellipsize(text, columns.min(self.room()));
        let found = find(&cut);
        let lit = style.patch(lit);
        self.write_words(&cut, |at| match found.iter().find(|range| at < range.end) {
            Some(range) if at < range.start => Look { style, until: range.start },
            Some(range) => Look { style: lit, until: range.end },
            None => Look::all(style),
        })
    }

    /// Writes a text that fills just so many columns: cut with an ellipsis, or padded.
    pub(super) fn write_padded(&mut self, text: &str, columns: usize, style: Style) -> &mut Self {
        let start = usize::from(self.x);
        self.write_cut(text, columns, style);
        let used = usize::from(self.x) - start;
        self.skip(columns.saturating_sub(used), style)
    }

    /// Writes a text at the right end of what is left.
    pub(super) fn write_right(&mut self, text: &str, style: Style) -> &mut Self {
        let width = display_width(text);
        if width <= self.room() {
            self.jump(self.room() - width);
            self.write(text, style);
        }
        self
    }

    /// Writes a text at the right end, which is not written over then; goes on where it was.
    pub(super) fn write_right_and_keep(&mut self, text: &str, style: Style) -> &mut Self {
        let (x, width) = (self.x, display_width(text));
        if width <= self.room() {
            self.write_right(text, style);
            self.x = x;
            self.reserve(width);
        }
        self
    }

    /// Goes on so many columns further to the right, over what stands there.
    pub(super) fn jump(&mut self, columns: usize) -> &mut Self {
        let columns = u16::try_from(columns.min(self.room())).unwrap_or(0);
        self.x += columns;
        self
    }

    /// Blank columns.
    pub(super) fn skip(&mut self, columns: usize, style: Style) -> &mut Self {
        self.fill(" ", columns, style)
    }

    /// Writes cells of `text` (all of one line), each in the look of its first byte. Runs from
    /// right to left stand in logical order, isolated so that a terminal that reorders them cannot
    /// move what stands beside.
    pub(super) fn write_cells<'t>(
        &mut self,
        text: &'t str,
        cells: impl Iterator<Item = Cell<'t>>,
        look: impl Fn(usize) -> Look,
    ) -> &mut Self {
        let runs = rtl_runs(text);
        for cell in cells {
            let opens = runs.iter().any(|run| run.start == cell.range.start);
            let closes = runs.iter().any(|run| run.end == cell.range.end);
            let at = self.x;
            if !self.write_cell(&cell, look(cell.range.start).style) {
                break;
            }
            if (opens || closes) && self.x > at {
                self.isolate(at, opens, closes);
            }
        }
        self
    }

    /// Writes a cell, or blanks for what is left where there is no room for it, which it tells.
    fn write_cell(&mut self, cell: &Cell<'_>, style: Style) -> bool {
        let fits = usize::from(cell.width) <= self.room();
        if fits {
            self.put(&cell.shown, cell.width, style);
        } else {
            self.skip(self.room(), style);
        }
        fits
    }

    fn isolate(&mut self, x: u16, opens: bool, closes: bool) {
        if let Some(cell) = self.buffer.cell_mut((x, self.y)) {
            let start = if opens { ISOLATE_START.to_string() } else { String::new() };
            let end = if closes { ISOLATE_END.to_string() } else { String::new() };
            let symbol = format!("{start}{}{end}", cell.symbol());
            cell.set_symbol(&symbol);
        }
    }

    fn put(&mut self, shown: &str, width: u16, style: Style) {
        let spaces = width > 1 && shown.chars().all(|c| c == ' ');
        for offset in 0..width {
            let Some(cell) = self.buffer.cell_mut((self.x + offset, self.y)) else { break };
            let symbol = if offset == 0 && !spaces { shown } else { " " };
            cell.set_symbol(symbol).set_style(style);
        }
        self.x += width;
    }
}

/// How a text looks from a byte of it on, and up to which byte at least.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) style: Style,
    pub(super) until: usize,
}

impl Look {
    /// The same style everywhere.
    pub(super) fn all(style: Style) -> Self {
        Self { style, until: usize::MAX }
    }

    /// The same in a text that begins so many bytes further on.
    fn before(self, start: usize) -> Self {
        Self { until: self.until.saturating_sub(start), ..self }
    }
}

/// Lays a style over a whole row of an area.
pub(super) fn tint(buffer: &mut Buffer, area: Rect, row: u16, style: Style) {
    if row < area.height {
        buffer.set_style(Rect { y: area.y + row, height: 1, ..area }, style);
    }
}

/// Empties an area.
pub(super) fn clear(buffer: &mut Buffer, area: Rect, style: Style) {
    for position in area.intersection(buffer.area).positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.reset();
            cell.set_style(style);
        }
    }
}

/// Writes sentences in the middle of an area: what is so, and what to press.
pub(super) fn say_empty(buffer: &mut Buffer, area: Rect, sentence: &str, style: Style) {
    let width = usize::from(area.width.saturating_sub(2)).max(1);
    let lines = crate::text::wrap(sentence, 0..sentence.len(), crate::text::Columns::all(width));
    let first = area.height.saturating_sub(u16::try_from(lines.len()).unwrap_or(u16::MAX)) / 3;
    for (row, line) in (first..).zip(lines) {
        let text = &sentence[line.range];
        let indent = usize::from(area.width).saturating_sub(display_width(text)) / 2;
        Pen::new(buffer, area, row).skip(indent, style).write(text, style);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::samples::odd_text;

    proptest! {
        #[test]
        fn a_text_is_written_as_its_cells_are(text in odd_text(), room in 0_u16..50, run in 1_usize..9) {
            let area = Rect::new(0, 0, 50, 1);
            let looks = [Style::new(), Style::new().bold(), Style::new().red()];
            let look = |at: usize| {
                Look { style: looks[at / run % looks.len()], until: (at / run + 1) * run }
            };
            let written = |write: &dyn Fn(&mut Pen<'_>)| {
                let mut buffer = Buffer::empty(area);
                write(&mut Pen::new(&mut buffer, Rect { width: room, ..area }, 0));
                buffer
            };
            prop_assert_eq!(
                written(&|pen| { pen.write_words(&text, look); }),
                written(&|pen| { pen.write_cells(&text, cells(&text), look); })
            );
            prop_assert_eq!(
                written(&|pen| { pen.write_prose(&text, look); }),
                written(&|pen| { pen.write_cells(&text, prose_cells(&text), look); })
            );
        }
    }
}
