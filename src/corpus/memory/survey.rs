//! What was found in the texts of a corpus, kept for those that stay as they are.

use std::collections::HashMap;
use std::sync::Arc;

use super::Memory;
use crate::actor::{MentionFinder, read_gazetteer};
use crate::briefing::{Briefing, Entity};
use crate::corpus::concordance::Concordance;
use crate::corpus::facets::Facets;
use crate::corpus::scope::registry_of;
use crate::corpus::succession::Succession;
use crate::corpus::{Corpus, Entry, WordIndex, contradiction};
use crate::diagnostic::Diagnostic;

/// Something for each text, known by the very briefing that was read: another reading of the same
/// file is another text.
#[derive(Debug)]
pub struct ByText<T>(HashMap<usize, (Arc<Briefing>, T)>);

impl<T> Default for ByText<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T> ByText<T> {
    /// What there is for the text of an entry.
    pub fn get(&self, entry: &Entry) -> Option<&T> {
        self.0.get(&(Arc::as_ptr(&entry.briefing).addr())).map(|(_, value)| value)
    }

    /// Keeps something for it. The briefing is held, so that its place in memory stays its own.
    pub fn keep(&mut self, entry: &Entry, value: T) {
        let address = Arc::as_ptr(&entry.briefing).addr();
        self.0.insert(address, (Arc::clone(&entry.briefing), value));
    }
}

/// What was found in the texts.
#[derive(Debug, Default)]
pub struct Surveyed {
    gazetteer: Arc<[Entity]>,
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
    texts: Vec<Arc<Briefing>>,
    concordance: Arc<Concordance>,
    facets: Arc<Facets>,
    words: Arc<WordIndex>,
}

impl Memory {
    /// The same corpus as [`Corpus::with_gazetteer`] gives, of one that was loaded by this.
    #[must_use]
    pub fn introduce(&mut self, corpus: Corpus) -> Corpus {
        let kept = &mut self.surveyed;
        if kept.gazetteer.is_empty() {
            kept.gazetteer = read_gazetteer().into();
        }
        let is_same = |(lists, _): &&(Arc<_>, _)| Arc::ptr_eq(lists, &corpus.finder);
        let known = kept.finders.as_ref().filter(is_same).map(|(_, finder)| Arc::clone(finder));
        let finder = known.unwrap_or_else(|| {
            let all = kept.gazetteer.to_vec();
            let registry = registry_of(&corpus.actors, &corpus.actor_lists, all);
            let finder = Arc::new(MentionFinder::new(registry));
            kept.finders = Some((Arc::clone(&corpus.finder), Arc::clone(&finder)));
            kept.findings = ByText::default();
            finder
        });
        let corpus = Corpus { finder, ..corpus };
        let slots = &mut self.slots;
        let mut text = |at: usize| slots.get_mut(at).and_then(super::Slot::text);
        contradiction::note_all(corpus, &kept.gazetteer, &mut kept.findings, &mut text)
    }

    /// The same corpus as [`Corpus::surveyed`] gives, of one that was loaded by this. Only texts
    /// that are new are looked through, unless more or others are known who may stand in them.
    #[must_use]
    pub fn survey(&mut self, corpus: Corpus) -> Corpus {
        let kept = &mut self.surveyed;
        let texts: Vec<_> =
            corpus.entries.iter().map(|entry| Arc::clone(&entry.briefing)).collect();
        let is_same = |last: &&Last| Arc::ptr_eq(&last.finder, &corpus.finder);
        let (concordance, facets) = match kept.last.as_ref().filter(is_same) {
            Some(last) => {
                let succession = Succession::between(&last.texts, &texts);
                let concordance = Concordance::after(&last.concordance, &succession, &corpus);
                let facets = Facets::after(&last.facets, &succession, &corpus, &concordance);
                (concordance, facets)
            }
            None => {
                let concordance = Concordance::of(&corpus);
                let facets = Facets::of(&corpus, &concordance);
                (concordance, facets)
            }
        };
        let (concordance, facets) = (Arc::new(concordance), Arc::new(facets));
        let words = Arc::new(match &kept.last {
            Some(last) => last.words.after(&last.texts, &corpus),
            None => WordIndex::of(&corpus),
        });
        kept.last = Some(Last {
            finder: Arc::clone(&corpus.finder),
            texts,
            concordance: Arc::clone(&concordance),
            facets: Arc::clone(&facets),
            words: Arc::clone(&words),
        });
        Corpus { concordance, words, facets, ..corpus }.in_time()
    }
}
