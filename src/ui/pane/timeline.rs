//! The timeline: date, event, and signs of what is the open briefing's, planned or in doubt.

pub(in crate::ui) mod strip;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::layout::PaneId;
use crate::app::pane::timeline::{DateWords, EventRow, Lane, Row, date_words, end_words, told_end};
use crate::briefing::{Briefing, Event, EventStatus};
use crate::corpus::timeline::is_planned;
use crate::date::EdtfDate;
use crate::date::bucket::Unit;
use crate::text::display_width;
use crate::ui::paint::{Lit, Pen, say_empty, tint};
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
    if above > 0 {
        let in_view = pane.days_in_view(&app.corpus, area.height.into());
        strip::draw(app, theme, in_view, Rect { height: above, ..area }, buffer);
    }
    let area = Rect { y: area.y + above, height: area.height - above, ..area };
    let rows = pane.rows.iter().enumerate().skip(pane.cursor.top);
    for (line, (at, row)) in (0..area.height).zip(rows) {
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
        Row::Heading(heading) => {
            let room = pen.room();
            pen.write(" ", plain).write_cut(heading, room, theme.style(Role::Heading));
        }
        Row::Gap(words) => {
            let dash = theme.glyph("—", "--");
            let indent = if pen.room() < ROOM_FOR_SIGNS { 1 } else { date_columns(app) + 4 };
            pen.skip(indent, plain).write(&format!("{dash} {words} {dash}"), dim);
        }
        Row::ToCome(words) => {
            let (rule, style) = (theme.glyph("─", "-"), theme.style(Role::Planned));
            let room = pen.room().saturating_sub(2);
            pen.write(rule, style)
                .write(" ", style)
                .write_cut(words, room, style)
                .write(" ", style);
            let room = pen.room();
            pen.write(&rule.repeat(room), style);
        }
        Row::Event(event) => draw_event(app, theme, *event, here, pen),
        Row::End(event) => {
            let date = event.at.find_in(&app.corpus).and_then(|event| event.date.as_ref());
            let words = date.map(|date| end_words(date, event.said)).unwrap_or_default();
            pen.write(" ", plain);
            write_date(&mut pen, &words, date_columns(app), dim);
            pen.write(lane(event.lane, theme), dim);
        }
    }
}

fn draw_event(app: &App, theme: &Theme, row: EventRow, here: bool, mut pen: Pen<'_>) {
    let Some(entry) = app.corpus.entry(row.at.briefing) else { return };
    let Some(event) = entry.briefing.events.get(row.at.event) else { return };
    let plain = Style::new();
    let styled = |role| if here { plain } else { theme.style(role) };
    let width = pen.room();
    let own = app.timeline.is_of_open(row.at);
    let status = Standing::of(&entry.briefing, event);
    let date = event.date.as_ref();
    let words = date.map(|date| date_words(date, row.said)).unwrap_or_default();
    pen.write(if here { theme.glyph("▶", ">") } else { " " }, plain);
    write_date(&mut pen, &words, date_columns(app), plain);
    pen.write(lane(row.lane, theme), styled(Role::Dim)).write(" ", plain);
    if width >= ROOM_FOR_REPORT {
        let report = entry.briefing.date.as_ref().map(EdtfDate::as_edtf).unwrap_or_default();
        pen.write_padded(report, REPORT - 2, styled(Role::Dim)).write("  ", plain);
    }
    let what = match date.filter(|_| !is_bracketed(row.lane)).and_then(told) {
        Some(end) => format!("({end}) {}", event.what),
        None => event.what.clone(),
    };
    let word = status.word_beside(display_width(&what), pen.room(), width);
    let signs = if width < ROOM_FOR_SIGNS { 1 } else { 2 };
    let room = pen.room().saturating_sub(word.len() + signs + 1);
    let style = match status {
        Standing::Denied | Standing::Alleged => styled(Role::Doubtful),
        _ if own => styled(Role::Strong),
        Standing::Planned => styled(Role::Planned),
        Standing::Done => plain,
    };
    let before = pen.room();
    pen.write_lit(&what, room, style, &Lit::new(&app.timeline.filter, theme));
    let rest = room.saturating_sub(before - pen.room());
    pen.skip(rest, style).write(" ", plain).write(word, status.style(theme, here));
    status.write_signs(&mut pen, own, signs, theme, here);
}

/// What a range without a bracket says of its end.
fn told(date: &EdtfDate) -> Option<String> {
    if date.earliest() == date.latest() {
        return None;
    }
    told_end(date).map(|end| format!("to {end}"))
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
    pen.write(sign(words.approximate, "~"), style);
    pen.skip(columns.saturating_sub(display_width(&words.text)), style);
    let half = pen.room() / 2;
    pen.write_cut(&words.text, half, style);
    pen.write(sign(words.uncertain, "?"), style);
}

/// Whether a row of its own says where the range ends.
fn is_bracketed(lane: Lane) -> bool {
    matches!(lane, Lane::Opens | Lane::Closes)
}

fn lane(lane: Lane, theme: &Theme) -> &'static str {
    match lane {
        Lane::Free => " ",
        Lane::Opens => theme.glyph("┐", "\\"),
        Lane::Within => theme.glyph("│", "|"),
        Lane::Closes => theme.glyph("┘", "/"),
        Lane::Onward => theme.glyph("→", ">"),
    }
}

/// How an event stands, as its briefing says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Done,
    Planned,
    Denied,
    Alleged,
}

impl Standing {
    fn of(briefing: &Briefing, event: &Event) -> Self {
        match event.status {
            _ if is_planned(briefing, event) => Self::Planned,
            EventStatus::Denied => Self::Denied,
            EventStatus::Alleged => Self::Alleged,
            EventStatus::Done | EventStatus::Planned => Self::Done,
        }
    }

    /// The word and a space, where there is room for them beside what happened.
    fn word_beside(self, what: usize, room: usize, width: usize) -> &'static str {
        let word = match self {
            Self::Done => "",
            Self::Planned => "planned ",
            Self::Denied => "denied ",
            Self::Alleged => "alleged ",
        };
        let fits = width >= ROOM_FOR_STATUS && what + word.len() + 3 <= room;
        if fits || width >= ROOM_FOR_ALL { word } else { "" }
    }

    fn sign(self, theme: &Theme) -> &'static str {
        match self {
            Self::Done => " ",
            Self::Planned => theme.glyph("○", "o"),
            Self::Denied => theme.glyph("✗", "x"),
            Self::Alleged => theme.glyph("“", "\""),
        }
    }

    fn style(self, theme: &Theme, here: bool) -> Style {
        match self {
            Self::Planned if !here => theme.style(Role::Planned),
            Self::Denied | Self::Alleged if !here => theme.style(Role::Doubtful),
            _ => Style::new(),
        }
    }

    /// The sign of the standing and that of the open briefing; where there is room for one, the
    /// more telling.
    fn write_signs(self, pen: &mut Pen<'_>, own: bool, signs: usize, theme: &Theme, here: bool) {
        let styled = |role| if here { Style::new() } else { theme.style(role) };
        if signs > 1 || self != Self::Done {
            pen.write(self.sign(theme), self.style(theme, here));
        }
        if signs == 1 && self != Self::Done {
            return;
        }
        if own {
            pen.write(theme.glyph("●", "*"), styled(Role::Strong));
        } else {
            pen.write(theme.glyph("·", "."), styled(Role::Dim));
        }
    }
}

fn empty(app: &App) -> String {
    if app.loading.is_some() {
        return String::new();
    }
    match app.timeline.filter.as_str() {
        "" => "No briefing here declares events.".to_owned(),
        filter => format!("No event has `{filter}`. Esc shows all again."),
    }
}

#[cfg(test)]
mod tests;
