//! Everybody who is known beyond one briefing: the corpus' own lists before the gazetteer.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::Actor;
use super::demonym::plural;
use super::known::{Known, names_of};
use super::source::{FactSource, ListId, Scope};
use crate::briefing::Entity;
use crate::text::fold_key;

/// Who says that an actor exists; the first has the last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// An `actors.yaml` of the corpus.
    Corpus,
    /// The gazetteer inside the program.
    Gazetteer,
}

/// The actors of one `actors.yaml`.
#[derive(Clone, Copy, Debug)]
pub struct DeclaredList<'a> {
    /// The file's path as it is shown.
    pub file: &'a str,
    /// Whom it declares.
    pub actors: &'a [Entity],
}

/// All known actors, with the ways to find one.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    actors: Vec<Known>,
    /// Each of them as an actor of a briefing for which all lists hold.
    shared: Vec<Arc<Actor>>,
    files: Vec<String>,
    by_id: Index,
    by_item: HashMap<String, usize>,
    by_name: Index,
    by_people: Index,
}

/// Who claims a word: an id, a name, what a people is called.
type Index = HashMap<String, Vec<Claim>>;

#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub actor: usize,
    pub sources: Vec<FactSource>,
}

impl Registry {
    /// Brings the actors of one list and the gazetteer's together: the same id or Wikidata item is
    /// the same actor, and so is the same name where no id is given.
    #[must_use]
    pub fn new(corpus: &[Entity], gazetteer: Vec<Entity>) -> Self {
        let list = DeclaredList { file: "actors.yaml", actors: corpus };
        Self::of_lists(&[list], &|_, _| true, gazetteer)
    }

    /// The same for several lists. `meet` says whether two of them hold for a common file: where
    /// they do not, one id or name in both is one actor only if nothing else speaks against it.
    #[must_use]
    pub fn of_lists(
        lists: &[DeclaredList<'_>],
        meet: &dyn Fn(ListId, ListId) -> bool,
        gazetteer: Vec<Entity>,
    ) -> Self {
        let mut registry = Self {
            files: lists.iter().map(|list| list.file.to_owned()).collect(),
            ..Self::default()
        };
        for (list, at) in lists.iter().zip(0u32..) {
            let id = ListId(at);
            for entity in list.actors {
                let line = entity.place.as_ref().map_or(1, |place| place.start.line);
                registry.add(entity.clone(), FactSource::List { list: id, line }, meet);
            }
        }
        for entity in gazetteer {
            registry.add(entity, FactSource::Gazetteer, meet);
        }
        let everywhere = |known: &Known| Arc::new(Actor::declared(&known.entity, None));
        registry.shared = registry.actors.iter().map(everywhere).collect();
        registry
    }

    fn add(&mut self, entity: Entity, source: FactSource, meet: &dyn Fn(ListId, ListId) -> bool) {
        let meets = |other: &FactSource| match (source, *other) {
            (FactSource::List { list, .. }, FactSource::List { list: other, .. }) => {
                list == other || meet(list, other)
            }
            _ => true,
        };
        let same = self.already_known(&entity, &meets);
        let at = same.unwrap_or(self.actors.len());
        self.index(&entity, at, source);
        match self.actors.get_mut(at) {
            Some(known) => known.merge(entity, source),
            None => self.actors.push(Known::new(entity, source)),
        }
    }

    fn index(&mut self, entity: &Entity, at: usize, source: FactSource) {
        if let Some(id) = &entity.id {
            claim(&mut self.by_id, id.clone(), at, source);
        }
        if let Some(item) = &entity.wikidata {
            self.by_item.entry(item.clone()).or_insert(at);
        }
        for name in names_of(entity) {
            claim(&mut self.by_name, fold_key(name), at, source);
        }
        for demonym in &entity.demonyms {
            claim(&mut self.by_people, fold_key(demonym), at, source);
            if let Some(plural) = plural(demonym) {
                claim(&mut self.by_people, fold_key(&plural), at, source);
            }
        }
    }

    /// Who of those added so far a declaration means. `meets` says whether a source speaks of the
    /// same briefings as the declaration does.
    fn already_known(&self, entity: &Entity, meets: &dyn Fn(&FactSource) -> bool) -> Option<usize> {
        let agrees =
            |at: usize| self.actors.get(at).is_some_and(|known| !known.contradicts(entity));
        let fits = |claim: &&Claim| claim.sources.iter().any(meets) || agrees(claim.actor);
        let first = |index: &Index, key: &str| {
            index.get(key).into_iter().flatten().find(fits).map(|claim| claim.actor)
        };
        let by_item = || self.by_item.get(entity.wikidata.as_ref()?).copied();
        if let Some(id) = &entity.id {
            return first(&self.by_id, id)
                .or_else(by_item)
                .or_else(|| self.nameless(entity, meets));
        }
        by_item().or_else(|| {
            let claims = self.by_name.get(&fold_key(&entity.name))?;
            let is_full = entity.name.contains(' ');
            let fits = |claim: &&Claim| {
                self.fits_kind(claim.actor, entity)
                    && (claim.sources.iter().any(meets) || is_full && agrees(claim.actor))
            };
            claims.iter().find(fits).map(|claim| claim.actor)
        })
    }

    /// One without an id whose name is a name of the declaration.
    fn nameless(&self, entity: &Entity, meets: &dyn Fn(&FactSource) -> bool) -> Option<usize> {
        names_of(entity).find_map(|name| {
            let key = fold_key(name);
            let fits = |claim: &&Claim| {
                let known = self.actors.get(claim.actor);
                let is_his = known.is_some_and(|known| {
                    known.entity.id.is_none() && fold_key(&known.entity.name) == key
                });
                is_his && self.fits_kind(claim.actor, entity) && claim.sources.iter().any(meets)
            };
            self.by_name.get(&key)?.iter().find(fits).map(|claim| claim.actor)
        })
    }

    fn fits_kind(&self, at: usize, entity: &Entity) -> bool {
        let kind = self.actors.get(at).and_then(|known| known.entity.kind);
        entity.kind.is_none() || kind.is_none() || kind == entity.kind
    }

    /// The known actor that a briefing's declaration means: by id, by Wikidata item, and where it
    /// gives no id by name or alias.
    #[must_use]
    pub fn meant_by(&self, entity: &Entity) -> Option<usize> {
        self.meant_within(&Scope::Everywhere, entity)
    }

    /// The same for a briefing for which only some lists hold, the nearest first.
    #[must_use]
    pub fn meant_within(&self, scope: &Scope, entity: &Entity) -> Option<usize> {
        let best = |claims: Option<&Vec<Claim>>, fits: &dyn Fn(&Claim) -> bool| {
            let claims = claims?.iter().filter(|claim| fits(claim));
            let ranked = claims.filter_map(|one| Some((scope.best(&one.sources)?, one.actor)));
            ranked.min_by_key(|(rank, _)| *rank).map(|(_, actor)| actor)
        };
        let by_id = entity.id.as_ref().and_then(|id| best(self.by_id.get(id), &|_| true));
        let by_item = || self.by_item.get(entity.wikidata.as_ref()?).copied();
        let by_name = || {
            let claims = self.by_name.get(&fold_key(&entity.name));
            best(claims, &|claim| self.fits_kind(claim.actor, entity))
        };
        by_id.or_else(by_item).or_else(|| entity.id.is_none().then(by_name).flatten())
    }

    /// The actor with an id, else with a name or alias; case and diacritics aside.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        let first = |claims: &Vec<Claim>| claims.first().map(|claim| claim.actor);
        let by_name = || self.by_name.get(&fold_key(name)).and_then(first);
        self.by_id.get(name).and_then(first).or_else(by_name)
    }

    /// Who claims an id.
    pub(super) fn with_id(&self, id: &str) -> &[Claim] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// The actor with exactly this id; of several, the one first declared.
    #[must_use]
    pub fn find_id(&self, id: &str) -> Option<usize> {
        self.with_id(id).first().map(|claim| claim.actor)
    }

    /// Who claims a folded name or alias.
    pub(super) fn all_called(&self, key: &str) -> &[Claim] {
        self.by_name.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whose people are called so; folded.
    pub(super) fn all_of_people(&self, key: &str) -> &[Claim] {
        self.by_people.get(key).map_or(&[], Vec::as_slice)
    }

    /// All of them; the index into this is what the other functions speak of.
    #[must_use]
    pub fn actors(&self) -> &[Known] {
        &self.actors
    }

    /// One of them as an actor of a briefing for which a scope holds.
    #[must_use]
    pub fn actor_within(&self, scope: &Scope, at: usize) -> Option<Arc<Actor>> {
        match self.actors.get(at)?.within(scope) {
            Cow::Borrowed(_) => self.actor(at),
            Cow::Owned(known) => Some(Arc::new(Actor::declared(&known, None))),
        }
    }

    /// An actor that a briefing declares, `known` being whom it means. Nothing is copied that the
    /// declaration leaves as it is known.
    pub(super) fn declared(
        &self,
        scope: &Scope,
        entity: &Entity,
        known: Option<usize>,
    ) -> Arc<Actor> {
        let base = known.and_then(|at| self.actors.get(at)).map(|known| known.within(scope));
        let shared = known.and_then(|at| self.shared.get(at));
        match (&base, shared) {
            (Some(Cow::Borrowed(_)), Some(shared)) if shared.has_names_of(entity) => {
                let actor = shared.as_declared(entity);
                actor.map_or_else(|| Arc::clone(shared), Arc::new)
            }
            _ => Arc::new(Actor::declared(entity, base.as_deref())),
        }
    }

    /// One of them as an actor of a briefing.
    #[must_use]
    pub fn actor(&self, at: usize) -> Option<Arc<Actor>> {
        self.shared.get(at).cloned()
    }

    /// The path of a list's file, as it is shown; `None` for a list of another registry.
    #[must_use]
    pub fn list_file(&self, list: ListId) -> Option<&str> {
        self.files.get(list.0 as usize).map(String::as_str)
    }

    /// A source in words: `actors.yaml:12`, or `built-in gazetteer`.
    #[must_use]
    pub fn source_in_words(&self, source: FactSource) -> String {
        match source {
            FactSource::List { list, line } => {
                format!("{}:{line}", self.list_file(list).unwrap_or("actors.yaml"))
            }
            FactSource::Gazetteer => "built-in gazetteer".to_owned(),
        }
    }
}

fn claim(index: &mut Index, key: String, actor: usize, source: FactSource) {
    let claims = index.entry(key).or_default();
    match claims.iter_mut().find(|claim| claim.actor == actor) {
        Some(claim) if claim.sources.contains(&source) => {}
        Some(claim) => claim.sources.push(source),
        None => claims.push(Claim { actor, sources: vec![source] }),
    }
}

#[cfg(test)]
mod tests;
