//! The timeline: date, event, and signs of what is the open briefing's, planned or in doubt.

mod event;
mod sign;
pub(in crate::ui) mod strip;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::layout::PaneId;
use crate::app::pane::timeline::{DateWords, Lane, Row, end_words};
use crate::date::bucket::Unit;
use crate::text::display_width;
use crate::ui::paint::{Pen, say_empty, tint};
use crate::ui::theme::{Role, Theme};

/// Narrowest panes that have room for both signs of an event, for its status in a word where that
/// costs the event no letter, and for the date of its report.
const ROOM_FOR_SIGNS: usize = 24;
const ROOM_FOR_STATUS: usize = 34;
/// The status has its word even where the event is cut for it.
const ROOM_FOR_ALL: usize = 60;
const ROOM_FOR_REPORT: usize = 60;
/// Columns of a report's date and the space after it.
const REPORT: usize = 12;

/// Draws the pane.
pub fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let pane = &app.timeline;
    if pane.rows.is_empty() {
        say_empty(buffer, area, &empty(app), theme.style(Role::Dim));
        return;
    }
    let above = u16::try_from(pane.strip_rows(area.height.into())).unwrap_or(0).min(area.height);
    let view = pane.view(area.height.into());
    if above > 0 {
        let days = pane.days_in_view(&view);
        strip::draw(app, theme, days, Rect { height: above, ..area }, buffer);
    }
    let area = Rect { y: area.y + above, height: area.height - above, ..area };
    for (line, (at, row)) in (0..area.height).zip((pane.cursor.top..).zip(&view)) {
        let here = at == pane.cursor.at;
        if here {
            let focused = app.focus == PaneId::Timeline;
            let role = if focused { Role::Cursor } else { Role::CursorAside };
            tint(buffer, area, line, theme.style(role));
        }
        draw_row(app, theme, row, here, Pen::new(buffer, area, line));
    }
}

fn draw_row(app: &App, theme: &Theme, row: &Row, here: bool, mut pen: Pen<'_>) {
    let plain = Style::new();
    let dim = theme.style(Role::Dim);
    match row {
        Row::Heading(_) => {
            let room = pen.room();
            let words = row.words(&app.corpus);
            pen.write(" ", plain).write_cut(&words, room, theme.style(Role::Heading));
        }
        Row::Gap(..) => {
            let dash = theme.glyph("—", "--");
            let indent = if pen.room() < ROOM_FOR_SIGNS { 1 } else { date_columns(app) + 4 };
            let words = row.words(&app.corpus);
            pen.skip(indent, plain).write(&format!("{dash} {words} {dash}"), dim);
        }
        Row::Divider { .. } => {
            let (rule, style) = (theme.glyph("─", "-"), theme.style(Role::Planned));
            let room = pen.room().saturating_sub(2);
            pen.write(rule, style)
                .write(" ", style)
                .write_cut(&row.words(&app.corpus), room, style)
                .write(" ", style);
            let room = pen.room();
            pen.write(&rule.repeat(room), style);
        }
        Row::Event(event) => event::draw_event(app, theme, event, here, pen),
        Row::Report(report) => event::draw_report(app, theme, report, here, pen),
        Row::End(event) => {
            let told = event.at.find_in(&app.corpus);
            let date = told.as_ref().and_then(|told| told.date.as_ref());
            let words = date.map(|date| end_words(date, event.said)).unwrap_or_default();
            pen.write(" ", plain);
            write_date(&mut pen, &words, date_columns(app), dim);
            pen.sign(lane(event.lane, theme), dim);
        }
    }
}

/// Columns of a day, a time or a day and month, without the columns of `~` and `?`.
fn date_columns(app: &App) -> usize {
    match app.timeline.unit {
        Unit::Day => 5,
        Unit::Week | Unit::Month => 2,
        Unit::Quarter | Unit::Year => 6,
    }
}

fn write_date(pen: &mut Pen<'_>, words: &DateWords, columns: usize, style: Style) {
    let sign = |is: bool, sign: &'static str| if is { sign } else { " " };
    pen.sign(sign(words.approximate, "~"), style);
    pen.skip(columns.saturating_sub(display_width(&words.text)), style);
    let half = pen.room() / 2;
    pen.write_cut(&words.text, half, style);
    pen.sign(sign(words.uncertain, "?"), style);
}

fn lane(lane: Lane, theme: &Theme) -> &'static str {
    match lane {
        Lane::Free => " ",
        Lane::Opens => theme.glyph("┐", "\\"),
        Lane::Within => theme.glyph("│", "|"),
        Lane::Closes => theme.glyph("┘", "/"),
        Lane::Spans => theme.glyph("↦", "-"),
        Lane::Onward => theme.glyph("→", ">"),
    }
}

fn empty(app: &App) -> String {
    if app.loading.is_some() {
        return String::new();
    }
    match app.timeline.filter.as_str() {
        "" if app.timeline.is_narrowed() => "The lens leaves no event.".to_owned(),
        "" => "No briefing here declares events.".to_owned(),
        filter => format!("No event has `{filter}`. Esc shows all again."),
    }
}

#[cfg(test)]
mod tests;
