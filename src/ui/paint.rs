//! Putting text into cells: the one way by which any text reaches the screen.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::theme::{Role, Theme};
use crate::text::{
    Cell, ISOLATE_END, ISOLATE_START, Needle, cells, display_width, ellipsize, prose_cells,
    rtl_runs,
};

/// What stands for what was cut off; one column.
const ELLIPSIS: &str = "…";

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
        self.write_words(text, |_| style)
    }

    fn write_words(&mut self, text: &str, style: impl Fn(Range<usize>) -> Style) -> &mut Self {
        let whole = text.strip_suffix(ELLIPSIS).unwrap_or(text);
        if !is_plain(whole) {
            return self.write_cells(text, cells(text), style);
        }
        self.write_plain(whole, &style);
        if whole.len() < text.len() {
            self.fill(ELLIPSIS, 1, style(whole.len()..text.len()));
        }
        self
    }

    /// Writes a line of prose, in which a run of white space is one space.
    pub(super) fn write_prose(
        &mut self,
        text: &str,
        style: impl Fn(Range<usize>) -> Style,
    ) -> &mut Self {
        if is_plain(text) && !text.contains("  ") {
            return self.write_plain(text, style);
        }
        self.write_cells(text, prose_cells(text), style)
    }

    /// Writes printable ASCII, most of all that is ever written: a byte is a cell.
    fn write_plain(&mut self, text: &str, style: impl Fn(Range<usize>) -> Style) -> &mut Self {
        let room = self.room();
        let area = self.buffer.area;
        let row = usize::from(self.y.saturating_sub(area.y)) * usize::from(area.width);
        let first = row + usize::from(self.x.saturating_sub(area.x));
        let cells = self.buffer.content.iter_mut().skip(first).take(room);
        let mut written = 0;
        for ((at, cell), byte) in cells.enumerate().zip(text.bytes()) {
            cell.set_char(char::from(byte)).set_style(style(at..at + 1));
            written += 1;
        }
        self.x += written;
        self
    }

    /// Fills so many columns with a sign of one column.
    pub(super) fn fill(&mut self, sign: &str, columns: usize, style: Style) -> &mut Self {
        for _ in 0..columns.min(self.room()) {
            self.put(sign, 1, style);
        }
        self
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
        let is_lit = |at: usize| found.iter().any(|range| range.contains(&at));
        let lit = style.patch(lit);
        let style_at = |range: Range<usize>| if is_lit(range.start) { lit } else { style };
        self.write_words(&cut, style_at)
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

    /// Writes cells of `text` (all of one line), each in the style of its first byte. Runs from
    /// right to left stand in logical order, isolated so that a terminal that reorders them cannot
    /// move what stands beside.
    pub(super) fn write_cells<'t>(
        &mut self,
        text: &'t str,
        cells: impl Iterator<Item = Cell<'t>>,
        style: impl Fn(Range<usize>) -> Style,
    ) -> &mut Self {
        let runs = rtl_runs(text);
        for cell in cells {
            let width = usize::from(cell.width);
            if width > self.room() {
                self.skip(self.room(), style(cell.range));
                break;
            }
            let opens = runs.iter().any(|run| run.start == cell.range.start);
            let closes = runs.iter().any(|run| run.end == cell.range.end);
            let at = self.x;
            self.put(&cell.shown, cell.width, style(cell.range));
            if (opens || closes) && self.x > at {
                self.isolate(at, opens, closes);
            }
        }
        self
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
        if let [byte @ b' '..=b'~'] = shown.as_bytes() {
            if let Some(cell) = self.buffer.cell_mut((self.x, self.y)) {
                cell.set_char(char::from(*byte)).set_style(style);
            }
            self.x += 1;
            return;
        }
        let spaces = shown.chars().all(|c| c == ' ');
        for offset in 0..width {
            let Some(cell) = self.buffer.cell_mut((self.x + offset, self.y)) else { break };
            let symbol = if offset == 0 && !spaces { shown } else { " " };
            cell.set_symbol(symbol).set_style(style);
        }
        self.x += width;
    }
}

/// Whether a text is printable ASCII.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
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
