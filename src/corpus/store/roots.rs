//! Of which folders an index is, and how its name follows from them.

use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::checksum::checksum;
use super::folder::ENDING;

/// One of the folders (or files) of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Root {
    /// Where it is, without links on the way.
    pub path: PathBuf,
    /// Device and inode; zeros where there is nothing.
    pub identity: (u64, u64),
}

impl Root {
    fn of(path: &Path) -> Self {
        let whole = fs::canonicalize(path).or_else(|_| std::path::absolute(path));
        let facts = fs::metadata(path);
        Self {
            path: whole.unwrap_or_else(|_| path.to_owned()),
            identity: facts.map_or((0, 0), |facts| (facts.dev(), facts.ino())),
        }
    }

    /// Whether this is the folder that another program knew, in another place by now.
    pub(super) fn was(&self, known: &Self) -> bool {
        let is_gone = || fs::symlink_metadata(&known.path).is_err();
        self.identity == known.identity
            && known.identity != (0, 0)
            && (self.path == known.path || is_gone())
    }
}

/// The folders of a corpus in their order.
pub(super) fn roots_of(paths: &[PathBuf]) -> Vec<Root> {
    paths.iter().map(|path| Root::of(path)).collect()
}

/// The name of the index of a corpus. The same folders in another order are another corpus.
pub(super) fn file_name(roots: &[Root]) -> String {
    let mut all = Vec::new();
    for root in roots {
        all.extend_from_slice(root.path.as_os_str().as_bytes());
        // No path holds it.
        all.push(0);
    }
    format!("index-{:016x}.{ENDING}", checksum(&all))
}

/// A path as a database keeps it: NUL between its parts, so that bytes sort as [`Path`]s do.
pub(super) fn sortable(path: &Path) -> Vec<u8> {
    let bytes = path.as_os_str().as_bytes();
    bytes.iter().map(|byte| if *byte == b'/' { 0 } else { *byte }).collect()
}

/// The path of which [`sortable`] made this.
pub(super) fn path_of(sortable: &[u8]) -> PathBuf {
    let bytes = sortable.iter().map(|byte| if *byte == 0 { b'/' } else { *byte });
    OsString::from_vec(bytes.collect()).into()
}
