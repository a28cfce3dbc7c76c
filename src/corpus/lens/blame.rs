//! Which of its terms is to blame for what a lens does not find.

use super::Marks;
use super::evaluate::Evaluation;
use crate::corpus::Corpus;
use crate::corpus::query::{Node, Query};

/// One of the terms or groups that must all hold, with what it does to the lens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blame {
    /// The term or group.
    pub conjunct: Query,
    /// How many briefings it finds by itself.
    pub alone: u64,
    /// How many are found without it.
    pub without: u64,
}

/// What each of a query's terms finds by itself, and what would be found without it: for a lens that
/// finds nothing. Empty where the query cannot be evaluated.
#[must_use]
pub fn blame(corpus: &Corpus, query: &Query, marks: &dyn Marks) -> Vec<Blame> {
    let parts = query.root().map(Node::parts).unwrap_or_default();
    let (switches, parts): (Vec<&Node>, Vec<&Node>) =
        parts.iter().partition(|part| part.is_switch());
    let count = |parts: Vec<&Node>| -> u64 {
        let parts = switches.iter().chain(&parts).map(|part| (*part).clone()).collect();
        let found = Node::all(parts).map(|root| Evaluation { corpus, marks }.find(&root));
        match found {
            None => corpus.entries.len() as u64,
            Some(Ok(found)) => found.settled(&corpus.facets).0.len(),
            Some(Err(_)) => 0,
        }
    };
    let others = |without: usize| {
        let others = parts.iter().enumerate().filter(move |(at, _)| *at != without);
        others.map(|(_, part)| *part).collect()
    };
    let blame = |(at, part): (usize, &&Node)| Blame {
        conjunct: Query::of(Some((*part).clone())),
        alone: count(vec![part]),
        without: count(others(at)),
    };
    parts.iter().enumerate().map(blame).collect()
}
