//! What was read goes into the index, and what was kept there comes back, file by file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Memory, Slot};
use crate::briefing::{Entity, Reference};
use crate::corpus::index::Index;
use crate::corpus::reading::{Content, Input, Reading, Seal};
use crate::corpus::store::{Batch, RootedPath, StoreError, StoredFile, TextId, pack, unpack};
use crate::corpus::text::{Head, Text};
use crate::corpus::{Origin, naming::folder_within};
use crate::diagnostic::Diagnostic;

/// What a file says by itself, as it is kept: its texts by their numbers.
#[derive(Serialize, Deserialize)]
struct KeptReading {
    diagnostics: Vec<Diagnostic>,
    texts: Vec<(TextId, Head)>,
    unreadable: Vec<usize>,
    references: Vec<Reference>,
    actors: Vec<Entity>,
}

/// The path of a file as its corpus knows it wherever it lies.
pub fn rooted(roots: &[PathBuf], path: &Path) -> Option<RootedPath> {
    let mut roots = roots.iter().enumerate();
    roots.find_map(|(root, folder)| {
        Some(RootedPath { root, rest: path.strip_prefix(folder).ok()?.to_owned() })
    })
}

/// The path of a file in the form of the corpus' paths.
pub fn unrooted(roots: &[PathBuf], path: &RootedPath) -> Option<PathBuf> {
    let root = roots.get(path.root)?;
    let is_root = path.rest.as_os_str().is_empty();
    Some(if is_root { root.clone() } else { root.join(&path.rest) })
}

impl Memory {
    /// Keeps what was read of these files, and has its texts read from the index from now on.
    /// Where that fails they are held in memory.
    pub(super) fn keep(index: &Arc<Index>, origin: &Origin, slots: &mut [&mut Slot]) {
        let Origin::Paths(roots) = origin else { return };
        let new: Vec<&mut Slot> = slots.iter_mut().map(|slot| &mut **slot).collect();
        let packed = |slot: &&mut Slot| -> Vec<Vec<u8>> {
            let held = slot.reading.briefings.iter().filter(|text| text.id().is_none());
            held.filter_map(|text| pack(&*text.whole()).ok()).collect()
        };
        let mut new: Vec<&mut Slot> = new.into_iter().filter(|slot| slot.is_to_be_kept()).collect();
        if new.is_empty() {
            return;
        }
        let texts: Vec<Vec<Vec<u8>>> = new.par_iter().map(packed).collect();
        let mut ids: Vec<Vec<TextId>> = Vec::new();
        let is_kept = index.change(|batch| {
            for (slot, texts) in new.iter().zip(&texts) {
                ids.push(put(batch, roots, slot, texts)?);
            }
            Ok(())
        });
        if is_kept {
            for (slot, ids) in new.iter_mut().zip(ids) {
                slot.kept(index, &ids);
            }
        }
    }

    /// Forgets files that are gone.
    pub(super) fn forget(index: &Arc<Index>, origin: &Origin, gone: &[Slot]) {
        let Origin::Paths(roots) = origin else { return };
        if gone.is_empty() {
            return;
        }
        index.change(|batch| {
            for slot in gone {
                slot.kept_texts().iter().try_for_each(|id| batch.retire_text(*id))?;
                if let Some(path) = rooted(roots, &slot.input.path) {
                    batch.remove_file(&path)?;
                }
            }
            Ok(())
        });
    }
}

/// Keeps a file, and its texts where they are new; gives their numbers.
fn put(
    batch: &mut Batch<'_>,
    roots: &[PathBuf],
    slot: &Slot,
    texts: &[Vec<u8>],
) -> Result<Vec<TextId>, StoreError> {
    let reading = &slot.reading;
    let mut ids: Vec<TextId> = reading.briefings.iter().filter_map(|text| text.id()).collect();
    if ids.len() != reading.briefings.len() {
        ids = texts.iter().map(|text| batch.put_packed_text(text)).collect::<Result<_, _>>()?;
    }
    for id in slot.kept_texts().iter().filter(|id| !ids.contains(id)) {
        batch.retire_text(*id)?;
    }
    let heads = reading.briefings.iter().map(|text| text.head.clone());
    let kept = KeptReading {
        diagnostics: reading.diagnostics.clone(),
        texts: ids.iter().copied().zip(heads).collect(),
        unreadable: reading.unreadable.clone(),
        references: reading.references.clone(),
        actors: reading.actors.clone(),
    };
    let seal = slot.seal().zip(rooted(roots, &slot.input.path)).zip(pack(&kept).ok());
    if let Some(((seal, path), reading)) = seal {
        batch.put_file(&StoredFile {
            path,
            stamp: seal.stamp,
            fingerprint: seal.fingerprint,
            settled: slot.is_settled(),
            reading,
        })?;
    }
    Ok(ids)
}

/// A file as it was kept; `None` where what was kept cannot be understood. `known` gives a text that
/// is there already.
pub(super) fn recalled(
    index: &Arc<Index>,
    roots: &[PathBuf],
    file: &StoredFile,
    known: &(dyn Fn(TextId) -> Option<Arc<Text>> + Sync),
) -> Option<Slot> {
    let path = unrooted(roots, &file.path)?;
    let kept: KeptReading = unpack(&file.reading).ok()?;
    let text = |(id, head): (TextId, Head)| {
        known(id).unwrap_or_else(|| Arc::new(Text::kept(head, id, index)))
    };
    let reading = Reading {
        diagnostics: kept.diagnostics,
        text: None,
        briefings: kept.texts.into_iter().map(text).collect(),
        unreadable: kept.unreadable,
        references: kept.references,
        actors: kept.actors,
    };
    let folder = folder_within(roots, &path);
    let seal = Seal { stamp: file.stamp, fingerprint: file.fingerprint };
    let input = Input { path, folder, content: Content::OnDisk };
    Some(Slot::recalled(input, seal, file.settled, reading))
}
