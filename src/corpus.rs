//! A folder of briefings as loaded: one immutable snapshot that every reader shares.
//!
//! May use everything up to `actor`. `scan` and `load` are among the few places that may touch
//! files. Deliberately absent: what a reader has read or starred (`desk`), and what is on a screen.

pub mod built_in;
mod by_date;
mod bytes;
mod changes;
mod columns;
pub mod concordance;
mod contradiction;
mod crew;
pub mod dossier;
mod entry;
mod facets;
mod gazetteer;
pub mod index;
pub mod kwic;
pub mod lens;
pub mod load;
mod memory;
mod naming;
pub mod network;
mod outer_actors;
mod pieces;
pub mod query;
mod reading;
mod rising;
mod root;
pub mod scan;
mod scope;
mod slugs;
mod stamp;
pub mod store;
mod succession;
mod text;
pub mod timeline;
mod together;
pub mod watch;
pub mod words;

pub use bytes::read_bytes;
pub use changes::Changes;
pub use concordance::{ActorId, Concordance};
pub use crew::Crew;
pub use entry::Entry;
pub use facets::{Count, Counted};
pub use load::load;
pub use memory::{Differences, Doubt, Memory};
pub use pieces::Pieces;
pub use scan::{Found, is_actors_file, scan};
pub use words::WordIndex;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use crate::actor::{Cast, MentionFinder, PartyRef, Scope, read_gazetteer};
use crate::briefing::{Briefing, Entity};
use crate::date::PackedDays;
use crate::diagnostic::{Diagnostic, Place, Severity};
use by_date::ByDate;
use facets::Facets;
use memory::ByText;
use timeline::Timeline;
use together::Together;

/// Pieces of a list that may be unpacked at once: a frame needs some dozens.
const MOST_UNPACKED: usize = 512;

/// A briefing of one snapshot; means nothing in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BriefingId(pub u32);

/// A file of one snapshot; means nothing in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// Where a corpus came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Files and folders, as given.
    Paths(Vec<PathBuf>),
    /// The sample corpus inside the program.
    BuiltIn,
}

/// A file that was found, and what is wrong in it.
#[derive(Clone, Debug)]
pub struct CorpusFile {
    /// Where it is; relative to the working directory where it was given so.
    pub path: Arc<Path>,
    /// Its path as shown: lossless where it is UTF-8, never with control characters.
    pub shown: Arc<str>,
    /// In which of the corpus' roots it lies, from 0.
    pub root: usize,
    /// Its decoded text, kept only where a diagnostic points into it.
    pub source: Option<Arc<str>>,
    /// Everything that is wrong in it, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl CorpusFile {
    /// Whether anything is wrong in it, be it a trifle.
    fn has_findings(&self) -> bool {
        !self.diagnostics.is_empty()
    }
}

/// The actors of one `actors.yaml`: they hold for its folder and all below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorList {
    /// The path of the file, as shown.
    pub shown: String,
    /// The folder for which it holds, in the form of the corpus' paths. Of a list that lies above
    /// what was given to be read: the given files and folders below it.
    pub holds_for: Vec<PathBuf>,
    /// Which of the corpus' actors it declares.
    pub actors: Range<usize>,
}

/// One immutable state of a corpus.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// Its name on the screen: the folder's, or `sample`.
    pub name: String,
    /// Where it came from.
    pub origin: Origin,
    /// What each of the folders and files is called that it was read from.
    pub roots: Vec<String>,
    /// All files, briefings and `actors.yaml` alike, sorted by path.
    pub files: Arc<Pieces<CorpusFile>>,
    /// All briefings, sorted by slug.
    pub entries: Arc<Pieces<Entry>>,
    /// Their order in [`Corpus::newest`].
    by_date: Arc<ByDate>,
    /// Those that tell of standing ties between actors; `None` where it is for their texts to say.
    relating: Option<Arc<RoaringBitmap>>,
    /// Actors that `actors.yaml` files declare, file by file.
    pub actors: Arc<[Entity]>,
    /// Which of them hold where; the place of a list is its [`ListId`](crate::actor::ListId) in the finder's registry.
    pub actor_lists: Vec<ActorList>,
    /// Finds who is mentioned; it knows the actors of the lists, and of the gazetteer from
    /// [`Corpus::with_gazetteer`] on.
    pub finder: Arc<MentionFinder>,
    /// All events in the order of time; which of them are one is known from [`Corpus::surveyed`] on.
    pub timeline: Arc<Timeline>,
    /// Who stands where; nobody anywhere until [`Corpus::surveyed`].
    pub concordance: Arc<Concordance>,
    /// Which words stand where; none anywhere until [`Corpus::surveyed`].
    pub words: Arc<WordIndex>,
    /// Which briefings and events have what a lens may ask for; nothing until [`Corpus::surveyed`].
    facets: Arc<Facets>,
}

impl Corpus {
    /// A corpus with nothing in it, as before loading.
    #[must_use]
    pub fn empty(origin: Origin) -> Self {
        Self {
            name: String::new(),
            roots: origin.roots(),
            origin,
            files: Arc::default(),
            entries: Arc::default(),
            by_date: Arc::default(),
            relating: None,
            actors: Arc::default(),
            actor_lists: Vec::new(),
            finder: Arc::default(),
            timeline: Arc::default(),
            concordance: Arc::default(),
            words: Arc::default(),
            facets: Arc::default(),
        }
    }

    /// The entry of a briefing; `None` for an id of another snapshot.
    #[must_use]
    pub fn entry(&self, id: BriefingId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    /// The file that an entry stands in.
    #[must_use]
    pub fn file(&self, id: FileId) -> Option<&CorpusFile> {
        self.files.get(id.0 as usize)
    }

    /// Actors that `actors.yaml` files declare for a file, those of the nearest folder first.
    pub fn actors_for(&self, file: FileId) -> impl Iterator<Item = &Entity> {
        let path = self.file(file).map_or(Path::new(""), |file| &*file.path);
        scope::lists_for(&self.actor_lists, path)
            .filter_map(|id| self.actor_lists.get(id.0 as usize))
            .flat_map(|list| self.actors.get(list.actors.clone()).unwrap_or_default())
    }

    /// Whose words count in a file: those of the lists that hold for it, the nearest first, then
    /// the gazetteer's.
    #[must_use]
    pub fn scope(&self, file: FileId) -> Scope {
        let path = self.file(file).map_or(Path::new(""), |file| &*file.path);
        Scope::Lists(scope::lists_for(&self.actor_lists, path).collect())
    }

    /// The same corpus with everybody known whom the gazetteer inside the program knows. Reading
    /// that costs as much as some hundred briefings, so it is for those who look for mentions.
    ///
    /// Only now can be told what contradicts what is known of an actor, so files get the findings
    /// about that here; where one points into a text that was not kept, its file is read again.
    #[must_use]
    pub fn with_gazetteer(self) -> Self {
        let gazetteer: Arc<[Entity]> = read_gazetteer().into();
        let known = gazetteer::Gazetteer::Held(Arc::clone(&gazetteer));
        let finder = scope::finder_of(&self.actors, &self.actor_lists, known);
        let origin = self.origin.clone();
        let mut text = |file: &CorpusFile| contradiction::source_of(&origin, file);
        let corpus = Self { finder, ..self };
        let corpus = contradiction::note_all(corpus, &gazetteer, &mut ByText::default(), &mut text);
        contradiction::forget_known(corpus)
    }

    /// The text of a file; where it is not held, the file is read once more.
    #[must_use]
    pub fn source_of(&self, file: &CorpusFile) -> Option<Arc<str>> {
        file.source.clone().or_else(|| contradiction::source_of(&self.origin, file))
    }

    /// The same corpus with all its texts looked through: who stands where, and which words. It
    /// takes about a third of a millisecond for a briefing and core.
    #[must_use]
    pub fn surveyed(self) -> Self {
        let words = Arc::new(WordIndex::of(&self));
        Together::of(&self).put_into(Self { words, ..self })
    }

    /// A corpus of briefings that stand in no file, each under its id or its number. Nothing is wrong in
    /// any of them, and nobody looked through them yet.
    #[must_use]
    pub fn of_briefings(briefings: Vec<Briefing>) -> Self {
        let count = briefings.len();
        let entries = (0..count).zip(briefings).map(|(number, briefing)| Entry {
            slug: briefing.id.clone().unwrap_or_else(|| format!("{number:08}")),
            file: FileId(u32::MAX),
            text: text::Text::held(briefing).into(),
            unreadable: false,
            lines: 0..usize::MAX,
        });
        let mut entries: Vec<Entry> = entries.collect();
        entries.sort_by(|a, b| a.slug.cmp(&b.slug));
        Self { entries: Arc::new(entries.into()), ..Self::empty(Origin::BuiltIn) }
    }

    /// The same corpus with who stands where, what a lens may ask for but for words, and its events in
    /// order. What another snapshot tells of texts that stayed is taken over, if the same finder told it.
    #[must_use]
    pub fn told_together(self, before: Option<&Self>) -> Self {
        let same = before.filter(|before| Arc::ptr_eq(&before.finder, &self.finder));
        let Some(before) = same else { return Together::of(&self).put_into(self) };
        let succession = succession::Succession::between(&before.entries, &self.entries);
        Together::after(&Together::from(before), &succession, &self).put_into(self)
    }

    /// The same corpus, in which nobody is found but whom its briefings declare themselves: whoever shows
    /// it would else make ready who finds the others.
    pub(crate) fn nameless(&self) -> Self {
        Self { finder: Arc::default(), ..self.clone() }
    }

    /// The same corpus with nothing unpacked, where more of its list is than some screens of it: what a
    /// reader has passed need not stay in memory.
    #[must_use]
    pub fn repacked(&self) -> Option<Self> {
        let (entries, files) =
            (self.entries.repacked(MOST_UNPACKED), self.files.repacked(MOST_UNPACKED));
        if entries.is_none() && files.is_none() {
            return None;
        }
        let entries = entries.map_or_else(|| Arc::clone(&self.entries), Arc::new);
        let files = files.map_or_else(|| Arc::clone(&self.files), Arc::new);
        Some(Self { files, entries, ..self.clone() })
    }

    /// When a briefing was issued, without unpacking its row.
    #[must_use]
    pub fn issued(&self, id: BriefingId) -> PackedDays {
        let of_entry = || PackedDays::of(self.entry(id).and_then(Entry::date));
        self.facets.issued.get(id.0 as usize).copied().unwrap_or_else(of_entry)
    }

    /// Those of these briefings that tell of standing ties between actors.
    fn relating_among(&self, some: &RoaringBitmap) -> RoaringBitmap {
        if let Some(relating) = &self.relating {
            return some & &**relating;
        }
        let relates =
            |id: &u32| self.entry(BriefingId(*id)).is_some_and(|entry| entry.text.head.relates);
        some.iter().filter(relates).collect()
    }

    /// The same corpus with its events put in order.
    pub(crate) fn in_time(self) -> Self {
        Self { timeline: Arc::new(Timeline::of(&self)), ..self }
    }

    /// Whether its texts have been looked through.
    #[must_use]
    pub fn is_surveyed(&self) -> bool {
        self.entries.is_empty() || self.concordance.covers(self.entries.len())
    }

    /// The actors of a briefing and its mentions of them; of an unreadable file there are none. Once
    /// the corpus was looked through nothing is looked for again.
    #[must_use]
    pub fn cast(&self, briefing: BriefingId) -> Cast {
        if let Some(known) = self.concordance.found_in(briefing).filter(|_| self.is_surveyed()) {
            return known;
        }
        let cast = |entry: &Entry| self.cast_of(&self.scope(entry.file), entry, &entry.briefing());
        self.entry(briefing).map(cast).unwrap_or_default()
    }

    /// Has these briefings read together, where they have to be: they are about to be asked for.
    pub fn fetch(&self, ids: impl Iterator<Item = BriefingId>) {
        self.fetch_by(ids, |index, ids| index.fetch(ids));
    }

    /// The same of their events alone.
    pub fn fetch_events(&self, ids: impl Iterator<Item = BriefingId>) {
        self.fetch_by(ids, |index, ids| index.fetch_events(ids));
    }

    fn fetch_by(
        &self,
        ids: impl Iterator<Item = BriefingId>,
        fetch: impl Fn(&index::Index, &mut dyn Iterator<Item = store::TextId>),
    ) {
        let mut kept = ids.filter_map(|id| self.entry(id)?.text.kept_in()).peekable();
        if let Some((index, _)) = kept.peek().copied() {
            let is_there = |(other, _): &(&Arc<index::Index>, _)| Arc::ptr_eq(other, index);
            fetch(index, &mut kept.filter(is_there).map(|(_, id)| id));
        }
    }

    /// The same of an entry whose scope and briefing are at hand.
    fn cast_of(&self, scope: &Scope, entry: &Entry, briefing: &Briefing) -> Cast {
        let body = if entry.unreadable { "" } else { briefing.body.as_str() };
        self.finder.find_within(scope, body, briefing.date.as_ref(), &briefing.entities)
    }

    /// Whom a name in the `by` or `to` of a briefing's event means; see [`MentionFinder::party`].
    #[must_use]
    pub fn party(&self, entry: &Entry, name: &str) -> Option<PartyRef> {
        self.finder.party_within(&self.scope(entry.file), name, &entry.briefing().entities)
    }

    /// The same of an entry whose scope and briefing are at hand.
    fn party_of(&self, scope: &Scope, briefing: &Briefing, name: &str) -> Option<PartyRef> {
        self.finder.party_within(scope, name, &briefing.entities)
    }

    /// These briefings, the newest first, undated ones last, then by slug; in the order of slugs
    /// until [`Corpus::surveyed`].
    #[must_use]
    pub fn newest_of(&self, briefings: &RoaringBitmap) -> Vec<BriefingId> {
        let mut ids: Vec<BriefingId> = briefings.iter().map(BriefingId).collect();
        ids.sort_by_key(|id| self.newest_first().get(id.0 as usize).copied().unwrap_or(id.0));
        ids
    }

    /// The place of each briefing, by its number, among all of them with the newest first; nothing
    /// until [`Corpus::surveyed`].
    pub(crate) fn newest_first(&self) -> &[u32] {
        &self.facets.newest
    }

    /// All briefings' ids, in the order of their slugs.
    pub fn ids(&self) -> impl Iterator<Item = BriefingId> + use<> {
        (0..u32::try_from(self.entries.len()).unwrap_or(u32::MAX)).map(BriefingId)
    }

    /// The briefing with this slug.
    #[must_use]
    pub fn find(&self, slug: &str) -> Option<BriefingId> {
        let at = self.entries.partition_point(|entry| entry.slug.as_str() < slug);
        self.entries.get(at).filter(|entry| entry.slug == slug)?;
        u32::try_from(at).ok().map(BriefingId)
    }

    /// What is wrong in the lines of an entry, and in its file as a whole.
    pub fn diagnostics_of<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = &'a Diagnostic> {
        let all = self.file(entry.file).into_iter().flat_map(|file| &file.diagnostics);
        let own = |place: &Place| entry.lines.contains(&place.start.line);
        all.filter(move |found| found.place.as_ref().is_none_or(own))
    }

    /// Number of diagnostics that are worth a warning sign: errors and warnings.
    #[must_use]
    pub fn problem_count(&self) -> usize {
        let all = self.files.marked().flat_map(|(_, file)| &file.diagnostics);
        all.filter(|diagnostic| diagnostic.severity() > Severity::Note).count()
    }
}
