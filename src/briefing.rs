//! The briefing file: its model, how bytes become it, and what can be wrong with it.
//!
//! May use `text`, `date` and `diagnostic`. Deliberately absent: folders and files (they are
//! `corpus`'s), actors across briefings, and any second YAML parser.

pub mod encoding;
mod model;
pub mod raw;
pub mod syntax;
pub mod typing;
pub mod words;

pub use encoding::Encoding;
pub use model::*;
