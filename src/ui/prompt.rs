//! The prompt at the foot of the screen: what it asks for, what is typed, what that comes to; above
//! it what could follow, and what is wrong with it, under the very character.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::footer::draw_line;
use super::paint::{Pen, clear, tint};
use super::theme::{Role, Theme};
use crate::app::App;
use crate::app::layout::PaneId;
use crate::app::prompt::{Asks, Prompt, Slip};
use crate::text::display_width;

/// Most completions that are shown at once.
const COMPLETIONS: usize = 8;
/// Columns of a completion.
const WIDEST: u16 = 72;

pub(super) fn draw(
    app: &App,
    prompt: &Prompt,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    let outcome = outcome(app, prompt);
    let role =
        if prompt.slip.is_some() || prompt.finds_nothing { Role::Warning } else { Role::Dim };
    let room = area.width / 2;
    let outcome_width = u16::try_from(display_width(&outcome)).unwrap_or(u16::MAX).min(room);
    Pen::new(buffer, Rect { x: area.right() - outcome_width, width: outcome_width, ..area }, 0)
        .write_cut(&outcome, usize::from(room), theme.style(role));
    let line = Rect { width: area.width - outcome_width, ..area };
    let label = label(app, prompt);
    let cursor = draw_line(&label, &prompt.line, theme, line, buffer);
    let slip = prompt.slip.as_ref().filter(|_| prompt.completions.is_empty());
    if let Some(slip) = slip {
        let typed = prompt.line.cursor();
        let before = prompt.line.text().get(slip.span.start..typed.max(slip.span.start));
        let behind = prompt.line.text().get(typed..slip.span.start.max(typed));
        let (left, right) = (width_of(before), width_of(behind));
        let x = (cursor.x + right).saturating_sub(left).max(area.x);
        draw_slip(slip, x, theme, area, buffer);
    } else if !prompt.completions.is_empty() {
        draw_completions(prompt, theme, area, buffer);
    }
    cursor
}

fn width_of(text: Option<&str>) -> u16 {
    u16::try_from(display_width(text.unwrap_or_default())).unwrap_or(0)
}

fn label(app: &App, prompt: &Prompt) -> String {
    let all = app.corpus.entries.len();
    match prompt.asks {
        Asks::Words(PaneId::Text) => " find / ".to_owned(),
        Asks::Words(_) | Asks::Rows => " only rows with / ".to_owned(),
        Asks::Lens { within: false } => format!(" search [all {all}] / "),
        Asks::Lens { within: true } => format!(" search [within {}] / ", prompt.lens),
        Asks::Date { issued: false } => " happened on: ".to_owned(),
        Asks::Date { issued: true } => " issued on: ".to_owned(),
    }
}

/// What the line comes to so far, for the right end of the row.
fn outcome(app: &App, prompt: &Prompt) -> String {
    let typed = !prompt.line.text().trim().is_empty();
    match prompt.asks {
        Asks::Words(PaneId::Text) => match app.text.hit_position() {
            _ if !typed => String::new(),
            Some((at, of)) => format!(" {at} of {of} "),
            None => " not in this text ".to_owned(),
        },
        Asks::Words(pane) if typed => format!(" {} ", rows_left(app, pane)),
        Asks::Lens { .. } if prompt.finds_nothing => {
            format!(" 0 of {} ", app.corpus.entries.len())
        }
        Asks::Lens { .. } => {
            let (found, all) = (app.lens.briefings.len(), app.corpus.entries.len());
            let events = app.lens.events.as_ref();
            let events = events.map(|events| format!(" · {} events", events.len()));
            format!(" {found} of {all}{} ", events.unwrap_or_default())
        }
        Asks::Date { .. } if prompt.outcome.is_empty() => {
            " 2023-03 · mar 20-25 · last week · S-Tab: by issue ".to_owned()
        }
        Asks::Date { .. } => format!(" {} ", prompt.outcome),
        Asks::Words(_) | Asks::Rows => String::new(),
    }
}

/// How many rows a filter leaves.
fn rows_left(app: &App, pane: PaneId) -> String {
    match pane {
        PaneId::Entities => {
            format!("{} of {}", app.entities.position().1, app.entities.actors.len())
        }
        _ => app.timeline.position().1.to_string(),
    }
}

fn draw_slip(slip: &Slip, x: u16, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let Some(y) = area.y.checked_sub(1) else { return };
    let row = Rect { y, height: 1, ..area };
    clear(buffer, row, theme.base());
    let style = theme.style(Role::Warning);
    let says = display_width(&slip.message) + 2;
    let columns = usize::from(area.width);
    let at = usize::from(x - area.x).min(columns.saturating_sub(1));
    let mut pen = Pen::new(buffer, row, 0);
    if at + says <= columns || at < says {
        pen.skip(at, Style::new()).write("^ ", style);
        let room = pen.room();
        pen.write_cut(&slip.message, room, style);
    } else {
        pen.skip(at - says, Style::new()).write(&slip.message, style).write(" ^", style);
    }
}

fn draw_completions(prompt: &Prompt, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let first = prompt.completed.map_or(0, |at| at.saturating_sub(COMPLETIONS - 1));
    let shown: Vec<_> =
        prompt.completions.iter().enumerate().skip(first).take(COMPLETIONS).collect();
    let height = u16::try_from(shown.len()).unwrap_or(0).min(area.y.saturating_sub(1));
    let area = Rect { y: area.y - height, height, width: area.width.min(WIDEST), ..area };
    clear(buffer, area, theme.base());
    for (row, (at, completion)) in (0..height).zip(shown) {
        let chosen = prompt.completed == Some(at);
        if chosen {
            tint(buffer, area, row, theme.style(Role::Cursor));
        }
        let dim = if chosen { Style::new() } else { theme.style(Role::Dim) };
        let key = if at == 0 && prompt.completed.is_none() { "Tab " } else { "    " };
        let mut pen = Pen::new(buffer, area, row);
        pen.write(" ", Style::new()).write(key, theme.style(Role::Key));
        let count =
            if completion.count > 0 { format!("{:>6} ", completion.count) } else { String::new() };
        let room = pen.room().saturating_sub(display_width(&count));
        let half = room / 2;
        pen.write_padded(&completion.text, half, Style::new());
        let shown = if completion.shown == completion.text { "" } else { &completion.shown };
        pen.write_padded(shown, room - half, dim).write(&count, dim);
    }
}
