//! One event of the world with all its reports, and how it stands as of a day.

use jiff::civil;

use super::gathered::SEVERAL;
use super::{Dated, EventRef, Timeline};
use crate::briefing::EventStatus;
use crate::date::{Bound, PackedBound};

/// An event of the world: one report of it, or several that tell of the same.
#[derive(Clone, Copy, Debug)]
pub struct Story<'a> {
    timeline: &'a Timeline,
    anchor: &'a Dated,
    reports: &'a [u32],
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

impl<'a> Story<'a> {
    /// Its place in time: of the reports that are surest of it the first. Done is surer than alleged,
    /// that than denied, and that than planned.
    #[must_use]
    pub fn anchor(self) -> &'a Dated {
        self.anchor
    }

    /// All its reports, the earliest first. Never empty.
    #[must_use]
    pub fn reports(self) -> impl ExactSizeIterator<Item = &'a Dated> + Clone {
        let dated = &self.timeline.dated;
        self.reports.iter().map(move |at| dated.get(*at as usize).unwrap_or(self.anchor))
    }

    /// A later report, of another date, that what was planned here was done.
    #[must_use]
    pub fn fulfilled(self) -> Option<&'a Dated> {
        self.timeline.fulfilled(self.anchor.story())
    }

    /// The report that speaks for it as of a day: of those known by then (of all, if none is) the
    /// surest, and of these the first. Without a day all are known.
    #[must_use]
    pub fn lead(self, as_of: Option<civil::Date>) -> &'a Dated {
        self.considered(as_of).min_by_key(|report| report.rank()).unwrap_or(self.anchor)
    }

    /// How it stands as of a day.
    #[must_use]
    pub fn standing(self, as_of: Option<civil::Date>) -> Standing {
        let has = |status| self.considered(as_of).any(|report| report.status() == status);
        match self.lead(as_of).status() {
            EventStatus::Done | EventStatus::Alleged if has(EventStatus::Denied) => {
                Standing::Disputed
            }
            EventStatus::Done if has(EventStatus::Planned) => Standing::CameToPass,
            EventStatus::Planned
                if self.fulfilled().is_some_and(|report| report.is_known(as_of)) =>
            {
                Standing::CameToPass
            }
            status => Standing::of(status),
        }
    }

    /// Whether any report of it was known by a day.
    #[must_use]
    pub fn is_known(self, as_of: Option<civil::Date>) -> bool {
        self.reports().any(|report| report.is_known(as_of))
    }

    /// Whether it is still to come as of a day: it begins after it, or is planned and may not be over.
    #[must_use]
    pub fn is_to_come(self, as_of: civil::Date) -> bool {
        let day = PackedBound::from(Bound::Day(as_of));
        let (earliest, latest) = self.anchor.span();
        earliest > day
            || (latest >= day
                && self.was_planned()
                && self.standing(Some(as_of)) == Standing::Planned)
    }

    /// Whether any report of it has it as planned.
    #[must_use]
    pub fn was_planned(self) -> bool {
        self.reports().any(|report| report.status() == EventStatus::Planned)
    }

    /// All reports that can be opened from it: its own, then the one that fulfils it.
    pub fn tellings(self) -> impl Iterator<Item = &'a Dated> {
        self.reports().chain(self.fulfilled())
    }

    fn considered(self, as_of: Option<civil::Date>) -> impl Iterator<Item = &'a Dated> {
        let any = self.is_known(as_of);
        self.reports().filter(move |report| !any || report.is_known(as_of))
    }
}

/// The stories of a timeline, in the order of time. A story has only those of its reports that the
/// timeline has; what fulfils it is told whether or not the timeline has that.
#[derive(Clone, Copy, Debug)]
pub struct Stories<'a> {
    timeline: &'a Timeline,
}

impl<'a> Stories<'a> {
    pub(super) fn of(timeline: &'a Timeline) -> Self {
        Self { timeline }
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.timeline.gathered.anchors.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// All of them, in the order of time.
    #[must_use]
    pub fn all(self) -> impl DoubleEndedIterator<Item = Story<'a>> {
        let story = move |at| self.story(at);
        self.timeline.gathered.anchors.iter().enumerate().filter_map(story)
    }

    /// One of them, by its number in that order.
    #[must_use]
    pub fn get(self, number: usize) -> Option<Story<'a>> {
        let anchor = self.timeline.gathered.anchors.get(number)?;
        self.story((number, anchor))
    }

    fn story(self, (number, anchor): (usize, &'a u32)) -> Option<Story<'a>> {
        let timeline = self.timeline;
        let anchored = timeline.dated.get((*anchor & !SEVERAL) as usize)?;
        let reports = if *anchor & SEVERAL == 0 {
            std::slice::from_ref(anchor)
        } else {
            timeline.gathered.several_of(number)
        };
        Some(Story { timeline, anchor: anchored, reports })
    }

    /// The number of the story that an event is a report of.
    #[must_use]
    pub fn number_of(self, at: EventRef) -> Option<usize> {
        self.timeline.number_of(at).map(|number| number as usize)
    }
}
