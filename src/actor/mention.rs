//! Where a text names actors: whole words, the longest name first, a briefing's own actors before
//! the corpus' and those before the gazetteer's.
//!
//! In steps: every form of every known actor is looked for at once; what is no whole word, or
//! another's name, is put aside; surnames and shared forms are given to whom the briefing means;
//! offices are read off the states they belong to; and what stands for another is offered for it.

mod boundary;
mod cast;
mod finder;
mod form;
mod forms;
mod neighbour;
mod office;
mod pick;
#[cfg(test)]
mod tests;
mod word_list;

pub use cast::{Cast, ShownCast};
pub use finder::{Knowledge, MentionFinder};
pub(super) use office::{is_same_title, named_owners};

use std::ops::Range;

use serde::Serialize;

/// A place in a text that names an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Bytes of the text; a possessive `'s` or an article is not part of it.
    pub range: Range<usize>,
    /// Which of the cast's actors.
    pub actor: usize,
    /// By what it is recognised.
    pub via: Via,
}

/// By what a mention is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// Its name.
    Name,
    /// Another way to write it that is declared.
    Alias,
    /// The surname of somebody whom the briefing declares or names in full.
    Surname,
    /// An office that he holds on the briefing's date, such as `the Russian president`.
    Role,
    /// The name of a place or house that also stands for it; there is a mention of that, too.
    Metonym,
    /// An adjective, or what its people are called.
    Demonym,
}

impl Via {
    /// Whether it is something else than a declared name.
    #[must_use]
    pub fn is_inferred(self) -> bool {
        !matches!(self, Self::Name | Self::Alias)
    }
}

impl Mention {
    /// Whether it follows from something else than a declared name.
    #[must_use]
    pub fn is_inferred(&self) -> bool {
        self.via.is_inferred()
    }
}
