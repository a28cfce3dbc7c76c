//! The files of a corpus as they are to be read.

use std::path::{Path, PathBuf};

use crate::corpus::built_in;
use crate::corpus::naming::folder_within;
use crate::corpus::reading::{Content, Input};
use crate::corpus::scan::{Found, split_name};

/// A file that was found.
pub fn input(given: &[PathBuf], found: Found) -> Input {
    Folders::of(given).input(found)
}

/// Names the folders of files, of which most lie in that of the one before.
#[derive(Debug)]
pub struct Folders<'a> {
    given: &'a [PathBuf],
    /// The last folder, and what it is called.
    last: Option<(Vec<u8>, String)>,
}

impl<'a> Folders<'a> {
    /// Of files that were found in what was given.
    pub fn of(given: &'a [PathBuf]) -> Self {
        Self { given, last: None }
    }

    /// The next file.
    pub fn input(&mut self, found: Found) -> Input {
        let Found { path, trouble } = found;
        let content = trouble.map_or(Content::OnDisk, Content::Trouble);
        // A file that was given itself may lie in a folder that was given, too.
        let parent = split_name(&path).0.filter(|_| !self.given.contains(&path));
        let known = self.last.as_ref().filter(|(last, _)| Some(last.as_slice()) == parent);
        if let Some((_, folder)) = known {
            return Input { folder: folder.clone(), path, content };
        }
        let folder = folder_within(self.given, &path);
        self.last = parent.map(|parent| (parent.to_owned(), folder.clone()));
        Input { path, folder, content }
    }
}

/// The files of the sample.
pub fn built_in_inputs() -> Vec<Input> {
    let input = |(path, bytes): (&Path, &'static [u8])| Input {
        folder: folder_within(&[PathBuf::new()], path),
        path: path.to_owned(),
        content: Content::BuiltIn(bytes),
    };
    built_in::files().into_iter().map(input).collect()
}
