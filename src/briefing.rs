//! The briefing file: its model, how bytes become it, and what can be wrong with it.
//!
//! May use `text`, `date` and `diagnostic`. Deliberately absent: folders and files (they are
//! `corpus`'s), actors across briefings, and any second YAML parser.

pub mod markdown;
mod model;

pub use model::*;
