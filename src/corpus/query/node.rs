//! The tree of a query, always in one form: no `and` within an `and` (unless `in:title` holds for the
//! inner one alone), no `or` within an `or`, no double `-`.

use std::ops::Range;

use super::{Field, Flag, Value};

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// All of these, two at least.
    All(Vec<Node>),
    /// Any of these, two at least.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// One term.
    Term(Term),
}

/// The least part of a query, and where it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub test: Test,
    pub typed: Typed,
}

/// What a term asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Words one behind the other; with `prefix` the last may go on.
    Words { text: String, prefix: bool },
    /// What a field holds.
    Field { field: Field, value: Value },
}

/// Bytes of the text that was parsed: of a term, and of its value or words without quotes.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub term: Range<usize>,
    pub value: Range<usize>,
}

/// Where a term was typed does not tell one query from another.
impl PartialEq for Typed {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Typed {}

impl Test {
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Words { .. } => None,
            Self::Field { field, .. } => Some(*field),
        }
    }

    /// Whether it is `in:title`, which asks for nothing by itself.
    pub fn is_switch(&self) -> bool {
        matches!(self, Self::Field { value: Value::Flag(Flag::Title), .. })
    }
}

impl Node {
    /// A term that nobody typed.
    pub fn test(test: Test) -> Self {
        Self::Term(Term { test, typed: Typed::default() })
    }

    /// All of these; `None` of none.
    pub fn all(parts: Vec<Self>) -> Option<Self> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::All(inner) if !inner.iter().any(Self::is_switch) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() > 1 { Some(Self::All(flat)) } else { flat.pop() }
    }

    /// Any of these; `None` of none.
    pub fn any(parts: Vec<Self>) -> Option<Self> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Any(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() > 1 { Some(Self::Any(flat)) } else { flat.pop() }
    }

    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Its parts that must all hold.
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::All(parts) => parts,
            other => std::slice::from_ref(other),
        }
    }

    pub fn is_switch(&self) -> bool {
        matches!(self, Self::Term(term) if term.test.is_switch())
    }

    pub fn gather<'a>(&'a self, terms: &mut Vec<&'a Term>) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.gather(terms);
                }
            }
            Self::Not(inner) => inner.gather(terms),
            Self::Term(term) => terms.push(term),
        }
    }

    /// The term that stands last.
    pub fn last_mut(&mut self) -> Option<&mut Self> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.last_mut()?.last_mut(),
            Self::Not(_) => None,
            Self::Term(_) => Some(self),
        }
    }
}
