//! The first row: whose corpus, what is being looked at, how much of it.

use ratatui::buffer::Buffer;

use super::paint::{Pen, tint};
use super::rect;
use super::theme::{Role, Theme};
use crate::app::App;
use crate::text::display_width;

/// Narrowest screens on which the program names itself, and on which the date is told.
const ROOM_FOR_NAME: usize = 80;
const ROOM_FOR_DATE: usize = 100;

pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) {
    let Some(area) = app.layout.header.map(rect) else { return };
    let columns = usize::from(area.width);
    tint(buffer, area, 0, theme.style(Role::Plain));
    let right = right(app, columns);
    Pen::new(buffer, area, 0).write_right(&format!("{right} "), theme.style(Role::Dim));
    let mut pen = Pen::new(buffer, area, 0);
    pen.reserve((display_width(&right) + 1).min(columns));
    pen.write(" ", theme.style(Role::Plain));
    if columns >= ROOM_FOR_NAME {
        pen.write("chancery  ", theme.style(Role::Header));
    }
    let name = if app.corpus.name.is_empty() { "…" } else { &app.corpus.name };
    pen.write_cut(name, columns / 3, theme.style(Role::Plain));
    pen.write("  ", theme.style(Role::Plain));
    let lens = lens(app);
    let room = pen.room();
    pen.write_cut(&lens, room, theme.style(if lens == "all" { Role::Dim } else { Role::Header }));
}

/// What is being looked at, as it would be typed.
fn lens(app: &App) -> String {
    if app.lens.query.is_empty() { "all".to_owned() } else { app.lens.query.to_string() }
}

fn right(app: &App, columns: usize) -> String {
    if let Some(loading) = app.loading {
        return match loading.found {
            0 => "looking for files…".to_owned(),
            found => format!("reading {} of {found} files", loading.read),
        };
    }
    let (all, found) = (app.corpus.entries.len(), app.lens.briefings.len());
    let mut right = format!("{found} of {all}");
    if columns >= ROOM_FOR_DATE {
        right = format!("{right} · {} unread", app.unread);
        let date = app.open().and_then(|(_, entry)| entry.date());
        if let Some(date) = date {
            right = format!("{right}   as of {}", date.in_words());
        }
    }
    right
}
