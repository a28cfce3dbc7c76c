//! The built-in gazetteer: states, their capitals, organisations and the office-holders of 2022 to
//! 2024, as files of the format of `actors.yaml` inside the program.

use crate::briefing::{Entity, read_actors};

const FILES: [&str; 4] = [
    include_str!("../../assets/gazetteer/states.yaml"),
    include_str!("../../assets/gazetteer/places.yaml"),
    include_str!("../../assets/gazetteer/organisations.yaml"),
    include_str!("../../assets/gazetteer/people.yaml"),
];

/// Reads it: some 1,000 actors, their places in the files left out. It takes about as long as
/// reading a hundred briefings, so whoever holds it reads it once.
#[must_use]
pub fn read_gazetteer() -> Vec<Entity> {
    FILES.iter().flat_map(|file| read_gazetteer_file(file)).collect()
}

/// Reads one of its files, so that several can be read at once.
#[must_use]
pub fn read_gazetteer_file(file: &str) -> Vec<Entity> {
    let all = read_actors(file.as_bytes()).actors.into_iter();
    all.map(|entity| Entity { place: None, ..entity }).collect()
}

/// Its files as they are: whoever keeps what was read of them knows by these whether it still holds.
#[must_use]
pub const fn gazetteer_files() -> [&'static str; 4] {
    FILES
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    #[test]
    fn the_files_are_clean_and_their_ids_their_own() {
        for file in FILES {
            let read = read_actors(file.as_bytes());
            assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        }
        let all = read_gazetteer();
        let mut ids = HashSet::new();
        let mut items = HashMap::new();
        for actor in &all {
            let id = actor.id.as_deref().unwrap();
            assert!(ids.insert(id), "{id} twice");
            if let Some(item) = &actor.wikidata {
                assert_eq!(items.insert(item, id), None, "{id}");
            }
        }
        for actor in &all {
            let held = actor.stands_for.as_deref();
            assert!(held.is_none_or(|id| ids.contains(id)), "{}", actor.name);
        }
    }

    #[test]
    fn every_row_of_the_reference_is_in_it() {
        let all = read_gazetteer();
        let count = |kind| all.iter().filter(|actor| actor.kind == Some(kind)).count();
        assert_eq!(count(crate::briefing::Kind::State), 197);
        assert_eq!(count(crate::briefing::Kind::Person), 295);
        let china = all.iter().find(|actor| actor.id.as_deref() == Some("china")).unwrap();
        assert_eq!(china.demonyms, ["Chinese"]);
        assert!(china.aliases.iter().any(|alias| alias.text == "Китай"));
    }
}
