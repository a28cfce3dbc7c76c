//! The documents of a file as nodes, whose spans are those of the file.

use serde::Deserialize;

use super::super::rule;
use super::super::syntax::{Node, Refusal, parse_document, split_documents};
use super::super::typing::read_value;
use crate::diagnostic::{Code, Diagnostic, Source};

/// Reads every document; `None` stands for one that could not be read.
pub fn read_documents(source: &Source<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Option<Node>> {
    split_documents(source.text())
        .into_iter()
        .filter_map(|span| {
            let start = span.start;
            match parse_document(source.slice(span)) {
                Err(_) => {
                    diagnostics.push(Diagnostic::new(Code::BAD_SYNTAX, "not YAML").at(source.place(start..start)));
                    Some(None)
                }
                Ok(parsed) => parsed.node.map(|mut node| {
                    node.map_spans(&|span| span.start + start..span.end + start);
                    Some(node)
                }),
            }
        })
        .collect()
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
    let value = documents.into_iter().flatten().next().and_then(|node| {
        let (value, findings) = read_value(&node);
        diagnostics.extend(rule::shape::check(&source, &findings));
        diagnostics.extend(rule::unknown_key::check(&source, &findings));
        value
    });
    super::sort(&mut diagnostics);
    Typed { value, diagnostics }
}
