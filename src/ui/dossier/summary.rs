//! The lines above a dossier's sections.

use ratatui::style::Style;

use super::{Page, words};
use crate::app::dossier::Summary;
use crate::briefing::Kind;
use crate::corpus::dossier::{FactKind, Profile, Rhythm, Subject};
use crate::corpus::network::{Change, CoActor};
use crate::date::bucket::Unit;
use crate::date::EdtfDate;
use crate::text::display_width;
use crate::ui::paint::Pen;
use crate::ui::pane::timeline::strip::level;
use crate::ui::theme::Role;

/// Columns of the words before a strip.
const LABEL: usize = 13;

pub(super) fn draw(page: &Page<'_>, summary: Summary, mut pen: Pen<'_>) {
    let dim = page.theme.style(Role::Dim);
    pen.write(" ", Style::new());
    let dossier = &page.view.dossier;
    match summary {
        Summary::Who(at) => {
            if let Some(profile) = dossier.profiles.get(at) {
                draw_who(page, profile, pen);
            }
        }
        Summary::Also(at) => {
            let facts = dossier.profiles.get(at).map(|profile| profile.facts.as_slice());
            let facts = facts.unwrap_or_default().iter();
            let aliases: Vec<&str> = facts
                .filter(|fact| fact.kind == FactKind::Alias)
                .map(|fact| fact.value.as_str())
                .collect();
            pen.write("also ", dim);
            let room = pen.room();
            pen.write_cut(&aliases.join(" · "), room, Style::new());
        }
        Summary::Seen => draw_seen(page, pen),
        Summary::Rhythm => draw_strip(page, "", &dossier.rhythm, pen),
        Summary::Cooperation => {
            if let Some(deeds) = &dossier.deeds {
                draw_strip(page, "cooperation", &deeds.cooperation, pen);
            }
        }
        Summary::Conflict => {
            if let Some(deeds) = &dossier.deeds {
                draw_strip(page, "conflict", &deeds.conflict, pen);
            }
        }
        Summary::With => draw_with(page, pen),
    }
}

/// Role, kind, country and Wikidata item; of a dyad with the name before them.
fn draw_who(page: &Page<'_>, profile: &Profile, mut pen: Pen<'_>) {
    let theme = page.theme;
    let dim = theme.style(Role::Dim);
    if matches!(page.view.dossier.subject, Subject::Dyad(..)) {
        pen.write(&profile.name, theme.style(Role::Mention(profile.kind))).write("  ", dim);
    }
    let mut parts = Vec::new();
    if let Some(role) = &profile.role {
        let period = words::period(role.since.as_ref(), role.until.as_ref());
        parts.push(if period.is_empty() { role.value.clone() } else { format!("{} {period}", role.value) });
    }
    for kind in [FactKind::Kind, FactKind::Country, FactKind::Wikidata] {
        parts.extend(profile.fact(kind).map(|fact| fact.value.clone()));
    }
    let source = profile.role.as_ref().map_or(profile.source, |role| role.source);
    let source = words::source(page.corpus, source);
    let source = if source.is_empty() { source } else { format!("({source})") };
    let text = parts.join(" · ");
    let fits = display_width(&text) + display_width(&source) + 3 <= pen.room();
    let room = pen.room();
    pen.write_cut(&text, room, Style::new());
    if fits {
        pen.reserve(1);
        pen.write_right(&source, dim);
    }
}

fn draw_seen(page: &Page<'_>, mut pen: Pen<'_>) {
    let dossier = &page.view.dossier;
    let dim = page.theme.style(Role::Dim);
    let date = |id| page.corpus.entry(id).and_then(|entry| entry.briefing.date.as_ref());
    let (mut first, mut last) = (None, None);
    for group in &dossier.groups {
        if let Some(date) = date(group.briefing) {
            first = first.or(Some(date));
            last = Some(date);
        }
    }
    let together = if dossier.deeds.is_some() { "both seen " } else { "seen " };
    match first.zip(last) {
        Some((first, last)) if first == last => {
            pen.write(together, dim).write(&first.in_words(), Style::new());
        }
        Some((first, last)) => {
            let span = format!("{} – {}", first.in_words(), last.in_words());
            pen.write(together, dim).write(&span, Style::new());
        }
        None => {
            pen.write("in no dated briefing", dim);
        }
    }
    pen.write(" · ", dim).write(&words::count(dossier.groups.len(), "briefing"), Style::new());
    match dossier.profiles.as_slice() {
        [one] => {
            pen.write(" · ", dim).write(&words::count(one.mentions, "mention"), Style::new());
            if one.inferred > 0 {
                pen.write(&format!(", {} inferred", one.inferred), dim);
            }
        }
        both => {
            for profile in both {
                pen.write(" · ", dim).write(&profile.name, Style::new());
                pen.write(&format!(" {}", profile.briefings), dim);
            }
        }
    }
}

/// Columns for many and few, with the days between which they lie and what each of them is.
fn draw_strip(page: &Page<'_>, label: &str, rhythm: &Rhythm, mut pen: Pen<'_>) {
    let theme = page.theme;
    let dim = theme.style(Role::Dim);
    let Some((first, last)) = rhythm.span else { return };
    let ends = [first, last].map(month);
    let label = if label.is_empty() { ends[0].clone() } else { label.to_owned() };
    pen.write_padded(&label, LABEL - 1, dim).write(" ", dim);
    let room = pen.room().saturating_sub(display_width(&ends[1]) + 16);
    let bars = rhythm.bars(room);
    let most = bars.counts.iter().copied().max().unwrap_or(0);
    for count in &bars.counts {
        let share = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
        pen.write(level(share(*count), share(most), theme), theme.style(Role::Density));
    }
    let unit = bars.unit.map_or("", Unit::name);
    let each = if unit.is_empty() { String::new() } else { format!(" by {unit}") };
    let sum: usize = bars.counts.iter().sum();
    let said = if page.view.dossier.deeds.is_some() {
        format!(" {sum}{each}, {} to {}", ends[0], ends[1])
    } else {
        format!(" {}{each}", ends[1])
    };
    let room = pen.room();
    pen.write_cut(&said, room, dim);
}

fn month(day: jiff::civil::Date) -> String {
    let date = EdtfDate::day(day).in_words();
    let mut words = date.split(' ').skip(1);
    let month = words.next().unwrap_or_default();
    let year = words.next().unwrap_or_default();
    format!("{} {year}", month.get(..3).unwrap_or(month))
}

/// Whom he appears with most: of a person people, of a state states, of others anybody.
fn draw_with(page: &Page<'_>, mut pen: Pen<'_>) {
    let theme = page.theme;
    let dossier = &page.view.dossier;
    let kind_of = |one: &CoActor| page.corpus.concordance.actor(one.actor).map(|it| it.actor.kind);
    let own = dossier.profiles.first().map(|profile| profile.kind);
    let alike = own.filter(|own| matches!(own, Kind::Person | Kind::State));
    let all = dossier.network.actors.iter();
    let shown = all.filter(|one| alike.is_none() || kind_of(one) == alike);
    pen.write("with ", theme.style(Role::Dim));
    for (at, one) in shown.enumerate() {
        let change = match words::change(one.change, theme) {
            "" => String::new(),
            sign => format!(" {sign}"),
        };
        let name = words::name(page.corpus, one.actor);
        let count = format!(" {}", one.briefings);
        let parting = if at == 0 { "" } else { " · " };
        let width: usize = [parting, name, &count, &change].into_iter().map(display_width).sum();
        if width > pen.room() {
            break;
        }
        let kind = kind_of(one).unwrap_or_default();
        pen.write(parting, theme.style(Role::Dim));
        pen.write(name, theme.style(Role::Mention(kind))).write(&count, Style::new());
        pen.write(&change, changed(page, one.change));
    }
}

/// How a change looks.
pub(super) fn changed(page: &Page<'_>, change: Change) -> Style {
    match change {
        Change::New | Change::Up => page.theme.style(Role::Strong),
        Change::Same => Style::new(),
        Change::Down | Change::Gone => page.theme.style(Role::Dim),
    }
}
