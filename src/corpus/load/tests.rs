//! Loading, from files on a disk and from the program.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Code, Severity};

fn quiet(_: usize, _: usize) {}

fn write(folder: &Path, files: &[(&str, &str)]) -> Corpus {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    load(&Origin::Paths(vec![folder.to_owned()]), &quiet)
}

fn findings(corpus: &Corpus) -> Vec<(String, Code, usize)> {
    let all = corpus
        .files
        .iter()
        .flat_map(|file| file.diagnostics.iter().map(move |found| (file, found)));
    all.map(|(file, found)| {
        let name = file.path.file_name().unwrap().to_string_lossy().into_owned();
        (name, found.code, found.place.as_ref().map_or(0, |place| place.start.line))
    })
    .collect()
}

const WHOLE: &str = "title: t\ndate: 2023-03-17\nbody: b\n";

#[test]
fn the_sample_corpus_loads_without_a_finding() {
    let corpus = load(&Origin::BuiltIn, &quiet);
    assert_eq!(corpus.name, "sample");
    assert!(corpus.entries.len() >= 40 && corpus.files.len() == corpus.entries.len() + 1);
    assert_eq!(findings(&corpus), []);
    assert!(corpus.files.iter().all(|file| file.source.is_none()));
    let announced = corpus.find("2023-03-17-xi-to-visit-moscow").and_then(|id| corpus.entry(id));
    assert!(announced.is_some_and(|entry| entry.briefing().title.contains("Moscow")));
}

#[test]
fn slugs_come_from_ids_stems_and_folders() {
    let dir = tempfile::tempdir().unwrap();
    let two = format!("{WHOLE}---\n{WHOLE}");
    let named = format!("id: talks\n{WHOLE}");
    let corpus = write(
        dir.path(),
        &[("2022/x.yaml", WHOLE), ("2023/x.yaml", &two), ("a.yaml", &named), ("b.yaml", &named)],
    );
    let slugs: Vec<_> = corpus.entries.iter().map(|entry| entry.slug.as_str()).collect();
    assert_eq!(slugs, ["2022/x", "2023/x", "talks", "talks-2", "x-2"]);
    assert!(corpus.ids().all(|id| corpus.find(&corpus.entry(id).unwrap().slug) == Some(id)));
    let expected = [("x.yaml", 1), ("b.yaml", 1)];
    assert_eq!(
        findings(&corpus),
        expected.map(|(name, line)| (name.to_owned(), Code::CLASHING_ID, line))
    );
    let clash = &corpus.files.iter().find(|file| file.path.ends_with("b.yaml")).unwrap();
    let place = clash.diagnostics[0].place.clone().unwrap();
    assert_eq!(&clash.source.as_deref().unwrap()[place.span], "talks");
}

#[test]
fn what_only_the_corpus_can_tell_is_noted_at_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let event = "events:\n  - what: w\n    by: [Xi, Ghost]\n";
    let links = "links: [right, wrnog]\n";
    let list = "actors:\n  - {id: xi-jinping, name: Xi Jinping, aliases: [Xi]}\n";
    let corpus = write(
        dir.path(),
        &[
            ("in/actors.yaml", list),
            ("in/known.yaml", &format!("{WHOLE}{event}")),
            ("stranger.yaml", &format!("{WHOLE}{event}")),
            ("right.yaml", WHOLE),
            ("wrong.yaml", &format!("{WHOLE}{links}")),
        ],
    );
    let expected = [
        ("known.yaml", Code::UNKNOWN_ACTOR, 6),
        ("stranger.yaml", Code::UNKNOWN_ACTOR, 6),
        ("stranger.yaml", Code::UNKNOWN_ACTOR, 6),
        ("wrong.yaml", Code::UNKNOWN_LINK, 4),
    ];
    assert_eq!(findings(&corpus), expected.map(|(name, code, line)| (name.to_owned(), code, line)));
    assert_eq!(corpus.problem_count(), 0, "notes are no problems");
    let known = |name: &str| {
        let at = corpus.files.iter().position(|file| file.path.ends_with(name)).unwrap();
        corpus.actors_for(FileId(u32::try_from(at).unwrap())).count()
    };
    assert_eq!((known("known.yaml"), known("stranger.yaml")), (1, 0));
}

#[test]
fn one_file_by_itself_knows_the_actors_of_its_folder_and_those_above() {
    let dir = tempfile::tempdir().unwrap();
    let list = "actors: [Xi, Putin]\n";
    let text = format!("{WHOLE}events: [{{what: w, by: Xi, to: [Putin, Ghost]}}]\n");
    write(
        dir.path(),
        &[("actors.yaml", list), ("deep/er/x.yaml", &text), ("deep/actors.yml", "actors: [Qin]")],
    );
    let corpus = load(&Origin::Paths(vec![dir.path().join("deep/er/x.yaml")]), &quiet);
    assert_eq!(findings(&corpus).len(), 1, "{:?}", findings(&corpus));
    assert_eq!(corpus.files.len(), 1);
    let names: Vec<_> = corpus.actors_for(FileId(0)).map(|actor| actor.name.as_str()).collect();
    assert_eq!(names, ["Qin", "Xi", "Putin"], "nearest first");
}

#[test]
fn a_file_that_cannot_be_read_is_an_entry_with_its_raw_text() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("2023-03-17-folder.yaml")).unwrap();
    fs::write(dir.path().join("2023-03-18-binary.yaml"), b"a\0b").unwrap();
    fs::write(dir.path().join("2023-03-19-list.yaml"), "- a\n- b\n").unwrap();
    let corpus = write(dir.path(), &[("fine.yaml", WHOLE)]);
    let texts: Vec<_> = corpus.entries.iter().map(Entry::briefing).collect();
    let shown: Vec<_> = corpus
        .entries
        .iter()
        .zip(&texts)
        .map(|(entry, text)| {
            let date = entry.date().map(|date| date.as_edtf().to_owned());
            (entry.unreadable, entry.title(), date, text.body.as_str())
        })
        .collect();
    let day = |day: &str| Some(day.to_owned());
    let expected = [
        (true, "2023-03-17-folder.yaml", day("2023-03-17"), ""),
        (true, "2023-03-18-binary.yaml", day("2023-03-18"), "a\0b"),
        (true, "2023-03-19-list.yaml", day("2023-03-19"), "- a\n- b\n"),
        (false, "t", day("2023-03-17"), "b"),
    ];
    assert_eq!(shown, expected);
    let errors = corpus.files.iter().filter(|file| !file.diagnostics.is_empty());
    assert!(
        errors.flat_map(|file| &file.diagnostics).all(|found| found.severity() == Severity::Error)
    );
    assert_eq!(corpus.problem_count(), 3);
}

#[test]
fn a_bad_document_among_several_is_an_entry_and_the_others_keep_their_names() {
    let dir = tempfile::tempdir().unwrap();
    let first = "title: First\ndate: 2023-03-17\nbody: b\n";
    let bad = "title: Second\nbody: c\ntags: [a, {b\n";
    let list = "- a\n- b\n";
    let linked =
        "title: Last\ndate: 2023-03-18\nbody: d\nlinks: [wrnog]\nevents: [{what: w, by: Ghost}]\n";
    let text = [first, bad, list, linked].join("---\n");
    let corpus = write(dir.path(), &[("2023-03-17-x.yaml", &text)]);
    let shown: Vec<_> = corpus
        .entries
        .iter()
        .map(|entry| (entry.slug.as_str(), entry.unreadable, entry.title(), entry.briefing().line))
        .collect();
    let expected = [
        ("2023-03-17-x", false, "First", 1),
        ("2023-03-17-x-2", true, "2023-03-17-x.yaml, briefing 2", 5),
        ("2023-03-17-x-3", true, "2023-03-17-x.yaml, briefing 3", 9),
        ("2023-03-17-x-4", false, "Last", 12),
    ];
    assert_eq!(shown, expected);
    assert_eq!(corpus.entries.get(1).unwrap().briefing().body, bad);
    assert_eq!(corpus.entries.get(2).unwrap().briefing().body, list);
    assert_eq!(corpus.entries.get(2).unwrap().briefing().body_line, Some(9));
    let codes: Vec<_> = findings(&corpus).into_iter().map(|(_, code, line)| (code, line)).collect();
    let expected = [
        (Code::BAD_SYNTAX, 7),
        (Code::NOT_A_BRIEFING, 9),
        (Code::UNKNOWN_LINK, 15),
        (Code::UNKNOWN_ACTOR, 16),
    ];
    assert_eq!(codes, expected);
}

#[test]
fn progress_ends_at_the_number_of_files() {
    let told = std::sync::Mutex::new(Vec::new());
    let corpus = load(&Origin::BuiltIn, &|read, found| told.lock().unwrap().push((read, found)));
    let told = told.into_inner().unwrap();
    let all = corpus.files.len();
    assert_eq!(told.first(), Some(&(0, all)));
    assert!(told.contains(&(all, all)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_bytes_as_a_file_are_an_entry(bytes in proptest::collection::vec(any::<u8>(), 0..400), head in "(title|events|body|entities): ?[-\\[{|>'\"&*!]{0,3}") {
        let dir = tempfile::tempdir().unwrap();
        let whole = [head.as_bytes(), &bytes].concat();
        fs::write(dir.path().join("x.yaml"), &whole).unwrap();
        let corpus = load(&Origin::Paths(vec![dir.path().to_owned()]), &quiet);
        prop_assert!(!corpus.entries.is_empty());
        for found in &corpus.files.get(0).unwrap().diagnostics {
            let source = corpus.files.get(0).unwrap().source.as_deref().unwrap_or_default();
            prop_assert!(found.place.as_ref().is_none_or(|place| source.get(place.span.clone()).is_some()));
        }
    }
}
