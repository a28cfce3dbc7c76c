//! stub
use std::ops::Range;
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    Paragraph,
    Heading(u8),
    Item { depth: u8, marker: String },
    Quote { depth: u8 },
    Code,
    Rule,
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    pub range: Range<usize>,
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Emphasis,
    Strong,
    Code,
    Link(usize),
}
#[derive(Clone, Debug, Default)]
pub struct Inline {
    pub text: String,
    pub spans: Vec<(Range<usize>, Style)>,
    pub links: Vec<String>,
    start: usize,
}
impl Inline {
    pub fn to_body(&self, shown: usize) -> usize {
        self.start + shown
    }
    pub fn to_shown(&self, body: usize) -> Option<usize> {
        body.checked_sub(self.start).map(|n| n.min(self.text.len()))
    }
}
pub fn blocks(body: &str) -> Vec<Block> {
    let mut at = 0;
    let mut out = vec![];
    for p in body.split("\n\n") {
        let r = at..at + p.len();
        at += p.len() + 2;
        if !p.trim().is_empty() {
            out.push(Block { kind: BlockKind::Paragraph, range: r });
        }
    }
    out
}
pub fn inline(body: &str, block: &Block) -> Inline {
    Inline {
        text: body[block.range.clone()].replace('\n', " "),
        start: block.range.start,
        ..Inline::default()
    }
}
