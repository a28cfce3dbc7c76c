//! A dossier for people: as on the screen, 100 columns wide.

use super::{Briefing, Mention, Record};
use crate::briefing::EventStatus;
use crate::export::columns::in_columns;
use crate::export::timeline::written;
use crate::text::{clean_line, clean_text, display_width};

/// Columns before a mention, and from it on.
const LEFT: usize = 38;
const RIGHT: usize = 60;

/// The dossier as text; cleaned of what a terminal would obey.
#[must_use]
pub fn as_text(record: &Record) -> String {
    let mut out = String::new();
    head(record, &mut out);
    deeds(record, &mut out);
    let together = record.actors.len() > 1;
    title(if together { "named together" } else { "mentions" }, &mut out);
    for briefing in &record.briefings {
        briefing_lines(briefing, &mut out);
    }
    if !record.events.is_empty() {
        title("events", &mut out);
        out.push_str(&in_columns(&record.events.iter().map(event_row).collect::<Vec<_>>()));
    }
    company(record, &mut out);
    if !record.relations.is_empty() {
        title("relations", &mut out);
        for tie in &record.relations {
            let [from, to] = &tie.names;
            let period = if tie.period.is_empty() { "" } else { ", " };
            let said_by = tie.said_by.first().map_or("", String::as_str);
            line(&format!("{from} {} {to}{period}{}  [{said_by}]", tie.kind, tie.period), &mut out);
        }
    }
    stand_ins(record, &mut out);
    title("who it is", &mut out);
    let facts = record.actors.iter().flat_map(|actor| &actor.facts).map(|fact| {
        let source = fact.source.clone().unwrap_or_default();
        [fact.fact.to_owned(), fact.in_words(), source]
    });
    out.push_str(&in_columns(&facts.collect::<Vec<_>>()));
    clean_text(&out).into_owned()
}

fn head(record: &Record, out: &mut String) {
    line(&record.title(), out);
    for actor in &record.actors {
        let name =
            if record.actors.len() > 1 { format!("{}: ", actor.name) } else { String::new() };
        line(&format!("{name}{}", actor.in_words()), out);
        let aliases = actor.aliases();
        if !aliases.is_empty() {
            line(&format!("also {}", aliases.join(" · ")), out);
        }
    }
    line(&format!("seen {}", record.seen()), out);
    if record.actors.iter().any(|actor| actor.inferred > 0) {
        line("~ inferred from a surname, an office or a people", out);
    }
}

fn deeds(record: &Record, out: &mut String) {
    let (Some(deeds), [one, other]) = (&record.deeds, record.actors.as_slice()) else { return };
    title("who did what to whom", out);
    let names = ["", "", one.name.as_str(), other.name.as_str(), "together"].map(str::to_owned);
    let mut rows = vec![names];
    for deed in &deeds.by_class {
        let class = deed.class.map_or_else(|| "no class".to_owned(), written);
        let quad = deed.quad.unwrap_or_default().to_owned();
        let counts = [deed.forth, deed.back, deed.together].map(|count| count.to_string());
        let [forth, back, together] = counts;
        rows.push([class, quad, forth, back, together]);
    }
    out.push_str(&in_columns(&rows));
    let cooperation = deeds.verbal_cooperation + deeds.material_cooperation;
    let conflict = deeds.verbal_conflict + deeds.material_conflict;
    line(&format!("between the two: cooperation {cooperation}, conflict {conflict}"), out);
}

fn briefing_lines(briefing: &Briefing, out: &mut String) {
    let date = briefing.date.as_deref().unwrap_or("undated");
    line(&format!("{date}  {}  [{}:{}]", briefing.title, briefing.file, briefing.line), out);
    for mention in &briefing.mentions {
        out.push_str(&mention_line(mention));
    }
}

fn mention_line(mention: &Mention) -> String {
    let left = last_columns(&mention.left, LEFT - 2);
    let gap = " ".repeat(LEFT.saturating_sub(display_width(&left) + 1));
    let sign = if mention.inferred { "~" } else { " " };
    let rest = format!("{}{}", mention.text, mention.right);
    let right = crate::text::ellipsize(&rest, RIGHT);
    format!("{sign}{gap}{left}{right}").trim_end().to_owned() + "\n"
}

/// The last columns of a line that is longer.
fn last_columns(text: &str, columns: usize) -> String {
    if display_width(text) <= columns {
        return text.to_owned();
    }
    let starts = text.char_indices().map(|(at, _)| at);
    let rest = starts.map(|at| &text[at..]).find(|rest| display_width(rest) < columns);
    let rest = rest.unwrap_or_default();
    let word = rest.find(' ').filter(|at| at * 2 < rest.len()).map_or(0, |at| at + 1);
    format!("…{}", &rest[word..])
}

fn event_row(event: &super::Event) -> [String; 6] {
    let (by, to) = &event.names;
    let (by, to) = (by.join(", "), to.join(", "));
    let parties = if to.is_empty() { by } else { format!("{by} → {to}") };
    let status = match event.status {
        EventStatus::Done => String::new(),
        other => written(other),
    };
    [
        event.date.clone().unwrap_or_else(|| "undated".to_owned()),
        status,
        event.class.map(written).unwrap_or_default(),
        parties,
        event.what.clone(),
        event.place.clone().unwrap_or_default(),
    ]
}

fn company(record: &Record, out: &mut String) {
    let company = &record.company;
    if company.actors.is_empty() {
        return;
    }
    title("appears with", out);
    let is_told = company.recent > 0 && company.before > 0;
    let rows = company.actors.iter().map(|one| {
        let change = if one.change == "same" { "" } else { one.change };
        [
            one.briefings.to_string(),
            one.name.clone(),
            change.to_owned(),
            if is_told {
                format!("recently {} of {}", one.recent, company.recent)
            } else {
                String::new()
            },
            if is_told {
                format!("before {} of {}", one.before, company.before)
            } else {
                String::new()
            },
        ]
    });
    out.push_str(&in_columns(&rows.collect::<Vec<_>>()));
}

fn stand_ins(record: &Record, out: &mut String) {
    if record.stand_ins.is_empty() {
        return;
    }
    title("may stand for it, not counted", out);
    for one in &record.stand_ins {
        out.push_str(&mention_line(&one.mention));
    }
}

fn title(words: &str, out: &mut String) {
    out.push('\n');
    line(words, out);
}

fn line(words: &str, out: &mut String) {
    out.push_str(&clean_line(words));
    out.push('\n');
}
