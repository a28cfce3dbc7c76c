//! What is kept in an index, read on from at any time and by several at once, gives what reading the
//! files from nothing gives.

use std::time::UNIX_EPOCH;

use super::*;
use crate::corpus::index::Index;

/// What one program of two does in a round.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Sleep,
    /// It looks at everything.
    Look,
    /// It is told what changed.
    Hear,
    /// It ends and starts again.
    Restart,
    /// It is killed between keeping what it read and keeping the list, and starts again.
    Die,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => Just(Act::Sleep),
        2 => Just(Act::Look),
        3 => Just(Act::Hear),
        3 => Just(Act::Restart),
        1 => Just(Act::Die),
    ]
}

/// A program that has the corpus open.
struct Reader {
    memory: Memory,
    shown: Corpus,
    unheard: BTreeSet<PathBuf>,
}

struct Place {
    dir: tempfile::TempDir,
    /// Seconds that were given to files as the time of writing.
    clock: u64,
}

impl Place {
    fn folder(&self) -> PathBuf {
        self.dir.path().join("corpus")
    }

    fn origin(&self) -> Origin {
        Origin::Paths(vec![self.folder()])
    }

    fn memory(&self) -> Memory {
        let index = Index::open(&self.dir.path().join("cache"), &[self.folder()]).unwrap();
        Memory::kept_in(self.origin(), index)
    }

    /// Takes steps; each file that is written has another time, so that even one that is taken for
    /// settled at once is known to be another.
    fn take(&mut self, steps: &[Step]) -> Vec<PathBuf> {
        let mut touched = Vec::new();
        for step in steps {
            touched.extend(take(&self.folder(), step));
            if let (Step::Write(..), Some(path)) = (step, touched.last()) {
                self.clock += 1;
                let time = UNIX_EPOCH + Duration::from_secs(1_600_000_000 + self.clock);
                let file = fs::File::options().write(true).open(path).unwrap();
                file.set_modified(time).unwrap();
            }
        }
        touched
    }

    fn start(&self, now: Duration) -> Reader {
        let mut memory = self.memory();
        let shown = memory.bring_up(now, &|_, _| ());
        assert_eq!(memory.trouble(), None);
        Reader { memory, shown, unheard: BTreeSet::new() }
    }
}

impl Reader {
    fn look(&mut self, doubt: &Doubt, now: Duration) {
        if let Some(corpus) = self.memory.load(doubt, now, &|_, _| ()) {
            let corpus = self.memory.introduce(corpus);
            self.shown = self.memory.survey(corpus);
            self.memory.remember(&self.shown);
        }
        self.unheard.clear();
        assert_eq!(self.memory.trouble(), None);
    }

    /// Nothing has changed for a while: nothing is held that is kept, where that can be; whether it was so.
    fn rest(&mut self) -> bool {
        let kept = self.memory.remember(&self.shown);
        let shown = kept.and_then(|kept| self.memory.let_go(&self.shown, kept));
        let has_let_go = shown.is_some();
        self.shown = shown.unwrap_or_else(|| self.shown.clone());
        has_let_go
    }

    /// What it shows, with texts that are not held: nothing may have pulled them away.
    fn shows(&self, expected: &Corpus) {
        assert_shows(&self.shown, expected);
        assert_eq!(self.memory.trouble(), None);
    }
}

/// As [`assert_same`], but that the text of a file has to be read again.
#[track_caller]
fn assert_shows(kept: &Corpus, expected: &Corpus) {
    assert_still_shows(kept, expected);
    for (file, expected) in kept.files.iter().zip(expected.files.iter()) {
        if expected.source.is_some() {
            assert_eq!(kept.source_of(file), expected.source, "{}", file.shown);
        }
    }
}

/// The same of an older snapshot, whose files may be others by now.
#[track_caller]
fn assert_still_shows(kept: &Corpus, expected: &Corpus) {
    let without_sources = |corpus: &Corpus| {
        let mut corpus = corpus.clone();
        for file in Arc::make_mut(&mut corpus.files).whole_mut() {
            file.source = None;
        }
        corpus
    };
    assert_same(&without_sources(kept), &without_sources(expected));
    assert_eq!(kept.newest(), expected.newest());
}

#[test]
fn a_file_that_cannot_be_read_costs_the_others_nothing() {
    let place = Place { dir: tempfile::tempdir().unwrap(), clock: 0 };
    let folder = place.folder();
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.yaml"), TEXTS[0]).unwrap();
    let large = fs::File::create(folder.join("large.yaml")).unwrap();
    large.set_len(1 << 40).unwrap();
    symlink("round.yaml", folder.join("round.yaml")).unwrap();
    let later = now() + Duration::from_secs(100);
    let first = place.start(later);
    assert_eq!(first.shown.entries.len(), 3);
    let differences = first.memory.differences().unwrap();
    assert!(differences.is_none() && differences.refused == 2, "{differences:?}");
    drop(first);
    let mut memory = place.memory();
    let corpus = memory.recall().unwrap();
    let corpus = memory.recall_survey(corpus);
    assert!(memory.compare().is_empty());
    let expected = load(&place.origin(), &|_, _| ()).with_gazetteer().surveyed();
    assert_shows(&corpus, &expected);
    drop(memory);
    fs::remove_file(folder.join("large.yaml")).unwrap();
    fs::write(folder.join("large.yaml"), TEXTS[1]).unwrap();
    let second = place.start(later);
    assert_shows(&second.shown, &load(&place.origin(), &|_, _| ()).with_gazetteer().surveyed());
}

#[test]
fn a_file_that_went_while_nobody_looked_is_missed() {
    let place = Place { dir: tempfile::tempdir().unwrap(), clock: 0 };
    fs::create_dir_all(place.folder()).unwrap();
    for name in &NAMES[..2] {
        fs::write(place.folder().join(name), TEXTS[0]).unwrap();
    }
    let later = now() + Duration::from_secs(100);
    drop(place.start(later));
    fs::remove_file(place.folder().join(NAMES[1])).unwrap();
    let second = place.start(later);
    assert_shows(&second.shown, &load(&place.origin(), &|_, _| ()).with_gazetteer().surveyed());
}

#[test]
fn what_had_to_be_found_anew_is_kept_for_the_next_start() {
    let place = Place { dir: tempfile::tempdir().unwrap(), clock: 0 };
    fs::create_dir_all(place.folder()).unwrap();
    fs::write(place.folder().join("a.yaml"), TEXTS[0]).unwrap();
    let later = now() + Duration::from_secs(100);
    let first = place.start(later);
    let index = Arc::clone(first.memory.index().unwrap());
    drop(first);
    // As another program would have left it, which knows other actors.
    index.change(|batch| batch.remove_snapshot("timeline"));
    for is_written in [true, false] {
        let mut memory = place.memory();
        let _ = memory.bring_up(later, &|_, _| ());
        assert_eq!(memory.index().unwrap().is_written(), is_written);
    }
}

/// Of a corpus that is kept only those files are taken up that are other, be it at a start or later.
#[test]
fn a_few_files_are_read_without_the_others() {
    let place = Place { dir: tempfile::tempdir().unwrap(), clock: 0 };
    fs::create_dir_all(place.folder().join("in")).unwrap();
    let name = |number: usize| place.dir.path().join(format!("corpus/in/{number:03}.yaml"));
    for number in 0..100 {
        let text =
            format!("title: Report {number}\ndate: 2023-0{}-01\nbody: Xi.\n", number % 9 + 1);
        fs::write(name(number), text).unwrap();
    }
    let list = place.folder().join("actors.yaml");
    fs::write(&list, TEXTS[7]).unwrap();
    let later = now() + Duration::from_secs(100);
    drop(place.start(later));
    let expected = || load(&place.origin(), &|_, _| ()).with_gazetteer().surveyed();
    let write = |number: usize, text: &str| {
        fs::write(name(number), format!("{text}# {}\n", "x".repeat(number))).unwrap();
        name(number)
    };

    write(40, TEXTS[0]);
    fs::remove_file(name(7)).unwrap();
    write(200, TEXTS[3]);
    let mut reader = place.start(later);
    assert_shows(&reader.shown, &expected());
    assert_eq!(reader.memory.slots.len(), 3, "the list, one that changed and one that came");

    let steps: [&[usize]; 4] = [&[40, 41], &[150, 0], &[99, 200, 8], &[201]];
    for (at, step) in steps.into_iter().enumerate() {
        let mut touched: BTreeSet<PathBuf> = step
            .iter()
            .map(|number| write(*number, &format!("title: Again {at}\nbody: Putin.\n")))
            .collect();
        fs::remove_file(name(20 + at)).unwrap();
        touched.insert(name(20 + at));
        reader.look(&Doubt::Files(touched), later);
        assert_shows(&reader.shown, &expected());
        reader.look(&Doubt::Everything, later);
    }
    assert_eq!(reader.memory.slots.len(), 9);
    assert!(reader.rest());
    assert_eq!(reader.memory.slots.len(), 1, "the list");
    let touched = BTreeSet::from([write(41, TEXTS[0]), write(100, TEXTS[1])]);
    reader.look(&Doubt::Files(touched), later);
    assert_shows(&reader.shown, &expected());
    assert_eq!(reader.memory.slots.len(), 3);
    drop(reader);

    let mut reader = place.start(later);
    assert_shows(&reader.shown, &expected());
    assert_eq!(reader.memory.slots.len(), 0, "nothing was other");
    fs::write(&list, TEXTS[8]).unwrap();
    reader.look(&Doubt::Files([list].into()), later);
    assert_shows(&reader.shown, &expected());
    assert_eq!(reader.memory.slots.len(), 100);
    assert!(reader.rest());
    assert_eq!(reader.memory.slots.len(), 1);
    assert_shows(&reader.shown, &expected());
}

#[test]
fn a_list_of_actors_that_another_program_read_is_not_the_one_that_was_recalled() {
    let place = Place { dir: tempfile::tempdir().unwrap(), clock: 0 };
    fs::create_dir_all(place.folder()).unwrap();
    let list = place.folder().join("actors.yaml");
    fs::write(place.folder().join("a.yaml"), TEXTS[0]).unwrap();
    fs::write(&list, TEXTS[7]).unwrap();
    let expected = || load(&place.origin(), &|_, _| ()).with_gazetteer().surveyed();
    let later = now() + Duration::from_secs(100);
    drop(place.start(later));
    let mut first = place.start(later);
    assert!(!first.rest(), "it is kept as it was recalled");
    assert_shows(&place.start(later).shown, &expected());
    fs::write(&list, TEXTS[8]).unwrap();
    assert_shows(&place.start(later).shown, &expected());
    first.look(&Doubt::Files([list].into()), later);
    assert_shows(&first.shown, &expected());
}

/// Among so many briefings that a lost link is not compared with all of them.
#[test]
fn files_that_link_to_what_came_or_went_are_read_without_the_others() {
    let place = Place { dir: tempfile::tempdir().unwrap(), clock: 0 };
    fs::create_dir_all(place.folder()).unwrap();
    let at = |name: &str| place.folder().join(name);
    for number in 0..60 {
        let one = |nth: usize| format!("id: t{number}-{nth}\ntitle: Report {nth}\nbody: b\n");
        let all: Vec<String> = (0..100).map(one).collect();
        fs::write(at(&format!("{number:02}.yaml")), all.join("---\n")).unwrap();
    }
    fs::write(at("a.yaml"), "title: A\nbody: Xi.\nlinks: [t3-7, later]\n").unwrap();
    fs::write(at("b.yaml"), "title: B\nbody: b\nlinks: [t3-7]\n").unwrap();
    let later = now() + Duration::from_secs(100);
    drop(place.start(later));
    let mut reader = place.start(later);
    let expected = || load(&place.origin(), &|_, _| ()).with_gazetteer().surveyed();
    let steps = [
        ("later.yaml", Some("title: Later\nbody: Putin.\nlinks: [a, nothing]\n")),
        ("later.yaml", None),
        ("b.yaml", Some("id: nothing\ntitle: B\nbody: b\n")),
        ("later.yaml", Some("title: Again\nbody: b\n")),
    ];
    for (name, text) in steps {
        match text {
            Some(text) => fs::write(at(name), text).unwrap(),
            None => fs::remove_file(at(name)).unwrap(),
        }
        reader.look(&Doubt::Files([at(name)].into()), later);
        assert_shows(&reader.shown, &expected());
        assert!((1..=3).contains(&reader.memory.slots.len()));
    }
    assert!(reader.rest());
    fs::remove_file(at("later.yaml")).unwrap();
    reader.look(&Doubt::Files([at("later.yaml")].into()), later);
    assert_shows(&reader.shown, &expected());
    assert_eq!(reader.memory.slots.len(), 1, "who links to it");
}

#[test]
fn a_file_that_was_removed_between_two_starts_is_gone() {
    let place = Place { dir: tempfile::tempdir().unwrap(), clock: 0 };
    fs::create_dir_all(place.folder()).unwrap();
    for name in ["a.yaml", "b.yaml"] {
        fs::write(place.folder().join(name), TEXTS[0]).unwrap();
    }
    symlink("nowhere", place.folder().join("c.yaml")).unwrap();
    let later = now() + Duration::from_secs(100);
    assert_eq!(place.start(later).shown.entries.len(), 3);
    for (name, left) in [("c.yaml", 2), ("b.yaml", 1)] {
        fs::remove_file(place.folder().join(name)).unwrap();
        assert_eq!(place.start(later).shown.entries.len(), left, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn an_index_gives_what_reading_anew_gives(
        rounds in proptest::collection::vec(
            (steps(), (act(), act()), any::<(bool, bool)>(), 0_u64..3), 1..7,
        ),
        has_links in any::<bool>(),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let mut place = Place { dir, clock: 0 };
        let folder = place.folder();
        fs::create_dir_all(folder.join("in")).unwrap();
        for (name, text) in [(0, 0), (2, if has_links { 2 } else { 1 }), (3, 3), (4, 7)] {
            fs::write(folder.join(NAMES[name]), TEXTS[text]).unwrap();
        }
        // Held to be right by a property of its own.
        let mut plain = Memory::new(place.origin());
        let mut expected = whole(&mut plain, &Doubt::Everything).unwrap();
        let mut readers = [place.start(now()), place.start(now())];
        for reader in &readers {
            reader.shows(&expected);
        }
        for (steps, acts, (is_settled, is_quiet), first) in rounds {
            let before: Vec<(Corpus, Corpus)> = readers
                .iter()
                .filter(|reader| reader.unheard.is_empty())
                .map(|reader| (reader.shown.clone(), expected.clone()))
                .collect();
            let touched = place.take(&steps);
            // What is settled is not opened again.
            let now = now() + Duration::from_secs(if is_settled { 100 } else { 0 });
            expected = whole(&mut plain, &Doubt::Everything).unwrap_or(expected);
            let acts = [acts.0, acts.1];
            let order = if first.is_multiple_of(2) { [1, 0] } else { [0, 1] };
            for (at, act) in order.map(|at| (at, acts[at])) {
                let reader = &mut readers[at];
                reader.unheard.extend(touched.iter().cloned());
                match act {
                    Act::Sleep => continue,
                    Act::Look => reader.look(&Doubt::Everything, now),
                    Act::Hear => reader.look(&Doubt::Files(reader.unheard.clone()), now),
                    Act::Restart => {
                        readers[at].memory = Memory::new(Origin::BuiltIn);
                        readers[at].shown = Corpus::empty(Origin::BuiltIn);
                        readers[at] = place.start(now);
                    }
                    Act::Die => {
                        let _ = reader.memory.load(&Doubt::Everything, now, &|_, _| ());
                        readers[at].memory = Memory::new(Origin::BuiltIn);
                        readers[at].shown = Corpus::empty(Origin::BuiltIn);
                        readers[at] = place.start(now);
                    }
                }
                readers[at].shows(&expected);
                if is_quiet {
                    readers[at].rest();
                    readers[at].shows(&expected);
                }
            }
            for (shown, then) in before {
                assert_still_shows(&shown, &then);
            }
        }
        drop(readers);
        let last = place.start(now());
        assert_shows(&last.shown, &load(&place.origin(), &|_, _| ()).with_gazetteer().surveyed());
        let living = last.memory.index().unwrap().store().status().unwrap().briefings;
        let texts = last.shown.entries.iter().filter_map(|entry| entry.text.id());
        prop_assert_eq!(living, texts.collect::<BTreeSet<_>>().len(), "nothing is left over");
    }
}

/// More files than are looked through at once, all at once or some of them first.
#[test]
fn what_is_found_while_texts_are_read_is_what_is_found_later() {
    const NAMES: [&str; 4] = ["Xi Jinping", "Vladimir Putin", "Ada Novel", "the EU"];
    let dir = tempfile::tempdir().unwrap();
    let place = Place { dir, clock: 0 };
    fs::create_dir(place.folder()).unwrap();
    for number in 0..1_100_usize {
        let name = |step: usize| NAMES[(number / step) % NAMES.len()];
        let text = format!(
            "title: Report {number}\ndate: 2023-03-17\ntags: [t{}]\nentities:\n- {{name: {}, role: \
             President of China}}\nevents:\n- {{date: 2023-03-2{}, what: meets, by: [{}], to: \
             [{}]}}\nbody: |\n  On day {number} {} met {} again.\n",
            number % 7,
            name(1),
            number % 10,
            name(2),
            name(3),
            name(5),
            name(7),
        );
        let text = if number % 97 == 5 { format!("{text}  {{[\n---\n{text}") } else { text };
        let text = if number % 101 == 7 { "{broken".to_owned() } else { text };
        fs::write(place.folder().join(format!("{number:04}.yaml")), text).unwrap();
    }
    let expected = load(&place.origin(), &|_, _| ()).with_gazetteer().surveyed();
    for first in [None, Some(256)] {
        let mut memory = place.memory();
        memory.doubt(&Doubt::Everything);
        let mut shown = Corpus::empty(place.origin());
        for most in first.into_iter().chain([usize::MAX]) {
            let corpus = memory.read_on(most, now(), &|_, _| ()).unwrap();
            let corpus = memory.introduce(corpus);
            shown = memory.survey(corpus);
            memory.remember(&shown);
        }
        assert_eq!(memory.trouble(), None);
        assert_shows(&shown, &expected);
        let segments = shown.words.segments();
        assert!(segments.len() > 1 && segments.iter().all(|segment| segment.number().is_some()));
        let status = memory.index().unwrap().store().status().unwrap();
        assert_eq!(status.segments, segments.len());
        drop((memory, shown));
        assert_shows(&place.start(now()).shown, &expected);
        fs::remove_dir_all(place.dir.path().join("cache")).unwrap();
    }
}
