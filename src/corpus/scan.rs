//! Which files a corpus consists of: every `*.yaml` and `*.yml` below the given paths.
//!
//! Nothing is opened here. What bears the name of a briefing and cannot be one (a folder, a pipe, a
//! link that leads nowhere or back) is found too, with what is wrong with it.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::bytes::{trouble_of_error, trouble_of_kind, unreadable};
use crate::diagnostic::Diagnostic;

/// A file that belongs to a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is, beginning with the path that was given.
    pub path: PathBuf,
    /// Why it must not be opened.
    pub trouble: Option<Box<Diagnostic>>,
}

/// Everything that a corpus consists of.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// Its files, sorted by path.
    pub files: Vec<Found>,
    /// The folders that were looked into, those given among them.
    pub folders: Vec<PathBuf>,
    /// Symbolic links on the way, and whatever else could not be walked plainly: below them a file
    /// may bear more names than one.
    pub links: Vec<PathBuf>,
}

/// What stands under a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A file, and no link to one.
    File,
    /// Nothing.
    Nothing,
    /// Anything else, or it cannot be told.
    Other,
}

/// Finds the files below `paths`, sorted by path. Symbolic links are followed; hidden files and
/// folders are passed over, a `.gitignore` is not heeded. A path that is no folder is taken
/// whatever its name. A file that lies below two of the paths is found once.
#[must_use]
pub fn scan(paths: &[PathBuf]) -> Vec<Found> {
    scan_whole(paths).files
}

/// The same, with the folders and links on the way.
#[must_use]
pub fn scan_whole(paths: &[PathBuf]) -> Scan {
    let mut scan = Scan::default();
    for path in paths {
        let first = scan.files.len();
        let Scan { folders, links, .. } = scan_each(path, &mut |file| scan.files.push(file));
        scan.folders.extend(folders);
        scan.links.extend(links);
        if let Some(found) = scan.files.get_mut(first..) {
            found.sort_by(|a, b| in_order(&a.path, &b.path));
        }
    }
    let found = &mut scan.files;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found.dedup_by(|a, b| a.path == b.path);
    if paths.len() > 1 {
        let mut seen = HashSet::new();
        found.retain(|file| fs::canonicalize(&file.path).map_or(true, |path| seen.insert(path)));
    }
    scan
}

/// What [`scan_whole`] finds below one path, but that its files are handed over one by one, in no order:
/// the paths of a large corpus take more memory than all that its reader sees of it.
pub fn scan_each(path: &Path, take: &mut dyn FnMut(Found)) -> Scan {
    let trouble = match fs::metadata(path) {
        Ok(facts) if facts.is_dir() => return walk(path, take),
        Ok(facts) => trouble_of_kind(facts.file_type()),
        Err(error) => Some(trouble_of_error(&error)),
    };
    take(Found { path: path.to_owned(), trouble: trouble.map(Box::new) });
    Scan::default()
}

/// What stands under a path now.
#[must_use]
pub fn standing(path: &Path) -> Standing {
    match fs::symlink_metadata(path) {
        Ok(facts) if facts.is_file() => Standing::File,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Standing::Nothing,
        _ => Standing::Other,
    }
}

/// Where a file really lies, its links followed; `None` where it cannot be told.
#[must_use]
pub fn whole_path(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// Whether a path bears the name of a list of actors, `actors.yaml` or `actors.yml`.
#[must_use]
pub fn is_actors_file(path: &Path) -> bool {
    // Hardly any is, and most are seen not to be without being taken apart.
    let name = bytes_of(path);
    let ends = |with: &[u8]| {
        let end = name.len().checked_sub(with.len()).and_then(|at| name.get(at..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(with))
    };
    let is_plain = name.last().is_some_and(u8::is_ascii_alphanumeric);
    if is_plain && !ends(b"actors.yaml") && !ends(b"actors.yml") {
        return false;
    }
    let stem = path.file_stem().and_then(OsStr::to_str);
    stem.is_some_and(|stem| stem.eq_ignore_ascii_case("actors")) && is_yaml(path)
}

/// Whether a file in a folder of a corpus belongs to it, by its name.
#[must_use]
pub fn is_briefing_name(path: &Path) -> bool {
    is_yaml(path) && !is_hidden(path)
}

fn walk(folder: &Path, take: &mut dyn FnMut(Found)) -> Scan {
    let mut scan = Scan::default();
    let is_hidden = |entry: &DirEntry| split_name(entry.path()).1.starts_with(b".");
    let visible = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry);
    let mut entries = WalkDir::new(folder).follow_links(true).into_iter().filter_entry(visible);
    while let Some(entry) = entries.next() {
        if let Ok(entry) = &entry
            && entry.path_is_symlink()
        {
            scan.links.push(entry.path().to_owned());
        }
        match entry {
            Ok(entry) if entry.depth() == 0 || !is_yaml(entry.path()) => {
                if entry.file_type().is_dir() {
                    scan.folders.push(entry.into_path());
                }
            }
            Ok(entry) => {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                let trouble = trouble_of_kind(entry.file_type());
                take(Found { path: entry.into_path(), trouble: trouble.map(Box::new) });
            }
            Err(error) => {
                scan.links.extend(error.path().map(Path::to_owned));
                found_broken(folder, &error).into_iter().for_each(&mut *take);
            }
        }
    }
    scan
}

/// The order of paths that were found below one folder, as that of paths, which compares them part
/// by part and takes several times as long.
fn in_order(one: &Path, other: &Path) -> Ordering {
    let (one, other) = (bytes_of(one), bytes_of(other));
    let differs = one.iter().zip(other).position(|(a, b)| a != b);
    let at = differs.unwrap_or(one.len().min(other.len()));
    // What ends a name comes before all that goes on with it.
    let rank = |bytes: &[u8]| bytes.get(at).map(|byte| (*byte != b'/').then_some(*byte));
    rank(one).cmp(&rank(other))
}

fn bytes_of(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

/// The parts of a path before and behind its last `/`; nothing before where it has none.
#[must_use]
pub fn split_name(path: &Path) -> (Option<&[u8]>, &[u8]) {
    let bytes = bytes_of(path);
    match memchr::memrchr(b'/', bytes) {
        Some(at) => (bytes.get(..at), bytes.get(at + 1..).unwrap_or_default()),
        None => (None, bytes),
    }
}

/// What could not be walked: worth telling where a briefing may be lost by it.
fn found_broken(folder: &Path, error: &walkdir::Error) -> Option<Found> {
    let path = error.path().unwrap_or(folder);
    if path != folder && is_hidden(path) {
        return None;
    }
    let trouble = match (error.loop_ancestor(), error.io_error()) {
        (Some(ancestor), _) => loops(ancestor),
        (None, Some(io)) => {
            let is_link = fs::symlink_metadata(path).is_ok_and(|facts| facts.is_symlink());
            if !is_yaml(path) && (is_link || io.kind() == std::io::ErrorKind::NotFound) {
                return None;
            }
            match io.kind() {
                std::io::ErrorKind::NotFound if is_link => unreadable("the link leads nowhere"),
                _ => trouble_of_error(io),
            }
        }
        (None, None) => unreadable("it cannot be looked into"),
    };
    Some(Found { path: path.to_owned(), trouble: Some(trouble.into()) })
}

fn loops(ancestor: &Path) -> Diagnostic {
    unreadable(format!("the link leads back to {}, in which it lies", ancestor.display()))
        .help("nothing is missed; remove the link to be rid of this message")
}

fn is_yaml(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str);
    ending.is_some_and(|ending| {
        ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml")
    })
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use proptest::prelude::*;

    use super::*;

    fn found_in(folder: &Path) -> Vec<(String, bool)> {
        let found = scan(&[folder.to_owned()]);
        let name = |file: &Found| file.path.strip_prefix(folder).unwrap().display().to_string();
        found.iter().map(|file| (name(file), file.trouble.is_none())).collect()
    }

    proptest! {
        #[test]
        fn the_quick_order_is_that_of_paths(one in "([ab.!-]{1,3}/){0,2}[ab.!-]{1,3}", other in "([ab.!-]{1,3}/){0,2}[ab.!-]{1,3}") {
            let is_plain = |path: &str| path.split('/').all(|part| part != "." && part != "..");
            prop_assume!(is_plain(&one) && is_plain(&other));
            let [one, other] = [one, other].map(|path| Path::new("x/y").join(path));
            prop_assert_eq!(in_order(&one, &other), one.cmp(&other));
        }

        #[test]
        fn a_list_is_told_by_its_name(path in "(a/)?(x|\\.)?[aA]ctors(\\.(yaml|YML|yml|x))?(/|/\\.)?") {
            let path = Path::new(&path);
            let is_stem = path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("actors"));
            prop_assert_eq!(is_actors_file(path), is_stem && is_yaml(path));
        }
    }

    fn write(path: &Path) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "title: t\n").unwrap();
    }

    #[test]
    fn yaml_files_are_found_in_order_wherever_they_lie() {
        let dir = tempfile::tempdir().unwrap();
        for name in
            ["b.YML", "a/z.yaml", "a.yaml", "notes.txt", ".git/x.yaml", ".x.yaml", "ü/я.yaml"]
        {
            write(&dir.path().join(name));
        }
        fs::write(dir.path().join(".gitignore"), "*.yaml").unwrap();
        let names: Vec<_> = found_in(dir.path()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a/z.yaml", "a.yaml", "b.YML", "ü/я.yaml"]);
    }

    #[test]
    fn what_cannot_be_a_briefing_is_told_and_links_are_followed() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        write(&at("real/a.yaml"));
        write(&at("folder.yaml/inside.yaml"));
        symlink(at("real/a.yaml"), at("linked.yaml")).unwrap();
        symlink(dir.path(), at("real/back")).unwrap();
        symlink("nowhere", at("lost.yaml")).unwrap();
        symlink("nowhere", at("lost")).unwrap();
        symlink("self.yaml", at("self.yaml")).unwrap();
        symlink("nowhere", at(".#a.yaml")).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            at("pipe.yaml"),
            rustix::fs::FileType::Fifo,
            0o600.into(),
            0,
        )
        .unwrap();
        let expected = [
            ("folder.yaml", false),
            ("linked.yaml", true),
            ("lost.yaml", false),
            ("pipe.yaml", false),
            ("real/a.yaml", true),
            ("real/back", false),
            ("self.yaml", false),
        ];
        assert_eq!(found_in(dir.path()), expected.map(|(name, fine)| (name.to_owned(), fine)));
    }

    #[test]
    fn paths_that_overlap_give_each_file_once() {
        let dir = tempfile::tempdir().unwrap();
        write(&dir.path().join("a/x.yaml"));
        write(&dir.path().join("a/plain"));
        let paths =
            ["a", "a/x.yaml", "a/../a", "a/plain", "a/gone"].map(|name| dir.path().join(name));
        let found = scan(&paths);
        let names: Vec<_> =
            found.iter().map(|file| (file.path.clone(), file.trouble.is_none())).collect();
        assert_eq!(found.len(), 3, "{names:?}");
        assert!(found.iter().any(|file| file.path.ends_with("gone") && file.trouble.is_some()));
    }
}
