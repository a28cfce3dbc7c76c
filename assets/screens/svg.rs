//! A screen as an SVG picture: made of the very cells that the program drew.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr as _;

/// Size of a cell, in the picture's units.
const COLUMN: u16 = 8;
const ROW: u16 = 17;
const MARGIN: u16 = 10;

/// What a terminal with a dark ground shows where a cell leaves it the choice.
const TEXT: &str = "#d8dee9";
const GROUND: &str = "#16181d";

/// The picture of a screen.
pub fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let (width, height) = (columns * COLUMN + 2 * MARGIN, rows * ROW + 2 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13.3\">\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{GROUND}\"/>\n"
    );
    for (y, row) in (0..rows).zip(buffer.content().chunks(usize::from(columns))) {
        let runs = runs(row);
        for run in &runs {
            run.ground(&mut out, y);
        }
        for run in &runs {
            run.text(&mut out, y);
        }
    }
    out.push_str("</svg>\n");
    out
}

/// Neighbouring cells that look alike.
struct Run {
    x: u16,
    columns: u16,
    text: String,
    foreground: String,
    background: Option<String>,
    modifier: Modifier,
}

fn runs(row: &[Cell]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut skip = 0;
    for (x, cell) in (0u16..).zip(row) {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let width = u16::try_from(cell.symbol().width().max(1)).unwrap_or(1);
        skip = width - 1;
        let (foreground, background) = colours(cell);
        let alike = |run: &Run| run.foreground == foreground && run.background == background && run.modifier == cell.modifier && width == 1 && cell.symbol().is_ascii() == run.text.is_ascii();
        match runs.last_mut() {
            Some(run) if alike(run) && run.x + run.columns == x => {
                run.text.push_str(cell.symbol());
                run.columns += 1;
            }
            _ => runs.push(Run { x, columns: width, text: cell.symbol().to_owned(), foreground, background, modifier: cell.modifier }),
        }
    }
    runs
}

fn colours(cell: &Cell) -> (String, Option<String>) {
    let foreground = hex(cell.fg).unwrap_or_else(|| TEXT.to_owned());
    let background = hex(cell.bg);
    if cell.modifier.contains(Modifier::REVERSED) {
        (background.unwrap_or_else(|| GROUND.to_owned()), Some(foreground))
    } else {
        (foreground, background)
    }
}

fn hex(colour: Color) -> Option<String> {
    let named = match colour {
        Color::Rgb(r, g, b) => return Some(format!("#{r:02x}{g:02x}{b:02x}")),
        Color::Black => "#16181d",
        Color::Red => "#e06c75",
        Color::Green => "#98c379",
        Color::Yellow => "#e5c07b",
        Color::Blue => "#61afef",
        Color::Magenta => "#c678dd",
        Color::Cyan => "#56b6c2",
        Color::Gray => "#abb2bf",
        Color::DarkGray => "#5c6370",
        Color::LightRed => "#ff7b85",
        Color::LightGreen => "#b5e890",
        Color::LightYellow => "#ffd68a",
        Color::White => "#ffffff",
        _ => return None,
    };
    Some(named.to_owned())
}

impl Run {
    fn ground(&self, out: &mut String, y: u16) {
        if let Some(background) = &self.background {
            let (x, y, width) = (MARGIN + self.x * COLUMN, MARGIN + y * ROW, self.columns * COLUMN);
            let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{ROW}\" fill=\"{background}\"/>");
        }
    }

    fn text(&self, out: &mut String, y: u16) {
        if self.text.trim().is_empty() {
            return;
        }
        let (x, y, width) = (MARGIN + self.x * COLUMN, MARGIN + y * ROW + 13, self.columns * COLUMN);
        let mut attributes = String::new();
        for (modifier, attribute) in [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
            (Modifier::DIM, " opacity=\"0.65\""),
        ] {
            if self.modifier.contains(modifier) {
                attributes.push_str(attribute);
            }
        }
        let text = self.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = writeln!(out, "<text x=\"{x}\" y=\"{y}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" fill=\"{}\"{attributes}>{text}</text>", self.foreground);
    }
}
