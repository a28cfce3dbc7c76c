//! The sample corpus inside the program; reading it touches no disk.

use std::path::Path;

use include_dir::{Dir, DirEntry, include_dir};

static BRIEFINGS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/briefings");

/// The files of the sample corpus, sorted by path: each with its path and bytes.
#[must_use]
pub fn files() -> Vec<(&'static Path, &'static [u8])> {
    let mut files = Vec::new();
    let mut folders = vec![&BRIEFINGS];
    while let Some(folder) = folders.pop() {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(folder) => folders.push(folder),
                DirEntry::File(file) => files.push((file.path(), file.contents())),
            }
        }
    }
    files.sort_unstable();
    files
}
