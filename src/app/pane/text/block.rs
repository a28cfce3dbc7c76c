//! What a page is made of: header, paragraphs, raw text, and how their shown text maps to the body.

use std::ops::Range;
use std::sync::Arc;

use super::Anchor;
use crate::briefing::markdown::{self, Inline};
use crate::briefing::{Briefing, Tlp};
use crate::desk::TextPlace;

/// What a block is, which decides how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Part of the header above the text.
    Header(HeaderPart),
    /// A paragraph.
    Paragraph,
    /// A heading of a level from 1.
    Heading(u8),
    /// A list item.
    Item,
    /// A quotation.
    Quote,
    /// Text set verbatim.
    Code,
    /// A horizontal rule.
    Rule,
    /// The text of a file that is no briefing.
    Raw,
    /// What follows the text: its links.
    Trailer,
}

/// Parts of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderPart {
    /// The headline.
    Title,
    /// Date, source, grade.
    Facts,
    /// How far it may be shared.
    Marking(Option<Tlp>),
    /// One paragraph of abstract.
    Summary,
    /// Something is wrong with the file.
    Warning,
    /// A diagnostic as `check` prints it.
    Diagnostic,
}

/// Where the text of a block comes from.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// Written here; belongs to a byte of the body.
    Own { text: Arc<str>, at: usize },
    /// Light Markdown of the body.
    Markdown(markdown::Block),
    /// The body as it stands.
    Raw(Range<usize>),
}

/// A part of the page that is wrapped by itself.
#[derive(Clone, Debug)]
pub(super) struct TextBlock {
    pub(super) kind: BlockKind,
    pub(super) content: Content,
    /// Stands before its first line: a list's marker, a quote's bar.
    pub(super) first: String,
    /// Stands before its other lines, as wide as `first`.
    pub(super) rest: String,
    /// Whether a blank line parts it from the block above.
    pub(super) gap: bool,
}

/// An open text in blocks.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) briefing: Arc<Briefing>,
    pub(super) blocks: Vec<TextBlock>,
    pub(super) links: Vec<String>,
}

/// What a block shows, and where that stands in the body.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) text: Arc<str>,
    map: Map,
}

#[derive(Debug)]
enum Map {
    Fixed(usize),
    From(usize),
    Inline(Inline),
}

impl Page {
    pub(super) fn body(&self) -> &str {
        &self.briefing.body
    }

    pub(super) fn shown(&self, block: usize) -> Option<Shown> {
        let block = self.blocks.get(block)?;
        Some(match &block.content {
            Content::Own { text, at } => Shown { text: Arc::clone(text), map: Map::Fixed(*at) },
            Content::Raw(range) => {
                Shown { text: self.body().get(range.clone())?.into(), map: Map::From(range.start) }
            }
            Content::Markdown(parsed) => {
                let inline = markdown::inline(self.body(), parsed);
                Shown { text: inline.text.as_str().into(), map: Map::Inline(inline) }
            }
        })
    }

    /// The byte of the body at which a block begins.
    pub(super) fn start_of(&self, block: usize) -> usize {
        self.blocks.get(block).map_or(0, start)
    }

    /// The anchor that leads here to what `anchor` leads to in `before`, another state of the same
    /// briefing; `offset` is the byte of the body that it stands for there. What stands above and
    /// below the body is told by its number, counted from its own end, the body by its words.
    pub(super) fn anchor_after(&self, before: &Self, anchor: Anchor, offset: usize) -> Anchor {
        let (now, then) = (self.blocks_around_body(), before.blocks_around_body());
        if anchor.block < then.0 {
            return if now.0 == then.0 { anchor } else { Anchor::default() };
        }
        let from_end = before.blocks.len().saturating_sub(anchor.block);
        if from_end <= then.1 {
            let block = self.blocks.len().saturating_sub(from_end.min(now.1));
            return Anchor { block, ..anchor };
        }
        let offset = TextPlace::at(before.body(), offset).find_in(self.body());
        Anchor { blank: anchor.blank, ..self.anchor_at(offset) }
    }

    /// How many blocks stand above the body and how many below it.
    fn blocks_around_body(&self) -> (usize, usize) {
        let first = self.blocks.iter().position(of_body).unwrap_or(self.blocks.len());
        let after_last = self.blocks.iter().rposition(of_body).map_or(first, |last| last + 1);
        (first, self.blocks.len() - after_last)
    }

    /// The anchor of a byte of the body.
    pub(super) fn anchor_at(&self, offset: usize) -> Anchor {
        let after = self.blocks.iter().rposition(|block| of_body(block) && start(block) <= offset);
        let first = self.blocks.iter().position(of_body).unwrap_or(0);
        let block = after.unwrap_or(first);
        let shown = self.shown(block);
        Anchor {
            block,
            offset: shown.and_then(|shown| shown.to_shown(offset)).unwrap_or(0),
            blank: false,
        }
    }
}

fn of_body(block: &TextBlock) -> bool {
    !matches!(block.content, Content::Own { .. })
}

fn start(block: &TextBlock) -> usize {
    match &block.content {
        Content::Own { at, .. } => *at,
        Content::Markdown(parsed) => parsed.range.start,
        Content::Raw(range) => range.start,
    }
}

impl Shown {
    pub(super) fn nothing() -> Self {
        Self { text: "".into(), map: Map::Fixed(0) }
    }

    /// The byte of the body that a byte of the shown text stands for.
    pub(super) fn to_body(&self, shown: usize) -> usize {
        match &self.map {
            Map::Fixed(at) => *at,
            Map::From(start) => start + shown,
            Map::Inline(inline) => inline.to_body(shown),
        }
    }

    /// The byte of the shown text that shows a byte of the body, if it is in this block.
    pub(super) fn to_shown(&self, body: usize) -> Option<usize> {
        match &self.map {
            Map::Fixed(_) => None,
            Map::From(start) => body.checked_sub(*start).filter(|at| *at <= self.text.len()),
            Map::Inline(inline) => inline.to_shown(body),
        }
    }

    pub(super) fn inline(&self) -> Option<&Inline> {
        match &self.map {
            Map::Inline(inline) => Some(inline),
            _ => None,
        }
    }
}
