//! Frames into bytes: what has changed since the last frame, and nothing else.
//!
//! Knows what the terminal shows, where its cursor stands and with which pen it writes, and
//! spends the fewest bytes that lead from there to the next frame: none when nothing changed.
//! Styles are taken as they stand in the buffer; the theme has brought them down to what the
//! terminal can show.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

use super::glyph::{Glyph, glyph_at, glyphs_from, width_at};
use super::pen::Look;

/// Frames up to so many bytes go bare: they arrive in one packet, so nothing can tear.
const SMALL_FRAME: usize = 256;
/// Unchanged glyphs up to so many are written again rather than jumped over.
const SHORT_GAP: u16 = 4;
/// So many blanks are erased (ECH) and jumped over rather than written.
const WORTH_ERASING: usize = 12;
/// Synchronised update (DEC private mode 2026); unknown modes are ignored by terminals.
const BEGIN: &str = "\x1b[?2026h";
const END: &str = "\x1b[?2026l";
const HIDE: &str = "\x1b[?25l";
const SHOW: &str = "\x1b[?25h";

/// What a terminal shows, and how it gets to show something else.
#[derive(Debug)]
pub struct Encoder {
    shown: Buffer,
    /// Where the reader sees the cursor.
    cursor: Option<Position>,
    /// Where the terminal's cursor is for sure.
    at: Option<Position>,
    pen: Look,
    stale: bool,
    out: String,
}

impl Default for Encoder {
    fn default() -> Self {
        Self {
            shown: Buffer::empty(Rect::ZERO),
            cursor: None,
            at: None,
            pen: Look::PLAIN,
            stale: true,
            out: String::new(),
        }
    }
}

impl Encoder {
    /// The terminal may show anything by now: the next frame clears it and is drawn whole.
    pub fn forget(&mut self) {
        self.stale = true;
    }

    /// The bytes that make the terminal show `next`, with the cursor at `cursor` or hidden. A
    /// frame of another size than the last is drawn whole. It keeps the frame, and leaves the one
    /// before in its place, to be drawn over.
    pub fn encode(&mut self, next: &mut Buffer, cursor: Option<Position>) -> &[u8] {
        self.out.clear();
        let seen = self.cursor;
        if self.stale || self.shown.area != next.area {
            self.clear(next.area);
        }
        std::mem::swap(&mut self.shown, next);
        // Taken out, so that it can be read while bytes are written.
        let shown = std::mem::replace(&mut self.shown, Buffer::empty(Rect::ZERO));
        let columns = usize::from(shown.area.width).max(1);
        let rows = next.content.chunks(columns).zip(shown.content.chunks(columns));
        for (y, (before, after)) in (0..shown.area.height).zip(rows) {
            self.draw_row(y, before, after);
        }
        self.place_cursor(cursor.filter(|at| shown.area.contains(*at)));
        self.shown = shown;
        if self.out.len() > SMALL_FRAME {
            let hide = if seen.is_some() && self.cursor.is_some() { HIDE } else { "" };
            let show = if hide.is_empty() { "" } else { SHOW };
            self.out.insert_str(0, &format!("{BEGIN}{hide}"));
            self.out.push_str(show);
            self.out.push_str(END);
        }
        self.out.as_bytes()
    }

    fn clear(&mut self, area: Rect) {
        self.out.push_str("\x1b[m\x1b[H\x1b[2J");
        self.out.push_str(HIDE);
        self.shown = Buffer::empty(area);
        self.cursor = None;
        self.at = Some(Position::ORIGIN);
        self.pen = Look::PLAIN;
        self.stale = false;
    }

    fn draw_row(&mut self, y: u16, before: &[Cell], after: &[Cell]) {
        let differs = |(old, new): (&Cell, &Cell)| old != new;
        let Some(first) = before.iter().zip(after).position(differs) else { return };
        let last = before.iter().zip(after).rposition(differs).unwrap_or(first);
        let blanks = after.iter().rposition(|cell| !is_blank(cell)).map_or(0, |last| last + 1);
        // Up to there the rows are alike, and so is where their glyphs begin.
        let mut new = 0;
        while let Some(width) =
            width_at(after, new).filter(|width| usize::from(new + width) <= first)
        {
            new += width;
        }
        let mut row = Row { y, blanks, last, columns: after.len(), erased: 0 };
        let mut old = new;
        while usize::from(new) <= last || old != new {
            while old < new {
                old += width_at(before, old).unwrap_or(1);
            }
            let Some(cell) = after.get(usize::from(new)) else { return };
            let other = before.get(usize::from(new)).filter(|_| old == new);
            if let (Some(byte), Some(other)) = (ascii(cell), other)
                && let Some(shown) = ascii(other)
            {
                let look = Look::of(cell);
                if byte != shown || look != Look::of(other) {
                    self.write_ascii(new, byte, look, after, &mut row);
                }
                new += 1;
                old += 1;
            } else {
                let Some(glyph) = glyph_at(after, new) else { return };
                if old != new || !glyph.is_at(before) {
                    self.write(&glyph, after, &mut row);
                }
                new += glyph.width;
            }
            if usize::from(new) < row.erased {
                new = u16::try_from(row.erased).unwrap_or(new);
            }
        }
    }

    /// Most of all that is ever written.
    #[inline]
    fn write_ascii(&mut self, x: u16, byte: u8, look: Look, after: &[Cell], row: &mut Row) {
        self.move_to(x, row.y, after);
        if byte == b' ' && self.erase(x, after, row) {
            return;
        }
        if !self.pen.serves(look, byte) {
            self.set_pen(look);
        }
        self.out.push(char::from(byte));
        let end = x + 1;
        self.at = (usize::from(end) < row.columns).then_some(Position::new(end, row.y));
    }

    /// Erases blanks where that is shorter than to write them: the rest of the row, or what comes before
    /// the next sign. The cursor stays.
    fn erase(&mut self, x: u16, after: &[Cell], row: &mut Row) -> bool {
        let x = usize::from(x);
        if x >= row.blanks && row.last > x + 2 {
            row.erased = row.columns;
            self.set_pen(Look::PLAIN);
            self.out.push_str("\x1b[K");
            return true;
        }
        let run = after.iter().take(row.last + 1).skip(x).take_while(|cell| is_blank(cell)).count();
        if run < WORTH_ERASING {
            return false;
        }
        row.erased = x + run;
        if self.pen.on_blank() != Look::PLAIN {
            self.set_pen(Look::PLAIN);
        }
        // Writing to a string cannot fail.
        let _ = write!(self.out, "\x1b[{run}X");
        true
    }

    fn write(&mut self, glyph: &Glyph<'_>, after: &[Cell], row: &mut Row) {
        let &mut Row { y, columns, .. } = row;
        self.move_to(glyph.x, y, after);
        if glyph.symbol == " " && self.erase(glyph.x, after, row) {
            return;
        }
        if !glyph.is_served_by(self.pen) {
            self.set_pen(glyph.look);
        }
        let end = glyph.x + glyph.width;
        if !glyph.is_certain() && glyph.width > 1 {
            // A terminal that takes it for narrower would leave what stood under its end.
            self.out.extend(std::iter::repeat_n(' ', usize::from(glyph.width)));
            self.at = (usize::from(end) < columns).then_some(Position::new(end, y));
            self.move_to(glyph.x, y, &[]);
        }
        self.out.push_str(glyph.symbol);
        // At the edge the cursor waits to wrap, or does not; terminals differ.
        let known = glyph.is_certain() && usize::from(end) < columns;
        self.at = known.then_some(Position::new(end, y));
    }

    fn set_pen(&mut self, look: Look) {
        self.pen.change(look, &mut self.out);
        self.pen = look;
    }

    /// `row` is what the row of the target is to show.
    #[inline]
    fn move_to(&mut self, x: u16, y: u16, row: &[Cell]) {
        let target = Position::new(x, y);
        if self.at != Some(target) {
            self.go_to(target, row);
        }
    }

    fn go_to(&mut self, target: Position, row: &[Cell]) {
        if !self.write_over_gap(target, row) {
            jump(self.at, target).write(&mut self.out);
        }
        self.at = Some(target);
    }

    /// Gets to `target` by writing once more what stands there already, if that is shorter.
    fn write_over_gap(&mut self, target: Position, row: &[Cell]) -> bool {
        let Some(at) = self.at.filter(|at| at.y == target.y && at.x < target.x) else {
            return false;
        };
        if target.x - at.x > SHORT_GAP {
            return false;
        }
        // A byte each is never longer than a jump.
        let cells = row.get(usize::from(at.x)..usize::from(target.x)).unwrap_or_default();
        let is_served =
            |cell: &Cell| ascii(cell).is_some_and(|byte| self.pen.serves(Look::of(cell), byte));
        if !cells.is_empty() && cells.iter().all(is_served) {
            self.out.extend(cells.iter().filter_map(ascii).map(char::from));
            return true;
        }
        let mut gap = glyphs_from(row, at.x).take_while(|glyph| glyph.x < target.x);
        let (mut bytes, mut end) = (0, at.x);
        let same = gap.all(|glyph| {
            bytes += glyph.symbol.len();
            end = glyph.x + glyph.width;
            glyph.is_served_by(self.pen) && glyph.is_certain()
        });
        if !same || end != target.x || bytes > jump(self.at, target).len() {
            return false;
        }
        for glyph in glyphs_from(row, at.x).take_while(|glyph| glyph.x < target.x) {
            self.out.push_str(glyph.symbol);
        }
        true
    }

    fn place_cursor(&mut self, cursor: Option<Position>) {
        if let Some(at) = cursor {
            self.move_to(at.x, at.y, &[]);
        }
        match (self.cursor, cursor) {
            (None, Some(_)) => self.out.push_str(SHOW),
            (Some(_), None) => self.out.push_str(HIDE),
            _ => {}
        }
        self.cursor = cursor;
    }
}

/// What is known of a row that is written.
struct Row {
    y: u16,
    columns: usize,
    /// The column from which on it is blank.
    blanks: usize,
    /// The last column that differs.
    last: usize,
    /// Up to this column it was erased.
    erased: usize,
}

#[inline]
fn is_blank(cell: &Cell) -> bool {
    ascii(cell) == Some(b' ') && Look::of(cell) == Look::PLAIN
}

/// A sign that is a glyph of one column by itself, on every terminal.
#[inline]
fn ascii(cell: &Cell) -> Option<u8> {
    match cell.symbol().as_bytes() {
        [byte @ b' '..=b'~'] => Some(*byte),
        _ => None,
    }
}

/// A sequence that moves the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Jump {
    To(Position),
    /// To the beginning of the line so many lines down.
    Lines(u16),
    Right(u16),
    Left(u16),
}

/// The shortest from one place, if it is known, to another.
fn jump(from: Option<Position>, to: Position) -> Jump {
    let step = from.and_then(|from| step(from, to));
    step.filter(|step| step.len() <= Jump::To(to).len()).unwrap_or(Jump::To(to))
}

fn step(from: Position, to: Position) -> Option<Jump> {
    if to.x == 0 && to.y >= from.y {
        let lines = to.y - from.y;
        return (lines < 4).then_some(Jump::Lines(lines));
    }
    let right = to.x > from.x;
    let columns = to.x.abs_diff(from.x);
    (to.y == from.y).then_some(if right { Jump::Right(columns) } else { Jump::Left(columns) })
}

impl Jump {
    fn len(self) -> usize {
        match self {
            Self::To(Position { x: 0, y: 0 }) => 3,
            Self::To(Position { x: 0, y }) => 3 + digits(y + 1),
            Self::To(Position { x, y }) => 4 + digits(y + 1) + digits(x + 1),
            Self::Lines(lines) => 1 + usize::from(lines),
            Self::Right(1) => 3,
            Self::Left(n @ 0..=3) => n.into(),
            Self::Right(n) | Self::Left(n) => 3 + digits(n),
        }
    }

    fn write(self, out: &mut String) {
        // Writing to a string cannot fail.
        let _ = match self {
            Self::To(Position { x: 0, y: 0 }) => out.write_str("\x1b[H"),
            Self::To(Position { x: 0, y }) => write!(out, "\x1b[{}H", y + 1),
            Self::To(Position { x, y }) => write!(out, "\x1b[{};{}H", y + 1, x + 1),
            Self::Lines(lines) => {
                out.push('\r');
                out.extend(std::iter::repeat_n('\n', lines.into()));
                Ok(())
            }
            Self::Right(1) => out.write_str("\x1b[C"),
            Self::Right(n) => write!(out, "\x1b[{n}C"),
            Self::Left(n @ 0..=3) => {
                out.extend(std::iter::repeat_n('\u{8}', n.into()));
                Ok(())
            }
            Self::Left(n) => write!(out, "\x1b[{n}D"),
        };
    }
}

fn digits(number: u16) -> usize {
    number.checked_ilog10().map_or(1, |log| log as usize + 1)
}

#[cfg(test)]
mod tests;
