//! The first row: whose corpus, what is being looked at, how much of it.

use std::time::Duration;

use ratatui::buffer::Buffer;

use super::paint::{Pen, tint};
use super::rect;
use super::theme::{Role, Theme};
use crate::app::App;
use crate::app::loading::Loading;
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
        let Loading { read, found, .. } = loading;
        if found == 0 {
            return "looking for files…".to_owned();
        }
        return progress(format!("reading {read} of {found} files"), &loading, columns);
    }
    if let Some(surveying) = app.surveying {
        let Loading { read, found, .. } = surveying;
        let looking = format!("looking for names in {read} of {found} texts");
        return progress(looking, &surveying, columns);
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

/// How far something is, at which pace, and how long it will take.
fn progress(done: String, loading: &Loading, columns: usize) -> String {
    match loading.pace().filter(|_| columns >= ROOM_FOR_NAME) {
        Some((rate, left)) if columns >= ROOM_FOR_DATE => {
            format!("{done} · {rate} a second · {} left", in_words(left))
        }
        Some((_, left)) => format!("{done} · {} left", in_words(left)),
        None => done,
    }
}

fn in_words(left: Duration) -> String {
    match left.as_secs() {
        seconds @ 0..=90 => format!("{seconds} s"),
        seconds => format!("{} min", seconds.div_ceil(60)),
    }
}
