//! A dossier for pipes and reports: one record, and a file for each form that is written from it.

mod gathering;
mod markdown;
mod text;

pub use markdown::as_markdown;
pub use text::as_text;

use serde::Serialize;

use super::json_line::json_line;
use crate::actor::Via;
use crate::briefing::{EventClass, EventStatus, Kind};

/// The file on one actor or on two together; the fields in the order in which they are written.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// Who it is about: one or two.
    pub actors: Vec<Profile>,
    /// Whether inferred mentions are in it.
    pub inferred: bool,
    /// Date of the first dated briefing, as EDTF.
    pub first: Option<String>,
    /// Date of the last.
    pub last: Option<String>,
    /// How many mentions by month (of two, briefings with both), over the span of the whole corpus.
    pub by_month: Vec<Month>,
    /// The briefings, newest first, the undated last.
    pub briefings: Vec<Briefing>,
    /// The events, newest first, the undated last.
    pub events: Vec<Event>,
    /// Who of two did what to whom; `None` of one actor.
    pub deeds: Option<Deeds>,
    /// Who appears with him, or with both.
    pub company: Company,
    /// Standing ties.
    pub relations: Vec<Relation>,
    /// Places that may stand for him; counted nowhere.
    pub stand_ins: Vec<StandIn>,
}

/// Who an actor is.
#[derive(Clone, Debug, Serialize)]
pub struct Profile {
    /// His id.
    pub actor: String,
    /// His name.
    pub name: String,
    /// What he is.
    pub kind: Kind,
    /// His role as of the newest of his briefings.
    pub role: Option<Fact>,
    /// How many briefings have him.
    pub briefings: u64,
    /// How often he is mentioned.
    pub mentions: usize,
    /// How many of these are inferred.
    pub inferred: usize,
    /// What is known of him, each with who says so.
    pub facts: Vec<Fact>,
}

/// Something that is known.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// `name`, `id`, `kind`, `country`, `wikidata`, `role`, `alias`.
    pub fact: &'static str,
    /// The words.
    pub value: String,
    /// From when, as EDTF.
    pub since: Option<String>,
    /// Until when (exclusive).
    pub until: Option<String>,
    /// File and line of an `actors.yaml`, `built-in gazetteer`, or the slug of a briefing.
    pub source: Option<String>,
    #[serde(skip)]
    period: String,
}

/// How many in a month; in a quarter or a year where there are more than 1200 months.
#[derive(Clone, Debug, Serialize)]
pub struct Month {
    /// The month as EDTF.
    pub month: String,
    /// How many.
    pub count: usize,
}

/// A briefing with its mentions.
#[derive(Clone, Debug, Serialize)]
pub struct Briefing {
    /// Its slug.
    pub briefing: String,
    /// Its headline.
    pub title: String,
    /// When it was issued, as EDTF.
    pub date: Option<String>,
    /// Who published what it reports.
    pub sources: Vec<String>,
    /// Path of its file.
    pub file: String,
    /// Its first line there, from 1.
    pub line: usize,
    /// The mentions in the order of the text; of two the places where they are named together.
    pub mentions: Vec<Mention>,
    #[serde(skip)]
    issued: String,
}

/// A mention in context.
#[derive(Clone, Debug, Serialize)]
pub struct Mention {
    /// Where it begins, in Unicode scalar values of the body from 0.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
    /// Line of the file, from 1; `None` where the file does not show it.
    pub line: Option<usize>,
    /// Id of the actor.
    pub actor: String,
    /// The words before it.
    pub left: String,
    /// Its words.
    pub text: String,
    /// The words behind it.
    pub right: String,
    /// By what he is recognised.
    pub via: Via,
    /// Whether it follows from something else than a declared name.
    pub inferred: bool,
    /// Of two actors, the words of the second in `right`.
    pub together_with: Option<String>,
}

/// A place that may stand for an actor.
#[derive(Clone, Debug, Serialize)]
pub struct StandIn {
    /// Slug of the briefing.
    pub briefing: String,
    /// Where.
    #[serde(flatten)]
    pub mention: Mention,
}

/// An event with all its reports.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// When it happened, as EDTF.
    pub date: Option<String>,
    /// What happened.
    pub what: String,
    /// Its PLOVER class.
    pub class: Option<EventClass>,
    /// Ids of who acted.
    pub by: Vec<String>,
    /// Ids of upon whom.
    pub to: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// Whether it happened, as its last report says.
    pub status: EventStatus,
    /// Slugs of the briefings that report it, the last one first.
    pub reports: Vec<String>,
    /// Path of the last report's file.
    pub file: String,
    /// Line of the event in it, from 1.
    pub line: usize,
    #[serde(skip)]
    names: (Vec<String>, Vec<String>),
    #[serde(skip)]
    when: String,
}

/// Who of two did what to whom; only what happened.
#[derive(Clone, Debug, Serialize)]
pub struct Deeds {
    /// By class.
    pub by_class: Vec<Deed>,
    /// How many events of each quad class of PLOVER there were between the two.
    pub verbal_cooperation: usize,
    /// As above.
    pub material_cooperation: usize,
    /// As above.
    pub verbal_conflict: usize,
    /// As above.
    pub material_conflict: usize,
}

/// What was done.
#[derive(Clone, Debug, Serialize)]
pub struct Deed {
    /// PLOVER class; `None` where none is given.
    pub class: Option<EventClass>,
    /// Its quad class.
    pub quad: Option<&'static str>,
    /// How often the first to the second.
    pub forth: usize,
    /// How often the second to the first.
    pub back: usize,
    /// How often both acted together.
    pub together: usize,
}

/// Who appears with the subject.
#[derive(Clone, Debug, Serialize)]
pub struct Company {
    /// First day that is recent.
    pub since: Option<String>,
    /// The subject's recent briefings.
    pub recent: u64,
    /// His dated briefings before these.
    pub before: u64,
    /// Most briefings in common first.
    pub actors: Vec<CoActor>,
}

/// Somebody who appears with the subject.
#[derive(Clone, Debug, Serialize)]
pub struct CoActor {
    /// His id.
    pub actor: String,
    /// His name.
    pub name: String,
    /// What he is.
    pub kind: Kind,
    /// Briefings in common.
    pub briefings: u64,
    /// Those of them that are recent.
    pub recent: u64,
    /// Those from the time before.
    pub before: u64,
    /// `new`, `up`, `same`, `down`, `gone`.
    pub change: &'static str,
}

/// A standing tie.
#[derive(Clone, Debug, Serialize)]
pub struct Relation {
    /// Id of the one, or a name that is nobody's.
    pub from: String,
    /// `member`, `ally`, `head-of`, `sanctions`, or another word.
    pub kind: String,
    /// The other.
    pub to: String,
    /// From when, as EDTF.
    pub since: Option<String>,
    /// Until when (exclusive).
    pub until: Option<String>,
    /// Slugs of the briefings that say so, the last one first.
    pub said_by: Vec<String>,
    #[serde(skip)]
    names: [String; 2],
    #[serde(skip)]
    period: String,
}

/// The dossier as one JSON object in one line.
#[must_use]
pub fn as_json(record: &Record) -> String {
    json_line(record)
}

impl Record {
    /// The one name, or both.
    fn title(&self) -> String {
        let names: Vec<&str> = self.actors.iter().map(|actor| actor.name.as_str()).collect();
        names.join(" · ")
    }

    /// `4 February 2022 – 16 November 2023 · 28 briefings · 55 mentions, 3 inferred`.
    fn seen(&self) -> String {
        let mut dates = self.briefings.iter().filter(|briefing| briefing.date.is_some());
        let last = dates.next().map(|briefing| briefing.issued.as_str());
        let first = dates.next_back().map(|briefing| briefing.issued.as_str());
        let mut parts = Vec::new();
        parts.extend(match (first, last) {
            (Some(first), Some(last)) => Some(format!("{first} – {last}")),
            (_, last) => last.map(str::to_owned),
        });
        parts.push(counted(self.briefings.len() as u64, "briefing"));
        if let [one] = self.actors.as_slice() {
            let inferred = match one.inferred {
                0 => String::new(),
                n => format!(", {n} inferred"),
            };
            parts.push(counted(one.mentions as u64, "mention") + &inferred);
        }
        parts.join(" · ")
    }
}

impl Profile {
    /// `President of China since 14 March 2013 · person · CHN · Q15031`.
    fn in_words(&self) -> String {
        let role = self.role.iter().map(Fact::in_words);
        let other =
            self.facts.iter().filter(|fact| matches!(fact.fact, "kind" | "country" | "wikidata"));
        let parts: Vec<String> = role.chain(other.map(|fact| fact.value.clone())).collect();
        parts.join(" · ")
    }

    fn aliases(&self) -> Vec<&str> {
        let aliases = self.facts.iter().filter(|fact| fact.fact == "alias");
        aliases.map(|fact| fact.value.as_str()).collect()
    }
}

impl Fact {
    fn in_words(&self) -> String {
        if self.period.is_empty() {
            self.value.clone()
        } else {
            format!("{} {}", self.value, self.period)
        }
    }
}

fn counted(count: u64, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests;
