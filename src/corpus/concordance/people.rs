//! The actors of a corpus in every way in which briefings have them, and by which names they go.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ActorId;
use crate::actor::{Actor, Registry};
use crate::briefing::Alias;
use crate::corpus::columns::{Texts, short};
use crate::text::fold_key;

/// Every actor once in every way in which briefings have him, in the order in which they do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct People {
    /// The ways.
    pub ways: Vec<Arc<Actor>>,
    /// Whose way each is.
    pub numbers: Vec<ActorId>,
    /// All actors, by their ids.
    by_id: Vec<ActorId>,
    /// Names and aliases, folded and sorted, and whose each is.
    names: Texts,
    named: Vec<ActorId>,
    /// Ids, folded.
    ids: Texts,
}

impl People {
    /// Who all these are: each with what is known of him, and every way to write him.
    pub fn of(ways: Vec<Arc<Actor>>, registry: &Registry) -> (Self, Vec<Arc<Actor>>) {
        let mut by_id: HashMap<&str, ActorId> = HashMap::new();
        let mut actors: Vec<Arc<Actor>> = Vec::new();
        let mut numbers = Vec::with_capacity(ways.len());
        for way in &ways {
            let id = *by_id.entry(&way.id).or_insert_with(|| {
                let known = registry.find_id(&way.id).and_then(|at| registry.actor(at));
                actors.push(known.unwrap_or_else(|| Arc::clone(way)));
                ActorId(short(actors.len() - 1))
            });
            if let Some(known) = actors.get_mut(id.0 as usize) {
                add_aliases(known, way);
            }
            numbers.push(id);
        }
        let number = |at: usize| ActorId(short(at));
        let mut by_id: Vec<ActorId> = (0..actors.len()).map(number).collect();
        let id_of = |id: &ActorId| actors.get(id.0 as usize).map(|actor| actor.id.as_str());
        by_id.sort_unstable_by_key(id_of);
        let mut names: Vec<(String, ActorId)> = Vec::new();
        for (at, actor) in actors.iter().enumerate() {
            let aliases = actor.aliases.iter().map(|alias| alias.text.as_str());
            let all = std::iter::once(actor.name.as_str()).chain(aliases);
            names.extend(all.map(|name| (fold_key(name), number(at))));
        }
        names.sort_unstable();
        names.dedup();
        let people = Self {
            numbers,
            by_id,
            names: names.iter().map(|(name, _)| name).collect(),
            named: names.iter().map(|(_, id)| *id).collect(),
            ids: actors.iter().map(|actor| fold_key(&actor.id)).collect(),
            ways,
        };
        (people, actors)
    }

    /// The actor with exactly this id; `id_of` tells theirs.
    pub fn find<'a>(&self, id: &str, id_of: impl Fn(ActorId) -> &'a str) -> Option<ActorId> {
        let at = self.by_id.binary_search_by(|other| id_of(*other).cmp(id)).ok()?;
        self.by_id.get(at).copied()
    }

    /// Those with a folded name or alias.
    pub fn called(&self, name: &str) -> &[ActorId] {
        self.named.get(self.names.range_of(name)).unwrap_or_default()
    }

    /// Ids, names and aliases of all, folded.
    pub fn names(&self) -> impl Iterator<Item = (&str, ActorId)> {
        let ids = self.ids.iter().zip((0..).map(ActorId));
        ids.chain(self.names.iter().zip(self.named.iter().copied()))
    }
}

/// Adds how else an actor is written.
fn add_aliases(known: &mut Arc<Actor>, way: &Arc<Actor>) {
    if Arc::ptr_eq(known, way) {
        return;
    }
    let mut new: Vec<Alias> = Vec::new();
    let as_written = Alias { text: way.name.clone(), ..Alias::default() };
    for alias in way.aliases.iter().chain(std::iter::once(&as_written)) {
        let mut old = known.aliases.iter().chain(&new);
        if alias.text != known.name && old.all(|old| old.text != alias.text) {
            new.push(alias.clone());
        }
    }
    if !new.is_empty() {
        let aliases = known.aliases.iter().cloned().chain(new).collect();
        *known = Arc::new(Actor { aliases, ..Actor::clone(known) });
    }
}

/// Ways in which actors are had, each once, numbered as they come.
#[derive(Debug, Default)]
pub(super) struct Pool {
    all: Vec<Arc<Actor>>,
    by_id: BTreeMap<String, Vec<u32>>,
}

impl Pool {
    /// With these to begin with.
    pub fn of(ways: &[Arc<Actor>]) -> Self {
        let mut pool = Self { all: ways.to_vec(), by_id: BTreeMap::new() };
        for (number, way) in (0..).zip(ways) {
            pool.by_id.entry(way.id.clone()).or_default().push(number);
        }
        pool
    }

    /// The number of one.
    pub fn number(&mut self, way: Arc<Actor>) -> u32 {
        let all = &self.all;
        let is_same = |number: &&u32| all.get(**number as usize).is_some_and(|one| *one == way);
        if let Some(known) = self.by_id.get(&way.id).and_then(|some| some.iter().find(is_same)) {
            return *known;
        }
        let next = short(self.all.len());
        self.by_id.entry(way.id.clone()).or_default().push(next);
        self.all.push(way);
        next
    }

    /// The first that was the same.
    pub fn shared(&mut self, way: &Arc<Actor>) -> Arc<Actor> {
        let number = self.number(Arc::clone(way));
        Arc::clone(self.all.get(number as usize).unwrap_or(way))
    }

    /// Numbers them anew, in the order in which they are asked for.
    pub fn numbering(self) -> Numbering {
        Numbering { now: vec![None; self.all.len()], order: Vec::new(), pool: self.all }
    }
}

/// Ways in the order in which they are asked for.
#[derive(Debug)]
pub(super) struct Numbering {
    pool: Vec<Arc<Actor>>,
    now: Vec<Option<u32>>,
    order: Vec<u32>,
}

impl Numbering {
    /// The number of what had another.
    pub fn number(&mut self, of: u32) -> u32 {
        let next = short(self.order.len());
        let Some(now) = self.now.get_mut(of as usize) else { return next };
        if now.is_none() {
            self.order.push(of);
        }
        *now.get_or_insert(next)
    }

    /// The same, if it was asked for.
    pub fn now(&self, of: usize) -> Option<u32> {
        self.now.get(of).copied().flatten()
    }

    /// Whether these are the first so many, each with its old number.
    pub fn is_same(&self, count: usize) -> bool {
        self.order.len() == count && self.order.iter().zip(0..).all(|(of, now)| *of == now)
    }

    /// The ways in their new order.
    pub fn ways(&self) -> Vec<Arc<Actor>> {
        self.order.iter().filter_map(|of| self.pool.get(*of as usize).cloned()).collect()
    }
}
