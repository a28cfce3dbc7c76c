//! Who stands where, asked of small folders with known answers.

use super::*;
use crate::corpus::{Corpus, Origin, load};

/// A folder with these files, read.
fn written(files: &[(&str, &str)]) -> Corpus {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    load(&Origin::Paths(vec![folder.path().to_owned()]), &|_, _| {})
}

const CORPUS: &[(&str, &str)] = &[
    (
        "actors.yaml",
        "actors:\n  - {id: wang-yi, name: Wang Yi, kind: person}\n  - {id: moscow, name: Moscow, kind: place, stands_for: russia}\n  - {id: russia, name: Russia, kind: state, demonyms: [Russian]}\n",
    ),
    (
        "a.yaml",
        "title: A\nbody: Wang Yi met Lavrov in Moscow. Wang left. Russian troops stayed.\nentities: [Sergey Lavrov]\nevents:\n  - {what: talks, by: Wang Yi, to: [Sergey Lavrov, Ghost]}\n",
    ),
    ("b.yaml", "title: B\nbody: Nobody is here.\nentities: [{name: Wang Yi, aliases: [王毅]}]\n"),
    ("c.yaml", "title: C\nbody: Russian grain.\n"),
];

#[test]
fn actors_are_one_over_all_briefings_and_have_every_way_to_write_them() {
    let corpus = written(CORPUS).surveyed();
    let all = &corpus.concordance;
    let id = |name: &str| match all.meant_by(name) {
        Meant::One(id) => id,
        other => panic!("{name}: {other:?}"),
    };
    for name in ["wang-yi", "Wang Yi", "wang yi", "王毅"] {
        assert_eq!(id(name), id("wang-yi"), "{name}");
    }
    let slugs = |of: &RoaringBitmap| -> Vec<&str> {
        of.iter().map(|at| corpus.entries.get(at as usize).unwrap().slug.as_str()).collect()
    };
    let wang = all.actor(id("wang-yi")).unwrap();
    assert_eq!((slugs(&wang.briefings), wang.mentions, wang.inferred), (vec!["a", "b"], 2, 1));
    let russia = all.actor(id("russia")).unwrap();
    assert_eq!(slugs(&russia.briefings), ["a", "c"]);
    assert!(russia.named_in.is_empty(), "only inferred from what its people are called");
    assert_eq!(slugs(&all.actor(id("moscow")).unwrap().named_in), ["a"]);
    assert_eq!(all.meant_by("Nobody"), Meant::Nobody);
}

#[test]
fn a_metonym_stands_at_its_place_but_counts_for_nobody_else() {
    let corpus = written(CORPUS).surveyed();
    let all = &corpus.concordance;
    let russia = all.find("russia").unwrap();
    let cast = all.cast(corpus.find("a").unwrap());
    let via: Vec<Via> = cast.mentions_of(russia).map(|found| found.via).collect();
    assert_eq!(via, [Via::Metonym, Via::Demonym]);
    assert_eq!(all.actor(russia).unwrap().mentions, 2);
}

#[test]
fn parties_of_an_event_are_actors_even_where_nobody_declares_them() {
    let corpus = written(CORPUS).surveyed();
    let all = &corpus.concordance;
    let cast = all.cast(corpus.find("a").unwrap());
    let [talks] = cast.events().collect::<Vec<_>>()[..] else { panic!() };
    let ids = |side: Vec<ActorId>| -> Vec<&str> {
        side.iter().map(|id| all.actor(*id).unwrap().actor.id.as_str()).collect()
    };
    assert_eq!(ids(talks.by().collect()), ["wang-yi"]);
    assert_eq!(ids(talks.to().collect()), ["sergey-lavrov", "ghost"]);
}

#[test]
fn before_the_survey_nobody_stands_anywhere() {
    let corpus = written(CORPUS);
    assert!(!corpus.is_surveyed() && corpus.concordance.actors().is_empty());
    assert_eq!(corpus.concordance.cast(BriefingId(0)), BriefingCast::default());
    let surveyed = corpus.surveyed();
    assert!(surveyed.is_surveyed());
    assert_eq!(surveyed.concordance.cast(BriefingId(9)), BriefingCast::default());
}

#[test]
fn a_cast_is_what_the_finder_found_in_the_text() {
    let corpus = load(&Origin::BuiltIn, &|_, _| ()).with_gazetteer().surveyed();
    let mut mentions = 0;
    for (id, entry) in corpus.ids().zip(corpus.entries.iter()) {
        let found = corpus.cast_of(&corpus.scope(entry.file), entry, &entry.briefing());
        mentions += found.mentions.len();
        assert_eq!(corpus.cast(id), found, "{}", entry.slug);
    }
    assert!(mentions > 100);
}
