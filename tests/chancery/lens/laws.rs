//! Laws that hold of any queries, tried on the shipped corpus.

use chancery::corpus::Corpus;
use chancery::corpus::lens::{NoMarks, find_lens};
use chancery::corpus::query::{Query, parse_query};
use chancery::corpus::timeline::EventRef;
use proptest::prelude::*;

use super::shipped;

const TERMS: &[&str] = &[
    "moscow",
    "xi's",
    "visit*",
    "\"arms control\"",
    "\"foreign minister\"",
    "actor:xi-jinping",
    "actor:\"Vladimir Putin\"",
    "tag:summit",
    "source:kremlin",
    "kind:alliance",
    "grade:B",
    "date:2023-03",
    "(in:title moscow)",
];
const ON_EVENTS: &[&str] = &[
    "by:china",
    "by:xi-jinping",
    "to:russia",
    "to:ukraine",
    "class:CONSULT",
    "class:AGREE",
    "place:moscow",
    "status:planned",
    "on:2023-03",
    "on:>=2023-06",
    "on:2022",
];

/// Briefings, and events: of a lens that says nothing of these, all events of its briefings.
type Sets = (Vec<u32>, Vec<EventRef>);

fn sets(corpus: &Corpus, query: &Query) -> Sets {
    let lens = find_lens(corpus, query, &NoMarks).unwrap();
    let mut events: Vec<_> = corpus.timeline.filtered(|at| lens.has_event(at)).all().collect();
    events.sort_unstable();
    (lens.briefings.iter().collect(), events)
}

fn typed(corpus: &Corpus, text: &str) -> Sets {
    sets(corpus, &parse_query(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}")))
}

fn any_query() -> impl Strategy<Value = String> {
    let term = || {
        prop_oneof![
            proptest::sample::select(TERMS.to_vec()),
            proptest::sample::select(ON_EVENTS.to_vec()),
        ]
    };
    term().prop_map(str::to_owned).prop_recursive(3, 8, 3, |inner| {
        let many = || proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            many().prop_map(|parts| format!("({})", parts.join(" "))),
            many().prop_map(|parts| format!("({})", parts.join(" or "))),
            inner.clone().prop_map(|part| format!("-({part})")),
        ]
    })
}

fn is_within<T: Ord>(inner: &[T], outer: &[T]) -> bool {
    inner.iter().all(|item| outer.binary_search(item).is_ok())
}

fn without<T: Ord + Copy>(all: &[T], some: &[T]) -> Vec<T> {
    all.iter().copied().filter(|item| some.binary_search(item).is_err()).collect()
}

#[test]
fn not_turns_and_into_or() {
    let corpus = shipped();
    proptest!(|(p in any_query(), q in any_query())| {
        let same = |a: String, b: String| (typed(&corpus, &a), typed(&corpus, &b));
        let (a, b) = same(format!("-({p} {q})"), format!("-{p} or -{q}"));
        prop_assert_eq!(a, b);
        let (a, b) = same(format!("-({p} or {q})"), format!("-{p} -{q}"));
        prop_assert_eq!(a, b);
    });
}

#[test]
fn narrowing_never_widens_and_written_out_it_is_the_same() {
    let corpus = shipped();
    proptest!(|(p in any_query(), q in any_query())| {
        let (left, right) = (parse_query(&p).unwrap(), parse_query(&q).unwrap());
        let both = left.clone().and(right.clone());
        let (briefings, events) = sets(&corpus, &both);
        for wider in [&left, &right] {
            let (more_briefings, more_events) = sets(&corpus, wider);
            prop_assert!(is_within(&briefings, &more_briefings), "{}", both);
            prop_assert!(is_within(&events, &more_events), "{}", both);
        }
        prop_assert_eq!(typed(&corpus, &both.to_string()), (briefings, events));
    });
}

#[test]
fn what_is_excluded_is_all_the_rest() {
    let corpus = shipped();
    let (all, all_events) = typed(&corpus, "");
    proptest!(|(p in any_query())| {
        let query = parse_query(&p).unwrap();
        let (briefings, events) = sets(&corpus, &query);
        let (others, other_events) = sets(&corpus, &query.negated());
        prop_assert_eq!(&other_events, &without(&all_events, &events), "{}", p);
        if query.binds_events() {
            // A briefing may have events of both sorts, but not neither unless it has none.
            let neither = without(&without(&all, &briefings), &others);
            for at in neither {
                prop_assert!(corpus.entries.get(at as usize).unwrap().briefing().events.is_empty(), "{}", p);
            }
        } else {
            prop_assert_eq!(others, without(&all, &briefings), "{}", p);
        }
    });
}

#[test]
fn terms_on_events_bind_to_one_and_the_same() {
    let corpus = shipped();
    for a in ON_EVENTS {
        for b in ON_EVENTS {
            let (briefings, both) = typed(&corpus, &format!("{a} {b}"));
            let (_, left) = typed(&corpus, a);
            let (_, right) = typed(&corpus, b);
            let expected: Vec<EventRef> =
                left.into_iter().filter(|at| right.binary_search(at).is_ok()).collect();
            assert_eq!(both, expected, "{a} {b}");
            let mut owners: Vec<u32> = both.iter().map(|at| at.briefing.0).collect();
            owners.dedup();
            assert_eq!(briefings, owners, "{a} {b}");
        }
    }
}
