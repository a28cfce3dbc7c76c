//! A corpus that takes its time to be read, and several that are read as one.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chancery::app::{Done, Msg, look_ahead};
use chancery::corpus::lens::{NoMarks, complete, find_lens};
use chancery::corpus::query::parse_query;
use chancery::corpus::{Corpus, Doubt, Memory, Origin, load};

use crate::reader::Reader;

fn write(folder: &Path, name: &str, date: &str, title: &str) {
    fs::create_dir_all(folder).unwrap();
    let mut text = format!("title: {title}\ndate: {date}\nentities: [Ann Ames]\nbody: |\n");
    for line in 1..=60 {
        writeln!(text, "  Ann Ames said in line {line} of {name}.\n").unwrap();
    }
    fs::write(folder.join(format!("{name}.yaml")), text).unwrap();
}

/// Words that no packing makes smaller by much: the text fills pages of its own in an index.
fn write_at_random(folder: &Path, day: u64) {
    let mut number = day;
    let word = |_| {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        format!("{:x} ", number >> 16)
    };
    let body: String = (0..4_000).map(word).collect();
    let text = format!("title: Day {day}\ndate: 2023-03-{day}\nbody: Read {day}. {body}\n");
    fs::write(folder.join(format!("2023-03-{day}.yaml")), text).unwrap();
}

#[test]
fn what_the_next_key_shows_is_read_before_it_is_pressed() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, cache) = (dir.path().join("corpus"), dir.path().join("cache"));
    fs::create_dir(&folder).unwrap();
    (10..30).for_each(|day| write_at_random(&folder, day));
    let opened = || Memory::opened(vec![folder.clone()], &cache).unwrap();
    drop(opened().bring_up(Duration::ZERO, &|_, _| ()));
    let mut memory = opened();
    let corpus = memory.recall().unwrap();
    let corpus = memory.recall_survey(corpus);
    let mut reader = Reader::on(corpus, 120, 30);
    look_ahead(&mut reader.app);
    reader.keys("j");
    look_ahead(&mut reader.app);
    for file in fs::read_dir(&cache).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "sqlite") {
            fs::File::options().write(true).open(path).unwrap().set_len(0).unwrap();
        }
    }
    reader.keys("j");
    assert!(reader.screen().contains("Read 27. "), "{}", reader.screen());
    assert_eq!(memory.trouble(), None);
    reader.keys("jj");
    assert!(memory.trouble().is_some(), "what was not read ahead cannot be read any more");
}

#[test]
fn who_reads_sees_nothing_of_it_when_what_is_kept_is_let_go_of() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, cache) = (dir.path().join("corpus"), dir.path().join("cache"));
    let day = |day: usize| format!("2023-03-{day}");
    (10..30).for_each(|at| write(&folder, &day(at), &day(at), &format!("Day {at}")));
    let mut memory = Memory::opened(vec![folder.clone()], &cache).unwrap();
    let corpus = memory.bring_up(Duration::ZERO, &|_, _| ());
    let mut reader = Reader::on(corpus.clone(), 120, 30);
    reader.keys("jj<Enter><PgDn>").wait(Duration::from_secs(1));
    let before = reader.screen();
    let kept = memory.remember(&corpus).unwrap();
    let corpus = memory.let_go(&corpus, kept).unwrap();
    reader.send(Msg::Done(Done::Repacked(Arc::new(corpus))));
    assert_eq!(reader.screen(), before);

    write(&folder, &day(20), &day(20), "Another day");
    let doubt = Doubt::Files([folder.join("2023-03-20.yaml")].into());
    let corpus = memory.load(&doubt, Duration::ZERO, &|_, _| ()).unwrap();
    let corpus = memory.introduce(corpus);
    let corpus = Arc::new(memory.survey(corpus));
    reader.send(Msg::Done(Done::Loaded(corpus)));
    let after = reader.screen();
    assert!(after.contains("1 changed") && after.contains("Another day"), "{after}");
    let text = |screen: &str| {
        screen.lines().map(|line| line.split('│').nth(1).map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(text(&after), text(&before), "the place in the text");
}

/// The corpus as far as `memory` has read it after so many more files, looked through.
fn read_on(memory: &mut Memory, most: usize) -> Arc<Corpus> {
    let corpus = memory.read_on(most, Duration::ZERO, &|_, _| ()).unwrap();
    Arc::new(memory.survey(corpus))
}

#[test]
fn what_was_read_is_read_on_while_the_rest_is_read() {
    let dir = tempfile::tempdir().unwrap();
    for day in 10..22 {
        write(
            dir.path(),
            &format!("2023-03-{day}"),
            &format!("2023-03-{day}"),
            &format!("Day {day}"),
        );
    }
    let origin = Origin::Paths(vec![dir.path().to_owned()]);
    let mut memory = Memory::new(origin.clone());
    memory.doubt(&Doubt::Everything);
    let mut reader = Reader::waiting(origin, 120, 30);
    reader.send(Msg::Done(Done::Loading { read: 0, found: 12 }));
    reader.send(Msg::Done(Done::Part(read_on(&mut memory, 3))));
    let shown = reader.screen();
    assert!(shown.contains("reading 0 of 12 files"), "{shown}");
    assert!(shown.contains("Day 21") && !shown.contains("Day 18"), "the newest first: {shown}");

    reader.keys("j<Tab><Tab>").wait(Duration::from_secs(1));
    reader.keys("<PgDn>");
    let place = |reader: &Reader| {
        let (_, entry) = reader.app.open().unwrap();
        let line =
            reader.app.text.view().first().map(|line| line.text[line.range.clone()].to_owned());
        (entry.slug.clone(), line, reader.app.lens.query.to_string())
    };
    let before = place(&reader);
    assert_eq!(before.0, "2023-03-20");
    for (most, count) in [(4, 7), (usize::MAX, 12)] {
        let corpus = read_on(&mut memory, most);
        assert_eq!(corpus.entries.len(), count);
        let done = if memory.is_in_doubt() { Done::Part } else { Done::Loaded };
        reader.send(Msg::Done(done(corpus)));
        assert_eq!(place(&reader), before);
        let said = reader.app.notice.as_ref().map(|notice| notice.text.clone());
        assert_eq!(said, None, "what is read for the first time is no news");
    }
    let shown = reader.screen();
    assert!(shown.contains("12 of 12"), "{shown}");
}

#[test]
fn how_far_names_are_looked_for_again_is_told_until_they_are_found() {
    let dir = tempfile::tempdir().unwrap();
    for day in 10..13 {
        write(dir.path(), &format!("2023-03-{day}"), &format!("2023-03-{day}"), "A day");
    }
    let origin = Origin::Paths(vec![dir.path().to_owned()]);
    let mut memory = Memory::new(origin.clone());
    memory.doubt(&Doubt::Everything);
    let mut reader = Reader::waiting(origin, 120, 30);
    reader.send(Msg::Done(Done::Loaded(read_on(&mut memory, usize::MAX))));

    fs::write(dir.path().join("actors.yaml"), "actors: [{id: ames, name: Ann Ames}]\n").unwrap();
    let corpus = memory.load(&Doubt::Everything, Duration::ZERO, &|_, _| ()).unwrap();
    let told = Mutex::new(Vec::new());
    let corpus =
        memory.survey_telling(corpus, &|looked, of| told.lock().unwrap().push((looked, of)));
    let mut told = told.into_inner().unwrap();
    told.sort_unstable();
    assert_eq!(told, [(1, 3), (2, 3), (3, 3)]);

    reader.send(Msg::Done(Done::Surveying { looked: 2, of: 3 }));
    let shown = reader.screen();
    assert!(shown.contains("looking for names in 2 of 3 texts"), "{shown}");
    reader.send(Msg::Done(Done::Loaded(Arc::new(corpus))));
    let shown = reader.screen();
    assert!(shown.contains("3 of 3") && !shown.contains("looking for names"), "{shown}");
}

#[test]
fn several_corpora_are_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let roots = ["asia/daily", "europe/daily", "archive"].map(|name| dir.path().join(name));
    write(&roots[0], "a", "2023-03-01", "Talks in Tokyo");
    write(&roots[1], "b", "2023-03-02", "Talks in Rome");
    write(&roots[1].join("2022"), "c", "2023-03-03", "Talks in Bern");
    write(&roots[2], "d", "2023-03-04", "Talks of old");
    let corpus = load(&Origin::Paths(roots.to_vec()), &|_, _| ()).surveyed();
    for (query, found) in [
        ("corpus:asia/daily", "a"),
        ("corpus:\"Europe/Daily\"", "b c"),
        ("corpus:archive or corpus:asia/daily", "a d"),
        ("-corpus:archive rome", "b"),
        ("corpus:daily", ""),
    ] {
        let query = parse_query(query).unwrap();
        let lens = find_lens(&corpus, &query, &NoMarks).unwrap();
        let mut slugs: Vec<_> = lens.entries(&corpus).map(|entry| entry.slug.as_str()).collect();
        slugs.sort_unstable();
        assert_eq!(slugs.join(" "), found, "{query}");
    }
    let offered: Vec<String> =
        complete(&corpus, "corpus:", 7).into_iter().map(|offer| offer.shown).collect();
    assert_eq!(offered, ["asia/daily", "europe/daily", "archive"]);
    insta::assert_snapshot!(Reader::on(corpus, 120, 14).screen());
}
