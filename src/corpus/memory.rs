//! What was read of the files of one corpus, so that reading it again opens only what changed and
//! looks through only what is new.
//!
//! What it gives is what reading everything anew would give: it keeps what a file says by itself
//! ([`Reading`](super::reading::Reading)), and everything that the files say together follows from that.

mod comparing;
mod differences;
mod harvest;
mod inputs;
mod keeping;
mod kept_list;
mod kept_words;
mod letting_go;
mod looking;
mod recall;
mod slot;
mod survey;
mod taking_up;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use rayon::prelude::*;

pub use differences::Differences;
use harvest::{Barn, Harvest, Prepared};
use inputs::{Folders, built_in_inputs, input};
use looking::{Counter, look_again};
use recall::Recalled;
pub(super) use slot::Slot;
pub(super) use survey::ByText;
use survey::Surveyed;

use super::bytes::stamp_of;
use super::gazetteer::Gazetteer;
use super::index::Index;
use super::load::{self, Actors, gather};
use super::naming::folder_within;
use super::outer_actors::{OuterList, outer_lists};
use super::reading::{Content, Input, Turn, stem_of};
use super::scan::{
    Found, Scan, Standing, is_briefing_name, scan_whole, split_name, standing, whole_path,
};
use super::scope::finder_of;
use super::store::{Store, StoreError};
use super::{ActorList, Corpus, Origin};
use crate::actor::MentionFinder;
use crate::briefing::{Entity, Reference, ReferenceTo};

/// Which files may have changed since they were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Any; there may also be others.
    Everything,
    /// These, of which some may be new and some gone. They begin with a path that was given.
    Files(BTreeSet<PathBuf>),
}

impl Doubt {
    /// Both doubts.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Files(mut some), Self::Files(more)) => {
                some.extend(more);
                Self::Files(some)
            }
            _ => Self::Everything,
        }
    }

    /// Whether nothing is in doubt.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::Files(BTreeSet::new())
    }
}

/// What was read of a corpus, by whom it is read.
#[derive(Debug)]
pub struct Memory {
    origin: Origin,
    slots: Vec<Slot>,
    folders: BTreeSet<PathBuf>,
    /// Files that bear more names than one, or may: then a single file in doubt says too little.
    links: Vec<PathBuf>,
    outer: Vec<OuterList>,
    known: Option<Known>,
    surveyed: Surveyed,
    /// What was found in texts while they were read, for the next survey.
    harvest: Harvest,
    is_loaded: bool,
    /// The last corpus, as far as the next one follows from it.
    last: Option<load::Last>,
    /// Whether something is known to be other than in the last corpus.
    is_other: bool,
    /// Whether that corpus was gathered by who knows the gazetteer.
    knows_world: bool,
    /// Where what was read is kept for the next start.
    index: Option<Arc<Index>>,
    /// What was found while the index was made.
    scanned: Option<Scan>,
    recalled: Recalled,
    /// How many of the files that were in doubt have been looked at, and how many those were.
    looked: (usize, usize),
}

/// Who finds the actors of these lists.
#[derive(Debug)]
struct Known {
    actors: Arc<[Entity]>,
    lists: Vec<ActorList>,
    finder: Arc<MentionFinder>,
}

impl Memory {
    /// Of a corpus nothing of which was read yet.
    #[must_use]
    pub fn new(origin: Origin) -> Self {
        Self {
            origin,
            slots: Vec::new(),
            folders: BTreeSet::new(),
            links: Vec::new(),
            outer: Vec::new(),
            known: None,
            surveyed: Surveyed::default(),
            harvest: Harvest::default(),
            is_loaded: false,
            last: None,
            is_other: false,
            knows_world: false,
            index: None,
            scanned: None,
            recalled: Recalled::default(),
            looked: (0, 0),
        }
    }

    /// The same, but that what is read is kept in this index, and what was kept there is known.
    #[must_use]
    pub fn kept_in(origin: Origin, index: Arc<Index>) -> Self {
        Self { index: Some(index), ..Self::new(origin) }
    }

    /// The same with the index that is in this folder, or is made there: while it is made, the files
    /// are looked for.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn opened(roots: Vec<PathBuf>, folder: &Path) -> Result<Self, StoreError> {
        let open = || Index::open(folder, &roots);
        let (index, scanned) = if Store::is_there(folder, &roots) {
            (open(), None)
        } else {
            rayon::join(open, || Some(scan_whole(&roots)))
        };
        let index = index?;
        Ok(Self { scanned, ..Self::kept_in(Origin::Paths(roots), index) })
    }

    /// What went wrong with the index since this was asked last.
    #[must_use]
    pub fn trouble(&self) -> Option<StoreError> {
        self.index.as_ref()?.trouble()
    }

    /// Where what was read is kept.
    #[must_use]
    pub fn index(&self) -> Option<&Arc<Index>> {
        self.index.as_ref()
    }

    /// The same corpus with nothing read of it yet and, where the index can be made anew, an empty one:
    /// to be used where what the index held is damaged.
    #[must_use]
    pub fn renewed(&self) -> Self {
        let index = self.index.as_ref().and_then(|index| index.renewed().ok());
        Self { index, ..Self::new(self.origin.clone()) }
    }

    /// The same corpus with nothing read of it, and kept nowhere.
    #[must_use]
    pub fn without_index(&self) -> Self {
        Self::new(self.origin.clone())
    }

    /// Reads what is in doubt; `None` where nothing differs from what was read before. `now` is the
    /// time since the epoch: what was written just before is read again next time, for its stamp
    /// may stay the same. `progress` is told as by [`load`](super::load()), of the files in doubt. The
    /// events are not put in order yet; [`Memory::survey`] does that too.
    pub fn load(
        &mut self,
        doubt: &Doubt,
        now: Duration,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Option<Corpus> {
        self.doubt(doubt);
        self.read_on(usize::MAX, now, progress)
    }

    /// Notes what may have changed; [`Memory::read_on`] then looks.
    pub fn doubt(&mut self, doubt: &Doubt) {
        let doubt = match doubt {
            Doubt::Everything => self.compare(),
            Doubt::Files(_) => doubt.clone(),
        };
        let is_other = match &doubt {
            Doubt::Files(paths) if paths.is_empty() => false,
            Doubt::Files(paths) if self.take_up(paths) && self.is_loaded && self.is_plain() => {
                self.doubt_files(paths)
            }
            _ => self.doubt_everything(),
        };
        self.is_other |= is_other || !self.is_loaded;
        self.looked = (0, self.slots.iter().filter(|slot| slot.doubted).count());
    }

    /// How many files in doubt were never read.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.slots.iter().filter(|slot| !slot.is_read()).count()
    }

    /// Whether there are files in doubt that were not looked at yet.
    #[must_use]
    pub fn is_in_doubt(&self) -> bool {
        self.slots.iter().any(|slot| slot.doubted)
    }

    /// The corpus of what was read, with the lists of actors in doubt and so many of the other files as
    /// [`Memory::read_on`] reads, for a first look: they stay in doubt, and nothing of them is kept
    /// yet. `None` where there are no more files than these.
    pub fn glance(&mut self, most: usize, now: Duration) -> Option<Corpus> {
        let is_list = |slot: &Slot| slot.is_list();
        let slots = self.slots.iter_mut().filter(|slot| slot.doubted);
        let (mut some, mut all): (Vec<&mut Slot>, Vec<_>) = slots.partition(|slot| is_list(slot));
        if all.len() <= most {
            return None;
        }
        keep_newest(&mut all, most);
        some.append(&mut all);
        let turn = Turn::default();
        some.into_par_iter().for_each(|slot| {
            slot.refresh(now, &turn, &|_, _| false);
        });
        self.read_outer_lists();
        let actors = Actors::gather(&self.slots, &self.outer);
        let finder = self.finder_of(&actors);
        self.gathered(&actors, &finder)
    }

    /// Reads the lists of actors in doubt and at most so many of the other files, those first whose
    /// names sort last: most begin with a date, and the newest are wanted first. Gives the corpus of
    /// what was read, else as [`Memory::load`] does.
    pub fn read_on(
        &mut self,
        most: usize,
        now: Duration,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Option<Corpus> {
        if self.has_all_that_was_recalled() {
            return None;
        }
        let (looked, total) = self.looked;
        let counter = Counter { read: AtomicUsize::new(looked), total, progress };
        counter.tell(looked);
        let turn = Turn::default();
        let never = |_: &Slot, _: &[Reference]| false;
        let read_list = |slot: &mut Slot| slot.refresh(now, &turn, &never);
        let (index, origin) = (self.index.clone(), self.origin.clone());
        let mut harvest = std::mem::take(&mut self.harvest);
        let mut barn = match (&index, &origin) {
            (Some(index), Origin::Paths(roots)) => {
                Some(Barn { index, roots, harvest: &mut harvest })
            }
            _ => None,
        };
        let looked = look_again(
            self.lists_in_doubt(),
            &counter,
            &read_list,
            &mut |slots| {
                index.as_ref().map(|index| Self::prepare(index, slots, None)).unwrap_or_default()
            },
            &mut |slots, prepared| store(barn.as_mut(), slots, prepared),
        );
        self.is_other |= looked;
        self.is_other |= self.read_outer_lists();
        let actors = Actors::gather(&self.slots, &self.outer);
        let finder = self.finder_of(&actors);
        let is_whole = most == usize::MAX && self.unread() > WORTH_HARVESTING;
        let mut reaper = barn.as_mut().and_then(|barn| {
            let reaper = self.surveyed.reaper(&finder, &actors.all, &actors.lists, is_whole)?;
            barn.harvest.begin(reaper.finder());
            Some(reaper)
        });
        // Of few files all texts may be held that a finding might point into.
        let is_many = self.looked.1 > WORTH_HARVESTING;
        let stems: Option<HashSet<String>> =
            is_many.then(|| self.slots.iter().map(|slot| stem_of(&slot.input.path)).collect());
        let may_need_text = |slot: &Slot, references: &[Reference]| {
            references.iter().any(|reference| match reference.to {
                ReferenceTo::Actor => !actors.names.knows(&slot.input.path, &reference.name),
                ReferenceTo::Briefing => {
                    stems.as_ref().is_none_or(|stems| !stems.contains(&reference.name))
                }
                ReferenceTo::Itself => false,
            })
        };
        let read_briefing = |slot: &mut Slot| slot.refresh(now, &turn, &may_need_text);
        let looked = look_again(
            self.briefings_in_doubt(most),
            &counter,
            &read_briefing,
            &mut |slots| {
                index
                    .as_ref()
                    .map(|index| Self::prepare(index, slots, reaper.as_mut()))
                    .unwrap_or_default()
            },
            &mut |slots, prepared| store(barn.as_mut(), slots, prepared),
        );
        if let Some(reaper) = reaper {
            let prepared = Prepared { sheaf: reaper.finish(), ..Prepared::default() };
            store(barn.as_mut(), &mut [], prepared);
        }
        self.harvest = harvest;
        self.is_other |= looked;
        self.looked.0 = counter.read.into_inner();
        if !std::mem::take(&mut self.is_other) {
            return None;
        }
        self.is_loaded = true;
        self.gathered(&actors, &finder)
    }

    /// `None` where files were not taken up that are needed, and cannot be.
    fn gathered(&mut self, actors: &Actors, finder: &Arc<MentionFinder>) -> Option<Corpus> {
        let world = self.surveyed.world(finder);
        self.knows_world = world.is_some();
        let known = load::Known { actors, finder, world: world.as_ref() };
        if !self.recalled.taken_up.is_all {
            let corpus = self.followed_by_few(known);
            if corpus.is_some() {
                return corpus;
            }
            if !self.take_up_others() {
                self.is_other = true;
                return None;
            }
        }
        let last = self.last.take();
        let (corpus, last) = gather(&self.origin, &mut self.slots, known, last);
        self.last = last;
        Some(corpus)
    }

    /// The folders that the corpus was found in.
    #[must_use]
    pub fn folders(&self) -> &BTreeSet<PathBuf> {
        &self.folders
    }

    /// Files beyond these folders on which it rests all the same: what was given by itself, what
    /// links lead to, the links, and lists of actors further up.
    #[must_use]
    pub fn files_beyond(&self) -> BTreeSet<PathBuf> {
        let Origin::Paths(given) = &self.origin else { return BTreeSet::new() };
        let links = self.links.iter().flat_map(|link| [Some(link.clone()), whole_path(link)]);
        let given = given.iter().flat_map(|path| {
            let real = whole_path(path).filter(|real| real != path);
            let is_folder = self.folders.contains(path);
            // A folder that was given is watched itself, the link to one where it stands.
            let is_link = standing(path) == Standing::Other && !is_folder;
            let is_linked_folder = is_folder && self.links.contains(path);
            [
                (!is_folder || is_link || is_linked_folder).then(|| path.clone()),
                real.filter(|_| !is_folder),
            ]
        });
        let outer = self.outer.iter().map(|list| list.file.clone());
        links.flatten().chain(given.flatten()).chain(outer).collect()
    }

    /// Whether each file bears one name: then it says enough that one of them is in doubt.
    fn is_plain(&self) -> bool {
        let Origin::Paths(given) = &self.origin else { return false };
        let [root] = given.as_slice() else { return false };
        self.links.is_empty()
            && self.folders.contains(root)
            && !self.slots.iter().any(Slot::is_shared)
    }

    /// Whether files came or went.
    fn doubt_everything(&mut self) -> bool {
        self.take_up_all();
        let inputs = self.inputs();
        let mut old = std::mem::take(&mut self.slots).into_iter().peekable();
        let mut is_other = false;
        let mut gone = Vec::new();
        for input in inputs {
            while let Some(slot) = old.next_if(|slot| slot.input.path < input.path) {
                gone.push(slot);
            }
            let known = old.next_if(|slot| slot.input == input);
            is_other |= known.is_none();
            let mut slot = known.unwrap_or_else(|| Slot::new(input));
            slot.doubted = true;
            self.slots.push(slot);
        }
        gone.extend(old);
        self.forget_all(&gone);
        is_other | !gone.is_empty()
    }

    fn forget_all(&self, gone: &[Slot]) {
        if let Some(index) = &self.index {
            Self::forget(index, &self.origin, gone);
        }
    }

    fn inputs(&mut self) -> Vec<Input> {
        if self.origin == Origin::BuiltIn {
            return built_in_inputs();
        }
        let (given, found) = self.scan();
        let mut folders = Folders::of(&given);
        found.into_iter().map(|found| folders.input(found)).collect()
    }

    /// What was given to be read, and the files in it, sorted by path.
    fn scan(&mut self) -> (Vec<PathBuf>, Vec<Found>) {
        let given = match &self.origin {
            Origin::BuiltIn => Vec::new(),
            Origin::Paths(given) => given.clone(),
        };
        let scan = self.scanned.take().unwrap_or_else(|| scan_whole(&given));
        let files = self.note_scan(scan);
        (given, files)
    }

    fn note_scan(&mut self, scan: Scan) -> Vec<Found> {
        self.folders = scan.folders.into_iter().collect();
        self.links = scan.links;
        scan.files
    }

    /// Whether files came or went; where it cannot be told of these alone, everything is doubted.
    fn doubt_files(&mut self, paths: &BTreeSet<PathBuf>) -> bool {
        let mut is_other = false;
        for path in paths {
            // By another name of it, whatever that is, one may have been written that bore a single one
            // when it was read.
            if stamp_of(path).is_some_and(|stamp| stamp.is_shared()) {
                return self.doubt_everything() | is_other;
            }
            if !is_briefing_name(path) {
                continue;
            }
            let is_inside = path.parent().is_some_and(|folder| self.folders.contains(folder));
            let at = self.place_among_slots(path);
            match (standing(path), at) {
                (Standing::File, Ok(at)) => {
                    if let Some(slot) = self.slots.get_mut(at) {
                        slot.doubted = true;
                    }
                }
                (Standing::File, Err(at)) if is_inside => {
                    self.slots.insert(at, Slot::new(self.input_on_disk(path)));
                    is_other = true;
                }
                (Standing::Nothing, Ok(at)) => {
                    let gone = self.slots.remove(at);
                    self.forget_all(std::slice::from_ref(&gone));
                    if !self.recalled.taken_up.is_all {
                        self.recalled.taken_up.gone.push(gone.input.path);
                    }
                    is_other = true;
                }
                (Standing::Nothing, Err(_)) => {}
                _ => return self.doubt_everything() | is_other,
            }
        }
        is_other
    }

    fn input_on_disk(&self, path: &Path) -> Input {
        let roots = match &self.origin {
            Origin::Paths(roots) => roots.as_slice(),
            Origin::BuiltIn => &[],
        };
        Input {
            path: path.to_owned(),
            folder: folder_within(roots, path),
            content: Content::OnDisk,
        }
    }

    fn lists_in_doubt(&mut self) -> Vec<&mut Slot> {
        self.slots.iter_mut().filter(|slot| slot.doubted && slot.is_list()).collect()
    }

    /// At most so many, the last by name.
    fn briefings_in_doubt(&mut self, most: usize) -> Vec<&mut Slot> {
        let slots = self.slots.iter_mut();
        let mut all: Vec<&mut Slot> =
            slots.filter(|slot| slot.doubted && !slot.is_list()).collect();
        keep_newest(&mut all, most);
        all
    }

    fn read_outer_lists(&mut self) -> bool {
        let lists = self.slots.iter().filter(|slot| slot.is_list());
        let inner: Vec<&Path> = lists.map(|slot| slot.input.path.as_path()).collect();
        let outer = self.outer_lists_beside(&inner);
        let is_other = outer != self.outer;
        self.outer = outer;
        is_other
    }

    fn outer_lists_beside(&self, inner: &[&Path]) -> Vec<OuterList> {
        match &self.origin {
            Origin::BuiltIn => Vec::new(),
            Origin::Paths(paths) => outer_lists(paths, inner),
        }
    }

    /// A finder is kept while the actors are.
    fn finder_of(&mut self, actors: &Actors) -> Arc<MentionFinder> {
        let is_same = |known: &&Known| known.actors == actors.all && known.lists == actors.lists;
        if let Some(known) = self.known.as_ref().filter(is_same) {
            return Arc::clone(&known.finder);
        }
        let finder = finder_of(&actors.all, &actors.lists, Gazetteer::Held(Arc::default()));
        let known = Known {
            actors: Arc::clone(&actors.all),
            lists: actors.lists.clone(),
            finder: Arc::clone(&finder),
        };
        self.known = Some(known);
        finder
    }
}

/// At most so many, those whose names sort last.
fn keep_newest(slots: &mut Vec<&mut Slot>, most: usize) {
    if most < slots.len() {
        slots.sort_by(|a, b| split_name(&b.input.path).1.cmp(split_name(&a.input.path).1));
        slots.truncate(most);
    }
}

/// Fewer new files are looked through after they were read: who looks takes longer to be made.
const WORTH_HARVESTING: usize = 256;

fn store(barn: Option<&mut Barn<'_>>, slots: &mut [&mut Slot], prepared: Prepared) {
    if let Some(barn) = barn {
        Memory::keep(barn, slots, prepared);
    }
}
