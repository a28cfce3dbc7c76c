//! Nodes become typed values: a serde deserializer over the tree that keeps places and goes on
//! after an error.
//!
//! A value that does not fit costs itself and no more: [`Field`] and [`Many`] swallow the error,
//! which is noted with its place in a [`Findings`]. Keys that a struct does not have are noted too,
//! so the structs are the one source of the names of the format.

mod access;
mod deserializer;
mod field;

use std::cell::RefCell;
use std::ops::Range;

use serde::Deserialize;

use super::syntax::Node;
use deserializer::NodeDeserializer;
pub use field::{Field, Many, NameOr, Spanned};

/// What did not fit on the way from nodes to values.
#[derive(Debug, Default)]
pub struct Findings {
    /// Values of the wrong shape.
    pub misfits: Vec<Misfit>,
    /// Keys that their struct does not have.
    pub unknown: Vec<UnknownKey>,
}

impl Findings {
    /// Whether the value of a key did not fit.
    #[must_use]
    pub fn misfits_at(&self, map: &Node, key: &str) -> bool {
        let value = map.get(key);
        value.is_some_and(|value| self.misfits.iter().any(|misfit| misfit.span == value.span))
    }
}

/// A value of the wrong shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Where it stands.
    pub span: Range<usize>,
    /// What is wrong, in a sentence.
    pub message: String,
}

/// A key that its struct does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey {
    /// The key as written.
    pub key: String,
    /// Where the key stands.
    pub span: Range<usize>,
    /// Its value.
    pub value: serde_yaml::Value,
    /// The struct's name.
    pub owner: &'static str,
    /// The keys that the struct has.
    pub known: &'static [&'static str],
    /// Those of them that this map has already.
    pub present: Vec<&'static str>,
}

/// Reads a value from a node; `None` where nothing of it fits. Everything that did not fit is in
/// the findings, in the order of the file.
#[must_use]
pub fn read_value<'a, T: Deserialize<'a>>(node: &'a Node) -> (Option<T>, Findings) {
    let findings = RefCell::new(Findings::default());
    let value = T::deserialize(NodeDeserializer::new(node, &findings)).ok();
    let mut findings = findings.into_inner();
    findings.misfits.sort_by_key(|misfit| misfit.span.start);
    findings.unknown.sort_by_key(|unknown| unknown.span.start);
    (value, findings)
}
