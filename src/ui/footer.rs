//! The last row: what one types, what has just happened, or the keys that matter here and now.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::paint::Pen;
use super::theme::{Role, Theme};
use super::{prompt, rect};
use crate::app::App;
use crate::app::command::{Command, DOSSIER_HINTS, Scope, command_named, hints};
use crate::app::letters::LetterFor;
use crate::app::prompt::Line;
use crate::text::display_width;

pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let area = app.layout.footer.map(rect)?;
    super::paint::clear(buffer, area, theme.base());
    if let Some(prompt) = &app.prompt {
        return Some(prompt::draw(app, prompt, theme, area, buffer));
    }
    if let Some(lettering) = &app.lettering {
        let words = match (lettering.purpose, &app.active) {
            (LetterFor::Dyad, Some(active)) => {
                format!(" {} and: the second actor's letter · Esc leaves", active.name)
            }
            (LetterFor::Dossier, _) => {
                " whose dossier? his letter, as in the text and the entities · Esc leaves"
                    .to_owned()
            }
            _ => " an actor's letter, as in the text and the entities · Esc leaves".to_owned(),
        };
        Pen::new(buffer, area, 0).write(&words, theme.style(Role::Key));
        return None;
    }
    if let Some(notice) = &app.notice {
        let role = if notice.warning { Role::Warning } else { Role::Notice };
        let mut pen = Pen::new(buffer, area, 0);
        let room = pen.room();
        pen.write(" ", theme.style(role)).write_cut(&notice.text, room, theme.style(role));
        return None;
    }
    draw_hints(app, theme, area, buffer);
    None
}

/// A label and a line that is typed, scrolled so that its cursor is in view; gives the cursor.
pub(super) fn draw_line(
    label: &str,
    line: &Line,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    let mut pen = Pen::new(buffer, area, 0);
    pen.write(label, theme.style(Role::Key));
    let room = pen.room().saturating_sub(1).max(1);
    let mut start = 0;
    while display_width(&line.text()[start..line.cursor()]) >= room {
        let next = line.text()[start..].chars().next().map_or(1, char::len_utf8);
        start += next;
    }
    let before = display_width(&line.text()[start..line.cursor()]);
    let x = pen.column() + u16::try_from(before).unwrap_or(0);
    pen.write(&line.text()[start..], theme.style(Role::Plain));
    Position { x: x.min(area.right().saturating_sub(1)), y: area.y }
}

fn draw_hints(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let right = right(app);
    let mut room = usize::from(area.width).saturating_sub(1);
    let fits = !right.is_empty() && display_width(&right) + 20 <= room;
    if fits {
        room -= display_width(&right) + 2;
    }
    let hints = match (app.overlays.last(), &app.dossier) {
        (Some(overlay), _) => overlay.hints(),
        (None, Some(_)) => &DOSSIER_HINTS,
        (None, None) => hints(app.focus),
    };
    let mut items: Vec<(String, &'static str)> = hints
        .iter()
        .filter(|name| does_something(app, name))
        .filter_map(|name| item(app, name))
        .collect();
    let width = |items: &[(String, &str)]| {
        items
            .iter()
            .map(|(key, label)| display_width(key) + display_width(label) + 4)
            .sum::<usize>()
    };
    while width(&items) > room + 3 && items.len() > 1 {
        items.remove(items.len() - 2);
    }
    let mut pen = Pen::new(buffer, area, 0);
    pen.write(" ", theme.style(Role::Plain));
    for (key, label) in items {
        pen.write(&key, theme.style(Role::Key)).write(" ", theme.style(Role::Plain));
        pen.write(label, theme.style(Role::Dim)).write("   ", theme.style(Role::Plain));
    }
    if fits {
        Pen::new(buffer, area, 0).write_right(&format!("{right} "), theme.style(Role::Dim));
    }
}

/// Whether a command would do anything now: a key that does nothing is no hint.
fn does_something(app: &App, name: &str) -> bool {
    name != "next-hit" || app.has_walk()
}

fn item(app: &App, name: &str) -> Option<(String, &'static str)> {
    let command: &Command = command_named(name)?;
    let key = app.keymap.keys_of(name, app.scope()).into_iter().next()?;
    let closes = matches!(app.scope(), Scope::Overlay | Scope::Dossier) && name == "quit";
    Some((key, if closes { "close" } else { command.short }))
}

/// What is being walked, or the count and keys typed so far.
fn right(app: &App) -> String {
    let pending = &app.pending;
    if pending.count.is_some() || !pending.keys.is_empty() {
        let count = pending.count.map(|count| count.to_string()).unwrap_or_default();
        return format!("{count}{}", crate::app::keymap::written(&pending.keys));
    }
    if !app.overlays.is_empty() {
        return String::new();
    }
    app.walk_in_words()
}
