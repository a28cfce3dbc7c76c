//! Why a desk could not be opened, read or written, in words for the person whose desk it is.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};
use thiserror::Error;

/// Why marks cannot be kept or fetched. Each message says what, which file, and how to mend it.
///
/// Paths stand in the message as they are: clean it before it goes to a terminal.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DeskError {
    /// The file or its folder cannot be made, opened or written: permission, a read-only disk, a
    /// file where a folder should be.
    #[error(
        "reading marks cannot be kept in {}: {reason}; make the file and its folder writable, \
         or set XDG_STATE_HOME to a folder that is",
        file.display()
    )]
    Unwritable {
        /// The desk's file.
        file: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The disk or the quota is used up.
    #[error("no space left to keep reading marks in {}; free some on that disk", file.display())]
    Full {
        /// The desk's file.
        file: PathBuf,
    },
    /// The file is no database, or another program's.
    #[error(
        "{} is not a file of reading marks and is left as it is; move it away and a new one is made",
        file.display()
    )]
    Foreign {
        /// The desk's file.
        file: PathBuf,
    },
    /// The file is a desk whose content does not hold together.
    #[error(
        "{} is damaged ({reason}) and is left as it is; put a backup in its place, or move it \
         away and a new one is made",
        file.display()
    )]
    Damaged {
        /// The desk's file.
        file: PathBuf,
        /// What `SQLite` found.
        reason: String,
    },
    /// A later chancery wrote the file.
    #[error(
        "{} was written by a newer chancery (its version {found}, known here up to {known}) and \
         is left as it is; update this chancery",
        file.display()
    )]
    Newer {
        /// The desk's file.
        file: PathBuf,
        /// The version found in the file.
        found: usize,
        /// The newest version that this program knows.
        known: usize,
    },
    /// Another program kept the file locked for longer than one waits.
    #[error("{} is locked by another program; end that program, then try again", file.display())]
    Locked {
        /// The desk's file.
        file: PathBuf,
    },
    /// Anything else, such as a failing disk.
    #[error("reading marks in {} could not be read or written: {reason}", file.display())]
    Failed {
        /// The desk's file.
        file: PathBuf,
        /// What `SQLite` says.
        reason: String,
    },
}

/// Without the passing name of a file in the making, which would only puzzle.
fn innermost(error: &io::Error) -> String {
    let cause = error.get_ref().and_then(|outer| outer.source());
    cause.map_or_else(|| error.to_string(), ToString::to_string)
}

impl DeskError {
    /// Names what `SQLite` reported about this file.
    pub(super) fn of_database(file: &Path, error: &rusqlite::Error) -> Self {
        let (file, reason) = (file.to_owned(), error.to_string());
        // A shared-memory file that cannot grow is reported as an I/O failure, not as a full disk.
        if error.sqlite_error().is_some_and(|e| e.extended_code == ffi::SQLITE_IOERR_SHMSIZE) {
            return Self::Full { file };
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::Foreign { file },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { file, reason },
            Some(ErrorCode::DiskFull) => Self::Full { file },
            Some(
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::FileLockingProtocolFailed,
            ) => Self::Locked { file },
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Unwritable { file, reason }
            }
            _ => Self::Failed { file, reason },
        }
    }

    /// Names what the system reported when the file or its folder was made.
    pub(super) fn of_system(file: &Path, error: &io::Error) -> Self {
        let file = file.to_owned();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { file },
            _ => Self::Unwritable { file, reason: innermost(error) },
        }
    }
}
