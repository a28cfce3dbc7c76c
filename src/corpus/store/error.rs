//! Why the index could not be opened, read or written, in a line for the reader.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Error, ErrorCode, ffi};
use thiserror::Error;

/// Why an index is not to be had. Nothing is lost by it: whatever it holds can be read from the
/// files again.
///
/// Paths stand in the message as they are: clean it before it goes to a terminal.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The folder or the file cannot be made, opened or written.
    #[error("the index cannot be kept in {}: {reason}; chancery goes on without it", path.display())]
    Unwritable {
        /// The folder, or the file in it.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The disk or the quota is used up.
    #[error(
        "the index cannot be kept in {}: no space left on that disk; chancery goes on without it",
        path.display()
    )]
    Full {
        /// The folder, or the file in it.
        path: PathBuf,
    },
    /// The file system lets nobody lock a file, as some in networks.
    #[error(
        "the index cannot be kept in {}: its file system has no locks ({reason}); chancery goes \
         on without it",
        path.display()
    )]
    Lockless {
        /// The folder, or the file in it.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Its content does not hold together: [`Store::drop_all`](super::Store::drop_all) and open
    /// another.
    #[error("the index {} is damaged: {reason}", file.display())]
    Damaged {
        /// The database.
        file: PathBuf,
        /// What was found.
        reason: String,
    },
    /// Another writes, in this program or another one, and took longer than one waits.
    #[error("another program is writing to the index {}", file.display())]
    Busy {
        /// The database.
        file: PathBuf,
    },
    /// What was asked for by its number is not there: another took it away since.
    #[error("the index {} no longer holds this {what}", file.display())]
    Missing {
        /// The database.
        file: PathBuf,
        /// What sort of thing it is.
        what: &'static str,
    },
    /// Anything else, such as a failing disk.
    #[error("the index {} could not be read or written: {reason}", file.display())]
    Failed {
        /// The database.
        file: PathBuf,
        /// What `SQLite` says.
        reason: String,
    },
}

/// What was asked of an index, or why it is not to be had.
pub(super) type Answer<T> = Result<T, StoreError>;

impl StoreError {
    /// Names what `SQLite` reported of this file.
    pub(super) fn of_database(file: &Path, error: &Error) -> Self {
        let (path, reason) = (file.to_owned(), error.to_string());
        let Some(told) = error.sqlite_error() else {
            return match error {
                // Every table and query is ours: where they do not fit, others wrote the table.
                Error::FromSqlConversionFailure(..)
                | Error::IntegralValueOutOfRange(..)
                | Error::InvalidColumnType(..)
                | Error::QueryReturnedNoRows
                | Error::SqlInputError { .. }
                | Error::Utf8Error(..) => Self::Damaged { file: path, reason },
                _ => Self::Failed { file: path, reason },
            };
        };
        match told.extended_code {
            // A shared-memory file that cannot grow is reported as an I/O failure.
            ffi::SQLITE_IOERR_SHMSIZE => return Self::Full { path },
            ffi::SQLITE_IOERR_LOCK
            | ffi::SQLITE_IOERR_RDLOCK
            | ffi::SQLITE_IOERR_UNLOCK
            | ffi::SQLITE_IOERR_SHMLOCK
            | ffi::SQLITE_IOERR_SHMMAP
            | ffi::SQLITE_IOERR_SHMOPEN => return Self::Lockless { path, reason },
            // A file that ends where it should not.
            ffi::SQLITE_IOERR_SHORT_READ => return Self::Damaged { file: path, reason },
            _ => {}
        }
        match told.code {
            ErrorCode::NotADatabase
            | ErrorCode::DatabaseCorrupt
            | ErrorCode::TypeMismatch
            | ErrorCode::Unknown => Self::Damaged { file: path, reason },
            ErrorCode::DiskFull => Self::Full { path },
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy { file: path },
            ErrorCode::FileLockingProtocolFailed => Self::Lockless { path, reason },
            ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
                Self::Unwritable { path, reason }
            }
            _ => Self::Failed { file: path, reason },
        }
    }

    /// Names what the system reported of a path.
    pub(super) fn of_system(path: &Path, error: &io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path },
            _ => Self::Unwritable { path, reason: innermost(error) },
        }
    }
}

/// Without the passing name of a file in the making, which would only puzzle.
fn innermost(error: &io::Error) -> String {
    let cause = error.get_ref().and_then(|outer| outer.source());
    cause.map_or_else(|| error.to_string(), ToString::to_string)
}
