//! Everything that the list shows, as it is kept: in pieces that are packed by themselves, so that only
//! those are unpacked that somebody looks at.

use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use super::keeping::{rooted, unrooted};
use crate::briefing::{Briefing, Entity};
use crate::corpus::by_date::ByDate;
use crate::corpus::columns::read_set;
use crate::corpus::index::Index;
use crate::corpus::naming::shown_path;
use crate::corpus::pieces::{Passing, Unpack};
use crate::corpus::reading::stem_of;
use crate::corpus::store::{RootedPath, TextId, pack, unpack};
use crate::corpus::text::{Head, Text};
use crate::corpus::{Corpus, CorpusFile, Entry, FileId, Pieces};
use crate::diagnostic::Diagnostic;

/// Rows of one piece: of a list of hits each row may lie in another, and all are unpacked for the frame.
const PIECE: usize = 32;

/// All that is known of a list but its rows.
#[derive(Default, Serialize, Deserialize)]
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
    pub lists: Vec<(RootedPath, Arc<[Entity]>)>,
    /// Files that could not be read, and why.
    pub refused: Vec<(RootedPath, Vec<Diagnostic>)>,
    /// The number of all other files with what they hold.
    pub seal: u64,
}

/// Of rows that are packed in pieces, how many there are, and of each piece its length and its mark.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Packed {
    count: usize,
    pieces: Vec<(usize, bool)>,
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
    /// Files with their bytes; those are marked in which something is wrong.
    pub fn files(roots: &[PathBuf], files: &Pieces<CorpusFile>) -> Option<(Self, Vec<u8>)> {
        let kept = |file: &CorpusFile| {
            let path = rooted(roots, &file.path)?;
            Some(KeptFile { path, diagnostics: file.diagnostics.clone() })
        };
        Self::of(files, kept, |file| !file.diagnostics.is_empty())
    }

    /// Entries with their bytes; those are marked that could not be read.
    pub fn entries(corpus: &Corpus) -> Option<(Self, Vec<u8>)> {
        let kept = |entry: &Entry| {
            let stem = corpus.file(entry.file).map(|file| stem_of(&file.path));
            let slug = (stem.as_deref() != Some(&entry.slug)).then(|| entry.slug.clone());
            let text = match entry.text.id() {
                Some(id) => KeptText::Indexed(id),
                None if entry.unreadable => {
                    KeptText::Instead(Box::new(entry.briefing().as_ref().clone()))
                }
                None => return None,
            };
            Some(KeptEntry {
                slug,
                file: entry.file.0,
                text,
                head: entry.text.head.clone(),
                unreadable: entry.unreadable,
                lines: (entry.lines.start, entry.lines.end),
            })
        };
        Self::of(&corpus.entries, kept, |entry| entry.unreadable)
    }

    fn of<T: Sync, K: Serialize>(
        rows: &Pieces<T>,
        kept: impl Fn(&T) -> Option<K> + Sync,
        is_marked: impl Fn(&T) -> bool + Sync,
    ) -> Option<(Self, Vec<u8>)> {
        let all: Vec<&T> = rows.iter().collect();
        let packed = all.par_chunks(PIECE).map(|some| {
            let rows: Vec<K> = some.iter().map(|row| kept(row)).collect::<Option<_>>()?;
            Some((pack(&rows).ok()?, some.iter().any(|row| is_marked(row))))
        });
        let packed: Vec<(Vec<u8>, bool)> = packed.collect::<Option<_>>()?;
        let pieces = packed.iter().map(|(bytes, is_marked)| (bytes.len(), *is_marked)).collect();
        let bytes = packed.iter().flat_map(|(bytes, _)| bytes).copied().collect();
        Some((Self { count: all.len(), pieces }, bytes))
    }

    /// The rows of these bytes.
    pub fn unpacked<T>(self, bytes: Vec<u8>, unpack: Unpack<T>) -> Option<Pieces<T>> {
        Pieces::packed((self.count, PIECE), bytes, self.pieces, unpack)
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
