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

use crate::briefing::{EventClass, EventStatus};
use crate::corpus::Corpus;
use crate::corpus::timeline::{Dated, EventRef, Standing, Story, Timeline};
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
    pub date: Option<String>,
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
    pub what: String,
    /// Its PLOVER class.
    pub class: Option<EventClass>,
    /// Who acted, as the briefing names them.
    pub by: Vec<String>,
    /// Upon whom.
    pub to: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// Whether it happened, as the briefing says.
    pub status: EventStatus,
    /// The event of the world that it is a report of, the same for all reports of it: slug of the first
    /// report's briefing, `#`, and which of its events that is, from 1.
    pub event: String,
    #[serde(skip)]
    edtf: Option<EdtfDate>,
}

/// An event of the world as all its reports tell it.
#[derive(Clone, Debug)]
pub struct Told<'a> {
    /// The report that speaks for it.
    pub lead: Record<'a>,
    /// How it stands.
    pub standing: Standing,
    /// All its reports, the earliest first, and the one that fulfils it where it was a plan; none where
    /// the one that speaks for it is all there is.
    pub reports: Vec<Record<'a>>,
}

/// Every report of a timeline, in its order, the undated last.
#[must_use]
pub fn records<'a>(corpus: &'a Corpus, timeline: &Timeline) -> Vec<Record<'a>> {
    let stories = timeline.stories();
    let record = |at: EventRef| {
        let story = stories.number_of(at).and_then(|number| stories.get(number));
        Record::new(corpus, at, story)
    };
    timeline.all().filter_map(record).collect()
}

/// Every event of a timeline, in its order, with all reports of it, the undated last.
#[must_use]
pub fn told<'a>(corpus: &'a Corpus, timeline: &Timeline) -> Vec<Told<'a>> {
    let stories = timeline.stories();
    let dated = stories.all().filter_map(|story| {
        let lead = Record::new(corpus, story.lead(None).at(), Some(story))?;
        let record = |told: &Dated| Record::new(corpus, told.at(), Some(story));
        let several = story.tellings().nth(1).is_some();
        let reports =
            if several { story.tellings().filter_map(record).collect() } else { Vec::new() };
        Some(Told { lead, standing: story.standing(None), reports })
    });
    let undated = timeline.undated().iter().filter_map(|at| {
        let lead = Record::new(corpus, *at, None)?;
        let standing = Standing::of(lead.status);
        Some(Told { lead, standing, reports: Vec::new() })
    });
    dated.chain(undated).collect()
}

impl<'a> Record<'a> {
    fn new(corpus: &'a Corpus, at: EventRef, story: Option<Story<'_>>) -> Option<Self> {
        let entry = corpus.entry(at.briefing)?;
        let event = at.find_in(corpus)?;
        let date = event.date.as_ref();
        let place = event.source_place.as_ref();
        let first = story.and_then(|story| story.reports().next()).map_or(at, Dated::at);
        let slug = corpus.entry(first.briefing).map_or("", |entry| &entry.slug);
        Some(Self {
            briefing: &entry.slug,
            file: corpus
                .file(entry.file)
                .map(|file| file.path.to_string_lossy())
                .unwrap_or_default(),
            line: place.map_or(event.entry().line(), |place| place.start.line).max(1),
            date: date.map(|date| date.as_edtf().to_owned()),
            earliest: date.map(EdtfDate::earliest_in_iso),
            latest: date.map(EdtfDate::latest_in_iso),
            precision: date.map(|date| precision_name(date.precision())),
            approximate: date.is_some_and(EdtfDate::is_approximate),
            uncertain: date.is_some_and(EdtfDate::is_uncertain),
            what: event.what.clone(),
            class: event.class,
            by: event.by.clone(),
            to: event.to.clone(),
            place: event.place.clone(),
            status: event.status,
            event: format!("{slug}#{}", first.event + 1),
            edtf: date.cloned(),
        })
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
