//! One reader's own: where he is in each text, what he has read and starred; kept durably.
//!
//! May use `briefing` and `date`; one of the rooms that may touch files. It refers to briefings
//! by slug and to places by byte offset and the words that stand there, so that what it keeps
//! outlives a reload.
//!
//! What is promised: a [`Desk::save`] that returned is still there after `kill -9` and, as far as
//! the disk keeps its word on `fsync`, after a power cut (`synchronous=FULL`: writes are rare, so
//! the cost is nothing to speak of). Several programs, and several desks in one program, may have
//! one file open; each change writes its own mark and no other, so they do not undo each other.
//! Files are 0600 from before their first byte. A file that is found
//! damaged, foreign or newer keeps its content and its name.
//!
//! Deliberately absent: where the file lies (the rim knows the XDG folders), going on in memory
//! after an error (the app's choice), and undo (a change and its opposite are both a [`Change`]).

mod error;
mod marks;
mod private_file;
mod schema;
mod store;
mod text_place;

pub use error::DeskError;
pub use marks::{Change, Marks, Shelf};
pub use store::Desk;
pub use text_place::TextPlace;
