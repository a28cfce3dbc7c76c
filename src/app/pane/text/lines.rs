//! Wrapping near the view only: lines of blocks, walking over them, and what a line shows.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::Anchor;
use super::block::{BlockKind, HeaderPart, Page, Shown, TextBlock};
use super::lit::Lit;
use crate::actor::Mention;
use crate::briefing::Kind;
use crate::briefing::markdown::Style;
use crate::text::{Columns, Span, display_width, wrap, wrap_verbatim};

/// What a stretch of a line is, besides its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextRole {
    /// Stressed words.
    Emphasis,
    /// Strongly stressed words.
    Strong,
    /// Words set verbatim.
    Code,
    /// A link's words.
    Link,
    /// A mention of an actor.
    Mention(Kind),
    /// A mention of the active actor.
    Active,
    /// A hit of the search.
    Hit,
    /// The mention or hit that is walked from.
    Current,
}

/// A line in view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewLine {
    /// What its block is.
    pub kind: BlockKind,
    /// What stands before the text: a list's marker, a quote's bar, indentation.
    pub prefix: String,
    /// The text of the whole block.
    pub text: Arc<str>,
    /// The part of `text` that this line shows.
    pub range: Range<usize>,
    /// What is lit in it, as ranges of `text`; later ones lie over earlier ones.
    pub spans: Vec<Span<TextRole>>,
    /// Mentions that begin in it: where in `text`, and of which of the briefing's actors.
    pub mentions: Vec<(usize, usize)>,
    /// Byte of the body at which it begins.
    pub body_start: usize,
    /// Byte of the body at which it ends.
    pub body_end: usize,
}

/// What is lit, as ranges of the body.
pub(super) struct LitRanges<'a> {
    pub(super) mentions: &'a [Mention],
    pub(super) kinds: &'a [Kind],
    pub(super) active: &'a Lit,
    pub(super) hits: &'a Lit,
    pub(super) point: Option<&'a Range<usize>>,
}

/// A line's place: block, and line in it; a block's blank line above counts as its line 0.
type Line = (usize, usize);

#[derive(Debug)]
struct Wrapped {
    shown: Shown,
    lines: Vec<Range<usize>>,
    gap: bool,
}

impl Wrapped {
    fn count(&self) -> usize {
        self.lines.len() + usize::from(self.gap)
    }

    /// What a line shows of the block's text; `None` of the blank line above it.
    fn line(&self, line: usize) -> Option<&Range<usize>> {
        self.lines.get(line.checked_sub(usize::from(self.gap))?)
    }

    /// The bytes of the body that a line shows.
    fn bytes_of(&self, line: usize) -> Range<usize> {
        let shown = self.line(line).cloned().unwrap_or(0..0);
        self.shown.to_body(shown.start)..self.shown.to_body(shown.end)
    }
}

/// Blocks wrapped so far.
#[derive(Debug, Default)]
pub(super) struct Lines {
    columns: usize,
    wrapped: BTreeMap<usize, Arc<Wrapped>>,
    last_top: Option<(usize, Line)>,
}

/// Wrapped blocks that are kept.
const MAX_KEPT: usize = 512;

impl Lines {
    pub(super) fn set_columns(&mut self, columns: usize) {
        if self.columns != columns {
            *self = Self { columns, ..Self::default() };
        }
    }

    fn wrapped(&mut self, page: &Page, block: usize) -> Arc<Wrapped> {
        if let Some(wrapped) = self.wrapped.get(&block) {
            return Arc::clone(wrapped);
        }
        if self.wrapped.len() >= MAX_KEPT {
            self.wrapped.clear();
        }
        let wrapped = Arc::new(wrap_block(page, block, self.columns.max(1)));
        self.wrapped.insert(block, Arc::clone(&wrapped));
        wrapped
    }

    /// The line that holds an anchor.
    pub(super) fn line_of(&mut self, page: &Page, anchor: Anchor) -> Line {
        if page.blocks.is_empty() {
            return (0, 0);
        }
        let block = anchor.block.min(page.blocks.len() - 1);
        let wrapped = self.wrapped(page, block);
        if anchor.blank && wrapped.gap {
            return (block, 0);
        }
        let line =
            wrapped.lines.partition_point(|line| line.start <= anchor.offset).saturating_sub(1);
        (block, line + usize::from(wrapped.gap))
    }

    /// The byte of the body that an anchor stands for.
    pub(super) fn body_offset(&mut self, page: &Page, anchor: Anchor) -> usize {
        if anchor.offset == 0 {
            return page.start_of(anchor.block);
        }
        self.wrapped(page, anchor.block).shown.to_body(anchor.offset)
    }

    /// The anchor of a line.
    pub(super) fn anchor_of(&mut self, page: &Page, (block, line): Line) -> Anchor {
        let wrapped = self.wrapped(page, block);
        let blank = wrapped.gap && line == 0;
        let offset = wrapped
            .lines
            .get(line.saturating_sub(usize::from(wrapped.gap)))
            .map_or(0, |line| line.start);
        Anchor { block, blank, offset }
    }

    /// The line at the top of the view: the anchor's, or so that no room is wasted at the end.
    pub(super) fn top(&mut self, page: &Page, anchor: Anchor, height: usize) -> Line {
        let line = self.line_of(page, anchor);
        // The end is not wrapped for a view that is far from it.
        if self.has_more(page, line, height.saturating_sub(1)) {
            return line;
        }
        line.min(self.last_top(page, height))
    }

    /// Whether a view of this height that begins at a line shows the last one.
    pub(super) fn is_at_end(&mut self, page: &Page, top: Line, height: usize) -> bool {
        !self.has_more(page, top, height.max(1))
    }

    /// Whether there are more than so many lines from one on.
    fn has_more(&mut self, page: &Page, (block, mut line): Line, mut count: usize) -> bool {
        for block in block..page.blocks.len() {
            let lines = self.wrapped(page, block).count().saturating_sub(line);
            if lines > count {
                return true;
            }
            count -= lines;
            line = 0;
        }
        false
    }

    /// The top line of the last view.
    pub(super) fn last_top(&mut self, page: &Page, height: usize) -> Line {
        if let Some((_, line)) = self.last_top.filter(|(of, _)| *of == height) {
            return line;
        }
        let Some(block) = page.blocks.len().checked_sub(1) else { return (0, 0) };
        let last = (block, self.wrapped(page, block).count().saturating_sub(1));
        let line = self.backward(page, last, height.saturating_sub(1));
        self.last_top = Some((height, line));
        line
    }

    /// The line `count` lines further down, or the last.
    pub(super) fn forward(
        &mut self,
        page: &Page,
        (mut block, mut line): Line,
        mut count: usize,
    ) -> Line {
        while block < page.blocks.len() {
            let lines = self.wrapped(page, block).count();
            if line + count < lines {
                return (block, line + count);
            }
            if block + 1 == page.blocks.len() {
                return (block, lines.saturating_sub(1));
            }
            count -= lines - line.min(lines);
            (block, line) = (block + 1, 0);
        }
        (block, 0)
    }

    /// The line `count` lines further up, or the first.
    pub(super) fn backward(
        &mut self,
        page: &Page,
        (mut block, mut line): Line,
        mut count: usize,
    ) -> Line {
        loop {
            if count <= line {
                return (block, line - count);
            }
            if block == 0 {
                return (0, 0);
            }
            count -= line + 1;
            block -= 1;
            line = self.wrapped(page, block).count().saturating_sub(1);
        }
    }

    /// The bytes of the body that so many lines from one on show.
    pub(super) fn bytes_from(
        &mut self,
        page: &Page,
        top: Line,
        height: usize,
    ) -> Option<(usize, usize)> {
        page.blocks.get(top.0).filter(|_| height > 0)?;
        let last = self.forward(page, top, height - 1);
        let mut bytes = |(block, line): Line| self.wrapped(page, block).bytes_of(line);
        Some((bytes(top).start, bytes(last).end))
    }

    /// The lines in view from a top line on.
    pub(super) fn view(
        &mut self,
        page: &Page,
        top: Line,
        height: usize,
        lit: &LitRanges<'_>,
    ) -> Vec<ViewLine> {
        let mut view = Vec::with_capacity(height);
        let (mut block, mut line) = top;
        while view.len() < height
            && let Some(of) = page.blocks.get(block)
        {
            let wrapped = self.wrapped(page, block);
            let rows = (line..wrapped.count()).take(height - view.len());
            view.extend(rows.map(|line| view_line(of, &wrapped, line, lit)));
            (block, line) = (block + 1, 0);
        }
        view
    }
}

fn wrap_block(page: &Page, at: usize, columns: usize) -> Wrapped {
    let (Some(block), Some(shown)) = (page.blocks.get(at), page.shown(at)) else {
        let shown = Shown::nothing();
        return Wrapped { shown, lines: Vec::new(), gap: false };
    };
    let room = |prefix: &str| columns.saturating_sub(display_width(prefix)).max(1);
    let columns = Columns { first: room(&block.first), rest: room(&block.rest) };
    let whole = 0..shown.text.len();
    let wrapped = match block.kind {
        BlockKind::Raw | BlockKind::Code | BlockKind::Header(HeaderPart::Diagnostic) => {
            wrap_verbatim(&shown.text, whole, columns)
        }
        _ => wrap_paragraphs(&shown.text, columns),
    };
    let mut lines: Vec<Range<usize>> = wrapped.into_iter().map(|line| line.range).collect();
    if lines.is_empty() {
        lines.push(0..0);
    }
    Wrapped { shown, lines, gap: block.gap }
}

/// Prose, in which a newline is a break that was asked for.
fn wrap_paragraphs(text: &str, columns: Columns) -> Vec<crate::text::Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for part in text.split('\n') {
        let columns = if start == 0 { columns } else { Columns { first: columns.rest, ..columns } };
        lines.extend(wrap(text, start..start + part.len(), columns));
        start += part.len() + 1;
    }
    lines
}

fn view_line(block: &TextBlock, wrapped: &Wrapped, line: usize, lit: &LitRanges<'_>) -> ViewLine {
    let text = Arc::clone(&wrapped.shown.text);
    let Range { start: body_start, end: body_end } = wrapped.bytes_of(line);
    let Some(range) = wrapped.line(line) else {
        return ViewLine {
            kind: BlockKind::Paragraph,
            prefix: String::new(),
            text,
            range: 0..0,
            spans: Vec::new(),
            mentions: Vec::new(),
            body_start,
            body_end,
        };
    };
    let prefix = if range.start == 0 { &block.first } else { &block.rest };
    let spans = spans(&wrapped.shown, range, body_start..body_end, lit);
    let first = lit.mentions.partition_point(|mention| mention.range.start < body_start);
    let begins = lit.mentions[first..].iter().take_while(|mention| mention.range.start < body_end);
    let begins = begins.filter_map(|mention| {
        let at = wrapped.shown.to_shown(mention.range.start)?;
        range.contains(&at).then_some((at, mention.actor))
    });
    let mentions = begins.collect();
    ViewLine {
        kind: block.kind,
        prefix: prefix.clone(),
        text,
        range: range.clone(),
        spans,
        mentions,
        body_start,
        body_end,
    }
}

fn spans(
    shown: &Shown,
    line: &Range<usize>,
    body: Range<usize>,
    lit: &LitRanges<'_>,
) -> Vec<Span<TextRole>> {
    let mut spans = Vec::new();
    let styles = shown.inline().map(|inline| inline.spans.as_slice()).unwrap_or_default();
    for (range, style) in
        styles.iter().filter(|(range, _)| range.start < line.end && range.end > line.start)
    {
        let role = match style {
            Style::Emphasis => TextRole::Emphasis,
            Style::Strong => TextRole::Strong,
            Style::Code => TextRole::Code,
            Style::Link(_) => TextRole::Link,
        };
        spans.push(Span { range: range.clone(), role });
    }
    let mut light = |range: &Range<usize>, role: TextRole| {
        if let (Some(start), Some(end)) = (shown.to_shown(range.start), shown.to_shown(range.end)) {
            spans.push(Span { range: start..end, role });
        }
    };
    let first = lit.mentions.partition_point(|mention| mention.range.end <= body.start);
    for mention in lit.mentions[first..].iter().take_while(|mention| mention.range.start < body.end)
    {
        light(
            &mention.range,
            TextRole::Mention(lit.kinds.get(mention.actor).copied().unwrap_or_default()),
        );
    }
    for (ranges, role) in [(lit.active, TextRole::Active), (lit.hits, TextRole::Hit)] {
        let first = ranges.ranges().partition_point(|range| range.end <= body.start);
        for range in ranges.ranges()[first..].iter().take_while(|range| range.start < body.end) {
            light(range, role);
        }
    }
    if let Some(point) = lit.point.filter(|at| at.end > body.start && at.start < body.end) {
        light(point, TextRole::Current);
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::super::block::Content;
    use super::*;

    fn page(blocks: &[(&str, bool)]) -> Page {
        let block = |(text, gap): &(&str, bool)| TextBlock {
            kind: BlockKind::Paragraph,
            content: Content::Own { text: (*text).into(), at: 0 },
            first: String::new(),
            rest: String::new(),
            gap: *gap,
        };
        Page { blocks: blocks.iter().map(block).collect(), ..Page::default() }
    }

    #[test]
    fn a_view_never_begins_below_the_last_and_knows_when_it_is_that() {
        let pages = [
            page(&[]),
            page(&[("", false)]),
            page(&[("one two three", false), ("", true), ("four five", true), ("six", false)]),
            page(&[("one", false), ("two three four five six seven", true)]),
        ];
        for (page, height) in pages.iter().flat_map(|page| (0..12).map(move |h| (page, h))) {
            let lines = || Lines { columns: 5, ..Lines::default() };
            let last = lines().last_top(page, height);
            for count in 0..12 {
                let line = lines().forward(page, (0, 0), count);
                let anchor = match page.blocks.len() {
                    0 => Anchor::default(),
                    _ => lines().anchor_of(page, line),
                };
                let top = lines().top(page, anchor, height);
                assert_eq!(top, line.min(last), "{count} down, {height} high");
                assert_eq!(lines().is_at_end(page, top, height), top >= last);
            }
        }
    }
}
