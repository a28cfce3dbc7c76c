//! What was read goes into the index, and what was kept there comes back, file by file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::harvest::{Barn, Prepared, Reaper};
use super::{Memory, Slot};
use crate::briefing::{Briefing, Entity, Reference, ReferenceTo};
use crate::corpus::index::Index;
use crate::corpus::reading::{Content, Input, Reading, Seal};
use crate::corpus::stamp::fingerprint;
use crate::corpus::store::{
    Batch, RootedPath, Squeezer, StoreError, StoredFile, TextId, pack, unpack,
};
use crate::corpus::text::{Head, Text};
use crate::corpus::{Origin, naming::folder_within};
use crate::diagnostic::Diagnostic;

/// Texts that stand for all of a corpus: with more of them what is kept becomes hardly smaller.
const SAMPLE: usize = 128;

/// What a file says by itself, as it is kept: its texts by their numbers.
#[derive(Serialize, Deserialize)]
struct KeptReading {
    diagnostics: Vec<Diagnostic>,
    texts: Vec<(TextId, Head)>,
    unreadable: Vec<usize>,
    references: Vec<Reference>,
    actors: Arc<[Entity]>,
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
    /// Makes ready what was read of these files, and looks through it while it is in memory.
    pub(super) fn prepare(
        index: &Index,
        slots: &[&mut Slot],
        reaper: Option<&mut Reaper>,
    ) -> Prepared {
        let new = slots.iter().map(|slot| &**slot).filter(|slot| slot.is_to_be_kept());
        let new: Vec<&Slot> = new.collect();
        let held = |slot: &Slot| -> Vec<Arc<Briefing>> {
            let held = slot.reading.briefings.iter().filter(|text| text.id().is_none());
            held.map(|text| text.whole()).collect()
        };
        let sample: Vec<Arc<Briefing>> =
            new.iter().flat_map(|slot| held(slot)).take(SAMPLE).collect();
        let unread = new.iter().copied().filter(|slot| has_new_texts(slot));
        // Where no dictionary is there yet it takes its time, on one core, which may have begun already:
        // this one is not to wait for it before there is nothing else to do.
        let is_any = !sample.is_empty();
        let (sheaf, squeezer) = rayon::join(
            || reaper.map(|reaper| reaper.reap(unread)).unwrap_or_default(),
            || is_any.then(|| index.store().squeezer(sample.iter().map(|text| &**text))),
        );
        let each = new.len().div_ceil(rayon::current_num_threads() * 4).max(1);
        let texts = new.par_chunks(each).flat_map_iter(|slots| {
            let mut squeezer = squeezer.as_ref().map(Squeezer::another);
            let mut squeeze = |text: &Briefing| squeezer.as_mut()?.squeeze(text).ok();
            let packed = |slot: &&Slot| -> Vec<Vec<u8>> {
                held(slot).iter().filter_map(|text| squeeze(text)).collect()
            };
            slots.iter().map(packed).collect::<Vec<_>>()
        });
        let texts = texts.collect();
        Prepared { texts, sheaf }
    }

    /// Keeps what was made ready of these files, and has its texts read from the index from now on.
    /// Where that fails they are held in memory.
    pub(super) fn keep(barn: &mut Barn<'_>, slots: &mut [&mut Slot], prepared: Prepared) {
        let Prepared { texts, sheaf } = prepared;
        let new = slots.iter_mut().map(|slot| &mut **slot).filter(|slot| slot.is_to_be_kept());
        let mut new: Vec<&mut Slot> = new.collect();
        if new.is_empty() && sheaf.has_no_words() {
            return;
        }
        let is_reaped: Vec<bool> = new.iter().map(|slot| has_new_texts(slot)).collect();
        let mut ids: Vec<Vec<TextId>> = Vec::new();
        let mut segments = Vec::new();
        let is_kept = barn.index.change(|batch| {
            for (slot, texts) in new.iter().zip(&texts) {
                ids.push(put(batch, barn.roots, slot, texts)?);
            }
            let reaped = ids.iter().zip(&is_reaped).filter(|(_, is_reaped)| **is_reaped);
            let reaped: Vec<TextId> = reaped.flat_map(|(ids, _)| ids.iter().copied()).collect();
            segments = barn.harvest.put_words(batch, &sheaf, &reaped)?;
            Ok(())
        });
        if is_kept {
            for (slot, ids) in new.iter_mut().zip(ids) {
                slot.kept(barn.index, &ids);
            }
        } else {
            segments.clear();
        }
        let reaped = new.iter().zip(is_reaped).filter(|(_, is_reaped)| *is_reaped);
        let reaped = reaped.flat_map(|(slot, _)| slot.reading.briefings.iter().map(Arc::clone));
        barn.harvest.bring_in(sheaf, &reaped.collect::<Vec<_>>(), segments);
    }

    /// Forgets files that are gone.
    pub(super) fn forget(index: &Arc<Index>, origin: &Origin, gone: &[Slot]) {
        let Origin::Paths(roots) = origin else { return };
        if gone.is_empty() {
            return;
        }
        index.change(|batch| {
            for slot in gone {
                if let Some(path) = rooted(roots, &slot.input.path) {
                    batch.remove_file(&path)?;
                }
            }
            Ok(())
        });
    }
}

/// The name of a briefing as a number, by which links to it are found.
pub fn number_of_name(slug: &str) -> u64 {
    fingerprint(slug.as_bytes())
}

/// Whether it has texts that were not looked through.
fn has_new_texts(slot: &Slot) -> bool {
    slot.reading.briefings.first().is_some_and(|text| text.id().is_none())
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
        let links = kept.references.iter().filter(|known| known.to == ReferenceTo::Briefing);
        for link in links {
            batch.put_link(number_of_name(&link.name), &path)?;
        }
        batch.put_file(&StoredFile {
            path,
            stamp: seal.stamp,
            fingerprint: seal.fingerprint,
            settled: slot.is_settled(),
            texts: ids.clone(),
            reading,
        })?;
    }
    Ok(ids)
}

/// A file as it was kept; `None` where what was kept cannot be understood.
pub(super) fn recalled(index: &Arc<Index>, roots: &[PathBuf], file: &StoredFile) -> Option<Slot> {
    let path = unrooted(roots, &file.path)?;
    let kept: KeptReading = unpack(&file.reading).ok()?;
    let text = |(id, head): (TextId, Head)| Arc::new(Text::kept(head, id, index));
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
