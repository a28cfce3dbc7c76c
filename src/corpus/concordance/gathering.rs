//! One pass over a corpus: texts are looked through on every core, then their actors are numbered
//! in the order of the briefings, so that the same corpus gives the same numbers.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::sync::Arc;

use rayon::prelude::*;
use roaring::RoaringBitmap;

use super::{ActorId, BriefingCast, Concordance, CorpusActor, Occurrence, Parties};
use crate::actor::{Actor, Cast, Mention, PartyRef, Registry, Scope, Via};
use crate::briefing::{Alias, Briefing, Entity, Event};
use crate::corpus::memory::ByText;
use crate::corpus::{Corpus, Entry};
use crate::text::fold_key;

/// Briefings whose mentions are found at once before they are gathered: bounds what is in memory.
const AT_ONCE: usize = 512;

/// What was found in texts, to be gathered again.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Casts {
    found: ByText<Arc<Found>>,
    actors: OneEach,
}

/// Looks through all texts of a corpus, but for those whose casts are kept.
pub(super) fn gather(corpus: &Corpus, mut kept: Option<&mut Casts>) -> Concordance {
    let registry = corpus.finder.registry();
    let numbers = HashMap::new();
    let mut gathering = Gathering { registry, numbers, concordance: Concordance::default() };
    let mut before = ByText::default();
    let mut actors = OneEach::default();
    if let Some(kept) = &mut kept {
        before = std::mem::take(&mut kept.found);
        actors = std::mem::take(&mut kept.actors);
    }
    let look = |entry: &Entry| before.get(entry).is_none().then(|| InText::of(corpus, entry));
    for (at, entries) in corpus.entries.chunks(AT_ONCE).enumerate() {
        let looked: Vec<Option<InText>> = entries.par_iter().map(look).collect();
        for ((id, entry), looked) in (at * AT_ONCE..).zip(entries).zip(looked) {
            let known = before.get(entry).map(Arc::clone);
            let looked = looked.map(|looked| Arc::new(actors.found(looked)));
            let Some(found) = known.or(looked) else { continue };
            gathering.add(u32::try_from(id).unwrap_or(u32::MAX), &found);
            if let Some(kept) = &mut kept {
                kept.found.keep(entry, found);
            }
        }
    }
    if let Some(kept) = kept {
        kept.actors = actors;
    }
    gathering.finish()
}

/// What one text gives, before its actors have their numbers.
#[derive(Debug)]
struct Found {
    actors: Box<[Arc<Actor>]>,
    declared: usize,
    /// Where the mentions stand, with the actor's place in `actors`.
    mentions: Box<[Occurrence]>,
    events: Box<[Sides<Arc<Actor>>]>,
}

/// Who acted, and upon whom.
type Sides<T> = (Box<[T]>, Box<[T]>);

/// The same as it was found: one actor stands in many texts.
struct InText {
    cast: Cast,
    events: Vec<Sides<Arc<Actor>>>,
}

impl InText {
    fn of(corpus: &Corpus, entry: &Entry) -> Self {
        let (scope, briefing) = (corpus.scope(entry.file), entry.briefing());
        let cast = corpus.cast_of(&scope, entry, &briefing);
        let party = |name: &String| party(corpus, &scope, &briefing, name, &cast.actors);
        let parties = |event: &Event| {
            let all = |names: &[String]| names.iter().map(party).collect();
            (all(&event.by), all(&event.to))
        };
        let events = briefing.events.iter().map(parties).collect();
        Self { cast, events }
    }
}

/// Every actor once in every way in which briefings have him.
#[derive(Debug, Default)]
struct OneEach {
    by_id: HashMap<String, Vec<Arc<Actor>>>,
}

impl OneEach {
    fn one(&mut self, actor: Arc<Actor>) -> Arc<Actor> {
        if let Some(same) = self.by_id.get(&actor.id).into_iter().flatten().find(|a| **a == actor) {
            return Arc::clone(same);
        }
        self.by_id.entry(actor.id.clone()).or_default().push(Arc::clone(&actor));
        actor
    }

    fn found(&mut self, looked: InText) -> Found {
        let InText { cast: Cast { actors, declared, mentions }, events } = looked;
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mention = |found: Mention| Occurrence {
            actor: ActorId(short(found.actor)),
            start: short(found.range.start),
            end: short(found.range.end),
            via: found.via,
        };
        let mut all =
            |actors: Vec<Arc<Actor>>| actors.into_iter().map(|one| self.one(one)).collect();
        let sides = events.into_iter().map(|(by, to)| (by.into_vec(), to.into_vec()));
        let actors = all(actors);
        let events = sides.map(|(by, to)| (all(by), all(to))).collect();
        Found { actors, declared, mentions: mentions.into_iter().map(mention).collect(), events }
    }
}

/// Who is meant by a party's name; one whom nobody declares has his name for himself.
fn party(
    corpus: &Corpus,
    scope: &Scope,
    briefing: &Briefing,
    name: &str,
    actors: &[Arc<Actor>],
) -> Arc<Actor> {
    let known = match corpus.party_of(scope, briefing, name) {
        Some(PartyRef::Declared(at)) => actors.get(at).cloned(),
        Some(PartyRef::Known(at)) => corpus.finder.registry().actor(at),
        None => None,
    };
    known.unwrap_or_else(|| {
        let stranger = Entity { name: name.trim().to_owned(), ..Entity::default() };
        Arc::new(Actor::declared(&stranger, None))
    })
}

/// Gives actors their numbers and gathers where they stand.
struct Gathering<'a> {
    registry: &'a Registry,
    /// The numbers of those who were seen, by where they lie in memory: [`OneEach`] holds them.
    numbers: HashMap<usize, ActorId>,
    concordance: Concordance,
}

impl Gathering<'_> {
    fn add(&mut self, briefing: u32, found: &Found) {
        let ids: Vec<ActorId> = found.actors.iter().map(|actor| self.number_of(actor)).collect();
        let mut occurrences = Vec::with_capacity(found.mentions.len());
        for mention in &found.mentions {
            let Some(&actor) = ids.get(mention.actor.0 as usize) else { continue };
            let mention = Occurrence { actor, ..*mention };
            self.note_mention(briefing, &mention);
            occurrences.push(mention);
        }
        let declared: Box<[ActorId]> = ids.iter().take(found.declared).copied().collect();
        let mut side = |actors: &[Arc<Actor>]| -> Box<[ActorId]> {
            actors.iter().map(|actor| self.number_of(actor)).collect()
        };
        let parties = |(by, to): &Sides<Arc<Actor>>| Parties { by: side(by), to: side(to) };
        let events: Box<[Parties]> = found.events.iter().map(parties).collect();
        for actor in declared.iter().copied().chain(events.iter().flat_map(Parties::all)) {
            if let Some(known) = self.concordance.actors.get_mut(actor.0 as usize) {
                known.briefings.insert(briefing);
                known.named_in.insert(briefing);
            }
        }
        let occurrences = occurrences.into_boxed_slice();
        self.concordance.casts.push(BriefingCast { declared, occurrences, events });
    }

    fn note_mention(&mut self, briefing: u32, mention: &Occurrence) {
        let known = self.concordance.actors.get_mut(mention.actor.0 as usize);
        let Some(known) = known.filter(|_| mention.via != Via::Metonym) else { return };
        known.briefings.insert(briefing);
        known.mentioned_in.insert(briefing);
        known.mentions += 1;
        if mention.via.is_inferred() {
            known.inferred += 1;
        } else {
            known.named_in.insert(briefing);
            known.spelled_in.insert(briefing);
        }
    }

    fn number_of(&mut self, actor: &Arc<Actor>) -> ActorId {
        let address = Arc::as_ptr(actor).addr();
        if let Some(number) = self.numbers.get(&address) {
            return *number;
        }
        let number = self.number(actor);
        self.numbers.insert(address, number);
        number
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
                    actor: known.as_deref().unwrap_or(actor).clone(),
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
        let own = &mut known.actor;
        let mut new: Vec<Alias> = Vec::new();
        let as_written = Alias { text: actor.name.clone(), ..Alias::default() };
        for alias in actor.aliases.iter().chain(std::iter::once(&as_written)) {
            let mut old = own.aliases.iter().chain(&new);
            if alias.text != own.name && old.all(|old| old.text != alias.text) {
                name(&alias.text);
                new.push(alias.clone());
            }
        }
        if !new.is_empty() {
            own.aliases = own.aliases.iter().cloned().chain(new).collect();
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
