//! Drawing of what lies over the panes.

mod commands;
mod details;
mod lenses;
mod picker;
mod places;
mod problems;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::paint::{Pen, clear};
use super::theme::{Role, Theme};
use crate::app::App;
use crate::app::overlay::Overlay;
use crate::text::{display_width, ellipsize};

/// Smallest screens on which an overlay leaves a margin around itself, and its greatest width.
const ROOM_FOR_MARGIN: u16 = 130;
const WIDEST: u16 = 110;

/// Draws the topmost overlay; gives the cursor of its line, if one types.
pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let overlay = app.overlays.last()?;
    let screen = buffer.area;
    let top = u16::from(app.layout.header.is_some());
    let bottom = app.layout.footer.map_or(screen.height, |footer| footer.y);
    let width =
        if screen.width >= ROOM_FOR_MARGIN { (screen.width - 8).min(WIDEST) } else { screen.width };
    let most = bottom - top;
    let height = match overlay {
        Overlay::Details(details) => {
            details::height(details, width.saturating_sub(2)).saturating_add(3).min(most)
        }
        Overlay::Commands(_)
        | Overlay::Problems(_)
        | Overlay::Places(_)
        | Overlay::Picker(_)
        | Overlay::Lenses(_) => most,
    };
    let area = Rect { x: (screen.width - width) / 2, y: top, width, height };
    clear(buffer, area, theme.base());
    let ends_above = height < most;
    let body = draw_frame(title(overlay), theme, area, ends_above, buffer);
    match overlay {
        Overlay::Commands(list) => Some(commands::draw(app, list, theme, body, buffer)),
        Overlay::Problems(list) => {
            problems::draw(app, list, theme, body, buffer);
            None
        }
        Overlay::Picker(picker) => Some(picker::draw(app, picker, theme, body, buffer)),
        Overlay::Lenses(lenses) => {
            lenses::draw(app, lenses, theme, body, buffer);
            None
        }
        Overlay::Places(places) => {
            places::draw(places, theme, body, buffer);
            None
        }
        Overlay::Details(details) => {
            details::draw(details, theme, body, buffer);
            None
        }
    }
}

fn title(overlay: &Overlay) -> &'static str {
    match overlay {
        Overlay::Commands(list) if list.help => "Help: type to search, Enter runs the command",
        Overlay::Commands(_) => "Run a command",
        Overlay::Problems(_) => "Problems in the files",
        Overlay::Details(_) => "Details",
        Overlay::Places(_) => "Places you have been",
        Overlay::Picker(_) => "Find an actor: Tab lights him up, & narrows the lens",
        Overlay::Lenses(_) => "Saved lenses",
    }
}

/// A title line, sides where the overlay is narrower than the screen, and a last line where
/// something shows beneath; gives what is inside.
fn draw_frame(
    title: &str,
    theme: &Theme,
    area: Rect,
    ends_above: bool,
    buffer: &mut Buffer,
) -> Rect {
    let line = theme.glyph("━", "=");
    let style = theme.style(Role::RuleFocused);
    let columns = usize::from(area.width);
    let mut pen = Pen::new(buffer, area, 0);
    pen.write(line, style)
        .write(" ", style)
        .write(&ellipsize(title, columns.saturating_sub(4)), theme.style(Role::TitleFocused))
        .write(" ", style);
    let rest = pen.room();
    pen.write(&line.repeat(rest), style);
    let sides = area.x > 0;
    for row in 1..area.height {
        if sides {
            Pen::new(buffer, area, row)
                .write(theme.glyph("│", "|"), theme.style(Role::Rule))
                .skip(columns - 2, Style::new())
                .write(theme.glyph("│", "|"), theme.style(Role::Rule));
        }
    }
    let closed = (sides || ends_above) && area.height > 1;
    if closed {
        let (left, right) = if sides { ("└", "┘") } else { ("─", "─") };
        let mut pen = Pen::new(buffer, area, area.height - 1);
        let style = theme.style(Role::Rule);
        pen.write(theme.glyph(left, "+"), style);
        pen.write(&theme.glyph("─", "-").repeat(columns.saturating_sub(2)), style);
        pen.write(theme.glyph(right, "+"), style);
    }
    let side = u16::from(sides);
    Rect {
        x: area.x + side,
        y: area.y + 1,
        width: area.width - 2 * side,
        height: area.height.saturating_sub(1 + u16::from(closed)),
    }
}

/// Columns of the longest of some texts, at most `most`.
fn widest<'a>(texts: impl Iterator<Item = &'a str>, most: usize) -> usize {
    texts.map(display_width).max().unwrap_or(0).min(most)
}
