//! Which words of a text a query has found: what is lit in it.

use std::ops::Range;

use super::phrase::Phrase;
use super::{Part, WordIndex};
use crate::corpus::query::{Node, Query, Test};
use crate::text::{Folding, fold};

/// The bytes of a body or summary that a query's words found, in order and without overlap. What is
/// excluded, or looked for in titles alone, is not lit.
#[must_use]
pub fn hits_in(text: &str, query: &Query) -> Vec<Range<usize>> {
    joined(hits(text, &phrases(query, Part::All)))
}

/// The same of a title.
#[must_use]
pub fn hits_in_title(title: &str, query: &Query) -> Vec<Range<usize>> {
    joined(hits(title, &phrases(query, Part::Title)))
}

/// All that is looked for, and where; not what is excluded.
pub(super) fn wanted_in(query: &Query) -> Vec<(Phrase, Part)> {
    let mut wanted = Vec::new();
    if let Some(root) = query.root() {
        gather(root, Part::All, &mut wanted);
    }
    wanted
}

/// All that is looked for in a part; what is looked for anywhere is looked for in titles too.
pub(super) fn phrases(query: &Query, part: Part) -> Vec<Phrase> {
    let wanted = wanted_in(query).into_iter();
    wanted.filter(|(_, of)| *of == Part::All || *of == part).map(|(phrase, _)| phrase).collect()
}

/// Where each of some phrases stands in a text, with its number; in no certain order.
pub(super) fn hits(text: &str, phrases: &[Phrase]) -> Vec<(Range<usize>, usize)> {
    if phrases.is_empty() {
        return Vec::new();
    }
    let folded = fold(text, Folding { case: true, diacritics: true });
    let all = phrases.iter().enumerate().flat_map(|(number, phrase)| {
        phrase.find_in(folded.text()).map(move |range| (range, number))
    });
    all.map(|(range, number)| (folded.original(range), number)).collect()
}

pub(super) fn joined(mut found: Vec<(Range<usize>, usize)>) -> Vec<Range<usize>> {
    found.sort_unstable_by_key(|(range, _)| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for (range, _) in found {
        match joined.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

fn gather(node: &Node, part: Part, wanted: &mut Vec<(Phrase, Part)>) {
    match node {
        Node::All(parts) => {
            let part = if parts.iter().any(Node::is_switch) { Part::Title } else { part };
            for node in parts {
                gather(node, part, wanted);
            }
        }
        Node::Any(parts) => {
            for node in parts {
                gather(node, part, wanted);
            }
        }
        Node::Term(term) => {
            if let Test::Words { text, prefix } = &term.test {
                wanted.push((Phrase::new(text, *prefix), part));
            }
        }
        Node::Not(_) => {}
    }
}

impl Query {
    /// Whether it is words one behind the other, and no more.
    #[must_use]
    pub fn is_words_alone(&self) -> bool {
        matches!(self.root(), Some(Node::Term(term)) if term.test.field().is_none())
    }

    /// Whether it asks for words, and not only to be without them.
    #[must_use]
    pub fn has_words(&self) -> bool {
        !wanted_in(self).is_empty()
    }

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
