//! Everything that the list shows, as it is kept: in pieces that are packed by themselves, so that only
//! those are unpacked that somebody looks at.

use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use super::keeping::{number_of_name, rooted, unrooted};
use crate::briefing::{Briefing, Entity};
use crate::corpus::by_date::ByDate;
use crate::corpus::columns::read_set;
use crate::corpus::index::Index;
use crate::corpus::load::KeptNames;
use crate::corpus::naming::shown_path;
use crate::corpus::pieces::{Passing, Unpack};
use crate::corpus::reading::stem_of;
use crate::corpus::store::{RootedPath, TextId, pack, unpack};
use crate::corpus::text::{Head, Text};
use crate::corpus::{Corpus, CorpusFile, Entry, FileId, Pieces};
use crate::diagnostic::Diagnostic;

/// Entries of one piece: each row in view may lie in another, as where briefings are found or where their
/// names do not follow their dates, and all of these are unpacked for one frame. A page of scattered rows
/// costs 12 million instructions with pieces of 32 and 8 with these, which take a fifth more of memory.
const PIECE_OF_ENTRIES: usize = 8;
/// Files of one piece: they are looked up where their names are those of their briefings.
const PIECE_OF_FILES: usize = 32;
/// Rows that are packed on one core.
const AT_ONCE: usize = 2_048;

/// All that is known of a list but its rows.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct KeptList {
    pub files: Packed,
    pub entries: Packed,
    pub by_date: ByDate,
    #[serde(deserialize_with = "read_set")]
    pub relating: RoaringBitmap,
    /// The text of each entry that the index holds.
    pub texts: Vec<Option<TextId>>,
    /// By entry, where there are any: what contradicts what is known.
    pub findings: Vec<(u32, Vec<Diagnostic>)>,
    /// The number of what is known of actors.
    pub knowledge: u64,
    /// What the lists of actors say.
    pub lists: Vec<KeptActors>,
    /// Files that could not be read, and why.
    pub refused: Vec<(RootedPath, Vec<Diagnostic>)>,
    /// The number of all other files with what they hold.
    pub seal: u64,
    /// What is known of the names of all briefings; `None` where not all files were read.
    pub names: Option<KeptNames>,
}

/// A list of actors, with the number of its bytes if it could be read, and what it says.
pub(super) type KeptActors = (RootedPath, Option<u64>, Arc<[Entity]>);

/// Of rows that are packed in pieces, how many there are, and of each piece its length and its mark.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Packed {
    count: usize,
    /// Rows of each piece but the last.
    size: usize,
    pieces: Vec<(usize, bool)>,
}

/// Rows on their way into the index.
pub(super) struct Packing<N> {
    pub packed: Packed,
    pub bytes: Vec<u8>,
    /// By row, what was said of it beside what is kept.
    pub beside: Vec<N>,
}

#[derive(Serialize, Deserialize)]
struct KeptFile {
    path: RootedPath,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize, Deserialize)]
struct KeptEntry {
    /// `None` where its file is called so.
    slug: Option<String>,
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

impl Packed {
    /// Files; those are marked in which something is wrong.
    pub fn files(roots: &[PathBuf], files: &Pieces<CorpusFile>) -> Option<Packing<()>> {
        let kept = |file: &CorpusFile| {
            let path = rooted(roots, &file.path)?;
            Some((KeptFile { path, diagnostics: file.diagnostics.clone() }, ()))
        };
        Self::of(files, PIECE_OF_FILES, kept, CorpusFile::has_findings)
    }

    /// Entries; those are marked that could not be read. Beside each are its text and what `findings`
    /// finds of it.
    pub fn entries(
        corpus: &Corpus,
        findings: impl Fn(&Entry) -> Vec<Diagnostic> + Sync,
    ) -> Option<Packing<(Option<TextId>, Vec<Diagnostic>)>> {
        let mut files = corpus.files.passing();
        let stems = (0..corpus.files.len())
            .map(|at| files.get(at).map(|file| number_of_name(&stem_of(&file.path))));
        let stems: Vec<Option<u64>> = stems.collect();
        let kept = |entry: &Entry| {
            let stem = stems.get(entry.file.0 as usize).copied().flatten();
            let slug = (stem != Some(number_of_name(&entry.slug))).then(|| entry.slug.clone());
            let text = match entry.text.id() {
                Some(id) => KeptText::Indexed(id),
                None if entry.unreadable => {
                    KeptText::Instead(Box::new(entry.briefing().as_ref().clone()))
                }
                None => return None,
            };
            let kept = KeptEntry {
                slug,
                file: entry.file.0,
                text,
                head: entry.text.head.clone(),
                unreadable: entry.unreadable,
                lines: (entry.lines.start, entry.lines.end),
            };
            Some((kept, (entry.text.id(), findings(entry))))
        };
        Self::of(&corpus.entries, PIECE_OF_ENTRIES, kept, |entry| entry.unreadable)
    }

    /// Packs rows, of each of which `kept` says what is kept of it, and what beside that.
    fn of<T: Sync + Send, K: Serialize, N: Send>(
        rows: &Pieces<T>,
        size: usize,
        kept: impl Fn(&T) -> Option<(K, N)> + Sync,
        is_marked: impl Fn(&T) -> bool + Sync,
    ) -> Option<Packing<N>> {
        let all = 0..rows.len();
        let portions = all.clone().into_par_iter().step_by(AT_ONCE).map(|start| {
            let mut passing = rows.passing();
            let (mut pieces, mut beside) = (Vec::new(), Vec::new());
            for start in (start..all.end.min(start + AT_ONCE)).step_by(size) {
                let mut piece = Vec::with_capacity(size);
                let mut has_marked = false;
                for at in start..all.end.min(start + size) {
                    let row = passing.get(at)?;
                    has_marked |= is_marked(row);
                    let (row, note) = kept(row)?;
                    piece.push(row);
                    beside.push(note);
                }
                pieces.push((pack(&piece).ok()?, has_marked));
            }
            Some((pieces, beside))
        });
        let packed = Self { count: all.len(), size, pieces: Vec::new() };
        let mut packing = Packing { packed, bytes: Vec::new(), beside: Vec::new() };
        for (pieces, beside) in portions.collect::<Option<Vec<_>>>()? {
            for (piece, is_marked) in pieces {
                packing.packed.pieces.push((piece.len(), is_marked));
                packing.bytes.extend(piece);
            }
            packing.beside.extend(beside);
        }
        Some(packing)
    }

    /// The rows of these bytes.
    pub fn unpacked<T>(self, bytes: Vec<u8>, unpack: Unpack<T>) -> Option<Pieces<T>> {
        Pieces::packed((self.count, self.size), bytes, self.pieces, unpack)
    }
}

/// Unpacks files.
pub(super) fn unpack_files(roots: &[PathBuf]) -> Unpack<CorpusFile> {
    let roots = roots.to_vec();
    let file = move |kept: KeptFile| {
        let path = unrooted(&roots, &kept.path)?;
        let shown = shown_path(&path).into();
        let root = kept.path.root;
        Some(CorpusFile {
            path: path.into(),
            shown,
            root,
            source: None,
            diagnostics: kept.diagnostics,
        })
    };
    Box::new(move |bytes| unpack::<Vec<KeptFile>>(bytes).ok()?.into_iter().map(&file).collect())
}

/// Unpacks entries in these files.
pub(super) fn unpack_entries(files: Arc<Pieces<CorpusFile>>, index: &Arc<Index>) -> Unpack<Entry> {
    let index = Arc::clone(index);
    Box::new(move |bytes| {
        // Of the files no more than their names is needed, once.
        let mut files = files.passing();
        let all = unpack::<Vec<KeptEntry>>(bytes).ok()?.into_iter();
        all.map(|kept| entry_of(kept, &mut files, &index)).collect()
    })
}

fn entry_of(
    kept: KeptEntry,
    files: &mut Passing<'_, CorpusFile>,
    index: &Arc<Index>,
) -> Option<Entry> {
    let stem = || files.get(kept.file as usize).map(|file| stem_of(&file.path));
    let text = match kept.text {
        KeptText::Indexed(id) => Text::kept(kept.head, id, index),
        KeptText::Instead(briefing) => Text::held(*briefing),
    };
    Some(Entry {
        slug: kept.slug.or_else(stem)?,
        file: FileId(kept.file),
        text: Arc::new(text),
        unreadable: kept.unreadable,
        lines: kept.lines.0..kept.lines.1,
    })
}
