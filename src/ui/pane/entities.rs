//! The actors of the open briefing: name, role, country, mentions.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::actor::Actor;
use crate::app::App;
use crate::app::layout::PaneId;
use crate::app::pane::entities::Row;
use crate::ui::paint::{Lit, Pen, say_empty, tint};
use crate::ui::theme::{Role, Theme};

/// Narrowest pane that has room for roles.
const ROOM_FOR_ROLE: usize = 44;
/// Columns of country and of the number of mentions.
const COUNTRY: usize = 4;
const COUNT: usize = 4;

/// Draws the pane.
pub fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let pane = &app.entities;
    if pane.rows.is_empty() {
        let sentence = match app.open() {
            None => "No briefing is open.".to_owned(),
            Some(_) if !pane.filter.is_empty() => {
                format!("No actor here has `{}`. Esc shows all again.", pane.filter)
            }
            Some(_) => "This briefing declares no entities.".to_owned(),
        };
        say_empty(buffer, area, &sentence, theme.style(Role::Dim));
        return;
    }
    let rows = pane.rows.iter().enumerate().skip(pane.cursor.top);
    for (line, (at, row)) in (0..area.height).zip(rows) {
        match row {
            Row::Heading(kind) => {
                Pen::new(buffer, area, line)
                    .write("  ", Style::new())
                    .write(kind.plural(), theme.style(Role::Heading));
            }
            Row::Actor(index) => {
                let Some(actor) = pane.actors.get(*index) else { continue };
                let here = at == pane.cursor.at && app.focus == PaneId::Entities;
                if here {
                    tint(buffer, area, line, theme.style(Role::Cursor));
                }
                let mentions = pane.mentions.get(*index).copied().unwrap_or(0);
                let letter = pane.letters.get(*index).map_or("", String::as_str);
                draw_row(app, theme, (actor, letter), mentions, here, Pen::new(buffer, area, line));
            }
        }
    }
}

fn draw_row(
    app: &App,
    theme: &Theme,
    (actor, letter): (&Actor, &str),
    mentions: usize,
    here: bool,
    mut pen: Pen<'_>,
) {
    let plain = Style::new();
    let active = app.active.as_ref().is_some_and(|active| active.id == actor.id);
    let dim = if here { plain } else { theme.style(Role::Dim) };
    let name = match (active, here) {
        (true, true) => theme.style(Role::Strong),
        (true, false) => theme.style(Role::Active),
        (false, true) => plain,
        (false, false) => theme.style(Role::Mention(actor.kind)),
    };
    pen.write(if here { theme.glyph("▶", ">") } else { " " }, plain);
    pen.write(if active { theme.glyph("▌", "|") } else { " " }, plain);
    let asked = app.lettering.as_ref().is_some_and(|asked| letter.starts_with(&asked.typed));
    pen.write(letter, if asked { theme.style(Role::Letter) } else { dim }).write(" ", plain);
    let fixed = COUNTRY + COUNT;
    let room = pen.room().saturating_sub(fixed);
    let wide = room + fixed >= ROOM_FOR_ROLE;
    let for_name = if wide { room / 2 } else { room };
    let before = pen.room();
    let lit = Lit::new(&app.entities.filter, theme);
    pen.write_lit(&actor.name, for_name.saturating_sub(1), name, &lit);
    let used = before - pen.room();
    if wide {
        pen.skip(for_name - used, plain);
        let room = pen.room().saturating_sub(fixed + 1);
        pen.write_cut(actor.role.as_deref().unwrap_or_default(), room, dim);
    }
    let gap = pen.room().saturating_sub(fixed);
    pen.skip(gap, plain);
    pen.write_padded(actor.country.as_deref().unwrap_or_default(), COUNTRY, dim);
    let count =
        if mentions == 0 { theme.glyph("·", "-").to_owned() } else { mentions.to_string() };
    pen.write(&format!("{count:>width$} ", width = COUNT - 1), dim);
}
