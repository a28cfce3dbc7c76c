//! How a cell looks, and the fewest bytes that take a terminal from one look to another (SGR,
//! ECMA-48 §8.3.117; colours beyond 16 and coloured underlines as xterm and kitty write them).

use std::fmt;
use std::io::Write as _;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Colours and modifiers, as far as they show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    fg: Color,
    bg: Color,
    line: Color,
    modifier: Modifier,
}

/// Each modifier with the code that sets it and the one that ends it.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// What shows on a cell without a character.
const SEEN_ON_BLANK: Modifier =
    Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

impl Look {
    /// Nothing but the terminal's own colours.
    pub(super) const PLAIN: Self = Self {
        fg: Color::Reset,
        bg: Color::Reset,
        line: Color::Reset,
        modifier: Modifier::empty(),
    };

    /// The look of a cell with a sign. What would not be seen is left out, so that it costs no byte: the
    /// colour of a line that is not drawn.
    pub(super) fn of(cell: &Cell) -> Self {
        let is_underlined = cell.modifier.contains(Modifier::UNDERLINED);
        let line = if is_underlined { cell.underline_color } else { Color::Reset };
        Self { fg: cell.fg, bg: cell.bg, line, modifier: cell.modifier }
    }

    /// How a blank looks that is written so: it shows neither weight nor the colour of letters.
    pub(super) fn on_blank(self) -> Self {
        let modifier = self.modifier & SEEN_ON_BLANK;
        let fg = if modifier.is_empty() { Color::Reset } else { self.fg };
        let line = if modifier.contains(Modifier::UNDERLINED) { self.line } else { Color::Reset };
        Self { fg, line, modifier, ..self }
    }

    /// Writes what takes a terminal from this look to `next`: the changes, or a reset and what is
    /// then missing, whichever is shorter. Nothing where they are the same.
    pub(super) fn change(self, next: Self, out: &mut Vec<u8>) {
        if self == next {
            return;
        }
        out.extend_from_slice(b"\x1b[");
        let step = out.len();
        self.codes(next, out);
        let afresh = out.len();
        Self::PLAIN.codes(next, out);
        let end = if out.len() == afresh { afresh } else { out.len() + "0;".len() };
        if afresh - step < end - afresh {
            out.truncate(afresh);
        } else {
            let reset: &[u8] = if end == afresh { b"" } else { b"0;" };
            out.splice(step..afresh, reset.iter().copied());
        }
        out.push(b'm');
    }

    /// Writes codes behind one another; none of them begins with what stood there before.
    fn codes(self, next: Self, codes: &mut Vec<u8>) {
        let mut codes = Codes { start: codes.len(), out: codes };
        if self.modifier != next.modifier {
            self.modifier_codes(next, &mut codes);
        }
        if self.fg != next.fg {
            colour(next.fg, 30, &mut codes);
        }
        if self.bg != next.bg {
            colour(next.bg, 40, &mut codes);
        }
        if self.line != next.line {
            line_colour(next.line, &mut codes);
        }
    }

    fn modifier_codes(self, next: Self, codes: &mut Codes<'_>) {
        let mut held = self.modifier;
        for (modifier, _, off) in MODIFIERS {
            if held.contains(modifier) && !next.modifier.contains(modifier) {
                codes.push(&[off]);
                // Bold and dim, slow and rapid, end together.
                let ended = MODIFIERS.iter().filter(|(_, _, code)| *code == off);
                ended.for_each(|(modifier, _, _)| held.remove(*modifier));
            }
        }
        for (modifier, on, _) in MODIFIERS {
            if next.modifier.contains(modifier) && !held.contains(modifier) {
                codes.push(&[on]);
            }
        }
    }
}

/// Codes, with what parts them.
struct Codes<'a> {
    start: usize,
    out: &'a mut Vec<u8>,
}

impl Codes<'_> {
    fn begin(&mut self) {
        if self.out.len() > self.start {
            self.out.push(b';');
        }
    }

    /// Numbers that belong together.
    fn push(&mut self, codes: &[u8]) {
        for code in codes {
            self.begin();
            push_number((*code).into(), self.out);
        }
    }

    fn push_words(&mut self, words: fmt::Arguments<'_>) {
        self.begin();
        // Writing to a vector cannot fail.
        let _ = self.out.write_fmt(words);
    }
}

/// Writes a number in digits without the machinery of formatting: a frame has many.
pub(super) fn push_number(number: u16, out: &mut Vec<u8>) {
    if number >= 10 {
        push_number(number / 10, out);
    }
    out.push(b'0' + u8::try_from(number % 10).unwrap_or(0));
}

/// `base` is 30 for letters and 40 for the ground.
fn colour(colour: Color, base: u8, codes: &mut Codes<'_>) {
    let index = match colour {
        Color::Reset => return codes.push(&[base + 9]),
        Color::Rgb(r, g, b) => return codes.push(&[base + 8, 2, r, g, b]),
        Color::Indexed(index) => index,
        named => index_of(named),
    };
    match index {
        0..8 => codes.push(&[base + index]),
        8..16 => codes.push(&[base + 60 + index - 8]),
        _ => codes.push(&[base + 8, 5, index]),
    }
}

/// With colons, as the standard has it: a terminal that does not know 58 then skips the whole,
/// where with semicolons it would take the 5 for blinking.
fn line_colour(colour: Color, codes: &mut Codes<'_>) {
    match colour {
        Color::Reset => codes.push(&[59]),
        Color::Rgb(r, g, b) => codes.push_words(format_args!("58:2::{r}:{g}:{b}")),
        Color::Indexed(index) => codes.push_words(format_args!("58:5:{index}")),
        named => codes.push_words(format_args!("58:5:{}", index_of(named))),
    }
}

/// A named colour's place among the sixteen.
fn index_of(colour: Color) -> u8 {
    match colour {
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn look(style: Style) -> Look {
        Look::of(Cell::new("x").set_style(style))
    }

    #[test]
    fn the_shortest_way_between_two_looks_is_taken() {
        let plain = Style::new();
        let cases = [
            (plain, plain, ""),
            (plain, plain.bold(), "\x1b[1m"),
            (plain.bold(), plain, "\x1b[m"),
            (plain.bold().red(), plain.red(), "\x1b[22m"),
            (plain.bold().dim(), plain.dim(), "\x1b[0;2m"),
            (plain.bold().dim().on_blue(), plain.dim().on_blue(), "\x1b[22;2m"),
            (plain.red(), plain.light_red(), "\x1b[91m"),
            (plain.fg(Color::Indexed(7)), plain.fg(Color::Gray), "\x1b[37m"),
            (plain, plain.fg(Color::Indexed(200)), "\x1b[38;5;200m"),
            (plain, plain.bg(Color::Rgb(1, 2, 3)), "\x1b[48;2;1;2;3m"),
            (plain, plain.on_white().black(), "\x1b[30;107m"),
            (plain.italic().underlined().red(), plain.italic().red(), "\x1b[24m"),
            (plain, plain.underlined().underline_color(Color::Red), "\x1b[4;58:5:1m"),
            (plain, plain.underline_color(Color::Red), ""),
        ];
        for (from, to, expected) in cases {
            let mut out = Vec::new();
            look(from).change(look(to), &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn what_does_not_show_on_a_blank_is_no_look() {
        let blank = |style| look(style).on_blank();
        assert_eq!(blank(Style::new().red().bold().italic()), Look::PLAIN);
        assert_ne!(blank(Style::new().on_red()), Look::PLAIN);
        assert_ne!(blank(Style::new().red().reversed()), blank(Style::new().reversed()));
        assert_ne!(blank(Style::new().underlined()), Look::PLAIN);
    }
}
