//! The lines above a dossier's sections.

use jiff::civil;
use ratatui::style::Style;

use super::{Page, words};
use crate::app::dossier::Summary;
use crate::briefing::Kind;
use crate::corpus::dossier::{FactKind, Profile, Rhythm, Subject, period_in_words};
use crate::corpus::network::{Change, CoActor};
use crate::date::EdtfDate;
use crate::text::display_width;
use crate::ui::paint::Pen;
use crate::ui::pane::timeline::strip::level;
use crate::ui::theme::Role;

/// The two strips under the first.
const COOPERATION: &str = "cooperation";
const CONFLICT: &str = "conflict";
/// Columns of what stands before a strip: its name and how many in all.
const LABEL: usize = 17;
/// Narrowest lines in which a strip's first and last month are told.
const ROOM_FOR_ENDS: usize = 50;
/// Columns for ` by quarter` behind a strip.
const ROOM_FOR_UNIT: usize = 11;
/// Narrowest lines in which dates are written in words.
const ROOM_FOR_WORDS: usize = 76;

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
        Summary::Rhythm => {
            let (label, sum) = match (&dossier.deeds, dossier.profiles.as_slice()) {
                (None, [one]) => ("mentions", one.mentions),
                _ => ("briefings", dossier.groups.len()),
            };
            draw_strip(page, label, &dossier.rhythm, sum, pen);
        }
        Summary::Cooperation => {
            if let Some(deeds) = &dossier.deeds {
                draw_strip(page, COOPERATION, &deeds.cooperation, deeds.balance.cooperation(), pen);
            }
        }
        Summary::Conflict => {
            if let Some(deeds) = &dossier.deeds {
                draw_strip(page, CONFLICT, &deeds.conflict, deeds.balance.conflict(), pen);
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
        let period = period_in_words(role.since.as_ref(), role.until.as_ref());
        parts.push(if period.is_empty() {
            role.value.clone()
        } else {
            format!("{} {period}", role.value)
        });
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
    let plain = Style::new();
    let brief = pen.room() < ROOM_FOR_WORDS;
    let mut dates = dossier
        .groups
        .iter()
        .filter_map(|group| page.corpus.entry(group.briefing).and_then(|entry| entry.date()));
    let words = |date: &EdtfDate| if brief { words::date(date) } else { date.in_words() };
    let first = dates.next().map(words);
    let last = dates.next_back().map(words);
    let seen = if dossier.deeds.is_some() { "both seen " } else { "seen " };
    match (first, last) {
        (None, _) => pen.write("in no dated briefing", dim),
        (Some(day), None) => pen.write(seen, dim).write(&day, plain),
        (Some(first), Some(last)) => {
            pen.write(seen, dim).write(&format!("{first} – {last}"), plain)
        }
    };
    let mut parts = vec![words::count(dossier.groups.len(), "briefing")];
    match dossier.profiles.as_slice() {
        [one] => {
            let inferred = match one.inferred {
                0 => String::new(),
                n => format!(", {n} inferred"),
            };
            parts.push(words::count(one.mentions, "mention") + &inferred);
        }
        both => {
            parts.extend(both.iter().map(|one| format!("{} {}", one.name, one.briefings)));
        }
    }
    for part in parts {
        if display_width(&part) + 3 > pen.room() {
            break;
        }
        pen.write(" · ", dim).write(&part, plain);
    }
}

/// Columns for many and few. The first strip of a dossier says between which months they lie and
/// what each of them is; those under it have the same columns.
fn draw_strip(page: &Page<'_>, label: &str, rhythm: &Rhythm, sum: usize, mut pen: Pen<'_>) {
    let is_first = !matches!(label, COOPERATION | CONFLICT);
    let theme = page.theme;
    let dim = theme.style(Role::Dim);
    let Some((first, last)) = rhythm.span else { return };
    let number = sum.to_string();
    pen.write_padded(label, LABEL - 4, dim);
    let gap = 4usize.saturating_sub(number.len() + 1);
    pen.skip(gap, dim).write(&number, Style::new()).write(" ", dim);
    let ends = match pen.room() {
        ..ROOM_FOR_ENDS => String::new(),
        _ => format!(" {} – {}", month(first), month(last)),
    };
    let bars = rhythm.bars(pen.room().saturating_sub(display_width(&ends) + ROOM_FOR_UNIT));
    let most = bars.counts.iter().copied().max().unwrap_or(0);
    for count in &bars.counts {
        let share = |count: usize| f64::from(u16::try_from(count).unwrap_or(u16::MAX));
        pen.write(level(share(*count), share(most), theme), theme.style(Role::Density));
    }
    if is_first {
        let unit = bars.unit.map_or(String::new(), |unit| format!(" by {}", unit.name()));
        pen.write(&(ends + &unit), dim);
    }
}

fn month(day: civil::Date) -> String {
    let day = words::day(day);
    day.split_once(' ').map_or(day.clone(), |(_, month)| month.to_owned())
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
