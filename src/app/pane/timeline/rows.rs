//! All rows of the timeline without keeping them: what has happened as of a day, what is to come, and
//! the lane of the undated. Another day, direction or unfolded event costs no more than what is near
//! it, however many events there are.

mod base;
mod machine;
mod plans;
mod section;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil;

use super::row::{Below, Direction, EventRow, Heading, Lane, Row, Said};
use crate::corpus::timeline::{Dated, EventRef, Timeline as Events};
use crate::date::bucket::Unit;
use base::Base;
use machine::Machine;
pub(super) use machine::widest;
use plans::{Plans, Split};
use section::{Reader, Section};

/// What is gone through once for some events and a zoom.
#[derive(Clone, Debug, Default)]
pub(super) struct Grounds {
    pub events: Arc<Events>,
    pub unit: Option<Unit>,
    base: Arc<Base>,
    plans: Arc<Plans>,
}

impl Grounds {
    /// Of these events at a zoom.
    pub fn new(events: &Arc<Events>, unit: Unit) -> Self {
        let plans = Arc::new(Plans::of(events.stories()));
        Self { events: Arc::clone(events), plans, ..Self::default() }.at_zoom(unit)
    }

    /// The same at another zoom.
    pub fn at_zoom(self, unit: Unit) -> Self {
        let base = Arc::new(Base::of(Machine { stories: self.events.stories(), unit }));
        Self { base, unit: Some(unit), ..self }
    }

    fn machine(&self) -> Machine<'_> {
        Machine { stories: self.events.stories(), unit: self.unit.unwrap_or(Unit::Month) }
    }
}

/// The rows of the pane.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    pub(super) grounds: Grounds,
    direction: Direction,
    as_of: Option<civil::Date>,
    split: Split,
    happened: Section,
    to_come: Section,
    /// Rows beneath events that are unfolded, by the rows of these among all others, ascending.
    beneath: Vec<(usize, Vec<Row>)>,
}

/// What stands behind one another, from the top.
#[derive(Clone, Copy)]
enum Part {
    Divider(Below),
    Happened,
    ToCome,
    Undated,
}

impl Rows {
    /// Rows as of a day; without one nothing is known to be to come. `unfolded` are events whose
    /// reports stand beneath them, by any one of these.
    pub(super) fn new(
        grounds: Grounds,
        as_of: Option<civil::Date>,
        direction: Direction,
        unfolded: &BTreeSet<EventRef>,
    ) -> Self {
        let split = grounds.plans.split(grounds.events.stories(), as_of);
        let (happened, to_come) = match as_of {
            Some(_) => Section::parted(&grounds.base, grounds.machine(), &split),
            None => (Section::of_all(&grounds.base), Section::default()),
        };
        let rows =
            Self { grounds, direction, as_of, split, happened, to_come, beneath: Vec::new() };
        rows.unfolded(unfolded)
    }

    /// The same in another direction.
    pub(super) fn turned(self, direction: Direction, unfolded: &BTreeSet<EventRef>) -> Self {
        Self { direction, ..self }.unfolded(unfolded)
    }

    /// The same with the reports of other events beneath them.
    pub(super) fn unfolded(mut self, unfolded: &BTreeSet<EventRef>) -> Self {
        self.beneath.clear();
        let stories = self.grounds.events.stories();
        let numbers: BTreeSet<usize> =
            unfolded.iter().filter_map(|at| stories.number_of(*at)).collect();
        let mut beneath = Vec::new();
        let mut reader = self.reader();
        for number in numbers {
            let story = stories.get(number).filter(|story| story.tellings().nth(1).is_some());
            let at = u32::try_from(number).ok().and_then(|story| self.plain_of(&mut reader, story));
            let Some((story, at)) = story.zip(at) else { continue };
            let Some(Row::Event(event)) = self.plain(&mut reader, at) else { continue };
            let lane = match event.lane {
                Lane::Opens | Lane::Within => Lane::Within,
                Lane::Free | Lane::Closes | Lane::Spans | Lane::Onward => Lane::Free,
            };
            let report = |told: &Dated| Row::Report(EventRow { at: told.at(), lane, ..event });
            beneath.push((at, story.tellings().map(report).collect()));
        }
        beneath.sort_unstable_by_key(|(at, _): &(usize, Vec<Row>)| *at);
        self.beneath = beneath;
        self
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        let own: usize = self.parts().map(|part| self.len_of(part)).sum();
        own + self.beneath.iter().map(|(_, rows)| rows.len()).sum::<usize>()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Row> {
        self.look().row(at)
    }

    /// All of them from one on, made as they are asked for.
    pub fn from(&self, at: usize) -> impl Iterator<Item = Row> + '_ {
        let mut look = self.look();
        (at..self.len()).map_while(move |at| look.row(at))
    }

    /// To look at several rows near one another.
    pub(super) fn look(&self) -> Look<'_> {
        Look { rows: self, reader: self.reader() }
    }

    /// The row of a story's event.
    pub(super) fn of_story(&self, story: usize) -> Option<usize> {
        let plain = self.plain_of(&mut self.reader(), u32::try_from(story).ok()?)?;
        Some(self.shifted(plain))
    }

    /// The row of an undated event.
    pub(super) fn of_undated(&self, at: EventRef) -> Option<usize> {
        let place = self.grounds.events.undated().iter().position(|other| *other == at)?;
        Some(self.shifted(self.undated_from() + 1 + place))
    }

    /// Which event stands in a row, or has the report that does, from 1 at the top; 0 where there is
    /// none.
    pub(super) fn position(&self, at: usize) -> usize {
        let Some(Row::Event(row) | Row::Report(row)) = self.get(at) else { return 0 };
        let Some(story) = row.story else {
            let stories = self.grounds.events.stories().len();
            let beneath: usize = self.beneath.iter().map(|(_, rows)| rows.len()).sum();
            return stories + at.saturating_sub(beneath + self.undated_from());
        };
        let Split { at: split, late } = &self.split;
        let (split, story) = (*split as usize, u32::try_from(story).unwrap_or(u32::MAX));
        let happened = split - late.len();
        let place = match late.binary_search(&story) {
            Ok(place) => happened + place,
            Err(before) if (story as usize) < split => story as usize - before,
            Err(_) => story as usize,
        };
        match self.direction {
            Direction::Forward => place + 1,
            Direction::Backward => self.grounds.events.stories().len() - place,
        }
    }

    /// The row of the n-th event from the top, from 1; of the last where there are fewer. `None` where
    /// there is none, or where reports stand between them.
    pub(super) fn nth_event(&self, n: usize) -> Option<usize> {
        let stories = self.grounds.events.stories().len();
        let undated = self.grounds.events.undated().len();
        if !self.beneath.is_empty() || stories + undated == 0 {
            return None;
        }
        let n = n.clamp(1, stories + undated);
        if n > stories {
            return Some(self.undated_from() + n - stories);
        }
        let place = if self.direction == Direction::Forward { n - 1 } else { stories - n };
        let Split { at: split, late } = &self.split;
        let happened = *split as usize - late.len();
        if place < happened {
            return self.of_story(self.nth_happened(place));
        }
        let late = late.get(place - happened).map(|story| *story as usize);
        self.of_story(late.unwrap_or(place))
    }

    /// The story that happened last.
    pub(super) fn last_happened(&self) -> Option<usize> {
        let happened = self.split.at as usize - self.split.late.len();
        Some(self.nth_happened(happened.checked_sub(1)?))
    }

    /// The n-th story that happened, from 0: as many of the late ones as stand before it are passed.
    fn nth_happened(&self, n: usize) -> usize {
        let late = &self.split.late;
        let (mut low, mut high) = (0, late.len());
        while low < high {
            let middle = low.midpoint(high);
            match late.get(middle) {
                Some(story) if *story as usize - middle <= n => low = middle + 1,
                _ => high = middle,
            }
        }
        n + low
    }

    fn parts(&self) -> impl Iterator<Item = Part> + use<> {
        let is_parted = self.as_of.is_some() && self.to_come.len() > 0;
        let to_come = is_parted.then_some(Part::ToCome);
        let divider = |below| is_parted.then_some(Part::Divider(below));
        let happened = Some(Part::Happened);
        let parts = match self.direction {
            Direction::Forward => [happened, divider(Below::ToCome), to_come, None],
            Direction::Backward => {
                [divider(Below::ToCome), to_come, divider(Below::Happened), happened]
            }
        };
        parts.into_iter().flatten().chain([Part::Undated])
    }

    fn len_of(&self, part: Part) -> usize {
        match part {
            Part::Divider(_) => 1,
            Part::Happened => self.happened.len(),
            Part::ToCome => self.to_come.len(),
            Part::Undated => match self.grounds.events.undated().len() {
                0 => 0,
                undated => undated + 1,
            },
        }
    }

    /// The row of the heading of the undated, reports beneath events aside.
    fn undated_from(&self) -> usize {
        self.parts()
            .filter(|part| !matches!(part, Part::Undated))
            .map(|part| self.len_of(part))
            .sum()
    }

    fn reader(&self) -> Reader<'_> {
        Reader::new(self.grounds.machine(), &self.grounds.base)
    }

    /// A row, reports beneath events aside.
    fn plain(&self, reader: &mut Reader<'_>, mut at: usize) -> Option<Row> {
        let is_turned = self.direction == Direction::Backward;
        for part in self.parts() {
            let len = self.len_of(part);
            if at >= len {
                at -= len;
                continue;
            }
            return match part {
                Part::Divider(below) => Some(Row::Divider { below, as_of: self.as_of? }),
                Part::Happened => self.happened.row(reader, at, is_turned),
                Part::ToCome => self.to_come.row(reader, at, is_turned),
                Part::Undated if at == 0 => Some(Row::Heading(Heading::Undated)),
                Part::Undated => {
                    let at = *self.grounds.events.undated().get(at - 1)?;
                    let (said, lane) = (Said::Undated, Lane::Free);
                    Some(Row::Event(EventRow { at, story: None, said, lane }))
                }
            };
        }
        None
    }

    fn plain_of(&self, reader: &mut Reader<'_>, story: u32) -> Option<usize> {
        let is_turned = self.direction == Direction::Backward;
        let mut above = 0;
        for part in self.parts() {
            let section = match part {
                Part::Happened => Some(&self.happened),
                Part::ToCome => Some(&self.to_come),
                Part::Divider(_) | Part::Undated => None,
            };
            let row = section.and_then(|section| section.row_of(reader, story, is_turned));
            if let Some(row) = row {
                return Some(above + row);
            }
            above += self.len_of(part);
        }
        None
    }

    /// The row among all of one that is told with reports beneath events aside.
    fn shifted(&self, plain: usize) -> usize {
        let above = self.beneath.iter().take_while(|(at, _)| *at < plain);
        plain + above.map(|(_, rows)| rows.len()).sum::<usize>()
    }
}

/// Looks at rows near one another.
pub(super) struct Look<'a> {
    rows: &'a Rows,
    reader: Reader<'a>,
}

impl Look<'_> {
    /// One of them.
    pub fn row(&mut self, at: usize) -> Option<Row> {
        let mut plain = at;
        for (event, beneath) in &self.rows.beneath {
            if plain <= *event {
                break;
            }
            if let Some(row) = beneath.get(plain - event - 1) {
                return Some(*row);
            }
            plain -= beneath.len();
        }
        self.rows.plain(&mut self.reader, plain)
    }

    /// Whether the cursor may stand on it.
    pub fn stands(&mut self, at: usize) -> bool {
        matches!(self.row(at), Some(Row::Event(_) | Row::Report(_)))
    }
}
