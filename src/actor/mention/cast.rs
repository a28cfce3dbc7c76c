//! The actors of one briefing and where it mentions them.

use super::{Mention, Via};
use crate::actor::Actor;

/// The actors of one briefing and its mentions of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast {
    /// Those that it declares, in its order, then those that its text mentions without that.
    pub actors: Vec<Actor>,
    /// How many of them it declares.
    pub declared: usize,
    /// In the order of the text. Two share a place only where the second is a [`Via::Metonym`] of
    /// the first.
    pub mentions: Vec<Mention>,
}

impl Cast {
    /// The declared actors alone, with what is a mention of them and of nothing else.
    #[must_use]
    pub fn into_declared(self) -> (Vec<Actor>, Vec<Mention>) {
        let Self { mut actors, declared, mut mentions } = self;
        actors.truncate(declared);
        mentions.retain(|mention| mention.actor < declared && mention.via != Via::Metonym);
        (actors, mentions)
    }
}
