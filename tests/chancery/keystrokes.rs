//! How many keys the questions of an analyst take, typed into the built binary on the shipped corpus.
//!
//! Each case is (question, the most keys it may take, the keys, what then stands on the screen).

use crate::pty::{Home, Session};

type Case = (&'static str, usize, &'static str, &'static [&'static str]);

const QUESTIONS: [Case; 6] = [
    (
        "follow one man through his mentions over three briefings",
        5,
        "fs}}",
        &["Xi Jinping · 1st of 2 here · briefing 3 of 27", "African Union joins the G20"],
    ),
    (
        "from a name on the screen to his third newest briefing",
        5,
        "Fs}}<Enter>",
        &["Xi Jinping · 1st of 2 here", "━ African Union joins the G20 in New Delhi"],
    ),
    (
        "all briefings with two named actors in one month",
        13,
        "fs&a@2023-03<Enter>",
        &["actor:xi-jinping actor:joe-biden on:2023-03", "3 of 51"],
    ),
    (
        "what happened in one given week",
        11,
        "@mar 20-26<Enter>",
        &["on:2023-03-20/2023-03-26", "happened 20–26 March 2023", "Kishida in Kyiv"],
    ),
    (
        "who is this impossible name",
        2,
        "Fq",
        &["━ Luiz Inácio Lula da Silva", "President of Brazil", "BRA"],
    ),
    (
        "the dossier of an actor who is not on the screen",
        6,
        "aerdo<Enter>",
        &["━ Recep Tayyip Erdoğan", "TUR", "mentions"],
    ),
];

/// Keys as one counts them: `<Enter>` is one.
fn count(keys: &str) -> usize {
    let mut count = 0;
    let mut rest = keys;
    while let Some(first) = rest.chars().next() {
        let named = rest.find('>').filter(|_| rest.starts_with("<E"));
        rest = &rest[named.map_or(first.len_utf8(), |end| end + 1)..];
        count += 1;
    }
    count
}

/// The reader on the shipped corpus, once all its texts have been looked through: then the entities
/// tell in how many briefings each stands.
fn on_samples(home: &Home) -> Session {
    let session = Session::start(home, &[], 160, 48);
    session.wait_for("Xi with his briefings", |screen| {
        screen.contents().lines().any(|line| line.contains("s Xi Jinping") && line.contains(" 28"))
    });
    session
}

#[test]
fn each_question_takes_no_more_keys_than_it_may() {
    for (question, most, keys, expected) in QUESTIONS {
        assert!(count(keys) <= most, "{question}: {} keys", count(keys));
        let home = Home::new();
        let mut session = on_samples(&home);
        if question.contains("impossible") {
            session.keys("/in:title Hiroshima<Enter>");
            session.wait_for_text("Zelenskyy joins the G7 in Hiroshima ─");
        }
        session.keys(keys);
        session.wait_for(question, |screen| {
            let screen = screen.contents();
            expected.iter().all(|words| screen.contains(words))
        });
    }
}

#[test]
fn seven_keys_lead_from_a_name_to_his_third_newest_briefing_and_back_to_the_exact_line() {
    let home = Home::new();
    let mut session = on_samples(&home);
    session.keys("<Enter>3j");
    let before = session.wait_for("the text three lines further down", |screen| {
        let screen = screen.contents();
        screen.contains("━ Biden and Xi meet") && !screen.contains("16 November 2023 · Thursday")
    });
    session.keys("Fs}}<Enter>");
    session.wait_for_text("━ African Union joins the G20 in New Delhi");
    session.keys("H");
    session.wait_for_text("━ Xi Jinping");
    session.keys("H");
    let text = |screen: &str| -> Vec<String> {
        let lines = screen.lines().take(46);
        lines.map(|line| line.chars().skip(46).take(76).collect()).collect()
    };
    session.wait_for("the very lines", |screen| text(&screen.contents()) == text(&before));
    assert_eq!(count("Fs}}<Enter>HH"), 7);
}
