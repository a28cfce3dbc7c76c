//! Help and palette: a line to type in, and the commands that match.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::widest;
use crate::app::App;
use crate::app::overlay::CommandList;
use crate::app::overlay::commands::Row;
use crate::ui::footer::draw_line;
use crate::ui::paint::{Pen, say_empty, tint};
use crate::ui::theme::{Role, Theme};

pub(super) fn draw(
    app: &App,
    list: &CommandList,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    let cursor = draw_line(" > ", &list.line, theme, Rect { height: 1, ..area }, buffer);
    let area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if list.rows.is_empty() {
        say_empty(buffer, area, "No command has these words.", theme.style(Role::Dim));
        return cursor;
    }
    let keys = |row: &Row| match row {
        Row::Command { keys, .. } => keys.clone(),
        _ => String::new(),
    };
    let all: Vec<String> = list.rows.iter().map(keys).collect();
    let key_width = widest(all.iter().map(String::as_str), usize::from(area.width) / 3);
    let rows = list.rows.iter().enumerate().skip(list.cursor.top);
    for (line, (at, row)) in (0..area.height).zip(rows) {
        let here = at == list.cursor.at;
        if here {
            tint(buffer, area, line, theme.style(Role::Cursor));
        }
        let mut pen = Pen::new(buffer, area, line);
        match row {
            Row::Topic(topic) => {
                pen.write(" ", Style::new()).write(topic.title(), theme.style(Role::Heading));
            }
            Row::Signs => {
                pen.write(" Signs", theme.style(Role::Heading));
            }
            Row::Sign(sign, ascii, meaning) => {
                let sign = theme.glyph(sign, ascii);
                pen.skip(2, Style::new()).write_padded(sign, key_width, theme.style(Role::Key));
                pen.skip(2, Style::new()).write(meaning, Style::new());
            }
            Row::Actor(actor) => {
                let Some(known) = app.corpus.concordance.actor(*actor) else { continue };
                let actor = &known.actor;
                let name = if here { Style::new() } else { theme.style(Role::Mention(actor.kind)) };
                pen.write(if here { theme.glyph("▶ ", "> ") } else { "  " }, Style::new());
                pen.skip(key_width + 2, Style::new()).write(&actor.name, name);
                let what = format!("  {}: the dossier", actor.kind.singular());
                pen.write(&what, if here { Style::new() } else { theme.style(Role::Dim) });
            }
            Row::Command { command, keys } => {
                let plain = Style::new();
                pen.write(if here { theme.glyph("▶ ", "> ") } else { "  " }, plain);
                pen.write_padded(
                    keys,
                    key_width,
                    if here { plain } else { theme.style(Role::Key) },
                )
                .write("  ", plain);
                if !list.help {
                    pen.write_padded(command.name, 18, plain).write("  ", plain);
                }
                let room = pen.room();
                pen.write_cut(
                    command.doc,
                    room,
                    if list.help { plain } else { theme.style(Role::Dim) },
                );
            }
        }
    }
    cursor
}
