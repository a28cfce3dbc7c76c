//! YAML text becomes a tree of nodes, every scalar a text, every node with its place.
//!
//! The limits stand here: no file, however hostile, costs more than its size should.

mod build;
mod node;
mod offsets;
mod split;

pub use build::{Parsed, Refusal, Remark, RemarkKind, parse_document};
pub use node::{Content, Node, Scalar, Style};
pub use split::split_documents;

/// Lists and maps within each other, at most.
pub const MAX_DEPTH: usize = 64;

/// Nodes of one document, those that aliases repeat included, at most.
pub const MAX_NODES: usize = 300_000;

/// Bytes of text that anchors keep and aliases repeat in one document, at most.
pub const MAX_ALIAS_BYTES: usize = 16 << 20;
