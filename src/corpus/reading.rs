//! One file of a corpus: its bytes, from the disk or from the program, become briefings or actors.
//!
//! A reading says only what the file itself tells, so that it holds whatever stands in the others.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::bytes::{self, Opened};
use super::scan::is_actors_file;
use super::stamp::{Stamp, fingerprint};
use super::text::Text;
use crate::actor::find_conflicts;
use crate::briefing::{
    Briefing, Entity, Reference, date_of_stem, encoding, read_actors, read_file,
};
use crate::diagnostic::Diagnostic;

/// A file that is to be read.
#[derive(Debug, PartialEq)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// Its folder within the corpus, parts joined by `/`; empty at the top.
    pub folder: String,
    /// Where its bytes come from.
    pub content: Content,
}

/// Where bytes come from.
#[derive(Debug, PartialEq)]
pub enum Content {
    /// The disk.
    OnDisk,
    /// The program.
    BuiltIn(&'static [u8]),
    /// Nowhere; why.
    Trouble(Box<Diagnostic>),
}

/// What a file says by itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// What is wrong in it by itself.
    pub diagnostics: Vec<Diagnostic>,
    /// Its text, kept where a diagnostic points into it or may yet do so.
    pub text: Option<Arc<str>>,
    /// Its briefings; where one could not be read, one that shows its raw text.
    pub briefings: Vec<Arc<Text>>,
    /// Which of them could not be read: indices, ascending.
    pub unreadable: Vec<usize>,
    /// What its briefings refer to, and ids that they give themselves.
    pub references: Vec<Reference>,
    /// The actors that it declares, where it is a list of them.
    pub actors: Arc<[Entity]>,
}

/// By what a file that was read is known to be unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal {
    /// What the system said of it as it was opened.
    pub stamp: Stamp,
    /// The number of its bytes.
    pub fingerprint: u64,
}

/// Bytes of a file, opened but for those of the program.
#[derive(Debug)]
pub struct Bytes {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they are known by.
    pub seal: Option<Seal>,
}

/// Files from this size on are read one after another, so that many of them at once do not take
/// the machine's memory.
const LARGE: u64 = 2 << 20;

/// Has large files wait for each other.
#[derive(Debug, Default)]
pub struct Turn(Mutex<()>);

impl Input {
    /// Whether it is a list of actors, by its name.
    pub fn is_list(&self) -> bool {
        is_actors_file(&self.path)
    }

    /// Gives its bytes to `read`.
    pub fn read<R>(
        &self,
        turn: &Turn,
        read: impl FnOnce(Result<Bytes, Box<Diagnostic>>) -> R,
    ) -> R {
        let opened = match &self.content {
            Content::BuiltIn(bytes) => {
                return read(Ok(Bytes { bytes: bytes.to_vec(), seal: None }));
            }
            Content::Trouble(trouble) => return read(Err(trouble.clone())),
            Content::OnDisk => bytes::open(&self.path),
        };
        let is_large = opened.as_ref().is_ok_and(|opened| opened.size >= LARGE);
        let alone = is_large.then(|| turn.0.lock().unwrap_or_else(PoisonError::into_inner));
        let value = read(opened.and_then(sealed));
        drop(alone);
        value
    }

    /// What its bytes say. `may_need_text` is asked whether something in the other files may have
    /// a diagnostic point into it.
    pub fn parse(&self, bytes: &[u8], may_need_text: &dyn Fn(&[Reference]) -> bool) -> Reading {
        if self.is_list() {
            return parse_list(bytes);
        }
        let stem = stem_of(&self.path);
        let reading = read_file(&stem, bytes);
        if reading.briefings.len() == reading.unreadable.len() && reading.briefings.len() <= 1 {
            return self.failed(reading.text, reading.diagnostics);
        }
        let mut briefings = reading.briefings;
        for &at in &reading.unreadable {
            if let Some(briefing) = briefings.get_mut(at) {
                briefing.title = format!("{}, briefing {}", self.name(), at + 1);
            }
        }
        let keep = !reading.diagnostics.is_empty() || may_need_text(&reading.references);
        Reading {
            text: keep.then(|| reading.text.into()),
            diagnostics: reading.diagnostics,
            briefings: briefings.into_iter().map(|read| Arc::new(Text::held(read))).collect(),
            unreadable: reading.unreadable,
            references: reading.references,
            actors: Arc::default(),
        }
    }

    /// What stands in its place where there are no bytes.
    pub fn refused(&self, trouble: Diagnostic) -> Reading {
        if self.is_list() {
            return Reading { diagnostics: vec![trouble], ..Reading::default() };
        }
        self.failed(String::new(), vec![trouble])
    }

    /// What is wrong with it where it cannot be read.
    pub fn refusal(&self) -> Option<Vec<Diagnostic>> {
        let refusal = |trouble: Box<Diagnostic>| self.refused(*trouble).diagnostics;
        self.read(&Turn::default(), |bytes| bytes.err().map(refusal))
    }

    /// Its text once more, for a diagnostic that came late; `None` where it is not to be had, or
    /// is another by now.
    pub fn text(&self, seal: Option<Seal>) -> Option<Arc<str>> {
        self.read(&Turn::default(), |bytes| {
            let bytes = bytes.ok()?;
            let is_same = seal.zip(bytes.seal).is_none_or(|(a, b)| a.fingerprint == b.fingerprint);
            is_same.then(|| encoding::decode(&bytes.bytes).text.into())
        })
    }

    fn failed(&self, text: String, diagnostics: Vec<Diagnostic>) -> Reading {
        let source: Option<Arc<str>> = (!text.is_empty()).then(|| text.as_str().into());
        let briefing = Briefing {
            title: self.name(),
            date: date_of_stem(&stem_of(&self.path)),
            body_line: source.is_some().then_some(1),
            body: text,
            line: 1,
            ..Briefing::default()
        };
        Reading {
            diagnostics,
            text: source,
            briefings: vec![Arc::new(Text::held(briefing))],
            unreadable: vec![0],
            ..Reading::default()
        }
    }

    fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }
}

fn sealed(opened: Opened) -> Result<Bytes, Box<Diagnostic>> {
    let stamp = opened.stamp;
    let bytes = opened.read()?;
    let seal = Some(Seal { stamp, fingerprint: fingerprint(&bytes) });
    Ok(Bytes { bytes, seal })
}

fn parse_list(bytes: &[u8]) -> Reading {
    let reading = read_actors(bytes);
    let mut diagnostics = reading.diagnostics;
    diagnostics.extend(find_conflicts(&reading.actors));
    let text = (!diagnostics.is_empty()).then(|| reading.text.into());
    Reading { diagnostics, text, actors: reading.actors.into(), ..Reading::default() }
}

/// A file's name without its ending; what is not UTF-8 in it is replaced.
pub fn stem_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
