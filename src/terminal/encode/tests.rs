//! Frames are read back by a terminal emulator, which must show what the buffer holds.

use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use super::Encoder;
use crate::terminal::glyph::{Glyph, Numbers};

fn screen(columns: u16, rows: u16) -> vt100::Parser {
    let side = |n| NonZeroU16::new(n).unwrap();
    vt100::Parser::new(side(rows), side(columns), 0)
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Reset => vt100::Color::Default,
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        Color::Red => vt100::Color::Idx(1),
        Color::White => vt100::Color::Idx(15),
        other => panic!("{other:?} is not drawn in these tests"),
    }
}

/// Panics where the emulator shows something else than the buffer holds.
fn assert_shows(terminal: &vt100::Parser, buffer: &Buffer) {
    for (y, row) in (0..).zip(buffer.content.chunks(buffer.area.width.into())) {
        let mut glyphs = vec![Glyph::BLANK; row.len()];
        Numbers::default().read(row, &mut glyphs);
        let glyphs = (0..).zip(row).zip(glyphs).filter(|(_, glyph)| *glyph != Glyph::COVERED);
        for ((x, cell), glyph) in glyphs {
            let seen = terminal.screen().cell(y, x).unwrap();
            let place = format!("({x}, {y}) of {:?}", terminal.screen().contents());
            let contents = if seen.has_contents() { seen.contents() } else { " " };
            let symbol = glyph.char().map_or(cell.symbol().to_owned(), String::from);
            assert_eq!(contents, symbol, "{place}");
            let has = |modifier| cell.modifier.contains(modifier);
            assert_eq!(seen.bgcolor(), colour(cell.bg), "{place}");
            assert_eq!(seen.inverse(), has(Modifier::REVERSED), "{place}");
            assert_eq!(seen.underline(), has(Modifier::UNDERLINED), "{place}");
            if symbol != " " {
                assert_eq!(seen.fgcolor(), colour(cell.fg), "{place}");
                assert_eq!(seen.bold(), has(Modifier::BOLD), "{place}");
                assert_eq!(seen.italic(), has(Modifier::ITALIC), "{place}");
            }
        }
    }
}

fn blank(columns: u16, rows: u16) -> Buffer {
    Buffer::empty(Rect::new(0, 0, columns, rows))
}

/// What a frame costs after another, with the cursor somewhere.
fn change(before: &Buffer, after: &Buffer) -> String {
    let mut encoder = Encoder::default();
    encoder.encode(before, None);
    encoder.at = None;
    String::from_utf8(encoder.encode(after, None).to_vec()).unwrap()
}

#[test]
fn many_blanks_before_a_sign_are_erased() {
    let before = Buffer::with_lines(["abcdefghijklmnopqrstuvwxyz|x"]);
    let after =
        |blanks: usize, rest: &str| Buffer::with_lines([format!("{}{rest}", " ".repeat(blanks))]);
    let cases = [
        (after(26, "|x"), "\x1b[H\x1b[26X"),
        (after(26, "|y"), "\x1b[H\x1b[26X\x1b[27Cy"),
        (after(4, "efghijklmnopqrstuvwxyz|x"), "\x1b[H    "),
        (after(20, "習xyz||x"), "\x1b[H\x1b[20X\x1b[20C習xyz|"),
    ];
    for (after, expected) in cases {
        assert_eq!(change(&before, &after), expected);
        let mut terminal = screen(28, 1);
        let mut encoder = Encoder::default();
        terminal.process(encoder.encode(&before, None));
        terminal.process(encoder.encode(&after, None));
        assert_shows(&terminal, &after);
    }
}

#[test]
fn what_was_no_plain_text_is_erased_as_well() {
    let before = Buffer::with_lines(["─".repeat(30), "習".repeat(15)]);
    assert_eq!(change(&before, &blank(30, 2)), "\x1b[H\x1b[K\r\n\x1b[K");
}

#[test]
fn a_change_costs_few_bytes() {
    let before = Buffer::with_lines(["one two three", "four five six", "seven eight  "]);
    let with = |x: u16, y: u16, text: &str, style: Style| {
        let mut after = before.clone();
        after.set_string(x, y, text, style);
        after
    };
    let plain = Style::new();
    let cases = [
        (with(0, 0, "one", plain), ""),
        (with(0, 0, "ONE", plain), "\x1b[HONE"),
        (with(4, 1, "F", plain), "\x1b[2;5HF"),
        (with(4, 1, "Fiv3", plain), "\x1b[2;5HFiv3"),
        (with(0, 2, "SevEn", plain), "\x1b[3HSevE"),
        (with(0, 1, "four", plain.bold()), "\x1b[2H\x1b[1mfour"),
        (with(3, 2, "                ", plain), "\x1b[3;4H\x1b[K"),
        (with(12, 2, " ", plain.red()), ""),
        (with(12, 1, " ", plain), "\x1b[2;13H "),
    ];
    for (after, expected) in cases {
        assert_eq!(change(&before, &after), expected);
    }
    let mut two_rows = with(0, 0, "X", plain);
    two_rows.set_string(0, 1, "Y", plain);
    assert_eq!(change(&before, &two_rows), "\x1b[HX\r\nY");
}

#[test]
fn the_cursor_shows_only_where_it_is_wanted() {
    let mut encoder = Encoder::default();
    let frame = Buffer::with_lines(["abc"]);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert_eq!(text(encoder.encode(&frame, None)), "\x1b[m\x1b[H\x1b[2J\x1b[?25labc");
    let at = Some(Position::new(1, 0));
    assert_eq!(text(encoder.encode(&frame, at)), "\x1b[1;2H\x1b[?25h");
    assert_eq!(text(encoder.encode(&frame, at)), "");
    assert_eq!(text(encoder.encode(&frame, Some(Position::new(0, 0)))), "\r");
    assert_eq!(text(encoder.encode(&frame, Some(Position::new(9, 9)))), "\x1b[?25l", "not there");
}

#[test]
fn a_large_frame_is_shown_at_once_and_a_small_one_goes_bare() {
    let lines = vec!["x".repeat(80); 10];
    let large = change(&blank(80, 10), &Buffer::with_lines(lines));
    assert!(large.starts_with("\x1b[?2026h") && large.ends_with("\x1b[?2026l"), "{large:?}");
    let mut small = blank(80, 10);
    small.set_string(0, 0, "x", Style::new());
    assert_eq!(change(&blank(80, 10), &small), "\x1b[Hx");
}

#[test]
fn what_a_wide_grapheme_leaves_behind_is_redrawn() {
    let frames = [["習近平x"], ["a近平 x"], ["a bc平x"], ["ab習近x"], ["🎉🎉 ab"], ["       "]];
    let mut encoder = Encoder::default();
    let mut terminal = screen(7, 1);
    for frame in frames {
        let frame = Buffer::with_lines(frame);
        terminal.process(encoder.encode(&frame, None));
        assert_shows(&terminal, &frame);
    }
}

#[test]
fn a_sequence_of_doubtful_width_shifts_nothing_behind_it() {
    for doubtful in ["☀\u{fe0f}", "👩\u{200d}🔬", "🇨🇳", "क्ष"] {
        let mut frame = blank(12, 1);
        frame.set_string(0, 0, doubtful, Style::new());
        frame.set_string(8, 0, "|x", Style::new());
        let mut terminal = screen(12, 1);
        terminal.process(Encoder::default().encode(&frame, None));
        assert_eq!(terminal.screen().cell(0, 8).unwrap().contents(), "|", "{doubtful}");
        assert_eq!(terminal.screen().cell(0, 9).unwrap().contents(), "x", "{doubtful}");
    }
}

#[test]
fn no_control_character_gets_through() {
    let mut frame = blank(4, 1);
    frame[(0, 0)].set_symbol("\x1b]0;x\x07");
    frame[(1, 0)].set_symbol("\u{9b}2J");
    frame[(2, 0)].set_symbol("\x7f");
    assert_eq!(change(&blank(4, 1), &frame), "\x1b[H\u{fffd}\u{fffd}\u{fffd}");
}

#[test]
fn after_forgetting_everything_is_drawn_again() {
    let frame = Buffer::with_lines(["abc", "def"]);
    let mut encoder = Encoder::default();
    encoder.encode(&frame, None);
    let mut terminal = screen(3, 2);
    terminal.process(b"\x1b[31mnoise");
    encoder.forget();
    terminal.process(encoder.encode(&frame, None));
    assert_shows(&terminal, &frame);
    assert!(encoder.encode(&frame, None).is_empty());
}

#[test]
fn more_looks_than_are_kept_in_mind_are_shown_all_the_same() {
    let mut encoder = Encoder::default();
    let mut terminal = screen(40, 5);
    for round in 0..4 {
        let mut frame = blank(40, 5);
        for (at, cell) in (0..).zip(&mut frame.content) {
            cell.set_symbol(if at % 7 == 0 { "e\u{301}" } else { "x" });
            cell.set_fg(Color::Rgb(round, at, 7));
        }
        terminal.process(encoder.encode(&frame, None));
        assert_shows(&terminal, &frame);
    }
}

fn style() -> impl Strategy<Value = Style> {
    let colour = || {
        prop_oneof![
            4 => Just(Color::Reset),
            1 => Just(Color::Red),
            1 => Just(Color::White),
            1 => (16_u8..).prop_map(Color::Indexed),
            1 => any::<(u8, u8, u8)>().prop_map(|(r, g, b)| Color::Rgb(r, g, b)),
        ]
    };
    let modifiers = [Modifier::BOLD, Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED];
    let modifier = prop::sample::subsequence(modifiers.to_vec(), 0..=4)
        .prop_map(|chosen| chosen.into_iter().collect::<Modifier>());
    (colour(), colour(), modifier)
        .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
}

/// A frame as strings written over one another at random places.
fn frame(columns: u16, rows: u16) -> impl Strategy<Value = Buffer> {
    let symbol =
        prop::sample::select(vec!["a", "b", " ", " ", "  ", "é", "e\u{301}", "習", "🎉", "─"]);
    let text = prop::collection::vec(symbol, 0..12).prop_map(|symbols| symbols.concat());
    let pieces = prop::collection::vec((0..columns, 0..rows, text, style()), 0..12);
    pieces.prop_map(move |pieces| {
        let mut buffer = blank(columns, rows);
        for (x, y, text, style) in pieces {
            buffer.set_string(x, y, text, style);
        }
        buffer
    })
}

fn frames() -> impl Strategy<Value = Vec<Buffer>> {
    (1_u16..24, 1_u16..6)
        .prop_flat_map(|(columns, rows)| prop::collection::vec(frame(columns, rows), 1..5))
}

proptest! {
    #[test]
    fn the_terminal_shows_what_the_frames_hold(frames in frames(), at in any::<Option<(u8, u8)>>()) {
        let area = frames[0].area;
        let cursor = at.map(|(x, y)| Position::new(u16::from(x), u16::from(y)));
        let mut encoder = Encoder::default();
        let mut terminal = screen(area.width, area.height);
        for frame in &frames {
            terminal.process(encoder.encode(frame, cursor));
            assert_shows(&terminal, frame);
            let shown = cursor.filter(|at| area.contains(*at));
            prop_assert_eq!(terminal.screen().hide_cursor(), shown.is_none());
            if let Some(at) = shown {
                prop_assert_eq!(terminal.screen().cursor_position(), (at.y, at.x));
            }
            prop_assert!(encoder.encode(frame, cursor).is_empty(), "nothing changed");
        }
    }
}
