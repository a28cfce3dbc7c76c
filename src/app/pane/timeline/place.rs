//! Where the cursor is, where it is found again among other rows, and where it goes when a briefing is
//! opened.

use jiff::civil;

use super::{EventRow, Row, Timeline};
use crate::corpus::timeline::{Dated, EventRef, Extent, Story, days_between};
use crate::corpus::{BriefingId, Corpus};
use crate::date::{Bound, PackedBound};

/// What the cursor is on, to find it again among other rows.
#[derive(Clone, Copy)]
pub(super) struct Here {
    /// The event, by the report that places it in time.
    pub event: EventRef,
    /// The report beneath it, where the cursor is on one.
    pub report: Option<EventRef>,
}

impl Timeline {
    pub(super) fn row_under_cursor(&self) -> Option<EventRow> {
        match self.rows.get(self.cursor.at) {
            Some(Row::Event(row) | Row::Report(row)) => Some(row),
            _ => None,
        }
    }

    /// The event of the row under the cursor, or all its reports.
    pub(super) fn tellings_under_cursor(&self) -> impl Iterator<Item = EventRef> {
        let row = self.row_under_cursor();
        let story = row.and_then(|row| self.story(&row));
        let reports = story.into_iter().flat_map(|story| story.reports().map(Dated::at));
        row.map(|row| row.at).into_iter().chain(reports)
    }

    pub(super) fn here(&self) -> Option<Here> {
        let row = self.row_under_cursor()?;
        let report = matches!(self.rows.get(self.cursor.at), Some(Row::Report(_)));
        let event = self.story(&row).map_or(row.at, |story| story.anchor().at());
        Some(Here { event, report: report.then_some(row.at) })
    }

    /// The same in another snapshot, in which `now` says where an event stands: by any of its
    /// reports.
    pub(super) fn here_in(&self, now: &dyn Fn(EventRef) -> Option<EventRef>) -> Option<Here> {
        let here = self.here()?;
        let event = now(here.event).or_else(|| self.tellings_under_cursor().find_map(now))?;
        Some(Here { event, report: here.report.and_then(now) })
    }

    /// The row of the same event or report; else that of the event nearest in time.
    pub(super) fn row_for(&self, corpus: &Corpus, here: Here) -> Option<usize> {
        let of_report = here.report.and_then(|report| {
            let row = self.row_of(report).or_else(|| self.row_of(here.event))?;
            let beneath = (row + 1..).zip(self.rows.from(row + 1));
            let mut beneath = beneath.take_while(|(_, row)| matches!(row, Row::Report(_)));
            let same = |row: &Row| matches!(row, Row::Report(row) if row.at == report);
            Some(beneath.find(|(_, row)| same(row)).map_or(row, |(at, _)| at))
        });
        of_report.or_else(|| self.row_of(here.event)).or_else(|| {
            let date = here.event.find_in(corpus)?.date.clone()?;
            let day = date.earliest().clamped();
            self.rows.of_story(self.nearest(day)?)
        })
    }

    /// The row of the event of which this is a report.
    pub(super) fn row_of(&self, at: EventRef) -> Option<usize> {
        match self.shown.stories().number_of(at) {
            Some(story) => self.rows.of_story(story),
            None => self.rows.of_undated(at),
        }
    }

    /// The story that begins nearest to a day: of those that are as near the first.
    fn nearest(&self, day: civil::Date) -> Option<usize> {
        let stories = self.shown.stories();
        let first = |number: usize| stories.get(number).map(|story| story.anchor().span().0);
        let from = |bound: Option<PackedBound>| {
            let (mut low, mut high) = (0, stories.len());
            while low < high {
                let middle = low.midpoint(high);
                if first(middle) < bound { low = middle + 1 } else { high = middle }
            }
            low
        };
        let after = from(Some(Bound::Day(day).into()));
        let before = after.checked_sub(1).map(|last| from(first(last)));
        let distance = |number: &usize| {
            let begins = first(*number).map(|first| first.bound().clamped());
            begins.map_or(i64::MAX, |begins| days_between(begins, day).abs())
        };
        let near = before.into_iter().chain(Some(after).filter(|at| *at < stories.len()));
        near.min_by_key(distance)
    }

    /// Where the cursor goes when a briefing is opened.
    pub(super) fn target(&self, corpus: &Corpus, open: BriefingId) -> Option<EventRef> {
        let events = corpus.entry(open).map_or(0, crate::corpus::Entry::event_count);
        let events = (0..events).map(|event| EventRef { briefing: open, event });
        let mut own: Vec<(usize, EventRef)> =
            events.filter_map(|at| Some((self.shown.stories().number_of(at)?, at))).collect();
        own.sort_unstable();
        let undated = || self.shown.undated().iter().find(|at| at.briefing == open).copied();
        let first = own.first().map(|(_, at)| *at);
        let Some(as_of) = self.as_of else { return first.or_else(undated) };
        let has_happened = |story: &Story<'_>| !story.is_to_come(as_of);
        let distance = |dated: &Dated| match dated.extent() {
            Extent::Unplaced => i64::MAX,
            _ => days_between(dated.earliest().clamped(), as_of).abs(),
        };
        let happened = own.iter().filter_map(|(number, at)| {
            let story = self.shown.stories().get(*number).filter(has_happened)?;
            Some((distance(story.anchor()), *at))
        });
        let nearest = happened.min_by_key(|(distance, _)| *distance).map(|(_, at)| at).or(first);
        let latest = || self.shown.stories().get(self.rows.last_happened()?);
        nearest.or_else(undated).or_else(|| latest().map(|story| story.anchor().at()))
    }
}
