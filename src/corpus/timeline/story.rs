//! One event of the world with all its reports, and how it stands as of a day.

use std::cmp::Reverse;

use jiff::civil;

use super::{Dated, EventRef, Timeline};
use crate::briefing::EventStatus;
use crate::date::Bound;

/// An event of the world: one report of it, or several that tell of the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its place in time: of the reports that are surest of it the first. Done is surer than alleged,
    /// that than denied, and that than planned.
    pub anchor: Dated,
    /// All its reports, the earliest first. Never empty.
    pub reports: Box<[Dated]>,
    /// A later report, of another date, that what was planned here was done.
    pub fulfilled: Option<Box<Dated>>,
}

/// How an event stands as of a day, as the reports tell it that are known by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It happened.
    Done,
    /// It was planned, and happened.
    CameToPass,
    /// It is to happen, or was to and nobody says whether it did.
    Planned,
    /// Somebody denies it.
    Denied,
    /// Somebody claims it.
    Alleged,
    /// One report has it, another denies it.
    Disputed,
}

impl Standing {
    /// In a word or three; empty for what simply happened.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Done => "",
            Self::CameToPass => "came to pass",
            Self::Planned => "planned",
            Self::Denied => "denied",
            Self::Alleged => "alleged",
            Self::Disputed => "disputed",
        }
    }

    /// How one report by itself stands.
    #[must_use]
    pub fn of(status: EventStatus) -> Self {
        match status {
            EventStatus::Done => Self::Done,
            EventStatus::Planned => Self::Planned,
            EventStatus::Denied => Self::Denied,
            EventStatus::Alleged => Self::Alleged,
        }
    }
}

impl Story {
    /// The report that speaks for it as of a day: of those known by then (of all, if none is) the
    /// surest, and of these the first. Without a day all are known.
    #[must_use]
    pub fn lead(&self, as_of: Option<civil::Date>) -> &Dated {
        self.considered(as_of).min_by_key(|report| rank(report)).unwrap_or(&self.anchor)
    }

    /// How it stands as of a day.
    #[must_use]
    pub fn standing(&self, as_of: Option<civil::Date>) -> Standing {
        let has = |status| self.considered(as_of).any(|report| report.status == status);
        match self.lead(as_of).status {
            EventStatus::Done | EventStatus::Alleged if has(EventStatus::Denied) => {
                Standing::Disputed
            }
            EventStatus::Done if has(EventStatus::Planned) => Standing::CameToPass,
            EventStatus::Planned
                if self.fulfilled.as_ref().is_some_and(|report| report.is_known(as_of)) =>
            {
                Standing::CameToPass
            }
            status => Standing::of(status),
        }
    }

    /// Whether any report of it was known by a day.
    #[must_use]
    pub fn is_known(&self, as_of: Option<civil::Date>) -> bool {
        self.reports.iter().any(|report| report.is_known(as_of))
    }

    /// Whether it is still to come as of a day: it begins after it, or is planned and may not be over.
    #[must_use]
    pub fn is_to_come(&self, as_of: civil::Date) -> bool {
        let day = Bound::Day(as_of);
        let was_planned =
            || self.reports.iter().any(|report| report.status == EventStatus::Planned);
        self.anchor.earliest > day
            || (self.anchor.latest >= day
                && was_planned()
                && self.standing(Some(as_of)) == Standing::Planned)
    }

    /// All reports that can be opened from it: its own, then the one that fulfils it.
    pub fn tellings(&self) -> impl Iterator<Item = &Dated> {
        self.reports.iter().chain(self.fulfilled.as_deref())
    }

    fn considered(&self, as_of: Option<civil::Date>) -> impl Iterator<Item = &Dated> {
        let any = self.is_known(as_of);
        self.reports.iter().filter(move |report| !any || report.is_known(as_of))
    }
}

/// The surest first, then the earliest report.
fn rank(report: &Dated) -> (u8, Reverse<Option<Reverse<civil::Date>>>, EventRef) {
    let sureness = match report.status {
        EventStatus::Done => 0,
        EventStatus::Alleged => 1,
        EventStatus::Denied => 2,
        EventStatus::Planned => 3,
    };
    (sureness, Reverse(report.reported.map(Reverse)), report.at)
}

/// The stories of a timeline, in the order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stories {
    all: Vec<Story>,
    /// For each event of the corpus (see [`Timeline::slot`]) its story, where it has one here.
    of_slot: Vec<Option<u32>>,
}

impl Stories {
    /// Gathers the dated events of a timeline. A story has only those of its reports that the timeline
    /// has; what fulfils it is told whether or not the timeline has that.
    #[must_use]
    pub fn of(timeline: &Timeline) -> Self {
        let mut reports: Vec<(u32, usize)> =
            timeline.dated.iter().enumerate().map(|(at, row)| (row.story, at)).collect();
        reports.sort_unstable();
        let mut all: Vec<(usize, Story)> = Vec::with_capacity(reports.len());
        for of_one in reports.chunk_by(|a, b| a.0 == b.0) {
            let rows = of_one.iter().filter_map(|(_, at)| Some((*at, *timeline.dated.get(*at)?)));
            let Some((at, anchor)) = rows.clone().min_by_key(|(_, row)| rank(row)) else {
                continue;
            };
            let mut reports: Box<[Dated]> = rows.map(|(_, row)| row).collect();
            reports.sort_by_key(|row| (rank(row).1, row.at));
            let fulfilled = timeline.fulfilled.get(&anchor.story).copied().map(Box::new);
            all.push((at, Story { anchor, reports, fulfilled }));
        }
        all.sort_unstable_by_key(|(at, _)| *at);
        let all: Vec<Story> = all.into_iter().map(|(_, story)| story).collect();
        let mut of_slot = vec![None; timeline.slots()];
        for (number, story) in (0..).zip(&all) {
            for report in &story.reports {
                if let Some(slot) = timeline.slot(report.at).and_then(|at| of_slot.get_mut(at)) {
                    *slot = Some(number);
                }
            }
        }
        Self { all, of_slot }
    }

    /// All of them, in the order of time.
    #[must_use]
    pub fn all(&self) -> &[Story] {
        &self.all
    }

    /// One of them, by its number in that order.
    #[must_use]
    pub fn get(&self, number: usize) -> Option<&Story> {
        self.all.get(number)
    }

    /// The number of the story that an event is a report of; `timeline` is the one they are of.
    #[must_use]
    pub fn number_of(&self, timeline: &Timeline, at: EventRef) -> Option<usize> {
        let number = *self.of_slot.get(timeline.slot(at)?)?;
        number.and_then(|number| usize::try_from(number).ok())
    }
}
