//! The rows of the timeline: headings, gaps, events, the ends of ranges.

use jiff::civil;

use crate::corpus::Corpus;
use crate::corpus::timeline::{Dated, EventRef, Extent, Timeline as Events, days_between};
use crate::date::Precision;
use crate::date::bucket::{Bucket, Unit};
use crate::date::gap::gap_in_words;

/// A row of the pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// What the events beneath have in common.
    Heading(String),
    /// Time without events before the next row: `12 days`.
    Gap(String),
    /// Divides what has happened from what is to come.
    ToCome(String),
    /// An event.
    Event(EventRow),
    /// The last day of a range that an earlier row opens.
    End(EventRow),
}

/// An event, or the end of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// Which event.
    pub at: EventRef,
    /// What the heading above says of its date.
    pub said: Said,
    /// What stands in the lane of ranges.
    pub lane: Lane,
}

/// How much of a date the heading above it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The day, week, month, quarter or year in which it lies, or begins.
    Bucket(Bucket),
    /// All of it.
    All,
    /// There is no date.
    Undated,
}

/// What stands between date and event: the bracket of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Nothing.
    Free,
    /// A range begins, whose end has a row of its own.
    Opens,
    /// The event lies within the range that is open, or begins in it.
    Within,
    /// The range that is open ends.
    Closes,
    /// It goes on without a known end.
    Onward,
}

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

/// In which direction time runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Oldest first.
    #[default]
    Forward,
    /// Newest first.
    Backward,
}

/// All rows: what has happened as of a day, what is to come, and the lane of the undated. Without a
/// day nothing is known to be to come.
pub(super) fn rows(
    corpus: &Corpus,
    events: &Events,
    unit: Unit,
    as_of: Option<civil::Date>,
    direction: Direction,
) -> Vec<Row> {
    let is_to_come = |dated: &&Dated| as_of.is_some_and(|day| dated.is_to_come(day));
    let (to_come, happened): (Vec<&Dated>, Vec<&Dated>) =
        events.dated().iter().partition(is_to_come);
    let mut builder = Builder::new(corpus, unit);
    builder.section(&happened);
    let mut before = std::mem::take(&mut builder.rows);
    builder.heading = None;
    builder.section(&to_come);
    let mut after = builder.rows;
    let mut rows = Vec::with_capacity(events.len() * 3 / 2);
    let divider = |words: &str| as_of.map(|day| Row::ToCome(format!("{words} {}", name_of(day))));
    match (direction, to_come.is_empty()) {
        (Direction::Forward, true) => rows.append(&mut before),
        (Direction::Forward, false) => {
            rows.append(&mut before);
            rows.extend(divider("still to come as of"));
            rows.append(&mut after);
        }
        (Direction::Backward, true) => rows.extend(turned(before)),
        (Direction::Backward, false) => {
            rows.extend(divider("still to come as of"));
            rows.extend(turned(after));
            rows.extend(divider("had happened by"));
            rows.extend(turned(before));
        }
    }
    if !events.undated().is_empty() {
        rows.push(Row::Heading("Undated".to_owned()));
        let row =
            |at: &EventRef| Row::Event(EventRow { at: *at, said: Said::Undated, lane: Lane::Free });
        rows.extend(events.undated().iter().map(row));
    }
    rows
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
        if matches!(group.last(), Some(Row::Gap(_))) {
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
        Lane::Free | Lane::Within | Lane::Onward => row,
    };
    match row {
        Row::Event(row) => Row::Event(turn(row)),
        Row::End(row) => Row::End(turn(row)),
        other => other,
    }
}

/// A day in few words: `17 Mar 2023`.
fn name_of(day: civil::Date) -> String {
    let label = Bucket::containing(day, Unit::Day).label();
    label.rsplit_once(' ').map_or(label.clone(), |(day, _weekday)| day.to_owned())
}

/// A range whose end is to be put after so many more events.
#[derive(Clone, Copy)]
struct Bracket<'a> {
    of: &'a Dated,
    unit: Unit,
    left: usize,
}

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
    fn new(corpus: &'a Corpus, unit: Unit) -> Self {
        Self {
            corpus,
            unit,
            rows: Vec::new(),
            heading: None,
            words: String::new(),
            reach: None,
            vague_until: None,
            bracket: None,
        }
    }

    fn section(&mut self, events: &[&'a Dated]) {
        for (index, dated) in events.iter().enumerate() {
            self.gap_before(dated);
            let said = self.said_of(dated);
            self.head(said, dated);
            let behind = events.get(index + 1..).unwrap_or_default();
            let lane = self.lane_of(dated, said, behind);
            self.rows.push(Row::Event(EventRow { at: dated.at, said, lane }));
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
        let Some(first) = dated.earliest.day().filter(|_| dated.extent != Extent::Unplaced) else {
            return;
        };
        let is_wide = dated.length().is_none_or(|days| days > widest(self.unit));
        if let Some(reach) = self.reach
            && self.vague_until.is_none_or(|last| last < first)
            && days_between(reach, first) >= shortest_gap(self.unit)
            && let Some(words) = gap_in_words(reach, first)
        {
            self.rows.push(Row::Gap(words));
        }
        let last = dated.latest.day().filter(|_| !is_wide).unwrap_or(first);
        self.reach = self.reach.max(Some(last));
        self.vague_until = dated.latest.day().filter(|_| is_wide && dated.extent == Extent::Date);
    }

    fn said_of(&self, dated: &Dated) -> Said {
        let first = dated.earliest.clamped();
        let bucket = match (dated.extent, dated.days()) {
            (Extent::Date, Some((first, last))) => {
                let mut buckets = units_from(self.unit).map(|unit| Bucket::containing(first, unit));
                buckets.find(|bucket| bucket.contains(last))
            }
            (Extent::Range | Extent::Onward, _) => {
                unit_of(dated.precision).map(|unit| Bucket::containing(first, unit.max(self.unit)))
            }
            _ => None,
        };
        bucket.map_or(Said::All, Said::Bucket)
    }

    fn head(&mut self, said: Said, dated: &Dated) {
        if let Said::Bucket(bucket) = said {
            if self.heading != Some(said) {
                self.rows.push(Row::Heading(bucket.label()));
            }
        } else {
            let date = dated.at.find_in(self.corpus).and_then(|event| event.date.as_ref());
            let words = date.map(crate::date::EdtfDate::in_words).unwrap_or_default();
            if self.heading != Some(said) || self.words != words {
                self.rows.push(Row::Heading(words.clone()));
                self.words = words;
            }
        }
        self.heading = Some(said);
    }

    fn lane_of(&mut self, dated: &'a Dated, said: Said, behind: &[&Dated]) -> Lane {
        if dated.extent == Extent::Onward {
            return Lane::Onward;
        }
        if let Some(bracket) = self.bracket {
            let may_be_later = dated.extent == Extent::Date && dated.latest > bracket.of.latest;
            return if may_be_later { Lane::Free } else { Lane::Within };
        }
        let Said::Bucket(bucket) = said else { return Lane::Free };
        let is_short = dated.length().is_some_and(|days| (2..=widest(self.unit)).contains(&days));
        if dated.extent != Extent::Range || !is_short {
            return Lane::Free;
        }
        let within = behind.iter().take_while(|other| other.earliest <= dated.latest);
        let left = match within.take(MOST_ENCLOSED + 1).count() {
            enclosed @ 0..=MOST_ENCLOSED => enclosed,
            _ if bucket.contains(dated.latest.clamped()) => 0,
            _ => return Lane::Free,
        };
        self.bracket = Some(Bracket { of: dated, unit: bucket.unit(), left });
        Lane::Opens
    }

    fn close(&mut self, bracket: Bracket<'_>) {
        let said = Said::Bucket(Bucket::containing(bracket.of.latest.clamped(), bracket.unit));
        self.head(said, bracket.of);
        self.rows.push(Row::End(EventRow { at: bracket.of.at, said, lane: Lane::Closes }));
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
