//! The lines between panes, with each pane's title and position; the focus is a heavier line.

use ratatui::buffer::Buffer;

use super::paint::Pen;
use super::theme::{Role, Theme};
use super::{pane, rect};
use crate::app::App;
use crate::app::layout::{Area, PaneArea, PaneId};
use crate::text::{display_width, ellipsize};

pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) {
    for rule in &app.layout.rules {
        for row in 0..rule.height {
            Pen::new(buffer, rect(*rule), row)
                .write(theme.glyph("│", "|"), theme.style(Role::Rule));
        }
    }
    for pane in &app.layout.panes {
        draw_title(app, theme, pane, buffer);
    }
    for rule in &app.layout.rules {
        draw_joints(app, theme, rule, buffer);
    }
}

fn draw_title(app: &App, theme: &Theme, pane: &PaneArea, buffer: &mut Buffer) {
    let focused = pane.pane == app.focus;
    let (line, line_role, title_role) = if focused {
        (theme.glyph("━", "="), Role::RuleFocused, Role::TitleFocused)
    } else {
        (theme.glyph("─", "-"), Role::Rule, Role::Title)
    };
    let area = rect(pane.title);
    let columns = usize::from(area.width);
    let style = theme.style(line_role);
    Pen::new(buffer, area, 0).write(&line.repeat(columns), style);
    let facts = facts(app, pane.pane);
    let facts_width = display_width(&facts) + 3;
    let room = columns.saturating_sub(3 + if facts.is_empty() { 0 } else { facts_width });
    let title = title(app, pane.pane);
    let mut pen = Pen::new(buffer, area, 0);
    pen.write(line, style).write(" ", style);
    pen.write(&ellipsize(&title, room.max(1)), theme.style(title_role)).write(" ", style);
    if !facts.is_empty() && columns > facts_width + 4 {
        let facts_style = theme.style(if focused { Role::TitleFocused } else { Role::Dim });
        let mut pen = Pen::new(buffer, area, 0);
        pen.jump(columns - facts_width);
        pen.write(" ", style).write(&facts, facts_style).write(" ", style);
    }
}

/// Where a pane's line meets the line between columns.
fn draw_joints(app: &App, theme: &Theme, rule: &Area, buffer: &mut Buffer) {
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
        let at = Area { y: row, height: 1, ..*rule };
        Pen::new(buffer, rect(at), 0).write(theme.glyph(glyph, "+"), theme.style(Role::Rule));
    }
}

fn title(app: &App, pane: PaneId) -> String {
    match pane {
        PaneId::Text => {
            app.open().map_or_else(|| "Text".to_owned(), |(_, entry)| entry.briefing.title.clone())
        }
        PaneId::Briefings if app.briefings.sort != crate::app::pane::briefings::SortBy::Date => {
            format!("Briefings by {}", app.briefings.sort.name())
        }
        _ => pane.title().to_owned(),
    }
}

/// Position and what else guides, for the right end of a pane's line.
fn facts(app: &App, pane: PaneId) -> String {
    let filter = match pane {
        PaneId::Briefings => &app.briefings.filter,
        PaneId::Entities => &app.entities.filter,
        PaneId::Timeline => &app.timeline.filter,
        PaneId::Text => "",
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
