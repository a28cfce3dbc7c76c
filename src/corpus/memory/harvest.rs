//! What is found in texts while they are in memory, so that none is read from the index for the
//! first survey: what stands in each, what contradicts what is known, and their words.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::Slot;
use crate::actor::MentionFinder;
use crate::briefing::Entity;
use crate::corpus::concordance::Shared;
use crate::corpus::contradiction::Whole;
use crate::corpus::index::Index;
use crate::corpus::store::{Batch, StoreError, TextId};
use crate::corpus::text::Text;
use crate::corpus::together::Gleaned;
use crate::corpus::words::{Held, Lengths, SegmentBuilder};
use crate::corpus::{Corpus, CorpusFile, Entry, FileId};
use crate::diagnostic::Diagnostic;

/// Briefings of a segment: with more of them a word is kept less often, with fewer it takes less
/// memory to read them, which is done on every core.
const IN_SEGMENT: u32 = 4_096;
/// Fewer than these together are left to the survey, which puts all that are new into one segment.
const WORTH_A_SEGMENT: usize = 256;

/// What was found in the texts that are in the index by now.
#[derive(Debug, Default)]
pub struct Harvest {
    /// By whom.
    finder: Option<Arc<MentionFinder>>,
    gleaned: HashMap<TextId, Gleaned>,
    shared: Shared,
    findings: Vec<(Arc<Text>, Arc<[Diagnostic]>)>,
    segments: Vec<Put>,
    /// The numbers in the index of all texts that were looked through, in their order; `None` of
    /// what could not be kept.
    ids: Vec<Option<TextId>>,
}

/// A segment of words that the index has.
#[derive(Debug)]
pub struct Put {
    /// Its number there.
    pub number: u32,
    /// How many words its texts have.
    pub lengths: Arc<Lengths>,
    /// Its texts.
    pub texts: Vec<TextId>,
}

/// Texts that were looked through together.
#[derive(Debug, Default)]
pub struct Sheaf {
    gleaned: Vec<Gleaned>,
    findings: Vec<Option<Arc<[Diagnostic]>>>,
    segments: Vec<(Held, Vec<usize>)>,
}

/// Looks through texts, some at once.
#[derive(Debug)]
pub struct Reaper {
    /// Files and entries are those of the texts at hand.
    corpus: Corpus,
    gazetteer: Arc<[Entity]>,
    words: Vec<(SegmentBuilder, Vec<usize>)>,
    count: usize,
}

impl Reaper {
    /// One that knows what this corpus knows of actors.
    pub fn new(corpus: Corpus, gazetteer: Arc<[Entity]>) -> Self {
        let shares = rayon::current_num_threads().max(1);
        let words = (0..shares).map(|_| (SegmentBuilder::new(), Vec::new())).collect();
        Self { corpus, gazetteer, words, count: 0 }
    }

    /// Who finds whom he finds.
    pub fn finder(&self) -> &Arc<MentionFinder> {
        &self.corpus.finder
    }

    /// Looks through the texts of files that were just read, in their order.
    pub fn reap<'a>(&mut self, slots: impl Iterator<Item = &'a Slot>) -> Sheaf {
        self.corpus.files = Arc::default();
        self.corpus.entries = Arc::default();
        for (slot, at) in slots.zip(0..) {
            self.take(slot, FileId(at));
        }
        let corpus = &self.corpus;
        let entries: Vec<&Entry> = corpus.entries.iter().collect();
        let whole = Whole::new(corpus, &self.gazetteer);
        let found = entries.par_iter().map(|entry| {
            let declares = entry.text.head.declares;
            let findings = declares.then(|| whole.find_in_entry(entry).into());
            (Gleaned::of(corpus, entry), findings)
        });
        let (gleaned, findings) = found.unzip();
        let first = self.count;
        self.count += corpus.entries.len();
        let each = corpus.entries.len().div_ceil(self.words.len()).max(1);
        let shares = self.words.par_iter_mut().zip(entries.par_chunks(each)).enumerate();
        let full = shares.filter_map(|(share, ((builder, texts), entries))| {
            for (entry, number) in entries.iter().zip(first + share * each..) {
                builder.add(&entry.briefing());
                texts.push(number);
            }
            let is_full = builder.is_full() || builder.count() >= IN_SEGMENT;
            is_full.then(|| (std::mem::take(builder).finish(), std::mem::take(texts)))
        });
        Sheaf { segments: full.collect(), gleaned, findings }
    }

    /// The words of all that was read and is in no segment yet.
    pub fn finish(self) -> Sheaf {
        let rest = self.words.into_par_iter();
        let segments = rest
            .filter(|(_, texts)| texts.len() >= WORTH_A_SEGMENT)
            .map(|(builder, texts)| (builder.finish(), texts));
        Sheaf { segments: segments.collect(), ..Sheaf::default() }
    }

    fn take(&mut self, slot: &Slot, file: FileId) {
        Arc::make_mut(&mut self.corpus.files).whole_mut().push(CorpusFile {
            path: slot.input.path.as_path().into(),
            shown: Arc::default(),
            root: 0,
            source: None,
            diagnostics: Vec::new(),
        });
        let texts = slot.reading.briefings.iter().enumerate();
        Arc::make_mut(&mut self.corpus.entries).whole_mut().extend(texts.map(|(at, text)| Entry {
            slug: String::new(),
            file,
            text: Arc::clone(text),
            unreadable: slot.reading.unreadable.binary_search(&at).is_ok(),
            lines: 0..0,
        }));
    }
}

impl Sheaf {
    /// Whether there are no words to be put into the index.
    pub fn has_no_words(&self) -> bool {
        self.segments.is_empty()
    }
}

impl Harvest {
    /// Begins with what this finder finds; what another found is of no use.
    pub fn begin(&mut self, finder: &Arc<MentionFinder>) {
        if !self.is_by(finder) {
            let segments = std::mem::take(&mut self.segments);
            *self = Self { finder: Some(Arc::clone(finder)), segments, ..Self::default() };
        }
        self.ids.clear();
    }

    /// Takes up what stands in these texts, as far as the index has them.
    pub fn bring_in(&mut self, sheaf: Sheaf, texts: &[Arc<Text>], segments: Vec<Put>) {
        self.segments.extend(segments);
        self.ids.extend(texts.iter().map(|text| text.id()));
        let found = sheaf.gleaned.into_iter().zip(sheaf.findings);
        for ((mut gleaned, findings), text) in found.zip(texts) {
            let Some(id) = text.id() else { continue };
            gleaned.share(&mut self.shared);
            self.gleaned.insert(id, gleaned);
            self.findings.extend(findings.map(|found| (Arc::clone(text), found)));
        }
    }

    /// Puts the words of a sheaf into the index, where that has all their texts.
    pub fn put_words(
        &self,
        batch: &mut Batch<'_>,
        sheaf: &Sheaf,
        new: &[TextId],
    ) -> Result<Vec<Put>, StoreError> {
        let id = |at: &usize| match self.ids.get(*at) {
            Some(id) => *id,
            None => new.get(at - self.ids.len()).copied(),
        };
        let mut put = Vec::new();
        for (held, texts) in &sheaf.segments {
            let Some(texts) = texts.iter().map(id).collect::<Option<Vec<TextId>>>() else {
                continue;
            };
            let number = super::kept_words::put(batch, held, &texts)?;
            put.push(Put { number, lengths: Arc::clone(held.lengths()), texts });
        }
        Ok(put)
    }

    /// What contradicts what is known, to be taken once.
    pub fn findings(&mut self, finder: &Arc<MentionFinder>) -> Vec<(Arc<Text>, Arc<[Diagnostic]>)> {
        let found = std::mem::take(&mut self.findings);
        if self.is_by(finder) { found } else { Vec::new() }
    }

    /// What stands in each text, and the segments that the index got: to be taken once.
    pub fn take(&mut self, finder: &Arc<MentionFinder>) -> (HashMap<TextId, Gleaned>, Vec<Put>) {
        let taken = std::mem::take(self);
        let gleaned = if taken.is_by(finder) { taken.gleaned } else { HashMap::new() };
        (gleaned, taken.segments)
    }

    fn is_by(&self, finder: &Arc<MentionFinder>) -> bool {
        self.finder.as_ref().is_some_and(|own| Arc::ptr_eq(own, finder))
    }
}

/// Files that were looked at, on their way into the index.
#[derive(Debug, Default)]
pub struct Prepared {
    /// The packed texts of each file that is to be kept.
    pub texts: Vec<Vec<Vec<u8>>>,
    /// What was found in them.
    pub sheaf: Sheaf,
}

/// Where what was read goes.
#[derive(Debug)]
pub struct Barn<'a> {
    /// The index.
    pub index: &'a Arc<Index>,
    /// The folders of the corpus.
    pub roots: &'a [PathBuf],
    /// What was found so far.
    pub harvest: &'a mut Harvest,
}
