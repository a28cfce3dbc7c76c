//! The entities: letter, name, role, country, mentions here, briefings of the lens.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::actor::Actor;
use crate::app::App;
use crate::app::layout::PaneId;
use crate::app::pane::entities::{EntitiesOf, Facet, FacetField, Row};
use crate::ui::paint::{Lit, Pen, say_empty, tint};
use crate::ui::theme::{Role, Theme};

/// Narrowest pane that has room for roles.
const ROOM_FOR_ROLE: usize = 52;
/// Columns of country and of each number.
const COUNTRY: usize = 4;
const COUNT: usize = 5;

/// Draws the pane.
pub fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let pane = &app.entities;
    if pane.rows.is_empty() {
        say_empty(buffer, area, &why_empty(app), theme.style(Role::Dim));
        return;
    }
    let rows = pane.rows.iter().enumerate().skip(pane.cursor.top);
    for (line, (at, row)) in (0..area.height).zip(rows) {
        let here = at == pane.cursor.at && app.focus == PaneId::Entities;
        if here {
            tint(buffer, area, line, theme.style(Role::Cursor));
        }
        let pen = Pen::new(buffer, area, line);
        match row {
            Row::Heading(text) => draw_heading(text, theme, pen),
            Row::Actor(index) => draw_actor(app, theme, *index, here, pen),
            Row::Facet(index) => {
                if let Some(facet) = pane.facets.get(*index) {
                    draw_facet(app, theme, facet, here, pen);
                }
            }
        }
    }
}

fn why_empty(app: &App) -> String {
    let pane = &app.entities;
    if !pane.filter.is_empty() {
        return format!("Nothing here has `{}`. Esc shows all again.", pane.filter);
    }
    match pane.of {
        EntitiesOf::Briefing if app.open().is_none() => "No briefing is open.",
        EntitiesOf::Briefing => "This briefing declares and mentions nobody.",
        _ if !app.corpus.is_surveyed() => "The texts are still being looked through.",
        EntitiesOf::Lens => "Nobody stands in these briefings.",
        EntitiesOf::Topics => "These briefings have no topics.",
    }
    .to_owned()
}

fn draw_heading(text: &str, theme: &Theme, mut pen: Pen<'_>) {
    pen.write("  ", Style::new()).write(text, theme.style(Role::Heading));
}

/// How a name looks, and the sign before it.
fn draw_name_sign(app: &App, theme: &Theme, id: &str, here: bool, pen: &mut Pen<'_>) -> bool {
    let active = app.active.as_ref().is_some_and(|active| active.id == id);
    pen.sign(if here { theme.glyph("▶", ">") } else { " " }, Style::new());
    pen.sign(if active { theme.glyph("▌", "|") } else { " " }, Style::new());
    active
}

fn name_style(theme: &Theme, kind: crate::briefing::Kind, active: bool, here: bool) -> Style {
    match (active, here) {
        (true, true) => theme.style(Role::Strong),
        (true, false) => theme.style(Role::Active),
        (false, true) => Style::new(),
        (false, false) => theme.style(Role::Mention(kind)),
    }
}

fn draw_actor(app: &App, theme: &Theme, index: usize, here: bool, mut pen: Pen<'_>) {
    let pane = &app.entities;
    let Some(actor) = pane.actors.get(index) else { return };
    let active = draw_name_sign(app, theme, &actor.id, here, &mut pen);
    let plain = Style::new();
    let dim = if here { plain } else { theme.style(Role::Dim) };
    let letter = pane.letters.get(index).map_or("", String::as_str);
    let asked = app.lettering.as_ref().is_some_and(|asked| letter.starts_with(&asked.typed));
    pen.write(letter, if asked { theme.style(Role::Letter) } else { dim }).write(" ", plain);
    let in_lens = pane.in_lens.get(index);
    let fixed = COUNTRY + COUNT + if in_lens.is_some() { COUNT } else { 0 };
    let room = pen.room().saturating_sub(fixed + 1);
    let wide = room + fixed >= ROOM_FOR_ROLE;
    let for_name = if wide { room / 2 } else { room };
    let name = name_style(theme, actor.kind, active, here);
    write_name(actor, for_name, name, &app.entities.filter, theme, &mut pen);
    if wide {
        let room = pen.room().saturating_sub(fixed + 2);
        pen.write_padded(actor.role.as_deref().unwrap_or_default(), room, dim).write(" ", plain);
    }
    pen.write_padded(actor.country.as_deref().unwrap_or_default(), COUNTRY, dim);
    let here_count = match (pane.mentions.get(index), pane.metonyms.get(index)) {
        (Some(0), Some(0)) | (None, _) => theme.glyph("·", "-").to_owned(),
        (Some(0), Some(stood_for)) => format!("({stood_for})"),
        (Some(mentions), _) => mentions.to_string(),
    };
    pen.write(&format!("{here_count:>COUNT$}"), dim);
    if let Some(count) = in_lens {
        pen.write(&format!("{count:>COUNT$}"), dim);
    }
}

fn write_name(
    actor: &Actor,
    columns: usize,
    style: Style,
    filter: &str,
    theme: &Theme,
    pen: &mut Pen<'_>,
) {
    let before = pen.room();
    pen.write_lit(&actor.name, columns.saturating_sub(1), style, &Lit::new(filter, theme));
    let used = before - pen.room();
    pen.skip(columns.saturating_sub(used), Style::new());
}

fn draw_facet(app: &App, theme: &Theme, facet: &Facet, here: bool, mut pen: Pen<'_>) {
    let active = draw_name_sign(app, theme, &facet.value, here, &mut pen);
    let plain = Style::new();
    let dim = if here { plain } else { theme.style(Role::Dim) };
    let style = match facet.field {
        FacetField::Actor => name_style(theme, facet.kind, active, here),
        _ => plain,
    };
    let room = pen.room().saturating_sub(COUNTRY + COUNT + 1);
    let before = pen.room();
    pen.write_lit(
        &facet.name,
        room.saturating_sub(1),
        style,
        &Lit::new(&app.entities.filter, theme),
    );
    let used = before - pen.room();
    pen.skip(room.saturating_sub(used), plain);
    pen.write_padded(facet.country.as_deref().unwrap_or_default(), COUNTRY, dim);
    pen.write(&format!("{:>COUNT$}", facet.count), dim);
}
