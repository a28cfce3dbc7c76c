//! The lines between panes, with each pane's title and position; the focus is a heavier line.

use ratatui::buffer::Buffer;

use super::paint::Pen;
use super::theme::{Role, Theme};
use super::{pane, rect};
use crate::app::App;
use crate::app::layout::{Area, PaneArea, PaneId};
use crate::app::pane::briefings::SortBy;
use crate::app::pane::timeline::Direction;
use crate::text::display_width;

pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) {
    for rule in &app.layout.rules {
        for row in 0..rule.height {
            Pen::new(buffer, rect(*rule), row).sign(theme.glyph("│", "|"), theme.style(Role::Rule));
        }
    }
    for pane in &app.layout.panes {
        draw_title(app, theme, pane, buffer);
    }
    for rule in &app.layout.rules {
        draw_joints(app, theme, *rule, buffer);
    }
}

fn draw_title(app: &App, theme: &Theme, pane: &PaneArea, buffer: &mut Buffer) {
    let focused = pane.pane == app.focus;
    let (line, line_role, title_role) = if focused {
        (theme.glyph("━", "="), Role::RuleFocused, Role::TitleFocused)
    } else {
        (theme.glyph("─", "-"), Role::Rule, Role::Title)
    };
    let style = theme.style(line_role);
    let facts = facts(app, pane.pane);
    let facts_role = if focused { Role::TitleFocused } else { Role::Dim };
    let mut pen = Pen::new(buffer, rect(pane.title), 0);
    let facts_width = if facts.is_empty() { 0 } else { display_width(&facts) + 3 };
    let shown = facts_width > 0 && pen.room() > facts_width + 4;
    let facts_width = if shown { facts_width } else { 0 };
    let for_title = pen.room().saturating_sub(facts_width + 4).max(1);
    pen.sign(line, style).write(" ", style);
    pen.write_cut(&title(app, pane.pane), for_title, theme.style(title_role)).write(" ", style);
    let rest = pen.room().saturating_sub(facts_width);
    pen.fill(line, rest, style);
    if shown {
        pen.write(" ", style).write(&facts, theme.style(facts_role)).write(" ", style);
        pen.sign(line, style);
    }
}

/// Where a pane's line meets the line between columns.
fn draw_joints(app: &App, theme: &Theme, rule: Area, buffer: &mut Buffer) {
    for row in rule.y..rule.y + rule.height {
        let ends_at =
            |pane: &&PaneArea| pane.title.y == row && pane.title.x + pane.title.width == rule.x;
        let begins_at = |pane: &&PaneArea| pane.title.y == row && pane.title.x == rule.x + 1;
        let left = app.layout.panes.iter().any(|pane| ends_at(&pane));
        let right = app.layout.panes.iter().any(|pane| begins_at(&pane));
        let glyph = match (left, right, row == rule.y) {
            (_, _, true) => "┬",
            (true, true, false) => "┼",
            (true, false, false) => "┤",
            (false, true, false) => "├",
            (false, false, false) => continue,
        };
        let at = Area { y: row, height: 1, ..rule };
        Pen::new(buffer, rect(at), 0).sign(theme.glyph(glyph, "+"), theme.style(Role::Rule));
    }
}

fn title(app: &App, pane: PaneId) -> String {
    match pane {
        PaneId::Text => {
            app.open().map_or_else(|| "Text".to_owned(), |(_, entry)| entry.title().to_owned())
        }
        PaneId::Briefings if app.briefings.shown_sort() != SortBy::Date => {
            format!("Briefings by {}", app.briefings.shown_sort().name())
        }
        PaneId::Timeline if app.timeline.direction == Direction::Backward => {
            "Timeline, newest first".to_owned()
        }
        PaneId::Entities => app.entities.of.title().to_owned(),
        PaneId::Briefings | PaneId::Timeline => pane.title().to_owned(),
    }
}

/// Position and what else guides, for the right end of a pane's line.
fn facts(app: &App, pane: PaneId) -> String {
    let filter = match pane {
        PaneId::Entities => &app.entities.filter,
        PaneId::Timeline => &app.timeline.filter,
        PaneId::Briefings | PaneId::Text => "",
    };
    let position = match pane {
        PaneId::Text => return pane::text::facts(app),
        PaneId::Briefings => app.briefings.position(),
        PaneId::Entities => app.entities.position(),
        PaneId::Timeline => app.timeline.position(),
    };
    let mut facts = Vec::new();
    if !filter.is_empty() {
        facts.push(format!("/{filter}"));
    }
    if pane == PaneId::Briefings && !app.briefings.selected.is_empty() {
        facts.push(format!("{} selected", app.briefings.selected.len()));
    }
    if pane == PaneId::Timeline {
        facts.push(app.timeline.unit.name().to_owned());
    }
    match position {
        (_, 0) => facts.push("0".to_owned()),
        (at, of) => facts.push(format!("{at}/{of}")),
    }
    facts.join(" · ")
}
