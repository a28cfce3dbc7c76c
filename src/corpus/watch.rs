//! Being told of what changes in the folders of a corpus, by the system's own way of telling, and
//! what of it puts a file in doubt.
//!
//! What an editor writes beside a file while it saves (`.x.yaml.swp`, `x.yaml~`, `4913`) does not;
//! nor does reading, our own least of all. Deliberately absent: gathering what is told, and time.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf, absolute};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RemoveKind};
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};
use rustix::fs::statfs;

use super::memory::{Doubt, Memory};
use super::scan::is_briefing_name;
use super::stamp::Stamp;

/// Why changes are not told, or not all of them, so that one has to look now and then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unwatched {
    /// The system watches no more folders for us.
    #[error("the system watches no more folders (on Linux: fs.inotify.max_user_watches)")]
    Limit,
    /// What others write there is not told to us.
    #[error("this filesystem does not tell of changes made elsewhere")]
    Filesystem,
    /// The system refused.
    #[error("changes are not told: {0}")]
    Refused(String),
}

/// What a system tells of.
pub type Told = notify::Result<Event>;

/// Folders that are watched.
#[derive(Debug)]
pub struct Watch {
    watcher: RecommendedWatcher,
    /// Each by its whole path, with what it was by then.
    watched: BTreeMap<PathBuf, Option<Stamp>>,
}

/// What is watched, and by which names the corpus knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ground {
    /// Folders of the corpus: the whole path, and the path of the corpus.
    folders: HashMap<PathBuf, PathBuf>,
    /// Single files on which it rests too, and their folders.
    files: BTreeSet<PathBuf>,
    beside: BTreeSet<PathBuf>,
}

/// What came of watching.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// Folders are watched that were not before: what happened in them until now is not told.
    pub is_new: bool,
    /// A folder is not there, and its coming will not be told.
    pub is_missing: bool,
    /// Why what happens in some of them is not told.
    pub trouble: Option<Unwatched>,
}

impl Ground {
    /// On what a corpus as loaded rests.
    #[must_use]
    pub fn of(memory: &Memory) -> Self {
        let whole = |path: &Path| absolute(path).unwrap_or_else(|_| path.to_owned());
        let files: BTreeSet<PathBuf> = memory.files_beyond().iter().map(|p| whole(p)).collect();
        let beside = files.iter().filter_map(|file| file.parent()).map(Path::to_owned).collect();
        let folders =
            memory.folders().iter().map(|folder| (whole(folder), folder.clone())).collect();
        Self { folders, files, beside }
    }

    /// Which files something that was told puts in doubt, if any.
    #[must_use]
    pub fn doubt(&self, told: &Told) -> Option<Doubt> {
        let event = match told {
            Err(_) => return Some(Doubt::Everything),
            Ok(event) if event.need_rescan() => return Some(Doubt::Everything),
            Ok(event) => event,
        };
        let is_write = EventKind::Access(AccessKind::Close(AccessMode::Write));
        if event.kind.is_access() && event.kind != is_write {
            return None;
        }
        let doubts = event.paths.iter().filter_map(|path| self.doubt_of(event.kind, path));
        doubts.reduce(Doubt::and)
    }

    fn doubt_of(&self, kind: EventKind, path: &Path) -> Option<Doubt> {
        if self.files.contains(path) || self.folders.contains_key(path) {
            // Of a folder it is told, too, when its time of access moves.
            let is_idle = matches!(kind, EventKind::Modify(ModifyKind::Metadata(_)));
            let is_folder = self.folders.contains_key(path);
            return (!is_idle || !is_folder).then_some(Doubt::Everything);
        }
        let folder = self.folders.get(path.parent()?)?;
        let is_hidden = path.file_name()?.as_encoded_bytes().starts_with(b".");
        let of_folder = matches!(
            kind,
            EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder)
        );
        // What was renamed may be a folder, and is not told to be.
        let may_be_folder = of_folder
            || matches!(kind, EventKind::Modify(ModifyKind::Name(_))) && path.extension().is_none();
        if is_hidden {
            None
        } else if may_be_folder {
            Some(Doubt::Everything)
        } else if is_briefing_name(path) {
            Some(Doubt::Files([folder.join(path.file_name()?)].into()))
        } else {
            let is_unclear = matches!(kind, EventKind::Modify(ModifyKind::Name(_)));
            (is_unclear && path.is_dir()).then_some(Doubt::Everything)
        }
    }
}

impl Watch {
    /// Watches nothing yet; `tell` is called on a thread of its own.
    ///
    /// # Errors
    /// Where the system does not watch for us at all.
    pub fn new(tell: impl FnMut(Told) + Send + 'static) -> Result<Self, Unwatched> {
        let watcher = notify::recommended_watcher(tell).map_err(reason)?;
        Ok(Self { watcher, watched: BTreeMap::new() })
    }

    /// Watches the folders of this ground and no others.
    pub fn cover(&mut self, ground: &Ground) -> Covered {
        let wanted = ground.folders.keys().chain(&ground.beside);
        let wanted: BTreeMap<PathBuf, Option<Stamp>> =
            wanted.map(|folder| (folder.clone(), super::bytes::stamp_of(folder))).collect();
        let is_same = |a: &Option<Stamp>, b: &Option<Stamp>| {
            a.zip(*b).is_some_and(|(a, b)| a.is_same_file(&b))
        };
        let gone = |(path, was): (&PathBuf, &Option<Stamp>)| {
            let stays = wanted.get(path).is_some_and(|now| is_same(was, now));
            (!stays).then(|| path.clone())
        };
        for path in self.watched.iter().filter_map(gone).collect::<Vec<_>>() {
            self.watched.remove(&path);
            // Of what is gone the watch has gone, too.
            let _ = self.watcher.unwatch(&path);
        }
        let mut covered = Covered::default();
        for (path, stamp) in wanted {
            if self.watched.contains_key(&path) {
                continue;
            }
            if stamp.is_none() {
                covered.is_missing = true;
                continue;
            }
            match self.watcher.watch(&path, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    covered.is_new = true;
                    if is_told_elsewhere(&path) {
                        covered.trouble = covered.trouble.or(Some(Unwatched::Filesystem));
                    }
                    self.watched.insert(path, stamp);
                }
                // What cannot be looked into holds nothing for us, what is gone neither.
                Err(error) if is_harmless(&error) => {}
                Err(error) => covered.trouble = Some(reason(error)),
            }
        }
        covered
    }
}

fn is_harmless(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => matches!(
            error.kind(),
            std::io::ErrorKind::NotFound
                | std::io::ErrorKind::PermissionDenied
                | std::io::ErrorKind::NotADirectory
        ),
        _ => false,
    }
}

fn reason(error: notify::Error) -> Unwatched {
    match error.kind {
        ErrorKind::MaxFilesWatch => Unwatched::Limit,
        // EMFILE: the user has as many watchers as he may.
        ErrorKind::Io(error) if error.raw_os_error() == Some(24) => Unwatched::Limit,
        _ => Unwatched::Refused(error.to_string()),
    }
}

/// Filesystems that others write to without this system knowing, by the magic numbers of statfs(2).
const ELSEWHERE: [u32; 9] = [
    0x6969,      // NFS
    0x517B,      // SMB
    0xFF53_4D42, // CIFS
    0xFE53_4D42, // SMB2
    0x0102_1997, // 9P, as of a virtual machine
    0x6573_5546, // FUSE, such as sshfs
    0x786F_4256, // VirtualBox
    0x00C3_6400, // Ceph
    0x5346_414F, // AFS
];

fn is_told_elsewhere(path: &Path) -> bool {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the numbers have 32 bits, in a field that systems make as wide as they like"
    )]
    statfs(path).is_ok_and(|facts| ELSEWHERE.contains(&(facts.f_type as u32)))
}

#[cfg(test)]
mod tests {
    use notify::event::{DataChange, MetadataKind, RenameMode};

    use super::*;

    fn ground() -> Ground {
        let folder = |whole: &str, own: &str| (PathBuf::from(whole), PathBuf::from(own));
        Ground {
            folders: [folder("/c", "c"), folder("/c/in", "c/in")].into(),
            files: [PathBuf::from("/actors.yaml")].into(),
            beside: [PathBuf::from("/")].into(),
        }
    }

    #[test]
    fn only_what_may_be_a_briefing_is_doubted() {
        let all = Some(Doubt::Everything);
        let some = |path: &str| Some(Doubt::Files([PathBuf::from(path)].into()));
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        let read = EventKind::Access(AccessKind::Open(AccessMode::Any));
        let data = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let facts = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
        let moved = EventKind::Modify(ModifyKind::Name(RenameMode::To));
        let made = EventKind::Create(CreateKind::File);
        let folder_made = EventKind::Create(CreateKind::Folder);
        let removed = EventKind::Remove(RemoveKind::File);
        let folder_removed = EventKind::Remove(RemoveKind::Folder);
        let cases = [
            (data, "/c/a.yaml", some("c/a.yaml")),
            (written, "/c/in/a.YML", some("c/in/a.YML")),
            (moved, "/c/in/actors.yaml", some("c/in/actors.yaml")),
            (removed, "/c/a.yaml", some("c/a.yaml")),
            (facts, "/c/a.yaml", some("c/a.yaml")),
            (read, "/c/a.yaml", None),
            (read, "/c", None),
            (written, "/c/.a.yaml.swp", None),
            (made, "/c/4913", None),
            (made, "/c/a.yaml~", None),
            (moved, "/c/a.yaml~", None),
            (made, "/c/.#a.yaml", None),
            (made, "/c/#a.yaml#", None),
            (data, "/c/notes.txt", None),
            (folder_made, "/c/new", all.clone()),
            (folder_made, "/c/.git", None),
            (folder_removed, "/c/in", all.clone()),
            (moved, "/c/renamed", all.clone()),
            (moved, "/c/in", all.clone()),
            (facts, "/c/in", None),
            (data, "/actors.yaml", all.clone()),
            (removed, "/actors.yaml", all.clone()),
            (data, "/other.yaml", None),
            (data, "/elsewhere/a.yaml", None),
        ];
        for (kind, path, expected) in cases {
            let told = Ok(Event::new(kind).add_path(path.into()));
            assert_eq!(ground().doubt(&told), expected, "{kind:?} {path}");
        }
    }

    #[test]
    fn where_something_was_missed_everything_is_doubted() {
        let missed = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        assert_eq!(ground().doubt(&Ok(missed)), Some(Doubt::Everything));
        assert_eq!(ground().doubt(&Err(notify::Error::generic("x"))), Some(Doubt::Everything));
        let both = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        let renamed = Event::new(both).add_path("/c/a.yaml".into()).add_path("/c/in/b.yaml".into());
        let doubted = [PathBuf::from("c/a.yaml"), PathBuf::from("c/in/b.yaml")];
        assert_eq!(ground().doubt(&Ok(renamed)), Some(Doubt::Files(doubted.into())));
    }
}
