//! The row of an event, and those of its reports beneath it.

use std::fmt::Write;

use ratatui::style::Style;

use super::{
    REPORT, ROOM_FOR_ALL, ROOM_FOR_REPORT, ROOM_FOR_SIGNS, date_columns, lane, sign, write_date,
};
use crate::app::App;
use crate::app::pane::timeline::{DateWords, EventRow, Lane, date_words, told_end};
use crate::corpus::timeline::{Standing, Story};
use crate::date::EdtfDate;
use crate::text::display_width;
use crate::ui::paint::{Lit, Pen};
use crate::ui::theme::{Role, Theme};

/// Draws an event as it stands as of the open briefing.
pub(super) fn draw_event(app: &App, theme: &Theme, row: &EventRow, here: bool, pen: Pen<'_>) {
    let pane = &app.timeline;
    let story = pane.story(row);
    let Some(event) = pane.lead(row).find_in(&app.corpus) else { return };
    let placed = row.at.find_in(&app.corpus);
    let date = placed.as_ref().and_then(|event| event.date.as_ref());
    let what = match date.filter(|_| !is_bracketed(row.lane)).and_then(told) {
        Some(end) => format!("({end}) {}", event.what),
        None => event.what.clone(),
    };
    let own = |story: Story<'_>| story.reports().any(|told| pane.is_of_open(told.at()));
    Line {
        date: date.map(|date| date_words(date, row.said)).unwrap_or_default(),
        lane: lane(row.lane, theme),
        reported: event.entry().date().map(EdtfDate::as_edtf).unwrap_or_default(),
        what: &what,
        aside: "",
        reports: story.map_or(1, |story| story.tellings().count()),
        standing: match story {
            Some(story) => story.standing(pane.as_of()),
            None => Standing::of(event.status()),
        },
        own: story.map_or_else(|| pane.is_of_open(row.at), own),
        known: match story {
            Some(story) => story.is_known(pane.as_of()),
            None => pane.is_known(&app.corpus, row.at),
        },
        here,
    }
    .draw(app, theme, pen);
}

/// Draws one report: when, in which briefing, and what it says where that is something else.
pub(super) fn draw_report(app: &App, theme: &Theme, row: &EventRow, here: bool, pen: Pen<'_>) {
    let Some(event) = row.at.find_in(&app.corpus) else { return };
    let entry = event.entry();
    let lead = app
        .timeline
        .story(row)
        .and_then(|story| story.lead(app.timeline.as_of()).at().find_in(&app.corpus));
    let wide = pen.room() >= ROOM_FOR_REPORT;
    let mut what = String::from(theme.glyph("└ ", "` "));
    if let Some(date) = entry.date().filter(|_| !wide) {
        what.push_str(&date.short_words());
        what.push_str("  ");
    }
    if let Some(date) = event
        .date
        .as_ref()
        .filter(|date| lead.as_ref().is_some_and(|lead| lead.date.as_ref() != Some(*date)))
    {
        let _ = write!(what, "({}) ", date.short_words());
    }
    let is_other = lead.as_ref().is_some_and(|lead| lead.what != event.what);
    let aside = if is_other && wide { format!("  {}", entry.title()) } else { String::new() };
    what.push_str(if is_other && wide { &event.what } else { entry.title() });
    Line {
        date: DateWords::default(),
        lane: lane(row.lane, theme),
        reported: entry.date().map(EdtfDate::as_edtf).unwrap_or_default(),
        what: &what,
        aside: &aside,
        reports: 1,
        standing: Standing::of(event.status()),
        own: app.timeline.is_of_open(row.at),
        known: app.timeline.is_known(&app.corpus, row.at),
        here,
    }
    .draw(app, theme, pen);
}

/// What stands in a row, from the left to the right.
struct Line<'a> {
    date: DateWords,
    lane: &'static str,
    /// Date of the report, as EDTF.
    reported: &'a str,
    what: &'a str,
    /// What stands behind it where there is room.
    aside: &'a str,
    reports: usize,
    standing: Standing,
    own: bool,
    /// Whether it was reported by the open briefing's date.
    known: bool,
    here: bool,
}

impl Line<'_> {
    fn draw(&self, app: &App, theme: &Theme, mut pen: Pen<'_>) {
        let plain = Style::new();
        let styled = |role| match role {
            _ if self.here => plain,
            _ if !self.known => theme.style(Role::Dim),
            role => theme.style(role),
        };
        let width = pen.room();
        pen.sign(if self.here { theme.glyph("▶", ">") } else { " " }, plain);
        write_date(&mut pen, &self.date, date_columns(app), styled(Role::Plain));
        pen.sign(self.lane, styled(Role::Dim)).write(" ", plain);
        if width >= ROOM_FOR_REPORT {
            pen.write_padded(self.reported, REPORT - 2, styled(Role::Dim)).write("  ", plain);
        }
        let count = self.count(width, theme);
        let beside = pen.room().saturating_sub(display_width(&count));
        let word = sign::word_beside(self.standing, display_width(self.what), beside, width);
        let signs = if width < ROOM_FOR_SIGNS { 1 } else { 2 };
        let columns = if word.is_empty() { 0 } else { word.len() + 1 };
        let room = beside.saturating_sub(columns + signs + 1);
        let style = match sign::role(self.standing) {
            Role::Done if self.own => styled(Role::Strong),
            role => styled(role),
        };
        let before = pen.room();
        pen.write_lit(self.what, room, style, &Lit::new(&app.timeline.filter, theme));
        let rest = room.saturating_sub(before - pen.room());
        pen.write_cut(self.aside, rest, styled(Role::Dim));
        let rest = room.saturating_sub(before - pen.room());
        pen.skip(rest, style).write(" ", plain).write(&count, styled(Role::Dim));
        if columns > 0 {
            pen.write(word, styled(sign::role(self.standing))).write(" ", plain);
        }
        sign::write_signs(&mut pen, self.standing, self.own, signs, theme, styled);
    }

    /// How many reports there are, where there are several, and a space.
    fn count(&self, width: usize, theme: &Theme) -> String {
        match self.reports {
            0 | 1 => String::new(),
            reports if width >= ROOM_FOR_ALL => format!("{reports} reports "),
            reports if width >= ROOM_FOR_SIGNS => format!("{}{reports} ", theme.glyph("×", "x")),
            _ => String::new(),
        }
    }
}

/// What a range without a bracket says of its end.
fn told(date: &EdtfDate) -> Option<String> {
    if date.earliest() == date.latest() {
        return None;
    }
    told_end(date).map(|end| format!("to {end}"))
}

/// Whether a row of its own says where the range ends.
fn is_bracketed(lane: Lane) -> bool {
    matches!(lane, Lane::Opens | Lane::Closes)
}
