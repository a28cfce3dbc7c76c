//! Frames into bytes: what has changed since the last frame, and nothing else.
//!
//! Knows what the terminal shows, where its cursor stands and with which pen it writes, and
//! spends the fewest bytes that lead from there to the next frame: none when nothing changed.
//! Styles are taken as they stand in the buffer; the theme has brought them down to what the
//! terminal can show.

mod jump;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

use self::jump::jump;
use super::glyph::{Glyph, LookId, Numbers};
use super::pen::push_number;

/// Frames up to so many bytes go bare: they arrive in one packet, so nothing can tear.
const SMALL_FRAME: usize = 256;
/// Unchanged columns up to so many are written again rather than jumped over.
const SHORT_GAP: u16 = 4;
/// So many blanks are erased (ECH) and jumped over rather than written.
const WORTH_ERASING: usize = 12;
/// Synchronised update (DEC private mode 2026); unknown modes are ignored by terminals.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
const HIDE: &[u8] = b"\x1b[?25l";
const SHOW: &[u8] = b"\x1b[?25h";

/// What a terminal shows, and how it gets to show something else.
#[derive(Debug)]
pub struct Encoder {
    shown: Vec<Glyph>,
    area: Rect,
    numbers: Numbers,
    /// Where the reader sees the cursor.
    cursor: Option<Position>,
    /// Where the terminal's cursor is for sure.
    at: Option<Position>,
    pen: LookId,
    stale: bool,
    out: Vec<u8>,
}

impl Default for Encoder {
    fn default() -> Self {
        Self {
            shown: Vec::new(),
            area: Rect::ZERO,
            numbers: Numbers::default(),
            cursor: None,
            at: None,
            pen: LookId::PLAIN,
            stale: true,
            out: Vec::new(),
        }
    }
}

impl Encoder {
    /// The terminal may show anything by now: the next frame clears it and is drawn whole.
    pub fn forget(&mut self) {
        self.stale = true;
    }

    /// The bytes that make the terminal show `next`, with the cursor at `cursor` or hidden. A
    /// frame of another size than the last is drawn whole.
    pub fn encode(&mut self, next: &Buffer, cursor: Option<Position>) -> &[u8] {
        self.out.clear();
        let seen = self.cursor;
        if self.stale || self.area != next.area || self.numbers.are_many() {
            self.clear(next.area);
        }
        // Taken out, so that it can be read while bytes are written.
        let mut shown = std::mem::take(&mut self.shown);
        let columns = usize::from(self.area.width).max(1);
        let mut after = vec![Glyph::BLANK; columns];
        let rows = shown.chunks_mut(columns).zip(next.content.chunks(columns));
        for (y, (before, cells)) in (0..self.area.height).zip(rows) {
            self.numbers.read(cells, &mut after);
            if *before != *after {
                self.draw_row(before, &Row { y, cells, glyphs: &after });
                before.copy_from_slice(&after);
            }
        }
        self.shown = shown;
        self.place_cursor(cursor.filter(|at| next.area.contains(*at)));
        if self.out.len() > SMALL_FRAME {
            let is_hidden = seen.is_some() && self.cursor.is_some();
            let (hide, show) = if is_hidden { (HIDE, SHOW) } else { (&b""[..], &b""[..]) };
            self.out.splice(..0, [BEGIN, hide].concat());
            self.out.extend([show, END].concat());
        }
        &self.out
    }

    fn clear(&mut self, area: Rect) {
        self.out.extend_from_slice(b"\x1b[m\x1b[H\x1b[2J");
        self.out.extend_from_slice(HIDE);
        self.shown.clear();
        self.shown.resize(usize::from(area.width) * usize::from(area.height), Glyph::BLANK);
        self.area = area;
        self.numbers = Numbers::default();
        self.cursor = None;
        self.at = Some(Position::ORIGIN);
        self.pen = LookId::PLAIN;
        self.stale = false;
    }

    fn draw_row(&mut self, before: &[Glyph], row: &Row<'_>) {
        let after = row.glyphs;
        let last = before.iter().zip(after).rposition(|(old, new)| old != new).unwrap_or(0);
        let blanks = after.iter().rposition(|glyph| *glyph != Glyph::BLANK).map_or(0, |at| at + 1);
        // Up to `short` there are known to be too few blanks to erase them.
        let (mut x, mut short) = (0, 0);
        while x <= last {
            let Some(glyph) = after.get(x).filter(|glyph| before.get(x) != Some(glyph)) else {
                x += 1;
                continue;
            };
            if *glyph == Glyph::BLANK && x >= short {
                let (is_erased, end) = self.erase(x, last, blanks, row);
                if is_erased {
                    x = end;
                    continue;
                }
                short = end;
            }
            self.write(x, *glyph, row);
            // What is covered was written with what covers it.
            x += usize::from(glyph.width()).max(1);
            if self.at.is_some() {
                x += self.write_run(x, short, before, row);
            }
        }
    }

    /// Erases blanks where that is shorter than to write them: the rest of the row, or what comes before
    /// the next sign. The cursor stays. Says whether that was done, and up to which column there are blanks.
    fn erase(&mut self, x: usize, last: usize, blanks: usize, row: &Row<'_>) -> (bool, usize) {
        if x >= blanks && last > x + 2 {
            self.move_to(x, row);
            self.set_pen(LookId::PLAIN);
            self.out.extend_from_slice(b"\x1b[K");
            return (true, row.glyphs.len());
        }
        let run = row.glyphs.iter().take(last + 1).skip(x);
        let run = run.take_while(|glyph| **glyph == Glyph::BLANK).count();
        if run < WORTH_ERASING {
            return (false, x + run);
        }
        self.move_to(x, row);
        if self.numbers.on_blank(self.pen) != LookId::PLAIN {
            self.set_pen(LookId::PLAIN);
        }
        self.out.extend_from_slice(b"\x1b[");
        push_number(column(run), &mut self.out);
        self.out.push(b'X');
        (true, x + run)
    }

    fn write(&mut self, x: usize, glyph: Glyph, row: &Row<'_>) {
        self.move_to(x, row);
        if !self.is_served(glyph) {
            self.set_pen(glyph.look());
        }
        let end = x + usize::from(glyph.width()).max(1);
        if !glyph.is_certain() && glyph.width() > 1 {
            // A terminal that takes it for narrower would leave what stood under its end.
            self.out.extend(std::iter::repeat_n(b' ', usize::from(glyph.width())));
            self.at = row.place(end);
            let back = Position::new(column(x), row.y);
            jump(self.at, back).write(&mut self.out);
        }
        row.push(x, glyph, &mut self.out);
        // At the edge the cursor waits to wrap, or does not; terminals differ.
        self.at = row.place(end).filter(|_| glyph.is_certain());
    }

    /// Goes on with signs of ASCII for which the pen is at hand, up to a blank behind `short`, which may
    /// be worth erasing; says how many.
    fn write_run(&mut self, x: usize, short: usize, before: &[Glyph], row: &Row<'_>) -> usize {
        let (pen, on_blank) = (self.pen, self.numbers.on_blank(self.pen));
        let rest = row.glyphs.get(x..).unwrap_or_default();
        let shown = before.get(x..).unwrap_or_default();
        let ends = |(at, (glyph, shown)): (usize, (&Glyph, &Glyph))| match glyph.ascii() {
            _ if glyph == shown => true,
            None => true,
            Some(b' ') => glyph.look() != on_blank || *glyph == Glyph::BLANK && x + at >= short,
            Some(_) => glyph.look() != pen,
        };
        let count = rest.iter().zip(shown).enumerate().position(ends).unwrap_or(rest.len());
        self.out.extend(rest.iter().take(count).map(|glyph| glyph.ascii().unwrap_or(b' ')));
        self.at = row.place(x + count);
        count
    }

    /// Whether it looks as it should when it is written with the pen at hand.
    #[inline]
    fn is_served(&self, glyph: Glyph) -> bool {
        let look = glyph.look();
        look == self.pen || glyph.ascii() == Some(b' ') && look == self.numbers.on_blank(self.pen)
    }

    fn set_pen(&mut self, look: LookId) {
        if look != self.pen {
            self.numbers.look(self.pen).change(self.numbers.look(look), &mut self.out);
            self.pen = look;
        }
    }

    #[inline]
    fn move_to(&mut self, x: usize, row: &Row<'_>) {
        let target = Position::new(column(x), row.y);
        if self.at != Some(target) {
            if !self.write_over_gap(target, row) {
                jump(self.at, target).write(&mut self.out);
            }
            self.at = Some(target);
        }
    }

    /// Gets to `target` by writing once more what stands there already, if that is shorter.
    fn write_over_gap(&mut self, target: Position, row: &Row<'_>) -> bool {
        let Some(at) = self.at.filter(|at| at.y == target.y && at.x < target.x) else {
            return false;
        };
        if target.x - at.x > SHORT_GAP {
            return false;
        }
        let gap = usize::from(at.x)..usize::from(target.x);
        let glyphs = row.glyphs.get(gap.clone()).unwrap_or_default();
        let is_same = |glyph: &Glyph| {
            *glyph == Glyph::COVERED || self.is_served(*glyph) && glyph.is_certain()
        };
        if !glyphs.iter().all(is_same) {
            return false;
        }
        let start = self.out.len();
        for (x, glyph) in gap.zip(glyphs).filter(|(_, glyph)| **glyph != Glyph::COVERED) {
            row.push(x, *glyph, &mut self.out);
        }
        let is_shorter = self.out.len() - start <= jump(self.at, target).len();
        if !is_shorter {
            self.out.truncate(start);
        }
        is_shorter
    }

    fn place_cursor(&mut self, cursor: Option<Position>) {
        if let Some(at) = cursor.filter(|at| self.at != Some(*at)) {
            jump(self.at, at).write(&mut self.out);
            self.at = Some(at);
        }
        match (self.cursor, cursor) {
            (None, Some(_)) => self.out.extend_from_slice(SHOW),
            (Some(_), None) => self.out.extend_from_slice(HIDE),
            _ => {}
        }
        self.cursor = cursor;
    }
}

/// A row that is to be shown.
struct Row<'a> {
    y: u16,
    cells: &'a [Cell],
    glyphs: &'a [Glyph],
}

impl Row<'_> {
    /// A column of it, if it is one.
    #[inline]
    fn place(&self, x: usize) -> Option<Position> {
        (x < self.glyphs.len()).then_some(Position::new(column(x), self.y))
    }

    fn push(&self, x: usize, glyph: Glyph, out: &mut Vec<u8>) {
        match glyph.char() {
            Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            None => out.extend_from_slice(self.cells.get(x).map_or(" ", Cell::symbol).as_bytes()),
        }
    }
}

fn column(x: usize) -> u16 {
    u16::try_from(x).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests;
