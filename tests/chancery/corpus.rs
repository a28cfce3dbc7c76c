//! The briefings that are shipped: that they are what the README says of them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chancery::briefing::{Event, EventStatus, Kind};
use chancery::corpus::{Corpus, Entry, Origin, load};
use chancery::date::Precision;

use crate::program::Program;

fn shipped() -> Corpus {
    load(&Origin::BuiltIn, &|_, _| ())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("briefings")
}

#[test]
fn all_of_them_pass_the_check_without_a_word() {
    let program = Program::new();
    let run = program.run(&format!("check {}", folder().display()));
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    let one = program
        .run(&format!("check {}", folder().join("2023-03-17-xi-to-visit-moscow.yaml").display()));
    assert!(!one.out.contains("error") && !one.out.contains("warning"), "{}", one.out);
    assert_eq!(one.code, 0);
}

#[test]
fn nothing_that_is_known_of_actors_speaks_against_them() {
    let corpus = shipped().with_gazetteer();
    let found: Vec<_> = corpus.files.iter().flat_map(|file| &file.diagnostics).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_program_carries_what_lies_in_the_folder() {
    let on_disk = load(&Origin::Paths(vec![folder()]), &|_, _| ());
    let built_in = shipped();
    assert_eq!(on_disk.name, "briefings");
    let texts = |corpus: &Corpus| {
        let entries = corpus.entries.iter();
        entries.map(|entry| (entry.slug.clone(), entry.briefing())).collect::<Vec<_>>()
    };
    assert!(texts(&on_disk) == texts(&built_in), "the sample corpus differs from briefings/");
}

#[test]
fn each_is_a_whole_briefing() {
    let corpus = shipped();
    assert!(corpus.entries.len() >= 40, "{}", corpus.entries.len());
    for entry in corpus.entries.iter() {
        let (slug, briefing) = (&entry.slug, &entry.briefing());
        let words = briefing.body.split_whitespace().count();
        assert!((120..=400).contains(&words), "{slug} has {words} words");
        let date = briefing.date.as_ref().unwrap_or_else(|| panic!("{slug} is undated"));
        assert!(slug.starts_with(date.as_edtf()), "{slug} is dated {}", date.as_edtf());
        assert!(briefing.grade.is_some() && briefing.confidence.is_some(), "{slug}");
        assert!(!briefing.sources.is_empty() && !briefing.tags.is_empty(), "{slug}");
        assert!(
            briefing.sources.iter().all(|source| source.url.is_none() && source.author.is_none()),
            "{slug}"
        );
        assert!(briefing.events.len() >= 2, "{slug}");
        assert!(
            briefing.events.iter().all(|event| event.class.is_some() || event.by.is_empty()),
            "{slug}: who acts does so in some way"
        );
        let acts = briefing.events.iter().filter(|event| event.class.is_some());
        assert!(acts.clone().count() >= 2, "{slug}: two events of a class");
        let placed = |event: &Event| !event.by.is_empty() || event.place.is_some();
        assert!(acts.clone().all(placed), "{slug}: neither an actor nor a place");
        let kinds: Vec<Kind> = briefing.entities.iter().filter_map(|entity| entity.kind).collect();
        assert!(kinds.len() >= 3 && kinds.contains(&Kind::State), "{slug}");
        let people = briefing.entities.iter().filter(|entity| entity.kind == Some(Kind::Person));
        assert!(
            people.clone().all(|person| person.role.is_some()),
            "{slug}: a person without a role"
        );
        assert!(briefing.unknown.is_empty(), "{slug}");
    }
}

#[test]
fn together_they_show_what_the_format_can_say() {
    let corpus = shipped();
    let texts: Vec<_> = corpus.entries.iter().map(Entry::briefing).collect();
    let events: Vec<&Event> = texts.iter().flat_map(|briefing| &briefing.events).collect();
    let statuses: HashSet<EventStatus> = events.iter().map(|event| event.status).collect();
    assert_eq!(statuses.len(), 4, "{statuses:?}");
    let dates: Vec<_> = events.iter().filter_map(|event| event.date.as_ref()).collect();
    assert!(dates.iter().any(|date| date.precision() == Precision::Month));
    assert!(
        dates.iter().any(|date| date.is_span()) && dates.iter().any(|date| date.is_approximate())
    );
    let any = |has: &dyn Fn(&chancery::briefing::Briefing) -> bool| {
        corpus.entries.iter().filter(|entry| has(&entry.briefing())).count()
    };
    assert!(any(&|briefing| briefing.summary.is_some()) >= 5);
    assert!(any(&|briefing| !briefing.links.is_empty()) >= 5);
    assert!(any(&|briefing| !briefing.relations.is_empty()) >= 1);
    assert!(any(&|briefing| !briefing.markings.is_empty()) >= 5);
    assert!(corpus.actors.iter().any(|actor| actor.roles.len() > 1 && !actor.aliases.is_empty()));
}

#[test]
fn the_announcement_of_the_visit_covers_its_facts() {
    let corpus = shipped();
    let id = corpus.find("2023-03-17-xi-to-visit-moscow").unwrap();
    let briefing = corpus.entry(id).unwrap().briefing();
    let facts = [
        "20–22 March",
        "Monday to Wednesday",
        "at the invitation of Vladimir Putin",
        "on Friday",
        "Wang Wenbin",
        "daily briefing in Beijing",
        "first visit to Moscow since the war",
        "in its second year",
        "in-depth exchange",
        "issues of common concern",
        "strategic and practical cooperation",
        "far beyond the bilateral sphere",
        "permanent members of the Security Council",
        "comprehensive partnership and strategic interaction",
        "documents",
        "not doing enough to end the war",
        "drone was lost over the Black Sea",
        "Russian jets",
        "position paper",
        "not yet spoken with",
        "Zelenskyy",
        "\"no limits\"",
        "February 2022",
        "support for the Russian president",
        "third term",
        "Wang Yi",
        "lethal aid",
        "denies",
        "respect for the sovereignty",
        "Western sanctions",
        "NATO and the US",
        "On Thursday",
        "Qin Gang",
        "Dmytro Kuleba",
        "out of control",
        "urged talks",
    ];
    let body = briefing.body.split_whitespace().collect::<Vec<_>>().join(" ");
    for fact in facts {
        assert!(body.contains(fact), "{fact} is missing");
    }
    let planned =
        briefing.events.iter().find(|event| event.status == EventStatus::Planned).unwrap();
    assert_eq!(planned.date.as_ref().unwrap().as_edtf(), "2023-03-20/2023-03-22");
}
