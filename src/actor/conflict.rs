//! What cannot all be true of the actors of one list.

use std::collections::HashMap;

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
}
