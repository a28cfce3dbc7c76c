//! Light Markdown of a body: blocks found in one quick pass, and their words parsed when shown.
//!
//! Blocks are told apart by their first characters alone, as analysts write them: indented text is
//! prose, a line of `===` underlines nothing, and HTML is text. Within a block the words are
//! CommonMark's (emphasis, code, links, hard breaks).

mod blocks;
mod inline;

pub use blocks::blocks;
pub use inline::{Inline, inline};

use std::ops::Range;

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// A list item.
    Item {
        /// How deep its list is nested, from 0.
        depth: u8,
        /// What stands before it: `•`, or a number as written; blank for a further paragraph.
        marker: String,
    },
    /// A quotation.
    Quote {
        /// How deep it is nested, from 1.
        depth: u8,
    },
    /// Lines between fences, set verbatim.
    Code,
    /// A horizontal rule.
    Rule,
}

/// A part of a body that is shown by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Bytes of the body with its words, without the marker that it begins with.
    pub range: Range<usize>,
}

/// How words are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Stressed.
    Emphasis,
    /// Strongly stressed.
    Strong,
    /// Verbatim.
    Code,
    /// A link: index into the block's links.
    Link(usize),
}
