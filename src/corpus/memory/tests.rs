//! Reading on from what is known gives what reading everything anew gives.

mod kept;

use std::fs;
use std::os::unix::fs::symlink;
use std::time::SystemTime;

use proptest::prelude::*;

use super::*;
use crate::corpus::load;
use crate::corpus::stamp::Stamp;

/// Files on which all the steps are taken: of each pair of folders, lists and briefings.
const NAMES: [&str; 8] = [
    "a.yaml",
    "b.yml",
    "in/a.yaml",
    "in/c.yaml",
    "actors.yaml",
    "in/actors.yaml",
    "note.txt",
    ".b.yaml.swp",
];

/// What may stand in them; some of the same length.
const TEXTS: [&str; 10] = [
    "title: One\ndate: 2023-03-17\nbody: Xi met Putin in Moscow.\n",
    "title: Two\ndate: 2023-03-17\nbody: Xi met Modi; in Moscow.\n",
    "title: Links\nbody: b\nlinks: [a, c, one, wrnog]\n",
    "id: one\ntitle: Named\nbody: Putin left.\nevents: [{what: w, by: Xi, to: [Putin, Ghost]}]\n",
    "id: one\ntitle: Same name\nbody: b\nentities: [{id: xi, name: Xi Jinping, kind: state}]\n",
    "title: First\nbody: b\n---\ntitle: Second\nbody: Xi.\ntags: [a, {b\n---\n- a\n- b\n",
    "title: 'broken\n",
    "actors:\n  - {id: xi, name: Xi Jinping, aliases: [Xi], kind: person}\n  - Putin\n",
    "actors:\n  - {id: xi, name: Xi Jinping, kind: person}\n  - {id: moscow, name: Moscow, kind: place, stands_for: russia}\n",
    "",
];

#[derive(Clone, Debug)]
enum Step {
    Write(usize, usize),
    Replace(usize, usize),
    Remove(usize),
    Rename(usize, usize),
    Link(usize, usize),
    HardLink(usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let (name, text) = (0..NAMES.len(), 0..TEXTS.len());
    let step = prop_oneof![
        6 => (name.clone(), text.clone()).prop_map(|(a, b)| Step::Write(a, b)),
        2 => (name.clone(), text).prop_map(|(a, b)| Step::Replace(a, b)),
        3 => name.clone().prop_map(Step::Remove),
        2 => (name.clone(), name.clone()).prop_map(|(a, b)| Step::Rename(a, b)),
        1 => (name.clone(), name.clone()).prop_map(|(a, b)| Step::Link(a, b)),
        1 => (name.clone(), name).prop_map(|(a, b)| Step::HardLink(a, b)),
    ];
    proptest::collection::vec(step, 1..4)
}

/// The other names of a file. Through one that came, was written through and went between two looks,
/// nobody can tell which file was written: that is left to the next look at everything.
fn other_names(folder: &Path, name: usize) -> Vec<PathBuf> {
    let stamp = |name: &str| Some(Stamp::of(&fs::symlink_metadata(folder.join(name)).ok()?));
    let this = stamp(NAMES[name]);
    let is_same = |other: Option<Stamp>| other.zip(this).is_some_and(|(a, b)| a.is_same_file(&b));
    let names = NAMES.iter().filter(|other| is_same(stamp(other)));
    names.map(|other| folder.join(other)).collect()
}

/// Takes a step; what could not be done was not done. Gives the files that it touched.
fn take(folder: &Path, step: &Step) -> Vec<PathBuf> {
    let at = |name: &usize| folder.join(NAMES[*name]);
    let others = match step {
        Step::Replace(gone, _) | Step::Remove(gone) | Step::Rename(_, gone) => {
            other_names(folder, *gone)
        }
        Step::Write(..) | Step::Link(..) | Step::HardLink(..) => Vec::new(),
    };
    let (done, touched) = match step {
        Step::Write(name, text) => {
            // Through a link it is the file behind it that is told of.
            let written = fs::write(at(name), TEXTS[*text]);
            let real = fs::canonicalize(at(name)).unwrap_or_else(|_| at(name));
            (written, vec![at(name), real])
        }
        Step::Replace(name, text) => {
            let beside = folder.join("4913");
            fs::write(&beside, TEXTS[*text]).unwrap();
            (fs::rename(&beside, at(name)), vec![beside, at(name)])
        }
        Step::Remove(name) => (fs::remove_file(at(name)), vec![at(name)]),
        Step::Rename(from, to) => (fs::rename(at(from), at(to)), vec![at(from), at(to)]),
        Step::Link(from, to) => (symlink(at(from), at(to)), vec![at(to)]),
        Step::HardLink(from, to) => (fs::hard_link(at(from), at(to)), vec![at(to)]),
    };
    done.map_or(Vec::new(), |()| touched.into_iter().chain(others).collect())
}

fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap()
}

fn whole(memory: &mut Memory, doubt: &Doubt) -> Option<Corpus> {
    let corpus = memory.load(doubt, now(), &|_, _| ())?;
    let corpus = memory.introduce(corpus);
    Some(memory.survey(corpus))
}

/// The same without the gazetteer, which takes the most time to read.
fn alone(memory: &mut Memory, doubt: &Doubt) -> Option<Corpus> {
    let corpus = memory.load(doubt, now(), &|_, _| ())?;
    Some(memory.survey(corpus))
}

#[track_caller]
fn assert_same(one: &Corpus, other: &Corpus) {
    let entries = |corpus: &Corpus| -> Vec<_> {
        let all = corpus.entries.iter().cloned();
        all.map(|entry| {
            let text = entry.briefing();
            (entry.slug, entry.file, entry.lines, entry.unreadable, text)
        })
        .collect()
    };
    let files = |corpus: &Corpus| -> Vec<_> {
        let all = corpus.files.iter().cloned();
        all.map(|file| (file.path, file.shown, file.diagnostics, file.source)).collect()
    };
    assert_eq!(entries(one), entries(other));
    assert_eq!(files(one), files(other));
    assert_eq!((one.newest(), one.newest_months()), (other.newest(), other.newest_months()));
    assert_eq!((&one.actors, &one.actor_lists), (&other.actors, &other.actor_lists));
    assert_eq!(one.concordance, other.concordance);
    assert_eq!(one.words, other.words);
    assert_eq!(one.facets, other.facets);
    assert_eq!(one.timeline, other.timeline);
}

fn paths(found: &[&PathBuf]) -> Doubt {
    Doubt::Files(found.iter().map(|path| (*path).clone()).collect())
}

#[test]
fn a_file_that_is_written_by_a_name_it_got_since_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.yaml"), TEXTS[0]).unwrap();
    let origin = Origin::Paths(vec![folder.path().to_owned()]);
    let mut memory = Memory::new(origin.clone());
    alone(&mut memory, &Doubt::Everything).unwrap();
    for (name, text) in [(".b.yaml.swp", TEXTS[2]), ("b.yaml", TEXTS[1])] {
        fs::hard_link(at("a.yaml"), at(name)).unwrap();
        fs::write(at(name), text).unwrap();
        let corpus = alone(&mut memory, &Doubt::Files([at(name)].into())).unwrap();
        assert_same(&corpus, &load(&origin, &|_, _| ()).surveyed());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn reading_on_gives_what_reading_anew_gives(
        rounds in proptest::collection::vec((steps(), any::<bool>()), 1..6),
        gazetteer in proptest::bool::weighted(0.05),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("corpus");
        fs::create_dir_all(folder.join("in")).unwrap();
        for (name, text) in [(0, 0), (2, 2), (3, 3), (4, 7)] {
            fs::write(folder.join(NAMES[name]), TEXTS[text]).unwrap();
        }
        let origin = Origin::Paths(vec![folder.clone()]);
        let read = if gazetteer { whole } else { alone };
        let mut memory = Memory::new(origin.clone());
        let mut corpus = read(&mut memory, &Doubt::Everything).unwrap();
        for (steps, told) in rounds {
            let touched: Vec<PathBuf> =
                steps.iter().flat_map(|step| take(&folder, step)).collect();
            let told = told.then(|| paths(&touched.iter().collect::<Vec<_>>()));
            corpus = read(&mut memory, &told.unwrap_or(Doubt::Everything)).unwrap_or(corpus);
            let anew = read(&mut Memory::new(origin.clone()), &Doubt::Everything).unwrap();
            assert_same(&corpus, &anew);
            prop_assert!(read(&mut memory, &Doubt::Everything).is_none(), "nothing is new now");
        }
        if gazetteer {
            assert_same(&corpus, &load(&origin, &|_, _| ()).with_gazetteer().surveyed());
        }
    }
}

fn written(files: &[(&str, &str)]) -> (tempfile::TempDir, Memory) {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("in")).unwrap();
    for (name, text) in files {
        fs::write(dir.path().join(name), text).unwrap();
    }
    let memory = Memory::new(Origin::Paths(vec![dir.path().to_owned()]));
    (dir, memory)
}

#[test]
fn what_a_link_may_have_meant_is_told_while_there_are_few_to_choose_from() {
    let many = "title: t\n---\n".repeat(4_997) + "title: t\n";
    let (dir, mut memory) =
        written(&[("links.yaml", TEXTS[2]), ("many.yaml", &many), ("wrong.yaml", TEXTS[0])]);
    alone(&mut memory, &Doubt::Everything).unwrap();
    let one_more = dir.path().join("more.yaml");
    for change in [|path: &Path| fs::write(path, TEXTS[1]), |path: &Path| fs::remove_file(path)] {
        change(&one_more).unwrap();
        let corpus = alone(&mut memory, &paths(&[&one_more])).unwrap();
        let anew = load(&Origin::Paths(vec![dir.path().to_owned()]), &|_, _| ());
        let findings = |corpus: &Corpus| corpus.files.get(0).unwrap().diagnostics.clone();
        assert_eq!(findings(&corpus), findings(&anew));
    }
}

#[test]
fn what_did_not_change_is_the_same_briefing() {
    let (dir, mut memory) = written(&[("a.yaml", TEXTS[0]), ("b.yaml", TEXTS[1])]);
    let before = whole(&mut memory, &Doubt::Everything).unwrap();
    let edited = dir.path().join("a.yaml");
    fs::write(&edited, TEXTS[2]).unwrap();
    let after = whole(&mut memory, &paths(&[&edited])).unwrap();
    let same = |slug: &str| {
        let find =
            |corpus: &Corpus| Arc::clone(&corpus.entry(corpus.find(slug).unwrap()).unwrap().text);
        Arc::ptr_eq(&find(&before), &find(&after))
    };
    assert_eq!((same("a"), same("b")), (false, true));
    assert!(Arc::ptr_eq(&before.finder, &after.finder), "nobody else is known");
}

#[test]
fn a_file_that_was_only_touched_is_no_news() {
    let (dir, mut memory) = written(&[("a.yaml", TEXTS[0])]);
    whole(&mut memory, &Doubt::Everything).unwrap();
    fs::write(dir.path().join("a.yaml"), TEXTS[0]).unwrap();
    fs::write(dir.path().join("a.yaml~"), TEXTS[1]).unwrap();
    assert!(whole(&mut memory, &Doubt::Everything).is_none());
}

#[test]
fn the_same_length_within_a_tick_of_the_clock_is_noticed() {
    let (dir, mut memory) = written(&[("a.yaml", TEXTS[0])]);
    let path = dir.path().join("a.yaml");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    whole(&mut memory, &Doubt::Everything).unwrap();
    assert_eq!(TEXTS[0].len(), TEXTS[1].len());
    fs::write(&path, TEXTS[1]).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    let corpus = whole(&mut memory, &Doubt::Everything).unwrap();
    assert_eq!(corpus.entries.get(0).unwrap().briefing().title, "Two");
}

#[test]
fn a_folder_that_vanishes_and_comes_back_is_read_again() {
    let (dir, mut memory) = written(&[("a.yaml", TEXTS[0])]);
    whole(&mut memory, &Doubt::Everything).unwrap();
    let aside = tempfile::tempdir().unwrap();
    fs::rename(dir.path(), aside.path().join("x")).unwrap();
    let gone = whole(&mut memory, &Doubt::Everything).unwrap();
    assert!(gone.entries.iter().all(|entry| entry.unreadable), "said, not silently empty");
    fs::rename(aside.path().join("x"), dir.path()).unwrap();
    let back = whole(&mut memory, &Doubt::Everything).unwrap();
    assert_eq!(back.entries.get(0).unwrap().briefing().title, "One");
}

#[test]
fn what_it_rests_on_beyond_its_folders_is_told() {
    let (dir, mut memory) = written(&[("actors.yaml", TEXTS[7]), ("in/a.yaml", TEXTS[0])]);
    whole(&mut memory, &Doubt::Everything).unwrap();
    assert_eq!(memory.files_beyond(), BTreeSet::new());
    assert_eq!(memory.folders().len(), 2);
    let real = whole_path(dir.path()).unwrap();
    let (inner, file, link) = (real.join("in"), real.join("in/a.yaml"), real.join("link.yaml"));
    let list = real.join("actors.yaml");
    for (given, beyond) in
        [(inner.clone(), vec![list.clone()]), (file.clone(), vec![list.clone(), file.clone()])]
    {
        let mut memory = Memory::new(Origin::Paths(vec![given]));
        memory.load(&Doubt::Everything, now(), &|_, _| ()).unwrap();
        assert_eq!(memory.files_beyond(), beyond.into_iter().collect());
    }
    symlink(&file, &link).unwrap();
    symlink(&inner, dir.path().join("current")).unwrap();
    let mut memory = Memory::new(Origin::Paths(vec![link.clone()]));
    memory.load(&Doubt::Everything, now(), &|_, _| ()).unwrap();
    assert!(memory.files_beyond().is_superset(&[link, file].into()));
    let current = real.join("current");
    let mut memory = Memory::new(Origin::Paths(vec![current.clone()]));
    memory.load(&Doubt::Everything, now(), &|_, _| ()).unwrap();
    assert!(memory.files_beyond().contains(&current), "a link that may lead elsewhere tomorrow");
}
