//! The briefing file: its model, how bytes become it, and what can be wrong with it.
//!
//! May use `text`, `date` and `diagnostic`. Deliberately absent: folders and files (they are
//! `corpus`'s), actors across briefings, and any second YAML parser.

pub mod encoding;
pub mod fixing;
mod kept;
pub mod markdown;
mod model;
mod packed_values;
pub mod raw;
mod read;
pub mod recovery;
pub mod rule;
pub mod schema;
pub mod syntax;
pub mod typing;
pub mod words;

pub use encoding::Encoding;
pub use fixing::{Fixed, apply_fixes};
pub use kept::{value_of, written};
pub use model::*;
pub use read::{
    ActorsReading, FileReading, MAX_FILE_BYTES, Reference, ReferenceTo, Typed, date_of_stem,
    read_actors, read_file, read_typed, slug,
};
