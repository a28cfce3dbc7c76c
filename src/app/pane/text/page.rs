//! A page made of an entry: its header, its body in blocks, its links; or what is wrong with it.

use std::sync::Arc;

use super::block::{BlockKind, Content, HeaderPart, Page, TextBlock};
use crate::briefing::markdown::{self, BlockKind as Markdown};
use crate::briefing::{Briefing, Marking};
use crate::corpus::{Corpus, Entry};
use crate::diagnostic::{Diagnostic, Severity, human};
use crate::text::{display_width, soft_cuts};

/// Largest part of a text that is parsed and wrapped at once, in bytes.
const MAX_BLOCK: usize = 64 * 1024;
/// Largest body whose links are gathered when it is opened, in bytes.
const MAX_FOR_LINKS: usize = 256 * 1024;

pub(super) fn compose(corpus: &Corpus, entry: &Entry) -> Page {
    let briefing = entry.briefing();
    let mut blocks = header(corpus, entry, &briefing);
    let mut links = Vec::new();
    if entry.unreadable {
        blocks.extend(raw(&briefing.body));
    } else {
        blocks.extend(body(&briefing.body));
        links = gather_links(&briefing.body, &blocks);
        blocks.extend(trailer(&links, briefing.body.len()));
    }
    if let Some(first) = blocks.first_mut() {
        first.gap = false;
    }
    Page { briefing, blocks, links }
}

/// Diagnostics that stand above a raw text; the list of problems has all.
const MAX_DIAGNOSTICS: usize = 20;

/// Longest headline that the line over the pane has room for; a longer one also heads the text.
const TITLE_IN_LINE: usize = 40;

fn own(part: HeaderPart, text: impl Into<Arc<str>>, gap: bool) -> TextBlock {
    block(BlockKind::Header(part), Content::Own { text: text.into(), at: 0 }, gap)
}

fn block(kind: BlockKind, content: Content, gap: bool) -> TextBlock {
    TextBlock { kind, content, first: String::new(), rest: String::new(), gap }
}

fn header(corpus: &Corpus, entry: &Entry, briefing: &Briefing) -> Vec<TextBlock> {
    let long = display_width(&briefing.title) > TITLE_IN_LINE;
    let title = own(HeaderPart::Title, briefing.title.as_str(), false);
    let mut blocks: Vec<TextBlock> = long.then_some(title).into_iter().collect();
    if entry.unreadable {
        blocks.push(own(
            HeaderPart::Warning,
            "This could not be read as a briefing. e edits the file; it is read again afterwards.",
            true,
        ));
        blocks.extend(diagnostics(corpus, entry));
        return blocks;
    }
    blocks.push(own(HeaderPart::Facts, facts(briefing), false));
    for marking in &briefing.markings {
        let (tlp, words) = match marking {
            Marking::Tlp(tlp) => (Some(*tlp), format!("{} · {}", tlp.label(), tlp.meaning())),
            Marking::Other(words) => (None, words.clone()),
        };
        blocks.push(own(HeaderPart::Marking(tlp), words, false));
    }
    if let Some(warning) = warning(corpus, entry) {
        blocks.push(own(HeaderPart::Warning, warning, false));
    }
    if let Some(summary) = briefing.summary.as_deref().filter(|summary| !summary.trim().is_empty())
    {
        blocks.push(own(HeaderPart::Summary, summary.trim(), true));
    }
    blocks
}

/// Date in words, sources, grade: what a reader weighs before reading.
fn facts(briefing: &Briefing) -> String {
    let mut facts = Vec::new();
    facts.push(
        briefing
            .date
            .as_ref()
            .map_or_else(|| "Undated".to_owned(), crate::date::EdtfDate::in_words),
    );
    facts.extend(
        briefing.date.as_ref().and_then(crate::date::EdtfDate::weekday_in_words).map(str::to_owned),
    );
    let sources: Vec<&str> = briefing.sources.iter().map(|source| source.name.as_str()).collect();
    if !sources.is_empty() {
        facts.push(sources.join("; "));
    }
    facts.extend(
        briefing.grade.map(|grade| format!("graded {}{}", grade.reliability, grade.credibility)),
    );
    facts.extend(
        briefing.confidence.map(|confidence| format!("{confidence:?} confidence").to_lowercase()),
    );
    facts.extend(briefing.updated.as_ref().map(|date| format!("updated {}", date.in_words())));
    facts.join("\u{a0}· ")
}

fn warning(corpus: &Corpus, entry: &Entry) -> Option<String> {
    let worth_it = |found: &&Diagnostic| found.severity() > Severity::Note;
    match corpus.diagnostics_of(entry).filter(worth_it).count() {
        0 => None,
        1 => Some("1 problem in this file: g! shows it".to_owned()),
        n => Some(format!("{n} problems in this file: g! shows them")),
    }
}

fn diagnostics(corpus: &Corpus, entry: &Entry) -> Vec<TextBlock> {
    let Some(file) = corpus.file(entry.file) else { return Vec::new() };
    let source = corpus.source_of(file);
    let source = source.as_deref().unwrap_or_default();
    let shown = corpus.diagnostics_of(entry).take(MAX_DIAGNOSTICS);
    let printed = shown.map(|found| human::render(&file.shown, source, found, false));
    printed.map(|text| own(HeaderPart::Diagnostic, text.trim_end(), true)).collect()
}

fn raw(body: &str) -> Vec<TextBlock> {
    let cuts = soft_cuts(body, 0..body.len(), MAX_BLOCK);
    cuts.into_iter()
        .enumerate()
        .map(|(at, range)| block(BlockKind::Raw, Content::Raw(range), at == 0))
        .collect()
}

fn body(text: &str) -> Vec<TextBlock> {
    let mut blocks = Vec::new();
    let mut item_above = false;
    for parsed in markdown::blocks(text) {
        let is_item = matches!(parsed.kind, Markdown::Item { .. });
        let items = item_above && is_item;
        item_above = is_item;
        for (at, range) in soft_cuts(text, parsed.range.clone(), MAX_BLOCK).into_iter().enumerate()
        {
            let piece = markdown::Block { kind: parsed.kind.clone(), range };
            blocks.push(body_block(piece, at == 0, at == 0 && !items));
        }
    }
    blocks
}

fn body_block(parsed: markdown::Block, begins: bool, gap: bool) -> TextBlock {
    let (kind, first, rest) = match &parsed.kind {
        Markdown::Paragraph => (BlockKind::Paragraph, String::new(), String::new()),
        Markdown::Heading(level) => (BlockKind::Heading(*level), String::new(), String::new()),
        Markdown::Quote { depth } => {
            let bar = "│ ".repeat(usize::from(*depth).clamp(1, 4));
            (BlockKind::Quote, bar.clone(), bar)
        }
        Markdown::Item { depth, marker } => {
            let indent = "  ".repeat(usize::from(*depth).min(6));
            let marker = format!("{indent}{marker} ");
            // A sign, or digits and a mark: one column each, which a list of thousands need not measure.
            let rest = " ".repeat(marker.chars().count());
            (BlockKind::Item, if begins { marker } else { rest.clone() }, rest)
        }
        Markdown::Code => (BlockKind::Code, "  ".to_owned(), "  ".to_owned()),
        Markdown::Rule => (BlockKind::Rule, String::new(), String::new()),
    };
    TextBlock { kind, content: Content::Markdown(parsed), first, rest, gap }
}

fn gather_links(text: &str, blocks: &[TextBlock]) -> Vec<String> {
    if text.len() > MAX_FOR_LINKS || !may_have_links(text) {
        return Vec::new();
    }
    let mut links: Vec<String> = Vec::new();
    for block in blocks {
        if let Content::Markdown(parsed) = &block.content {
            let new = markdown::inline(text, parsed).links.into_iter();
            for link in new {
                if !links.contains(&link) {
                    links.push(link);
                }
            }
        }
    }
    links
}

/// Whether a text has any sign of which a link cannot do without.
fn may_have_links(text: &str) -> bool {
    text.contains(['[', '<', '&']) || text.contains("http")
}

fn trailer(links: &[String], end: usize) -> Vec<TextBlock> {
    let line = |(at, link): (usize, &String)| {
        let first = format!("{}. ", at + 1);
        let rest = " ".repeat(first.len());
        let content = Content::Own { text: link.as_str().into(), at: end };
        TextBlock { kind: BlockKind::Trailer, content, first, rest, gap: false }
    };
    let heading =
        block(BlockKind::Heading(3), Content::Own { text: "Links".into(), at: end }, true);
    let heading = (!links.is_empty()).then_some(heading);
    heading.into_iter().chain(links.iter().enumerate().map(line)).collect()
}
