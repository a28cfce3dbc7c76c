//! The timeline: what happened when, as of the open briefing's date, and which event is under the
//! cursor.

mod rows;
mod strip;
mod wording;

use std::sync::Arc;

use jiff::civil;

pub use rows::{Direction, EventRow, Lane, Row, Said};
pub use strip::Strip;
pub use wording::{DateWords, date_words, end_words, told_end};

use crate::app::list::{ListCursor, Motion};
use crate::corpus::timeline::{Dated, EventRef, Extent, Timeline as Events, as_of, days_between};
use crate::corpus::{BriefingId, Corpus};
use crate::date::bucket::{Bucket, Unit};
use crate::text::Needle;

/// State of the pane.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// Words that an event must have; empty shows all.
    pub filter: String,
    /// Cursor over `rows`; it stands on events only.
    pub cursor: ListCursor,
    /// What is shown.
    pub rows: Vec<Row>,
    /// What the rows are grouped by.
    pub unit: Unit,
    /// Whether the newest stands first.
    pub direction: Direction,
    /// How many events there are over the whole period.
    pub strip: Strip,
    all: Arc<Events>,
    shown: Arc<Events>,
    open: Option<BriefingId>,
    as_of: Option<civil::Date>,
    height: usize,
}

impl Default for Timeline {
    fn default() -> Self {
        Self {
            filter: String::new(),
            cursor: ListCursor::default(),
            rows: Vec::new(),
            unit: Unit::Month,
            direction: Direction::default(),
            strip: Strip::default(),
            all: Arc::default(),
            shown: Arc::default(),
            open: None,
            as_of: None,
            height: 0,
        }
    }
}

/// Fewest rows in which the strip is worth one of them.
const ROWS_FOR_STRIP: usize = 6;
/// Fewest headings to which the whole may be gathered however low the pane is.
const HEADINGS_THAT_FIT: i64 = 12;

impl Timeline {
    /// Takes the events of another snapshot; none of its briefings is open yet.
    pub fn load(&mut self, corpus: &Corpus) {
        self.all = Arc::new(Events::of(corpus));
        (self.open, self.as_of) = (None, None);
        self.cursor = ListCursor::default();
        self.arrange(corpus, self.height);
    }

    /// Arranges the rows anew, as after a change of the filter, and stays on the same event.
    pub fn arrange(&mut self, corpus: &Corpus, height: usize) {
        self.height = height;
        let needle = Needle::smart_case(&self.filter);
        self.shown = if needle.is_empty() {
            Arc::clone(&self.all)
        } else {
            Arc::new(self.all.filtered(|at| matches(corpus, at, &needle)))
        };
        self.strip = Strip::new(self.shown.dated(), self.all.period());
        self.build(corpus);
        self.resize(height);
    }

    /// Follows the open briefing: what is to come is so as of its date, and the cursor goes to that
    /// of its events that happened nearest to it, unless it stands on one of its events already. Of
    /// a briefing without events it goes to what had happened last.
    pub fn follow(&mut self, corpus: &Corpus, open: Option<BriefingId>, height: usize) {
        self.height = height;
        let followed = std::mem::replace(&mut self.open, open).is_some();
        let before = self.as_of;
        self.as_of = open.and_then(|id| as_of(&corpus.entry(id)?.briefing));
        if self.as_of != before {
            self.build(corpus);
        }
        let Some(open) = open else { return self.resize(height) };
        if followed && self.under_cursor().is_some_and(|(briefing, _)| briefing == open) {
            return self.resize(height);
        }
        if let Some(row) = self.target(open).and_then(|at| self.row_of(at)) {
            self.cursor.at = row;
            self.show_cursor();
        }
        self.resize(height);
    }

    /// Adapts to another height.
    pub fn resize(&mut self, height: usize) {
        self.height = height;
        let height = self.list_rows(height);
        let rows = &self.rows;
        self.cursor.keep_in_view(rows.len(), height, |row| stands(rows, row));
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion, height: usize) {
        let rows = &self.rows;
        self.cursor.go(motion, rows.len(), |row| stands(rows, row));
        if motion == Motion::First {
            self.cursor.top = 0;
        }
        self.resize(height);
    }

    /// Groups by the next finer unit.
    pub fn zoom_in(&mut self, corpus: &Corpus) {
        self.zoom(corpus, self.unit.finer().unwrap_or(self.unit));
    }

    /// Groups by the next coarser unit.
    pub fn zoom_out(&mut self, corpus: &Corpus) {
        self.zoom(corpus, self.unit.coarser().unwrap_or(self.unit));
    }

    /// Groups by the finest unit of which the whole period has no more than the pane has rows.
    pub fn zoom_fit(&mut self, corpus: &Corpus) {
        let Some((first, last)) = self.all.period() else { return };
        let most = i64::try_from(self.height).unwrap_or(i64::MAX).max(HEADINGS_THAT_FIT);
        let count = |unit: &Unit| {
            let of_one = Bucket::containing(first, *unit);
            let days = days_between(of_one.first_day(), of_one.last_day()) + 1;
            days_between(of_one.first_day(), last) / days + 1
        };
        let fitting = Unit::ALL.into_iter().find(|unit| count(unit) <= most);
        self.zoom(corpus, fitting.unwrap_or(Unit::Year));
    }

    /// Turns time round, and stays on the same event.
    pub fn turn(&mut self, corpus: &Corpus) {
        self.direction = match self.direction {
            Direction::Forward => Direction::Backward,
            Direction::Backward => Direction::Forward,
        };
        self.build(corpus);
        self.show_cursor();
        self.resize(self.height);
    }

    /// The briefing and the index of the event under the cursor.
    #[must_use]
    pub fn under_cursor(&self) -> Option<(BriefingId, usize)> {
        self.event_under_cursor().map(|at| (at.briefing, at.event))
    }

    /// Which of how many events is under the cursor, from 1.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        let is_event = |row: &&Row| matches!(row, Row::Event(_));
        let before = self.rows.iter().take(self.cursor.at + 1).filter(is_event).count();
        (before, self.shown.len())
    }

    /// Whether an event is one of the open briefing's.
    #[must_use]
    pub fn is_of_open(&self, at: EventRef) -> bool {
        self.open == Some(at.briefing)
    }

    /// How many of a pane's rows the strip takes, from its top: 1 or none.
    #[must_use]
    pub fn strip_rows(&self, height: usize) -> usize {
        usize::from(
            height >= ROWS_FOR_STRIP
                && self.strip.period().is_some_and(|(first, last)| first < last),
        )
    }

    /// How many of a pane's rows are left for the list.
    #[must_use]
    pub fn list_rows(&self, height: usize) -> usize {
        height - self.strip_rows(height)
    }

    /// First and last day of the events in view; what lies wide in time counts only where nothing
    /// else is in view.
    #[must_use]
    pub fn days_in_view(
        &self,
        corpus: &Corpus,
        height: usize,
    ) -> Option<(civil::Date, civil::Date)> {
        let period = self.strip.period()?;
        let in_view = self.rows.iter().skip(self.cursor.top).take(self.list_rows(height));
        let dates = in_view.filter_map(|row| match row {
            Row::Event(row) => row.at.find_in(corpus)?.date.as_ref(),
            _ => None,
        });
        let days: Vec<_> = dates
            .filter_map(|date| {
                let first = date.earliest().day()?;
                Some((first, date.latest().day().unwrap_or(first)))
            })
            .filter(|(first, last)| *first <= period.1 && *last >= period.0)
            .collect();
        let widest = rows::widest(self.unit);
        let short = days.iter().filter(|(first, last)| days_between(*first, *last) < widest);
        hull(short).or_else(|| hull(days.iter()))
    }

    fn zoom(&mut self, corpus: &Corpus, unit: Unit) {
        if unit != self.unit {
            let above = self.cursor.at.saturating_sub(self.cursor.top);
            self.unit = unit;
            self.build(corpus);
            self.cursor.top = self.cursor.at.saturating_sub(above);
            self.resize(self.height);
        }
    }

    fn build(&mut self, corpus: &Corpus) {
        let here = self.event_under_cursor();
        self.rows = rows::rows(corpus, &self.shown, self.unit, self.as_of, self.direction);
        if let Some(row) = here.and_then(|at| self.row_of(at)) {
            let above = self.cursor.at.saturating_sub(self.cursor.top);
            self.cursor = ListCursor { at: row, top: row.saturating_sub(above) };
        }
        let rows = &self.rows;
        self.cursor.settle(rows.len(), |row| stands(rows, row));
    }

    fn event_under_cursor(&self) -> Option<EventRef> {
        match self.rows.get(self.cursor.at) {
            Some(Row::Event(row)) => Some(row.at),
            _ => None,
        }
    }

    fn row_of(&self, at: EventRef) -> Option<usize> {
        self.rows.iter().position(|row| matches!(row, Row::Event(row) if row.at == at))
    }

    /// Where the cursor goes when a briefing is opened.
    fn target(&self, open: BriefingId) -> Option<EventRef> {
        let own = || self.shown.dated().iter().filter(|dated| dated.at.briefing == open);
        let Some(as_of) = self.as_of else {
            let undated = || self.shown.undated().iter().find(|at| at.briefing == open).copied();
            return own().next().map(|dated| dated.at).or_else(undated);
        };
        let happened = |dated: &&Dated| !dated.is_to_come(as_of);
        let distance = |dated: &&Dated| match dated.extent {
            Extent::Unplaced => i64::MAX,
            _ => days_between(dated.earliest.clamped(), as_of).abs(),
        };
        let undated = || self.shown.undated().iter().find(|at| at.briefing == open).copied();
        let nearest = own().filter(happened).min_by_key(distance).or_else(|| own().next());
        let latest = || self.shown.dated().iter().rev().find(happened).map(|dated| dated.at);
        nearest.map(|dated| dated.at).or_else(undated).or_else(latest)
    }

    /// Scrolls to the cursor so that a third of the pane stands above it, unless it is in view.
    fn show_cursor(&mut self) {
        let height = self.list_rows(self.height);
        let in_view = self.cursor.top..self.cursor.top + height;
        if !in_view.contains(&self.cursor.at) {
            self.cursor.top = self.cursor.at.saturating_sub(height / 3);
        }
    }
}

/// Whether the cursor may stand on a row.
fn stands(rows: &[Row], row: usize) -> bool {
    matches!(rows.get(row), Some(Row::Event(_)))
}

/// From the first of the first days to the last of the last.
fn hull<'a>(
    days: impl Iterator<Item = &'a (civil::Date, civil::Date)>,
) -> Option<(civil::Date, civil::Date)> {
    days.copied().reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))
}

fn matches(corpus: &Corpus, at: EventRef, needle: &Needle) -> bool {
    let Some(event) = at.find_in(corpus) else { return false };
    let fields = std::iter::once(&event.what).chain(&event.by).chain(&event.to).chain(&event.place);
    fields.into_iter().any(|field| !needle.find_in(field).is_empty())
}

#[cfg(test)]
mod tests;
