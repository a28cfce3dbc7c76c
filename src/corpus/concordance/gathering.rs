//! One pass over a corpus: texts are looked through on every core, then their actors are numbered
//! in the order of the briefings, so that the same corpus gives the same numbers.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

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
    let mut gathering =
        Gathering { registry, concordance: Concordance::default(), bases: Vec::new() };
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
    actors: Vec<Arc<Actor>>,
    declared: usize,
    mentions: Vec<Mention>,
    events: Vec<(Vec<Arc<Actor>>, Vec<Arc<Actor>>)>,
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
fn party(corpus: &Corpus, entry: &Entry, name: &str, actors: &[Arc<Actor>]) -> Arc<Actor> {
    let known = match corpus.party(entry, name) {
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
    concordance: Concordance,
    /// Of each actor, what the registry knows of him: nothing in that needs to be learnt again.
    bases: Vec<Option<Arc<Actor>>>,
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
        let mut side = |actors: Vec<Arc<Actor>>| -> Box<[ActorId]> {
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
        known.mentions += 1;
        if mention.is_inferred() {
            known.inferred += 1;
        } else {
            known.named_in.insert(briefing);
        }
    }

    /// The number of an actor; a new one is known from now on by all his names.
    fn number(&mut self, actor: &Arc<Actor>) -> ActorId {
        let id = self.concordance.find(&actor.id).unwrap_or_else(|| self.welcome(actor));
        self.add_names(id, actor);
        id
    }

    fn welcome(&mut self, actor: &Actor) -> ActorId {
        let Concordance { actors, by_id, by_name, .. } = &mut self.concordance;
        let id = ActorId(u32::try_from(actors.len()).unwrap_or(u32::MAX));
        let base = self.registry.find_id(&actor.id).and_then(|at| self.registry.actor(at));
        let known = base.as_deref().unwrap_or(actor).clone();
        let aliases = known.aliases.iter().map(|alias| alias.text.as_str());
        for name in std::iter::once(known.name.as_str()).chain(aliases) {
            add_name(by_name, name, id);
        }
        by_id.insert(actor.id.clone(), id);
        actors.push(CorpusActor {
            actor: known,
            briefings: RoaringBitmap::new(),
            named_in: RoaringBitmap::new(),
            mentions: 0,
            inferred: 0,
        });
        self.bases.push(base);
        id
    }

    /// Learns what else a briefing calls an actor.
    fn add_names(&mut self, id: ActorId, actor: &Arc<Actor>) {
        let base = self.bases.get(id.0 as usize).and_then(Option::as_ref);
        if base.is_some_and(|base| Arc::ptr_eq(base, actor)) {
            return;
        }
        let Concordance { actors, by_name, .. } = &mut self.concordance;
        let Some(CorpusActor { actor: own, .. }) = actors.get_mut(id.0 as usize) else { return };
        let is_as_known = base.is_some_and(|base| Arc::ptr_eq(&base.aliases, &actor.aliases));
        let aliases = if is_as_known { &[] } else { actor.aliases.as_ref() };
        let mut new: Vec<Alias> = Vec::new();
        for (at, alias) in aliases.iter().enumerate() {
            let is_it = |old: &Alias| old.text == alias.text;
            let is_known = alias.text == own.name
                || own.aliases.get(at).is_some_and(is_it)
                || own.aliases.iter().chain(&new).any(is_it);
            if !is_known {
                new.push(alias.clone());
            }
        }
        let mut known = own.aliases.iter().chain(&new);
        if actor.name != own.name && known.all(|alias| alias.text != actor.name) {
            new.push(Alias { text: actor.name.clone(), ..Alias::default() });
        }
        if !new.is_empty() {
            new.iter().for_each(|alias| add_name(by_name, &alias.text, id));
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

fn add_name(by_name: &mut HashMap<String, Vec<ActorId>>, name: &str, id: ActorId) {
    let named = by_name.entry(fold_key(name)).or_default();
    if !named.contains(&id) {
        named.push(id);
    }
}
