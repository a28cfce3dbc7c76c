//! The folder changes while one reads: what is new shows by itself, and nothing moves.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chancery::app::dossier::DossierTarget;
use chancery::app::{Done, Msg};
use chancery::corpus::{Corpus, Doubt, Memory, Origin};
use proptest::prelude::*;

use crate::pty::{Home, Session};
use crate::reader::Reader;

/// A copy of the shipped briefings in which files may change, and one who reads it.
struct Live {
    folder: tempfile::TempDir,
    memory: Memory,
    reader: Reader,
}

impl Live {
    fn new(columns: u32, rows: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("briefings");
        for file in fs::read_dir(shipped).unwrap().flatten() {
            fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
        }
        let mut memory = Memory::new(Origin::Paths(vec![folder.path().to_owned()]));
        let corpus = look(&mut memory).unwrap();
        Self { folder, memory, reader: Reader::on(corpus, columns, rows) }
    }

    /// Reads what changed, as the thread of a session does.
    fn look(&mut self) {
        if let Some(corpus) = look(&mut self.memory) {
            self.reader.send(Msg::Done(Done::Loaded(Arc::new(corpus))));
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The file of the open briefing.
    fn open_file(&self) -> Option<PathBuf> {
        let (_, entry) = self.reader.app.open()?;
        Some(self.reader.app.corpus.file(entry.file)?.path.to_path_buf())
    }

    fn notice(&self) -> Option<String> {
        self.reader.app.notice.as_ref().map(|notice| notice.text.clone())
    }
}

fn look(memory: &mut Memory) -> Option<Corpus> {
    let corpus = memory.load(&Doubt::Everything, Duration::ZERO, &|_, _| ())?;
    Some(memory.survey(corpus))
}

/// Writes a paragraph before the first of a body.
fn add_paragraph(file: &Path) {
    let text = fs::read_to_string(file).unwrap();
    let at = text.find("\nbody: |\n").map(|at| at + "\nbody: |\n".len());
    let Some(at) = at else { return };
    fs::write(file, format!("{}  Words put before.\n\n{}", &text[..at], &text[at..])).unwrap();
}

/// Everything about where the reader is, in words that hold in every snapshot.
fn whereabouts(reader: &Reader) -> impl PartialEq + std::fmt::Debug + use<> {
    let app = &reader.app;
    let slug = |id| app.corpus.entry(id).map(|entry| entry.slug.clone());
    let line = app.text.view().first().map(|line| line.text[line.range.clone()].to_owned());
    let selected: BTreeSet<_> = app.briefings.selected.iter().map(|id| slug(*id)).collect();
    let listed = app.briefings.open().and_then(slug);
    let row = app.briefings.cursor.at - app.briefings.cursor.top;
    let entity = app.entities.under_cursor().map(|facet| facet.value);
    let event = app
        .timeline
        .under_cursor()
        .and_then(|(id, at)| Some(app.corpus.entry(id)?.briefing().events.get(at)?.what.clone()));
    let dossier = app.dossier.as_ref().map(|open| {
        let target = match open.view.under_cursor() {
            Some(DossierTarget::Place { briefing, .. } | DossierTarget::Briefing(briefing)) => {
                slug(briefing)
            }
            Some(DossierTarget::Event(at)) => slug(at.briefing),
            Some(DossierTarget::Actor(id)) => {
                app.corpus.concordance.actor(id).map(|known| known.actor.id.clone())
            }
            None => None,
        };
        (open.view.subject_ids().to_vec(), target)
    });
    let typed = app.prompt.as_ref().map(|prompt| prompt.line.text().to_owned());
    let reading =
        (app.open().map(|(_, entry)| entry.slug.clone()), line, app.text.sought().to_owned());
    let lists = (listed, row, selected, entity, event);
    let over = (app.focus, app.lens.query.to_string(), app.overlays.len(), dossier, typed);
    (reading, lists, over, app.active.clone())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn whatever_changes_the_reader_stays_where_he_is(
        keys in prop::collection::vec(prop::sample::select(vec![
            "G", "J", "K", "5J", "g1", "g2", "g3", "g4", "<Enter>", "/moscow<Enter>", "/xi<Enter>", "n", "*", "j", "5j", "<PgDn>", "<Space>", "z",
            "S", "s", "r", "-", "+", "i", "}", "]", "fa", "Fa", "Fs}}", "t", "/is:unread<Enter>", "/actor:putin<Enter>", "g3/pu", "/xi", "g!", "?", "apu", "gd", "gh",
        ]), 0..12),
        edits in prop::collection::vec(0usize..4, 1..4),
        picks in prop::collection::vec(0usize..40, 3),
        rows in 14u32..50,
    ) {
        let mut live = Live::new(120, rows);
        for keys in keys {
            live.reader.keys(keys);
        }
        let before = whereabouts(&live.reader);
        let open = live.open_file();
        for (edit, pick) in edits.into_iter().zip(picks) {
            match edit {
                0 => {
                    // Its slug comes before all others, so every number moves.
                    let name = format!("0-{pick}.yaml");
                    fs::write(live.file(&name), "title: A stray note\ndate: 1990\nbody: Nothing.\n")?;
                }
                1 => open.iter().for_each(|file| add_paragraph(file)),
                2 => {
                    let file = live.reader.app.corpus.files.get(pick).unwrap().path.clone();
                    add_paragraph(&file);
                }
                _ => fs::write(live.file("notes.txt"), "no briefing")?,
            }
            live.look();
            let after = whereabouts(&live.reader);
            prop_assert_eq!(format!("{after:#?}"), format!("{before:#?}"));
        }
    }
}

#[test]
fn what_is_new_is_said_in_one_line_until_a_key_answers() {
    let mut live = Live::new(120, 40);
    let new = "title: New\ndate: 2023-03-05\nbody: b\n";
    fs::write(live.file("n1.yaml"), new).unwrap();
    fs::write(live.file("n2.yaml"), new).unwrap();
    live.look();
    assert_eq!(live.notice().as_deref(), Some("2 new"));
    add_paragraph(&live.file("2023-03-17-xi-to-visit-moscow.yaml"));
    fs::remove_file(live.file("n1.yaml")).unwrap();
    live.look();
    assert_eq!(live.notice().as_deref(), Some("1 new · 1 changed"));
    live.reader.keys("j");
    fs::remove_file(live.file("n2.yaml")).unwrap();
    live.look();
    assert_eq!(live.notice().as_deref(), Some("1 gone"));
    live.reader.keys("j");
    let list = fs::read_to_string(live.file("actors.yaml")).unwrap();
    fs::write(live.file("actors.yaml"), format!("# A remark.\n{list}")).unwrap();
    live.look();
    assert_eq!(live.notice(), None, "a reader sees nothing of it");
    fs::write(live.file("broken.yaml"), "title: 'x\n").unwrap();
    live.look();
    let notice = live.notice().unwrap_or_default();
    assert!(notice.starts_with("1 new · ") && notice.ends_with("problems (g!)"), "{notice}");
}

#[test]
fn what_is_gone_leaves_the_reader_at_the_next() {
    let mut live = Live::new(120, 40);
    live.reader.keys("5J<Space><Space>");
    let listed: Vec<String> = live
        .reader
        .app
        .briefings
        .listed()
        .filter_map(|id| Some(live.reader.app.corpus.entry(id)?.slug.clone()))
        .collect();
    let slug = |live: &Live| live.reader.app.open().map(|(_, entry)| entry.slug.clone());
    assert_eq!(slug(&live), Some(listed[7].clone()));
    let file = live.open_file().unwrap();
    fs::remove_file(&file).unwrap();
    live.look();
    assert_eq!(slug(&live), Some(listed[8].clone()));
    assert_eq!(live.reader.app.briefings.selected.len(), 2);
    for path in fs::read_dir(live.folder.path()).unwrap().flatten() {
        fs::remove_file(path.path()).unwrap();
    }
    live.look();
    assert_eq!((slug(&live), live.reader.app.briefings.selected.len()), (None, 0));
    assert!(live.reader.screen().contains("gone"), "{}", live.reader.screen());
}

/// A home with a corpus of briefings that are listed in the order of their letters.
fn home(letters: &str) -> Home {
    let home = Home::new();
    for (day, letter) in ('1'..='9').rev().zip(letters.chars()) {
        let mut text =
            format!("title: Title {letter}\ndate: 2023-03-0{day}\nbody: |\n  Opening {letter}.\n");
        for line in 1..=60 {
            let _ = write!(text, "\n  Line {line} of {letter}.\n");
        }
        home.write(&format!("corpus/{letter}.yaml"), &text);
    }
    home
}

fn reading(home: &Home, arguments: &[&str]) -> Session {
    let session = Session::start(home, arguments, 120, 40);
    session.wait_for_text("Opening A.");
    session
}

fn has(session: &Session, all: &[&str], none: &[&str]) -> String {
    session.wait_for(&format!("{all:?} without {none:?}"), |screen| {
        let text = screen.contents();
        all.iter().all(|part| text.contains(part)) && !none.iter().any(|part| text.contains(part))
    })
}

const SHORT: &str = "title: Title X\ndate: 2023-03-05\nbody: Opening X.\n";

#[test]
fn files_that_come_change_and_go_show_and_the_place_is_kept() {
    let home = home("ABC");
    let mut session = reading(&home, &["corpus"]);
    session.keys("<Enter><PgDn><PgDn>");
    has(&session, &["Line 25 of A."], &["Opening A."]);
    home.write("corpus/x.yaml", SHORT);
    has(&session, &["Title X", "1 new", "Line 25 of A."], &["Opening A."]);
    session.keys("j");
    home.write("corpus/x.yaml", &SHORT.replace("Title X", "Title Y"));
    has(&session, &["Title Y", "1 changed", "Line 25 of A."], &["Title X"]);
    session.keys("j");
    fs::rename(home.path().join("corpus/x.yaml"), home.path().join("corpus/y.yaml")).unwrap();
    has(&session, &["Title Y", "1 new · 1 gone", "Line 25 of A."], &[]);
    session.keys("j");
    fs::remove_file(home.path().join("corpus/y.yaml")).unwrap();
    has(&session, &["1 gone", "Line 25 of A."], &["Title Y"]);
    session.keys("j");
    let open = home.path().join("corpus/A.yaml");
    let text = fs::read_to_string(&open).unwrap();
    fs::write(&open, text.replace("  Line 1 of A.", "  Line 1 of A.\n\n  Put between.")).unwrap();
    has(&session, &["1 changed", "Line 25 of A."], &["Opening A."]);
    session.keys("gg");
    has(&session, &["Opening A.", "Put between."], &[]);
    session.keys("qq");
    session.wait_exit();
}

#[test]
fn however_an_editor_saves_it_is_one_change() {
    let home = home("AB");
    let mut session = reading(&home, &["corpus"]);
    let file = home.path().join("corpus/A.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let beside = |name: &str| home.path().join("corpus").join(name);
    let saved = |n: usize| text.replace("Opening A.", &format!("Opening A, save {n}."));
    // As vim does with a backup: it tries the folder, puts the old file aside, writes a new one.
    fs::write(beside(".A.yaml.swp"), "b0VIM").unwrap();
    fs::write(beside("4913"), "").unwrap();
    fs::remove_file(beside("4913")).unwrap();
    fs::rename(&file, beside("A.yaml~")).unwrap();
    fs::write(&file, saved(1)).unwrap();
    fs::remove_file(beside("A.yaml~")).unwrap();
    has(&session, &["save 1.", "1 changed"], &["gone", "new ·"]);
    session.keys("<Esc>");
    // As most do: truncated and written.
    fs::write(&file, saved(2)).unwrap();
    has(&session, &["save 2.", "1 changed"], &["gone"]);
    session.keys("<Esc>");
    // As emacs and others do: written beside and renamed over.
    fs::write(beside("#A.yaml#"), saved(3)).unwrap();
    fs::rename(beside("#A.yaml#"), &file).unwrap();
    has(&session, &["save 3.", "1 changed"], &["gone"]);
    session.keys("q");
    session.wait_exit();
}

#[test]
fn five_hundred_files_at_once_are_one_notice() {
    let home = home("AB");
    let aside = home.path().join("aside");
    fs::create_dir(&aside).unwrap();
    for n in 0..500 {
        fs::write(
            aside.join(format!("n{n}.yaml")),
            format!("title: Note {n}\ndate: 2022\nbody: b\n"),
        )
        .unwrap();
    }
    let mut session = reading(&home, &["corpus"]);
    for n in 0..500 {
        let name = format!("n{n}.yaml");
        fs::rename(aside.join(&name), home.path().join("corpus").join(name)).unwrap();
    }
    has(&session, &["500 new", "1/502", "Opening A."], &[]);
    session.keys("j");
    fs::rename(home.path().join("corpus"), home.path().join("elsewhere")).unwrap();
    has(&session, &["502 gone"], &["Opening A."]);
    fs::rename(home.path().join("elsewhere"), home.path().join("corpus")).unwrap();
    has(&session, &["/502"], &["502 gone"]);
    session.keys("q");
    session.wait_exit();
}

#[test]
fn other_actors_are_found_in_texts_that_did_not_change() {
    let home = home("AB");
    home.write(
        "corpus/c.yaml",
        "title: Title C\ndate: 2023-03-31\nbody: Opening C. Zorblatt met Quux.\n",
    );
    let mut session = Session::start(&home, &["corpus"], 120, 40);
    has(&session, &["Opening C.", "Zorblatt"], &["Zorblatt of Verin"]);
    home.write(
        "corpus/actors.yaml",
        "actors:\n  - {id: zorblatt, name: Zorblatt of Verin, aliases: [Zorblatt], kind: person}\n",
    );
    has(&session, &["Zorblatt of Verin", "other actors are known"], &[]);
    session.keys("q");
    session.wait_exit();
}

#[test]
fn unwatched_files_are_read_when_asked_for() {
    let home = home("AB");
    home.write("config.yaml", "watch: false\n");
    // Where an index is kept the files are looked at after the first frame, and then x may be there.
    let unwatched = ["corpus", "--no-cache", "--no-watch"];
    let configured = ["corpus", "--no-cache", "--config", "config.yaml"];
    for arguments in [unwatched.as_slice(), &configured] {
        let mut session = reading(&home, arguments);
        home.write("corpus/x.yaml", SHORT);
        session.keys("J");
        let screen = session.wait_for_text("Opening B.");
        assert!(!screen.contains("Title X"), "{screen}");
        session.keys("gr");
        has(&session, &["Title X", "1 new"], &[]);
        session.keys("gr");
        has(&session, &["nothing has changed"], &[]);
        fs::remove_file(home.path().join("corpus/x.yaml")).unwrap();
        session.keys("q");
        session.wait_exit();
    }
}
