//! What a lens asks for, as it is typed: words and fields, put together by `and`, `or`, `-` and
//! parentheses. Syntax alone: whether an actor exists is the lens' business.
//!
//! A query knows where each of its terms was typed, which is no part of what it is: two queries are
//! equal where they ask the same thing in the same order. Printed and parsed again, a query is
//! itself.

mod build;
mod date_test;
mod field;
mod grade_test;
mod lex;
mod node;
mod parse;
mod print;
#[cfg(test)]
mod tests;
mod value;

pub use field::{FIELDS, FieldRow, Takes, find_field};
pub use parse::parse_query;

pub(super) use date_test::DateTest;
pub(super) use field::Field;
pub(super) use grade_test::GradeTest;
pub(super) use lex::{ends_word, is_quote};
pub(super) use node::{Node, Term, Test, Typed};
pub(super) use print::in_quotes_if_needed;
pub(super) use value::{Flag, Value};

use std::ops::Range;

/// A query; the empty one asks for everything. Printed, it stands in its canonical form: one blank
/// between terms, dates as EDTF, quotes and parentheses only where they are needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    root: Option<Node>,
}

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryProblem {
    /// The bytes of the query at fault, on character boundaries; empty at its end where something is
    /// missing there.
    pub span: Range<usize>,
    /// What is so, in a plain sentence without a full stop.
    pub message: String,
    /// A way out.
    pub help: Option<String>,
}

impl QueryProblem {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Query {
    pub(super) fn of(root: Option<Node>) -> Self {
        Self { root }
    }

    /// Its last term, where that is not excluded.
    pub(super) fn last_mut(&mut self) -> Option<&mut Node> {
        self.root.as_mut()?.last_mut()
    }

    pub(super) fn root(&self) -> Option<&Node> {
        self.root.as_ref()
    }

    /// Whether it asks for everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    /// Whether any of its terms is on events; then only matching events are of the lens.
    #[must_use]
    pub fn binds_events(&self) -> bool {
        self.terms().any(|term| term.test.field().is_some_and(|field| field.row().binds_event))
    }

    /// Where it asks what a reader has read or starred; `None` where it does not.
    #[must_use]
    pub fn asks_for_marks(&self) -> Option<Range<usize>> {
        let marks = self.terms().find(|term| term.test.field() == Some(Field::Is));
        marks.map(|term| term.typed.term.clone())
    }

    /// All its terms in the order in which they stand.
    pub(super) fn terms(&self) -> impl Iterator<Item = &Term> {
        let mut terms = Vec::new();
        if let Some(root) = &self.root {
            root.gather(&mut terms);
        }
        terms.into_iter()
    }
}
