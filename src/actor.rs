//! One identity for each actor, and where texts mention him.
//!
//! May use `briefing` and below. Deliberately absent so far: identity over the whole corpus and
//! the gazetteer; an actor is what the open briefing declares, with what `actors.yaml` adds.

mod mention;

pub use mention::{Mention, find_mentions};

use crate::briefing::{Alias, Entity, Kind};
use crate::text::fold_key;

/// An actor of one briefing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Its id; where none was declared, made of the name.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its role as of the briefing.
    pub role: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Other ways to write it.
    pub aliases: Vec<Alias>,
}

/// The actors that a briefing declares, in its order; what it leaves out is taken from the
/// corpus' own `actors.yaml`.
#[must_use]
pub fn declared_actors(entities: &[Entity], known: &[Entity]) -> Vec<Actor> {
    // Folded once, not for each of the briefing's entities.
    let known: Vec<Known<'_>> = known.iter().map(Known::new).collect();
    entities.iter().map(|entity| declared_actor(entity, &known)).collect()
}

fn declared_actor(entity: &Entity, known: &[Known<'_>]) -> Actor {
    let key = fold_key(&entity.name);
    let base = known.iter().find(|other| other.is(entity, &key)).map(|known| known.entity);
    let or_base = |own: &Option<String>, pick: fn(&Entity) -> &Option<String>| {
        own.clone().or_else(|| base.and_then(|base| pick(base).clone()))
    };
    let mut aliases = entity.aliases.clone();
    let inherited = base.into_iter().flat_map(|base| {
        let name = Alias { text: base.name.clone(), ..Alias::default() };
        base.aliases.iter().cloned().chain(std::iter::once(name))
    });
    for alias in inherited {
        if alias.text != entity.name && !aliases.iter().any(|own| own.text == alias.text) {
            aliases.push(alias);
        }
    }
    Actor {
        id: or_base(&entity.id, |base| &base.id).unwrap_or_else(|| slug_of(&entity.name)),
        name: entity.name.clone(),
        kind: entity.kind.or_else(|| base.and_then(|base| base.kind)).unwrap_or_default(),
        role: or_base(&entity.role, |base| &base.role),
        country: or_base(&entity.country, |base| &base.country),
        aliases,
    }
}

/// A declaration and the names by which it is known, folded.
struct Known<'a> {
    entity: &'a Entity,
    keys: Vec<String>,
}

impl<'a> Known<'a> {
    fn new(entity: &'a Entity) -> Self {
        let aliases = entity.aliases.iter().map(|alias| fold_key(&alias.text));
        Self { entity, keys: std::iter::once(fold_key(&entity.name)).chain(aliases).collect() }
    }

    /// Whether an entity of a briefing, whose folded name is `key`, is the same actor: by id where
    /// both have one, else by id, name or alias; case and diacritics aside.
    fn is(&self, entity: &Entity, key: &str) -> bool {
        match (&self.entity.id, &entity.id) {
            (Some(one), Some(other)) => one == other,
            (one, _) => {
                one.as_deref() == Some(&*entity.name) || self.keys.iter().any(|own| own == key)
            }
        }
    }
}

/// A name as an id: lower case, without diacritics, words joined by hyphens.
#[must_use]
pub fn slug_of(name: &str) -> String {
    let folded = fold_key(name);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(id: Option<&str>, name: &str) -> Entity {
        Entity { id: id.map(Into::into), name: name.into(), ..Entity::default() }
    }

    #[test]
    fn a_briefings_bare_name_takes_what_the_corpus_knows() {
        let mut erdogan = entity(Some("recep-tayyip-erdogan"), "Recep Tayyip Erdoğan");
        erdogan.kind = Some(Kind::Person);
        erdogan.country = Some("TUR".into());
        erdogan.aliases = vec![Alias { text: "Erdoğan".into(), ..Alias::default() }];
        let known = [erdogan];
        let actor = &declared_actors(&[entity(None, "Erdogan")], &known)[0];
        assert_eq!(
            (actor.id.as_str(), actor.kind, actor.country.as_deref()),
            ("recep-tayyip-erdogan", Kind::Person, Some("TUR"))
        );
        assert!(actor.aliases.iter().any(|alias| alias.text == "Recep Tayyip Erdoğan"));
        let stranger = &declared_actors(&[entity(None, "Sauli Niinistö")], &known)[0];
        assert_eq!((stranger.id.as_str(), stranger.kind), ("sauli-niinisto", Kind::Other));
    }

    #[test]
    fn two_ids_are_two_actors_whatever_their_names() {
        let known = [entity(Some("georgia-us"), "Georgia")];
        let actor = &declared_actors(&[entity(Some("georgia"), "Georgia")], &known)[0];
        assert_eq!(actor.id, "georgia");
    }
}
