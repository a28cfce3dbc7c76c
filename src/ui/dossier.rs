//! The dossier of an actor or a dyad: a title line, a summary, mentions in context, events, company,
//! ties, and what is known with who says so.

mod row;
mod summary;
mod words;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint::{Lit, Pen, say_empty, tint};
use super::theme::{Role, Theme};
use crate::app::dossier::{DossierView, Order, Row, Section};
use crate::corpus::Corpus;
use crate::text::display_width;

/// What every row needs to be drawn.
struct Page<'a> {
    corpus: &'a Corpus,
    view: &'a DossierView,
    theme: &'a Theme,
    lit: Lit,
}

/// Draws the view with its title line, in the columns and rows of `area`.
pub fn draw(
    corpus: &Corpus,
    view: &DossierView,
    theme: &Theme,
    area: Rect,
    focused: bool,
    buffer: &mut Buffer,
) {
    let lit = Lit::new(&view.filter, theme);
    let page = Page { corpus, view, theme, lit };
    draw_title(&page, area, focused, buffer);
    let inner = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if view.rows.is_empty() {
        let sentence = format!("Nothing here has `{}`. Esc shows all again.", view.filter);
        say_empty(buffer, inner, &sentence, theme.style(Role::Dim));
        return;
    }
    let rows = view.rows.iter().enumerate().skip(view.cursor.top);
    for (line, (at, row)) in (0..inner.height).zip(rows) {
        let here = at == view.cursor.at;
        if here {
            let role = if focused { Role::Cursor } else { Role::CursorAside };
            tint(buffer, inner, line, theme.style(role));
        }
        let pen = Pen::new(buffer, inner, line);
        match row {
            Row::Summary(summary) => summary::draw(&page, *summary, pen),
            Row::Section(section, count) => draw_heading(&page, *section, *count, pen),
            other => row::draw(&page, *other, here, pen),
        }
    }
}

fn draw_title(page: &Page<'_>, area: Rect, focused: bool, buffer: &mut Buffer) {
    let theme = page.theme;
    let (line, line_role, title_role, facts_role) = if focused {
        (theme.glyph("━", "="), Role::RuleFocused, Role::TitleFocused, Role::TitleFocused)
    } else {
        (theme.glyph("─", "-"), Role::Rule, Role::Title, Role::Dim)
    };
    let style = theme.style(line_role);
    let mut pen = Pen::new(buffer, area, 0);
    let title = page.view.dossier.title();
    let facts = facts(page, pen.room().saturating_sub(display_width(&title).min(24) + 8));
    let reserved = if facts.is_empty() { 0 } else { display_width(&facts) + 3 };
    let room = pen.room().saturating_sub(reserved + 4).max(1);
    pen.write(line, style).write(" ", style);
    pen.write_cut(&title, room, theme.style(title_role)).write(" ", style);
    let rest = pen.room().saturating_sub(reserved);
    pen.write(&line.repeat(rest), style);
    if reserved > 0 {
        pen.write(" ", style).write(&facts, theme.style(facts_role)).write(" ", style);
        pen.write(line, style);
    }
}

/// As much of what guides as has room: the filter, the briefings, where the cursor is.
fn facts(page: &Page<'_>, room: usize) -> String {
    let view = page.view;
    let mut facts = Vec::new();
    if !view.filter.is_empty() {
        facts.push(format!("/{}", view.filter));
    }
    if !view.dossier.inferred {
        facts.push("named only".to_owned());
    }
    let briefings = view.dossier.groups.len();
    facts.push(words::count(briefings, "briefing"));
    if let Some((section, at, of)) = view.position() {
        let name = words::section(section, view.dossier.subject);
        facts.push(format!("{name} {at}/{of}"));
    }
    while facts.len() > 1 && display_width(&facts.join(" · ")) > room {
        facts.remove(0);
    }
    let facts = facts.join(" · ");
    if display_width(&facts) > room { String::new() } else { facts }
}

fn draw_heading(page: &Page<'_>, section: Section, count: usize, mut pen: Pen<'_>) {
    let theme = page.theme;
    let (rule, style) = (theme.glyph("─", "-"), theme.style(Role::Rule));
    let name = words::section(section, page.view.dossier.subject);
    let number = if section == Section::Notes { String::new() } else { count.to_string() };
    pen.write(rule, style).write(" ", Style::new());
    pen.write(name, theme.style(Role::Title)).write(" ", style);
    if !number.is_empty() {
        pen.write(&number, theme.style(Role::Dim)).write(" ", style);
    }
    let right = heading_facts(page, section);
    let reserved = if right.is_empty() { 0 } else { display_width(&right) + 3 };
    let reserved = if reserved + 4 > pen.room() { 0 } else { reserved };
    let rest = pen.room().saturating_sub(reserved);
    pen.write(&rule.repeat(rest), style);
    if reserved > 0 {
        pen.write(" ", style).write(&right, theme.style(Role::Dim)).write(" ", style);
        pen.write(rule, style);
    }
}

fn heading_facts(page: &Page<'_>, section: Section) -> String {
    let view = page.view;
    match section {
        Section::Mentions | Section::Events => match view.order {
            Order::Newest => format!("newest first {}", page.theme.glyph("▾", "v")),
            Order::Oldest => format!("oldest first {}", page.theme.glyph("▴", "^")),
        },
        Section::Deeds => {
            let names: Vec<&str> =
                view.dossier.profiles.iter().map(|profile| profile.name.as_str()).collect();
            let [one, other] = names.as_slice() else { return String::new() };
            let (forth, back) = (page.theme.glyph("→", "->"), page.theme.glyph("←", "<-"));
            format!("{forth} by {one}   {back} by {other}")
        }
        Section::Company => {
            let network = &view.dossier.network;
            match network.since {
                Some(since) if network.recent > 0 && network.before > 0 => {
                    format!("since {} against before", words::day(since))
                }
                _ => String::new(),
            }
        }
        Section::Ties | Section::StandIns | Section::Facts | Section::Notes => String::new(),
    }
}
