//! Bytes of a file become briefings and diagnostics; never fails.

mod document;
mod entity;
mod event;
mod fallback;
mod fields;
mod found;
#[cfg(test)]
mod tests;
mod values;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic, Place, Source};

use super::encoding::{Decoded, Encoding, decode};
use super::model::{Briefing, Entity};
use super::raw;
use super::rule;
use super::syntax::{Content, Node};
use document::read_documents;
pub use document::{Typed, read_typed};
pub use fallback::date_of as date_of_stem;
use found::Found;
use values::Values;

/// A file larger than this is not read at all; whoever opens files holds to it.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// A file as read.
#[derive(Clone, Debug, Default)]
pub struct FileReading {
    /// The decoded text, to which every place refers.
    pub text: String,
    /// How it was decoded.
    pub encoding: Encoding,
    /// Its briefings in order. In the place of a document that could not be read stands one without
    /// a title whose body is its raw text.
    pub briefings: Vec<Briefing>,
    /// Which of them could not be read: indices into `briefings`, ascending.
    pub unreadable: Vec<usize>,
    /// What the briefings refer to and do not hold themselves.
    pub references: Vec<Reference>,
    /// What is wrong, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// A name that a briefing uses and only the corpus can resolve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Index into the file's briefings.
    pub briefing: usize,
    /// To what it refers.
    pub to: ReferenceTo,
    /// The name as written.
    pub name: String,
    /// Where it stands.
    pub place: Place,
}

/// To what a reference refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReferenceTo {
    /// An actor (`by` or `to` of an event) that the briefing's own entities do not declare.
    Actor,
    /// Another briefing, by its id.
    Briefing,
    /// Itself: the `id` that it gives.
    Itself,
}

/// An `actors.yaml` as read.
#[derive(Clone, Debug, Default)]
pub struct ActorsReading {
    /// The decoded text, to which every place refers.
    pub text: String,
    /// How it was decoded.
    pub encoding: Encoding,
    /// The actors in the order of the file.
    pub actors: Vec<Entity>,
    /// What is wrong, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file of briefings. `stem` is the file's name without its ending: it stands in for a
/// missing title, and may begin with the date.
#[must_use]
pub fn read_file(stem: &str, bytes: &[u8]) -> FileReading {
    let Decoded { text, encoding, is_text, diagnostics } = decode(bytes);
    let mut found = Found::default();
    found.extend(diagnostics);
    let mut briefings = Vec::new();
    let mut unreadable = Vec::new();
    let mut references = Vec::new();
    if is_text {
        let source = Source::new(&text);
        let documents = read_documents(&source, &mut found);
        for document in &documents {
            let node = document.node.as_ref();
            let Some(node) = node.filter(|node| is_map(node, &source, "a briefing", &mut found))
            else {
                unreadable.push(briefings.len());
                briefings.push(fallback::stand_in(&source, &document.span, stem));
                continue;
            };
            let mut values = Values::new(&source);
            let raw = values.typed::<raw::Briefing>(node);
            let read = fields::briefing(&mut values, raw, node, stem, briefings.len());
            found.extend([values.found]);
            references.extend(read.references);
            briefings.push(read.briefing);
        }
        if documents.is_empty() {
            let empty = Diagnostic::new(Code::NOT_A_BRIEFING, "the file holds no briefing");
            found.push(empty.help("write at least `title`, `date` and `body`"));
        }
        found.extend(rule::control_character::check(&source));
    }
    FileReading { text, encoding, briefings, unreadable, references, diagnostics: found.finish() }
}

/// Reads an `actors.yaml`: a map with the key `actors`, or the bare list.
#[must_use]
pub fn read_actors(bytes: &[u8]) -> ActorsReading {
    let Decoded { text, encoding, is_text, diagnostics } = decode(bytes);
    let mut found = Found::default();
    found.extend(diagnostics);
    let mut actors = Vec::new();
    if is_text {
        let source = Source::new(&text);
        let documents = read_documents(&source, &mut found);
        for node in documents.iter().filter_map(|document| document.node.as_ref()) {
            let mut values = Values::new(&source);
            let declared = match node.content {
                Content::List(_) => values.typed(node),
                _ if !is_map(node, &source, "actors.yaml", &mut found) => continue,
                _ => values.typed::<raw::Actors>(node).actors,
            };
            actors.extend(
                declared.0.into_iter().filter_map(|item| entity::entity(&mut values, item)),
            );
            found.extend([values.found]);
        }
        found.extend(rule::control_character::check(&source));
    }
    ActorsReading { text, encoding, actors, diagnostics: found.finish() }
}

/// The slug of a briefing that gives no id: the file's stem, `stem-2` for its second document.
#[must_use]
pub fn slug(stem: &str, index: usize) -> String {
    if index == 0 { stem.to_owned() } else { format!("{stem}-{}", index + 1) }
}

fn is_map(node: &Node, source: &Source<'_>, what: &str, found: &mut Found) -> bool {
    let shape = match &node.content {
        Content::Map(_) => return true,
        Content::List(_) => "a list",
        Content::Scalar(_) => "a bare text",
    };
    let first = source.position(node.span.start).line;
    let line = source.lines().line(first).unwrap_or_default();
    let message = format!("{shape} is not {what}");
    let finding = Diagnostic::new(Code::NOT_A_BRIEFING, message)
        .at(source.place(node.span.start..node.span.end.min(line.end.max(node.span.start))))
        .help("it consists of `key: value` lines, at least `title`, `date` and `body`");
    found.push(finding);
    false
}
