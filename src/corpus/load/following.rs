//! The next corpus from the last: only files are brought in anew that say something else.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Gathered, Known, MOST_CANDIDATES, add_entries, begin, has_links, wanted_by};
use crate::actor::MentionFinder;
use crate::briefing::{ReferenceTo, rule};
use crate::corpus::by_date::ByDate;
use crate::corpus::columns::short;
use crate::corpus::memory::Slot;
use crate::corpus::slugs::Contested;
use crate::corpus::succession::Succession;
use crate::corpus::text::Text;
use crate::corpus::{Corpus, CorpusFile, Entry, FileId, Origin, Pieces};
use crate::diagnostic::Code;

/// The last corpus, as far as the next one follows from it.
#[derive(Debug)]
pub(in crate::corpus) struct Last {
    finder: Arc<MentionFinder>,
    world: Option<Arc<MentionFinder>>,
    files: Arc<Pieces<CorpusFile>>,
    entries: Arc<Pieces<Entry>>,
    by_date: Arc<ByDate>,
    contested: Arc<Contested>,
    has_links: bool,
    /// What it is to the one before, if it followed from that, until somebody went on from there.
    step: Option<Step>,
    state: State,
}

/// What the files of a corpus have of what contradicts other knowledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing.
    Plain,
    /// Only those that were taken over have it.
    Partly,
    /// All of it.
    Noted,
}

/// From one corpus to the next.
#[derive(Debug)]
pub(in crate::corpus) struct Step {
    /// The entries of the one before.
    from: Arc<Pieces<Entry>>,
    succession: Succession,
    /// Files that were brought in anew.
    pub files: Vec<u32>,
}

impl Step {
    /// Texts that are in no file any more.
    pub fn gone(&self) -> impl Iterator<Item = &Arc<Text>> {
        let gone = self.succession.gone().iter();
        gone.filter_map(|at| self.from.get(at as usize)).map(|entry| &entry.text)
    }
}

impl Last {
    /// One that followed from none.
    pub fn new(
        known: Known<'_>,
        files: Pieces<CorpusFile>,
        entries: Pieces<Entry>,
        by_date: Arc<ByDate>,
        (contested, has_links): (Contested, bool),
    ) -> Self {
        Self {
            finder: Arc::clone(known.finder),
            world: known.world.map(Arc::clone),
            files: Arc::new(files),
            entries: Arc::new(entries),
            by_date,
            contested: Arc::new(contested),
            has_links,
            step: None,
            state: State::Plain,
        }
    }

    /// Whether it was gathered by who knew the same, and another may follow from it.
    pub fn is_by(&self, known: Known<'_>) -> bool {
        let is_same = |(one, other): (&Arc<_>, &Arc<_>)| Arc::ptr_eq(one, other);
        let is_world = self.world.is_some() == known.world.is_some()
            && self.world.as_ref().zip(known.world).is_none_or(is_same);
        is_same((&self.finder, known.finder)) && is_world && self.state != State::Partly
    }

    /// The corpus that it is.
    pub fn corpus(&self, origin: &Origin, known: Known<'_>) -> Corpus {
        Corpus {
            name: origin.name(),
            roots: origin.roots(),
            files: Arc::clone(&self.files),
            entries: Arc::clone(&self.entries),
            by_date: Arc::clone(&self.by_date),
            actors: Arc::clone(&known.actors.all),
            actor_lists: known.actors.lists.clone(),
            finder: Arc::clone(known.finder),
            ..Corpus::empty(origin.clone())
        }
    }

    /// Which briefing of the last corpus is which of this, if it followed from one with these entries.
    pub fn take_succession(
        &mut self,
        from: &Arc<Pieces<Entry>>,
        to: &Arc<Pieces<Entry>>,
    ) -> Option<Succession> {
        let is_to = Arc::ptr_eq(&self.entries, to);
        let step = self.step.take_if(|step| is_to && Arc::ptr_eq(&step.from, from));
        step.map(|step| step.succession)
    }

    /// Whether these are its files; then it lets go of them until they are [`noted`](Self::noted), so that
    /// who adds to them needs no other ones.
    pub fn lets_go_of(&mut self, files: &Arc<Pieces<CorpusFile>>) -> bool {
        let is_same = Arc::ptr_eq(&self.files, files);
        if is_same {
            self.files = Arc::default();
        }
        is_same
    }

    /// By which step files came that are to have what contradicts other knowledge, where all others have
    /// that already.
    pub fn step_to_note(&self) -> Option<&Step> {
        self.step.as_ref().filter(|_| self.state == State::Partly)
    }

    /// What contradicts other knowledge is in these files now; `world` found it.
    pub fn noted(&mut self, files: &Arc<Pieces<CorpusFile>>, world: &Arc<MentionFinder>) {
        self.files = Arc::clone(files);
        self.world = Some(Arc::clone(world));
        self.state = State::Noted;
    }

    /// The next, of all these files, whoever of them is known to be as he was by his place; `None` where
    /// briefings that stay might be called otherwise, or so many are new that all are better gathered,
    /// which is done on every core.
    pub fn followed(&self, origin: &Origin, slots: &mut [Slot], known: Known<'_>) -> Option<Self> {
        let mut stays = vec![None; self.files.len()];
        let mut new = Vec::new();
        for (at, slot) in (0u32..).zip(slots.iter()) {
            match slot.place.and_then(|place| stays.get_mut(place as usize)) {
                Some(stays) => *stays = Some(at),
                None => new.push(at),
            }
        }
        if new.len() > slots.len() / FEW {
            return None;
        }
        let stays = |file: FileId| stays.get(file.0 as usize).copied().flatten();
        let went: Vec<&Entry> =
            self.entries.iter().filter(|entry| stays(entry.file).is_none()).collect();
        let went: HashSet<&str> = went.iter().map(|entry| entry.slug.as_str()).collect();
        let mut came = Vec::new();
        for at in &new {
            let Some(slot) = slots.get(*at as usize) else { continue };
            let mut slugs = wanted_by(slot).into_iter().map(|want| want.slug);
            add_entries(&mut came, &slot.reading, &mut slugs, FileId(*at));
        }
        came.sort_by(|a, b| a.slug.cmp(&b.slug));
        let slugs: Vec<&str> = came.iter().map(|entry| entry.slug.as_str()).collect();
        if self.contested.may_change(&slugs, &went, |slug| self.find(slug).is_some()) {
            return None;
        }
        let is_read = |at: &u32| slots.get(*at as usize).map(|slot| &slot.reading);
        let has_links = self.has_links || new.iter().filter_map(is_read).any(|r| has_links(r));
        let came_or_went = &slugs.iter().copied().collect::<HashSet<_>>() ^ &went;
        if has_links && !came_or_went.is_empty() {
            let count = self.entries.len() + came.len() - went.len();
            let has_candidates = count.min(self.entries.len()) <= MOST_CANDIDATES;
            let is_touched = touched_by(&came_or_went, has_candidates);
            let touched = (0u32..).zip(slots.iter()).filter(|(_, slot)| is_touched(slot));
            new.extend(touched.map(|(at, _)| at));
            new.sort_unstable();
            new.dedup();
        }
        let ((entries, succession, by_date), (mut files, anew)) = rayon::join(
            || {
                let (entries, now) = merged(&self.entries, came, &stays);
                let succession = Succession::of(now, entries.len());
                let by_date = Arc::new(self.by_date.after(&succession, &entries));
                (entries, succession, by_date)
            },
            || self.files_that_stay(slots, &new),
        );
        let names = if has_links { Names::of(&entries) } else { Names::default() };
        for (at, was) in anew {
            let Some(slot) = slots.get_mut(at as usize) else { continue };
            let file = bring_in(slot, was, known, &names).finish(origin);
            if let Some(place) = files.get_mut(at as usize) {
                *place = Some(file);
            }
        }
        let files: Vec<CorpusFile> = files.into_iter().flatten().collect();
        let step = Step { from: Arc::clone(&self.entries), succession, files: new };
        Some(Self {
            finder: Arc::clone(&self.finder),
            world: self.world.clone(),
            files: Arc::new(files.into()),
            entries: Arc::new(entries.into()),
            by_date,
            contested: Arc::clone(&self.contested),
            has_links,
            step: Some(step),
            state: if self.state == State::Noted { State::Partly } else { State::Plain },
        })
    }

    fn find(&self, slug: &str) -> Option<&Entry> {
        let at = self.entries.partition_point(|entry| entry.slug.as_str() < slug);
        self.entries.get(at).filter(|entry| entry.slug == slug)
    }

    /// The files but for those that are new, and these with what they were; all have their places then.
    fn files_that_stay(
        &self,
        slots: &mut [Slot],
        new: &[u32],
    ) -> (Vec<Option<CorpusFile>>, Anew<'_>) {
        let mut new = new.iter().copied().peekable();
        let mut files = Vec::with_capacity(slots.len());
        let mut anew = Vec::new();
        for (at, slot) in (0u32..).zip(slots) {
            let was = slot.place.replace(at).and_then(|at| self.files.get(at as usize));
            let is_new = new.next_if_eq(&at).is_some();
            files.push(was.filter(|_| !is_new).cloned());
            anew.extend(is_new.then_some((at, was)));
        }
        (files, anew)
    }
}

/// One file in so many is new, or fewer are.
const FEW: usize = 2;

/// Files that are brought in anew, with what they were where they were only touched.
type Anew<'a> = Vec<(u32, Option<&'a CorpusFile>)>;

fn bring_in<'a>(
    slot: &'a mut Slot,
    was: Option<&CorpusFile>,
    known: Known<'_>,
    names: &Names<'_>,
) -> Gathered<'a> {
    let mut file = begin(slot, known);
    // No name is another, so that names which clashed still do.
    let clashes = was.into_iter().flat_map(|was| &was.diagnostics);
    let clashes = clashes.filter(|found| found.code == Code::CLASHING_ID);
    file.diagnostics.extend(clashes.cloned());
    names.note_lost_links(&mut file);
    file
}

/// Whether a file says something of one of these; with `any`, of any briefing.
fn touched_by<'a>(slugs: &'a HashSet<&str>, any: bool) -> impl Fn(&Slot) -> bool + 'a {
    move |slot| {
        let mut links = slot.reading.references.iter();
        links.any(|reference| {
            reference.to == ReferenceTo::Briefing
                && (any || slugs.contains(reference.name.as_str()))
        })
    }
}

/// What stays of these entries and what came, with the new number of each old one.
fn merged(
    old: &Pieces<Entry>,
    came: Vec<Entry>,
    stays: &dyn Fn(FileId) -> Option<u32>,
) -> (Vec<Entry>, Vec<Option<u32>>) {
    let mut all = Vec::with_capacity(old.len() + came.len());
    let mut now = Vec::with_capacity(old.len());
    let mut came = came.into_iter().peekable();
    for entry in old {
        let stays = stays(entry.file);
        now.push(stays.map(|file| {
            while let Some(new) = came.next_if(|new| new.slug < entry.slug) {
                all.push(new);
            }
            all.push(Entry { file: FileId(file), ..entry.clone() });
            short(all.len() - 1)
        }));
    }
    all.extend(came);
    (all, now)
}

/// What links may lead to.
#[derive(Default)]
struct Names<'a> {
    sorted: &'a [Entry],
    /// Candidates for what was meant, in the order of the files.
    candidates: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn of(entries: &'a [Entry]) -> Self {
        let mut in_files: Vec<&Entry> = Vec::new();
        if entries.len() <= MOST_CANDIDATES {
            in_files.extend(entries);
            in_files.sort_by_key(|entry| (entry.file, entry.lines.start));
        }
        let candidates = in_files.into_iter().map(|entry| entry.slug.as_str()).collect();
        Self { sorted: entries, candidates }
    }

    fn note_lost_links(&self, file: &mut Gathered<'_>) {
        let is_there = |slug: &str| {
            self.sorted.binary_search_by(|entry| entry.slug.as_str().cmp(slug)).is_ok()
        };
        let references = &file.reading.references;
        let all = self.candidates.iter().copied();
        let found = rule::unknown_link::check(references, &is_there, &all);
        file.diagnostics.extend(found);
    }
}
