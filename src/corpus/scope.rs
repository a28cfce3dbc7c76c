//! For which files the actors of an `actors.yaml` hold, and who they are by name.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::ActorList;
use crate::briefing::Entity;
use crate::text::fold_key;

/// The lists that hold for a file, nearest folder first.
pub fn lists_for<'a>(
    lists: &'a [ActorList],
    file: &'a Path,
) -> impl Iterator<Item = &'a ActorList> {
    file.ancestors().flat_map(|folder| lists.iter().filter(move |list| list.holds_for == folder))
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
        let list =
            |folder: &str, at: usize| ActorList { holds_for: folder.into(), actors: at..at + 1 };
        let lists = [list("a", 0), list("a/b", 1), list("", 2), list("a/c", 3)];
        let found: Vec<_> =
            lists_for(&lists, Path::new("a/b/x.yaml")).map(|list| list.actors.start).collect();
        assert_eq!(found, [1, 0, 2]);
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
