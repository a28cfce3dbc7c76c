//! What a search found, for pipes and editors.

use std::fmt::Write;
use std::ops::Range;

use serde::Serialize;

use super::json_line::json_lines;
use crate::corpus::query::Query;
use crate::corpus::words::{Snippet, hits_in_title};
use crate::corpus::{BriefingId, Corpus};
use crate::text::clean_line;

/// Columns of a snippet.
const SNIPPET: usize = 100;
/// How a hit is lit where colours are wanted, as grep does: bold and red (ECMA-48, SGR).
const LIT: (&str, &str) = ("\x1b[1;31m", "\x1b[m");

/// One briefing that was found; the fields in the order in which they are written.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// Its slug.
    pub briefing: String,
    /// Path of its file, relative where the corpus was named so.
    pub file: String,
    /// Line of the first hit of its body in that file, from 1; without one, the briefing's first.
    pub line: usize,
    /// When it was issued, as EDTF.
    pub date: Option<String>,
    /// Its title.
    pub title: String,
    /// The passage that has most of what was looked for, as one line of plain text.
    pub snippet: String,
    #[serde(skip)]
    hits: Vec<Range<usize>>,
}

/// These briefings in this order.
#[must_use]
pub fn records(corpus: &Corpus, query: &Query, briefings: &[BriefingId]) -> Vec<Record> {
    briefings.iter().filter_map(|id| record(corpus, query, *id)).collect()
}

fn record(corpus: &Corpus, query: &Query, id: BriefingId) -> Option<Record> {
    let entry = corpus.entry(id)?;
    let briefing = &entry.briefing();
    let snippet = Snippet::of(briefing, query, SNIPPET);
    let line_of_hit = || {
        let before = briefing.body.get(..snippet.first_in_body?)?;
        Some(briefing.body_line? + before.matches('\n').count())
    };
    let file = corpus.file(entry.file).map(|file| file.path.to_string_lossy().into_owned());
    Some(Record {
        briefing: entry.slug.clone(),
        file: file.unwrap_or_default(),
        line: line_of_hit().unwrap_or(briefing.line).max(1),
        date: briefing.date.as_ref().map(|date| date.as_edtf().to_owned()),
        title: briefing.title.clone(),
        snippet: snippet.text,
        hits: snippet.hits,
    })
}

/// The briefings as lines of JSON.
#[must_use]
pub fn as_jsonl(records: &[Record]) -> String {
    json_lines(records)
}

/// The briefings as lines that editors jump to: `file:line: title — snippet`. With `coloured`, what
/// was found is lit.
#[must_use]
pub fn as_text(records: &[Record], query: &Query, coloured: bool) -> String {
    let mut out = String::new();
    for record in records {
        let title = clean_line(&record.title);
        let found = if coloured { hits_in_title(&title, query) } else { Vec::new() };
        let title = lit(&title, &found);
        let snippet = lit(&record.snippet, if coloured { &record.hits } else { &[] });
        let parted = if snippet.is_empty() { "" } else { " — " };
        let file = clean_line(&record.file);
        let _ = writeln!(out, "{file}:{}: {title}{parted}{snippet}", record.line);
    }
    out
}

fn lit(text: &str, hits: &[Range<usize>]) -> String {
    let mut out = text.to_owned();
    for hit in hits.iter().rev().filter(|hit| text.get((*hit).clone()).is_some()) {
        out.insert_str(hit.end, LIT.1);
        out.insert_str(hit.start, LIT.0);
    }
    out
}
