//! For which files the actors of an `actors.yaml` hold, and who they are by name.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::ActorList;
use super::gazetteer::Gazetteer;
use crate::actor::{DeclaredList, Knowledge, ListId, MentionFinder, Registry};
use crate::briefing::Entity;
use crate::text::fold_key;

/// The lists that hold for a file, nearest folder first.
pub fn lists_for(lists: &[ActorList], file: &Path) -> impl Iterator<Item = ListId> {
    let mut found: Vec<ListId> = Vec::new();
    for folder in file.ancestors() {
        for (list, id) in lists.iter().zip(0u32..) {
            let id = ListId(id);
            if list.holds_for.iter().any(|held| held == folder) && !found.contains(&id) {
                found.push(id);
            }
        }
    }
    found.into_iter()
}

/// Whether two lists hold for a common file.
pub fn meet(lists: &[ActorList], one: ListId, other: ListId) -> bool {
    let held = |id: ListId| lists.get(id.0 as usize).into_iter().flat_map(|list| &list.holds_for);
    held(one).any(|a| held(other).any(|b| a.starts_with(b) || b.starts_with(a)))
}

/// What the lists of a corpus say of actors, and the gazetteer.
#[derive(Debug)]
pub struct Declarations {
    actors: Arc<[Entity]>,
    lists: Vec<ActorList>,
    gazetteer: Gazetteer,
}

impl Knowledge for Declarations {
    fn registry(&self) -> Registry {
        let lists = &self.lists;
        let actors_of = |list: &ActorList| self.actors.get(list.actors.clone()).unwrap_or_default();
        let declared: Vec<DeclaredList<'_>> = lists
            .iter()
            .map(|list| DeclaredList { file: &list.shown, actors: actors_of(list) })
            .collect();
        let gazetteer = self.gazetteer.actors();
        Registry::of_lists(&declared, &|one, other| meet(lists, one, other), gazetteer)
    }
}

/// Who finds everybody of the lists and of the gazetteer.
pub fn finder_of(
    actors: &Arc<[Entity]>,
    lists: &[ActorList],
    gazetteer: Gazetteer,
) -> Arc<MentionFinder> {
    let known = Declarations { actors: Arc::clone(actors), lists: lists.to_vec(), gazetteer };
    Arc::new(MentionFinder::of(Arc::new(known)))
}

/// All names by which actors are known, folder by folder.
#[derive(Debug, Default)]
pub struct KnownNames {
    folders: HashMap<PathBuf, HashSet<String>>,
}

impl KnownNames {
    /// Adds the actors of a folder.
    pub fn add(&mut self, holds_for: &Path, actors: &[Entity]) {
        let names = self.folders.entry(holds_for.to_owned()).or_default();
        for actor in actors {
            let aliases = actor.aliases.iter().map(|alias| alias.text.as_str());
            let all = actor.id.as_deref().into_iter().chain([actor.name.as_str()]).chain(aliases);
            names.extend(all.map(fold_key));
        }
    }

    /// Whether a name is declared for a file: an id, name or alias, case and diacritics aside.
    pub fn knows(&self, file: &Path, name: &str) -> bool {
        let key = fold_key(name);
        file.ancestors()
            .any(|folder| self.folders.get(folder).is_some_and(|names| names.contains(&key)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::briefing::Alias;

    #[test]
    fn a_list_holds_for_its_folder_and_below_nearest_first() {
        let list = |folders: &[&str]| ActorList {
            shown: String::new(),
            holds_for: folders.iter().map(PathBuf::from).collect(),
            actors: 0..0,
        };
        let lists = [list(&["a", "x"]), list(&["a/b"]), list(&["", "a"]), list(&["a/c"])];
        let found: Vec<_> = lists_for(&lists, Path::new("a/b/x.yaml")).map(|list| list.0).collect();
        assert_eq!(found, [1, 0, 2]);
        for (one, other, expected) in [(0, 1, true), (1, 3, false), (2, 3, true), (0, 2, true)] {
            assert_eq!(meet(&lists, ListId(one), ListId(other)), expected, "{one} {other}");
        }
    }

    #[test]
    fn names_are_known_below_their_folder_only() {
        let alias = Alias { text: "Zelensky".into(), ..Alias::default() };
        let actor = Entity {
            id: Some("zelenskyy".into()),
            name: "Volodymyr Zelenskyy".into(),
            aliases: vec![alias],
            ..Entity::default()
        };
        let mut known = KnownNames::default();
        known.add(Path::new("a"), &[actor]);
        for name in ["zelenskyy", "Zelensky", "volodymyr zelenskyy"] {
            assert!(known.knows(Path::new("a/b/x.yaml"), name), "{name}");
            assert!(!known.knows(Path::new("b/x.yaml"), name), "{name}");
        }
        assert!(!known.knows(Path::new("a/x.yaml"), "Zele"));
    }
}
