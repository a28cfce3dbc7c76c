//! The corpus as it was when it was kept last: shown at once at a start, before any file is looked at.

use std::collections::{HashMap, HashSet};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::keeping::{recalled, rooted, unrooted};
use super::{Doubt, Memory, Slot, input};
use crate::actor::gazetteer_files;
use crate::briefing::{Briefing, Entity};
use crate::corpus::bytes::stamp_of;
use crate::corpus::index::Index;
use crate::corpus::load::Actors;
use crate::corpus::reading::{Content, Input, Reading};
use crate::corpus::scan::Found;
use crate::corpus::stamp::{Stamp, fingerprint};
use crate::corpus::store::{Reader, RootedPath, StoreError, TextId, pack, unpack};
use crate::corpus::text::{Head, Text};
use crate::corpus::together::Together;
use crate::corpus::{Corpus, CorpusFile, Entry, FileId, Origin};
use crate::diagnostic::Diagnostic;
use crate::text::clean_line;

/// The names of the parts of a snapshot in the index.
const LIST: &str = "list";
const CONCORDANCE: &str = "concordance";
const FACETS: &str = "facets";
const TIMELINE: &str = "timeline";
const GAZETTEER: &str = "gazetteer";
/// Briefings and files of one piece: pieces are unpacked on every core.
const PIECE: usize = 8_192;
/// Rows that are no longer needed and taken away with one that is kept: some hundredths of a second.
const SWEPT: usize = 8_192;

/// Everything that the list shows, in pieces that are packed by themselves.
#[derive(Default, Serialize, Deserialize)]
struct KeptList {
    files: Vec<Vec<u8>>,
    entries: Vec<Vec<u8>>,
    by_date: Vec<u32>,
    /// By entry, where there are any: what contradicts what is known.
    findings: Vec<(u32, Vec<Diagnostic>)>,
    /// The number of what is known of actors.
    knowledge: u64,
    /// What the lists of actors say.
    lists: Vec<(RootedPath, Vec<Entity>)>,
    /// Files that could not be read, and why.
    refused: Vec<(RootedPath, Vec<Diagnostic>)>,
    /// The number of all other files with what they hold.
    seal: u64,
}

#[derive(Serialize, Deserialize)]
struct KeptFile {
    path: RootedPath,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize, Deserialize)]
struct KeptEntry {
    slug: String,
    file: u32,
    text: KeptText,
    head: Head,
    unreadable: bool,
    lines: (usize, usize),
}

#[derive(Serialize, Deserialize)]
enum KeptText {
    /// As the index holds it.
    Indexed(TextId),
    /// What stands in the place of a file that could not be read.
    Instead(Box<Briefing>),
}

/// What was recalled, to be compared with what was kept of the files.
#[derive(Debug, Default)]
pub(super) struct Recalled {
    seal: u64,
    refused: Vec<(RootedPath, Vec<Diagnostic>)>,
    /// Whether something is to be found anew in texts that are as they were.
    is_outdated: bool,
    /// Whether the files were taken up.
    has_files: bool,
    texts: Vec<Arc<Text>>,
    lists: Vec<Slot>,
    findings: Vec<(u32, Vec<Diagnostic>)>,
    knowledge: u64,
}

impl Recalled {
    fn is_whole(&self) -> bool {
        !self.has_files && !self.is_outdated
    }
}

impl Memory {
    /// The corpus as it was kept last, for the list alone; `None` where it was not kept whole.
    #[must_use]
    pub fn recall(&mut self) -> Option<Corpus> {
        let index = self.index.as_ref()?;
        let Origin::Paths(roots) = &self.origin else { return None };
        let (_, kept) = index.ask(|reader| reader.snapshot(LIST))??;
        let kept: KeptList = unpack(&kept).ok()?;
        let (files, entries) = rayon::join(
            || pieces(&kept.files, |kept: KeptFile| file(roots, kept)),
            || pieces(&kept.entries, |kept: KeptEntry| Some(entry(kept, index))),
        );
        let (files, entries) = (files?, entries?);
        self.recalled = Recalled {
            seal: kept.seal,
            refused: kept.refused,
            lists: kept.lists.into_iter().filter_map(|list| list_of(roots, list)).collect(),
            texts: entries.iter().map(|entry: &Entry| Arc::clone(&entry.text)).collect(),
            findings: kept.findings,
            knowledge: kept.knowledge,
            ..Recalled::default()
        };
        let by_date = kept.by_date.into();
        let (files, entries) = (Arc::new(files), Arc::new(entries));
        let name = self.origin.name();
        Some(Corpus { name, files, entries, by_date, ..Corpus::empty(self.origin.clone()) })
    }

    /// The recalled corpus with all that was found in its texts; as it is where that was not kept, or
    /// other actors are known by now: then [`Memory::load`] finds it anew.
    #[must_use]
    pub fn recall_survey(&mut self, corpus: Corpus) -> Corpus {
        self.recall_gazetteer();
        let lists = std::mem::take(&mut self.recalled.lists);
        let paths: Vec<&Path> = lists.iter().map(|list| list.input.path.as_path()).collect();
        self.outer = self.outer_lists_beside(&paths);
        let actors = Actors::gather(&lists, &self.outer);
        let finder = self.finder_of(&actors);
        let corpus = Corpus { actors: actors.all, actor_lists: actors.lists, finder, ..corpus };
        let findings = std::mem::take(&mut self.recalled.findings);
        let is_known = self.knowledge_of(&corpus) == Some(self.recalled.knowledge);
        let together = is_known.then(|| self.recalled_together(corpus.entries.len())).flatten();
        let words = self.recalled_words(&corpus);
        let kept = corpus.entries.iter().filter(|entry| entry.text.id().is_some()).count();
        let Some(together) = together.filter(|_| words.has_all(kept)) else {
            self.recalled.is_outdated = true;
            return corpus;
        };
        let is_whole = kept == corpus.entries.len();
        let words = if is_whole { words } else { words.completed(&corpus) };
        let mut by_entry = vec![Vec::new(); corpus.entries.len()];
        for (at, found) in findings {
            if let Some(slot) = by_entry.get_mut(at as usize) {
                *slot = found;
            }
        }
        self.surveyed.recall(corpus, by_entry, together, words)
    }

    /// The corpus as it is now, looked through: what was kept is taken up, and what is other by now is
    /// read. `now` and `progress` as for [`Memory::load`].
    #[must_use]
    pub fn bring_up(&mut self, now: Duration, progress: &(dyn Fn(usize, usize) + Sync)) -> Corpus {
        let kept = self.recall().map(|corpus| self.recall_survey(corpus));
        if let Some(kept) = kept.as_ref().filter(|_| self.is_as_kept()) {
            return kept.clone();
        }
        self.recall_files();
        let corpus = self.load(&Doubt::Everything, now, progress).map(|corpus| {
            let corpus = self.introduce(corpus);
            let corpus = self.survey(corpus);
            self.remember(&corpus);
            corpus
        });
        corpus.or(kept).unwrap_or_else(|| Corpus::empty(self.origin.clone()))
    }

    /// What was kept of the gazetteer is there in a fiftieth of the time that reading it takes.
    fn recall_gazetteer(&mut self) {
        let Some(index) = &self.index else { return };
        self.surveyed.gazetteer(|| {
            let (of, kept) = index.ask(|reader| reader.snapshot(GAZETTEER))??;
            (of == gazetteer_number()).then(|| unpack(&kept).ok()).flatten()
        });
    }

    /// Keeps this corpus for the next start; of one that is not kept text by text, nothing.
    pub fn remember(&mut self, corpus: &Corpus) {
        let (Some(index), Origin::Paths(roots)) = (&self.index, &self.origin) else { return };
        let Some(list) = self.list(roots, corpus).and_then(|list| pack(&list).ok()) else { return };
        let Corpus { concordance, facets, timeline, .. } = corpus;
        let (Ok(concordance), Ok(facets), Ok(timeline)) =
            (pack(&**concordance), pack(&**facets), pack(&**timeline))
        else {
            return;
        };
        let listed: HashSet<TextId> =
            corpus.entries.iter().filter_map(|entry| entry.text.id()).collect();
        let number = gazetteer_number();
        let has_gazetteer =
            index.ask(|reader| reader.snapshot_key(GAZETTEER)) == Some(Some(number));
        let gazetteer = self.surveyed.gazetteer(|| None);
        let gazetteer = (!has_gazetteer).then(|| pack(gazetteer).ok()).flatten();
        index.change(|batch| {
            if let Some(gazetteer) = gazetteer {
                batch.put_snapshot(GAZETTEER, number, &gazetteer)?;
            }
            batch.put_snapshot(LIST, 0, &list)?;
            batch.put_snapshot(CONCORDANCE, 0, &concordance)?;
            batch.put_snapshot(FACETS, 0, &facets)?;
            batch.put_snapshot(TIMELINE, 0, &timeline)?;
            batch.release_texts(|id| listed.contains(&id))?;
            batch.sweep(SWEPT).map(drop)
        });
    }

    fn recalled_together(&self, entries: usize) -> Option<Together> {
        // One after another, so that no two of them are in memory as bytes.
        let together = self.index.as_ref()?.ask(|reader| {
            let concordance = part(reader, CONCORDANCE)?;
            let facets = part(reader, FACETS)?;
            let timeline = part(reader, TIMELINE)?;
            Ok(concordance.zip(facets).zip(timeline))
        });
        let ((concordance, facets), timeline) = together??;
        let together = Together { concordance, facets, timeline };
        together.concordance.covers(entries).then_some(together)
    }

    /// A number for all that is known of actors, and for which files: the same wherever the corpus
    /// lies.
    fn knowledge_of(&self, corpus: &Corpus) -> Option<u64> {
        let Origin::Paths(roots) = &self.origin else { return None };
        let lists: Vec<_> = corpus
            .actor_lists
            .iter()
            .map(|list| {
                let holds_for: Vec<Option<RootedPath>> =
                    list.holds_for.iter().map(|folder| rooted(roots, folder)).collect();
                (holds_for, list.actors.clone())
            })
            .collect();
        Some(fingerprint(&pack(&(gazetteer_number(), &corpus.actors, lists)).ok()?))
    }

    fn list(&self, roots: &[PathBuf], corpus: &Corpus) -> Option<KeptList> {
        let file = |file: &CorpusFile| {
            Some(KeptFile {
                path: rooted(roots, &file.path)?,
                diagnostics: file.diagnostics.clone(),
            })
        };
        let entry = |entry: &Entry| {
            Some(KeptEntry {
                slug: entry.slug.clone(),
                file: entry.file.0,
                text: match entry.text.id() {
                    Some(id) => KeptText::Indexed(id),
                    None if entry.unreadable => {
                        KeptText::Instead(Box::new(entry.briefing().as_ref().clone()))
                    }
                    None => return None,
                },
                head: entry.text.head.clone(),
                unreadable: entry.unreadable,
                lines: (entry.lines.start, entry.lines.end),
            })
        };
        Some(KeptList {
            files: packed(&corpus.files, file)?,
            entries: packed(&corpus.entries, entry)?,
            by_date: corpus.newest().into_iter().map(|id| id.0).collect(),
            findings: (0..)
                .zip(corpus.entries.iter())
                .map(|(at, entry)| (at, self.surveyed.findings_in(entry).to_vec()))
                .filter(|(_, found)| !found.is_empty())
                .collect(),
            knowledge: self.knowledge_of(corpus)?,
            lists: self.kept_lists(roots),
            refused: self.refused(roots),
            seal: self.slots.iter().fold(NO_FILES, |seal, slot| {
                let known = rooted(roots, &slot.input.path).zip(slot.seal());
                known.map_or(seal, |(path, known)| sealed(seal, &path, known.fingerprint))
            }),
        })
    }

    fn kept_lists(&self, roots: &[PathBuf]) -> Vec<(RootedPath, Vec<Entity>)> {
        let lists = self.slots.iter().filter(|slot| slot.input.is_list());
        let kept =
            |slot: &Slot| Some((rooted(roots, &slot.input.path)?, slot.reading.actors.clone()));
        lists.filter_map(kept).collect()
    }

    fn refused(&self, roots: &[PathBuf]) -> Vec<(RootedPath, Vec<Diagnostic>)> {
        let refused = self.slots.iter().filter(|slot| slot.is_read() && slot.seal().is_none());
        let of = |slot: &Slot| {
            Some((rooted(roots, &slot.input.path)?, slot.reading.diagnostics.clone()))
        };
        refused.filter_map(of).collect()
    }

    /// Whether the files are those that were kept, each as it was, by what the system says of them. It
    /// can be told until they are taken up, which costs the memory that this saves.
    pub fn is_as_kept(&mut self) -> bool {
        let Some(index) = self.index.clone().filter(|_| self.recalled.is_whole()) else {
            return false;
        };
        let (given, found) = self.scan();
        let refused = self.recalled.refused.iter();
        let refused: HashMap<PathBuf, &Vec<Diagnostic>> =
            refused.filter_map(|(path, why)| Some((unrooted(&given, path)?, why))).collect();
        let (again, found): (Vec<Found>, Vec<Found>) =
            found.into_iter().partition(|file| refused.contains_key(&file.path));
        let is_still = |one: Found| {
            let why = refused.get(&one.path).copied();
            input(&given, one).refusal().as_ref() == why
        };
        if again.len() != refused.len() || !again.into_par_iter().all(is_still) {
            return false;
        }
        let (mut seal, mut stamps) = (NO_FILES, Vec::with_capacity(found.len()));
        let mut is_gone = false;
        let is_asked = index.ask(|reader| {
            reader.each_seal(|kept| {
                seal = sealed(seal, &kept.path, kept.fingerprint);
                let path = unrooted(&given, &kept.path);
                let at = path.map(|path| found.binary_search_by(|file| file.path.cmp(&path)));
                match at {
                    Some(Ok(at)) if kept.settled => stamps.push((at, kept.stamp)),
                    Some(Ok(_)) => {}
                    _ => is_gone = true,
                }
            })
        });
        let is_as_kept = |(at, stamp): &(usize, Stamp)| {
            found.get(*at).and_then(|file| stamp_of(&file.path)) == Some(*stamp)
        };
        is_asked.is_some()
            && !is_gone
            && seal == self.recalled.seal
            && stamps.len() == found.len()
            && stamps.par_iter().all(is_as_kept)
    }

    /// Takes up what was kept of the files, once; they are all to be looked at again.
    pub fn recall_files(&mut self) {
        if std::mem::replace(&mut self.recalled.has_files, true) {
            return;
        }
        let Some(index) = self.index.clone() else { return };
        let Origin::Paths(roots) = &self.origin else { return };
        let Some(files) = index.files() else { return };
        let texts = std::mem::take(&mut self.recalled.texts);
        let texts: HashMap<TextId, Arc<Text>> =
            texts.into_iter().filter_map(|text| Some((text.id()?, text))).collect();
        let known = |id| texts.get(&id).map(Arc::clone);
        let slots = files.par_iter().map(|file| recalled(&index, roots, file, &known));
        let mut slots: Vec<Slot> = slots.flatten().collect();
        slots.sort_by(|a, b| a.input.path.cmp(&b.input.path));
        let seal =
            files.iter().fold(NO_FILES, |seal, file| sealed(seal, &file.path, file.fingerprint));
        let is_same = seal == self.recalled.seal
            && !self.recalled.is_outdated
            && slots.iter().flat_map(Slot::kept_texts).all(|id| texts.contains_key(id));
        self.is_loaded = is_same;
        self.slots = slots;
    }
}

fn packed<T: Sync, K: Serialize>(
    all: &[T],
    kept: impl Fn(&T) -> Option<K> + Sync,
) -> Option<Vec<Vec<u8>>> {
    all.par_chunks(PIECE)
        .map(|some| pack(&some.iter().map(&kept).collect::<Option<Vec<K>>>()?).ok())
        .collect()
}

fn pieces<K: for<'a> Deserialize<'a>, T: Send>(
    pieces: &[Vec<u8>],
    make: impl Fn(K) -> Option<T> + Sync,
) -> Option<Vec<T>> {
    let piece = |piece: &Vec<u8>| -> Option<Vec<T>> {
        unpack::<Vec<K>>(piece).ok()?.into_iter().map(&make).collect()
    };
    let pieces: Vec<Vec<T>> = pieces.par_iter().map(piece).collect::<Option<_>>()?;
    Some(pieces.into_iter().flatten().collect())
}

/// A part of a snapshot; `None` where it was not kept, or cannot be understood.
fn part<T: DeserializeOwned>(
    reader: &Reader<'_>,
    name: &str,
) -> Result<Option<Arc<T>>, StoreError> {
    let kept = reader.snapshot(name)?;
    Ok(kept.and_then(|(_, kept)| unpack(&kept).ok()).map(Arc::new))
}

/// A number for the gazetteer in the program.
fn gazetteer_number() -> u64 {
    fingerprint(gazetteer_files().concat().as_bytes())
}

/// The number of no files; that of some does not depend on their order.
const NO_FILES: u64 = 1;

/// The number of some files and of one more, which has a path and the number of its bytes.
fn sealed(seal: u64, path: &RootedPath, bytes: u64) -> u64 {
    let rest = path.rest.as_os_str().as_bytes();
    let root = path.root.to_le_bytes();
    seal.wrapping_add(fingerprint(&[rest, &root, &bytes.to_le_bytes()].concat()))
}

/// A list as far as it says who its actors are.
fn list_of(roots: &[PathBuf], (path, actors): (RootedPath, Vec<Entity>)) -> Option<Slot> {
    let input =
        Input { path: unrooted(roots, &path)?, folder: String::new(), content: Content::OnDisk };
    let mut list = Slot::new(input);
    list.reading = Arc::new(Reading { actors, ..Reading::default() });
    Some(list)
}

fn file(roots: &[PathBuf], kept: KeptFile) -> Option<CorpusFile> {
    let path = unrooted(roots, &kept.path)?;
    let shown = clean_line(&path.to_string_lossy()).into_owned();
    let root = kept.path.root;
    Some(CorpusFile { path, shown, root, source: None, diagnostics: kept.diagnostics })
}

fn entry(kept: KeptEntry, index: &Arc<Index>) -> Entry {
    let text = match kept.text {
        KeptText::Indexed(id) => Text::kept(kept.head, id, index),
        KeptText::Instead(briefing) => Text::held(*briefing),
    };
    Entry {
        slug: kept.slug,
        file: FileId(kept.file),
        text: Arc::new(text),
        unreadable: kept.unreadable,
        lines: kept.lines.0..kept.lines.1,
    }
}
