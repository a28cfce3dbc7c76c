//! Frames into bytes: what has changed since the last frame, and nothing else.
//!
//! Knows what the terminal shows, where its cursor stands and with which pen it writes, and
//! spends the fewest bytes that lead from there to the next frame: none when nothing changed.
//! Styles are taken as they stand in the buffer; the theme has brought them down to what the
//! terminal can show.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

use super::glyph::{Glyph, glyphs};
use super::pen::Look;

/// Frames up to so many bytes go bare: they arrive in one packet, so nothing can tear.
const SMALL_FRAME: usize = 256;
/// Unchanged glyphs up to so many are written again rather than jumped over.
const SHORT_GAP: u16 = 4;
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
    /// frame of another size than the last is drawn whole.
    pub fn encode(&mut self, next: &Buffer, cursor: Option<Position>) -> &[u8] {
        self.out.clear();
        let seen = self.cursor;
        if self.stale || self.shown.area != next.area {
            self.clear(next.area);
        }
        for y in 0..next.area.height {
            self.draw_row(y, next);
        }
        self.place_cursor(cursor.filter(|at| next.area.contains(*at)));
        if self.out.len() > SMALL_FRAME {
            let hide = if seen.is_some() && self.cursor.is_some() { HIDE } else { "" };
            let show = if hide.is_empty() { "" } else { SHOW };
            self.out.insert_str(0, &format!("{BEGIN}{hide}"));
            self.out.push_str(show);
            self.out.push_str(END);
        }
        self.shown.content.clone_from_slice(&next.content);
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

    fn draw_row(&mut self, y: u16, next: &Buffer) {
        let (Some(before), Some(after)) = (row(&self.shown, y), row(next, y)) else { return };
        if before == after {
            return;
        }
        // Taken out, so that glyphs may borrow from it while bytes are written.
        let before = before.to_vec();
        let (before, after) = (glyphs(&before), glyphs(after));
        let changed: Vec<usize> = changed(&before, &after).collect();
        let blanks = after.iter().rposition(|glyph| !glyph.is_blank()).map_or(0, |last| last + 1);
        let Some(last) = changed.last() else { return };
        for index in &changed {
            let glyph = &after[*index];
            if *index >= blanks && last - index > 2 {
                self.move_to(glyph.x, y, &after[..*index]);
                self.set_pen(Look::PLAIN);
                self.out.push_str("\x1b[K");
                return;
            }
            self.move_to(glyph.x, y, &after[..*index]);
            self.write(glyph, y, next.area.width);
        }
    }

    fn write(&mut self, glyph: &Glyph<'_>, y: u16, columns: u16) {
        if !glyph.is_served_by(self.pen) {
            self.set_pen(glyph.look);
        }
        let end = glyph.x + glyph.width;
        if !glyph.is_certain() && glyph.width > 1 {
            // A terminal that takes it for narrower would leave what stood under its end.
            self.out.extend(std::iter::repeat_n(' ', usize::from(glyph.width)));
            self.at = (end < columns).then_some(Position::new(end, y));
            self.move_to(glyph.x, y, &[]);
        }
        self.out.push_str(glyph.symbol);
        // At the edge the cursor waits to wrap, or does not; terminals differ.
        let known = glyph.is_certain() && end < columns;
        self.at = known.then_some(Position::new(end, y));
    }

    fn set_pen(&mut self, look: Look) {
        self.pen.change(look, &mut self.out);
        self.pen = look;
    }

    /// `left` are the glyphs of this row before `x`.
    fn move_to(&mut self, x: u16, y: u16, left: &[Glyph<'_>]) {
        let target = Position::new(x, y);
        if self.at != Some(target) && !self.write_over_gap(target, left) {
            let jump = jump(self.at, target);
            self.out.push_str(&jump);
        }
        self.at = Some(target);
    }

    /// Gets to `target` by writing once more what stands there already, if that is shorter.
    fn write_over_gap(&mut self, target: Position, left: &[Glyph<'_>]) -> bool {
        let Some(at) = self.at.filter(|at| at.y == target.y && at.x < target.x) else {
            return false;
        };
        if target.x - at.x > SHORT_GAP {
            return false;
        }
        let from = left.iter().rposition(|glyph| glyph.x == at.x);
        let Some(gap) = from.and_then(|from| left.get(from..)) else { return false };
        let bytes: usize = gap.iter().map(|glyph| glyph.symbol.len()).sum();
        let same = gap.iter().all(|glyph| glyph.is_served_by(self.pen) && glyph.is_certain());
        if !same || bytes > jump(self.at, target).len() {
            return false;
        }
        for glyph in gap {
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

fn row(buffer: &Buffer, y: u16) -> Option<&[Cell]> {
    let width = usize::from(buffer.area.width);
    buffer.content.chunks(width.max(1)).nth(usize::from(y))
}

/// Indices into `after` of the glyphs that do not stand in `before` where they stand now.
fn changed<'a>(
    before: &'a [Glyph<'_>],
    after: &'a [Glyph<'_>],
) -> impl Iterator<Item = usize> + 'a {
    let mut before = before.iter().peekable();
    after.iter().enumerate().filter_map(move |(index, glyph)| {
        while before.next_if(|old| old.x < glyph.x).is_some() {}
        (before.peek() != Some(&glyph)).then_some(index)
    })
}

/// The shortest sequence from one place, if it is known, to another.
fn jump(from: Option<Position>, to: Position) -> String {
    let mut absolute = String::new();
    // Writing to a string cannot fail.
    let _ = match (to.x, to.y) {
        (0, 0) => write!(absolute, "\x1b[H"),
        (0, y) => write!(absolute, "\x1b[{}H", y + 1),
        (x, y) => write!(absolute, "\x1b[{};{}H", y + 1, x + 1),
    };
    let relative = from.and_then(|from| step(from, to));
    relative.filter(|step| step.len() <= absolute.len()).unwrap_or(absolute)
}

fn step(from: Position, to: Position) -> Option<String> {
    if to.x == 0 && to.y >= from.y {
        let lines = usize::from(to.y - from.y);
        return (lines < 4).then(|| format!("\r{}", "\n".repeat(lines)));
    }
    if to.y != from.y {
        return None;
    }
    Some(match (to.x.abs_diff(from.x), to.x > from.x) {
        (0, _) => String::new(),
        (1, true) => "\x1b[C".to_owned(),
        (n, true) => format!("\x1b[{n}C"),
        (n @ 1..=3, false) => "\x08".repeat(usize::from(n)),
        (n, false) => format!("\x1b[{n}D"),
    })
}

#[cfg(test)]
mod tests;
