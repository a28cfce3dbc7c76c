//! From a body to its blocks: one pass over its lines.

use std::ops::Range;

use super::{Block, BlockKind};

/// What a line begins.
enum Start {
    Blank,
    Fence(&'static str),
    Rule,
    Block(BlockKind, usize),
    Words,
}

/// The blocks of a body, in its order; between their ranges stand only markers and white space.
#[must_use]
pub fn blocks(body: &str) -> Vec<Block> {
    let mut found = Found::default();
    let mut lines = lines(body);
    while let Some(line) = lines.next() {
        let text = &body[line.clone()];
        match start_of(text) {
            Start::Blank => found.part(),
            Start::Fence(fence) => {
                let code = lines
                    .by_ref()
                    .take_while(|line| !body[line.clone()].trim_start().starts_with(fence));
                let code = code.fold(None, |code: Option<Range<usize>>, line| {
                    Some(code.map_or(line.start, |code| code.start)..line.end)
                });
                found.alone(BlockKind::Code, code.unwrap_or(line.end..line.end));
            }
            Start::Rule => found.alone(BlockKind::Rule, line),
            Start::Block(kind, skipped) => found.block(kind, line.start + skipped..line.end),
            Start::Words => found.words(line, text),
        }
    }
    found.blocks
}

/// Ranges of the lines without their ends.
fn lines(body: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    body.split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        start..start + line.strip_suffix('\r').unwrap_or(line).len()
    })
}

#[derive(Default)]
struct Found {
    blocks: Vec<Block>,
    /// Whether the next line of words goes on with the last block.
    goes_on: bool,
    /// Whether the last block is an item, which indented words after a blank line go on with.
    in_item: Option<u8>,
}

impl Found {
    fn part(&mut self) {
        self.goes_on = false;
    }

    fn alone(&mut self, kind: BlockKind, range: Range<usize>) {
        self.blocks.push(Block { kind, range });
        self.goes_on = false;
        self.in_item = None;
    }

    fn block(&mut self, kind: BlockKind, range: Range<usize>) {
        let last = self.blocks.last_mut().filter(|_| self.goes_on);
        match (last, &kind) {
            (Some(last), BlockKind::Quote { .. }) if last.kind == kind => {
                last.range.end = range.end;
            }
            (Some(last), BlockKind::Item { marker, .. })
                if last.kind == BlockKind::Paragraph && !interrupts(marker) =>
            {
                last.range.end = range.end;
            }
            _ => {
                self.in_item =
                    if let BlockKind::Item { depth, .. } = kind { Some(depth) } else { None };
                self.goes_on = !matches!(kind, BlockKind::Heading(_));
                self.blocks.push(Block { kind, range });
            }
        }
    }

    fn words(&mut self, line: Range<usize>, text: &str) {
        if let Some(last) = self.blocks.last_mut().filter(|_| self.goes_on) {
            last.range.end = line.end;
            return;
        }
        let indent = text.len() - text.trim_start().len();
        let kind = match self.in_item.filter(|_| indent > 0) {
            Some(depth) => BlockKind::Item { depth, marker: " ".to_owned() },
            None => BlockKind::Paragraph,
        };
        if indent == 0 {
            self.in_item = None;
        }
        self.blocks.push(Block { kind, range: line.start + indent..line.end });
        self.goes_on = true;
    }
}

/// Whether an item may follow a paragraph without a blank line: a number only where the list begins
/// with it (`CommonMark` §5.3), so that a sentence wrapped before `2023.` stays one.
fn interrupts(marker: &str) -> bool {
    !marker.starts_with(|c: char| c.is_ascii_digit()) || marker.trim_end_matches(['.', ')']) == "1"
}

fn start_of(line: &str) -> Start {
    let words = line.trim_start();
    let indent = line.len() - words.len();
    if words.is_empty() {
        return Start::Blank;
    }
    if let Some(fence) = ["```", "~~~"].into_iter().find(|fence| words.starts_with(fence)) {
        return Start::Fence(fence);
    }
    if is_rule(words) {
        return Start::Rule;
    }
    if let Some((level, skipped)) = heading(words) {
        return Start::Block(BlockKind::Heading(level), indent + skipped);
    }
    if let Some((depth, skipped)) = quote(words) {
        return Start::Block(BlockKind::Quote { depth }, indent + skipped);
    }
    if let Some((marker, skipped)) = item(words) {
        let depth = u8::try_from(indent / 2).unwrap_or(u8::MAX);
        return Start::Block(BlockKind::Item { depth, marker }, indent + skipped);
    }
    Start::Words
}

/// Of words that begin with no space: only what begins with a mark is looked through.
fn is_rule(words: &str) -> bool {
    let mark = words.chars().next().filter(|c| matches!(c, '-' | '*' | '_'));
    mark.is_some_and(|mark| {
        let marks = words.chars().filter(|other| *other == mark).count();
        marks >= 3 && words.chars().all(|other| other == mark || other.is_whitespace())
    })
}

fn heading(words: &str) -> Option<(u8, usize)> {
    let level = words.bytes().take_while(|b| *b == b'#').count();
    let rest = words.get(level..).filter(|rest| rest.starts_with(' '))?;
    let level_in_range = u8::try_from(level).ok().filter(|level| (1..=6).contains(level))?;
    let skipped = level + rest.len() - rest.trim_start().len();
    (!rest.trim().is_empty()).then_some((level_in_range, skipped))
}

/// How deep, and how many bytes the marks take.
fn quote(words: &str) -> Option<(u8, usize)> {
    let marks = words.find(|c| c != '>' && c != ' ').unwrap_or(words.len());
    let depth = words[..marks].matches('>').count();
    (depth > 0).then(|| (u8::try_from(depth).unwrap_or(u8::MAX), marks))
}

fn item(words: &str) -> Option<(String, usize)> {
    let (marker, rest) = match words.as_bytes().first()? {
        b'-' | b'*' | b'+' => ("•".to_owned(), words.get(1..)?),
        b'0'..=b'9' => {
            let digits = words.bytes().take_while(u8::is_ascii_digit).count();
            let end = words.get(digits..)?.starts_with(['.', ')']).then_some(digits + 1)?;
            (digits <= 3).then(|| Some((words.get(..end)?.to_owned(), words.get(end..)?)))??
        }
        _ => return None,
    };
    if !rest.starts_with([' ', '\t']) || rest.trim().is_empty() {
        return None;
    }
    Some((marker, words.len() - rest.trim_start().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(body: &str) -> Vec<String> {
        let name = |kind: &BlockKind| match kind {
            BlockKind::Paragraph => "p".to_owned(),
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::Item { depth, marker } => {
                format!("{}{marker}", " ".repeat(usize::from(*depth)))
            }
            BlockKind::Quote { depth } => ">".repeat(usize::from(*depth)),
            BlockKind::Code => "code".to_owned(),
            BlockKind::Rule => "---".to_owned(),
        };
        blocks(body)
            .into_iter()
            .map(|block| format!("{}|{}", name(&block.kind), body[block.range].replace('\n', "⏎")))
            .collect()
    }

    #[test]
    fn a_body_falls_into_blocks() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("one\ntwo\n\nthree\n", &["p|one⏎two", "p|three"]),
            ("## What to watch\ntext", &["h2|What to watch", "p|text"]),
            ("#hashtag\n# \n", &["p|#hashtag⏎# "]),
            ("- one\n  goes on\n- two\n  - deeper\n", &["•|one⏎  goes on", "•|two", " •|deeper"]),
            ("1. one\n2) two", &["1.|one", "2)|two"]),
            ("it happened in\n2023. Then", &["p|it happened in⏎2023. Then"]),
            ("it ended in\n14. Then", &["p|it ended in⏎14. Then"]),
            ("list:\n- one", &["p|list:", "•|one"]),
            ("- one\n\n  more of it\n\nno more", &["•|one", " |more of it", "p|no more"]),
            ("> said\n> he\n>> deeper", &[">|said⏎> he", ">>|deeper"]),
            ("a\n---\nb", &["p|a", "---|---", "p|b"]),
            ("```\n  let x;\n\n y\n```\nafter", &["code|  let x;⏎⏎ y", "p|after"]),
            ("```\nnever closed", &["code|never closed"]),
            ("    indented is prose", &["p|indented is prose"]),
            ("one\r\ntwo\r\n\r\nthree", &["p|one\r⏎two", "p|three"]),
            ("-5 degrees", &["p|-5 degrees"]),
        ];
        for (body, expected) in cases {
            assert_eq!(outline(body), *expected, "{body:?}");
        }
    }
}
