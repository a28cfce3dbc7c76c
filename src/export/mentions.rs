//! Mentions of actors, for pipes and for whoever measures them.

use serde::Serialize;

use super::columns::in_columns;
use super::json_line::json_lines;
use crate::actor::Via;
use crate::briefing::Kind;
use crate::corpus::lens::Lens;
use crate::corpus::{BriefingId, Corpus, Entry};

/// One mention; the fields in the order in which they are written.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// Slug of the briefing.
    pub briefing: String,
    /// Path of its file, relative where the corpus was named so.
    pub file: String,
    /// Where it begins, in Unicode scalar values of the body from 0.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
    /// Its words as they stand there.
    pub text: String,
    /// Id of the actor.
    pub actor: String,
    /// His name.
    pub name: String,
    /// What he is.
    pub kind: Kind,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// By what he is recognised.
    pub via: Via,
    /// Whether it follows from something else than a declared name.
    pub inferred: bool,
}

/// Every mention in the briefings of a lens, briefing by briefing in the order of their slugs. What stands for
/// something else has two: one of itself, one by metonym.
#[must_use]
pub fn records(corpus: &Corpus, lens: &Lens) -> Vec<Record> {
    let of = |id| corpus.entry(id).map(|entry| of_entry(corpus, id, entry));
    lens.ids().filter_map(of).flatten().collect()
}

fn of_entry(corpus: &Corpus, id: BriefingId, entry: &Entry) -> Vec<Record> {
    let cast = corpus.cast(id);
    let file = corpus.file(entry.file).map(|file| file.path.to_string_lossy().into_owned());
    let file = file.unwrap_or_default();
    let body = &entry.briefing().body;
    let (mut bytes, mut scalars) = (0, 0);
    let mut found = Vec::with_capacity(cast.mentions.len());
    for mention in &cast.mentions {
        let (Some(before), Some(text), Some(actor)) = (
            body.get(bytes..mention.range.start),
            body.get(mention.range.clone()),
            cast.actors.get(mention.actor),
        ) else {
            continue;
        };
        scalars += before.chars().count();
        bytes = mention.range.start;
        found.push(Record {
            briefing: entry.slug.clone(),
            file: file.clone(),
            start: scalars,
            end: scalars + text.chars().count(),
            text: text.to_owned(),
            actor: actor.id.clone(),
            name: actor.name.clone(),
            kind: actor.kind,
            country: actor.country.clone(),
            via: mention.via,
            inferred: mention.is_inferred(),
        });
    }
    found
}

/// The mentions as lines of JSON.
#[must_use]
pub fn as_jsonl(records: &[Record]) -> String {
    json_lines(records)
}

/// The mentions in columns: briefing, place, words, actor, and how he is recognised.
#[must_use]
pub fn as_text(records: &[Record]) -> String {
    let row = |record: &Record| {
        let place = format!("{}–{}", record.start, record.end);
        let via = super::timeline::written(record.via);
        [record.briefing.clone(), place, record.text.clone(), record.name.clone(), via]
    };
    in_columns(&records.iter().map(row).collect::<Vec<_>>())
}
