//! The counts that guide are those of a plain reading, and of the lens to which they lead.

use std::collections::BTreeMap;

use chancery::actor::slug_of;
use chancery::corpus::lens::Lens;
use chancery::corpus::query::{Query, parse_query};
use chancery::corpus::timeline::EventRef;
use chancery::corpus::{BriefingId, Corpus, Counted, Origin, load};

use super::find;
use crate::reader::Reader;

const LENSES: [&str; 8] = [
    "",
    "moscow",
    "class:CONSULT",
    "by:china or place:moscow",
    "-class:AGREE moscow",
    "date:2023-03",
    "tag:summit in:title xi",
    "nothing-of-the-sort",
];

const FIELDS: [(Counted, &str); 4] = [
    (Counted::Class, "class"),
    (Counted::Kind, "kind"),
    (Counted::Tag, "tag"),
    (Counted::Month, "date"),
];

fn shipped() -> Corpus {
    load(&Origin::BuiltIn, &|_, _| ()).with_gazetteer().surveyed()
}

/// What each briefing of a lens has, counted one by one.
fn scan(
    corpus: &Corpus,
    lens: &Lens,
    of: impl Fn(BriefingId) -> Vec<String>,
) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for id in corpus.ids().filter(|id| lens.has(*id)) {
        let mut values = of(id);
        values.sort();
        values.dedup();
        for value in values {
            *counts.entry(value).or_insert(0) += 1;
        }
    }
    counts
}

#[test]
fn counts_are_those_of_a_reading() {
    let corpus = shipped();
    for typed in LENSES {
        let lens = find(&corpus, typed);
        let counts = |of| -> BTreeMap<String, u64> {
            let all = corpus.counts(of, &lens).into_iter();
            all.map(|count| (count.value, count.briefings)).collect()
        };
        let by_slug = |of| -> BTreeMap<String, u64> {
            counts(of).into_iter().map(|(value, count)| (slug_of(&value), count)).collect()
        };
        let briefing = |id| corpus.entry(id).unwrap().briefing();
        let tags =
            scan(&corpus, &lens, |id| briefing(id).tags.iter().map(|tag| slug_of(tag)).collect());
        assert_eq!(by_slug(Counted::Tag), tags, "{typed}");
        let sources = scan(&corpus, &lens, |id| {
            briefing(id).sources.iter().map(|source| slug_of(&source.name)).collect()
        });
        assert_eq!(by_slug(Counted::Source), sources, "{typed}");
        let classes = scan(&corpus, &lens, |briefing_id| {
            let briefing = briefing(briefing_id);
            let events = briefing.events.iter().enumerate();
            let of_lens = events.filter(|(event, _)| {
                lens.has_event(EventRef { briefing: briefing_id, event: *event })
            });
            let class = |class| serde_json::to_value(class).unwrap();
            let classes = of_lens.filter_map(|(_, event)| event.class).map(class);
            classes.map(|class| class.as_str().unwrap().to_owned()).collect()
        });
        assert_eq!(counts(Counted::Class), classes, "{typed}");
    }
}

#[test]
fn a_count_is_what_narrowing_by_it_finds() {
    let corpus = shipped();
    for typed in LENSES {
        let lens = find(&corpus, typed);
        for (of, field) in FIELDS {
            let counts = corpus.counts(of, &lens);
            assert_eq!(counts.is_empty(), lens.briefings.is_empty(), "{typed} {field}");
            for count in counts {
                let narrower = parse_query(&format!("{field}:\"{}\"", count.value)).unwrap();
                let both = Query::and(lens.query.clone(), narrower).to_string();
                assert_eq!(find(&corpus, &both).briefings.len(), count.briefings, "{both}");
            }
        }
    }
}

#[test]
fn dates_of_several_months_count_in_each_of_them() {
    let file = |name: &str, date: &str| {
        (name.to_owned(), format!("title: {name}\ndate: {date}\nbody: b\n"))
    };
    let corpus = super::corpus(&[
        file("a", "2023-03-17"),
        file("b", "2023-03-30/2023-04-02"),
        file("c", "2023-04"),
        file("d", "2023"),
        file("e", "../2023-03"),
        file("f", "2022-12-31"),
        ("g".to_owned(), "title: g\nbody: b\n".to_owned()),
    ]);
    let counts = corpus.counts(Counted::Month, &find(&corpus, ""));
    let counts: Vec<(&str, u64)> =
        counts.iter().map(|count| (count.value.as_str(), count.briefings)).collect();
    assert_eq!(counts, [("2023-12", 1), ("2023-04", 3), ("2023-03", 4), ("2022-12", 2)]);
    for (month, count) in counts {
        assert_eq!(find(&corpus, &format!("date:{month}")).briefings.len(), count, "{month}");
    }
}

#[test]
fn the_lens_is_narrowed_to_what_is_under_the_cursor_or_to_all_else() {
    let mut reader = Reader::on_samples(160, 48);
    reader.keys("g3tt");
    let first = reader.app.entities.under_cursor().unwrap();
    let all = reader.app.corpus.entries.len() as u64;
    reader.keys("i");
    assert_eq!(reader.app.lens.briefings.len(), first.count);
    assert!(first.count < all);
    assert_eq!(reader.app.entities.under_cursor().unwrap().count, first.count);
    reader.keys("<Esc>");
    assert_eq!(reader.app.lens.briefings.len(), all);
    reader.keys("I");
    assert_eq!(reader.app.lens.query.to_string(), format!("-class:{}", first.value));
    reader.keys("<Esc>G");
    let oldest = reader.app.entities.under_cursor().unwrap();
    reader.keys("i");
    assert_eq!(reader.app.lens.query.to_string(), format!("date:{}", oldest.value));
    assert_eq!(reader.app.lens.briefings.len(), oldest.count);
}
