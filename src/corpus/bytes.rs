//! The bytes of one file, never more than a briefing may have, and never of what is no file: a pipe
//! that nobody writes to must not stop the reader.

use std::fs::{self, File, FileType, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;

use super::stamp::Stamp;
use crate::briefing::MAX_FILE_BYTES;
use crate::diagnostic::{Code, Diagnostic};

/// A file that was opened and has its size in bytes at that moment.
pub struct Opened {
    file: File,
    /// Bytes; at most [`MAX_FILE_BYTES`].
    pub size: u64,
    /// What it was known by at that moment.
    pub stamp: Stamp,
}

/// What a file is known by now, links followed; `None` where there is none to be seen.
pub fn stamp_of(path: &Path) -> Option<Stamp> {
    fs::metadata(path).ok().as_ref().map(Stamp::of)
}

/// The bytes of a file.
///
/// # Errors
/// Where it is no regular file, larger than [`MAX_FILE_BYTES`], gone, or not to be read: a
/// finding about the file as a whole that says so.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Box<Diagnostic>> {
    open(path)?.read()
}

/// Opens a file. Its kind is asked before and after, so that a pipe put in its place in between
/// neither blocks nor is read.
pub fn open(path: &Path) -> Result<Opened, Box<Diagnostic>> {
    check(&fs::metadata(path).map_err(|error| refused(&error))?)?;
    let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).unwrap_or(0);
    let opened = OpenOptions::new().read(true).custom_flags(flags).open(path);
    let file = opened.map_err(|error| refused(&error))?;
    let facts = file.metadata().map_err(|error| refused(&error))?;
    check(&facts)?;
    Ok(Opened { file, size: facts.len(), stamp: Stamp::of(&facts) })
}

impl Opened {
    /// Reads it to its end.
    pub fn read(self) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.size).unwrap_or(0));
        let read = self.file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|error| refused(&error))?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > MAX_FILE_BYTES { Err(too_large(size).into()) } else { Ok(bytes) }
    }
}

/// A finding that the file as a whole could not be read.
pub fn unreadable(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::UNREADABLE_FILE, message)
}

/// What is wrong with anything but a regular file.
pub fn trouble_of_kind(kind: FileType) -> Option<Diagnostic> {
    let what = if kind.is_file() {
        return None;
    } else if kind.is_dir() {
        let found = unreadable("this is a folder, though it bears the name of a file");
        return Some(found.help("nothing in it is read; give the folder another name"));
    } else if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    };
    Some(unreadable(format!("this is {what}, not a file")))
}

/// What an error of the system means for a file.
pub fn trouble_of_error(error: &io::Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::NotFound => unreadable("the file is gone"),
        ErrorKind::PermissionDenied => {
            unreadable("you may not read it").help("ask its owner, or change its permissions")
        }
        _ if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => {
            unreadable("the link leads to itself")
        }
        _ => unreadable(format!("it could not be read: {error}")),
    }
}

fn refused(error: &io::Error) -> Box<Diagnostic> {
    trouble_of_error(error).into()
}

fn check(facts: &Metadata) -> Result<(), Box<Diagnostic>> {
    match trouble_of_kind(facts.file_type()) {
        Some(trouble) => Err(trouble.into()),
        None if facts.len() > MAX_FILE_BYTES => Err(too_large(facts.len()).into()),
        None => Ok(()),
    }
}

fn too_large(size: u64) -> Diagnostic {
    let (most, has) = (MAX_FILE_BYTES >> 20, size >> 20);
    let has = if has > most { format!("{has} MiB") } else { format!("more than {most} MiB") };
    let message = format!("the file has {has}, and at most {most} MiB are read");
    unreadable(message).help("split it, or keep what is no briefing elsewhere")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_as_large_as_allowed_is_read_and_one_larger_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.yaml");
        let file = File::create(&path).unwrap();
        file.set_len(MAX_FILE_BYTES).unwrap();
        assert_eq!(u64::try_from(read_bytes(&path).unwrap().len()).unwrap(), MAX_FILE_BYTES);
        file.set_len(MAX_FILE_BYTES + 1).unwrap();
        assert!(read_bytes(&path).unwrap_err().message.contains("has more than 64 MiB"));
        file.set_len(200 << 20).unwrap();
        assert!(read_bytes(&path).unwrap_err().message.contains("200 MiB"));
    }

    #[test]
    fn what_is_no_file_is_refused_at_once() {
        for (path, word) in [("/dev/null", "device"), ("/", "folder"), ("/nowhere/x", "gone")] {
            let trouble = read_bytes(Path::new(path)).unwrap_err();
            assert!(trouble.message.contains(word), "{path}: {}", trouble.message);
            assert_eq!(trouble.code, Code::UNREADABLE_FILE);
        }
    }
}
