//! The next corpus from the last: only files are brought in anew that say something else.

mod links;
mod turnover;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use self::links::{Names, linking};
use self::turnover::Turnover;
use super::{Gathered, Known, MOST_CANDIDATES, begin, names_of};
use crate::actor::MentionFinder;
use crate::corpus::by_date::ByDate;
use crate::corpus::columns::short;
use crate::corpus::memory::Slot;
use crate::corpus::pieces::Edit;
use crate::corpus::slugs::Contested;
use crate::corpus::succession::Succession;
use crate::corpus::text::Text;
use crate::corpus::{Corpus, CorpusFile, Entry, Origin, Pieces};
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
        let turnover = Turnover::of_all(self, slots);
        if turnover.came.len() > slots.len() / FEW {
            return None;
        }
        self.after(origin, slots, turnover, known)
    }

    /// The same of these files alone, which came or say something else where they have no place: all
    /// others are as they were but for those that are gone. `called` tells what the briefings of a file
    /// were called. Those that link to what came or went are among these.
    pub fn followed_by_some(
        &self,
        origin: &Origin,
        slots: &mut [Slot],
        (gone, called): (&[PathBuf], &HashMap<PathBuf, Vec<String>>),
        known: Known<'_>,
    ) -> Option<Self> {
        let turnover = Turnover::of_some(self, slots, gone, called)?;
        self.after(origin, slots, turnover, known)
    }

    /// Names that came or went with these files, as of [`Last::followed_by_some`], where other files may
    /// link to them; `None` where that has to be asked of all files.
    pub fn links_to_follow(
        &self,
        slots: &[Slot],
        (gone, called): (&[PathBuf], &HashMap<PathBuf, Vec<String>>),
    ) -> Option<Vec<String>> {
        let turnover = Turnover::of_some(self, slots, gone, called)?;
        let came = turnover.new_entries(slots);
        let renamed = self.renamed(slots, &turnover, &came)?;
        let is_told = renamed.is_empty() || !self.has_candidates(&turnover, &came);
        is_told.then(|| renamed.into_iter().map(str::to_owned).collect())
    }

    /// The number of a file.
    pub fn place_of_file(&self, path: &Path) -> Option<u32> {
        self.search_file(path).ok().map(short)
    }

    /// Where a file is, or would be.
    fn search_file(&self, path: &Path) -> Result<usize, usize> {
        let place = self.files.partition_point(|file| *file.path < *path);
        let is_there = self.files.get(place).is_some_and(|file| *file.path == *path);
        if is_there { Ok(place) } else { Err(place) }
    }

    /// Whether the briefings of a file, of which this is the place, are those that a slot has, as the
    /// index holds them.
    pub fn has_briefings_of(&self, slot: &Slot, place: u32) -> bool {
        let briefings = &slot.reading.briefings;
        let Some(entries) = self.entries_called(&names_of(slot), place) else { return false };
        let known = entries.into_iter().map(|at| self.entries.get(at)?.text.id());
        !briefings.is_empty()
            && known.zip(briefings).all(|(known, text)| known.is_some() && known == text.id())
    }

    fn after(
        &self,
        origin: &Origin,
        slots: &mut [Slot],
        mut turnover: Turnover,
        known: Known<'_>,
    ) -> Option<Self> {
        let came = turnover.new_entries(slots);
        let renamed = self.renamed(slots, &turnover, &came)?;
        let touched = if renamed.is_empty() {
            Vec::new()
        } else {
            let any = self.has_candidates(&turnover, &came);
            (turnover.is_of_all || !any).then(|| linking(slots, &renamed, any))?
        };
        let has_links = self.has_links || turnover.has_new_links(slots);
        let places: Vec<usize> = came.iter().map(|entry| self.place_of(&entry.slug)).collect();
        let went = std::mem::take(&mut turnover.entries);
        let edit = Edit { went, came: places.into_iter().zip(came).collect() };
        let now = edit.now(self.entries.len());
        let renumbered = turnover.renumbered(self.files.len());
        let entries = self.entries.edited(edit, renumbered.as_ref(), |entry| entry.unreadable)?;
        let succession = self.touching(Succession::of(now, entries.len()), slots, &touched);
        let by_date = Arc::new(self.by_date.after(&succession, &entries));
        let relating = self.relating_after(&succession, &entries).map(Arc::new);
        let names = if has_links { Names::of(&entries) } else { Names::default() };
        let turnover = turnover.with_anew(&touched);
        let anew: HashMap<usize, u32> = turnover.numbered().collect();
        let files = self.files_after(origin, slots, turnover, (known, &names))?;
        slots.iter_mut().zip(0..).for_each(|(slot, at)| {
            slot.place = anew.get(&at).copied().or(slot.place);
        });
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

    /// Names that came or went, where there are links that may lead to them; `None` where briefings that
    /// stay might be called otherwise.
    fn renamed<'a>(
        &'a self,
        slots: &[Slot],
        turnover: &Turnover,
        came: &'a [Entry],
    ) -> Option<HashSet<&'a str>> {
        let came: Vec<&str> = came.iter().map(|entry| entry.slug.as_str()).collect();
        let gone = turnover.entries.iter().filter_map(|at| self.entries.get(*at));
        let gone: HashSet<&str> = gone.map(|entry| entry.slug.as_str()).collect();
        if self.contested.may_change(&came, &gone, |slug| self.find(slug).is_some()) {
            return None;
        }
        let has_links = self.has_links || turnover.has_new_links(slots);
        let renamed = || &came.into_iter().collect::<HashSet<_>>() ^ &gone;
        Some(if has_links { renamed() } else { HashSet::new() })
    }

    /// Whether there are so few names that a lost link asks all of them for what was meant.
    fn has_candidates(&self, turnover: &Turnover, came: &[Entry]) -> bool {
        let count = self.entries.len() + came.len() - turnover.entries.len();
        count.min(self.entries.len()) <= MOST_CANDIDATES
    }

    /// Of what is noted in the files that were touched, by their slots and places, more may follow.
    fn touching(
        &self,
        succession: Succession,
        slots: &[Slot],
        touched: &[(usize, u32)],
    ) -> Succession {
        if self.state != State::Noted {
            return succession;
        }
        let by_name = touched
            .iter()
            .map(|(at, place)| self.entries_called(&names_of(slots.get(*at)?), *place));
        let by_name: Option<Vec<Vec<usize>>> = by_name.collect();
        let mut all: Vec<usize> = by_name.map_or_else(
            || {
                let files: HashSet<u32> = touched.iter().map(|(_, place)| *place).collect();
                let entries = self.entries.iter().enumerate();
                entries
                    .filter(|(_, entry)| files.contains(&entry.file.0))
                    .map(|(at, _)| at)
                    .collect()
            },
            |known| known.concat(),
        );
        all.sort_unstable();
        let now = all.into_iter().filter_map(|at| succession.now(short(at))).collect();
        succession.touching(now)
    }

    /// The entries that are called so, if all of them are of the file with this place.
    fn entries_called(&self, names: &[String], place: u32) -> Option<Vec<usize>> {
        let entry = |name: &String| {
            let at = self.place_of(name);
            let entry = self.entries.get(at).filter(|entry| entry.slug == *name)?;
            (entry.file.0 == place).then_some(at)
        };
        names.iter().map(entry).collect()
    }

    fn relating_after(
        &self,
        succession: &Succession,
        entries: &Pieces<Entry>,
    ) -> Option<RoaringBitmap> {
        let relates =
            |at: &u32| entries.get(*at as usize).is_some_and(|entry| entry.text.head.relates);
        let new: RoaringBitmap = succession.new.iter().copied().filter(relates).collect();
        self.relating.as_ref().map(|relating| succession.renumbered(relating) | new)
    }

    /// The files after this turnover; the slots of those that stay get their new places.
    fn files_after(
        &self,
        origin: &Origin,
        slots: &mut [Slot],
        turnover: Turnover,
        (known, names): (Known<'_>, &Names<'_>),
    ) -> Option<Pieces<CorpusFile>> {
        let mut came = Vec::with_capacity(turnover.came.len());
        for (at, place) in turnover.came {
            let slot = slots.get_mut(at)?;
            let was = slot.place.and_then(|at| self.files.get(at as usize));
            came.push((place, bring_in(slot, was, known, names).finish(origin)));
        }
        let edit = Edit { went: turnover.went, came };
        let now = edit.now(self.files.len());
        for slot in slots {
            slot.place = slot.place.and_then(|place| now.get(place as usize).copied().flatten());
        }
        self.files.edited(edit, None, CorpusFile::has_findings)
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
