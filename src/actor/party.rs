//! Who is meant by a name that an event gives for who acted, or upon whom.

use super::mention::MentionFinder;
use super::registry::{Claim, Rank, Registry};
use super::slug_of;
use super::source::Scope;
use super::surname::surname_of;
use crate::briefing::{Entity, Kind};
use crate::text::fold_key;

/// Whom a name in an event's `by` or `to` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartyRef {
    /// One of the briefing's own entities, by its index among them.
    Declared(usize),
    /// An actor of the registry that the briefing does not declare, by its index there.
    Known(usize),
}

impl MentionFinder {
    /// Whom a name means that an event of a briefing with these entities gives: an id, a name, an
    /// alias, or what a people is called, case and diacritics aside. The briefing's own entities
    /// come first, then the corpus' actors, then the gazetteer's. A place that stands for a state
    /// means the state: places do not act. `None` where nobody is known by the name, or several
    /// whom only the gazetteer knows: an event may have parties that nobody knows.
    #[must_use]
    pub fn party(&self, name: &str, entities: &[Entity]) -> Option<PartyRef> {
        self.party_within(&Scope::Everywhere, name, entities)
    }

    /// The same for a briefing for which only some lists hold.
    #[must_use]
    pub fn party_within(&self, scope: &Scope, name: &str, entities: &[Entity]) -> Option<PartyRef> {
        let name = name.trim();
        let name = ["the ", "The "].iter().find_map(|the| name.strip_prefix(the)).unwrap_or(name);
        let key = fold_key(name);
        if key.is_empty() {
            return None;
        }
        if let Some(at) = entities.iter().position(|entity| is_called(entity, name, &key)) {
            return Some(PartyRef::Declared(at));
        }
        let registry = self.registry();
        let known = registry.party(scope, name, &key);
        let declares = |known: usize| {
            entities.iter().position(|one| registry.meant_within(scope, one) == Some(known))
        };
        if let Some(at) = known.and_then(declares) {
            return Some(PartyRef::Declared(at));
        }
        let is_person = |known: &usize| kind_of(registry, *known) == Some(Kind::Person);
        if known.as_ref().is_none_or(is_person)
            && let Some(at) = by_surname(registry, scope, entities, &key)
        {
            return Some(PartyRef::Declared(at));
        }
        let known = known?;
        let meant = stands_for(registry, known).unwrap_or(known);
        Some(declares(meant).map_or(PartyRef::Known(meant), PartyRef::Declared))
    }
}

impl Registry {
    /// The known actor that a name means by itself; `key` is the name folded.
    fn party(&self, scope: &Scope, name: &str, key: &str) -> Option<usize> {
        let by_id = |id: &str| {
            let claims = self.with_id(id).iter();
            let ranked = claims.filter_map(|one| Some((scope.best(&one.sources)?, one.actor)));
            ranked.min_by_key(|(rank, _)| *rank).map(|(_, actor)| actor)
        };
        let by_name = || {
            let named = self.all_called(key);
            let named = if named.is_empty() { self.all_of_people(key) } else { named };
            let rank = |claim: &Claim| {
                let known = self.actors().get(claim.actor)?;
                let is_alias = fold_key(&known.entity.name) != key;
                let is_world = known.rank == Rank::Gazetteer;
                Some((scope.best(&claim.sources)?, is_alias, is_world, claim.actor))
            };
            let mut ranked: Vec<_> = named.iter().filter_map(rank).collect();
            ranked.sort_unstable();
            let (best_rank, best_alias, is_world, best) = *ranked.first()?;
            let rivals = ranked.iter().skip(1);
            let mut rivals =
                rivals.filter(|(rank, alias, ..)| (*rank, *alias) == (best_rank, best_alias));
            (!is_world || rivals.next().is_none()).then_some(best)
        };
        by_id(name).or_else(by_name).or_else(|| by_id(key))
    }
}

fn is_called(entity: &Entity, name: &str, key: &str) -> bool {
    let same = |text: &str| {
        if text.is_ascii() { text.eq_ignore_ascii_case(key) } else { fold_key(text) == key }
    };
    let is_slug = || !name.contains(char::is_whitespace) && slug_of(&entity.name) == name;
    entity.id.as_deref().map_or_else(is_slug, same)
        || same(&entity.name)
        || entity.aliases.iter().any(|alias| same(&alias.text))
        || entity.demonyms.iter().any(|demonym| same(demonym))
}

/// The one declared person who has this surname.
fn by_surname(registry: &Registry, scope: &Scope, entities: &[Entity], key: &str) -> Option<usize> {
    let has = |entity: &Entity| {
        let known = registry.meant_within(scope, entity).and_then(|at| registry.actors().get(at));
        let known = known.map(|known| &known.entity);
        let kind = entity.kind.or_else(|| known.and_then(|known| known.kind));
        let country = entity.country.as_ref().or_else(|| known.and_then(|k| k.country.as_ref()));
        let surname = surname_of(&entity.name, country.map(String::as_str));
        kind == Some(Kind::Person) && surname.is_some_and(|surname| fold_key(surname) == key)
    };
    let mut all = entities.iter().enumerate().filter(|(_, entity)| has(entity)).map(|(at, _)| at);
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

fn kind_of(registry: &Registry, at: usize) -> Option<Kind> {
    registry.actors().get(at).and_then(|known| known.entity.kind)
}

fn stands_for(registry: &Registry, at: usize) -> Option<usize> {
    let entity = &registry.actors().get(at)?.entity;
    (entity.kind == Some(Kind::Place)).then_some(())?;
    registry.find(entity.stands_for.as_deref()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::read_gazetteer;
    use crate::briefing::{Alias, read_actors};

    fn finder(list: &str) -> MentionFinder {
        let actors = read_actors(list.as_bytes()).actors;
        MentionFinder::new(Registry::new(&actors, read_gazetteer()))
    }

    #[test]
    fn a_party_is_found_by_id_name_alias_people_and_capital() {
        let finder = finder("- {id: house, name: The House, aliases: [Lancaster House]}");
        let declared: Vec<Entity> =
            ["Xi Jinping", "Wang Wenbin", "Recep Tayyip Erdoğan", "Stranger"]
                .map(|name| Entity { name: name.into(), ..Entity::default() })
                .into();
        for (name, expected) in [
            ("xi-jinping", "declared Xi Jinping"),
            ("XI JINPING", "declared Xi Jinping"),
            ("XI-JINPING", "declared Xi Jinping"),
            ("习近平", "declared Xi Jinping"),
            ("Xi", "declared Xi Jinping"),
            ("Erdogan", "declared Recep Tayyip Erdoğan"),
            ("Wang", "declared Wang Wenbin"),
            ("stranger", "declared Stranger"),
            ("Chinese", "China"),
            ("Russians", "Russia"),
            ("china", "China"),
            ("Moscow", "Russia"),
            ("the US", "United States"),
            ("nato", "North Atlantic Treaty Organization"),
            ("lancaster house", "The House"),
            ("Congolese", "nobody"),
            ("two unnamed officials", "nobody"),
            ("", "nobody"),
            (" the ", "nobody"),
        ] {
            let found = match finder.party(name, &declared) {
                Some(PartyRef::Declared(at)) => format!("declared {}", declared[at].name),
                Some(PartyRef::Known(at)) => finder.registry().actors()[at].entity.name.clone(),
                None => "nobody".to_owned(),
            };
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn a_name_in_another_script_finds_its_actor() {
        let finder = finder("");
        for (name, id) in [
            ("зеленский", "volodymyr-zelenskyy"),
            ("ЗЕЛЕНСЬКИЙ", "volodymyr-zelenskyy"),
            ("普京", "vladimir-putin"),
            ("נתניהו", "benjamin-netanyahu"),
            ("محمد بن سلمان", "mohammed-bin-salman"),
            ("μητσοτακης", "kyriakos-mitsotakis"),
            ("김정은", "kim-jong-un"),
            ("москва", "russia"),
        ] {
            let Some(PartyRef::Known(at)) = finder.party(name, &[]) else { panic!("{name}") };
            assert_eq!(finder.registry().actors()[at].entity.id.as_deref(), Some(id), "{name}");
        }
    }

    #[test]
    fn the_briefings_own_actors_come_first() {
        let finder = finder("- {id: georgia-us, name: Georgia}");
        let alias = Alias { text: "Moscow".into(), ..Alias::default() };
        let own =
            Entity { name: "Moscow (Idaho)".into(), aliases: vec![alias], ..Entity::default() };
        assert_eq!(finder.party("moscow", &[own]), Some(PartyRef::Declared(0)));
        assert_eq!(finder.party("Georgia", &[]), finder.party("georgia-us", &[]));
        assert_ne!(finder.party("Georgia", &[]), finder.party("georgia", &[]));
    }
}
