//! Events in the order of time, for pipes, spreadsheets and notes: one file a form.

mod csv;
mod jsonl;
pub(super) mod markdown;
mod text;

pub use csv::as_csv;
pub use jsonl::as_jsonl;
pub use markdown::as_markdown;
pub use text::as_text;

use std::borrow::Cow;

use serde::Serialize;

use crate::briefing::{Event, EventClass, EventStatus};
use crate::corpus::timeline::{EventRef, Timeline};
use crate::corpus::{Corpus, Entry};
use crate::date::{EdtfDate, Precision};

/// One event with where it is reported; the fields in the order in which they are written.
#[derive(Clone, Debug, Serialize)]
pub struct Record<'a> {
    /// Slug of the briefing.
    pub briefing: &'a str,
    /// Path of its file, relative where the corpus was named so.
    pub file: Cow<'a, str>,
    /// Line of the event in that file, from 1; where that is not known, the briefing's first.
    pub line: usize,
    /// When it happened, as EDTF; `None` is undated, as of the next three.
    pub date: Option<&'a str>,
    /// First day that the date may mean: an ISO day, `-inf`, or a far year as EDTF writes it.
    pub earliest: Option<String>,
    /// Last day that the date may mean (inclusive), or `inf`.
    pub latest: Option<String>,
    /// `time`, `day`, `month`, `season`, `year` or `decade`.
    pub precision: Option<&'static str>,
    /// Whether the date is an estimate (`~`).
    pub approximate: bool,
    /// Whether the date is in doubt (`?`).
    pub uncertain: bool,
    /// What happened.
    pub what: &'a str,
    /// Its PLOVER class.
    pub class: Option<EventClass>,
    /// Who acted, as the briefing names them.
    pub by: &'a [String],
    /// Upon whom.
    pub to: &'a [String],
    /// Where.
    pub place: Option<&'a str>,
    /// Whether it happened, as the briefing says.
    pub status: EventStatus,
    #[serde(skip)]
    edtf: Option<&'a EdtfDate>,
}

/// Every event of a timeline, in its order, the undated last.
#[must_use]
pub fn records<'a>(corpus: &'a Corpus, timeline: &Timeline) -> Vec<Record<'a>> {
    let record =
        |at: EventRef| Some(Record::new(corpus, corpus.entry(at.briefing)?, at.find_in(corpus)?));
    timeline.all().filter_map(record).collect()
}

impl<'a> Record<'a> {
    fn new(corpus: &'a Corpus, entry: &'a Entry, event: &'a Event) -> Self {
        let date = event.date.as_ref();
        let place = event.source_place.as_ref();
        Self {
            briefing: &entry.slug,
            file: corpus
                .file(entry.file)
                .map(|file| file.path.to_string_lossy())
                .unwrap_or_default(),
            line: place.map_or(entry.briefing.line, |place| place.start.line).max(1),
            date: date.map(EdtfDate::as_edtf),
            earliest: date.map(EdtfDate::earliest_in_iso),
            latest: date.map(EdtfDate::latest_in_iso),
            precision: date.map(|date| precision_name(date.precision())),
            approximate: date.is_some_and(EdtfDate::is_approximate),
            uncertain: date.is_some_and(EdtfDate::is_uncertain),
            what: &event.what,
            class: event.class,
            by: &event.by,
            to: &event.to,
            place: event.place.as_deref(),
            status: event.status,
            edtf: date,
        }
    }
}

fn precision_name(precision: Precision) -> &'static str {
    match precision {
        Precision::Time => "time",
        Precision::Day => "day",
        Precision::Month => "month",
        Precision::Season => "season",
        Precision::Year => "year",
        Precision::Decade => "decade",
    }
}

/// A value of a closed list as the file format writes it.
pub(super) fn written(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
