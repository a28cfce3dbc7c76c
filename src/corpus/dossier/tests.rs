//! Dossiers of a small written corpus with known answers.

use super::Side::{Back, Forth, Joint, Subjected};
use super::*;
use crate::actor::Via;
use crate::briefing::EventClass;
use crate::corpus::network::Change;
use crate::corpus::{Origin, load};

/// A folder with these files, read and looked through.
fn written(files: &[(&str, &str)]) -> Corpus {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    load(&Origin::Paths(vec![folder.path().to_owned()]), &|_, _| {}).surveyed()
}

const ACTORS: &str = "actors:
  - {id: ann, name: Ann Ames, kind: person, wikidata: Q1, aliases: [Annie], roles: [{role: Envoy, of: ruritania, since: 2020-01-01, until: 2023-01-01}, {role: Minister, since: 2023-01-01}]}
  - {id: bob, name: Bob Boe, kind: person}
  - {id: cat, name: Cat Coe, kind: person}
  - {id: ruritania, name: Ruritania, kind: state, demonyms: [Ruritanian]}
  - {id: strelsau, name: Strelsau, kind: place, stands_for: ruritania}
";

const CORPUS: &[(&str, &str)] = &[
    ("actors.yaml", ACTORS),
    (
        "a.yaml",
        "title: A\ndate: 2022-01-10\nbody: Ann Ames met Bob Boe in Strelsau. Ames left. Ruritanian tea.\nevents:\n  - {date: 2022-01-09, what: talks, class: CONSULT, by: ann, to: bob}\n  - {date: 2022-01-09, what: more, class: ACCUSE, by: bob, to: ann}\n  - {date: 2022-03, what: a visit, class: CONSULT, by: ann, to: bob, status: planned}\nrelations:\n  - {from: Ann Ames, to: Bob Boe, kind: ally, since: 2021}\n",
    ),
    (
        "b.yaml",
        "title: B\ndate: 2022-02-20\nbody: |\n  Ann Ames spoke.\n\n  Bob Boe slept. Annie told Bob Boe so.\nevents:\n  - {date: 2022-01-09, what: their talks, class: CONSULT, by: Ann Ames, to: [Bob Boe]}\n  - {date: 2022-02-19, what: a pact, class: AGREE, by: [ann, bob]}\n  - {date: 2022-02-19, what: a fine, class: SANCTION, by: cat, to: [ann, bob]}\n  - {what: a rumour, class: FIGHT, by: bob, to: ann, status: alleged}\nrelations:\n  - {from: ann, to: bob, kind: ally, since: 2021}\n  - {from: Nobody, to: ann, kind: cousin}\n",
    ),
    (
        "c.yaml",
        "title: C\ndate: 2022-12-20\nbody: Cat Coe.\nentities: [{id: ann, name: Ann Ames, role: Special Envoy}]\n",
    ),
    ("d.yaml", "title: D\nbody: Ann Ames, undated.\n"),
];

fn of(corpus: &Corpus, id: &str, inferred: bool) -> Dossier {
    Dossier::of(corpus, corpus.concordance.find(id).unwrap(), inferred)
}

fn both(corpus: &Corpus, inferred: bool) -> Dossier {
    let id = |id: &str| corpus.concordance.find(id).unwrap();
    Dossier::of_dyad(corpus, id("ann"), id("bob"), inferred)
}

fn words(corpus: &Corpus, passage: &Passage) -> String {
    corpus.entry(passage.briefing).unwrap().briefing().body[passage.mention.range()].to_owned()
}

#[test]
fn briefings_stand_in_the_order_of_issue_with_all_their_mentions() {
    let corpus = written(CORPUS);
    for (inferred, expected) in [
        (true, vec![("a", 2), ("b", 2), ("c", 0), ("d", 1)]),
        (false, vec![("a", 1), ("b", 2), ("c", 0), ("d", 1)]),
    ] {
        let dossier = of(&corpus, "ann", inferred);
        let groups: Vec<(&str, usize)> = dossier
            .groups
            .iter()
            .map(|group| {
                let slug = corpus.entry(group.briefing).unwrap().slug.as_str();
                (slug, dossier.passages_of(group).len())
            })
            .collect();
        assert_eq!(groups, expected, "inferred: {inferred}");
        let [profile] = dossier.profiles.as_slice() else { panic!() };
        assert_eq!(profile.mentions, dossier.passages.len());
        assert_eq!(profile.inferred, usize::from(inferred), "Ames");
        let days: usize = dossier.rhythm.days.iter().map(|(_, count)| count).sum();
        assert_eq!(days, profile.mentions - 1, "one is undated");
    }
}

#[test]
fn what_may_stand_for_an_actor_is_kept_apart() {
    let corpus = written(CORPUS);
    let ruritania = of(&corpus, "ruritania", true);
    assert_eq!(ruritania.passages.len(), 1);
    let [strelsau] = ruritania.stand_ins.as_slice() else { panic!() };
    assert_eq!(words(&corpus, strelsau), "Strelsau");
    assert_eq!(strelsau.mention.via, Via::Metonym);
    assert!(of(&corpus, "ruritania", false).stand_ins.is_empty());
    assert_eq!(of(&corpus, "strelsau", true).passages.len(), 1, "the place itself is named");
}

#[test]
fn each_fact_has_its_source_and_the_role_is_of_the_newest_briefing() {
    let corpus = written(CORPUS);
    let dossier = of(&corpus, "ann", true);
    let [profile] = dossier.profiles.as_slice() else { panic!() };
    let slug = |id: Option<BriefingId>| corpus.entry(id.unwrap()).unwrap().slug.as_str();
    assert_eq!((slug(profile.first), slug(profile.last)), ("a", "c"));
    let role = profile.role.as_ref().unwrap();
    let period = period_in_words(role.since.as_ref(), role.until.as_ref());
    assert_eq!(role.value, "Envoy of Ruritania");
    assert_eq!(period, "1 January 2020 – 1 January 2023");
    let facts: Vec<(FactKind, &str)> =
        profile.facts.iter().map(|fact| (fact.kind, fact.value.as_str())).collect();
    assert_eq!(
        facts,
        [
            (FactKind::Name, "Ann Ames"),
            (FactKind::Id, "ann"),
            (FactKind::Kind, "person"),
            (FactKind::Wikidata, "Q1"),
            (FactKind::Role, "Envoy of Ruritania"),
            (FactKind::Role, "Minister"),
            (FactKind::Role, "Special Envoy"),
            (FactKind::Alias, "Annie"),
        ]
    );
    for fact in &profile.facts {
        match fact.source {
            Some(Source::Briefing(id)) => {
                assert_eq!((fact.value.as_str(), slug(Some(id))), ("Special Envoy", "c"));
            }
            Some(Source::Known(source)) => {
                let told = corpus.finder.registry().source_in_words(source);
                assert!(told.ends_with("actors.yaml:2"), "{told}");
            }
            None => panic!("{fact:?}"),
        }
    }
}

#[test]
fn reports_of_one_event_are_one_and_what_did_not_happen_is_told_apart() {
    let corpus = written(CORPUS);
    let dossier = of(&corpus, "ann", true);
    let events: Vec<_> = dossier.events.iter().map(|event| event.at.find_in(&corpus)).collect();
    let told: Vec<(&str, usize, bool)> = dossier
        .events
        .iter()
        .zip(&events)
        .map(|(event, told)| {
            (told.as_ref().unwrap().what.as_str(), event.reports.len(), event.happened)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("their talks", 2, true),
            ("more", 1, true),
            ("a pact", 1, true),
            ("a fine", 1, true),
            ("a visit", 1, false),
            ("a rumour", 1, false),
        ]
    );
}

#[test]
fn who_did_what_to_whom_is_counted_in_each_direction() {
    let corpus = written(CORPUS);
    let dossier = both(&corpus, true);
    assert_eq!(dossier.groups.len(), 2);
    let deeds = dossier.deeds.as_ref().unwrap();
    let rows: Vec<_> = deeds
        .by_class
        .iter()
        .map(|deed| (deed.class.unwrap(), deed.forth, deed.back, deed.joint))
        .collect();
    assert_eq!(
        rows,
        [
            (EventClass::Agree, 0, 0, 1),
            (EventClass::Consult, 1, 0, 0),
            (EventClass::Accuse, 0, 1, 0),
        ]
    );
    let balance = Balance { verbal_cooperation: 2, verbal_conflict: 1, ..Balance::default() };
    assert_eq!(deeds.balance, balance);
    assert_eq!(deeds.cooperation.days.len(), 1, "the day before the first briefing is no column");
    let sides: Vec<Option<Side>> = {
        let [one, other] = dossier.subject.actors()[..] else { panic!() };
        dossier.events.iter().map(|event| event.side(one, other)).collect()
    };
    let expected = [Forth, Back, Joint, Subjected, Forth, Back].map(Some);
    assert_eq!(sides, expected);
}

#[test]
fn two_are_named_together_where_they_stand_close_in_one_paragraph() {
    let corpus = written(CORPUS);
    let dossier = both(&corpus, true);
    let found: Vec<(String, String)> = dossier
        .passages
        .iter()
        .map(|passage| {
            let body = corpus.entry(passage.briefing).unwrap().briefing().body.clone();
            (words(&corpus, passage), body[passage.beside.unwrap().range()].to_owned())
        })
        .collect();
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(found, [pair("Ann Ames", "Bob Boe"), pair("Bob Boe", "Annie")]);
}

#[test]
fn ties_have_all_who_say_so() {
    let corpus = written(CORPUS);
    let id = |id: &str| corpus.concordance.find(id).unwrap();
    let ties = |dossier: &Dossier| -> Vec<(Party, Party, usize)> {
        let one = |tie: &Tie| (tie.from.clone(), tie.to.clone(), tie.said_by.len());
        dossier.ties.iter().map(one).collect()
    };
    let allies = (Party::Known(id("ann")), Party::Known(id("bob")), 2);
    let cousin = (Party::Named("Nobody".into()), Party::Known(id("ann")), 1);
    assert_eq!(ties(&of(&corpus, "ann", true)), [allies.clone(), cousin]);
    assert_eq!(ties(&of(&corpus, "bob", true)), std::slice::from_ref(&allies));
    assert_eq!(ties(&both(&corpus, true)), [allies]);
}

#[test]
fn company_is_ranked_and_without_places() {
    let corpus = written(CORPUS);
    let dossier = of(&corpus, "ann", true);
    let company: Vec<(&str, u64, u64, u64, Change)> = dossier
        .network
        .actors
        .iter()
        .map(|one| {
            let name = corpus.concordance.actor(one.actor).unwrap().actor.id.as_str();
            (name, one.briefings, one.recent, one.before, one.change)
        })
        .collect();
    assert_eq!(
        company,
        [
            ("bob", 2, 0, 2, Change::Same),
            ("cat", 2, 1, 1, Change::Same),
            ("ruritania", 1, 0, 1, Change::Same),
        ]
    );
    assert_eq!((dossier.network.recent, dossier.network.before), (1, 2));
}

#[test]
fn nobody_has_an_empty_dossier() {
    let corpus = written(CORPUS);
    let dossier = Dossier::of(&corpus, ActorId(999), true);
    assert!(dossier.profiles.is_empty() && dossier.groups.is_empty() && dossier.events.is_empty());
    assert_eq!(dossier.title(), "");
}

#[test]
fn every_mention_of_the_shipped_briefings_is_in_just_one_passage() {
    let corpus = load(&Origin::BuiltIn, &|_, _| {}).with_gazetteer().surveyed();
    let mut all = 0;
    for (id, known) in corpus.concordance.all() {
        let dossier = Dossier::of(&corpus, id, true);
        let mut places: Vec<_> = dossier
            .passages
            .iter()
            .map(|passage| (passage.briefing, passage.mention.start))
            .collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!((places.len(), dossier.passages.len()), (known.mentions, known.mentions));
        let named = Dossier::of(&corpus, id, false).passages.len();
        assert_eq!(named, known.mentions - known.inferred);
        all += places.len();
    }
    assert!(all > 1_000, "{all}");
}
