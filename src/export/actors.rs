//! Actors of a corpus with how often they are mentioned, for pipes.

use std::sync::Arc;

use std::collections::HashMap;

use serde::Serialize;

use super::columns::in_columns;
use super::json_line::json_lines;
use crate::actor::{Actor, Via};
use crate::briefing::Kind;
use crate::corpus::lens::Lens;
use crate::corpus::{BriefingId, Corpus, Entry};
use crate::date::EdtfDate;

/// One actor; the fields in the order in which they are written.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// His id.
    pub actor: String,
    /// His name.
    pub name: String,
    /// What he is.
    pub kind: Kind,
    /// How often he is mentioned; a metonym counts for the place alone.
    pub mentions: usize,
    /// How many briefings mention or declare him.
    pub briefings: usize,
    /// Date of the first of these briefings, as EDTF; `None` where all are undated.
    pub first: Option<String>,
    /// Date of the last.
    pub last: Option<String>,
    #[serde(skip)]
    span: Option<(EdtfDate, EdtfDate)>,
}

/// Everybody whom the briefings of a lens mention or declare, the most mentioned there first.
#[must_use]
pub fn records(corpus: &Corpus, lens: &Lens) -> Vec<Record> {
    let mut all: Vec<Record> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for id in lens.ids() {
        let date = corpus.entry(id).and_then(Entry::date);
        for (actor, count) in counted(corpus, id) {
            let at = *places.entry(actor.id.clone()).or_insert_with(|| {
                all.push(Record::new(&actor));
                all.len() - 1
            });
            if let Some(record) = all.get_mut(at) {
                record.add(count, date);
            }
        }
    }
    all.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.name.cmp(&b.name)));
    all
}

/// The actors of a briefing with the number of their mentions; each id once.
fn counted(corpus: &Corpus, briefing: BriefingId) -> Vec<(Arc<Actor>, usize)> {
    let cast = corpus.cast(briefing);
    let mut counts: Vec<(Arc<Actor>, usize, bool)> = Vec::new();
    let mut at: HashMap<String, usize> = HashMap::new();
    for (index, actor) in cast.actors.into_iter().enumerate() {
        let by_itself = |mention: &&crate::actor::Mention| {
            mention.actor == index && mention.via != Via::Metonym
        };
        let count = cast.mentions.iter().filter(by_itself).count();
        let known = *at.entry(actor.id.clone()).or_insert(counts.len());
        match counts.get_mut(known) {
            Some((_, sum, _)) => *sum += count,
            None => counts.push((actor, count, index < cast.declared)),
        }
    }
    let shown = counts.into_iter().filter(|(_, count, declared)| *declared || *count > 0);
    shown.map(|(actor, count, _)| (actor, count)).collect()
}

impl Record {
    fn new(actor: &Actor) -> Self {
        Self {
            actor: actor.id.clone(),
            name: actor.name.clone(),
            kind: actor.kind,
            mentions: 0,
            briefings: 0,
            first: None,
            last: None,
            span: None,
        }
    }

    fn add(&mut self, mentions: usize, date: Option<&EdtfDate>) {
        self.mentions += mentions;
        self.briefings += 1;
        let Some(date) = date else { return };
        let (first, last) = self.span.take().unwrap_or_else(|| (date.clone(), date.clone()));
        let first = if date.sort_key() < first.sort_key() { date.clone() } else { first };
        let last = if date.sort_key() > last.sort_key() { date.clone() } else { last };
        self.first = Some(first.as_edtf().to_owned());
        self.last = Some(last.as_edtf().to_owned());
        self.span = Some((first, last));
    }
}

/// The actors as lines of JSON.
#[must_use]
pub fn as_jsonl(records: &[Record]) -> String {
    json_lines(records)
}

/// The actors in columns: mentions, briefings, name, kind, id, first and last date.
#[must_use]
pub fn as_text(records: &[Record]) -> String {
    let row = |record: &Record| {
        [
            record.mentions.to_string(),
            record.briefings.to_string(),
            record.name.clone(),
            super::timeline::written(record.kind),
            record.actor.clone(),
            record.first.clone().unwrap_or_default(),
            record.last.clone().unwrap_or_default(),
        ]
    };
    in_columns(&records.iter().map(row).collect::<Vec<_>>())
}
