//! The picker: a line to type, and who matches with what he is and how often he stands where.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::app::App;
use crate::app::overlay::{Picker, PickerRow};
use crate::text::display_width;
use crate::ui::footer::draw_line;
use crate::ui::paint::{Pen, say_empty, tint};
use crate::ui::theme::{Role, Theme};

/// Widest column of names, and narrowest picker with roles.
const NAME: usize = 34;
const ROOM_FOR_ROLE: usize = 76;

pub(super) fn draw(
    app: &App,
    picker: &Picker,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    let count = format!("{} of {} ", picker.rows.len(), picker.all);
    Pen::new(buffer, area, 0).write_right(&count, theme.style(Role::Dim));
    let room = area.width.saturating_sub(u16::try_from(display_width(&count)).unwrap_or(0));
    let line = Rect { height: area.height.min(1), width: room, ..area };
    let cursor = draw_line(" > ", &picker.line, theme, line, buffer);
    let body =
        Rect { y: area.y + line.height, height: area.height.saturating_sub(line.height), ..area };
    if picker.rows.is_empty() {
        let sentence = if app.corpus.is_surveyed() {
            "Nobody in this corpus is written like that."
        } else {
            "The texts are still being looked through for actors."
        };
        say_empty(buffer, body, sentence, theme.style(Role::Dim));
        return cursor;
    }
    let rows = picker.rows.iter().enumerate().skip(picker.cursor.top);
    for (row, (at, who)) in (0..body.height).zip(rows) {
        let here = at == picker.cursor.at;
        if here {
            tint(buffer, body, row, theme.style(Role::Cursor));
        }
        draw_row(app, *who, theme, here, Pen::new(buffer, body, row));
    }
    cursor
}

fn draw_row(app: &App, row: PickerRow, theme: &Theme, here: bool, mut pen: Pen<'_>) {
    let Some(known) = app.corpus.concordance.actor(row.actor) else { return };
    let actor = &known.actor;
    let plain = Style::new();
    let dim = if here { plain } else { theme.style(Role::Dim) };
    let name = if here { plain } else { theme.style(Role::Mention(actor.kind)) };
    pen.write(if here { theme.glyph("▶ ", "> ") } else { "  " }, plain);
    let open = app.entities.actors.iter().position(|other| other.id == actor.id);
    let letter = open.and_then(|at| app.entities.letters.get(at)).map_or("", String::as_str);
    pen.write(&format!("{letter:<2} "), dim);
    let wide = pen.room() >= ROOM_FOR_ROLE;
    let counts = counts(app, row, known.briefings.len(), wide);
    pen.write_right_and_keep(&counts, dim);
    let for_name = if wide { NAME } else { pen.room().saturating_sub(5) };
    let alias = row.alias.and_then(|at| actor.aliases.get(at));
    let shown = match alias {
        Some(alias) => format!("{} ({})", actor.name, alias.text),
        None => actor.name.clone(),
    };
    pen.write_padded(&shown, for_name, name).write(" ", plain);
    pen.write_padded(actor.country.as_deref().unwrap_or_default(), 4, dim);
    if wide {
        let what = actor.role.clone().unwrap_or_else(|| actor.kind.singular().to_owned());
        let room = pen.room();
        pen.write_cut(&what, room, dim);
    }
}

/// In how many briefings he stands, and what narrowing to him would leave where that is fewer.
fn counts(app: &App, row: PickerRow, briefings: u64, wide: bool) -> String {
    let noun = if wide && briefings == 1 {
        " briefing "
    } else if wide {
        " briefings"
    } else {
        ""
    };
    if app.lens.briefings.len() == app.corpus.entries.len() as u64 {
        return format!("{briefings:>4}{noun} ");
    }
    format!("{:>4} of {briefings}{noun} ", row.in_lens)
}
