//! Files become a corpus: read on every core, each by itself, then what only the whole can tell.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::naming::folder_within;
use super::outer_actors::outer_lists;
use super::reading::{Content, Input, ReadBriefings, Turn, stem_of};
use super::scan::{is_actors_file, scan};
use super::scope::{KnownNames, registry_of};
use super::slugs::{Assigned, Wanted, assign};
use super::{ActorList, Corpus, CorpusFile, Entry, FileId, Origin, built_in};
use crate::actor::MentionFinder;
use crate::briefing::{Briefing, Entity, Reference, ReferenceTo, rule, slug};
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::text::clean_line;

/// Reads a corpus; never fails. `progress` is told now and then how many files have been read of how
/// many, from any thread, and at the end once more.
///
/// A file that cannot be read is an entry with its error and its raw text, if it has any.
#[must_use]
pub fn load(origin: &Origin, progress: &(dyn Fn(usize, usize) + Sync)) -> Corpus {
    let inputs = inputs(origin);
    let counter = Counter { read: AtomicUsize::new(0), total: inputs.len(), progress };
    counter.tell(0);
    let turn = Turn::default();
    let (lists, briefings): (Vec<Input>, Vec<Input>) =
        inputs.into_iter().partition(|input| is_actors_file(&input.path));
    let lists: Vec<_> =
        lists.par_iter().map(|input| counter.count(input.read_actors(&turn))).collect();
    let actors = Actors::gather(origin, &lists);

    let stems: HashSet<String> = briefings.iter().map(|input| stem_of(&input.path)).collect();
    let likely = |name: &str| stems.contains(name);
    let read = |input: &Input| {
        let known = |name: &str| actors.names.knows(&input.path, name);
        counter.count(input.read_briefings(&turn, &known, &likely))
    };
    let mut read: Vec<ReadBriefings> = briefings.par_iter().map(read).collect();
    let assigned = name_all(&briefings, &mut read);
    note_lost_links(&mut read, &assigned);
    keep_sources(&briefings, &mut read);
    let lists = lists.into_iter().map(|(file, _)| file).collect();
    gather(origin, lists, read, assigned, actors)
}

fn inputs(origin: &Origin) -> Vec<Input> {
    match origin {
        Origin::BuiltIn => {
            let input = |(path, bytes): (&Path, &'static [u8])| Input {
                folder: folder_within(&[PathBuf::new()], path),
                path: path.to_owned(),
                content: Content::BuiltIn(bytes),
            };
            built_in::files().into_iter().map(input).collect()
        }
        Origin::Paths(paths) => scan(paths)
            .into_iter()
            .map(|found| Input {
                folder: folder_within(paths, &found.path),
                path: found.path,
                content: found.trouble.map_or(Content::OnDisk, Content::Trouble),
            })
            .collect(),
    }
}

/// Counts files as they are read.
struct Counter<'a> {
    read: AtomicUsize,
    total: usize,
    progress: &'a (dyn Fn(usize, usize) + Sync),
}

impl Counter<'_> {
    /// How many files lie between two reports.
    const STEP: usize = 64;

    fn count<T>(&self, value: T) -> T {
        self.tell(self.read.fetch_add(1, Ordering::Relaxed) + 1);
        value
    }

    fn tell(&self, read: usize) {
        if read.is_multiple_of(Self::STEP) || read == self.total {
            (self.progress)(read, self.total);
        }
    }
}

/// Everybody whom `actors.yaml` files declare.
struct Actors {
    all: Vec<Entity>,
    lists: Vec<ActorList>,
    names: KnownNames,
}

impl Actors {
    fn gather(origin: &Origin, read: &[(CorpusFile, Vec<Entity>)]) -> Self {
        let mut gathered =
            Self { all: Vec::new(), lists: Vec::new(), names: KnownNames::default() };
        for (file, actors) in read {
            let folder = file.path.parent().unwrap_or(Path::new(""));
            gathered.add(file.shown.clone(), vec![folder.to_owned()], actors);
        }
        if let Origin::Paths(paths) = origin {
            let read: Vec<&Path> = read.iter().map(|(file, _)| file.path.as_path()).collect();
            for list in outer_lists(paths, &read) {
                let shown = clean_line(&list.file.to_string_lossy()).into_owned();
                gathered.add(shown, list.holds_for, &list.actors);
            }
        }
        gathered
    }

    fn add(&mut self, shown: String, holds_for: Vec<PathBuf>, actors: &[Entity]) {
        let start = self.all.len();
        self.all.extend_from_slice(actors);
        for folder in &holds_for {
            self.names.add(folder, actors);
        }
        self.lists.push(ActorList { shown, holds_for, actors: start..self.all.len() });
    }
}

/// Gives every briefing its slug, file by file, and says where two want the same.
fn name_all(inputs: &[Input], read: &mut [ReadBriefings]) -> Vec<Assigned> {
    let mut wanted = Vec::new();
    let mut owners = Vec::new();
    for (at, (input, file)) in inputs.iter().zip(&*read).enumerate() {
        let stem = stem_of(&input.path);
        for (index, briefing) in file.briefings.iter().enumerate() {
            let own = briefing.id.clone().unwrap_or_else(|| slug(&stem, index));
            wanted.push(Wanted { slug: own, folder: input.folder.clone() });
            owners.push((at, index));
        }
    }
    let assigned = assign(&wanted);
    for ((want, name), &(at, index)) in wanted.iter().zip(&assigned).zip(&owners) {
        let first = name
            .clashes_with
            .and_then(|first| owners.get(first))
            .and_then(|&(first, _)| read.get(first));
        let Some(other) = first.map(|first| first.file.shown.clone()) else { continue };
        let (Some(input), Some(file)) = (inputs.get(at), read.get_mut(at)) else { continue };
        let place = place_of_id(input, file, index);
        let finding = rule::clashing_id::finding(place, &want.slug, &other, &name.slug);
        file.file.diagnostics.push(finding);
    }
    assigned
}

/// Where a briefing gives its id, else its first line.
fn place_of_id(input: &Input, file: &mut ReadBriefings, index: usize) -> Option<Place> {
    let own =
        |reference: &&Reference| reference.to == ReferenceTo::Itself && reference.briefing == index;
    if let Some(reference) = file.references.iter().find(own) {
        return Some(reference.place.clone());
    }
    if file.file.source.is_none() {
        file.file.source = input.text();
    }
    let source = Source::new(file.file.source.as_deref()?);
    let line = file.briefings.get(index).map_or(1, |briefing| briefing.line);
    source.lines().line(line).map(|span| source.place(span))
}

/// Among more slugs than this a slip of the pen is not looked for: each lost link asks them all.
const MOST_CANDIDATES: usize = 5_000;

fn note_lost_links(read: &mut [ReadBriefings], assigned: &[Assigned]) {
    let slugs: HashSet<&str> = assigned.iter().map(|name| name.slug.as_str()).collect();
    let candidates = if slugs.len() <= MOST_CANDIDATES { slugs.len() } else { 0 };
    read.par_iter_mut().for_each(|file| {
        let all = slugs.iter().copied().take(candidates);
        let found = rule::unknown_link::check(&file.references, &|slug| slugs.contains(slug), &all);
        file.file.diagnostics.extend(found);
    });
}

/// A text is kept where a diagnostic points into it, and nowhere else.
fn keep_sources(inputs: &[Input], read: &mut [ReadBriefings]) {
    for (input, file) in inputs.iter().zip(read) {
        let file = &mut file.file;
        if file.diagnostics.is_empty() {
            file.source = None;
        } else if file.source.is_none()
            && file.diagnostics.iter().any(|found| found.place.is_some())
        {
            file.source = input.text();
        }
        file.diagnostics.sort_by_key(by_place);
    }
}

pub(super) fn by_place(diagnostic: &Diagnostic) -> (usize, usize, crate::diagnostic::Code) {
    let span = diagnostic.place.as_ref().map_or(0..0, |place| place.span.clone());
    (span.start, span.end, diagnostic.code)
}

/// A file whose briefings have their slugs.
struct NamedFile {
    file: CorpusFile,
    briefings: Vec<(Briefing, String)>,
    unreadable: Vec<usize>,
}

fn gather(
    origin: &Origin,
    lists: Vec<CorpusFile>,
    read: Vec<ReadBriefings>,
    assigned: Vec<Assigned>,
    actors: Actors,
) -> Corpus {
    let mut slugs = assigned.into_iter().map(|name| name.slug);
    let mut entries = Vec::new();
    let mut named: Vec<NamedFile> = Vec::with_capacity(read.len() + lists.len());
    for ReadBriefings { file, briefings, unreadable, .. } in read {
        let briefings = briefings.into_iter().zip(slugs.by_ref()).collect();
        named.push(NamedFile { file, briefings, unreadable });
    }
    named.extend(lists.into_iter().map(|file| NamedFile {
        file,
        briefings: Vec::new(),
        unreadable: Vec::new(),
    }));
    named.sort_by(|a, b| a.file.path.cmp(&b.file.path));
    let mut files = Vec::with_capacity(named.len());
    for (NamedFile { file, briefings, unreadable }, at) in named.into_iter().zip(0u32..) {
        let starts: Vec<usize> = briefings.iter().map(|(briefing, _)| briefing.line).collect();
        let entry = |(index, (briefing, slug)): (usize, (Briefing, String))| Entry {
            slug,
            lines: if index == 0 { 0 } else { briefing.line }
                ..starts.get(index + 1).copied().unwrap_or(usize::MAX),
            file: FileId(at),
            briefing: Arc::new(briefing),
            unreadable: unreadable.binary_search(&index).is_ok(),
        };
        entries.extend(briefings.into_iter().enumerate().map(entry));
        files.push(file);
    }
    entries.sort_by(|a, b| a.slug.cmp(&b.slug));
    let registry = registry_of(&actors.all, &actors.lists, Vec::new());
    let finder = Arc::new(MentionFinder::new(registry));
    Corpus {
        name: origin.name(),
        origin: origin.clone(),
        files,
        entries,
        actors: actors.all,
        actor_lists: actors.lists,
        finder,
        timeline: Arc::default(),
        concordance: Arc::default(),
        words: Arc::default(),
        facets: Arc::default(),
    }
    .in_time()
}

#[cfg(test)]
mod tests;
