//! What was found in the texts of a corpus, kept for those that stay as they are.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use roaring::RoaringBitmap;

use super::harvest::Reaper;
use super::kept_words::ready;
use super::{Memory, Slot};
use crate::actor::MentionFinder;
use crate::briefing::Entity;
use crate::corpus::gazetteer::{self, Gazetteer};
use crate::corpus::index::Index;
use crate::corpus::scope::finder_of;
use crate::corpus::store::TextId;
use crate::corpus::succession::Succession;
use crate::corpus::text::{Text, TextKey};
use crate::corpus::together::{Gleaned, Together};
use crate::corpus::{
    ActorList, Corpus, CorpusFile, Entry, Origin, Pieces, WordIndex, contradiction,
};
use crate::diagnostic::Diagnostic;

/// Something for each text, known by the very briefing that was read: another reading of the same
/// file is another text.
#[derive(Debug, Default)]
pub struct ByText<T> {
    kept: HashMap<TextKey, (Arc<Text>, T)>,
    /// Texts in the index for which there is nothing, as there is for most.
    with_nothing: RoaringBitmap,
    nothing: T,
}

impl<T: Clone> ByText<T> {
    /// What there is for the text of an entry.
    pub fn get(&self, entry: &Entry) -> Option<&T> {
        match entry.text.key() {
            TextKey::Kept(id) if self.with_nothing.contains(id.0) => Some(&self.nothing),
            key => self.kept.get(&key).map(|(_, value)| value),
        }
    }

    /// Keeps something for a text. It is held, so that its place in memory stays its own.
    pub fn keep(&mut self, text: &Arc<Text>, value: T) {
        self.kept.insert(text.key(), (Arc::clone(text), value));
    }

    /// Keeps nothing of a text that is in no file any more.
    pub fn forget(&mut self, text: &Arc<Text>) {
        self.kept.remove(&text.key());
        if let Some(id) = text.id() {
            self.with_nothing.remove(id.0);
        }
    }

    /// Keeps that there is nothing for a text.
    pub fn keep_nothing(&mut self, text: &Arc<Text>) {
        match text.key() {
            TextKey::Kept(id) => {
                self.with_nothing.insert(id.0);
            }
            TextKey::Held(_) => self.keep(text, self.nothing.clone()),
        }
    }
}

/// What was found in the texts.
#[derive(Debug, Default)]
pub struct Surveyed {
    /// Nobody until it is needed.
    gazetteer: Arc<[Entity]>,
    /// Where it may be kept.
    pub kept: Option<Arc<Index>>,
    /// The finder of the lists alone, and that of the lists and the gazetteer.
    finders: Option<(Arc<MentionFinder>, Arc<MentionFinder>)>,
    /// What contradicts what is known, by the second of them.
    findings: ByText<Arc<[Diagnostic]>>,
    /// The last that was surveyed.
    last: Option<Last>,
}

/// A snapshot, as far as the next one follows from it.
#[derive(Debug)]
struct Last {
    /// By whom its actors were found.
    finder: Arc<MentionFinder>,
    entries: Arc<Pieces<Entry>>,
    together: Together,
    words: Arc<WordIndex>,
}

impl Surveyed {
    /// The gazetteer, read or kept.
    pub fn gazetteer(&mut self) -> &Arc<[Entity]> {
        if self.gazetteer.is_empty() {
            let kept = self.kept.as_deref().map(gazetteer::kept);
            self.gazetteer = kept.unwrap_or_else(gazetteer::read_at_once).into();
        }
        &self.gazetteer
    }

    /// The words of the corpus that was surveyed last.
    pub fn words(&self) -> Option<&WordIndex> {
        self.last.as_ref().map(|last| &*last.words)
    }

    /// Whether this corpus was surveyed last.
    pub fn is_of(&self, corpus: &Corpus) -> bool {
        self.last.as_ref().is_some_and(|last| Arc::ptr_eq(&last.entries, &corpus.entries))
    }

    /// The next follows from the same in this corpus.
    pub fn goes_on_with(&mut self, corpus: &Corpus) {
        if let Some(last) = &mut self.last {
            last.entries = Arc::clone(&corpus.entries);
        }
    }

    /// Who knows these lists and the gazetteer too, if he was made already.
    pub fn world(&self, lists: &Arc<MentionFinder>) -> Option<Arc<MentionFinder>> {
        let is_same = |(known, _): &&(Arc<_>, _)| Arc::ptr_eq(known, lists);
        self.finders.as_ref().filter(is_same).map(|(_, world)| Arc::clone(world))
    }

    /// Who knows the lists of a corpus that was loaded, and the gazetteer.
    fn know_world(
        &mut self,
        lists: &Arc<MentionFinder>,
        actors: &Arc<[Entity]>,
        actor_lists: &[ActorList],
    ) -> Arc<MentionFinder> {
        if let Some(known) = self.world(lists) {
            return known;
        }
        let finder = match &self.kept {
            Some(index) if self.gazetteer.is_empty() => {
                finder_of(actors, actor_lists, Gazetteer::Kept(Arc::clone(index)))
            }
            _ => finder_of(actors, actor_lists, Gazetteer::Held(Arc::clone(self.gazetteer()))),
        };
        self.finders = Some((Arc::clone(lists), Arc::clone(&finder)));
        self.findings = ByText::default();
        finder
    }

    /// Looks through texts while they are read, where who is to look is known already, or has to be
    /// before anything else: `is_whole`.
    pub fn reaper(
        &mut self,
        lists: &Arc<MentionFinder>,
        actors: &Arc<[Entity]>,
        actor_lists: &[ActorList],
        is_whole: bool,
    ) -> Option<Reaper> {
        let known = self.world(lists);
        let finder = match known {
            None if is_whole => self.know_world(lists, actors, actor_lists),
            known => known?,
        };
        let gazetteer = Arc::clone(self.gazetteer());
        let corpus = Corpus {
            finder,
            actors: Arc::clone(actors),
            actor_lists: actor_lists.to_vec(),
            ..Corpus::empty(Origin::BuiltIn)
        };
        Some(Reaper::new(corpus, gazetteer))
    }

    /// What contradicts what is known in the text of an entry.
    pub fn findings_in(&self, entry: &Entry) -> &[Diagnostic] {
        self.findings.get(entry).map(|found| &**found).unwrap_or_default()
    }

    /// Takes up what was found before in the texts of a corpus that was loaded, by who knew the same:
    /// `findings` where there are any, by the numbers of the entries, and `texts` of all of them.
    pub fn recall(
        &mut self,
        corpus: Corpus,
        findings: Vec<(u32, Vec<Diagnostic>)>,
        texts: impl Iterator<Item = TextId>,
        (together, words): (Together, WordIndex),
    ) -> Corpus {
        let finder = self.know_world(&corpus.finder, &corpus.actors, &corpus.actor_lists);
        self.findings.with_nothing.extend(texts.map(|id| id.0));
        for (at, found) in findings {
            if let Some(entry) = corpus.entries.get(at as usize) {
                if let Some(id) = entry.text.id() {
                    self.findings.with_nothing.remove(id.0);
                }
                self.findings.keep(&entry.text, found.into());
            }
        }
        let words = Arc::new(words);
        self.last = Some(Last {
            finder: Arc::clone(&finder),
            entries: Arc::clone(&corpus.entries),
            together: together.clone(),
            words: Arc::clone(&words),
        });
        together.put_into(Corpus { finder, words, ..corpus })
    }
}

impl Memory {
    /// Makes ready, beside all else, what reading on needs: who finds whom the lists of a corpus and the
    /// gazetteer know, and what its texts have in common, by which more of them are kept.
    pub fn make_ready(&mut self, corpus: &Corpus) {
        let Corpus { finder, actors, actor_lists, .. } = corpus;
        let world = self.surveyed.know_world(finder, actors, actor_lists);
        rayon::spawn(move || world.make_ready());
        if let Some(index) = self.index.clone() {
            let texts: Vec<_> = corpus.entries.iter().map(|entry| entry.text.whole()).collect();
            rayon::spawn(move || {
                index.store().squeezer(texts.iter().map(|text| &**text));
            });
        }
    }

    /// The same corpus as [`Corpus::with_gazetteer`] gives, of one that was loaded by this.
    #[must_use]
    pub fn introduce(&mut self, corpus: Corpus) -> Corpus {
        let finder = self.surveyed.know_world(&corpus.finder, &corpus.actors, &corpus.actor_lists);
        let gazetteer = Arc::clone(self.surveyed.gazetteer());
        let kept = &mut self.surveyed;
        for (text, found) in self.harvest.findings(&finder) {
            kept.findings.keep(&text, found);
        }
        let corpus = Corpus { finder, ..corpus };
        let slots = &mut self.slots;
        let last = self.last.as_mut();
        let last = last.and_then(|last| last.lets_go_of(&corpus.files).then_some(last));
        let findings = &mut kept.findings;
        let mut text = |file: &CorpusFile| {
            let of_it = |slot: &Slot| slot.input.path.as_path().cmp(&file.path);
            let slot = slots.binary_search_by(of_it).ok()?;
            slots.get_mut(slot).filter(|slot| !slot.is_kept())?.text()
        };
        let corpus = if let Some(step) = last.as_ref().and_then(|last| last.step_to_note()) {
            step.gone().for_each(|text| findings.forget(text));
            let (files, entries) = step.told_anew();
            contradiction::note_in(corpus, &gazetteer, (files, &entries), findings, &mut text)
        } else {
            contradiction::note_all(corpus, &gazetteer, findings, &mut text)
        };
        let corpus = if self.knows_world { corpus } else { contradiction::forget_known(corpus) };
        if let Some(last) = last {
            last.noted(&corpus.files, &corpus.finder);
        }
        corpus
    }

    /// The same corpus as [`Corpus::surveyed`] gives, of one that was loaded by this. Only texts
    /// that are new are looked through, unless more or others are known who may stand in them.
    #[must_use]
    pub fn survey(&mut self, corpus: Corpus) -> Corpus {
        self.survey_telling(corpus, &|_, _| ())
    }

    /// The same; `progress` is told, from any thread, how many texts have been looked through of how many.
    #[must_use]
    pub fn survey_telling(
        &mut self,
        corpus: Corpus,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Corpus {
        let kept = &self.surveyed;
        let is_same = |last: &&Last| Arc::ptr_eq(&last.finder, &corpus.finder);
        let (gleaned, put) = self.harvest.take(&corpus.finder);
        let gleaned = Mutex::new(gleaned);
        let nothing = Together::default();
        let succession = kept.last.as_ref().map(|last| {
            let known = self.last.as_mut();
            let known = known.and_then(|all| all.take_succession(&last.entries, &corpus.entries));
            known.unwrap_or_else(|| Succession::between(&last.entries, &corpus.entries))
        });
        let to_all = Succession::to_all(corpus.entries.len());
        let last = kept.last.as_ref().zip(succession.as_ref());
        let same = last.filter(|(last, _)| is_same(last));
        let (before, succession) =
            same.map_or((&nothing, &to_all), |(last, all)| (&last.together, all));
        let (looked, of) = (AtomicUsize::new(0), succession.new.len());
        let glean = |at: u32| {
            progress(looked.fetch_add(1, Ordering::Relaxed) + 1, of);
            let Some(entry) = corpus.entries.get(at as usize) else { return Gleaned::default() };
            let known = entry
                .text
                .id()
                .and_then(|id| gleaned.lock().unwrap_or_else(PoisonError::into_inner).remove(&id));
            known.unwrap_or_else(|| Gleaned::of(&corpus, entry))
        };
        let together = Together::after_with(before, succession, &corpus, &glean);
        let words = if let Some((last, succession)) = last {
            let ready = self.index.as_ref().map(|index| ready(index, &corpus, put));
            last.words.after(succession, &corpus, ready.unwrap_or_default())
        } else {
            let ids: Vec<_> = corpus.entries.iter().map(|entry| entry.text.id()).collect();
            self.recalled_words(&ids).completed(&corpus)
        };
        let words = Arc::new(self.keep_words(&corpus, words));
        self.surveyed.last = Some(Last {
            finder: Arc::clone(&corpus.finder),
            entries: Arc::clone(&corpus.entries),
            together: together.clone(),
            words: Arc::clone(&words),
        });
        together.put_into(Corpus { words, ..corpus })
    }
}
