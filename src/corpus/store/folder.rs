//! The folder in which indexes lie, and what is done to whole files in it: nobody but their owner
//! may look into them, and only one at a time makes, renames or removes one.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::StoreError;

const OWNER_ONLY_FOLDER: u32 = 0o700;
const OWNER_ONLY_FILE: u32 = 0o600;
/// What `SQLite` lays beside a database; it gives these the mode of the database.
const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];
/// Locked while a file of the folder is opened, made, renamed or removed.
const LOCK: &str = ".lock";
const BLANK: &str = ".making-";
/// How a database's name ends.
pub(super) const ENDING: &str = "sqlite";

/// The folder, locked for as long as this lives: for the milliseconds in which a database is opened,
/// made, renamed or removed.
///
/// A descriptor of a database itself is never opened here: closing one would drop the locks of
/// every connection of this process to it (POSIX `fcntl`).
#[derive(Debug)]
pub(super) struct Folder<'a> {
    path: &'a Path,
    _lock: File,
}

impl<'a> Folder<'a> {
    /// The folder, made (0700) where it is missing; one that is there keeps its mode.
    pub(super) fn locked(path: &'a Path) -> Result<Self, StoreError> {
        let of_system = |e| StoreError::of_system(path, &e);
        if !path.is_dir() {
            let mut recipe = DirBuilder::new();
            recipe.recursive(true).mode(OWNER_ONLY_FOLDER).create(path).map_err(of_system)?;
        }
        let mut recipe = OpenOptions::new();
        recipe.create(true).append(true).mode(OWNER_ONLY_FILE);
        let lock = recipe.open(path.join(LOCK)).map_err(of_system)?;
        lock.lock().map_err(|error| StoreError::Lockless {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        Ok(Self { path, _lock: lock })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.path
    }

    /// Says to others, for as long as the file lives that it gives, that a database is in use; and
    /// whether nobody else uses it at this moment.
    pub(super) fn share(&self, file: &Path) -> Result<(File, bool), StoreError> {
        let path = lock_of(file);
        let of_system = |e| StoreError::of_system(self.path, &e);
        let mut recipe = OpenOptions::new();
        recipe.create(true).append(true).mode(OWNER_ONLY_FILE);
        let lock = recipe.open(path).map_err(of_system)?;
        // Nobody else changes his lock meanwhile: he would need the folder's.
        let is_alone = lock.try_lock().is_ok();
        if let Err(TryLockError::Error(error)) = lock.try_lock_shared() {
            return Err(StoreError::Lockless {
                path: self.path.to_owned(),
                reason: error.to_string(),
            });
        }
        Ok((lock, is_alone))
    }

    /// Makes a database of this name, whole or not at all: `write` is given the path of an empty file.
    pub(super) fn make(
        &self,
        file: &Path,
        write: impl FnOnce(&Path) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let of_system = |e| StoreError::of_system(self.path, &e);
        self.remove_unfinished();
        let mut recipe = tempfile::Builder::new();
        recipe.prefix(BLANK).permissions(Permissions::from_mode(OWNER_ONLY_FILE));
        let blank = recipe.tempfile_in(self.path).map_err(of_system)?.into_temp_path();
        let written = write(&blank);
        for path in companions(&blank) {
            remove_file(&path).map_err(of_system)?;
        }
        written?;
        // A log that outlived its database would be taken for that of the new one.
        self.remove(file)?;
        blank.persist(file).map_err(|e| of_system(e.error))
    }

    /// Removes a database with all that lies beside it. Whoever has it open goes on with it as it
    /// is, and what he writes is gone when he closes it.
    pub(super) fn remove(&self, file: &Path) -> Result<(), StoreError> {
        let beside = companions(file).chain([lock_of(file)]);
        for path in std::iter::once(file.to_owned()).chain(beside) {
            remove_file(&path).map_err(|e| StoreError::of_system(self.path, &e))?;
        }
        Ok(())
    }

    /// Gives a closed database of this folder another name; whether it was one.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<bool> {
        let is_ours = [from, to].iter().all(|path| path.parent() == Some(self.path));
        if !is_ours || companions(from).any(|path| path.exists()) {
            return Ok(false);
        }
        companions(to).try_for_each(|path| remove_file(&path))?;
        remove_file(&lock_of(from))?;
        fs::rename(from, to).map(|()| true)
    }

    /// The databases of the folder, sorted.
    pub(super) fn databases(&self) -> Vec<PathBuf> {
        let mut all = self.paths();
        all.retain(|path| path.extension().is_some_and(|ending| ending == ENDING));
        all.sort();
        all
    }

    /// What was being made by a program that was killed over it.
    fn remove_unfinished(&self) {
        for path in self.paths() {
            let name = path.file_name().unwrap_or_default().as_encoded_bytes();
            if name.starts_with(BLANK.as_bytes()) {
                let _ = fs::remove_file(path);
            }
        }
    }

    fn paths(&self) -> Vec<PathBuf> {
        let found = fs::read_dir(self.path).into_iter().flatten();
        found.filter_map(|found| Some(found.ok()?.path())).collect()
    }
}

/// Whether a database of this name is there.
pub(super) fn is_there(file: &Path) -> bool {
    fs::symlink_metadata(file).is_ok()
}

/// Takes away from others what a database and its companions let them do.
pub(super) fn close_to_others(file: &Path) -> Result<(), StoreError> {
    let facts = fs::metadata(file).map_err(|e| StoreError::of_system(file, &e))?;
    if !facts.is_file() {
        let reason = "something other than a file has its name".to_owned();
        return Err(StoreError::Unwritable { path: file.to_owned(), reason });
    }
    for path in std::iter::once(file.to_owned()).chain(companions(file)) {
        let Ok(found) = fs::metadata(&path) else { continue };
        let mode = found.permissions().mode();
        if found.is_file() && mode & 0o077 != 0 {
            // Some file systems have one mode for all.
            let _ = fs::set_permissions(&path, Permissions::from_mode(mode & 0o700));
        }
    }
    Ok(())
}

/// Bytes on the disk of a database and its log.
pub(super) fn size(file: &Path) -> u64 {
    let all = std::iter::once(file.to_owned()).chain(companions(file).take(1));
    all.filter_map(|path| fs::metadata(path).ok()).map(|facts| facts.len()).sum()
}

/// When a database or its log was written last, since the epoch.
pub(super) fn written(file: &Path) -> Duration {
    let all = std::iter::once(file.to_owned()).chain(companions(file).take(1));
    let facts = all.filter_map(|path| fs::metadata(path).ok()).filter(|facts| facts.len() > 0);
    let seconds = facts.map(|facts| facts.mtime()).max().unwrap_or_default();
    Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
}

/// The file on which is locked who has a database open: hidden, for it is none of what is kept.
fn lock_of(file: &Path) -> PathBuf {
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}{LOCK}"))
}

fn companions(file: &Path) -> impl Iterator<Item = PathBuf> {
    COMPANIONS.iter().map(move |end| {
        let mut name = OsString::from(file);
        name.push(end);
        PathBuf::from(name)
    })
}

fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
