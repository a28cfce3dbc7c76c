//! What is read as what, what is refused where, and that printing and parsing are one.

use proptest::prelude::*;

use super::*;
use crate::briefing::words::{CLASSES, KINDS, STATUSES};
use crate::date::EdtfDate;

fn parse(text: &str) -> Query {
    parse_query(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"))
}

#[test]
fn what_is_typed_is_understood() {
    let cases = [
        ("", ""),
        ("  ", ""),
        ("moscow", "moscow"),
        ("xi's  visit", "xi's visit"),
        ("\"arms control\"", "\"arms control\""),
        ("“arms control”", "\"arms control\""),
        ("\"moscow\"", "moscow"),
        ("mosc*", "mosc*"),
        ("\"arms contr\"*", "\"arms contr\"*"),
        ("习近平 зеленский", "习近平 зеленский"),
        ("a\u{3000}b", "a b"),
        ("su-27 20–22", "su-27 20–22"),
        ("12:30 TLP:RED http://a.b", "\"12:30\" \"TLP:RED\" \"http://a.b\""),
        ("Moscow: quiet", "\"Moscow:\" quiet"),
        ("ACTOR:xi-jinping", "actor:xi-jinping"),
        ("actor:\"Xi Jinping\"", "actor:\"Xi Jinping\""),
        ("tag:\"arms control\"", "tag:\"arms control\""),
        ("tag:\"a \\\"b\\\"\"", "tag:\"a \\\"b\\\"\""),
        ("class:consult class:mobilise", "class:CONSULT class:MOBILIZE"),
        ("status:Planned kind:country", "status:planned kind:state"),
        ("on:2023-03-20/2023-03-22", "on:2023-03-20/2023-03-22"),
        ("on:2023-03-20/22", "on:2023-03-20/2023-03-22"),
        ("on:\"17 March 2023\"", "on:2023-03-17"),
        ("on:>\"March 2023\"", "on:>2023-03"),
        (
            "on:>2023-01 on:>=2023 on:<2024 on:<=2023-06",
            "on:>2023-01 on:>=2023 on:<2024 on:<=2023-06",
        ),
        ("date:2023/3/17", "date:2023-03-17"),
        ("date:../2023", "date:../2023"),
        (
            "grade:b2 grade:B grade:2 grade:a-c grade:A-B1-3",
            "grade:B2 grade:B grade:2 grade:A-C grade:A-B1-3",
        ),
        ("grade:A-F", "grade:A-F"),
        ("is:unread is:read is:starred has:problem", "is:unread is:read is:starred has:problem"),
        ("in:title moscow", "in:title moscow"),
        ("a and b AND c", "a b c"),
        ("a or b OR c", "a or b or c"),
        ("a b or c d", "a b or c d"),
        ("(a or b) c", "(a or b) c"),
        ("((a)) (b c)", "a b c"),
        ("a (in:title b) c", "a (in:title b) c"),
        ("(a or (b or c))", "a or b or c"),
        ("-a -(b c) -\"d e\" -tag:x", "-a -(b c) -\"d e\" -tag:x"),
        ("--a ---b -(-c)", "a -b c"),
        ("-(a or -b)", "-(a or -b)"),
        ("\"or\" \"and\" \"-x\" \"a*\"", "\"or\" \"and\" \"-x\" \"a*\""),
        ("a(b)", "a b"),
    ];
    for (typed, printed) in cases {
        assert_eq!(parse(typed).to_string(), printed, "{typed}");
    }
}

#[test]
fn a_mistake_is_told_at_its_very_characters() {
    let cases = [
        ("actr:xi", "actr", "there is no field `actr`", Some("did you mean `actor:`?")),
        (
            "a foo:bar",
            "foo",
            "there is no field `foo`",
            Some("to look for the words, put them in quotes: \"foo:bar\""),
        ),
        ("x actor:", "", "`actor:` wants an actor's id or name", None),
        ("tag:- x", "-", "`-` has no letter or figure to look for", None),
        (
            "class:CONSLUT",
            "CONSLUT",
            "`class:` does not know `CONSLUT`",
            Some("did you mean `CONSULT`?"),
        ),
        ("is:old", "old", "`is:` does not know `old`", Some("it takes unread, read, starred")),
        ("on:>2023-13", "13", "there is no month 13", None),
        (
            "on:03/04/2023",
            "03/04/2023",
            "day or month may stand first; read as 3 April 2023, the day first",
            None,
        ),
        ("on:soon", "soon", "", None),
        ("grade:X", "X", "`X` is no grade", None),
        ("grade:C-A", "C-A", "`C-A` is no grade", None),
        ("\"arms control", "\"", "this quote is not closed", None),
        ("a (b or c", "(", "this parenthesis is not closed", None),
        ("a) b", ")", "no parenthesis is open here", None),
        ("a () b", "()", "nothing stands between these parentheses", None),
        ("a or ", "", "a word or a field is missing here", None),
        ("or a", "or", "`or` has nothing before it", None),
        ("(a or ) b", ")", "a word or a field is missing here", None),
        ("and a", "and", "`and` has nothing before it", None),
        ("a and", "and", "`and` has nothing behind it", None),
        ("Xi - Putin", "-", "`-` excludes what it touches, and it touches nothing", None),
        ("-", "-", "`-` excludes what it touches, and it touches nothing", None),
        ("a : b", ":", "`:` has no letter or figure to look for", None),
        ("a — b", "—", "`—` has no letter or figure to look for", None),
        ("*", "*", "there is nothing to look for here", None),
        ("\"\"", "\"\"", "there is nothing to look for here", None),
        ("-in:title", "-", "`in:title` cannot be excluded", None),
        ("a or in:title", "in:title", "`in:title` tells where words are looked for", None),
        ("tag:(a or b)", "(", "`tag:` takes one value, not a group", None),
        ("习 tag:", "", "`tag:` wants a name, as in `tag:summit`", None),
    ];
    for (typed, at, message, help) in cases {
        let problem = parse_query(typed).expect_err(typed);
        assert!(problem.message.starts_with(message), "{typed}: {problem:?}");
        assert_eq!(typed.get(problem.span.clone()), Some(at), "{typed}: {problem:?}");
        if help.is_some() {
            assert_eq!(problem.help.as_deref(), help, "{typed}");
        }
    }
    let deep = "(".repeat(100_000);
    assert!(parse_query(&deep).is_err());
}

#[test]
fn narrowing_adds_and_undoing_takes_away() {
    let march = EdtfDate::parse("2023-03").unwrap();
    let cases = [
        ("", Query::actor("xi-jinping"), "actor:xi-jinping"),
        ("moscow", Query::tag("arms control"), "moscow tag:\"arms control\""),
        ("a or b", Query::happened(&march), "(a or b) on:2023-03"),
        ("a b", parse("c or d"), "a b (c or d)"),
        ("a b", parse("b a c"), "a b c"),
        ("in:title a", Query::words("b"), "(in:title a) b"),
        ("in:title a", Query::tag("b"), "in:title a tag:b"),
        ("a", Query::words("  \n"), "a"),
        ("a", Query::phrase("the \"hot\" line"), "a \"the \\\"hot\\\" line\""),
        ("a", Query::actor("xi").negated(), "a -actor:xi"),
        ("a", parse("b c").negated(), "a -(b c)"),
    ];
    for (before, added, after) in cases {
        assert_eq!(parse(before).and(added).to_string(), after);
    }
    for (before, after) in [
        ("", ""),
        ("a", ""),
        ("a or b", ""),
        ("a (b or c)", "a"),
        ("in:title a", ""),
        ("a b c", "a b"),
    ] {
        assert_eq!(parse(before).without_last().to_string(), after, "{before}");
    }
}

#[test]
fn every_field_has_a_row_and_an_example_that_is_a_query() {
    for row in FIELDS {
        assert_eq!(row.field.row().name, row.name);
        let query = parse(row.example);
        assert_eq!(query.to_string(), row.example);
        assert_eq!(query.binds_events(), row.binds_event);
        for word in row.words() {
            parse(&format!("{}:{word}", row.name));
        }
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "a",
        "Xi",
        "'s",
        "习近平",
        "ğ",
        "и\u{306}",
        "عرب",
        "\"",
        "”",
        "\\",
        ":",
        "(",
        ")",
        "-",
        "*",
        " ",
        "or",
        "and",
        "\u{3000}",
        "tag:",
        "➔",
        ">",
        "é",
    ];
    proptest::collection::vec(proptest::sample::select(pieces), 1..6)
        .prop_map(|pieces| pieces.concat())
        .prop_filter("something to look for", |text| text.chars().any(char::is_alphanumeric))
}

fn any_date() -> impl Strategy<Value = Value> {
    let dates = vec![
        "2023",
        "2023-03",
        "2023-03-17",
        "2022-02~",
        "2023-21",
        "../2023",
        "2023-03/..",
        "/2023",
        "2023-03-20/2023-03-22",
        "-0043",
        "201X",
        "{2023-01,2023-03}",
        "[..2023-01]",
        "2023-03-17T10:00:00Z",
        "Y170000002",
    ];
    let signs = vec!["", "<", "<=", ">", ">="];
    (proptest::sample::select(dates), proptest::sample::select(signs)).prop_filter_map(
        "a date",
        |(date, sign)| {
            let text = format!("{sign}{date}");
            DateTest::parse(&text, &(0..text.len())).ok().map(Value::Date)
        },
    )
}

fn any_term() -> impl Strategy<Value = Node> {
    let words = (any_text(), any::<bool>()).prop_map(|(text, prefix)| Test::Words { text, prefix });
    let named = [
        Field::Actor,
        Field::By,
        Field::To,
        Field::Place,
        Field::Tag,
        Field::Source,
        Field::Corpus,
    ];
    let named = (proptest::sample::select(named.to_vec()), any_text())
        .prop_map(|(field, text)| Test::Field { field, value: Value::Text(text) });
    let dated = (proptest::sample::select(vec![Field::On, Field::Date]), any_date())
        .prop_map(|(field, value)| Test::Field { field, value });
    let few: Vec<Test> = CLASSES
        .iter()
        .map(|&(_, class)| (Field::Class, Value::Class(class)))
        .chain(KINDS.iter().map(|&(_, kind)| (Field::Kind, Value::Kind(kind))))
        .chain(STATUSES.iter().map(|&(_, status)| (Field::Status, Value::Status(status))))
        .chain(
            ["B2", "A-C", "3", "D1-4", "A-F", "1-6"].map(|grade| {
                (Field::Grade, Value::Grade(GradeTest::parse(grade).expect("a grade")))
            }),
        )
        .chain([Flag::Unread, Flag::Read, Flag::Starred].map(|flag| (Field::Is, Value::Flag(flag))))
        .chain([(Field::Has, Value::Flag(Flag::Problem))])
        .map(|(field, value)| Test::Field { field, value })
        .collect();
    prop_oneof![3 => words, 2 => named, 1 => dated, 1 => proptest::sample::select(few)]
        .prop_map(Node::test)
}

fn any_node() -> impl Strategy<Value = Node> {
    any_term().prop_recursive(4, 24, 4, |inner| {
        let many = || proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            (many(), any::<bool>()).prop_filter_map("not empty", |(mut parts, in_title)| {
                if in_title {
                    let value = Value::Flag(Flag::Title);
                    parts.insert(0, Node::test(Test::Field { field: Field::In, value }));
                }
                Node::all(parts)
            }),
            many().prop_filter_map("not empty", Node::any),
            inner.clone().prop_map(Node::negated),
        ]
    })
}

proptest! {
    #[test]
    fn printed_and_parsed_a_query_is_the_same(node in any_node()) {
        let query = Query::of(Some(node));
        let printed = query.to_string();
        let again = parse_query(&printed);
        prop_assert_eq!(again.as_ref(), Ok(&query), "{}", printed);
        prop_assert_eq!(again.map(|again| again.to_string()), Ok(printed));
    }

    #[test]
    fn any_text_is_a_query_or_a_mistake_within_it(text in "([a-z]{1,3}|actor:|on:|[\"“”():*-]|2023|习| |\\\\|or|➔){0,12}") {
        match parse_query(&text) {
            Ok(query) => {
                let printed = query.to_string();
                prop_assert_eq!(parse_query(&printed), Ok(query));
            }
            Err(problem) => {
                prop_assert!(text.get(problem.span.clone()).is_some(), "{:?}", problem);
                prop_assert!(!problem.message.is_empty());
            }
        }
    }

    #[test]
    fn each_term_knows_where_it_was_typed(node in any_node()) {
        let text = Query::of(Some(node)).to_string();
        let query = parse(&text);
        for term in query.terms() {
            let printed = term.test.to_string();
            prop_assert_eq!(text.get(term.typed.term.clone()), Some(printed.as_str()));
            prop_assert!(text.get(term.typed.value.clone()).is_some());
        }
    }

    #[test]
    fn what_was_added_last_is_taken_away_first(left in any_node(), right in any_term()) {
        let (left, right) = (Query::of(Some(left)), Query::of(Some(right)));
        let is_new = left.conjuncts().all(|part| part != right);
        prop_assume!(is_new);
        let is_scoped = left.conjuncts().any(|part| part.to_string() == "in:title");
        let both = left.clone().and(right);
        if !is_scoped {
            let once = Query::default().and(left);
            prop_assert_eq!(both.without_last(), once);
        }
    }
}
