//! What cannot all be true of the actors of one list, or of several that hold for a common file.

use std::collections::HashMap;

use super::known::names_of;
use super::slug_of;
use crate::briefing::{Entity, Matching};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::fold_key;

/// What contradicts itself in a list of actors: two of them with one Wikidata item, and two that
/// are to be looked for by one name. Each finding stands at the later of the two.
#[must_use]
pub fn find_conflicts(actors: &[Entity]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut items: HashMap<&str, &Entity> = HashMap::new();
    let mut names: HashMap<String, &Entity> = HashMap::new();
    for actor in actors {
        if let Some(item) = &actor.wikidata {
            let first = *items.entry(item).or_insert(actor);
            if id_of(first) != id_of(actor) {
                let message = format!("`{item}` is `{}` too", id_of(first));
                let help = "one of the two items is wrong, or both are one actor";
                found.push(at(actor, Code::SHARED_ITEM, message).help(help));
            }
        }
        for name in looked_for(actor) {
            let first = *names.entry(fold_key(name)).or_insert(actor);
            if id_of(first) != id_of(actor) {
                let message = format!("`{name}` is a name of `{}` too", id_of(first));
                let help = "write `{text: …, match: never}` where it is not to be looked for";
                found.push(at(actor, Code::SHARED_NAME, message).help(help));
            }
        }
    }
    found
}

/// What one source (a list, the gazetteer) lays claim to.
#[derive(Debug)]
pub struct Claims<'a> {
    file: &'a str,
    ids: HashMap<&'a str, &'a Entity>,
    items: HashMap<&'a str, &'a Entity>,
    names: HashMap<String, &'a Entity>,
}

impl<'a> Claims<'a> {
    /// The claims of a source; `file` says in words which it is.
    #[must_use]
    pub fn of(file: &'a str, actors: &'a [Entity]) -> Self {
        let mut claims =
            Self { file, ids: HashMap::new(), items: HashMap::new(), names: HashMap::new() };
        for actor in actors {
            if let Some(id) = &actor.id {
                claims.ids.entry(id).or_insert(actor);
            }
            if let Some(item) = &actor.wikidata {
                claims.items.entry(item).or_insert(actor);
            }
            for name in looked_for(actor) {
                claims.names.entry(fold_key(name)).or_insert(actor);
            }
        }
        claims
    }

    /// Where the ids and Wikidata items of another source's actors contradict these claims.
    #[must_use]
    pub fn find_other_items(&self, actors: &[Entity]) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for actor in actors {
            let Some((id, item)) = actor.id.as_deref().zip(actor.wikidata.as_deref()) else {
                continue;
            };
            let first = self.items.get(item).and_then(|first| first.id.as_deref());
            if let Some(first) = first.filter(|first| *first != id) {
                let message = format!("`{item}` is `{first}`, says {}", self.file);
                let help = "one of the two items is wrong, or both are one actor and need one id";
                found.push(at(actor, Code::SHARED_ITEM, message).help(help));
            }
            let first = self.ids.get(id).and_then(|first| first.wikidata.as_deref());
            if let Some(first) = first.filter(|first| *first != item) {
                let message = format!("`{id}` is {first}, says {}", self.file);
                let help = "correct the item, or take another id if somebody else is meant";
                found.push(at(actor, Code::OTHER_ITEM, message).help(help));
            }
        }
        found
    }

    /// The same for claims that an analyst may well put otherwise: one item under two ids counts
    /// only where the two actors have no name in common.
    #[must_use]
    pub fn find_sure_mistakes(&self, actors: &[Entity]) -> Vec<Diagnostic> {
        let is_sure = |actor: &&Entity| {
            let first = actor.wikidata.as_deref().and_then(|item| self.items.get(item));
            first.is_none_or(|first| first.id == actor.id || !share_name(first, actor))
        };
        let sure: Vec<Entity> = actors.iter().filter(is_sure).cloned().collect();
        self.find_other_items(&sure)
    }

    /// Names that another list looks for in texts and gives to other actors. `is_nearer` says that
    /// it lies in a folder below: then it has the say there, and that is worth a note only.
    #[must_use]
    pub fn find_other_names(&self, actors: &[Entity], is_nearer: bool) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for actor in actors.iter().filter(|actor| actor.id.is_some()) {
            for name in looked_for(actor) {
                let Some(first) = self.names.get(&fold_key(name)) else { continue };
                let is_one = first.wikidata.is_some() && first.wikidata == actor.wikidata;
                if is_one || id_of(first) == id_of(actor) {
                    continue;
                }
                let message =
                    format!("`{name}` is a name of `{}` too, says {}", id_of(first), self.file);
                found.push(if is_nearer {
                    let help = format!("here `{}` is meant", id_of(actor));
                    at(actor, Code::NAME_TAKEN, message).help(help)
                } else {
                    let help = "write `{text: …, match: never}` where it is not to be looked for";
                    at(actor, Code::SHARED_NAME, message).help(help)
                });
            }
        }
        found
    }
}

fn share_name(one: &Entity, other: &Entity) -> bool {
    let names: Vec<String> = names_of(one).map(fold_key).collect();
    names_of(other).any(|name| names.contains(&fold_key(name)))
}

fn at(actor: &Entity, code: Code, message: String) -> Diagnostic {
    let finding = Diagnostic::new(code, message);
    match &actor.place {
        Some(place) => finding.at(place.clone()),
        None => finding,
    }
}

fn id_of(actor: &Entity) -> String {
    actor.id.clone().unwrap_or_else(|| slug_of(&actor.name))
}

/// The names by which it is looked for at any time.
fn looked_for(actor: &Entity) -> impl Iterator<Item = &str> {
    let never = |name: &str| {
        let mut aliases = actor.aliases.iter();
        aliases.any(|alias| alias.text == name && alias.matching == Some(Matching::Never))
    };
    let always =
        actor.aliases.iter().filter(|alias| alias.since.is_none() && alias.until.is_none());
    std::iter::once(actor.name.as_str())
        .chain(always.map(|alias| alias.text.as_str()))
        .filter(move |name| !never(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::briefing::read_actors;

    #[test]
    fn one_name_and_one_item_for_two_are_told_at_the_second() {
        for (second, code) in [
            ("{id: b, name: B, aliases: [Wang]}", Some(Code::SHARED_NAME)),
            ("{id: b, name: wang yi}", Some(Code::SHARED_NAME)),
            ("{id: b, name: B, wikidata: Q701801}", Some(Code::SHARED_ITEM)),
            ("{id: b, name: B, aliases: [{text: Wang, match: never}]}", None),
            ("{id: b, name: B, aliases: [{text: Wang, since: 2023}]}", None),
            ("{id: wang-yi, name: Wang Yi, wikidata: Q701801}", None),
        ] {
            let first = "{id: wang-yi, name: Wang Yi, wikidata: Q701801, aliases: [Wang]}";
            let text = format!("actors:\n  - {first}\n  - {second}\n");
            let read = read_actors(text.as_bytes());
            assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
            let found = find_conflicts(&read.actors);
            let shown: Vec<_> = found.iter().map(|one| one.code).collect();
            assert_eq!(shown, Vec::from_iter(code), "{second}");
            let places = found.iter().map(|one| &text[one.place.clone().unwrap().span]);
            assert!(
                places.clone().all(|place| place == second),
                "{:?}",
                places.collect::<Vec<_>>()
            );
        }
    }

    #[test]
    fn one_sources_claims_are_held_against_anothers() {
        let first = "{id: wang-yi, name: Wang Yi, wikidata: Q701801, aliases: [Wang]}";
        for (second, items, sure, names) in [
            ("{id: b, name: B, wikidata: Q701801}", "E043", "E043", ""),
            ("{id: wang, name: Wang Yi, wikidata: Q701801}", "E043", "", ""),
            ("{name: Wang Yi, wikidata: Q701801}", "", "", ""),
            ("{id: wang-yi, name: Wang Yi, wikidata: Q1}", "E044", "E044", ""),
            ("{id: wang-yi, name: Wang Yi, wikidata: Q701801}", "", "", ""),
            ("{id: wang-yi, name: Wang Yi}", "", "", ""),
            ("{id: wang-wenbin, name: Wang Wenbin, aliases: [Wang]}", "", "", "E042"),
            ("{name: Wang}", "", "", ""),
        ] {
            let read = |text: &str| read_actors(format!("- {text}\n").as_bytes()).actors;
            let (first, second_actors) = (read(first), read(second));
            let claims = Claims::of("actors.yaml", &first);
            let codes = |found: Vec<Diagnostic>| {
                found.iter().map(|one| one.code.as_str()).collect::<Vec<_>>().join(" ")
            };
            let of_names = codes(claims.find_other_names(&second_actors, false));
            let of_items = codes(claims.find_other_items(&second_actors));
            let of_sure = codes(claims.find_sure_mistakes(&second_actors));
            assert_eq!((&*of_items, &*of_sure, &*of_names), (items, sure, names), "{second}");
            let nearer = codes(claims.find_other_names(&second_actors, true));
            assert_eq!(nearer, names.replace("E042", "E045"));
        }
    }
}
