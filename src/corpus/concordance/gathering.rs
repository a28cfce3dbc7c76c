//! From the concordance of one snapshot to that of the next: what was found in new texts is put
//! among the columns of the others, which are taken over, and the actors are numbered in the order of
//! the briefings, so that the same corpus gives the same numbers whatever was before.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use super::cast::{Casts, Found, pack_found, push_sides};
use super::people::{Numbering, People, Pool};
use super::{ActorId, Concordance, CorpusActor};
use crate::actor::{Actor, Mention, PartyRef, Registry, Scope, Via};
use crate::briefing::{Briefing, Entity};
use crate::corpus::columns::short;
use crate::corpus::succession::{Origin, Succession};
use crate::corpus::{Corpus, Entry};

/// What one text gives, before its actors have their numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::corpus) struct TextCast {
    /// Those declared, then those mentioned, then other parties.
    actors: Vec<Arc<Actor>>,
    declared: usize,
    found: Vec<Found>,
    parties: Vec<u8>,
}

impl TextCast {
    /// Looks through a text.
    pub fn of(corpus: &Corpus, entry: &Entry, briefing: &Briefing) -> Self {
        let scope = corpus.scope(entry.file);
        let cast = corpus.cast_of(&scope, entry, briefing);
        let found = |found: &Mention| Found::new(&found.range, found.actor, found.via);
        let mut own = Self {
            declared: cast.declared,
            found: cast.mentions.iter().filter_map(found).collect(),
            actors: cast.actors,
            parties: Vec::new(),
        };
        let mut places: HashMap<&str, Option<u16>> = HashMap::new();
        for event in &briefing.events {
            let (mut by, mut to) = (Vec::new(), Vec::new());
            for (names, side) in [(&event.by, &mut by), (&event.to, &mut to)] {
                for name in names {
                    let place = places.entry(name);
                    let place = place
                        .or_insert_with(|| own.place_of(party(corpus, &scope, briefing, name)));
                    side.extend(*place);
                }
            }
            push_sides(&mut own.parties, &by, &to);
        }
        own
    }

    fn place_of(&mut self, meant: Meant) -> Option<u16> {
        let place = match meant {
            Meant::Declared(at) => at,
            Meant::Other(actor) => {
                let known = self.actors.iter().position(|one| *one == actor);
                known.unwrap_or_else(|| {
                    self.actors.push(actor);
                    self.actors.len() - 1
                })
            }
        };
        u16::try_from(place).ok().filter(|_| place < self.actors.len())
    }
}

/// Whom a party's name means.
enum Meant {
    /// One whom the briefing declares.
    Declared(usize),
    /// Somebody else.
    Other(Arc<Actor>),
}

/// Whom a party's name means; one whom nobody knows has his name for himself.
fn party(corpus: &Corpus, scope: &Scope, briefing: &Briefing, name: &str) -> Meant {
    let known = match corpus.party_of(scope, briefing, name) {
        Some(PartyRef::Declared(at)) => return Meant::Declared(at),
        Some(PartyRef::Known(at)) => corpus.finder.registry().actor(at),
        None => None,
    };
    Meant::Other(known.unwrap_or_else(|| {
        let stranger = Entity { name: name.trim().to_owned(), ..Entity::default() };
        Arc::new(Actor::declared(&stranger, None))
    }))
}

/// Actors that several texts name, to be held once.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Shared(Pool);

impl Shared {
    /// Has the actors of a text be those that others name too.
    pub fn share(&mut self, cast: &mut TextCast) {
        cast.actors.iter_mut().for_each(|actor| *actor = self.0.shared(actor));
        cast.actors.shrink_to_fit();
        cast.found.shrink_to_fit();
    }
}

/// What was found in texts that are new, one after another.
#[derive(Debug, Default)]
pub(in crate::corpus) struct NewCasts {
    casts: Casts,
    pool: Pool,
}

impl NewCasts {
    /// None yet, beside those of another snapshot.
    pub fn beside(old: &Concordance) -> Self {
        Self { casts: Casts::default(), pool: Pool::of(&old.people.ways) }
    }

    /// Adds that of the next.
    pub fn push(&mut self, cast: TextCast) {
        let TextCast { actors, declared, found, parties } = cast;
        let pool = &mut self.pool;
        self.casts.people.push(actors.into_iter().map(|actor| pool.number(actor)));
        self.casts.declared.push(short(declared));
        self.casts.found.push(pack_found(&found));
        self.casts.parties.push(parties);
    }
}

/// The concordance of the next snapshot.
pub(super) fn after(
    old: &Concordance,
    succession: &Succession,
    registry: &Registry,
    new: NewCasts,
) -> Concordance {
    let mut numbering = new.pool.numbering();
    let casts = in_order(&old.casts, new.casts, succession, &mut numbering);
    let (people, actors) = if numbering.is_same(old.people.ways.len()) {
        let actors = old.actors.iter().map(|known| Arc::clone(&known.actor)).collect();
        (Arc::clone(&old.people), actors)
    } else {
        let (people, actors) = People::of(numbering.ways(), registry);
        (Arc::new(people), actors)
    };
    let actors = taken_over(old, succession, &people, actors, &numbering);
    let mut all = Concordance { actors, casts, people };
    for briefing in &succession.new {
        note(&mut all, *briefing);
    }
    all
}

/// All rows in the order of the briefings, the people by their new numbers.
fn in_order(
    old: &Casts,
    mut fresh: Casts,
    succession: &Succession,
    numbering: &mut Numbering,
) -> Casts {
    if old.declared.is_empty() {
        // They came in this very order, so that every number is the one that it has.
        for people in fresh.people.iter() {
            for one in people {
                numbering.number(*one);
            }
        }
        fresh.shrink();
        return fresh;
    }
    let mut all = Casts::with_room_of(old, &fresh);
    for origin in succession.origins() {
        let (of, at) = match origin {
            Origin::Old(at) => (old, at),
            Origin::New(at) => (&fresh, at),
        };
        all.push_of(of, at as usize, |one| numbering.number(one));
    }
    all
}

/// The actors in their new order, with where they stood before and still do.
fn taken_over(
    old: &Concordance,
    succession: &Succession,
    people: &People,
    actors: Vec<Arc<Actor>>,
    numbering: &Numbering,
) -> Vec<CorpusActor> {
    let mut before: Vec<Option<ActorId>> = vec![None; actors.len()];
    let mut now: Vec<Option<ActorId>> = vec![None; old.actors.len()];
    for (way, was) in old.people.numbers.iter().enumerate() {
        let is = numbering.now(way).and_then(|way| people.numbers.get(way as usize));
        let Some(is) = is else { continue };
        if let Some(slot) = before.get_mut(is.0 as usize) {
            *slot = Some(*was);
        }
        if let Some(slot) = now.get_mut(was.0 as usize) {
            *slot = Some(*is);
        }
    }
    let take = |(actor, before): (Arc<Actor>, Option<ActorId>)| {
        let Some(old) = before.and_then(|id| old.actor(id)) else { return CorpusActor::new(actor) };
        // They are often the same.
        let or = |own: &RoaringBitmap, other: &RoaringBitmap, now: &RoaringBitmap| {
            if own == other { now.clone() } else { succession.renumbered(own) }
        };
        let briefings = succession.renumbered(&old.briefings);
        let mentioned_in = or(&old.mentioned_in, &old.briefings, &briefings);
        CorpusActor {
            actor,
            named_in: or(&old.named_in, &old.briefings, &briefings),
            spelled_in: or(&old.spelled_in, &old.mentioned_in, &mentioned_in),
            briefings,
            mentioned_in,
            mentions: old.mentions,
            inferred: old.inferred,
        }
    };
    let mut actors: Vec<CorpusActor> =
        actors.into_par_iter().zip(before).map(take).with_min_len(64).collect();
    for gone in succession.gone() {
        for found in old.cast(super::BriefingId(gone)).occurrences() {
            let is = now.get(found.actor.0 as usize).copied().flatten();
            let Some(known) = is.and_then(|is| actors.get_mut(is.0 as usize)) else { continue };
            if found.via != Via::Metonym {
                known.mentions -= 1;
                known.inferred -= usize::from(found.via.is_inferred());
            }
        }
    }
    actors
}

/// Notes in its actors where a briefing has them.
fn note(all: &mut Concordance, briefing: u32) {
    let Concordance { actors, casts, people } = all;
    let cast = super::cast_of(casts, people, briefing);
    for found in cast.occurrences().filter(|found| found.via != Via::Metonym) {
        let Some(known) = actors.get_mut(found.actor.0 as usize) else { continue };
        known.briefings.insert(briefing);
        known.mentioned_in.insert(briefing);
        known.mentions += 1;
        if found.via.is_inferred() {
            known.inferred += 1;
        } else {
            known.named_in.insert(briefing);
            known.spelled_in.insert(briefing);
        }
    }
    let parties = cast.events().flat_map(super::Parties::all);
    for actor in cast.declared().chain(parties) {
        if let Some(known) = actors.get_mut(actor.0 as usize) {
            known.briefings.insert(briefing);
            known.named_in.insert(briefing);
        }
    }
}
