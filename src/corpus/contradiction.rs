//! What in the files of a corpus contradicts what is known of actors from elsewhere: other lists,
//! and the gazetteer.

use std::sync::Arc;

use rayon::prelude::*;

use super::load::by_place;
use super::memory::ByText;
use super::scope::lists_for;
use super::{ActorList, Corpus, CorpusFile, Entry, FileId, Origin, built_in, read_bytes};
use crate::actor::{Claims, Scope, find_conflicts, find_outdated_roles};
use crate::briefing::{Entity, encoding};
use crate::diagnostic::{Code, Diagnostic};

/// Adds the findings to the files. What is in `kept` was found in the same texts with the same knowledge; `text`
/// gives the text of a file.
pub fn note_all(
    corpus: Corpus,
    gazetteer: &[Entity],
    kept: &mut ByText<Arc<[Diagnostic]>>,
    text: &mut dyn FnMut(&CorpusFile) -> Option<Arc<str>>,
) -> Corpus {
    let before = std::mem::take(kept);
    let found = Whole::new(&corpus, gazetteer).find_in(None, &before, kept);
    noted(corpus, found, text)
}

/// The same of these files and their briefings alone; the others have theirs.
pub fn note_in(
    corpus: Corpus,
    gazetteer: &[Entity],
    step: (&[u32], &[u32]),
    kept: &mut ByText<Arc<[Diagnostic]>>,
    text: &mut dyn FnMut(&CorpusFile) -> Option<Arc<str>>,
) -> Corpus {
    let found = Whole::new(&corpus, gazetteer).find_in(Some(step), &ByText::default(), kept);
    noted(corpus, found, text)
}

fn noted(
    mut corpus: Corpus,
    found: Vec<(usize, Arc<[Diagnostic]>)>,
    text: &mut dyn FnMut(&CorpusFile) -> Option<Arc<str>>,
) -> Corpus {
    for (at, findings) in found {
        let note = |file: &mut CorpusFile| {
            file.diagnostics.extend_from_slice(&findings);
            file.diagnostics.sort_by_key(by_place);
            if file.source.is_none() {
                file.source = text(file);
            }
        };
        Arc::make_mut(&mut corpus.files).change(at, note, CorpusFile::has_findings);
    }
    corpus
}

/// Takes away notes that nobody knows an actor whom the gazetteer knows.
pub fn forget_known(mut corpus: Corpus) -> Corpus {
    let known: Vec<Vec<bool>> = (0u32..)
        .zip(corpus.files.iter())
        .map(|(at, file)| {
            file.diagnostics.iter().map(|one| is_known(&corpus, FileId(at), file, one)).collect()
        })
        .collect();
    for (file, known) in Arc::make_mut(&mut corpus.files).whole_mut().iter_mut().zip(known) {
        let mut known = known.into_iter();
        file.diagnostics.retain(|_| known.next() != Some(true));
    }
    corpus
}

/// Whether it is a note on an actor whom the gazetteer does know.
fn is_known(corpus: &Corpus, id: FileId, file: &CorpusFile, found: &Diagnostic) -> bool {
    let place = found.place.as_ref().filter(|_| found.code == Code::UNKNOWN_ACTOR);
    let Some((place, text)) = place.and_then(|place| Some((place, corpus.source_of(file)?))) else {
        return false;
    };
    let name = text.get(place.span.clone()).map(|name| name.trim_matches(['"', '\'']));
    name.is_some_and(|name| corpus.finder.party_within(&corpus.scope(id), name, &[]).is_some())
}

/// The text of a file, read once more.
pub fn source_of(origin: &Origin, file: &CorpusFile) -> Option<Arc<str>> {
    let text = |bytes: &[u8]| encoding::decode(bytes).text.into();
    match origin {
        Origin::BuiltIn => {
            let mut files = built_in::files().into_iter();
            files.find(|(path, _)| **path == *file.path).map(|(_, bytes)| text(bytes))
        }
        Origin::Paths(_) => read_bytes(&file.path).ok().map(|bytes| text(&bytes)),
    }
}

/// A corpus with what each source of it claims.
pub struct Whole<'a> {
    corpus: &'a Corpus,
    lists: Vec<Claims<'a>>,
    world: Claims<'a>,
}

impl<'a> Whole<'a> {
    /// Of what these say.
    pub fn new(corpus: &'a Corpus, gazetteer: &'a [Entity]) -> Self {
        let lists = corpus.actor_lists.iter();
        let lists = lists.map(|list| Claims::of(&list.shown, actors_of(corpus, list))).collect();
        Self { corpus, lists, world: Claims::of("the built-in gazetteer", gazetteer) }
    }

    /// The findings in these files and their briefings, or in all, with the index of their file.
    fn find_in(
        &self,
        some: Option<(&[u32], &[u32])>,
        before: &ByText<Arc<[Diagnostic]>>,
        kept: &mut ByText<Arc<[Diagnostic]>>,
    ) -> Vec<(usize, Arc<[Diagnostic]>)> {
        let Corpus { entries, files, .. } = self.corpus;
        let declares = |entry: &&Entry| entry.text.head.declares;
        let entries: Vec<&Entry> = match some {
            Some((_, some)) => {
                some.iter().filter_map(|at| entries.get(*at as usize)).filter(declares).collect()
            }
            None => entries.iter().filter(declares).collect(),
        };
        let of_entry = |entry: &&Entry| match before.get(entry) {
            Some(findings) => Arc::clone(findings),
            None => self.find_in_entry(entry).into(),
        };
        let of_entries: Vec<Arc<[Diagnostic]>> = entries.par_iter().map(of_entry).collect();
        let mut found = Vec::new();
        for (entry, findings) in entries.into_iter().zip(of_entries) {
            if findings.is_empty() {
                kept.keep_nothing(&entry.text);
            } else {
                kept.keep(&entry.text, Arc::clone(&findings));
                found.push((entry.file.0 as usize, findings));
            }
        }
        let mut find_in_file = |at: usize| {
            let shown = files.get(at).map(|file| &file.shown);
            let is_of_it = |list: &ActorList| shown.is_some_and(|shown| *list.shown == **shown);
            if let Some(list) = self.corpus.actor_lists.iter().position(is_of_it) {
                found.push((at, self.find_in_list(list).into()));
            }
        };
        match some {
            Some((some, _)) => some.iter().for_each(|at| find_in_file(*at as usize)),
            None => (0..files.len()).for_each(find_in_file),
        }
        found.retain(|(_, findings)| !findings.is_empty());
        found
    }

    /// The findings in the text of an entry.
    pub fn find_in_entry(&self, entry: &Entry) -> Vec<Diagnostic> {
        let briefing = entry.briefing();
        let entities = &briefing.entities;
        let scope = self.corpus.scope(entry.file);
        let mut found = find_conflicts(entities);
        if let Scope::Lists(lists) = &scope {
            let claims = lists.iter().filter_map(|list| self.lists.get(list.0 as usize));
            found.extend(claims.flat_map(|claims| claims.find_other_items(entities)));
        }
        found.extend(self.world.find_sure_mistakes(entities));
        if let Some(date) = &briefing.date {
            found.extend(find_outdated_roles(&self.corpus.finder, &scope, date, entities));
        }
        without_repeats(found)
    }

    /// A list against the gazetteer, and against the lists of its folder and above.
    fn find_in_list(&self, at: usize) -> Vec<Diagnostic> {
        let lists = &self.corpus.actor_lists;
        let Some(own) = lists.get(at) else { return Vec::new() };
        let actors = actors_of(self.corpus, own);
        let mut found = Vec::new();
        let Some(folder) = own.holds_for.first() else { return found };
        for other in lists_for(lists, folder).filter(|other| other.0 as usize != at) {
            let (Some(list), Some(claims)) =
                (lists.get(other.0 as usize), self.lists.get(other.0 as usize))
            else {
                continue;
            };
            let is_inner = self.corpus.files.iter().any(|file| *file.shown == *list.shown);
            let is_nearer = !is_inner || list.holds_for != own.holds_for;
            if is_nearer || (other.0 as usize) < at {
                found.extend(claims.find_other_items(actors));
                found.extend(claims.find_other_names(actors, is_nearer));
            }
        }
        found.extend(self.world.find_sure_mistakes(actors));
        without_repeats(found)
    }
}

/// One finding of a code at a place is enough.
fn without_repeats(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(found.len());
    for one in found {
        let is_told = |other: &Diagnostic| {
            other.code == one.code
                && other.place == one.place
                && (one.code != Code::SHARED_NAME && one.code != Code::NAME_TAKEN)
        };
        if !kept.iter().any(is_told) {
            kept.push(one);
        }
    }
    kept
}

fn actors_of<'a>(corpus: &'a Corpus, list: &ActorList) -> &'a [Entity] {
    corpus.actors.get(list.actors.clone()).unwrap_or_default()
}
