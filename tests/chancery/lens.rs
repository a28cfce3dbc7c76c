//! What a lens finds: on a corpus written for it and on the one that is shipped.

mod command;
mod laws;
mod typing;

use std::fs;

use chancery::corpus::lens::{Lens, Marks, NoMarks, blame, complete, find_lens};
use chancery::corpus::query::parse_query;
use chancery::corpus::{Corpus, Origin, load};

const FILES: &[(&str, &str)] = &[
    (
        "actors.yaml",
        "actors:
  - {id: wang-yi, name: Wang Yi, kind: person, aliases: [Wang]}
  - {id: wang-wenbin, name: Wang Wenbin, kind: person, aliases: [Wang]}
  - {id: tonga-guard, name: Tonga Guard, kind: armed-group}
",
    ),
    (
        "visit.yaml",
        "title: Xi’s visit to Moscow
date: 2023-03-17
tags: [Arms Control, summit]
source: Kremlin readout
grade: B2
summary: The envoys of Ankara come too.
body: Xi Jinping spoke with Vladimir Putin of arms control. Wang Yi was there.
events:
  - {what: talks, date: 2023-03-20, class: CONSULT, by: Xi Jinping, to: Vladimir Putin, place: \"Moscow, Kremlin\", status: planned}
  - {what: signing, date: 2023-04, class: AGREE, by: [Russia, China], place: Beijing, status: planned}
  - {what: denial, class: REJECT, by: Vladimir Putin, status: denied}
",
    ),
    (
        "war.yaml",
        "title: The invasion
date: 2022-02-24
tags: [war]
source: {name: UN News}
grade: A1
body: Control of arms was no subject. Recep Tayyip Erdoğan and 习近平主席 called.
events:
  - {what: invasion, date: 2022-02-24, class: ASSAULT, by: Russia, to: Ukraine, place: Ukraine}
  - {what: year, date: 2023, class: CONSULT, by: China, to: Russia}
",
    ),
    (
        "guard.yaml",
        "title: Moscow is silent
date: 2023-05
body: Wang Wenbin saw the Tonga Guard near the Kremlin-on-sea, in Xi'an.
",
    ),
    (
        "odd.yaml",
        "title: Guard: a colon
date: 2024-01-01/2024-02-01
grade: E5
body: Nothing of the sort. Visits, visitors.
",
    ),
];

fn written() -> Corpus {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let corpus = load(&Origin::Paths(vec![folder.path().to_owned()]), &|_, _| ());
    corpus.with_gazetteer().surveyed()
}

fn shipped() -> Corpus {
    load(&Origin::BuiltIn, &|_, _| ()).with_gazetteer().surveyed()
}

fn find(corpus: &Corpus, typed: &str) -> Lens {
    let query = parse_query(typed).unwrap_or_else(|problem| panic!("{typed}: {problem:?}"));
    find_lens(corpus, &query, &OneRead).unwrap_or_else(|problem| panic!("{typed}: {problem:?}"))
}

fn slugs(corpus: &Corpus, lens: &Lens) -> String {
    lens.entries(corpus).map(|entry| entry.slug.as_str()).collect::<Vec<_>>().join(" ")
}

/// `war` is read, `guard` is starred.
struct OneRead;

impl Marks for OneRead {
    fn is_unread(&self, slug: &str) -> bool {
        slug != "war"
    }

    fn is_starred(&self, slug: &str) -> bool {
        slug == "guard"
    }
}

#[test]
fn each_term_finds_what_it_says() {
    let corpus = written();
    let cases = [
        ("", "guard odd visit war"),
        ("moscow", "guard visit"),
        ("Xi's", "visit"),
        ("xi", "visit"),
        ("\"xi'an\"", "guard"),
        ("visit*", "odd visit"),
        ("\"arms control\"", "visit"),
        ("arms-control", "visit"),
        ("control arms", "visit war"),
        ("erdogan", "war"),
        ("近平", "war"),
        ("ankara", "visit"),
        ("readout", "visit"),
        ("in:title moscow", "guard visit"),
        ("in:title guard", "odd"),
        ("in:title (guard or invasion)", "odd war"),
        ("(in:title guard) or kremlin", "guard odd visit"),
        ("actor:xi-jinping", "visit war"),
        ("actor:\"Xi Jinping\" -invasion", "visit"),
        ("actor:wang-wenbin", "guard"),
        ("tag:\"arms control\"", "visit"),
        ("tag:arms-control", "visit"),
        ("tag:arms", ""),
        ("source:kremlin", "visit"),
        ("source:\"un news\"", "war"),
        ("grade:B", "visit"),
        ("grade:A-B", "visit war"),
        ("grade:1-2", "visit war"),
        ("-grade:A-F", "guard"),
        ("kind:armed-group", "guard"),
        ("date:2023", "guard visit"),
        ("date:>2023-04", "guard odd"),
        ("date:<=2023-03-17", "visit war"),
        ("date:2024-01-15", "odd"),
        ("has:problem", "odd"),
        ("is:unread", "guard odd visit"),
        ("is:read or is:starred", "guard war"),
        ("moscow -visit", "guard"),
        ("-(moscow or invasion)", "odd"),
        ("moscow or invasion tag:war", "guard visit war"),
        ("by:xi-jinping", "visit"),
        ("to:russia", "war"),
        ("by:china", "visit war"),
        ("class:CONSULT", "visit war"),
        ("place:moscow", "visit"),
        ("place:mosc", ""),
        ("status:planned", "visit war"),
        ("status:done", "war"),
        ("status:denied", "visit"),
        ("on:2023-03", "visit war"),
        ("on:2023-03-20/2023-03-22 -on:2023-04", "visit"),
        ("on:\"20 March 2023\" to:vladimir-putin", "visit"),
        ("on:<2023", "war"),
        ("on:>2023-12", ""),
    ];
    for (typed, expected) in cases {
        assert_eq!(slugs(&corpus, &find(&corpus, typed)), expected, "{typed}");
    }
    assert_eq!(
        slugs(&corpus, &find(&corpus, &format!("corpus:\"{}\"", corpus.name))),
        "guard odd visit war"
    );
}

#[test]
fn all_that_is_said_of_events_holds_of_one() {
    let corpus = written();
    let cases = [
        ("by:xi-jinping on:2023-03-20", "visit", "talks"),
        ("by:xi-jinping on:2023-04", "", ""),
        ("by:china class:CONSULT", "war", "year"),
        ("class:CONSULT (by:xi-jinping or by:china)", "visit war", "talks year"),
        ("by:russia -class:ASSAULT", "visit", "signing"),
        ("class:CONSULT -(by:xi-jinping to:vladimir-putin)", "war", "year"),
        ("-by:vladimir-putin", "visit war", "talks signing invasion year"),
        ("moscow by:russia", "visit", "signing"),
        ("moscow or by:ukraine", "guard visit", "talks signing denial"),
        ("moscow or class:ASSAULT", "guard visit war", "talks signing denial invasion"),
    ];
    for (typed, briefings, events) in cases {
        let lens = find(&corpus, typed);
        assert_eq!(slugs(&corpus, &lens), briefings, "{typed}");
        let found = lens.events.as_ref().unwrap();
        let what: Vec<String> =
            found.iter().map(|at| at.find_in(&corpus).unwrap().what.clone()).collect();
        assert_eq!(what.join(" "), events, "{typed}");
        assert!(found.iter().all(|at| lens.has_event(at)), "{typed}");
        assert_eq!(found.len(), what.len() as u64, "{typed}");
    }
    assert_eq!(find(&corpus, "moscow").events, None);
}

#[test]
fn whom_nobody_or_several_are_is_told_at_the_name() {
    let corpus = written();
    let cases = [
        ("moscow actor:xi-jinpin", "xi-jinpin", Some("did you mean `xi-jinping`?")),
        ("by:\"Xi Jinpin\"", "Xi Jinpin", Some("did you mean `xi-jinping`?")),
        ("-to:zzzzzz", "zzzzzz", None),
    ];
    for (typed, at, help) in cases {
        let problem = find_lens(&corpus, &parse_query(typed).unwrap(), &NoMarks).unwrap_err();
        assert_eq!(&typed[problem.span.clone()], at, "{typed}");
        assert_eq!(problem.help.as_deref(), help, "{typed}");
    }
    let typed = "a actor:Wang";
    let problem = find_lens(&corpus, &parse_query(typed).unwrap(), &NoMarks).unwrap_err();
    assert_eq!(&typed[problem.span], "Wang");
    let help = problem.help.unwrap();
    assert!(help.contains("`wang-yi`") && help.contains("`wang-wenbin`"), "{help}");
}

#[test]
fn before_the_survey_only_everything_can_be_found() {
    let corpus = load(&Origin::BuiltIn, &|_, _| ());
    let everything = find_lens(&corpus, &parse_query("").unwrap(), &NoMarks).unwrap();
    assert_eq!(everything.briefings.len(), corpus.entries.len() as u64);
    let problem = find_lens(&corpus, &parse_query("xi").unwrap(), &NoMarks).unwrap_err();
    assert!(problem.message.contains("still being looked through"));
}

#[test]
fn an_empty_lens_has_its_terms_to_blame() {
    let corpus = written();
    let cases = [
        ("actor:xi-jinping grade:E", vec![("actor:xi-jinping", 2, 1), ("grade:E", 1, 2)]),
        ("in:title moscow ankara", vec![("moscow", 2, 0), ("ankara", 0, 2)]),
        ("by:xi-jinping on:2023-04", vec![("by:xi-jinping", 1, 2), ("on:2023-04", 2, 1)]),
        ("zzz", vec![("zzz", 0, 4)]),
        ("", vec![]),
    ];
    for (typed, expected) in cases {
        let found = blame(&corpus, &parse_query(typed).unwrap(), &NoMarks);
        let found: Vec<_> = found
            .iter()
            .map(|blame| (blame.conjunct.to_string(), blame.alone, blame.without))
            .collect();
        let expected: Vec<_> =
            expected.into_iter().map(|(term, a, b)| (term.to_owned(), a, b)).collect();
        assert_eq!(found, expected, "{typed}");
    }
}

#[test]
fn the_questions_of_an_analyst_find_the_shipped_briefings() {
    let corpus = shipped();
    let cases = [
        ("in:title kakhovka", "2023-06-06-kakhovka-dam-breached"),
        (
            "\"no limits\" date:2022",
            "2022-02-04-xi-and-putin-no-limits 2022-02-24-russia-invades-ukraine 2022-09-16-xi-and-putin-in-samarkand",
        ),
        ("by:xi-jinping by:volodymyr-zelenskyy date:2023-04", "2023-04-26-xi-telephones-zelenskyy"),
        (
            "actor:wang-yi actor:xi-jinping date:2023-02",
            "2023-02-22-wang-yi-received-by-putin 2023-02-february-in-review",
        ),
    ];
    for (typed, expected) in cases {
        assert_eq!(slugs(&corpus, &find(&corpus, typed)), expected, "{typed}");
    }
}

#[test]
fn what_completion_counts_is_what_the_lens_then_finds() {
    let corpus = shipped();
    for typed in [
        "actor:w", "by:xi", "to:uk", "tag:ch", "source:k", "place:m", "class:", "kind:", "status:",
        "vlad",
    ] {
        let offers = complete(&corpus, typed, typed.len());
        assert!(!offers.is_empty() && offers.len() <= 50, "{typed}");
        for offer in offers {
            let mut completed = typed.to_owned();
            completed.replace_range(offer.range.clone(), &offer.text);
            let found = find(&corpus, &completed).briefings.len();
            assert!(found >= offer.count && offer.count > 0 || offer.count == found, "{completed}");
        }
    }
    let exact = complete(&corpus, "actor:erdo", 10);
    assert_eq!(exact[0].shown, "Recep Tayyip Erdoğan");
    assert_eq!(exact[0].count, find(&corpus, "actor:recep-tayyip-erdogan").briefings.len());
}
