//! One pass over a corpus: texts are looked through on every core, then their actors are numbered
//! in the order of the briefings, so that the same corpus gives the same numbers.

use std::cmp::Reverse;
use std::collections::hash_map::Entry as Slot;

use rayon::prelude::*;
use roaring::RoaringBitmap;

use super::{ActorId, BriefingCast, Concordance, CorpusActor, Occurrence, Parties};
use crate::actor::{Actor, Cast, Mention, PartyRef, Registry, Via};
use crate::briefing::{Alias, Entity, Event};
use crate::corpus::{Corpus, Entry};
use crate::text::fold_key;

/// Briefings whose mentions are found at once before they are gathered: bounds what is in memory.
const AT_ONCE: usize = 512;

/// Looks through all texts of a corpus.
pub(super) fn gather(corpus: &Corpus) -> Concordance {
    let registry = corpus.finder.registry();
    let mut gathering = Gathering { registry, concordance: Concordance::default() };
    for (at, entries) in corpus.entries.chunks(AT_ONCE).enumerate() {
        let found: Vec<Found> = entries.par_iter().map(|entry| Found::of(corpus, entry)).collect();
        for (id, found) in (at * AT_ONCE..).zip(found) {
            gathering.add(u32::try_from(id).unwrap_or(u32::MAX), found);
        }
    }
    gathering.finish()
}

/// What one text gives, before its actors have their numbers.
struct Found {
    actors: Vec<Actor>,
    declared: usize,
    mentions: Vec<Mention>,
    events: Vec<(Vec<Actor>, Vec<Actor>)>,
}

impl Found {
    fn of(corpus: &Corpus, entry: &Entry) -> Self {
        let Cast { actors, declared, mentions } = corpus.cast(entry);
        let briefing = &entry.briefing;
        let party = |name: &String| party(corpus, entry, name, &actors);
        let parties = |event: &Event| {
            let all = |names: &[String]| names.iter().map(party).collect();
            (all(&event.by), all(&event.to))
        };
        let events = briefing.events.iter().map(parties).collect();
        Self { actors, declared, mentions, events }
    }
}

/// Who is meant by a party's name; one whom nobody declares has his name for himself.
fn party(corpus: &Corpus, entry: &Entry, name: &str, actors: &[Actor]) -> Actor {
    let known = match corpus.party(entry, name) {
        Some(PartyRef::Declared(at)) => actors.get(at).cloned(),
        Some(PartyRef::Known(at)) => corpus.finder.registry().actor(at),
        None => None,
    };
    known.unwrap_or_else(|| {
        let stranger = Entity { name: name.trim().to_owned(), ..Entity::default() };
        Actor::declared(&stranger, None)
    })
}

/// Gives actors their numbers and gathers where they stand.
struct Gathering<'a> {
    registry: &'a Registry,
    concordance: Concordance,
}

impl Gathering<'_> {
    fn add(&mut self, briefing: u32, found: Found) {
        let Found { actors, declared, mentions, events } = found;
        let ids: Vec<ActorId> = actors.iter().map(|actor| self.number(actor)).collect();
        let mut occurrences = Vec::with_capacity(mentions.len());
        for mention in &mentions {
            let Some(&actor) = ids.get(mention.actor) else { continue };
            occurrences.push(Occurrence {
                actor,
                start: u32::try_from(mention.range.start).unwrap_or(u32::MAX),
                end: u32::try_from(mention.range.end).unwrap_or(u32::MAX),
                via: mention.via,
            });
            self.note_mention(actor, briefing, mention);
        }
        let declared: Box<[ActorId]> = ids.iter().take(declared).copied().collect();
        let mut side = |actors: Vec<Actor>| -> Box<[ActorId]> {
            actors.iter().map(|actor| self.number(actor)).collect()
        };
        let events: Box<[Parties]> =
            events.into_iter().map(|(by, to)| Parties { by: side(by), to: side(to) }).collect();
        for actor in declared.iter().copied().chain(events.iter().flat_map(Parties::all)) {
            if let Some(known) = self.concordance.actors.get_mut(actor.0 as usize) {
                known.briefings.insert(briefing);
                known.named_in.insert(briefing);
            }
        }
        let occurrences = occurrences.into_boxed_slice();
        self.concordance.casts.push(BriefingCast { declared, occurrences, events });
    }

    fn note_mention(&mut self, actor: ActorId, briefing: u32, mention: &Mention) {
        let known = self.concordance.actors.get_mut(actor.0 as usize);
        let Some(known) = known.filter(|_| mention.via != Via::Metonym) else { return };
        known.briefings.insert(briefing);
        known.mentioned_in.insert(briefing);
        known.mentions += 1;
        if mention.is_inferred() {
            known.inferred += 1;
        } else {
            known.named_in.insert(briefing);
            known.spelled_in.insert(briefing);
        }
    }

    /// The number of an actor; a new one is known from now on by all his names.
    fn number(&mut self, actor: &Actor) -> ActorId {
        let next = ActorId(u32::try_from(self.concordance.actors.len()).unwrap_or(u32::MAX));
        let id = match self.concordance.by_id.entry(actor.id.clone()) {
            Slot::Occupied(slot) => *slot.get(),
            Slot::Vacant(slot) => {
                let known = self.registry.find_id(&actor.id).and_then(|at| self.registry.actor(at));
                slot.insert(next);
                self.concordance.actors.push(CorpusActor {
                    actor: known.unwrap_or_else(|| actor.clone()),
                    briefings: RoaringBitmap::new(),
                    named_in: RoaringBitmap::new(),
                    mentioned_in: RoaringBitmap::new(),
                    spelled_in: RoaringBitmap::new(),
                    mentions: 0,
                    inferred: 0,
                });
                next
            }
        };
        self.add_names(id, actor, id == next);
        id
    }

    fn add_names(&mut self, id: ActorId, actor: &Actor, is_new: bool) {
        let Concordance { actors, by_name, .. } = &mut self.concordance;
        let Some(known) = actors.get_mut(id.0 as usize) else { return };
        let mut name = |text: &str| {
            let named = by_name.entry(fold_key(text)).or_default();
            if !named.contains(&id) {
                named.push(id);
            }
        };
        if is_new {
            name(&known.actor.name);
            known.actor.aliases.iter().for_each(|alias| name(&alias.text));
        }
        let as_written = Alias { text: actor.name.clone(), ..Alias::default() };
        for alias in actor.aliases.iter().chain(std::iter::once(&as_written)) {
            let own = &mut known.actor;
            if alias.text != own.name && !own.aliases.iter().any(|old| old.text == alias.text) {
                name(&alias.text);
                own.aliases.push(alias.clone());
            }
        }
    }

    /// Whom a shared name means first: who is mentioned most.
    fn finish(mut self) -> Concordance {
        let Concordance { actors, by_name, .. } = &mut self.concordance;
        let mentions = |id: &ActorId| actors.get(id.0 as usize).map_or(0, |known| known.mentions);
        for several in by_name.values_mut() {
            several.sort_by_key(|id| (Reverse(mentions(id)), *id));
        }
        self.concordance
    }
}
