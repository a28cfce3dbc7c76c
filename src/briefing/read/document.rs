//! The documents of a file as nodes, whose spans are those of the file.

use std::ops::Range;

use serde::Deserialize;

use super::super::recovery::{Recovered, read_document};
use super::super::rule;
use super::super::syntax::{Node, split_documents};
use super::super::typing::read_value;
use crate::diagnostic::{Diagnostic, Source};

/// A document that is not empty.
pub struct Document {
    /// Its bytes in the file, with the line that begins it.
    pub span: Range<usize>,
    /// Its root; `None` where it could not be read.
    pub node: Option<Node>,
}

/// Reads every document.
pub fn read_documents(source: &Source<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Document> {
    let spans = split_documents(source.text());
    spans.into_iter().filter_map(|span| read_one(source, &span, diagnostics)).collect()
}

fn read_one(
    source: &Source<'_>,
    span: &Range<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Document> {
    let base = span.start;
    let shift = |span: Range<usize>| span.start + base..span.end + base;
    let Recovered { node, mut remarks, repairs, refusal } =
        read_document(source.slice(span.clone()));
    diagnostics.extend(repairs.into_iter().map(|repair| repair.into_diagnostic(source, base)));
    if let Some(refusal) = refusal {
        diagnostics.push(rule::refusal::finding(source, span, &refusal));
        return Some(Document { span: span.clone(), node: None });
    }
    let mut node = node?;
    node.map_spans(&shift);
    for remark in &mut remarks {
        remark.map_spans(&shift);
        diagnostics.extend(rule::remark::check(source, remark));
    }
    diagnostics.extend(rule::comment_cut::check(source, &node));
    diagnostics.extend(rule::curly_quotes::check(source, &node));
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
    let mut diagnostics = Vec::new();
    let documents = read_documents(&source, &mut diagnostics);
    let value = documents.into_iter().find_map(|document| document.node).and_then(|node| {
        let (value, findings) = read_value(&node);
        diagnostics.extend(rule::shape::check(&source, &findings));
        diagnostics.extend(rule::unknown_key::check(&source, &findings));
        value
    });
    super::sort(&mut diagnostics);
    Typed { value, diagnostics }
}
