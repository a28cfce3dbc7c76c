//! A file and a folder that nobody but their owner may look into, from before their first byte.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::error::DeskError;

const OWNER_ONLY_FOLDER: u32 = 0o700;
const OWNER_ONLY_FILE: u32 = 0o600;
/// What `SQLite` lays beside a database; it gives these the mode of the database.
const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Makes the folder (0700) and the file (0600) where they are missing, and takes away from others
/// what an existing file lets them do. A folder that is there keeps its mode. A new file gets its
/// name when `write` has put the content into it, so nobody ever sees half of it.
///
/// # Errors
/// What the system says, that something other than a file has this name, or what `write` says.
pub(super) fn ensure(
    file: &Path,
    write: impl FnOnce(&Path) -> Result<(), DeskError>,
) -> Result<(), DeskError> {
    let of_system = |e| DeskError::of_system(file, &e);
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    make_folder(folder).map_err(of_system)?;
    if is_missing(file) {
        let blank = make_blank(folder).map_err(of_system)?;
        // A log that outlived its database would be taken for that of the new one; of an empty
        // file SQLite knows that it can have none, and removes it.
        if companions(file).all(|path| is_missing(&path)) {
            let written = write(&blank);
            for left in companions(&blank).filter(|path| !is_missing(path)) {
                fs::remove_file(left).map_err(of_system)?;
            }
            written?;
        }
        give_name(blank, file).map_err(of_system)?;
    }
    close_to_others(file).map_err(of_system)
}

fn is_missing(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|e| e.kind() == io::ErrorKind::NotFound)
}

fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(OWNER_ONLY_FOLDER).create(folder)
}

/// An empty file of a random name, closed: a descriptor of ours that is closed when others have
/// the file open would drop the locks of every desk of this process on it (POSIX `fcntl`).
fn make_blank(folder: &Path) -> io::Result<TempPath> {
    let owner_only = || Permissions::from_mode(OWNER_ONLY_FILE);
    let mut recipe = tempfile::Builder::new();
    let blank = recipe.prefix(".desk-").permissions(owner_only()).tempfile_in(folder)?;
    // A umask may have taken the owner's own rights; not every file system can give them back.
    let _ = fs::set_permissions(&blank, owner_only());
    Ok(blank.into_temp_path())
}

/// Another program may have been quicker: then its file is the one.
fn give_name(blank: TempPath, file: &Path) -> io::Result<()> {
    match blank.persist_noclobber(file) {
        Err(e) if e.error.kind() != io::ErrorKind::AlreadyExists => Err(e.error),
        _ => Ok(()),
    }
}

fn close_to_others(file: &Path) -> io::Result<()> {
    if !fs::metadata(file)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    for path in std::iter::once(file.to_owned()).chain(companions(file)) {
        let Ok(found) = fs::metadata(&path) else { continue };
        let mode = found.permissions().mode();
        if found.is_file() && mode & 0o077 != 0 {
            // Some file systems have one mode for all; marks are kept there all the same.
            let _ = fs::set_permissions(&path, Permissions::from_mode(mode & 0o700));
        }
    }
    Ok(())
}

fn companions(file: &Path) -> impl Iterator<Item = PathBuf> {
    COMPANIONS.iter().map(move |end| {
        let mut name = OsString::from(file);
        name.push(end);
        PathBuf::from(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_is_missing_is_made_for_the_owner_only() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("state/chancery");
        let file = folder.join("desk.sqlite");
        ensure(&file, |blank| {
            assert_eq!((mode(&folder), mode(blank)), (0o700, 0o600));
            assert!(!file.exists());
            fs::write(blank, "content").unwrap();
            Ok(())
        })
        .unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "content");
        assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
        assert_eq!(mode(&home.path().join("state")), 0o700);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing else is left there");
    }

    #[test]
    fn what_is_there_keeps_its_content_and_loses_its_openness() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("desk.sqlite");
        for path in [file.clone(), home.path().join("desk.sqlite-wal")] {
            fs::write(&path, "kept").unwrap();
            fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
            ensure(&file, |_| Ok(())).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), "kept");
            assert_eq!(mode(&path), 0o600);
        }
    }

    #[test]
    fn what_cannot_be_filled_leaves_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("desk.sqlite");
        let full = DeskError::Full { file: file.clone() };
        assert_eq!(ensure(&file, |_| Err(full.clone())), Err(full));
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    fn only_a_file_will_do() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("desk.sqlite");
        fs::create_dir(&folder).unwrap();
        ensure(&folder, |_| Ok(())).unwrap_err();
        std::os::unix::fs::symlink("nowhere", home.path().join("dangling")).unwrap();
        ensure(&home.path().join("dangling"), |_| Ok(())).unwrap_err();
    }
}
