//! What a corpus and its folders are called.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::Origin;
use crate::text::clean_line;

impl Origin {
    /// The corpus' name on the screen: its folder's, `sample` for the one in the program.
    #[must_use]
    pub fn name(&self) -> String {
        let Self::Paths(paths) = self else { return "sample".to_owned() };
        let name = paths.first().map_or_else(|| "nothing".to_owned(), |path| name_of(path));
        match paths.len() {
            0 | 1 => name,
            n => format!("{name} +{}", n - 1),
        }
    }

    /// What a reader's marks are kept under: the same for the same files, wherever one stands when
    /// naming them.
    #[must_use]
    pub fn key(&self) -> String {
        let Self::Paths(paths) = self else { return "built-in".to_owned() };
        let whole = |path: &PathBuf| fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        let mut keys: Vec<String> =
            paths.iter().map(|path| format!("{}", whole(path).display())).collect();
        keys.sort();
        keys.dedup();
        keys.join("\n")
    }
}

/// A path as it is shown: lossless where it is UTF-8, never with control characters.
pub fn shown_path(path: &Path) -> String {
    clean_line(&path.to_string_lossy()).into_owned()
}

/// The folder of a file within a corpus, parts joined by `/`. Of several roots each gives its own
/// name as the first part.
pub fn folder_within(roots: &[PathBuf], file: &Path) -> String {
    let root = roots.iter().find_map(|root| Some((root, file.strip_prefix(root).ok()?)));
    let Some((root, rest)) = root else { return String::new() };
    let of_root = (roots.len() > 1 && root != file).then(|| name_of(root));
    let parts =
        rest.parent().into_iter().flat_map(Path::components).filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        });
    of_root.into_iter().chain(parts).collect::<Vec<_>>().join("/")
}

/// What a folder or file is called.
pub fn name_of(path: &Path) -> String {
    let named = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = named(path).or_else(|| named(&fs::canonicalize(path).ok()?));
    clean_line(&name.unwrap_or_else(|| path.display().to_string())).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corpus_is_named_for_its_folder() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("briefings");
        fs::create_dir(&folder).unwrap();
        let origin = |paths: &[PathBuf]| Origin::Paths(paths.to_vec());
        assert_eq!(origin(std::slice::from_ref(&folder)).name(), "briefings");
        assert_eq!(origin(&[folder.join("..").join("briefings")]).name(), "briefings");
        assert_eq!(origin(&[folder.join("."), "x".into()]).name(), "briefings +1");
        assert_eq!(Origin::BuiltIn.name(), "sample");
        assert_eq!(origin(&[folder.join("../briefings/.")]).key(), origin(&[folder]).key());
        assert_eq!(origin(&["/".into()]).name(), "/");
    }

    #[test]
    fn folders_are_named_from_the_root_that_was_given() {
        let roots = ["a".into(), "b/c".into()];
        let cases: [(&[PathBuf], &str, &str); 6] = [
            (&roots[..1], "a/x.yaml", ""),
            (&roots[..1], "a/2022/q/x.yaml", "2022/q"),
            (&roots, "b/c/x.yaml", "c"),
            (&roots, "b/c/d/x.yaml", "c/d"),
            (&roots[..1], "elsewhere/x.yaml", ""),
            (&roots, "a", ""),
        ];
        for (roots, file, folder) in cases {
            assert_eq!(folder_within(roots, Path::new(file)), folder, "{file}");
        }
    }
}
