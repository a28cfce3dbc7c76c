//! The list: marks, date, title; below each what the lens found in it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::layout::PaneId;
use crate::app::pane::briefings::{Row, SNIPPET_INDENT};
use crate::corpus::words::hits_in_title;
use crate::corpus::{BriefingId, Entry};
use crate::date::{Bound, EdtfDate, Precision};
use crate::diagnostic::Severity;
use crate::text::ellipsize;
use crate::ui::paint::{Pen, say_empty, tint};
use crate::ui::theme::{Role, Theme};

/// Columns of a day under a month's heading, of a whole date, and of a date without its year.
const DAY: usize = 5;
const DATE: usize = 12;
const SHORT_DATE: usize = 7;
/// Narrowest panes with a whole date, and with any.
const ROOM_FOR_YEAR: usize = 45;
const ROOM_FOR_DATE: usize = 25;
/// Least room beside the date in which the root is told, where there are several.
const ROOM_FOR_ROOT: usize = 32;

/// Draws the list.
pub fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    if app.briefings.rows.is_empty() {
        say_empty(buffer, area, &empty(app), theme.style(Role::Dim));
        return;
    }
    let rows = app.briefings.rows.iter().enumerate().skip(app.briefings.cursor.top);
    for (line, (at, row)) in (0..area.height).zip(rows) {
        match row {
            Row::Heading(heading) => {
                Pen::new(buffer, area, line)
                    .write("  ", Style::new())
                    .write(heading, theme.style(Role::Heading));
            }
            Row::Briefing(id) => {
                let Some(entry) = app.corpus.entry(*id) else { continue };
                let here = at == app.briefings.cursor.at;
                if here {
                    let role = if app.focus == PaneId::Briefings {
                        Role::Cursor
                    } else {
                        Role::CursorAside
                    };
                    tint(buffer, area, line, theme.style(role));
                }
                draw_row(app, theme, (*id, entry), here, Pen::new(buffer, area, line));
            }
            Row::Snippet(id) => draw_snippet(app, theme, *id, Pen::new(buffer, area, line)),
        }
    }
}

fn draw_row(
    app: &App,
    theme: &Theme,
    (id, entry): (BriefingId, &Entry),
    here: bool,
    mut pen: Pen<'_>,
) {
    let marks = app.shelf.get(&entry.slug);
    let mut found = app.corpus.diagnostics_of(entry);
    let problem = entry.unreadable || found.any(|found| found.severity() > Severity::Note);
    let plain = Style::new();
    pen.sign(if here { theme.glyph("▶", ">") } else { " " }, plain);
    let selected = app.briefings.selected.contains(&id);
    pen.sign(
        if selected {
            "+"
        } else if marks.starred {
            theme.glyph("★", "*")
        } else {
            " "
        },
        if here { plain } else { theme.style(Role::Star) },
    );
    let unread = !marks.read && !entry.unreadable;
    pen.sign(if unread { theme.glyph("•", ".") } else { " " }, plain);
    let dated = entry.date();
    let (date, width) = match pen.room() {
        _ if app.briefings.has_months() => (dated.map(day), DAY),
        ROOM_FOR_YEAR.. => (dated.map(|date| short_date(date, "%e %b %Y")), DATE),
        ROOM_FOR_DATE.. => (dated.map(|date| short_date(date, "%e %b")), SHORT_DATE),
        _ => (None, 0),
    };
    let dim = if here { plain } else { theme.style(Role::Dim) };
    pen.write_padded(&date.unwrap_or_default(), width, dim).write(" ", plain);
    let title = if unread { theme.style(Role::Unread) } else { plain };
    if problem {
        let warning = theme.style(if entry.unreadable { Role::Error } else { Role::Warning });
        pen.write(theme.glyph("⚠ ", "! "), if here { plain } else { warning });
    }
    if let Some(root) = app.corpus.root_shown(entry).filter(|_| pen.room() >= ROOM_FOR_ROOT) {
        let shown = format!(" {}", ellipsize(root, pen.room() / 3));
        pen.write_right_and_keep(&shown, dim);
    }
    let room = pen.room();
    let found = |shown: &str| hits_in_title(shown, &app.lens.query);
    pen.write_found(entry.title(), room, title, theme.style(Role::Hit), found);
}

fn draw_snippet(app: &App, theme: &Theme, id: BriefingId, mut pen: Pen<'_>) {
    let Some(snippet) = app.briefings.snippet(id) else { return };
    pen.skip(SNIPPET_INDENT, Style::new());
    let room = pen.room();
    let found = |_: &str| snippet.hits.clone();
    pen.write_found(&snippet.text, room, theme.style(Role::Dim), theme.style(Role::Hit), found);
}

/// The day of a month whose name stands above: `17`, `20–22`, or `Mar` where no day is known.
fn day(date: &EdtfDate) -> String {
    match (date.earliest(), date.latest()) {
        (Bound::Day(first), Bound::Day(last)) if date.precision() <= Precision::Day => {
            if first == last {
                format!(" {:>2}", first.day())
            } else if (first.year(), first.month()) == (last.year(), last.month()) {
                format!("{}–{}", first.day(), last.day())
            } else {
                format!(" {:>2}", last.day())
            }
        }
        (Bound::Day(_), Bound::Day(last)) if date.precision() == Precision::Month => {
            last.strftime(" %b").to_string()
        }
        _ => date.short_words(),
    }
}

/// The last day that a date may mean, in a form; a month without its day.
fn short_date(date: &EdtfDate, form: &str) -> String {
    match (date.precision(), date.latest()) {
        (Precision::Day | Precision::Time, Bound::Day(last)) => format!(" {}", last.strftime(form)),
        (Precision::Month, Bound::Day(last)) => {
            last.strftime(&form.replace("%e", "   ")).to_string()
        }
        _ => format!(" {}", date.short_words()),
    }
}

fn empty(app: &App) -> String {
    if app.loading.is_some() {
        return "Reading the files…".to_owned();
    }
    if app.corpus.entries.is_empty() {
        return format!(
            "No briefings in {}. A briefing is a .yaml file with title, date and body; q quits.",
            app.corpus.name
        );
    }
    app.why_nothing()
}
