//! Rows at each zoom, what the cursor follows, and that it stands on events only.

use std::fmt::Write;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::corpus::timeline::samples::{briefing, corpus, reports, visit};

/// A row a line: `# heading`, `— gap —`, `== divider`, else date, lane and event; `>` is the cursor.
fn drawn(timeline: &Timeline, corpus: &Corpus) -> String {
    let mut out = String::from("\n");
    for (index, row) in timeline.rows.from(0).enumerate() {
        let cursor = if index == timeline.cursor.at { '>' } else { ' ' };
        let line = match &row {
            Row::Heading(_) => format!("# {}", row.words(corpus)),
            Row::Gap(..) => format!("— {} —", row.words(corpus)),
            Row::Divider { .. } => format!("== {}", row.words(corpus)),
            Row::Report(told) => {
                format!("          └ {}", corpus.entry(told.at.briefing).unwrap().slug)
            }
            Row::Event(row) => of_event(corpus, *row, date_words, true),
            Row::End(row) => of_event(corpus, *row, end_words, false),
        };
        let _ = writeln!(out, "{cursor}{}", line.trim_end());
    }
    out
}

fn of_event(
    corpus: &Corpus,
    row: EventRow,
    words: fn(&crate::date::EdtfDate, Said) -> DateWords,
    named: bool,
) -> String {
    let event = row.at.find_in(corpus).unwrap();
    let date = event.date.as_ref().map(|date| words(date, row.said)).unwrap_or_default();
    let lane = match row.lane {
        Lane::Free => ' ',
        Lane::Opens => '┐',
        Lane::Within => '│',
        Lane::Closes => '┘',
        Lane::Spans => '↦',
        Lane::Onward => '→',
    };
    let sign = |is: bool, sign: &'static str| if is { sign } else { "" };
    let text = format!("{}{}{}", sign(date.approximate, "~"), date.text, sign(date.uncertain, "?"));
    format!("  {text:<6} {lane} {}", if named { &event.what } else { "" })
}

fn opened(corpus: &Corpus, slug: &str) -> Timeline {
    let mut timeline = Timeline::default();
    timeline.load(corpus);
    timeline.follow(corpus, corpus.find(slug), 40);
    timeline
}

fn of_events(events: &[&str]) -> (Corpus, Timeline) {
    let corpus = corpus(vec![briefing("a", "", events)]);
    let timeline = opened(&corpus, "a");
    (corpus, timeline)
}

#[test]
fn everything_is_told_as_of_the_open_briefing() {
    let corpus = visit();
    let timeline = opened(&corpus, "announcement");
    assert_eq!(
        drawn(&timeline, &corpus),
        r#"
 # until 2022
            old order
 # March 44 BC
   15       death of Caesar
 — 2057 years —
 # 2014
          → war in the Donbas
 — 8 years —
 # February 2022
   4        "no limits" declared
   24       invasion of Ukraine
 — 10 months —
 # 2023
            a year of summits
   spring   offensive awaited
 # March 2023
   ~        arms are considered
   16       Qin Gang telephones Kuleba
>  17       visit announced
 == still to come as of 17 Mar 2023
 # March 2023
   20     ┐ Xi in Moscow
   20     │ Xi in Moscow
   21     │ Kishida in Kyiv
   21     │ shells from Beijing
   22     ┘
   30     ┐ exercises in the north
 # April 2023
   ?        a call to Kyiv
   2      ┘
 # 170,000,002
            the last footnote
 # Undated
            lethal aid considered
"#
    );
}

#[test]
fn another_briefing_knows_another_future() {
    let corpus = visit();
    let mut timeline = opened(&corpus, "announcement");
    timeline.follow(&corpus, corpus.find("moscow"), 40);
    let text = drawn(&timeline, &corpus);
    let (before, after) = text.split_once("== still to come as of 22 Mar 2023").unwrap();
    assert!(before.contains("Kishida in Kyiv") && before.contains("visit announced"));
    assert_eq!(before.matches("Xi in Moscow").count(), 1, "done, as the new report says");
    assert_eq!(
        after.matches("Xi in Moscow").count(),
        1,
        "planned and not over, as the old one says"
    );
    assert!(after.contains("exercises in the north"));
    timeline.follow(&corpus, corpus.find("invasion"), 40);
    let text = drawn(&timeline, &corpus);
    let (before, after) = text.split_once("== still to come as of 24 Feb 2022").unwrap();
    assert!(before.contains("invasion of Ukraine") && after.contains("visit announced"));
    timeline.follow(&corpus, None, 40);
    assert!(
        !drawn(&timeline, &corpus).contains("still to come"),
        "as of no day nothing is known to be"
    );
}

#[test]
fn zoom_changes_headings_dates_and_gaps() {
    let (corpus, mut timeline) = of_events(&[
        "2022-12-30/2023-01-02 | talks",
        "2023-01-01T14:05:00Z | in them",
        "2023-01 | vague",
        "2023-02-10 | later",
        "2023-02-25? | doubted",
        "2023-33 | in a quarter",
    ]);
    let zoomed = |timeline: &Timeline| drawn(timeline, &corpus);
    assert_eq!(
        zoomed(&timeline),
        r"
 # December 2022
>  30     ┐ talks
 # Q1 2023
            in a quarter
 # January 2023
            vague
   1      │ in them
   2      ┘
 # February 2023
   10       later
   25?      doubted
"
    );
    timeline.zoom_in(&corpus);
    timeline.zoom_in(&corpus);
    timeline.zoom_in(&corpus);
    assert_eq!(timeline.unit, Unit::Day, "no further");
    assert_eq!(
        zoomed(&timeline),
        r"
 # 30 Dec 2022 Fri
>         ┐ talks
 # Q1 2023
            in a quarter
 # January 2023
            vague
 # 1 Jan 2023 Sun
   14:05  │ in them
 # 2 Jan 2023 Mon
          ┘
 — 10 days —
 # 10 Feb 2023 Fri
            later
 — 15 days —
 # 25 Feb 2023 Sat
   ?        doubted
"
    );
    for _ in 0..9 {
        timeline.zoom_out(&corpus);
    }
    assert_eq!(
        zoomed(&timeline),
        r"
 # 2022
>  30 Dec ┐ talks
 # 2023
   Q1       in a quarter
   Jan      vague
   1 Jan  │ in them
   2 Jan  ┘
   10 Feb   later
   25 Feb?   doubted
"
    );
    timeline.zoom_fit(&corpus);
    assert_eq!(timeline.unit, Unit::Week, "nine weeks fit a pane of forty rows");
}

#[test]
fn a_bracket_encloses_few_and_never_another() {
    let six: Vec<String> = (2..8).map(|day| format!("2023-03-0{day} | inside")).collect();
    let mut lines = vec!["2023-03-01/2023-03-09 | outer", "2023-03-01/2023-03-03 | inner"];
    let (corpus, timeline) = of_events(&lines);
    assert_eq!(
        drawn(&timeline, &corpus),
        "\n # March 2023\n>  1      ┐ outer\n   1      │ inner\n   9      ┘\n"
    );
    lines.extend(six.iter().map(String::as_str));
    let (corpus, timeline) = of_events(&lines);
    let text = drawn(&timeline, &corpus);
    assert!(
        text.starts_with("\n # March 2023\n>  1      ┐ outer\n   9      ┘\n   1      ┐ inner\n"),
        "{text}"
    );
    let wide = ["2023-01-01/2023-06-30 | half a year", "2023-03-01 | in it"];
    let (corpus, timeline) = of_events(&wide);
    assert!(!drawn(&timeline, &corpus).contains(['┐', '│', '┘']));
}

#[test]
fn the_end_of_a_range_is_told_in_full_only_where_it_must_be() {
    for (edtf, told) in [
        ("2023-01-01/2023-06-30", Some("30 Jun")),
        ("2022-12-30/2023-01-02", Some("2 January 2023")),
        ("2022/2024", Some("2024")),
        ("2022/..", None),
        ("2023-03", None),
    ] {
        let date = crate::date::EdtfDate::parse(edtf).unwrap();
        assert_eq!(told_end(&date).as_deref(), told, "{edtf}");
    }
}

#[test]
fn the_cursor_follows_the_open_briefing() {
    let corpus = corpus(vec![
        briefing(
            "a",
            "2023-03-10",
            &["2022-01-01 | old", "2023-03-09 | near", "2023-03-11 | ! next"],
        ),
        briefing("b", "2023-03-20", &["2023-04-01 | ! only to come"]),
        briefing("c", "2023-03-15", &[]),
        briefing("d", "", &["2023-03-12 | of no day"]),
        briefing("e", "2023-03-15", &[" | undated"]),
    ]);
    let mut timeline = Timeline::default();
    timeline.load(&corpus);
    let under = |timeline: &Timeline| {
        let (briefing, event) = timeline.under_cursor().unwrap();
        EventRef { briefing, event }.find_in(&corpus).unwrap().what.clone()
    };
    for (slug, what) in [
        ("a", "near"),
        ("b", "only to come"),
        ("c", "of no day"),
        ("d", "of no day"),
        ("e", "undated"),
        ("a", "near"),
    ] {
        timeline.follow(&corpus, corpus.find(slug), 3);
        assert_eq!(under(&timeline), what, "{slug}");
        let ListCursor { at, top } = timeline.cursor;
        assert!((top..top + timeline.list_rows(3)).contains(&at), "{slug}: in view");
    }
    timeline.go(Motion::First, 3);
    assert_eq!((under(&timeline).as_str(), timeline.position()), ("old", (1, 6)));
    timeline.follow(&corpus, corpus.find("a"), 3);
    assert_eq!(under(&timeline), "old", "it stands on one of its events already");
    timeline.go(Motion::Last, 3);
    assert_eq!((under(&timeline).as_str(), timeline.position()), ("undated", (6, 6)));
}

#[test]
fn a_filter_keeps_what_has_the_words_and_the_cursor_on_it() {
    let corpus = visit();
    let mut timeline = opened(&corpus, "call");
    timeline.filter = "ukraine".into();
    timeline.arrange(&corpus, 40);
    assert_eq!(timeline.position(), (2, 2), "still on the call, which was to Ukraine");
    timeline.filter = "nothing has this".into();
    timeline.arrange(&corpus, 40);
    assert_eq!((timeline.position(), timeline.under_cursor()), ((0, 0), None));
    timeline.go(Motion::By(1), 40);
    timeline.zoom_out(&corpus);
    timeline.filter.clear();
    timeline.arrange(&corpus, 40);
    assert_eq!(timeline.position().1, 18);
}

#[test]
fn reports_of_one_event_are_one_row_and_unfold_beneath_it() {
    let corpus = reports();
    let mut timeline = opened(&corpus, "2 arrived");
    let march = |timeline: &Timeline| {
        let text = drawn(timeline, &corpus);
        text.split_once("# April").unwrap().0.to_owned()
    };
    let folded = r"
 # March 2023
>  20     ┐ Xi in Moscow
   20     │ shells promised
   22     ┘
 == still to come as of 20 Mar 2023
 # March 2023
   21       Kishida to go to Kyiv
 ";
    assert_eq!(march(&timeline), folded);
    assert_eq!(timeline.position(), (1, 5));
    assert!(timeline.toggle_reports(&corpus));
    let unfolded = r"
 # March 2023
>  20     ┐ Xi in Moscow
           └ 1 announced
           └ 2 arrived
           └ 4 review
   20     │ shells promised
   22     ┘
 == still to come as of 20 Mar 2023
 # March 2023
   21       Kishida to go to Kyiv
 ";
    assert_eq!(march(&timeline), unfolded);
    let opens = |timeline: &Timeline| {
        let (briefing, event) = timeline.under_cursor().unwrap();
        (corpus.entry(briefing).unwrap().slug.clone(), event)
    };
    assert_eq!(opens(&timeline), ("2 arrived".into(), 0), "the event itself opens what leads");
    for (row, slug) in [(1, "1 announced"), (2, "2 arrived"), (3, "4 review")] {
        timeline.go(Motion::By(1), 40);
        assert_eq!((opens(&timeline).0.as_str(), timeline.position().0), (slug, 1), "{row}");
    }
    timeline.zoom_out(&corpus);
    assert_eq!(opens(&timeline).0, "4 review", "still on the same report");
    timeline.turn(&corpus);
    assert_eq!(opens(&timeline).0, "4 review");
    timeline.turn(&corpus);
    timeline.zoom_in(&corpus);
    assert!(timeline.toggle_reports(&corpus), "from any of its reports");
    assert_eq!(march(&timeline), folded);
    timeline.go(Motion::To(3), 40);
    assert!(!timeline.toggle_reports(&corpus), "one report is all there is");
}

#[test]
fn a_plan_that_came_to_pass_leads_to_what_came_of_it() {
    let corpus = reports();
    let mut timeline = opened(&corpus, "1 announced");
    timeline.filter = "zelenskyy".into();
    timeline.arrange(&corpus, 40);
    let planned = "\n == still to come as of 17 Mar 2023\n # April 2023\n>  ~        Xi to call Zelenskyy\n   26       Xi calls Zelenskyy\n";
    assert_eq!(drawn(&timeline, &corpus), planned);
    timeline.follow(&corpus, corpus.find("4 review"), 40);
    timeline.go(Motion::First, 40);
    assert!(timeline.toggle_reports(&corpus));
    assert_eq!(
        drawn(&timeline, &corpus),
        "\n # April 2023\n>  ~        Xi to call Zelenskyy\n           └ 1 announced\n           └ 4 review\n   26       Xi calls Zelenskyy\n"
    );
    timeline.go(Motion::By(2), 40);
    let review = corpus.find("4 review").unwrap();
    assert_eq!(timeline.under_cursor(), Some((review, 1)));
}

#[test]
fn a_lens_shows_some_events_and_keeps_the_cursor_near() {
    let corpus = visit();
    let mut timeline = opened(&corpus, "moscow");
    let under = |timeline: &Timeline| {
        let (briefing, event) = timeline.under_cursor().unwrap();
        EventRef { briefing, event }.find_in(&corpus).unwrap().what.clone()
    };
    let period = timeline.strip.period();
    timeline.go(Motion::To(10), 40);
    assert_eq!(under(&timeline), "visit announced");
    let of = |slug: &str| {
        let id = corpus.find(slug).unwrap();
        move |at: EventRef| at.briefing == id
    };
    timeline.narrow(&corpus, &of("announcement"), 40);
    assert_eq!((under(&timeline).as_str(), timeline.position()), ("visit announced", (2, 5)));
    timeline.narrow(&corpus, &of("moscow"), 40);
    assert_eq!(timeline.position(), (1, 4));
    assert_eq!(under(&timeline), "Xi in Moscow", "the nearest in time");
    assert_eq!(timeline.strip.period(), period, "the corpus' own");
    timeline.filter = "kyiv".into();
    timeline.arrange(&corpus, 40);
    assert_eq!(timeline.position().1, 1, "filtered within the lens");
    timeline.recast(&corpus);
    assert_eq!(timeline.position().1, 1, "and still so when more is known");
    timeline.filter.clear();
    timeline.narrow(&corpus, &|_| false, 40);
    assert_eq!((timeline.position(), timeline.under_cursor()), ((0, 0), None));
    timeline.narrow(&corpus, &|_| true, 40);
    assert_eq!(timeline.position().1, 18);
    timeline.narrow(&corpus, &of("moscow"), 40);
    timeline.load(&corpus);
    assert_eq!(timeline.position().1, 18, "another snapshot, no lens");
}

#[test]
fn the_strip_counts_what_is_shown_over_the_whole_period() {
    let (corpus, mut timeline) = of_events(&[
        "2023-01-01 | first",
        "2023-01-02 | x",
        "2023-01-10 | x",
        "../2020 | never counted",
    ]);
    assert_eq!(timeline.strip.period(), Some((date(2023, 1, 1), date(2023, 1, 10))));
    let counts = timeline.strip.columns(5);
    assert_eq!(counts.iter().map(|n| n.round()).collect::<Vec<_>>(), [2.0, 0.0, 0.0, 0.0, 1.0]);
    assert_eq!(timeline.days_in_view(&timeline.view(20)), timeline.strip.period());
    let window = (date(2023, 1, 1), date(2023, 1, 2));
    assert_eq!(timeline.strip.columns_of(window, 5), Some(0..=0));
    timeline.filter = "first".into();
    timeline.arrange(&corpus, 20);
    let total: f64 = timeline.strip.columns(34).iter().sum();
    assert!((total - 1.0).abs() < 0.001);
    assert_eq!(timeline.strip.period(), Some((date(2023, 1, 1), date(2023, 1, 10))));
}

#[test]
fn nothing_is_no_trouble() {
    let empty = corpus(Vec::new());
    let mut timeline = Timeline::default();
    timeline.load(&empty);
    timeline.follow(&empty, None, 0);
    for motion in [Motion::First, Motion::Last, Motion::By(-1), Motion::To(3)] {
        timeline.go(motion, 0);
    }
    timeline.zoom_fit(&empty);
    timeline.zoom_in(&empty);
    timeline.resize(50);
    assert_eq!((timeline.position(), timeline.strip_rows(50)), ((0, 0), 0));
    assert_eq!(
        (timeline.strip.columns(3), timeline.days_in_view(&timeline.view(9))),
        (vec![0.0; 3], None)
    );
}

proptest! {
    #[test]
    fn every_event_has_its_row_and_the_cursor_is_on_one(
        days in prop::collection::vec((0u8..28, 0u8..40, 0u8..2), 1..40),
        unit in prop::sample::select(Unit::ALL.to_vec()),
        height in 1usize..30,
        moves in prop::collection::vec(prop_oneof![-5isize..=-1, 1isize..=5], 0..20),
    ) {
        let line = |(day, length, planned): &(u8, u8, u8)| {
            let from = date(2023, 1, 1 + i8::try_from(*day).unwrap());
            let to = crate::date::bucket::Bucket::containing(from, Unit::Month).last_day();
            let mark = if *planned == 1 { "!" } else { "" };
            if *length > 20 { format!("{from}/{to} | {mark} x") } else { format!("{from} | {mark} x") }
        };
        let lines: Vec<String> = days.iter().map(line).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let corpus = corpus(vec![briefing("a", "2023-01-15", &lines), briefing("b", "2023-01-20", &["2023-01-20 | y"])]);
        let mut timeline = opened(&corpus, "a");
        timeline.unit = unit;
        timeline.arrange(&corpus, height);
        for delta in moves {
            timeline.go(Motion::By(delta), height);
            let ListCursor { at, top } = timeline.cursor;
            prop_assert!(matches!(timeline.rows.get(at), Some(Row::Event(_))));
            prop_assert!(top <= at && at < top + timeline.list_rows(height));
        }
        let mut seen: Vec<EventRef> = timeline.rows.from(0).filter_map(|row| match row {
            Row::Event(row) => Some(row.at),
            _ => None,
        }).collect();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), days.len() + 1);
        let count = |lane| timeline.rows.from(0).filter(|row| matches!(row, Row::Event(row) | Row::End(row) if row.lane == lane)).count();
        prop_assert_eq!(count(Lane::Opens), count(Lane::Closes));
    }
}
