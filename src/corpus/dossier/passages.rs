//! Where texts mention the subject of a dossier.

use std::ops::Range;

use crate::actor::Via;
use crate::corpus::concordance::{BriefingCast, Occurrence};
use crate::corpus::{ActorId, BriefingId, Corpus};

/// Bytes that may stand between two names that are taken to be named together: two lines of text.
const TOGETHER: usize = 200;

/// A briefing of a dossier with its mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Which briefing.
    pub briefing: BriefingId,
    /// Its passages in the dossier; none where it only declares the actor, or has him in an event.
    pub passages: Range<usize>,
}

/// A mention; of a dyad one of each, close together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// In which briefing.
    pub briefing: BriefingId,
    /// The mention, or the first of the two.
    pub mention: Occurrence,
    /// The second of the two.
    pub beside: Option<Occurrence>,
}

impl Occurrence {
    /// Its bytes in the body.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    fn counts(&self, inferred: bool) -> bool {
        self.via != Via::Metonym && (inferred || !self.via.is_inferred())
    }
}

/// All mentions of an actor in these briefings.
pub(super) fn of(
    corpus: &Corpus,
    briefings: &[BriefingId],
    actor: ActorId,
    inferred: bool,
) -> (Vec<Group>, Vec<Passage>) {
    grouped(corpus, briefings, |cast, passages, briefing| {
        let his = cast.mentions_of(actor).filter(|found| found.counts(inferred));
        passages.extend(his.map(|mention| Passage { briefing, mention, beside: None }));
    })
}

/// All places in these briefings where one of two actors is named close to the other. Each mention
/// is part of at most one such place.
pub(super) fn of_both(
    corpus: &Corpus,
    briefings: &[BriefingId],
    one: ActorId,
    other: ActorId,
    inferred: bool,
) -> (Vec<Group>, Vec<Passage>) {
    grouped(corpus, briefings, |cast, passages, briefing| {
        let Some(entry) = corpus.entry(briefing) else { return };
        let mut text = None;
        let is_either = |found: &Occurrence| found.actor == one || found.actor == other;
        let mut waiting: Option<Occurrence> = None;
        let either = cast.occurrences().filter(is_either);
        for found in either.filter(|found| found.counts(inferred)) {
            match waiting.take() {
                Some(mention)
                    if mention.actor != found.actor
                        && are_near(mention, found)
                        && are_together(
                            &text.get_or_insert_with(|| entry.briefing()).body,
                            mention,
                            found,
                        ) =>
                {
                    passages.push(Passage { briefing, mention, beside: Some(found) });
                }
                _ => waiting = Some(found),
            }
        }
    })
}

fn are_near(first: Occurrence, second: Occurrence) -> bool {
    second.start.checked_sub(first.end).is_some_and(|gap| gap as usize <= TOGETHER)
}

fn are_together(body: &str, first: Occurrence, second: Occurrence) -> bool {
    let between = first.end as usize..second.start as usize;
    body.get(between).is_some_and(|gap| !gap.contains("\n\n"))
}

/// What stands for an actor by metonym, in all briefings.
pub(super) fn stand_ins(corpus: &Corpus, actor: ActorId) -> Vec<Passage> {
    let of = |briefing: BriefingId| {
        let all = corpus.concordance.cast(briefing).mentions_of(actor);
        all.filter(|found| found.via == Via::Metonym).map(move |mention| Passage {
            briefing,
            mention,
            beside: None,
        })
    };
    corpus.ids().flat_map(of).collect()
}

fn grouped(
    corpus: &Corpus,
    briefings: &[BriefingId],
    add: impl Fn(BriefingCast<'_>, &mut Vec<Passage>, BriefingId),
) -> (Vec<Group>, Vec<Passage>) {
    let mut passages = Vec::new();
    let groups = briefings.iter().map(|&briefing| {
        let start = passages.len();
        add(corpus.concordance.cast(briefing), &mut passages, briefing);
        Group { briefing, passages: start..passages.len() }
    });
    (groups.collect(), passages)
}
