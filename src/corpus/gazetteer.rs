//! The gazetteer for who needs it: at hand, or in an index until somebody is looked for.

use std::sync::Arc;

use rayon::prelude::*;

use super::index::Index;
use super::stamp::fingerprint;
use crate::actor::{gazetteer_files, read_gazetteer, read_gazetteer_file};
use crate::briefing::Entity;

/// The name under which an index keeps it.
pub const GAZETTEER: &str = "gazetteer";

/// The actors of the gazetteer.
#[derive(Clone, Debug)]
pub enum Gazetteer {
    /// These.
    Held(Arc<[Entity]>),
    /// Those that this index keeps: they take memory that a start needs for nothing.
    Kept(Arc<Index>),
}

impl Gazetteer {
    /// All of them.
    pub fn actors(&self) -> Vec<Entity> {
        match self {
            Self::Held(actors) => actors.to_vec(),
            Self::Kept(index) => kept(index),
        }
    }
}

/// What an index keeps of it is there in a fiftieth of the time that reading it takes.
pub fn kept(index: &Index) -> Vec<Entity> {
    let kept = index.ask(|reader| {
        let is_this = reader.snapshot_key(GAZETTEER)? == Some(number());
        if is_this { reader.unpacked(GAZETTEER) } else { Ok(None) }
    });
    // Not on every core: a finder asks for it while it is made, and a core that helped out could come to
    // wait for that very finder.
    kept.flatten().unwrap_or_else(read_gazetteer)
}

/// Reads it on every core: whoever opens a corpus for the first time sees no name before.
pub fn read_at_once() -> Vec<Entity> {
    gazetteer_files().par_iter().flat_map_iter(|file| read_gazetteer_file(file)).collect()
}

/// A number for the gazetteer in the program.
pub fn number() -> u64 {
    fingerprint(gazetteer_files().concat().as_bytes())
}
