//! Files become a corpus: read on every core, each by itself, then what only the whole can tell.

mod following;

pub(super) use following::{KeptNames, Last};

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;

use super::by_date::ByDate;
use super::memory::{Doubt, Memory, Slot};
use super::naming::shown_path;
use super::outer_actors::OuterList;
use super::reading::{Reading, stem_of};
use super::scope::{KnownNames, lists_for};
use super::slugs::{Assigned, Contested, Wanted, assign};
use super::text::Text;
use super::{ActorList, Corpus, CorpusFile, Entry, FileId, Origin};
use crate::actor::{MentionFinder, Scope};
use crate::briefing::{Entity, Reference, ReferenceTo, rule, slug};
use crate::diagnostic::{Diagnostic, Place, Source};

/// Reads a corpus; never fails. `progress` is told now and then how many files have been read of how
/// many, from any thread, and at the end once more.
///
/// A file that cannot be read is an entry with its error and its raw text, if it has any.
#[must_use]
pub fn load(origin: &Origin, progress: &(dyn Fn(usize, usize) + Sync)) -> Corpus {
    let mut memory = Memory::new(origin.clone());
    let corpus = memory.load(&Doubt::Everything, Duration::ZERO, progress);
    corpus.unwrap_or_else(|| Corpus::empty(origin.clone())).in_time()
}

/// Everybody whom `actors.yaml` files declare.
pub(super) struct Actors {
    pub all: Arc<[Entity]>,
    pub lists: Vec<ActorList>,
    pub names: KnownNames,
}

impl Actors {
    pub fn gather(slots: &[Slot], outer: &[OuterList]) -> Self {
        let inner = slots.iter().filter(|slot| slot.is_list()).map(|slot| {
            let folder = slot.input.path.parent().unwrap_or(Path::new(""));
            (slot.shown(), vec![folder.to_path_buf()], &slot.reading.actors)
        });
        let outer =
            outer.iter().map(|list| (shown_path(&list.file), list.holds_for.clone(), &list.actors));
        let mut all: Vec<&Arc<[Entity]>> = Vec::new();
        let (mut lists, mut names) = (Vec::new(), KnownNames::default());
        let mut start = 0;
        for (shown, holds_for, actors) in inner.chain(outer) {
            for folder in &holds_for {
                names.add(folder, actors);
            }
            let end = start + actors.len();
            lists.push(ActorList { shown, holds_for, actors: start..end });
            all.push(actors);
            start = end;
        }
        // Most corpora have one list, which is large: it is held once.
        let all = match all.as_slice() {
            [one] => Arc::clone(one),
            several => several.iter().flat_map(|actors| actors.iter().cloned()).collect(),
        };
        Self { all, lists, names }
    }
}

/// Who is known to the lists of a corpus and, once it was looked at, to the gazetteer.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub actors: &'a Actors,
    pub finder: &'a Arc<MentionFinder>,
    /// Who knows the gazetteer: nobody is noted as unknown whom that knows.
    pub world: Option<&'a Arc<MentionFinder>>,
}

impl Known<'_> {
    fn knows(&self, path: &Path, name: &str) -> bool {
        let scope = || Scope::Lists(lists_for(&self.actors.lists, path).collect());
        let of_world = |world: &MentionFinder| world.party_within(&scope(), name, &[]).is_some();
        self.actors.names.knows(path, name) || self.world.is_some_and(|world| of_world(world))
    }
}

/// A file on its way into the corpus: what it says by itself, and what the others make of it.
struct Gathered<'a> {
    slot: &'a mut Slot,
    reading: Arc<Reading>,
    diagnostics: Vec<Diagnostic>,
}

/// Brings the files together that were read; they are sorted by path. Gives also that from which the
/// next corpus can follow; what follows from the last one is taken over.
pub(super) fn gather(
    origin: &Origin,
    slots: &mut [Slot],
    known: Known<'_>,
    last: Option<Last>,
) -> (Corpus, Option<Last>) {
    let is_whole = slots.iter().all(Slot::is_read);
    if let Some(last) = last.filter(|last| is_whole && last.is_by(known))
        && let Some(next) = last.followed(origin, slots, known)
    {
        return (next.corpus(origin, known), Some(next));
    }
    let begin = |slot| begin(slot, known);
    let read = slots.par_iter_mut().filter(|slot| slot.is_read());
    let mut gathered: Vec<Gathered<'_>> = read.map(begin).collect();
    let (assigned, contested) = name_all(&mut gathered);
    if is_whole {
        note_lost_links(&mut gathered, &assigned);
    }
    let has_links = gathered.par_iter().any(|file| has_links(&file.reading));
    let mut slugs = assigned.into_iter().map(|name| name.slug);
    let mut entries = Vec::with_capacity(slugs.len());
    for (file, at) in gathered.iter_mut().zip(0u32..) {
        file.slot.place = Some(at);
        add_entries(&mut entries, &file.reading, &mut slugs, FileId(at));
    }
    let (files, ()) = rayon::join(
        || gathered.into_par_iter().map(|file| file.finish(origin)).collect::<Vec<CorpusFile>>(),
        || entries.sort_by(|a, b| a.slug.cmp(&b.slug)),
    );
    let by_date = Arc::new(ByDate::of(&entries));
    let last = Last::new(known, files.into(), entries.into(), by_date, (contested, has_links));
    (last.corpus(origin, known), is_whole.then_some(last))
}

fn begin<'a>(slot: &'a mut Slot, known: Known<'_>) -> Gathered<'a> {
    let reading = Arc::clone(&slot.reading);
    let known = |name: &str| known.knows(&slot.input.path, name);
    let mut diagnostics = reading.diagnostics.clone();
    diagnostics.extend(rule::unknown_actor::check(&reading.references, &known));
    Gathered { slot, reading, diagnostics }
}

impl Gathered<'_> {
    /// Where a briefing gives its id, else its first line.
    fn place_of_id(&mut self, index: usize) -> Option<Place> {
        let own = |reference: &&Reference| {
            reference.to == ReferenceTo::Itself && reference.briefing == index
        };
        if let Some(reference) = self.reading.references.iter().find(own) {
            return Some(reference.place.clone());
        }
        let text = self.slot.text()?;
        let source = Source::new(&text);
        let line = self.reading.briefings.get(index).map_or(1, |text| text.head.line);
        source.lines().line(line).map(|span| source.place(span))
    }

    /// A text is held where a diagnostic points into it, and nowhere else; that of a file which the
    /// index knows is read once more when it is to be shown.
    fn finish(mut self, origin: &Origin) -> CorpusFile {
        let points = self.diagnostics.iter().any(|found| found.place.is_some());
        let source = if self.slot.is_kept() {
            None
        } else if points {
            self.slot.text()
        } else {
            self.reading.text.clone().filter(|_| !self.diagnostics.is_empty())
        };
        if !self.slot.is_list() {
            self.diagnostics.sort_by_key(by_place);
        }
        let (path, shown) = self.slot.placed();
        CorpusFile {
            root: origin.root_of(path),
            path: Arc::clone(path),
            shown: Arc::clone(shown),
            source,
            diagnostics: self.diagnostics,
        }
    }
}

/// Gives every briefing its slug, file by file, and says where two want the same.
fn name_all(files: &mut [Gathered<'_>]) -> (Vec<Assigned>, Contested) {
    let named = files.par_iter().enumerate().flat_map_iter(|(at, file)| {
        let wanted = wanted_by(file.slot).into_iter().enumerate();
        wanted.map(move |(index, want)| (want, (at, index)))
    });
    let (wanted, owners): (Vec<Wanted>, Vec<(usize, usize)>) = named.unzip();
    let assigned = assign(&wanted);
    for ((want, name), &(at, index)) in wanted.iter().zip(&assigned).zip(&owners) {
        let first = name
            .clashes_with
            .and_then(|first| owners.get(first))
            .and_then(|&(first, _)| files.get(first));
        let Some(other) = first.map(|first| first.slot.shown()) else { continue };
        let Some(file) = files.get_mut(at) else { continue };
        let place = file.place_of_id(index);
        let finding = rule::clashing_id::finding(place, &want.slug, &other, &name.slug);
        file.diagnostics.push(finding);
    }
    let contested = Contested::of(&wanted, &assigned);
    (assigned, contested)
}

fn wanted_by(slot: &Slot) -> Vec<Wanted> {
    let want = |slug| Wanted { slug, folder: slot.input.folder.clone() };
    names_of(slot).into_iter().map(want).collect()
}

/// What the briefings of a file would be called.
pub(super) fn names_of(slot: &Slot) -> Vec<String> {
    let stem = stem_of(&slot.input.path);
    let briefings = slot.reading.briefings.iter().enumerate();
    let name = |(index, briefing): (usize, &Arc<Text>)| {
        briefing.head.id.as_deref().map_or_else(|| slug(&stem, index), str::to_owned)
    };
    briefings.map(name).collect()
}

/// Among more slugs than this a slip of the pen is not looked for: each lost link asks them all.
const MOST_CANDIDATES: usize = 5_000;

fn has_links(reading: &Reading) -> bool {
    reading.references.iter().any(|reference| reference.to == ReferenceTo::Briefing)
}

fn note_lost_links(files: &mut [Gathered<'_>], assigned: &[Assigned]) {
    if !files.par_iter().any(|file| has_links(&file.reading)) {
        return;
    }
    let slugs: HashSet<&str> = assigned.iter().map(|name| name.slug.as_str()).collect();
    let candidates = if slugs.len() <= MOST_CANDIDATES { slugs.len() } else { 0 };
    // In their order: of two that are as near, the same is named every time.
    files.par_iter_mut().for_each(|file| {
        let all = assigned.iter().map(|name| name.slug.as_str()).take(candidates);
        let references = &file.reading.references;
        let found = rule::unknown_link::check(references, &|slug| slugs.contains(slug), &all);
        file.diagnostics.extend(found);
    });
}

pub(super) fn by_place(diagnostic: &Diagnostic) -> (usize, usize, crate::diagnostic::Code) {
    let span = diagnostic.place.as_ref().map_or(0..0, |place| place.span.clone());
    (span.start, span.end, diagnostic.code)
}

fn add_entries(
    entries: &mut Vec<Entry>,
    reading: &Reading,
    slugs: &mut impl Iterator<Item = String>,
    file: FileId,
) {
    let starts: Vec<usize> = reading.briefings.iter().map(|text| text.head.line).collect();
    let briefings = reading.briefings.iter().zip(slugs).enumerate();
    entries.extend(briefings.map(|(index, (text, slug))| Entry {
        slug,
        lines: if index == 0 { 0 } else { text.head.line }
            ..starts.get(index + 1).copied().unwrap_or(usize::MAX),
        file,
        text: Arc::clone(text),
        unreadable: reading.unreadable.binary_search(&index).is_ok(),
    }));
}

#[cfg(test)]
mod tests;
