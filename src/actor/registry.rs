//! Everybody who is known beyond one briefing: the corpus' own lists before the gazetteer.

use std::collections::HashMap;

use super::Actor;
use super::demonym::plural;
use crate::briefing::{Entity, Matching, Role};
use crate::text::fold_key;

/// Who says that an actor exists; the first has the last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// An `actors.yaml` of the corpus.
    Corpus,
    /// The gazetteer inside the program.
    Gazetteer,
}

/// An actor that is known, with everything that is known of it.
#[derive(Clone, Debug)]
pub struct Known {
    /// What all sources say together; where they differ, the corpus' word.
    pub entity: Entity,
    /// The best of its sources.
    pub rank: Rank,
}

/// All known actors, with the ways to find one.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    actors: Vec<Known>,
    by_id: HashMap<String, usize>,
    by_item: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    by_people: HashMap<String, Vec<usize>>,
}

impl Registry {
    /// Brings the corpus' actors and the gazetteer's together: the same id or Wikidata item is the
    /// same actor, and so is the same name where no id is given.
    #[must_use]
    pub fn new(corpus: &[Entity], gazetteer: Vec<Entity>) -> Self {
        let mut registry = Self::default();
        for entity in corpus {
            registry.add(entity.clone(), Rank::Corpus);
        }
        for entity in gazetteer {
            registry.add(entity, Rank::Gazetteer);
        }
        registry
    }

    fn add(&mut self, entity: Entity, rank: Rank) {
        let same = self.same_as(&entity);
        let at = same.unwrap_or(self.actors.len());
        match self.actors.get_mut(at) {
            Some(known) => merge(&mut known.entity, entity),
            None => self.actors.push(Known { entity, rank }),
        }
        let Some(known) = self.actors.get(at) else { return };
        let entity = &known.entity;
        if let Some(id) = &entity.id {
            self.by_id.entry(id.clone()).or_insert(at);
        }
        if let Some(item) = &entity.wikidata {
            self.by_item.entry(item.clone()).or_insert(at);
        }
        let aliases = entity.aliases.iter().map(|alias| alias.text.as_str());
        for name in std::iter::once(entity.name.as_str()).chain(aliases) {
            insert(&mut self.by_name, name, at);
        }
        for demonym in &entity.demonyms {
            insert(&mut self.by_people, demonym, at);
            if let Some(plural) = plural(demonym) {
                insert(&mut self.by_people, &plural, at);
            }
        }
    }

    fn same_as(&self, entity: &Entity) -> Option<usize> {
        let by_id = entity.id.as_ref().and_then(|id| self.by_id.get(id));
        let by_item = entity.wikidata.as_ref().and_then(|item| self.by_item.get(item));
        by_id
            .or(by_item)
            .copied()
            .or_else(|| entity.id.is_none().then(|| self.called(&entity.name, entity)).flatten())
    }

    /// The known actor that a briefing's declaration means: by id, by Wikidata item, and where it
    /// gives no id by name or alias.
    #[must_use]
    pub fn meant_by(&self, entity: &Entity) -> Option<usize> {
        self.same_as(entity)
    }

    /// The actor with an id, else with a name or alias; case and diacritics aside.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        let by_name = || self.by_name.get(&fold_key(name)).and_then(|all| all.first());
        self.by_id.get(name).or_else(by_name).copied()
    }

    fn called(&self, name: &str, entity: &Entity) -> Option<usize> {
        let all = self.by_name.get(&fold_key(name))?;
        let fits = |at: &&usize| {
            let kind = self.actors.get(**at).and_then(|known| known.entity.kind);
            entity.kind.is_none() || kind.is_none() || kind == entity.kind
        };
        all.iter().find(fits).copied()
    }

    /// The actor with exactly this id.
    #[must_use]
    pub fn with_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Everybody with a folded name or alias.
    pub(super) fn all_called(&self, key: &str) -> &[usize] {
        self.by_name.get(key).map_or(&[], Vec::as_slice)
    }

    /// Everybody whose people are called so; folded.
    pub(super) fn all_of_people(&self, key: &str) -> &[usize] {
        self.by_people.get(key).map_or(&[], Vec::as_slice)
    }

    /// All of them; the index into this is what the other functions speak of.
    #[must_use]
    pub fn actors(&self) -> &[Known] {
        &self.actors
    }

    /// One of them as an actor of a briefing.
    #[must_use]
    pub fn actor(&self, at: usize) -> Option<Actor> {
        self.actors.get(at).map(|known| Actor::declared(&known.entity, None))
    }
}

fn insert(names: &mut HashMap<String, Vec<usize>>, name: &str, at: usize) {
    let all = names.entry(fold_key(name)).or_default();
    if !all.contains(&at) {
        all.push(at);
    }
}

/// Adds what a lesser source knows.
fn merge(entity: &mut Entity, other: Entity) {
    let Entity { id, name, kind, role, country, wikidata, aliases, not, roles, .. } = other;
    let silenced = entity
        .aliases
        .iter()
        .any(|alias| alias.text == name && alias.matching == Some(Matching::Never));
    if entity.name != name && !silenced {
        let alias = crate::briefing::Alias { text: name, ..crate::briefing::Alias::default() };
        entity.aliases.push(alias);
    }
    for alias in aliases {
        let known =
            alias.text == entity.name || entity.aliases.iter().any(|own| own.text == alias.text);
        if !known {
            entity.aliases.push(alias);
        }
    }
    entity.roles.extend(
        roles.into_iter().filter(|role| !has_role(&entity.roles, role)).collect::<Vec<_>>(),
    );
    entity.not.extend(not);
    entity.demonyms.extend(other.demonyms);
    entity.demonyms.dedup();
    entity.id = entity.id.take().or(id);
    entity.kind = entity.kind.or(kind);
    entity.role = entity.role.take().or(role);
    entity.country = entity.country.take().or(country);
    entity.wikidata = entity.wikidata.take().or(wikidata);
    entity.stands_for = entity.stands_for.take().or(other.stands_for);
    entity.seat = entity.seat.take().or(other.seat);
}

/// Whether an office is known already, perhaps with other days: then the better source's days hold.
fn has_role(roles: &[Role], other: &Role) -> bool {
    roles.iter().any(|role| fold_key(&role.role) == fold_key(&other.role) && role.of == other.of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::briefing::{Alias, Kind};

    fn entity(id: Option<&str>, name: &str) -> Entity {
        Entity { id: id.map(Into::into), name: name.into(), ..Entity::default() }
    }

    #[test]
    fn a_briefings_bare_name_takes_what_is_known() {
        let mut erdogan = entity(Some("recep-tayyip-erdogan"), "Recep Tayyip Erdoğan");
        erdogan.kind = Some(Kind::Person);
        erdogan.country = Some("TUR".into());
        erdogan.aliases = vec![Alias { text: "Erdoğan".into(), ..Alias::default() }];
        let registry = Registry::new(&[erdogan], Vec::new());
        let declared = entity(None, "Erdogan");
        let base = registry.meant_by(&declared).map(|at| &registry.actors()[at].entity);
        let actor = Actor::declared(&declared, base);
        assert_eq!(
            (actor.id.as_str(), actor.kind, actor.country.as_deref()),
            ("recep-tayyip-erdogan", Kind::Person, Some("TUR"))
        );
        assert!(actor.aliases.iter().any(|alias| alias.text == "Recep Tayyip Erdoğan"));
        assert_eq!(registry.meant_by(&entity(None, "Sauli Niinistö")), None);
        let stranger = Actor::declared(&entity(None, "Sauli Niinistö"), None);
        assert_eq!((stranger.id.as_str(), stranger.kind), ("sauli-niinisto", Kind::Other));
    }

    #[test]
    fn two_ids_are_two_actors_whatever_their_names() {
        let registry = Registry::new(&[entity(Some("georgia-us"), "Georgia")], Vec::new());
        assert_eq!(registry.meant_by(&entity(Some("georgia"), "Georgia")), None);
    }

    #[test]
    fn the_corpus_has_the_last_word_over_the_gazetteer() {
        let mut nato = entity(Some("nato"), "NATO");
        nato.wikidata = Some("Q7184".into());
        let mut long = entity(Some("north-atlantic-treaty"), "North Atlantic Treaty Organization");
        long.wikidata = Some("Q7184".into());
        long.kind = Some(Kind::Alliance);
        let registry = Registry::new(&[nato], vec![long]);
        let [known] = registry.actors() else { panic!("{:?}", registry.actors()) };
        assert_eq!((known.rank, known.entity.name.as_str()), (Rank::Corpus, "NATO"));
        assert_eq!(known.entity.kind, Some(Kind::Alliance));
        assert_eq!(registry.find("north atlantic treaty organization"), Some(0));
    }
}
