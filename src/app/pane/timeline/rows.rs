//! How rows are made of stories: sections, headings, gaps, brackets, and the reports that are unfolded.

use std::collections::BTreeSet;

use jiff::civil;

use super::row::{Below, Direction, EventRow, Heading, Lane, Row, Said, words_of};
use crate::corpus::Corpus;
use crate::corpus::timeline::{Dated, EventRef, Extent, Stories, Story, days_between};
use crate::date::Precision;
use crate::date::bucket::{Bucket, Unit};
use crate::date::gap::gap_in_words;

/// Most events that a bracket may enclose: a longer one is no longer seen as one thing.
const MOST_ENCLOSED: usize = 6;

/// Days that a date may cover and still be a matter of days at this zoom: only such dates are
/// brackets, and end or begin a gap.
pub(super) fn widest(unit: Unit) -> i64 {
    match unit {
        Unit::Day | Unit::Week | Unit::Month => 31,
        Unit::Quarter => 92,
        Unit::Year => 366,
    }
}

/// Fewest days without events that are marked at this zoom.
fn shortest_gap(unit: Unit) -> i64 {
    match unit {
        Unit::Day | Unit::Week => 0,
        Unit::Month | Unit::Quarter | Unit::Year => widest(unit),
    }
}

/// What rows are made of.
#[derive(Clone, Copy)]
pub(super) struct Arrangement<'a> {
    pub corpus: &'a Corpus,
    pub stories: Stories<'a>,
    /// Events without a date.
    pub undated: &'a [EventRef],
    pub unit: Unit,
    pub as_of: Option<civil::Date>,
    pub direction: Direction,
    /// Events whose reports stand beneath them, by any one of these.
    pub unfolded: &'a BTreeSet<EventRef>,
}

/// All rows: what has happened as of a day, what is to come, and the lane of the undated. Without a
/// day nothing is known to be to come.
pub(super) fn rows(arrangement: Arrangement<'_>) -> Vec<Row> {
    let Arrangement { corpus, stories, undated, unit, as_of, direction, unfolded } = arrangement;
    let is_to_come = |story: &Story<'_>| as_of.is_some_and(|day| story.is_to_come(day));
    let (to_come, happened): (Vec<Placed<'_>>, Vec<Placed<'_>>) =
        stories.all().enumerate().partition(|(_, story)| is_to_come(story));
    let mut builder = Builder::new(corpus, unit, stories.len() * 3 / 2);
    builder.section(&happened);
    let mut before = std::mem::take(&mut builder.rows);
    builder.heading = None;
    builder.section(&to_come);
    let after = builder.rows;
    let divider = |below| as_of.map(|as_of| Row::Divider { below, as_of });
    let mut rows = match (direction, to_come.is_empty()) {
        (Direction::Forward, true) => before,
        (Direction::Forward, false) => {
            before.extend(divider(Below::ToCome));
            before.extend(after);
            before
        }
        (Direction::Backward, true) => turned(before),
        (Direction::Backward, false) => {
            let mut rows = Vec::with_capacity(before.len() + after.len() + 2);
            rows.extend(divider(Below::ToCome));
            rows.extend(turned(after));
            rows.extend(divider(Below::Happened));
            rows.extend(turned(before));
            rows
        }
    };
    if !undated.is_empty() {
        rows.push(Row::Heading(Heading::Undated));
        let row = |at: &EventRef| {
            Row::Event(EventRow { at: *at, story: None, said: Said::Undated, lane: Lane::Free })
        };
        rows.extend(undated.iter().map(row));
    }
    if unfolded.is_empty() { rows } else { with_reports(rows, stories, unfolded) }
}

/// The same rows with the reports of those events beneath them.
fn with_reports(rows: Vec<Row>, stories: Stories<'_>, unfolded: &BTreeSet<EventRef>) -> Vec<Row> {
    let mut all = Vec::with_capacity(rows.len() + unfolded.len() * 4);
    for row in rows {
        all.push(row);
        let Row::Event(event) = row else { continue };
        let Some(story) = event.story.and_then(|number| stories.get(number)) else { continue };
        if story.tellings().nth(1).is_some()
            && story.reports().any(|report| unfolded.contains(&report.at()))
        {
            let lane = match event.lane {
                Lane::Opens | Lane::Within => Lane::Within,
                Lane::Free | Lane::Closes | Lane::Spans | Lane::Onward => Lane::Free,
            };
            let report = |told: &Dated| Row::Report(EventRow { at: told.at(), lane, ..event });
            all.extend(story.tellings().map(report));
        }
    }
    all
}

/// The same rows with the newest first: groups and the rows in them turned round, brackets upside
/// down, a gap still between what it parts.
fn turned(rows: Vec<Row>) -> Vec<Row> {
    let mut groups: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            Some(group) if !matches!(row, Row::Heading(_)) => group.push(row),
            _ => groups.push(vec![row]),
        }
    }
    let mut turned = Vec::new();
    for mut group in groups.into_iter().rev() {
        if matches!(group.last(), Some(Row::Gap(..))) {
            turned.extend(group.pop());
        }
        if matches!(group.first(), Some(Row::Heading(_))) {
            turned.push(group.remove(0));
        }
        turned.extend(group.into_iter().rev().map(upside_down));
    }
    turned
}

fn upside_down(row: Row) -> Row {
    let turn = |row: EventRow| match row.lane {
        Lane::Opens => EventRow { lane: Lane::Closes, ..row },
        Lane::Closes => EventRow { lane: Lane::Opens, ..row },
        Lane::Free | Lane::Within | Lane::Spans | Lane::Onward => row,
    };
    match row {
        Row::Event(row) => Row::Event(turn(row)),
        Row::End(row) => Row::End(turn(row)),
        other => other,
    }
}

/// A range whose end is to be put after so many more events.
#[derive(Clone, Copy)]
struct Bracket<'a> {
    of: Placed<'a>,
    unit: Unit,
    left: usize,
}

/// A story with its number.
type Placed<'a> = (usize, Story<'a>);

struct Builder<'a> {
    corpus: &'a Corpus,
    unit: Unit,
    rows: Vec<Row>,
    heading: Option<Said>,
    /// The heading's own words, where it is no bucket.
    words: String,
    /// Last day that is known to have had an event.
    reach: Option<civil::Date>,
    /// Last day that the row above may mean, where it is wide in time.
    vague_until: Option<civil::Date>,
    bracket: Option<Bracket<'a>>,
}

impl<'a> Builder<'a> {
    fn new(corpus: &'a Corpus, unit: Unit, capacity: usize) -> Self {
        Self {
            corpus,
            unit,
            rows: Vec::with_capacity(capacity),
            heading: None,
            words: String::new(),
            reach: None,
            vague_until: None,
            bracket: None,
        }
    }

    fn section(&mut self, stories: &[Placed<'a>]) {
        for (index, (number, story)) in stories.iter().enumerate() {
            let dated = story.anchor();
            self.gap_before(dated);
            let said = self.said_of(dated);
            self.head(said, dated);
            let behind = stories.get(index + 1..).unwrap_or_default();
            let lane = self.lane_of((*number, *story), said, behind);
            self.rows.push(Row::Event(EventRow {
                at: dated.at(),
                story: Some(*number),
                said,
                lane,
            }));
            match &mut self.bracket {
                Some(bracket) if lane != Lane::Opens => {
                    bracket.left = bracket.left.saturating_sub(1);
                }
                _ => {}
            }
            if let Some(bracket) = self.bracket.take_if(|bracket| bracket.left == 0) {
                self.close(bracket);
            }
        }
    }

    /// Marks the time since the row above, unless that may itself fall into it (`2023` before
    /// March). Of what is wide in time only the beginning ends a gap.
    fn gap_before(&mut self, dated: &Dated) {
        let Some(first) = dated.earliest().day().filter(|_| dated.extent() != Extent::Unplaced)
        else {
            return;
        };
        let is_wide = dated.length().is_none_or(|days| days > widest(self.unit));
        if let Some(reach) = self.reach
            && self.vague_until.is_none_or(|last| last < first)
            && days_between(reach, first) >= shortest_gap(self.unit)
            && gap_in_words(reach, first).is_some()
        {
            self.rows.push(Row::Gap(reach, first));
        }
        let last = dated.latest().day().filter(|_| !is_wide).unwrap_or(first);
        self.reach = self.reach.max(Some(last));
        self.vague_until =
            dated.latest().day().filter(|_| is_wide && dated.extent() == Extent::Date);
    }

    fn said_of(&self, dated: &Dated) -> Said {
        let first = dated.earliest().clamped();
        let bucket = match (dated.extent(), dated.days()) {
            (Extent::Date, Some((first, last))) => {
                if let Some(said @ Said::Bucket(bucket)) = self.heading
                    && bucket.unit() == self.unit
                    && bucket.contains(first)
                    && bucket.contains(last)
                {
                    return said;
                }
                let mut buckets = units_from(self.unit).map(|unit| Bucket::containing(first, unit));
                buckets.find(|bucket| bucket.contains(last))
            }
            (Extent::Range | Extent::Onward, _) => unit_of(dated.precision())
                .map(|unit| Bucket::containing(first, unit.max(self.unit))),
            _ => None,
        };
        bucket.map_or(Said::All, Said::Bucket)
    }

    fn head(&mut self, said: Said, dated: &Dated) {
        if let Said::Bucket(bucket) = said {
            if self.heading != Some(said) {
                self.rows.push(Row::Heading(Heading::Bucket(bucket)));
            }
        } else {
            let words = words_of(self.corpus, dated.at());
            if self.heading != Some(said) || self.words != words {
                self.rows.push(Row::Heading(Heading::DateOf(dated.at())));
                self.words = words;
            }
        }
        self.heading = Some(said);
    }

    fn lane_of(&mut self, placed: Placed<'a>, said: Said, behind: &[Placed<'a>]) -> Lane {
        let dated = placed.1.anchor();
        if dated.extent() == Extent::Onward {
            return Lane::Onward;
        }
        if let Some(bracket) = self.bracket {
            let may_be_later =
                dated.extent() == Extent::Date && dated.latest() > bracket.of.1.anchor().latest();
            return if may_be_later { Lane::Free } else { Lane::Within };
        }
        let Said::Bucket(bucket) = said else { return Lane::Free };
        if dated.extent() != Extent::Range || dated.earliest() == dated.latest() {
            return Lane::Free;
        }
        if dated.length().is_none_or(|days| days > widest(self.unit)) {
            return Lane::Spans;
        }
        let within =
            behind.iter().take_while(|(_, other)| other.anchor().earliest() <= dated.latest());
        let left = match within.take(MOST_ENCLOSED + 1).count() {
            enclosed @ 0..=MOST_ENCLOSED => enclosed,
            _ if bucket.contains(dated.latest().clamped()) => 0,
            _ => return Lane::Spans,
        };
        self.bracket = Some(Bracket { of: placed, unit: bucket.unit(), left });
        Lane::Opens
    }

    fn close(&mut self, bracket: Bracket<'_>) {
        let (number, story) = bracket.of;
        let anchor = story.anchor();
        let said = Said::Bucket(Bucket::containing(anchor.latest().clamped(), bracket.unit));
        self.head(said, anchor);
        let end = EventRow { at: anchor.at(), story: Some(number), said, lane: Lane::Closes };
        self.rows.push(Row::End(end));
    }
}

fn units_from(unit: Unit) -> impl Iterator<Item = Unit> {
    Unit::ALL.into_iter().filter(move |other| *other >= unit)
}

/// The unit in which a date of this precision can be placed without saying more than it does.
fn unit_of(precision: Precision) -> Option<Unit> {
    match precision {
        Precision::Time | Precision::Day => Some(Unit::Day),
        Precision::Month => Some(Unit::Month),
        Precision::Season | Precision::Year => Some(Unit::Year),
        Precision::Decade => None,
    }
}
