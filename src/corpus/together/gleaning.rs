//! What is taken from a text, once: all that anything asks of it later that looks at all of them.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::briefing::{Briefing, EventClass, EventStatus};
use crate::corpus::columns::{Runs, short};
use crate::corpus::concordance::{Concordance, NewCasts, Shared, TextCast};
use crate::corpus::facets::Added;
use crate::corpus::timeline::{Dated, EventRef, status_of};
use crate::corpus::{BriefingId, Corpus, Entry};
use crate::date::PackedDays;

/// Texts that are looked through at once before they are gathered: bounds what is in memory.
const AT_ONCE: usize = 512;

/// What is taken from one text. It can be kept, for it is the same in every snapshot in which the
/// same finder looks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::corpus) struct Gleaned {
    cast: TextCast,
    issued: PackedDays,
    events: Vec<Reported>,
    tags: Vec<String>,
    sources: Vec<String>,
    /// Places, each with the event that has it.
    places: Vec<(u32, String)>,
}

/// An event as its briefing reports it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::corpus) struct Reported {
    /// Where it lies in time; in whose report is told by the row that it stands in.
    pub dated: Option<Dated>,
    pub class: Option<EventClass>,
    /// Planned where it could only happen later.
    pub status: EventStatus,
}

impl Gleaned {
    /// Reads a text and looks through it.
    pub fn of(corpus: &Corpus, entry: &Entry) -> Self {
        let briefing = entry.briefing();
        let cast = TextCast::of(corpus, entry, &briefing);
        Self { cast, ..Self::without_cast(&briefing) }
    }

    /// Has its actors be those that others name too.
    pub fn share(&mut self, shared: &mut Shared) {
        shared.share(&mut self.cast);
    }

    /// The same without who stands in it.
    pub fn without_cast(briefing: &Briefing) -> Self {
        let reported = |(index, event)| {
            let event: &crate::briefing::Event = event;
            let at = EventRef { briefing: BriefingId(0), event: index };
            let dated = |date| Dated::new(at, briefing, event, date);
            Reported {
                dated: event.date.as_ref().map(dated),
                class: event.class,
                status: status_of(briefing.date.as_ref(), event),
            }
        };
        let place = |(index, event): (u32, &crate::briefing::Event)| {
            event.place.as_ref().map(|place| (index, place.trim().to_owned()))
        };
        Self {
            cast: TextCast::default(),
            issued: PackedDays::of(briefing.date.as_ref()),
            events: briefing.events.iter().enumerate().map(reported).collect(),
            tags: briefing.tags.clone(),
            sources: briefing.sources.iter().map(|source| source.name.clone()).collect(),
            places: (0..).zip(&briefing.events).filter_map(place).collect(),
        }
    }
}

/// What is taken from many texts, by their places among these.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Gleanings {
    /// When each was issued.
    pub issued: Vec<PackedDays>,
    /// Its events.
    pub events: Runs<Reported>,
    /// Which have each tag and source.
    pub tags: Added<u32>,
    pub sources: Added<u32>,
    /// Which have each place, and in which event.
    pub places: Added<(u32, u32)>,
}

impl Gleanings {
    /// Has some texts looked through on every core, and their actors put beside those of another
    /// snapshot.
    pub fn of(
        new: &[u32],
        old: &Concordance,
        glean: &(dyn Fn(u32) -> Gleaned + Sync),
    ) -> (Self, NewCasts) {
        let mut all = Self::default();
        let mut casts = NewCasts::beside(old);
        for some in new.chunks(AT_ONCE) {
            let gleaned: Vec<Gleaned> = some.par_iter().map(|at| glean(*at)).collect();
            for mut one in gleaned {
                casts.push(std::mem::take(&mut one.cast));
                all.push(one);
            }
        }
        (all, casts)
    }

    /// Adds what was taken from the next.
    pub fn push(&mut self, one: Gleaned) {
        let at = short(self.issued.len());
        one.tags.iter().for_each(|tag| self.tags.add(tag, at));
        one.sources.iter().for_each(|source| self.sources.add(source, at));
        one.places.iter().for_each(|(event, place)| self.places.add(place, (at, *event)));
        self.issued.push(one.issued);
        self.events.push(one.events);
    }
}
