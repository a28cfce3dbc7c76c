//! Who stands where in a corpus: for each actor his briefings, for each briefing its actors, their
//! mentions and the parties of its events.
//!
//! It is made once for a snapshot, on every core, and then answers in the time of a bitmap.
//! Deliberately absent: texts (lines in context are cut by `kwic`), and what a reader has marked.

mod gathering;

pub(super) use gathering::Casts;

use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::{BriefingId, Corpus};
use crate::actor::{Actor, Via, slug_of};
use crate::text::fold_key;

/// An actor of one snapshot; means nothing in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub u32);

/// An actor with all that the corpus has of him.
#[derive(Clone, Debug, PartialEq)]
pub struct CorpusActor {
    /// Who he is, with every way to write him that any source gives.
    pub actor: Actor,
    /// Briefings that declare him, mention him in any way but as a metonym, or have him as a party
    /// of an event; numbers are those of [`BriefingId`].
    pub briefings: RoaringBitmap,
    /// Those of them that declare him, name him by name or alias, or have him as a party: without
    /// those where a mention of him is only inferred.
    pub named_in: RoaringBitmap,
    /// Those whose text mentions him, inferred mentions included, metonyms not.
    pub mentioned_in: RoaringBitmap,
    /// Those whose text has his name or an alias.
    pub spelled_in: RoaringBitmap,
    /// His mentions, inferred ones included, metonyms not.
    pub mentions: usize,
    /// Those of them that are inferred.
    pub inferred: usize,
}

/// A mention of an actor in a briefing's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Who.
    pub actor: ActorId,
    /// First byte in the body.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// By what he is recognised.
    pub via: Via,
}

/// Who takes part in an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    /// Who acted, in the order of the file.
    pub by: Box<[ActorId]>,
    /// Upon whom.
    pub to: Box<[ActorId]>,
}

/// The actors of a briefing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BriefingCast {
    /// Those that it declares, in its order.
    pub declared: Box<[ActorId]>,
    /// Mentions in the order of the text.
    pub occurrences: Box<[Occurrence]>,
    /// The parties of each of its events, in the order of the file.
    pub events: Box<[Parties]>,
}

/// Whom a name means in a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// Exactly this actor.
    One(ActorId),
    /// Any of these, the most mentioned first.
    Several(Vec<ActorId>),
    /// Nobody of this corpus.
    Nobody,
}

/// Who stands where in a corpus.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Concordance {
    actors: Vec<CorpusActor>,
    casts: Vec<BriefingCast>,
    by_id: HashMap<String, ActorId>,
    by_name: HashMap<String, Vec<ActorId>>,
    nobody: BriefingCast,
}

impl BriefingCast {
    /// All its actors, once each: those declared, those mentioned (also as a metonym), and the
    /// parties of its events.
    #[must_use]
    pub fn actors(&self) -> Vec<ActorId> {
        let mut all: Vec<ActorId> = self.declared.to_vec();
        all.extend(self.occurrences.iter().map(|found| found.actor));
        all.extend(self.events.iter().flat_map(Parties::all));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Mentions of one actor.
    #[must_use]
    pub fn mentions_of(&self, actor: ActorId) -> impl DoubleEndedIterator<Item = &Occurrence> {
        self.occurrences.iter().filter(move |found| found.actor == actor)
    }
}

impl Parties {
    /// Everybody who takes part; one may stand on both sides.
    pub fn all(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.by.iter().chain(&self.to).copied()
    }
}

impl Concordance {
    /// Looks through all texts of a corpus, with all actors that its finder knows.
    #[must_use]
    pub fn of(corpus: &Corpus) -> Self {
        gathering::gather(corpus, None)
    }

    /// The same, but that texts are not looked through for which there is something in `casts`,
    /// found by the same finder. What is found is kept there, and what belongs to no text of the
    /// corpus is dropped.
    pub(super) fn keeping(corpus: &Corpus, casts: &mut Casts) -> Self {
        gathering::gather(corpus, Some(casts))
    }

    /// All actors that stand anywhere in the corpus; an [`ActorId`] counts within them.
    #[must_use]
    pub fn actors(&self) -> &[CorpusActor] {
        &self.actors
    }

    /// All actors with their numbers.
    pub fn all(&self) -> impl Iterator<Item = (ActorId, &CorpusActor)> {
        (0..).map(ActorId).zip(&self.actors)
    }

    /// One of them; `None` for a number of another snapshot.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> Option<&CorpusActor> {
        self.actors.get(id.0 as usize)
    }

    /// The actor with exactly this id, as it is written in files.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<ActorId> {
        self.by_id.get(id).copied()
    }

    /// Whom an id, name or alias means, case and diacritics aside: an id before a name.
    #[must_use]
    pub fn meant_by(&self, name: &str) -> Meant {
        if let Some(id) = self.find(name).or_else(|| self.find(&slug_of(name))) {
            return Meant::One(id);
        }
        match self.by_name.get(&fold_key(name.trim())).map(Vec::as_slice) {
            None | Some([]) => Meant::Nobody,
            Some([one]) => Meant::One(*one),
            Some(several) => Meant::Several(several.to_vec()),
        }
    }

    /// Whether it was made of a corpus of so many briefings.
    #[must_use]
    pub fn covers(&self, briefings: usize) -> bool {
        self.casts.len() == briefings
    }

    /// The actors of a briefing: nobody where the corpus was not surveyed, or has no such briefing.
    #[must_use]
    pub fn cast(&self, briefing: BriefingId) -> &BriefingCast {
        self.casts.get(briefing.0 as usize).unwrap_or(&self.nobody)
    }
}

#[cfg(test)]
mod tests;
