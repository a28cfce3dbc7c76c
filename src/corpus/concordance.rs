//! Who stands where in a corpus: for each actor his briefings, for each briefing its actors, their
//! mentions and the parties of its events.
//!
//! It is made once for a snapshot, on every core, and then answers in the time of a bitmap.
//! Deliberately absent: texts (lines in context are cut by `kwic`), and what a reader has marked.

mod cast;
mod gathering;
mod people;

pub use cast::{BriefingCast, Parties};
pub(super) use gathering::{NewCasts, Shared, TextCast};

use std::cmp::Reverse;
use std::sync::Arc;

use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use super::BriefingId;
use super::columns::read_set;
use super::succession::Succession;
use crate::actor::{Actor, Cast, Registry, Via, slug_of};
use crate::text::fold_key;
use cast::Casts;
use people::People;

/// An actor of one snapshot; means nothing in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ActorId(pub u32);

/// An actor with all that the corpus has of him.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CorpusActor {
    /// Who he is, with every way to write him that any source gives.
    pub actor: Arc<Actor>,
    /// Briefings that declare him, mention him in any way but as a metonym, or have him as a party
    /// of an event; numbers are those of [`BriefingId`].
    #[serde(deserialize_with = "read_set")]
    pub briefings: RoaringBitmap,
    /// Those of them that declare him, name him by name or alias, or have him as a party: without
    /// those where a mention of him is only inferred.
    #[serde(deserialize_with = "read_set")]
    pub named_in: RoaringBitmap,
    /// Those whose text mentions him, inferred mentions included, metonyms not.
    #[serde(deserialize_with = "read_set")]
    pub mentioned_in: RoaringBitmap,
    /// Those whose text has his name or an alias.
    #[serde(deserialize_with = "read_set")]
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Concordance {
    actors: Vec<CorpusActor>,
    casts: Casts,
    people: Arc<People>,
}

impl CorpusActor {
    /// One who was seen nowhere yet.
    fn new(actor: Arc<Actor>) -> Self {
        Self {
            actor,
            briefings: RoaringBitmap::new(),
            named_in: RoaringBitmap::new(),
            mentioned_in: RoaringBitmap::new(),
            spelled_in: RoaringBitmap::new(),
            mentions: 0,
            inferred: 0,
        }
    }
}

impl Concordance {
    /// From that of another snapshot, all of which was found with the same registry, and what was
    /// found in the texts that are new.
    pub(super) fn after(
        old: &Self,
        succession: &Succession,
        registry: &Registry,
        new: NewCasts,
    ) -> Self {
        gathering::after(old, succession, registry, new)
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
        self.people.find(id, |id| self.actor(id).map_or("", |known| &known.actor.id))
    }

    /// Whom an id, name or alias means, case and diacritics aside: an id before a name.
    #[must_use]
    pub fn meant_by(&self, name: &str) -> Meant {
        if let Some(id) = self.find(name).or_else(|| self.find(&slug_of(name))) {
            return Meant::One(id);
        }
        match self.people.called(&fold_key(name.trim())) {
            [] => Meant::Nobody,
            [one] => Meant::One(*one),
            several => {
                let mentions = |id: ActorId| self.actor(id).map_or(0, |known| known.mentions);
                let mut several = several.to_vec();
                several.sort_by_key(|id| (Reverse(mentions(*id)), *id));
                Meant::Several(several)
            }
        }
    }

    /// Ids, names and aliases of all actors, folded.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, ActorId)> {
        self.people.names()
    }

    /// Whether it was made of a corpus of so many briefings.
    #[must_use]
    pub fn covers(&self, briefings: usize) -> bool {
        self.casts.declared.len() == briefings
    }

    /// What was found in the text of a briefing; `None` where it has to be looked for again.
    #[must_use]
    pub fn found_in(&self, briefing: BriefingId) -> Option<Cast> {
        self.casts.declared.get(briefing.0 as usize)?;
        self.cast(briefing).whole(&self.people.ways)
    }

    /// The actors of a briefing: nobody where the corpus was not surveyed, or has no such briefing.
    #[must_use]
    pub fn cast(&self, briefing: BriefingId) -> BriefingCast<'_> {
        cast_of(&self.casts, &self.people, briefing.0)
    }
}

fn cast_of<'a>(casts: &'a Casts, people: &'a People, briefing: u32) -> BriefingCast<'a> {
    let at = briefing as usize;
    let Some(declared) = casts.declared.get(at) else { return BriefingCast::default() };
    BriefingCast {
        people: casts.people.get(at),
        numbers: &people.numbers,
        declared: *declared as usize,
        found: casts.found.get(at),
        parties: casts.parties.get(at),
    }
}

#[cfg(test)]
mod tests;
