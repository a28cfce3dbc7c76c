//! One file of a corpus: its bytes, from the disk or from the program, become briefings or actors.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{CorpusFile, bytes};
use crate::actor::find_conflicts;
use crate::briefing::{
    Briefing, Entity, Reference, ReferenceTo, date_of_stem, read_actors, read_file, rule,
};
use crate::diagnostic::Diagnostic;
use crate::text::clean_line;

/// A file that is to be read.
#[derive(Debug)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// Its folder within the corpus, parts joined by `/`; empty at the top.
    pub folder: String,
    /// Where its bytes come from.
    pub content: Content,
}

/// Where bytes come from.
#[derive(Debug)]
pub enum Content {
    /// The disk.
    OnDisk,
    /// The program.
    BuiltIn(&'static [u8]),
    /// Nowhere; why.
    Trouble(Diagnostic),
}

/// A file of briefings as read.
#[derive(Debug)]
pub struct ReadBriefings {
    /// The file. Its text is kept where a diagnostic points into it or may yet do so.
    pub file: CorpusFile,
    /// Its briefings; where one could not be read, one that shows its raw text.
    pub briefings: Vec<Briefing>,
    /// Which of them could not be read: indices, ascending.
    pub unreadable: Vec<usize>,
    /// Ids that its briefings give themselves, and links to others.
    pub references: Vec<Reference>,
}

/// Files from this size on are read one after another, so that many of them at once do not take
/// the machine's memory.
const LARGE: u64 = 2 << 20;

/// Has large files wait for each other.
#[derive(Debug, Default)]
pub struct Turn(Mutex<()>);

impl Input {
    fn read<R>(&self, turn: &Turn, read: impl FnOnce(&[u8]) -> R) -> Result<R, Box<Diagnostic>> {
        match &self.content {
            Content::BuiltIn(bytes) => Ok(read(bytes)),
            Content::Trouble(trouble) => Err(Box::new(trouble.clone())),
            Content::OnDisk => {
                let opened = bytes::open(&self.path)?;
                let alone = (opened.size >= LARGE)
                    .then(|| turn.0.lock().unwrap_or_else(PoisonError::into_inner));
                let value = read(&opened.read()?);
                drop(alone);
                Ok(value)
            }
        }
    }

    /// Reads it as briefings. `known_actor` is asked of each name that a briefing uses and does not
    /// declare, `likely_slug` of each link's target.
    pub fn read_briefings(
        &self,
        turn: &Turn,
        known_actor: &dyn Fn(&str) -> bool,
        likely_slug: &dyn Fn(&str) -> bool,
    ) -> ReadBriefings {
        let stem = stem_of(&self.path);
        let reading = match self.read(turn, |bytes| read_file(&stem, bytes)) {
            Ok(reading) => reading,
            Err(trouble) => return self.failed(&stem, String::new(), vec![*trouble]),
        };
        let mut diagnostics = reading.diagnostics;
        diagnostics.extend(rule::unknown_actor::check(&reading.references, known_actor));
        if reading.briefings.len() == reading.unreadable.len() && reading.briefings.len() <= 1 {
            return self.failed(&stem, reading.text, diagnostics);
        }
        let mut briefings = reading.briefings;
        for &at in &reading.unreadable {
            if let Some(briefing) = briefings.get_mut(at) {
                briefing.title = format!("{}, briefing {}", self.name(), at + 1);
            }
        }
        let mut references = reading.references;
        references.retain(|reference| reference.to != ReferenceTo::Actor);
        let lost = |reference: &Reference| {
            reference.to == ReferenceTo::Briefing && !likely_slug(&reference.name)
        };
        let keep = !diagnostics.is_empty() || references.iter().any(lost);
        let source = keep.then(|| reading.text.into());
        ReadBriefings {
            file: self.file(source, diagnostics),
            briefings,
            unreadable: reading.unreadable,
            references,
        }
    }

    /// Reads it as a list of actors.
    pub fn read_actors(&self, turn: &Turn) -> (CorpusFile, Vec<Entity>) {
        match self.read(turn, read_actors) {
            Ok(reading) => {
                let mut diagnostics = reading.diagnostics;
                diagnostics.extend(find_conflicts(&reading.actors));
                let source = (!diagnostics.is_empty()).then(|| reading.text.into());
                (self.file(source, diagnostics), reading.actors)
            }
            Err(trouble) => (self.file(None, vec![*trouble]), Vec::new()),
        }
    }

    /// Its text once more, for a diagnostic that came late; `None` where it is not to be had.
    pub fn text(&self) -> Option<Arc<str>> {
        let turn = Turn::default();
        self.read(&turn, |bytes| crate::briefing::encoding::decode(bytes).text.into()).ok()
    }

    fn failed(&self, stem: &str, text: String, diagnostics: Vec<Diagnostic>) -> ReadBriefings {
        let source: Option<Arc<str>> = (!text.is_empty()).then(|| text.as_str().into());
        let briefing = Briefing {
            title: self.name(),
            date: date_of_stem(stem),
            body_line: source.is_some().then_some(1),
            body: text,
            line: 1,
            ..Briefing::default()
        };
        ReadBriefings {
            file: self.file(source, diagnostics),
            briefings: vec![briefing],
            unreadable: vec![0],
            references: Vec::new(),
        }
    }

    fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    fn file(&self, source: Option<Arc<str>>, diagnostics: Vec<Diagnostic>) -> CorpusFile {
        let shown = clean_line(&self.path.to_string_lossy()).into_owned();
        CorpusFile { path: self.path.clone(), shown, source, diagnostics }
    }
}

/// A file's name without its ending; what is not UTF-8 in it is replaced.
pub fn stem_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
