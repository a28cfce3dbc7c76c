//! The timeline: what happened when, as of the open briefing's date, and which event is under the
//! cursor.

mod place;
mod row;
mod rows;
mod strip;
mod wording;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use jiff::civil;
use roaring::RoaringBitmap;

pub use row::{Below, Direction, EventRow, Heading, Lane, Row, Said};
pub use rows::Rows;
pub use strip::Strip;
pub use wording::{DateWords, date_words, end_words, told_end};

use crate::app::list::{ListCursor, Motion};
use crate::corpus::timeline::{Dated, EventRef, Story, Timeline as Events, as_of, days_between};
use crate::corpus::{BriefingId, Corpus};
use crate::date::bucket::{Bucket, Unit};
use crate::text::Needle;
use place::Here;
use rows::Grounds;

/// State of the pane.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// Words that an event must have; empty shows all.
    pub filter: String,
    /// Cursor over `rows`; it stands on events and their reports only.
    pub cursor: ListCursor,
    /// What is shown.
    pub rows: Rows,
    /// What the rows are grouped by.
    pub unit: Unit,
    /// Whether the newest stands first.
    pub direction: Direction,
    /// How many events there are over the whole period.
    pub strip: Strip,
    /// Of the whole corpus, of the lens, and of the filter within that.
    all: Arc<Events>,
    kept: Arc<Events>,
    shown: Arc<Events>,
    /// What was gone through of the whole corpus, to come back to it.
    everything: Option<(Grounds, Strip)>,
    unfolded: BTreeSet<EventRef>,
    open: Option<BriefingId>,
    as_of: Option<civil::Date>,
    height: usize,
}

impl Default for Timeline {
    fn default() -> Self {
        Self {
            filter: String::new(),
            cursor: ListCursor::default(),
            rows: Rows::default(),
            unit: Unit::Month,
            direction: Direction::default(),
            strip: Strip::default(),
            all: Arc::default(),
            kept: Arc::default(),
            shown: Arc::default(),
            everything: None,
            unfolded: BTreeSet::new(),
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
    /// Takes the events of another snapshot; none of its briefings is open yet, and no lens narrows it.
    pub fn load(&mut self, corpus: &Corpus) {
        self.all = Arc::clone(&corpus.timeline);
        self.kept = Arc::clone(&self.all);
        (self.open, self.as_of) = (None, None);
        self.cursor = ListCursor::default();
        self.unfolded.clear();
        self.arrange(corpus, self.height);
    }

    /// Takes another snapshot and its lens; `now` says where an event stands there, and `open` which
    /// briefing is open. What is unfolded stays so, and the cursor stays on the same event.
    pub fn reload(
        &mut self,
        corpus: &Corpus,
        kept: Option<&RoaringBitmap>,
        now: &dyn Fn(EventRef) -> Option<EventRef>,
        open: Option<BriefingId>,
        height: usize,
    ) {
        let here = self.here_in(now);
        self.unfolded = self.unfolded.iter().filter_map(|at| now(*at)).collect();
        self.all = Arc::clone(&corpus.timeline);
        self.keep(kept);
        self.open = open;
        self.as_of = open.and_then(|id| as_of(corpus.entry(id)?.date()));
        self.arrange_at(corpus, here, height);
    }

    /// Takes the same snapshot with more known of its actors: what is one event is seen anew.
    pub fn recast(&mut self, corpus: &Corpus) {
        let kept = self.is_narrowed().then(|| Arc::clone(&self.kept));
        self.all = Arc::clone(&corpus.timeline);
        let rows = kept.map(|kept| kept.all().filter_map(|at| self.all.row(at)).collect());
        self.keep(rows.as_ref());
        self.arrange(corpus, self.height);
    }

    /// Shows only the events of a lens (`None` for all), of which the words of the filter then choose.
    /// The cursor stays on the same event, or goes to the nearest in time; the strip's period stays the
    /// corpus'.
    pub fn narrow_to(&mut self, corpus: &Corpus, kept: Option<&RoaringBitmap>, height: usize) {
        self.keep(kept);
        self.arrange(corpus, height);
    }

    /// The same by what tells whether an event is kept.
    #[cfg(test)]
    pub(crate) fn narrow(
        &mut self,
        corpus: &Corpus,
        keeps: &dyn Fn(EventRef) -> bool,
        height: usize,
    ) {
        let kept = self.all.all().filter(|at| keeps(*at)).filter_map(|at| self.all.row(at));
        let kept: RoaringBitmap = kept.collect();
        self.narrow_to(corpus, Some(&kept), height);
    }

    fn keep(&mut self, rows: Option<&RoaringBitmap>) {
        let rows = rows.filter(|rows| rows.len() < self.all.len() as u64);
        self.kept = match rows {
            Some(rows) => Arc::new(self.all.of_rows(rows.iter())),
            None => Arc::clone(&self.all),
        };
    }

    /// Arranges the rows anew, as after a change of the filter, and stays on the same event, or goes
    /// to the nearest in time.
    pub fn arrange(&mut self, corpus: &Corpus, height: usize) {
        let here = self.here();
        self.arrange_at(corpus, here, height);
    }

    fn arrange_at(&mut self, corpus: &Corpus, here: Option<Here>, height: usize) {
        self.height = height;
        self.shown = self.filtered(corpus);
        let grounds = self.ground();
        self.build(grounds, corpus, here);
        self.resize(height);
    }

    /// Follows the open briefing: what is to come is so as of its date, and the cursor goes to that
    /// of its events that happened nearest to it, unless it stands on one of its events already. Of
    /// a briefing without events it goes to what had happened last.
    pub fn follow(&mut self, corpus: &Corpus, open: Option<BriefingId>, height: usize) {
        self.height = height;
        let followed = std::mem::replace(&mut self.open, open).is_some();
        let before = self.as_of;
        self.as_of = open.and_then(|id| as_of(corpus.entry(id)?.date()));
        if self.as_of != before {
            let here = self.here();
            let grounds = self.rows.grounds.clone();
            self.build(grounds, corpus, here);
        }
        let Some(open) = open else { return self.resize(height) };
        if followed && self.tellings_under_cursor().any(|at| at.briefing == open) {
            return self.resize(height);
        }
        if let Some(row) = self.target(corpus, open).and_then(|at| self.row_of(at)) {
            self.cursor.at = row;
            self.show_cursor();
        }
        self.resize(height);
    }

    /// Has the briefings read of which an event is in view.
    pub fn fetch(&self, corpus: &Corpus) {
        let in_view = self.view(self.height);
        let told = in_view.iter().filter_map(|row| match row {
            Row::Event(row) => Some([row.at.briefing, self.lead(row).briefing]),
            Row::Report(row) | Row::End(row) => Some([row.at.briefing, row.at.briefing]),
            _ => None,
        });
        let mut told: Vec<BriefingId> = told.flatten().collect();
        told.sort_unstable();
        told.dedup();
        corpus.fetch_events(told.into_iter());
    }

    /// Adapts to another height.
    pub fn resize(&mut self, height: usize) {
        self.height = height;
        let height = self.list_rows(height);
        let look = RefCell::new(self.rows.look());
        self.cursor.keep_in_view(self.rows.len(), height, |row| look.borrow_mut().stands(row));
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion, height: usize) {
        let nth = match motion {
            Motion::To(n) => self.rows.nth_event(n),
            _ => None,
        };
        if let Some(row) = nth {
            self.cursor.at = row;
        } else {
            let look = RefCell::new(self.rows.look());
            self.cursor.go(motion, self.rows.len(), |row| look.borrow_mut().stands(row));
        }
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
        let here = self.here();
        let rows = std::mem::take(&mut self.rows);
        self.rows = rows.turned(self.direction, &self.unfolded);
        self.settle(corpus, here);
        self.show_cursor();
        self.resize(self.height);
    }

    /// Shows the reports of the event under the cursor beneath it, or hides them again. False where it
    /// has one report only.
    pub fn toggle_reports(&mut self, corpus: &Corpus) -> bool {
        let Some(row) = self.row_under_cursor() else { return false };
        let Some(story) = row.story.and_then(|number| self.shown.stories().get(number)) else {
            return false;
        };
        if story.tellings().nth(1).is_none() {
            return false;
        }
        let before = self.unfolded.len();
        let (reports, anchor): (Vec<_>, _) =
            (story.reports().map(Dated::at).collect(), story.anchor().at());
        for report in &reports {
            self.unfolded.remove(report);
        }
        if self.unfolded.len() == before {
            self.unfolded.insert(anchor);
        }
        let here = Some(Here { event: anchor, report: None });
        let rows = std::mem::take(&mut self.rows);
        self.rows = rows.unfolded(&self.unfolded);
        self.settle(corpus, here);
        self.resize(self.height);
        true
    }

    /// The briefing and the index of the event under the cursor: of several reports the one that speaks
    /// for it as of the open briefing's date.
    #[must_use]
    pub fn under_cursor(&self) -> Option<(BriefingId, usize)> {
        let at = match self.rows.get(self.cursor.at)? {
            Row::Event(row) => self.lead(&row),
            Row::Report(row) => row.at,
            _ => return None,
        };
        Some((at.briefing, at.event))
    }

    /// The event of a row with all its reports; `None` where it is undated.
    #[must_use]
    pub fn story(&self, row: &EventRow) -> Option<Story<'_>> {
        self.shown.stories().get(row.story?)
    }

    /// The report that speaks for a row's event as of the open briefing's date.
    #[must_use]
    pub fn lead(&self, row: &EventRow) -> EventRef {
        self.story(row).map_or(row.at, |story| story.lead(self.as_of).at())
    }

    /// The day as of which all is told: the open briefing's.
    #[must_use]
    pub fn as_of(&self) -> Option<civil::Date> {
        self.as_of
    }

    /// Which of how many events is under the cursor, from 1.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        (
            self.rows.position(self.cursor.at),
            self.shown.stories().len() + self.shown.undated().len(),
        )
    }

    /// Whether the open briefing is the one.
    #[must_use]
    pub fn is_of_open(&self, at: EventRef) -> bool {
        self.open == Some(at.briefing)
    }

    /// Whether a report was there by the open briefing's date.
    #[must_use]
    pub fn is_known(&self, corpus: &Corpus, at: EventRef) -> bool {
        let reported = || corpus.entry(at.briefing).and_then(|entry| as_of(entry.date()));
        self.as_of.is_none_or(|day| reported().is_none_or(|reported| reported <= day))
    }

    /// Whether a lens leaves only some of the events.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        self.kept.len() < self.all.len()
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

    /// The rows in view in a pane so high, top first.
    #[must_use]
    pub fn view(&self, height: usize) -> Vec<Row> {
        self.rows.from(self.cursor.top).take(self.list_rows(height)).collect()
    }

    /// First and last day of the events in view; what lies wide in time counts only where nothing
    /// else is in view.
    #[must_use]
    pub fn days_in_view(&self, view: &[Row]) -> Option<(civil::Date, civil::Date)> {
        let period = self.strip.period()?;
        let dates = view.iter().filter_map(|row| match row {
            Row::Event(row) => Some(self.story(row)?.anchor().span()),
            _ => None,
        });
        let days: Vec<_> = dates
            .filter_map(|(earliest, latest)| {
                let first = earliest.day()?;
                Some((first, latest.day().unwrap_or(first)))
            })
            .filter(|(first, last)| *first <= period.1 && *last >= period.0)
            .collect();
        let widest = rows::widest(self.unit);
        let short = days.iter().filter(|(first, last)| days_between(*first, *last) < widest);
        hull(short).or_else(|| hull(days.iter()))
    }

    /// Events that have the words of the filter, with all reports of theirs that the lens has.
    fn filtered(&self, corpus: &Corpus) -> Arc<Events> {
        let needle = Needle::smart_case(&self.filter);
        if needle.is_empty() {
            return Arc::clone(&self.kept);
        }
        let found: HashSet<EventRef> =
            self.kept.all().filter(|at| matches(corpus, *at, &needle)).collect();
        let dated = self.kept.dated().iter();
        let stories: HashSet<u32> =
            dated.clone().filter(|told| found.contains(&told.at())).map(Dated::story).collect();
        let with_them = dated.filter(|told| stories.contains(&told.story())).map(Dated::at);
        let all: HashSet<EventRef> = with_them.chain(found.iter().copied()).collect();
        Arc::new(self.kept.filtered(|at| all.contains(&at)))
    }

    fn zoom(&mut self, corpus: &Corpus, unit: Unit) {
        if unit != self.unit {
            let above = self.cursor.at.saturating_sub(self.cursor.top);
            let here = self.here();
            self.unit = unit;
            let grounds = self.ground();
            self.build(grounds, corpus, here);
            self.cursor.top = self.cursor.at.saturating_sub(above);
            self.resize(self.height);
        }
    }

    /// Goes through what is shown, unless that is the whole corpus and was gone through before; the
    /// strip counts it.
    fn ground(&mut self) -> Grounds {
        let known = |grounds: &Grounds| {
            Arc::ptr_eq(&grounds.events, &self.shown) && grounds.unit == Some(self.unit)
        };
        if known(&self.rows.grounds) {
            return self.rows.grounds.clone();
        }
        if let Some((grounds, strip)) = self.everything.as_ref().filter(|(of, _)| known(of)) {
            self.strip = strip.clone();
            return grounds.clone();
        }
        let grounds = if Arc::ptr_eq(&self.rows.grounds.events, &self.shown) {
            self.rows.grounds.clone().at_zoom(self.unit)
        } else {
            let anchors = self.shown.stories().all().map(Story::anchor);
            self.strip = Strip::new(anchors, self.all.period());
            Grounds::new(&self.shown, self.unit)
        };
        if Arc::ptr_eq(&self.shown, &self.all) {
            self.everything = Some((grounds.clone(), self.strip.clone()));
        }
        grounds
    }

    fn build(&mut self, grounds: Grounds, corpus: &Corpus, here: Option<Here>) {
        self.rows = Rows::new(grounds, self.as_of, self.direction, &self.unfolded);
        self.settle(corpus, here);
    }

    /// Puts the cursor where it was.
    fn settle(&mut self, corpus: &Corpus, here: Option<Here>) {
        if let Some(row) = here.and_then(|here| self.row_for(corpus, here)) {
            let above = self.cursor.at.saturating_sub(self.cursor.top);
            self.cursor = ListCursor { at: row, top: row.saturating_sub(above) };
        }
        let look = RefCell::new(self.rows.look());
        self.cursor.settle(self.rows.len(), |row| look.borrow_mut().stands(row));
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
