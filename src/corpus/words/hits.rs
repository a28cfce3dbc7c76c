//! Which words of a text a query has found: what is lit in it.

use std::ops::Range;

use super::WordIndex;
use super::phrase::Phrase;
use crate::corpus::query::{Node, Query, Test};
use crate::text::{Folding, fold};

/// The bytes of a body or summary that a query's words found, in order and without overlap. What is
/// excluded, or looked for in titles alone, is not lit.
#[must_use]
pub fn hits_in(text: &str, query: &Query) -> Vec<Range<usize>> {
    hits(text, query, false)
}

/// The same of a title.
#[must_use]
pub fn hits_in_title(title: &str, query: &Query) -> Vec<Range<usize>> {
    hits(title, query, true)
}

fn hits(text: &str, query: &Query, is_title: bool) -> Vec<Range<usize>> {
    let mut phrases = Vec::new();
    if let Some(root) = query.root() {
        gather(root, is_title, &mut phrases);
    }
    if phrases.is_empty() {
        return Vec::new();
    }
    let folded = fold(text, Folding { case: true, diacritics: true });
    let all = phrases.iter().flat_map(|phrase| phrase.find_in(folded.text()));
    let mut found: Vec<_> = all.map(|range| folded.original(range)).collect();
    found.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match joined.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

fn gather(node: &Node, is_title: bool, phrases: &mut Vec<Phrase>) {
    match node {
        Node::All(parts) if !is_title && parts.iter().any(Node::is_switch) => {}
        Node::All(parts) | Node::Any(parts) => {
            for part in parts {
                gather(part, is_title, phrases);
            }
        }
        Node::Term(term) => {
            if let Test::Words { text, prefix } = &term.test {
                phrases.push(Phrase::new(text, *prefix));
            }
        }
        Node::Not(_) => {}
    }
}

impl Query {
    /// The query as it is meant while it is being typed: its last word, where it was typed without
    /// quotes or `*` and stands nowhere as it is, is taken as the beginning of one. Printed, it has the
    /// `*` that then belongs there.
    #[must_use]
    pub fn with_last_word_as_prefix(mut self, index: &WordIndex) -> Self {
        if let Some(Node::Term(term)) = self.last_mut() {
            let typed = term.typed.term.clone();
            if let Test::Words { text, prefix } = &mut term.test {
                let is_bare = typed.len() == text.len();
                *prefix |= is_bare && !index.knows(text);
            }
        }
        self
    }
}
