//! How one event after another becomes rows: headings, gaps, brackets. What stands above an event
//! counts only as far as the state says, so that rows can be made from any event on.

use jiff::civil;

use super::super::row::{EventRow, Heading, Lane, Row, Said};
use crate::corpus::timeline::{Dated, Extent, Stories, days_between};
use crate::date::bucket::{Bucket, Unit};
use crate::date::gap::gap_in_words;
use crate::date::{Bound, PackedBound, Precision};

/// Most events that a bracket may enclose: a longer one is no longer seen as one thing.
const MOST_ENCLOSED: usize = 6;
/// As many events behind one decide what becomes of it.
pub(super) const LOOKED_AT: usize = MOST_ENCLOSED + 1;

/// Days that a date may cover and still be a matter of days at this zoom: only such dates are
/// brackets, and end or begin a gap.
pub(in super::super) fn widest(unit: Unit) -> i64 {
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

/// What the rows above say, as far as it counts for those below.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct State {
    heading: Option<Above>,
    /// Last day that is known to have had an event.
    reach: Option<civil::Date>,
    /// Last day that the row above may mean, where it is wide in time.
    vague_until: Option<civil::Date>,
    bracket: Option<Bracket>,
    /// First and last day of the event above, where it is one date, under a heading of its own.
    plain: Option<(PackedBound, PackedBound)>,
}

/// The heading above.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Above {
    said: Said,
    /// First and last day of its bucket.
    days: (PackedBound, PackedBound),
    /// What tells its words, where it is no bucket.
    words: u32,
}

/// A range whose end is to be put after so many more events.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bracket {
    of: u32,
    unit: Unit,
    left: usize,
}

impl State {
    /// The same below a line over which no heading counts.
    pub fn below_divider(self) -> Self {
        Self { heading: None, plain: None, ..self }
    }
}

/// Makes rows of the stories of a timeline at one zoom.
#[derive(Clone, Copy)]
pub(super) struct Machine<'a> {
    pub stories: Stories<'a>,
    pub unit: Unit,
}

impl<'a> Machine<'a> {
    /// The rows of a story; `behind` gives those that follow it.
    pub fn step(
        self,
        state: &mut State,
        number: u32,
        behind: &mut dyn Iterator<Item = u32>,
        emit: &mut dyn FnMut(Row),
    ) {
        let Some(dated) = self.anchor(number) else { return };
        let is_date = dated.extent() == Extent::Date;
        let story = Some(number as usize);
        if let Some(Above { said: said @ Said::Bucket(_), .. }) = state.heading
            && is_date
            && state.plain == Some(dated.span())
        {
            // Most events of a large corpus fall on the day of the one above.
            let lane = Lane::Free;
            return emit(Row::Event(EventRow { at: dated.at(), story, said, lane }));
        }
        self.gap_before(state, dated, emit);
        let said = self.said_of(state, dated);
        head(state, said, dated, emit);
        let lane = self.lane_of(state, number, dated, said, behind);
        emit(Row::Event(EventRow { at: dated.at(), story, said, lane }));
        state.plain = Some(dated.span()).filter(|_| is_date && state.bracket.is_none());
        if let Some(bracket) = state.bracket.as_mut().filter(|_| lane != Lane::Opens) {
            bracket.left = bracket.left.saturating_sub(1);
        }
        if let Some(bracket) = state.bracket.take_if(|bracket| bracket.left == 0) {
            self.close(state, bracket, emit);
        }
    }

    /// The event that places a story in time.
    pub fn anchor(self, number: u32) -> Option<&'a Dated> {
        self.stories.get(number as usize).map(crate::corpus::timeline::Story::anchor)
    }

    /// Marks the time since the row above, unless that may itself fall into it (`2023` before
    /// March). Of what is wide in time only the beginning ends a gap.
    fn gap_before(self, state: &mut State, dated: &Dated, emit: &mut dyn FnMut(Row)) {
        let Some(first) = dated.earliest().day().filter(|_| dated.extent() != Extent::Unplaced)
        else {
            return;
        };
        let is_wide = dated.length().is_none_or(|days| days > widest(self.unit));
        if let Some(reach) = state.reach.filter(|reach| *reach < first)
            && state.vague_until.is_none_or(|last| last < first)
            && days_between(reach, first) >= shortest_gap(self.unit)
            && gap_in_words(reach, first).is_some()
        {
            emit(Row::Gap(reach, first));
        }
        let last = dated.latest().day().filter(|_| !is_wide).unwrap_or(first);
        state.reach = state.reach.max(Some(last));
        let is_vague = is_wide && dated.extent() == Extent::Date;
        state.vague_until = dated.latest().day().filter(|_| is_vague);
    }

    fn said_of(self, state: &State, dated: &Dated) -> Said {
        let (earliest, latest) = dated.span();
        let bucket = match (dated.extent(), dated.days()) {
            (Extent::Date, Some((first, last))) => {
                if let Some(Above { said: said @ Said::Bucket(bucket), days, .. }) = state.heading
                    && bucket.unit() == self.unit
                    && days.0 <= earliest
                    && latest <= days.1
                {
                    return said;
                }
                let mut buckets = units_from(self.unit).map(|unit| Bucket::containing(first, unit));
                buckets.find(|bucket| bucket.contains(last))
            }
            (Extent::Range | Extent::Onward, _) => {
                let first = dated.earliest().clamped();
                unit_of(dated.precision())
                    .map(|unit| Bucket::containing(first, unit.max(self.unit)))
            }
            _ => None,
        };
        bucket.map_or(Said::All, Said::Bucket)
    }

    fn lane_of(
        self,
        state: &mut State,
        number: u32,
        dated: &Dated,
        said: Said,
        behind: &mut dyn Iterator<Item = u32>,
    ) -> Lane {
        if dated.extent() == Extent::Onward {
            return Lane::Onward;
        }
        let (earliest, latest) = dated.span();
        if let Some(bracket) = state.bracket {
            let end = self.anchor(bracket.of).map(|dated| dated.span().1);
            let may_be_later = dated.extent() == Extent::Date && Some(latest) > end;
            return if may_be_later { Lane::Free } else { Lane::Within };
        }
        let Said::Bucket(bucket) = said else { return Lane::Free };
        if dated.extent() != Extent::Range || earliest == latest {
            return Lane::Free;
        }
        if dated.length().is_none_or(|days| days > widest(self.unit)) {
            return Lane::Spans;
        }
        let begins = |number: u32| self.anchor(number).map(|dated| dated.span().0);
        let within = behind.take(LOOKED_AT).take_while(|other| begins(*other) <= Some(latest));
        let left = match within.count() {
            enclosed @ 0..=MOST_ENCLOSED => enclosed,
            _ if bucket.contains(dated.latest().clamped()) => 0,
            _ => return Lane::Spans,
        };
        state.bracket = Some(Bracket { of: number, unit: bucket.unit(), left });
        Lane::Opens
    }

    fn close(self, state: &mut State, bracket: Bracket, emit: &mut dyn FnMut(Row)) {
        let Some(anchor) = self.anchor(bracket.of) else { return };
        let said = Said::Bucket(Bucket::containing(anchor.latest().clamped(), bracket.unit));
        head(state, said, anchor, emit);
        let story = Some(bracket.of as usize);
        emit(Row::End(EventRow { at: anchor.at(), story, said, lane: Lane::Closes }));
    }
}

fn head(state: &mut State, said: Said, dated: &Dated, emit: &mut dyn FnMut(Row)) {
    let words = if said == Said::All { dated.date_words() } else { 0 };
    if state.heading.is_some_and(|above| above.said == said && above.words == words) {
        return;
    }
    let pack = |day| PackedBound::from(Bound::Day(day));
    let days = if let Said::Bucket(bucket) = said {
        emit(Row::Heading(Heading::Bucket(bucket)));
        (pack(bucket.first_day()), pack(bucket.last_day()))
    } else {
        emit(Row::Heading(Heading::DateOf(dated.at())));
        (PackedBound::NEVER, PackedBound::NEVER)
    };
    state.heading = Some(Above { said, days, words });
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
