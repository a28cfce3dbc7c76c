//! Rows that are made where they are looked at are those that are made one after another.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::machine::State;
use super::section::upside_down;
use super::*;
use crate::corpus::timeline::samples::{briefing, corpus};

/// All rows, made from the first to the last.
fn plainly(
    events: &Arc<Events>,
    unit: Unit,
    as_of: Option<civil::Date>,
    direction: Direction,
    unfolded: &BTreeSet<EventRef>,
) -> Vec<Row> {
    let stories = events.stories();
    let is_to_come = |number: &u32| {
        let story = stories.get(*number as usize).unwrap();
        as_of.is_some_and(|day| story.is_to_come(day))
    };
    let all = 0..u32::try_from(stories.len()).unwrap();
    let (to_come, happened): (Vec<u32>, Vec<u32>) = all.partition(is_to_come);
    let machine = Machine { stories, unit };
    let section = |state: &mut State, numbers: &[u32]| {
        let mut rows = Vec::new();
        for (at, number) in numbers.iter().enumerate() {
            let mut behind = numbers[at + 1..].iter().copied();
            machine.step(state, *number, &mut behind, &mut |row| rows.push(row));
        }
        rows
    };
    let mut state = State::default();
    let before = section(&mut state, &happened);
    let after = section(&mut state.below_divider(), &to_come);
    let divider = |below| as_of.map(|as_of| Row::Divider { below, as_of });
    let mut rows = Vec::new();
    match (direction, to_come.is_empty()) {
        (Direction::Forward, true) => rows = before,
        (Direction::Forward, false) => {
            rows.extend(before);
            rows.extend(divider(Below::ToCome));
            rows.extend(after);
        }
        (Direction::Backward, true) => rows = turned(before),
        (Direction::Backward, false) => {
            rows.extend(divider(Below::ToCome));
            rows.extend(turned(after));
            rows.extend(divider(Below::Happened));
            rows.extend(turned(before));
        }
    }
    if !events.undated().is_empty() {
        rows.push(Row::Heading(Heading::Undated));
    }
    rows.extend(events.undated().iter().map(|at| {
        Row::Event(EventRow { at: *at, story: None, said: Said::Undated, lane: Lane::Free })
    }));
    let mut all = Vec::new();
    for row in rows {
        all.push(row);
        let Row::Event(event) = row else { continue };
        let Some(story) = event.story.and_then(|number| stories.get(number)) else { continue };
        if story.tellings().nth(1).is_none()
            || !story.reports().any(|told| unfolded.contains(&told.at()))
        {
            continue;
        }
        let lane = match event.lane {
            Lane::Opens | Lane::Within => Lane::Within,
            _ => Lane::Free,
        };
        all.extend(
            story.tellings().map(|told| Row::Report(EventRow { at: told.at(), lane, ..event })),
        );
    }
    all
}

fn turned(rows: Vec<Row>) -> Vec<Row> {
    let mut groups: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            Some(group) if !matches!(row, Row::Heading(_)) => group.push(row),
            _ => groups.push(vec![row]),
        }
    }
    let mut turned = Vec::new();
    for mut group in groups.into_iter().rev() {
        if matches!(group.last(), Some(Row::Gap(..))) {
            turned.extend(group.pop());
        }
        if matches!(group.first(), Some(Row::Heading(_))) {
            turned.push(group.remove(0));
        }
        turned.extend(group.into_iter().rev().map(upside_down));
    }
    turned
}

/// A date of a few months, or of another time.
fn any_date() -> impl Strategy<Value = String> {
    let day = (1..4u8, 1..28u8).prop_map(|(month, day)| format!("2023-{month:02}-{day:02}"));
    let range = (1..4u8, 1..20u8, 1..9u8).prop_map(|(month, day, days)| {
        format!("2023-{month:02}-{day:02}/2023-{month:02}-{:02}", day + days)
    });
    let wide = select(vec![
        "2023-01",
        "2023-02",
        "2023",
        "2022",
        "2022-11-01/2023-02-20",
        "2023-02-10/..",
        "../2022",
        "../2021",
        "201X",
        "2019-03-02",
        "Y170000002",
        "2014/..",
        "2023-02-05T14:00:00Z",
        "",
    ]);
    prop_oneof![6 => day, 3 => range, 2 => wide.prop_map(str::to_owned)]
}

fn any_event() -> impl Strategy<Value = String> {
    let marks = select(vec!["", "", "! ", "✗ "]);
    let parties = select(vec![" :: CONSULT A > B", " :: AID A > B", ""]);
    (any_date(), marks, parties)
        .prop_map(|(date, mark, parties)| format!("{date} | {mark}x{parties}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn rows_are_what_they_would_be_made_one_after_another(
        briefings in prop::collection::vec(prop::collection::vec(any_event(), 0..24), 1..14),
        days in prop::collection::vec(prop::option::weighted(0.9, (1i8..5, 1i8..28)), 1..4),
        unit in select(Unit::ALL.to_vec()),
        unfold in prop::collection::vec(any::<Index>(), 0..3),
        kept in prop::option::weighted(0.3, 2u32..5),
    ) {
        let briefings = briefings.iter().enumerate().map(|(at, events)| {
            let events: Vec<&str> = events.iter().map(String::as_str).collect();
            let month = 1 + at % 4;
            briefing(&format!("b{at:02}"), &format!("2023-{month:02}-{:02}", 1 + at * 2), &events)
        });
        let corpus = corpus(briefings.collect());
        let all = &corpus.timeline;
        let events = match kept {
            Some(kept) => Arc::new(all.of_rows((0..).take(all.row_count()).filter(|row| row % kept > 0))),
            None => Arc::clone(all),
        };
        let refs: Vec<EventRef> = events.all().collect();
        let unfolded: BTreeSet<EventRef> = if refs.is_empty() {
            BTreeSet::new()
        } else {
            unfold.iter().map(|at| *at.get(&refs)).collect()
        };
        let grounds = Grounds::new(&events, unit);
        for day in days {
            let as_of = day.map(|(month, day)| jiff::civil::date(2023, month, day));
            let mut forward = None;
            for direction in [Direction::Forward, Direction::Backward] {
                let expected = plainly(&events, unit, as_of, direction, &unfolded);
                let rows = match forward.take() {
                    None => Rows::new(grounds.clone(), as_of, direction, &unfolded),
                    Some(rows) => Rows::turned(rows, direction, &unfolded),
                };
                prop_assert_eq!(rows.from(0).collect::<Vec<_>>(), expected.clone());
                prop_assert_eq!(rows.len(), expected.len());
                let folded = rows.clone().unfolded(&BTreeSet::new());
                let mut count = 0;
                for (at, row) in expected.iter().enumerate() {
                    if let Row::Event(event) = row {
                        count += 1;
                        let found = match event.story {
                            Some(story) => rows.of_story(story),
                            None => rows.of_undated(event.at),
                        };
                        prop_assert_eq!(found, Some(at));
                        let plain = folded.nth_event(count).unwrap();
                        prop_assert_eq!(folded.get(plain), Some(*row));
                    }
                    let position = if matches!(row, Row::Event(_) | Row::Report(_)) { count } else { 0 };
                    prop_assert_eq!(rows.position(at), position);
                }
                let happened = |number: &usize| {
                    let story = events.stories().get(*number).unwrap();
                    !as_of.is_some_and(|day| story.is_to_come(day))
                };
                let last = (0..events.stories().len()).rfind(happened);
                prop_assert_eq!(rows.last_happened(), last);
                forward = Some(rows);
            }
        }
    }
}
