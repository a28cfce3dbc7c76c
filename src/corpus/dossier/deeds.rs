//! The events of a dossier's subject, and of two actors who did what to whom.

use std::collections::HashMap;

use jiff::civil;
use roaring::RoaringBitmap;

use super::quad::Quad;
use super::rhythm::Rhythm;
use crate::briefing::{EventClass, EventStatus};
use crate::corpus::timeline::{Dated, EventRef, InOrder};
use crate::corpus::{ActorId, BriefingId, Corpus};
use crate::date::Bound;

/// An event, with all briefings that report it. Two reports are of one event where date, class,
/// parties and standing are the same; without a class the words must be, too, and without a date
/// nothing is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// The report that was issued last.
    pub at: EventRef,
    /// All reports, the first issued first.
    pub reports: Vec<EventRef>,
    /// Who acted.
    pub by: Box<[ActorId]>,
    /// Upon whom.
    pub to: Box<[ActorId]>,
    /// Whether it happened: neither planned nor alleged nor denied.
    pub happened: bool,
}

/// Who of two acted on whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The first on the second.
    Forth,
    /// The second on the first.
    Back,
    /// Each on the other.
    Mutual,
    /// Both acted together.
    Joint,
    /// Somebody else acted on both.
    Subjected,
}

impl Happening {
    /// Who of two acted on whom; `None` where not both take part.
    #[must_use]
    pub fn side(&self, one: ActorId, other: ActorId) -> Option<Side> {
        let forth = self.by.contains(&one) && self.to.contains(&other);
        let back = self.by.contains(&other) && self.to.contains(&one);
        let both = |side: &[ActorId]| side.contains(&one) && side.contains(&other);
        match (forth, back) {
            (true, true) => Some(Side::Mutual),
            (true, false) => Some(Side::Forth),
            (false, true) => Some(Side::Back),
            (false, false) if both(&self.by) => Some(Side::Joint),
            (false, false) => both(&self.to).then_some(Side::Subjected),
        }
    }

    /// Its class, as its last report gives it.
    #[must_use]
    pub fn class(&self, corpus: &Corpus) -> Option<EventClass> {
        corpus.facets.class_of(self.at)
    }
}

/// All events of these briefings in which all of the actors take part, in the order of time. Of their
/// texts none is read but those that may be reports of one event.
pub(super) fn events(
    corpus: &Corpus,
    briefings: &RoaringBitmap,
    actors: &[ActorId],
) -> Vec<Happening> {
    let mut reports: Vec<Report> = Vec::new();
    for briefing in briefings.iter().map(BriefingId) {
        let count = corpus.facets.row_count_of(briefing);
        let parties = corpus.concordance.cast(briefing).events().take(count);
        for (event, parties) in parties.enumerate() {
            let takes_part = |actor: &ActorId| parties.all().any(|party| party == *actor);
            if !actors.iter().all(takes_part) {
                continue;
            }
            let at = EventRef { briefing, event };
            let dated = corpus.timeline.find(at);
            reports.push(Report {
                undated: dated.is_none(),
                when: dated.map(Dated::in_order),
                issued: corpus.issued(briefing).days().map(|(first, last)| (last, first)),
                at,
                happened: corpus.facets.status_of(at) == Some(EventStatus::Done),
                by: parties.by().collect(),
                to: parties.to().collect(),
            });
        }
    }
    reports.sort_by_key(|report| (report.undated, report.when, report.issued, report.at));
    folded(corpus, reports)
}

struct Report {
    undated: bool,
    when: Option<InOrder>,
    issued: Option<(Bound, Bound)>,
    at: EventRef,
    happened: bool,
    by: Box<[ActorId]>,
    to: Box<[ActorId]>,
}

/// What makes two reports one event: date, class, standing, parties, and words where they count.
type Key = (String, Option<EventClass>, EventStatus, bool, Vec<ActorId>, Vec<ActorId>, String);

/// The same as far as it is known without reading either.
type Likeness = (InOrder, Option<EventClass>, Option<EventStatus>, Vec<ActorId>, Vec<ActorId>, u32);

fn folded(corpus: &Corpus, reports: Vec<Report>) -> Vec<Happening> {
    let likenesses: Vec<_> = reports.iter().map(|report| likeness(corpus, report)).collect();
    let mut alike: HashMap<&Likeness, usize> = HashMap::new();
    for likeness in likenesses.iter().flatten() {
        *alike.entry(likeness).or_default() += 1;
    }
    let mut all: Vec<Happening> = Vec::with_capacity(reports.len());
    let mut known: HashMap<Key, usize> = HashMap::new();
    for (report, likeness) in reports.into_iter().zip(&likenesses) {
        let next = all.len();
        let has_like = likeness.as_ref().is_some_and(|one| alike.get(one).is_some_and(|n| *n > 1));
        let key = if has_like { key(corpus, &report) } else { None };
        let at = key.map_or(next, |key| *known.entry(key).or_insert(next));
        match all.get_mut(at) {
            Some(happening) => {
                happening.reports.push(report.at);
                happening.at = report.at;
            }
            None => all.push(Happening {
                at: report.at,
                reports: vec![report.at],
                by: report.by,
                to: report.to,
                happened: report.happened,
            }),
        }
    }
    all
}

fn sorted(actors: &[ActorId]) -> Vec<ActorId> {
    let mut actors = actors.to_vec();
    actors.sort_unstable();
    actors
}

fn likeness(corpus: &Corpus, report: &Report) -> Option<Likeness> {
    let dated = corpus.timeline.find(report.at)?;
    let words = if dated.class().is_some() { 0 } else { dated.words() };
    let status = corpus.facets.status_of(report.at);
    Some((report.when?, dated.class(), status, sorted(&report.by), sorted(&report.to), words))
}

fn key(corpus: &Corpus, report: &Report) -> Option<Key> {
    let event = report.at.find_in(corpus)?;
    let date = event.date.as_ref()?.as_edtf().to_owned();
    let words = if event.class.is_some() { String::new() } else { event.what.clone() };
    let (by, to) = (sorted(&report.by), sorted(&report.to));
    Some((date, event.class, event.status, report.happened, by, to, words))
}

/// How often one of two did something to the other. Only what happened is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deed {
    /// What; `None` where no class is given.
    pub class: Option<EventClass>,
    /// How often the first to the second; what is mutual counts on both sides.
    pub forth: usize,
    /// How often the second to the first.
    pub back: usize,
    /// How often both acted together.
    pub joint: usize,
    /// The last event of it.
    pub last: EventRef,
}

/// How much there was of each quad class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Words with.
    pub verbal_cooperation: usize,
    /// Deeds with.
    pub material_cooperation: usize,
    /// Words against.
    pub verbal_conflict: usize,
    /// Deeds against.
    pub material_conflict: usize,
}

/// Who of two did what to whom. Only what happened is counted: nothing planned, alleged or denied, and
/// nothing that somebody else did to both. Cooperation and conflict are those between the two: what
/// they did together counts where it is cooperation (talks that both held), but their joint act
/// against a third is no conflict of theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deeds {
    /// By class, in the order of the PLOVER manual, without a class last.
    pub by_class: Vec<Deed>,
    /// In all.
    pub balance: Balance,
    /// Cooperation on the days within the span of the corpus, so that it stands under the briefings.
    pub cooperation: Rhythm,
    /// Conflict likewise.
    pub conflict: Rhythm,
}

impl Balance {
    /// In words and in deeds.
    #[must_use]
    pub fn cooperation(&self) -> usize {
        self.verbal_cooperation + self.material_cooperation
    }

    /// In words and in deeds.
    #[must_use]
    pub fn conflict(&self) -> usize {
        self.verbal_conflict + self.material_conflict
    }
}

impl Deeds {
    /// Counts the events of two actors.
    pub(super) fn between(
        corpus: &Corpus,
        events: &[Happening],
        (one, other): (ActorId, ActorId),
        span: Option<(civil::Date, civil::Date)>,
    ) -> Self {
        let mut deeds = Self::default();
        deeds.cooperation.span = span;
        deeds.conflict.span = span;
        for event in events.iter().filter(|event| event.happened) {
            let side = event.side(one, other).filter(|side| *side != Side::Subjected);
            let Some(side) = side else { continue };
            let class = event.class(corpus);
            deeds.add(class, side, event.at);
            deeds.weigh(corpus, Quad::of(class), side, event.at);
        }
        deeds.by_class.sort_by_key(|deed| (deed.class.is_none(), deed.class));
        deeds
    }

    fn add(&mut self, class: Option<EventClass>, side: Side, at: EventRef) {
        let known = self.by_class.iter().position(|deed| deed.class == class);
        let place = known.unwrap_or(self.by_class.len());
        if known.is_none() {
            self.by_class.push(Deed { class, forth: 0, back: 0, joint: 0, last: at });
        }
        let Some(deed) = self.by_class.get_mut(place) else { return };
        deed.last = at;
        match side {
            Side::Forth => deed.forth += 1,
            Side::Back => deed.back += 1,
            Side::Joint => deed.joint += 1,
            Side::Mutual => {
                deed.forth += 1;
                deed.back += 1;
            }
            Side::Subjected => {}
        }
    }

    fn weigh(&mut self, corpus: &Corpus, quad: Option<Quad>, side: Side, at: EventRef) {
        let Some(quad) = quad.filter(|quad| side != Side::Joint || quad.is_cooperation()) else {
            return;
        };
        let count = match quad {
            Quad::VerbalCooperation => &mut self.balance.verbal_cooperation,
            Quad::MaterialCooperation => &mut self.balance.material_cooperation,
            Quad::VerbalConflict => &mut self.balance.verbal_conflict,
            Quad::MaterialConflict => &mut self.balance.material_conflict,
        };
        *count += 1;
        let day = corpus.timeline.find(at).and_then(|dated| dated.earliest().day());
        let rhythm = if quad.is_cooperation() { &mut self.cooperation } else { &mut self.conflict };
        let is_within = |day: &civil::Date| {
            rhythm.span.is_some_and(|(first, last)| first <= *day && *day <= last)
        };
        rhythm.days.extend(day.filter(is_within).map(|day| (day, 1)));
    }
}
