//! A dossier in Markdown, to be put into a report: each statement with where it stands.

use std::fmt::Write as _;

use super::{Briefing, Event, Mention, Record, counted};
use crate::briefing::EventStatus;
use crate::export::timeline::markdown::escaped;
use crate::export::timeline::written;

/// The dossier as Markdown (GitHub's tables).
#[must_use]
pub fn as_markdown(record: &Record) -> String {
    let mut out = format!("# {}\n\n", escaped(&record.title()));
    for actor in &record.actors {
        let name = if record.actors.len() > 1 {
            format!("**{}**: ", escaped(&actor.name))
        } else {
            String::new()
        };
        let source = actor.role.as_ref().and_then(|role| role.source.as_deref());
        let source = source.map(|source| format!(" ({})", code(source))).unwrap_or_default();
        let _ = out.write_fmt(format_args!("{name}{}{source}\n\n", escaped(&actor.in_words())));
    }
    let _ = out.write_fmt(format_args!("Seen {}.\n", escaped(&record.seen())));
    if record.actors.iter().any(|actor| actor.inferred > 0) {
        out.push_str("Mentions marked ~ are inferred from a surname, an office or a people.\n");
    }
    deeds(record, &mut out);
    let together = record.actors.len() > 1;
    out.push_str(if together { "\n## Named together\n" } else { "\n## Mentions\n" });
    for briefing in &record.briefings {
        cited(briefing, &mut out);
    }
    events(record, &mut out);
    company(record, &mut out);
    if !record.relations.is_empty() {
        out.push_str("\n## Relations\n\n");
        for tie in &record.relations {
            let [from, to] = tie.names.each_ref().map(|name| escaped(name));
            let period = if tie.period.is_empty() { "" } else { ", " };
            let said_by: Vec<String> = tie.said_by.iter().map(|slug| code(slug)).collect();
            let _ = out.write_fmt(format_args!(
                "- {from} *{}* {to}{period}{} ({})\n",
                escaped(&tie.kind),
                escaped(&tie.period),
                said_by.join(", ")
            ));
        }
    }
    facts(record, &mut out);
    out
}

/// A briefing with its mentions: `**title**, date, source, file:line`.
fn cited(briefing: &Briefing, out: &mut String) {
    let mut parts = vec![format!("**{}**", escaped(&briefing.title))];
    if !briefing.issued.is_empty() {
        parts.push(escaped(&briefing.issued));
    }
    parts.extend((!briefing.sources.is_empty()).then(|| escaped(&briefing.sources.join("; "))));
    parts.push(code(&format!("{}:{}", briefing.file, briefing.line)));
    let _ = out.write_fmt(format_args!("\n{}\n", parts.join(", ")));
    if !briefing.mentions.is_empty() {
        out.push('\n');
    }
    for mention in &briefing.mentions {
        out.push_str(&item(briefing, mention));
    }
}

fn item(briefing: &Briefing, mention: &Mention) -> String {
    let sign = if mention.inferred { "\\~ " } else { "" };
    let line =
        mention.line.map(|line| format!(" ({})", code(&format!("{}:{line}", briefing.file))));
    format!(
        "- {sign}{}**{}**{}{}\n",
        escaped(mention.left.trim_start()),
        escaped(&mention.text),
        escaped(&mention.right),
        line.unwrap_or_default()
    )
}

fn deeds(record: &Record, out: &mut String) {
    let (Some(deeds), [one, other]) = (&record.deeds, record.actors.as_slice()) else { return };
    let cooperation = deeds.verbal_cooperation + deeds.material_cooperation;
    let conflict = deeds.verbal_conflict + deeds.material_conflict;
    let _ = out.write_fmt(format_args!(
        "\n## Who did what to whom\n\nBetween the two: cooperation {cooperation}, conflict {conflict} \
         (quad classes of the PLOVER manual; only what happened).\n\n| Class | | {} | {} | Together |\n\
         | --- | --- | --- | --- | --- |\n",
        escaped(&one.name),
        escaped(&other.name)
    ));
    for deed in &deeds.by_class {
        let class = deed.class.map_or_else(|| "none".to_owned(), written);
        let quad = deed.quad.unwrap_or_default();
        let _ = out.write_fmt(format_args!(
            "| {class} | {quad} | {} | {} | {} |\n",
            deed.forth, deed.back, deed.together
        ));
    }
}

fn events(record: &Record, out: &mut String) {
    if record.events.is_empty() {
        return;
    }
    out.push_str(
        "\n## Events\n\n| Date | Event | Class | By | To | Place | Status | Reported in |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for event in &record.events {
        let _ = out.write_fmt(format_args!("| {} |\n", event_row(event).join(" | ")));
    }
}

fn event_row(event: &Event) -> [String; 8] {
    let (by, to) = &event.names;
    let status = match event.status {
        EventStatus::Done => String::new(),
        other => written(other),
    };
    let others = event.reports.len().saturating_sub(1);
    let more = if others == 0 { String::new() } else { format!(" and {others} more") };
    [
        escaped(&event.when),
        escaped(&event.what),
        event.class.map(written).unwrap_or_default(),
        escaped(&by.join(", ")),
        escaped(&to.join(", ")),
        escaped(event.place.as_deref().unwrap_or_default()),
        status,
        code(&format!("{}:{}", event.file, event.line)) + &more,
    ]
}

fn company(record: &Record, out: &mut String) {
    let company = &record.company;
    if company.actors.is_empty() {
        return;
    }
    let since = company.since.as_deref().unwrap_or_default();
    let _ = out.write_fmt(format_args!(
        "\n## Appears with\n\nRecent is from {since} on: {}, against {} before.\n\n\
         | Actor | Briefings | Recent | Before | Change |\n| --- | --- | --- | --- | --- |\n",
        counted(company.recent, "briefing"),
        company.before
    ));
    for one in &company.actors {
        let change = if one.change == "same" { "" } else { one.change };
        let _ = out.write_fmt(format_args!(
            "| {} | {} | {} | {} | {change} |\n",
            escaped(&one.name),
            one.briefings,
            one.recent,
            one.before
        ));
    }
}

fn facts(record: &Record, out: &mut String) {
    out.push_str("\n## Who it is\n\n| | | Source |\n| --- | --- | --- |\n");
    for fact in record.actors.iter().flat_map(|actor| &actor.facts) {
        let source = fact.source.as_deref().map(code).unwrap_or_default();
        let _ = out.write_fmt(format_args!(
            "| {} | {} | {source} |\n",
            fact.fact,
            escaped(&fact.in_words())
        ));
    }
}

/// Words set verbatim; in a table's cell, too.
fn code(words: &str) -> String {
    let clean = crate::text::clean_line(words).replace('|', "\\|");
    if clean.contains('`') { format!("`` {clean} ``") } else { format!("`{clean}`") }
}
