//! The folders and files that were given to be read together: each is a corpus of its own, with a
//! name by which a query asks for it.

use std::path::Path;

use roaring::RoaringBitmap;

use super::naming::name_of;
use super::{Corpus, CorpusFile, Entry, Origin};
use crate::text::fold_key;

impl Origin {
    /// What each of its roots is called: by the folder, and where two are called the same, by as many of
    /// the folders above as tell them apart.
    #[must_use]
    pub fn roots(&self) -> Vec<String> {
        let Self::Paths(paths) = self else { return vec![self.name()] };
        let mut names: Vec<String> = paths.iter().map(|path| name_of(path)).collect();
        for above in 1..MOST_ABOVE {
            let clashes: Vec<bool> = names
                .iter()
                .map(|name| names.iter().filter(|other| *other == name).count() > 1)
                .collect();
            for ((name, path), clashes) in names.iter_mut().zip(paths).zip(clashes) {
                if let Some(folder) = path.ancestors().nth(above).filter(|_| clashes) {
                    *name = format!("{}/{name}", name_of(folder));
                }
            }
        }
        names
    }

    /// In which of the roots a file lies, from 0.
    #[must_use]
    pub fn root_of(&self, file: &Path) -> usize {
        let Self::Paths(paths) = self else { return 0 };
        if paths.len() < 2 {
            return 0;
        }
        paths.iter().position(|root| file.starts_with(root)).unwrap_or_default()
    }
}

/// Folders above that a name may have.
const MOST_ABOVE: usize = 4;

impl Corpus {
    /// The name of the root in which an entry's file lies, where there are several.
    #[must_use]
    pub fn root_shown(&self, entry: &Entry) -> Option<&str> {
        let file = self.file(entry.file).filter(|_| self.roots.len() > 1)?;
        self.roots.get(file.root).map(String::as_str)
    }

    /// The briefings of the roots of this name, case and diacritics aside; the name of the whole is that
    /// of all.
    #[must_use]
    pub fn of_root(&self, name: &str) -> RoaringBitmap {
        let wanted = fold_key(name);
        let is_whole = fold_key(&self.name) == wanted;
        let wanted: Vec<bool> = self.roots.iter().map(|root| fold_key(root) == wanted).collect();
        let is_in = |file: &CorpusFile| is_whole || wanted.get(file.root) == Some(&true);
        let found = (0..).zip(self.entries.iter());
        found
            .filter(|(_, entry)| self.file(entry.file).is_some_and(is_in))
            .map(|(at, _)| at)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn roots_are_told_apart_by_what_lies_above_them() {
        let roots =
            |paths: &[&str]| Origin::Paths(paths.iter().map(PathBuf::from).collect()).roots();
        assert_eq!(roots(&["asia"]), ["asia"]);
        assert_eq!(roots(&["desk/asia", "desk/europe"]), ["asia", "europe"]);
        assert_eq!(roots(&["a/daily", "b/daily", "c"]), ["a/daily", "b/daily", "c"]);
        assert_eq!(roots(&["x/a/d", "y/a/d"]), ["x/a/d", "y/a/d"]);
        assert_eq!(Origin::BuiltIn.roots(), ["sample"]);
    }
}
