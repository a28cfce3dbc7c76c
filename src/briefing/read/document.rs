//! The documents of a file as nodes, whose spans are those of the file.

use std::ops::Range;

use serde::Deserialize;

use super::super::recovery::{Recovered, read_document};
use super::super::rule;
use super::super::syntax::{Node, split_documents};
use super::super::typing::read_value;
use super::found::Found;
use crate::diagnostic::{Code, Diagnostic, Source};

/// Documents of one file at most.
const MAX_DOCUMENTS: usize = 10_000;

/// A document that is not empty.
pub struct Document {
    /// Its bytes in the file, with the line that begins it.
    pub span: Range<usize>,
    /// Its root; `None` where it could not be read.
    pub node: Option<Node>,
}

/// Reads every document.
pub fn read_documents(source: &Source<'_>, found: &mut Found) -> Vec<Document> {
    let mut spans = split_documents(source.text());
    if let Some(span) = spans.get(MAX_DOCUMENTS) {
        let message = format!("the file has more than {MAX_DOCUMENTS} documents");
        let too_many = Diagnostic::new(Code::TOO_LARGE, message)
            .at(source.place(span.start..span.start))
            .help("split the file; from here on it is not read");
        found.push(too_many);
        spans.truncate(MAX_DOCUMENTS);
    }
    spans.into_iter().filter_map(|span| read_one(source, &span, found)).collect()
}

fn read_one(source: &Source<'_>, span: &Range<usize>, found: &mut Found) -> Option<Document> {
    let base = span.start;
    let shift = |span: Range<usize>| span.start + base..span.end + base;
    let Recovered { node, mut remarks, repairs, refusal } =
        read_document(source.slice(span.clone()));
    found.extend(repairs.into_iter().map(|repair| repair.into_diagnostic(source, base)));
    if let Some(refusal) = refusal {
        found.push(rule::refusal::finding(source, span, &refusal));
        return Some(Document { span: span.clone(), node: None });
    }
    let mut node = node?;
    if base > 0 {
        node.map_spans(&shift);
    }
    for remark in &mut remarks {
        remark.map_spans(&shift);
        found.extend(rule::remark::check(source, remark));
    }
    found.extend(rule::comment_cut::check(source, &node));
    found.extend(rule::curly_quotes::check(source, &node));
    Some(Document { span: span.clone(), node: Some(node) })
}

/// A value read from a YAML text.
#[derive(Clone, Debug)]
pub struct Typed<T> {
    /// The value, as far as it could be read; of several documents the first.
    pub value: Option<T>,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads any YAML text (a config, a keymap) as a typed value by the same rules as a briefing:
/// every scalar is text until a field says otherwise, and each misfit costs one diagnostic. Fields
/// should be [`Field`](super::super::typing::Field) or [`Many`](super::super::typing::Many), so
/// that one which does not fit leaves the others.
#[must_use]
pub fn read_typed<T: for<'de> Deserialize<'de>>(text: &str) -> Typed<T> {
    let source = Source::new(text);
    let mut found = Found::default();
    let documents = read_documents(&source, &mut found);
    let value = documents.into_iter().find_map(|document| document.node).and_then(|node| {
        let (value, findings) = read_value(&node);
        found.extend(rule::shape::check(&source, &findings));
        found.extend(rule::unknown_key::check(&source, &findings));
        value
    });
    Typed { value, diagnostics: found.finish() }
}
