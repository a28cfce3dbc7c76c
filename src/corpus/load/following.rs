//! The next corpus from the last: only files are brought in anew that say something else.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use super::{Gathered, Known, MOST_CANDIDATES, add_entries, begin, has_links, names_of};
use crate::actor::MentionFinder;
use crate::briefing::{ReferenceTo, rule};
use crate::corpus::by_date::ByDate;
use crate::corpus::columns::short;
use crate::corpus::memory::Slot;
use crate::corpus::pieces::{Edit, Renumbered};
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
    relating: Option<Arc<RoaringBitmap>>,
    contested: Arc<Contested>,
    has_links: bool,
    /// What it is to the one before, if it followed from that, until somebody went on from there.
    step: Option<Step>,
    state: State,
}

/// What has to be known of the names of all briefings, so that others follow.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::corpus) struct KeptNames {
    contested: Arc<Contested>,
    has_links: bool,
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
    files: Vec<u32>,
}

impl Step {
    /// Files and entries of which something else may be wrong.
    pub fn told_anew(&self) -> (&[u32], Vec<u32>) {
        let entries = self.succession.told_anew();
        (&self.files, entries.map_or_else(Vec::new, Iterator::collect))
    }

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
            relating: None,
            contested: Arc::new(contested),
            has_links,
            step: None,
            state: State::Plain,
        }
    }

    /// One that was kept: all of it was noted. `lists` found its actors, but for those whom the finder of
    /// the corpus found.
    pub fn recalled(
        corpus: &Corpus,
        lists: &Arc<MentionFinder>,
        KeptNames { contested, has_links }: KeptNames,
    ) -> Self {
        Self {
            finder: Arc::clone(lists),
            world: Some(Arc::clone(&corpus.finder)),
            files: Arc::clone(&corpus.files),
            entries: Arc::clone(&corpus.entries),
            by_date: Arc::clone(&corpus.by_date),
            relating: corpus.relating.clone(),
            contested,
            has_links,
            step: None,
            state: State::Noted,
        }
    }

    /// What the next start has to know of names, if these are its entries.
    pub fn names(&self, entries: &Arc<Pieces<Entry>>) -> Option<KeptNames> {
        let is_of_these = Arc::ptr_eq(&self.entries, entries);
        let names =
            || KeptNames { contested: Arc::clone(&self.contested), has_links: self.has_links };
        is_of_these.then(names)
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
            relating: self.relating.clone(),
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
        let turnover = self.turnover_of_all(slots);
        if turnover.came.len() > slots.len() / FEW {
            return None;
        }
        let touched = |slots: &[Slot], renamed: &HashSet<&str>, has_candidates: bool| {
            let is_touched = touched_by(renamed, has_candidates);
            let all = slots.iter().enumerate().filter(|(_, slot)| is_touched(slot));
            Some(all.map(|(at, _)| at).collect())
        };
        self.after(origin, slots, turnover, &touched, known)
    }

    /// The same of these files alone, which came or say something else where they have no place: all
    /// others are as they were but for those that are gone. `called` tells what the briefings of a file
    /// were called. `None` also where something else may have to be said of another file.
    pub fn followed_by_some(
        &self,
        origin: &Origin,
        slots: &mut [Slot],
        (gone, called): (&[PathBuf], &HashMap<PathBuf, Vec<String>>),
        known: Known<'_>,
    ) -> Option<Self> {
        let turnover = self.turnover_of_some(slots, gone, called)?;
        self.after(origin, slots, turnover, &|_, _, _| None, known)
    }

    /// The number of a file.
    pub fn place_of_file(&self, path: &Path) -> Option<u32> {
        let place = self.files.partition_point(|file| *file.path < *path);
        self.files.get(place).filter(|file| *file.path == *path).map(|_| short(place))
    }

    /// Whether the briefings of a file, of which this is the place, are those that a slot has, as the
    /// index holds them.
    pub fn has_briefings_of(&self, slot: &Slot, place: u32) -> bool {
        let texts = names_of(slot).into_iter().zip(&slot.reading.briefings);
        let is_here = |(name, text): (String, &Arc<Text>)| {
            let entry = self.find(&name).filter(|entry| entry.file.0 == place);
            entry.is_some_and(|entry| text.id().is_some() && entry.text.id() == text.id())
        };
        !slot.reading.briefings.is_empty() && texts.into_iter().all(is_here)
    }

    fn turnover_of_all(&self, slots: &[Slot]) -> Turnover {
        let mut turnover = Turnover::default();
        let mut stays = vec![false; self.files.len()];
        let mut behind = 0;
        for (at, slot) in slots.iter().enumerate() {
            match slot.place {
                Some(place) => {
                    behind = place as usize + 1;
                    if let Some(stays) = stays.get_mut(place as usize) {
                        *stays = true;
                    }
                }
                None => turnover.came.push((at, behind)),
            }
        }
        let numbers = |stays: Vec<bool>| stays.into_iter().enumerate().filter(|(_, stays)| !stays);
        let stays_in = |entry: &Entry| stays.get(entry.file.0 as usize) == Some(&true);
        let entries = self.entries.iter().enumerate().filter(|(_, entry)| !stays_in(entry));
        turnover.entries = entries.map(|(at, _)| at).collect();
        turnover.went = numbers(stays).map(|(at, _)| at).collect();
        turnover
    }

    fn turnover_of_some(
        &self,
        slots: &[Slot],
        gone: &[PathBuf],
        called: &HashMap<PathBuf, Vec<String>>,
    ) -> Option<Turnover> {
        let mut turnover = Turnover::default();
        let mut went = |path: &Path| {
            let place = self.files.partition_point(|file| *file.path < *path);
            if self.files.get(place).is_none_or(|file| *file.path != *path) {
                return Some(place);
            }
            turnover.went.push(place);
            for slug in called.get(path)? {
                let at = self.place_of(slug);
                let entry = self.entries.get(at).filter(|entry| entry.slug == *slug)?;
                turnover.entries.push(at);
                (entry.file.0 as usize == place).then_some(())?;
            }
            Some(place)
        };
        let other = slots.iter().enumerate().filter(|(_, slot)| slot.place.is_none());
        let came: Option<Vec<(usize, usize)>> =
            other.map(|(at, slot)| Some((at, went(&slot.input.path)?))).collect();
        gone.iter().try_for_each(|path| went(path).map(drop))?;
        turnover.came = came?;
        turnover.went.sort_unstable();
        turnover.entries.sort_unstable();
        Some(turnover)
    }

    fn after(
        &self,
        origin: &Origin,
        slots: &mut [Slot],
        turnover: Turnover,
        touched: &Touched<'_>,
        known: Known<'_>,
    ) -> Option<Self> {
        let Turnover { mut went, came: came_files, entries: went_entries } = turnover;
        let mut came = Vec::new();
        for (at, number) in numbered(&came_files, &went) {
            let Some(slot) = slots.get(at) else { continue };
            let mut slugs = names_of(slot).into_iter();
            add_entries(&mut came, &slot.reading, &mut slugs, FileId(number));
        }
        came.sort_by(|a, b| a.slug.cmp(&b.slug));
        let slugs: Vec<&str> = came.iter().map(|entry| entry.slug.as_str()).collect();
        let gone = went_entries.iter().filter_map(|at| self.entries.get(*at));
        let gone: HashSet<&str> = gone.map(|entry| entry.slug.as_str()).collect();
        if self.contested.may_change(&slugs, &gone, |slug| self.find(slug).is_some()) {
            return None;
        }
        let reading = |(at, _): &(usize, usize)| slots.get(*at).map(|slot| &slot.reading);
        let has_links =
            self.has_links || came_files.iter().filter_map(reading).any(|r| has_links(r));
        let renamed = &slugs.iter().copied().collect::<HashSet<_>>() ^ &gone;
        // What is only touched keeps its number among the others.
        let renumbered = renumbered(self.files.len(), &went, &came_files);
        let mut anew = came_files;
        let mut touched_files = HashSet::new();
        if has_links && !renamed.is_empty() {
            let count = self.entries.len() + came.len() - went_entries.len();
            let has_candidates = count.min(self.entries.len()) <= MOST_CANDIDATES;
            for at in touched(slots, &renamed, has_candidates)? {
                if let Some(place) = slots.get(at)?.place {
                    anew.push((at, place as usize));
                    went.push(place as usize);
                    touched_files.insert(place);
                }
            }
            anew.sort_unstable();
            went.sort_unstable();
        }
        let places: Vec<usize> = came.iter().map(|entry| self.place_of(&entry.slug)).collect();
        let edit = Edit { went: went_entries, came: places.into_iter().zip(came).collect() };
        let now = edit.now(self.entries.len());
        let entries = self.entries.edited(edit, renumbered.as_ref(), |entry| entry.unreadable)?;
        let mut succession = Succession::of(now, entries.len());
        if self.state == State::Noted {
            let is_touched = |entry: &Entry| touched_files.contains(&entry.file.0);
            let is_any = !touched_files.is_empty();
            let all = (0..).zip(&*self.entries).take_while(|_| is_any);
            let touched = all.filter(|(_, entry)| is_touched(entry));
            let touched = touched.filter_map(|(at, _)| succession.now(at)).collect();
            succession = succession.touching(touched);
        }
        let by_date = Arc::new(self.by_date.after(&succession, &entries));
        let relating = self.relating.as_ref().map(|relating| {
            let relates = |at: &u32| {
                entries.get(*at as usize).is_some_and(|entry: &Entry| entry.text.head.relates)
            };
            let new = succession.new.iter().copied().filter(relates);
            Arc::new(succession.renumbered(relating) | new.collect::<RoaringBitmap>())
        });
        let names = if has_links { Names::of(&entries) } else { Names::default() };
        let mut files = Vec::with_capacity(anew.len());
        for (at, place) in &anew {
            let slot = slots.get_mut(*at)?;
            let was = slot.place.and_then(|at| self.files.get(at as usize));
            files.push((*place, bring_in(slot, was, known, &names).finish(origin)));
        }
        let anew: HashMap<usize, u32> = numbered(&anew, &went).collect();
        let edit = Edit { went, came: files };
        let now = edit.now(self.files.len());
        let files = self.files.edited(edit, None, CorpusFile::has_findings)?;
        for (at, slot) in slots.iter_mut().enumerate() {
            let stays = || now.get(slot.place? as usize).copied().flatten();
            slot.place = anew.get(&at).copied().or_else(stays);
        }
        let step = Step {
            from: Arc::clone(&self.entries),
            succession,
            files: anew.into_values().collect(),
        };
        Some(Self {
            finder: Arc::clone(&self.finder),
            world: self.world.clone(),
            files: Arc::new(files),
            entries: Arc::new(entries),
            by_date,
            relating,
            contested: Arc::clone(&self.contested),
            has_links,
            step: Some(step),
            state: if self.state == State::Noted { State::Partly } else { State::Plain },
        })
    }

    fn find(&self, slug: &str) -> Option<&Entry> {
        self.entries.get(self.place_of(slug)).filter(|entry| entry.slug == slug)
    }

    /// Where an entry of this name is, or would be.
    fn place_of(&self, slug: &str) -> usize {
        self.entries.partition_point(|entry| entry.slug.as_str() < slug)
    }
}

/// One file in so many is new, or fewer are.
const FEW: usize = 2;

/// In what files differ from those of the last corpus.
#[derive(Default)]
struct Turnover {
    /// The old numbers of those that went or say something else, ascending.
    went: Vec<usize>,
    /// The slots of those that came or say something else, each with the number of the old file before
    /// which it comes; ascending.
    came: Vec<(usize, usize)>,
    /// The old numbers of the entries that went, ascending.
    entries: Vec<usize>,
}

/// Slots of files that link to one of these, or to any; `None` where that cannot be told.
type Touched<'a> = dyn Fn(&[Slot], &HashSet<&str>, bool) -> Option<Vec<usize>> + 'a;

/// Slots of files that come before these old ones, with their new numbers.
fn numbered<'a>(
    came: &'a [(usize, usize)],
    went: &'a [usize],
) -> impl Iterator<Item = (usize, u32)> + 'a {
    let gone_before = |place: usize| went.partition_point(|went| *went < place);
    let number = move |(nth, (at, place)): (usize, &(usize, usize))| {
        (*at, short(place - gone_before(*place) + nth))
    };
    came.iter().enumerate().map(number)
}

/// The new numbers of so many files, where they are others.
fn renumbered(count: usize, went: &[usize], came: &[(usize, usize)]) -> Option<Renumbered<Entry>> {
    let came = came.iter().map(|(_, place)| (*place, ())).collect();
    let now = Edit { went: went.to_vec(), came }.now(count);
    let stays = |(at, now): (u32, &Option<u32>)| now.is_none_or(|now| now == at);
    if (0..).zip(&now).all(stays) {
        return None;
    }
    let now = now.into_iter().map(|now| now.unwrap_or(u32::MAX)).collect();
    let apply = |entry: Entry, now: &[u32]| {
        let file = now.get(entry.file.0 as usize).copied().unwrap_or(u32::MAX);
        Entry { file: FileId(file), ..entry }
    };
    Some(Renumbered { now: Arc::new(now), apply })
}

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

/// What links may lead to.
#[derive(Default)]
struct Names<'a> {
    /// All of them, by their names.
    sorted: Option<&'a Pieces<Entry>>,
    /// Candidates for what was meant, in the order of the files.
    candidates: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn of(entries: &'a Pieces<Entry>) -> Self {
        let mut in_files: Vec<&Entry> = Vec::new();
        if entries.len() <= MOST_CANDIDATES {
            in_files.extend(entries);
            in_files.sort_by_key(|entry| (entry.file, entry.lines.start));
        }
        let candidates = in_files.into_iter().map(|entry| entry.slug.as_str()).collect();
        Self { sorted: Some(entries), candidates }
    }

    fn note_lost_links(&self, file: &mut Gathered<'_>) {
        let is_there = |slug: &str| {
            let Some(all) = self.sorted else { return false };
            let place = all.partition_point(|entry| entry.slug.as_str() < slug);
            all.get(place).is_some_and(|entry| entry.slug == slug)
        };
        let references = &file.reading.references;
        let all = self.candidates.iter().copied();
        let found = rule::unknown_link::check(references, &is_there, &all);
        file.diagnostics.extend(found);
    }
}
