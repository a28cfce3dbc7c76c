//! What is a mention and what is none, case by case.

use proptest::prelude::*;

use super::*;
use crate::actor::{Registry, read_gazetteer};
use crate::briefing::{Alias, Entity, Kind, Matching};
use crate::date::EdtfDate;

fn actor(name: &str, kind: Kind, aliases: &[(&str, Option<Matching>)]) -> Entity {
    let alias = |(text, matching): &(&str, Option<Matching>)| Alias {
        text: (*text).into(),
        matching: *matching,
        ..Alias::default()
    };
    Entity {
        name: name.into(),
        kind: Some(kind),
        aliases: aliases.iter().map(alias).collect(),
        ..Entity::default()
    }
}

fn shown(text: &str, cast: &Cast) -> Vec<String> {
    let one = |mention: &Mention| {
        let words = text[mention.range.clone()].replace('\n', " ");
        format!("{words}={}", cast.actors[mention.actor].name)
    };
    cast.mentions.iter().map(one).collect()
}

fn found(text: &str, actors: &[Entity]) -> Vec<String> {
    shown(text, &MentionFinder::default().find(text, None, actors))
}

struct World(MentionFinder);

impl World {
    fn new() -> Self {
        Self(MentionFinder::new(Registry::new(&[], read_gazetteer())))
    }

    /// What is mentioned in a briefing of that day: words, id and how.
    fn found(&self, date: &str, text: &str, declared: &[&str]) -> Vec<String> {
        let declare = |name: &&str| actor(name, Kind::Person, &[]);
        let entities: Vec<Entity> =
            declared.iter().map(|name| Entity { kind: None, ..declare(name) }).collect();
        let date = EdtfDate::parse(date).unwrap();
        let cast = self.0.find(text, Some(&date), &entities);
        let one = |mention: &Mention| {
            let words = text[mention.range.clone()].replace('\n', " ");
            let id = &cast.actors[mention.actor].id;
            let via = format!("{:?}", mention.via).to_lowercase();
            format!("{words}={id}:{via}")
        };
        cast.mentions.iter().map(one).collect()
    }
}

#[test]
fn names_are_found_as_whole_words_only() {
    let exact = Some(Matching::Exact);
    let actors = [
        actor("Xi Jinping", Kind::Person, &[("Xi", exact), ("习近平", None)]),
        actor("United States", Kind::State, &[("US", exact), ("U.S.", exact)]),
        actor("Recep Tayyip Erdoğan", Kind::Person, &[("Erdoğan", None)]),
        actor("Russia", Kind::State, &[]),
    ];
    let cases: &[(&str, &[&str])] = &[
        (
            "Xi Jinping met Xi’s guests in Xi'an and Xi’an.",
            &["Xi Jinping=Xi Jinping", "Xi=Xi Jinping"],
        ),
        (
            "They told us; the US and U.S. officials said so.",
            &["US=United States", "U.S.=United States"],
        ),
        (
            "Then Erdogan, Erdoğan, ERDOGAN and erdogan",
            &[
                "Erdogan=Recep Tayyip Erdoğan",
                "Erdoğan=Recep Tayyip Erdoğan",
                "ERDOGAN=Recep Tayyip Erdoğan",
            ],
        ),
        ("Russia-Ukraine talks, not Russians", &["Russia=Russia"]),
        ("中国国家主席习近平访问", &["习近平=Xi Jinping"]),
        ("Taxi, Xi, xi.", &["Xi=Xi Jinping"]),
        ("the United\nStates", &["United States=United States"]),
        ("see https://example.org/Russia/x or a@Russia.org", &[]),
        ("", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text, &actors), *expected, "{text}");
    }
}

#[test]
fn a_longer_name_that_is_no_whole_word_does_not_hide_a_shorter_one() {
    let actors =
        [actor("Xi", Kind::Other, &[("Xi Jin", None)]), actor("Jinping", Kind::Other, &[])];
    assert_eq!(found("Xi Jinping", &actors), ["Xi=Xi", "Jinping=Jinping"]);
}

#[test]
fn an_alias_may_be_known_and_not_looked_for() {
    let never = Some(Matching::Never);
    let actors = [actor("Georgia", Kind::State, &[("Georgia", never), ("Tbilisi", None)])];
    assert_eq!(found("Georgia and Tbilisi", &actors), ["Tbilisi=Georgia"]);
}

/// Day of the briefing, its text, who is declared, and what is found.
type Case = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const WORLD: &[Case] = &[
    (
        "2023-03-21",
        "the Russian president spoke; China's foreign minister listened.",
        &[],
        &["Russian president=vladimir-putin:role", "China's foreign minister=qin-gang:role"],
    ),
    ("2022-12-01", "China’s foreign minister", &[], &["China’s foreign minister=wang-yi:role"]),
    ("2023-08-01", "China's foreign minister", &[], &["China's foreign minister=wang-yi:role"]),
    ("2022-12", "China's foreign minister", &[], &["China=china:name"]),
    (
        "2023-03-21",
        "the prime minister of Japan",
        &[],
        &["prime minister of Japan=fumio-kishida:role"],
    ),
    (
        "2023-03-21",
        "the Russian president, Vladimir Putin, and Xi, the Chinese president",
        &[],
        &[
            "Russian=russia:demonym",
            "Vladimir Putin=vladimir-putin:name",
            "Xi=xi-jinping:alias",
            "Chinese=china:demonym",
        ],
    ),
    ("2023-03-21", "no US president had been there", &[], &["US=united-states:alias"]),
    ("2023-03-21", "the former Russian president", &[], &["Russian=russia:demonym"]),
    (
        "2023-03-21",
        "the NATO secretary general",
        &[],
        &["NATO secretary general=jens-stoltenberg:role"],
    ),
    (
        "2023-02-20",
        "Wang Yi spoke. Wang left. Then Wang Wenbin came, and Wang spoke. Wang Huning did not.",
        &[],
        &[
            "Wang Yi=wang-yi:name",
            "Wang=wang-yi:surname",
            "Wang Wenbin=wang-wenbin:name",
            "Wang=wang-wenbin:surname",
        ],
    ),
    (
        "2023-02-20",
        "Mr. Austin met Wendy Austin",
        &["Lloyd Austin"],
        &["Austin=lloyd-austin:surname"],
    ),
    ("2023-02-20", "Austin is a city", &[], &[]),
    (
        "2023-02-20",
        "Joe Biden's son Hunter Biden; President Biden, and Biden",
        &[],
        &["Joe Biden=joe-biden:name", "Biden=joe-biden:alias", "Biden=joe-biden:alias"],
    ),
    (
        "2023-02-20",
        "Kim Yo Jong, not Kim Jong Un",
        &[],
        &["Kim Yo Jong=kim-yo-jong:name", "Kim Jong Un=kim-jong-un:name"],
    ),
    (
        "2023-02-20",
        "Moscow and the Kremlin",
        &[],
        &[
            "Moscow=moscow:name",
            "Moscow=russia:metonym",
            "Kremlin=kremlin:name",
            "Kremlin=russia:metonym",
        ],
    ),
    ("2023-02-20", "Brussels", &[], &["Brussels=brussels:name"]),
    ("2023-02-20", "the Congolese and the Dominican side", &[], &[]),
    (
        "2023-02-20",
        "Kinshasa sent DRC troops; the Congolese army",
        &["Democratic Republic of the Congo"],
        &[
            "Kinshasa=kinshasa:name",
            "Kinshasa=democratic-republic-of-the-congo:metonym",
            "DRC=democratic-republic-of-the-congo:alias",
            "Congolese=democratic-republic-of-the-congo:demonym",
        ],
    ),
    (
        "2023-02-20",
        "the South China Sea, Latin America, New Mexico, Northern Ireland, the Indian Ocean",
        &[],
        &[],
    ),
    (
        "2023-02-20",
        "Chinese-brokered, pro-Russian, Ukrainians and Frenchmen",
        &[],
        &[
            "Chinese=china:demonym",
            "Russian=russia:demonym",
            "Ukrainians=ukraine:demonym",
            "Frenchmen=france:demonym",
        ],
    ),
    ("2023-02-20", "chad, china, turkey, who is it, us", &[], &[]),
    (
        "2023-02-20",
        "Guinea-Bissau, Guinea",
        &[],
        &["Guinea-Bissau=guinea-bissau:name", "Guinea=guinea:name"],
    ),
    (
        "2020-01-01",
        "Nur-Sultan",
        &[],
        &["Nur-Sultan=astana:alias", "Nur-Sultan=kazakhstan:metonym"],
    ),
    ("2024-01-01", "Nur-Sultan", &[], &[]),
    ("2023-02-20", "Michael Jordan, Chad Wolf and Jordan", &[], &["Jordan=jordan:name"]),
    (
        "2023-02-20",
        "发展中国家，中国和美国",
        &[],
        &["中国=china:alias", "美国=united-states:alias"],
    ),
    (
        "2023-02-20",
        "Зеленский, Россия; зеленский; Путиным, МИД-Лавров",
        &[],
        &[
            "Зеленский=volodymyr-zelenskyy:alias",
            "Россия=russia:alias",
            "Лавров=sergey-lavrov:alias",
        ],
    ),
    (
        "2023-02-20",
        "普京在莫斯科会见习近平。岸田文雄訪問。",
        &[],
        &[
            "普京=vladimir-putin:alias",
            "莫斯科=moscow:alias",
            "莫斯科=russia:metonym",
            "习近平=xi-jinping:alias",
            "岸田文雄=fumio-kishida:alias",
        ],
    ),
    (
        "2023-02-20",
        "التقى بوتين وبايدن، ومحمد بن سلمان، والروسية",
        &[],
        &[
            "بوتين=vladimir-putin:alias",
            "بايدن=joe-biden:alias",
            "محمد بن سلمان=mohammed-bin-salman:alias",
        ],
    ),
    (
        "2023-02-20",
        "김정은은 박진감, 윤석열이 한국의. נתניהו ופוטין",
        &[],
        &[
            "김정은=kim-jong-un:alias",
            "윤석열=yoon-suk-yeol:alias",
            "한국=south-korea:alias",
            "נתניהו=benjamin-netanyahu:alias",
            "פוטין=vladimir-putin:alias",
        ],
    ),
    (
        "2023-02-20",
        "THE US AND RUSSIA, WHO SAY IT IS GOOD FOR US AND FOR PUTIN",
        &[],
        &["RUSSIA=russia:name", "PUTIN=vladimir-putin:alias"],
    ),
];

#[test]
fn the_world_as_it_is_written() {
    let world = World::new();
    for (date, text, declared, expected) in WORLD {
        assert_eq!(world.found(date, text, declared), *expected, "{text}");
    }
}

#[test]
fn what_the_briefing_declares_is_meant_first() {
    let world = World::new();
    let mut other = actor("Wang Huning", Kind::Person, &[("Wang", None)]);
    other.id = Some("wang-huning".into());
    let text = "Wang Yi met Wang.";
    let cast = world.0.find(text, None, &[other]);
    assert_eq!(shown(text, &cast), ["Wang Yi=Wang Yi", "Wang=Wang Huning"]);
    assert_eq!((cast.declared, cast.actors.len()), (1, 2));
}

#[test]
fn what_is_inferred_can_be_left_out_and_metonyms_stand_apart() {
    let world = World::new();
    let text = "Moscow spoke. Wang Yi listened, Wang smiled, the Russian delegation left.";
    let shown = |inferred: bool| {
        let cast = world.0.find(text, None, &[]).shown(inferred);
        let name = |mention: &Mention| cast.actors[mention.actor].name.as_str();
        let mentions: Vec<_> = cast
            .mentions
            .iter()
            .map(|mention| (&text[mention.range.clone()], name(mention)))
            .collect();
        let stood_for: Vec<_> = cast
            .actors
            .iter()
            .zip(&cast.metonyms)
            .filter(|(_, n)| **n > 0)
            .map(|(actor, n)| (actor.name.as_str(), *n))
            .collect();
        format!("{mentions:?} {stood_for:?}")
    };
    assert_eq!(
        shown(true),
        r#"[("Moscow", "Moscow"), ("Wang Yi", "Wang Yi"), ("Wang", "Wang Yi"), ("Russian", "Russia")] [("Russia", 1)]"#
    );
    assert_eq!(shown(false), r#"[("Moscow", "Moscow"), ("Wang Yi", "Wang Yi")] []"#);
}

proptest! {
    #[test]
    fn mentions_are_ordered_slices_of_the_text(text in "[XÜxi’' Ğğ\u{301}İßa-c习.\n]{0,60}", name in "[XÜxi’' Ğğİßa-c习.]{1,5}") {
        let actors = [actor(&name, Kind::Person, &[("Xi", None), ("Xi a", None)])];
        let mut end = 0;
        for mention in MentionFinder::default().find(&text, None, &actors).mentions {
            prop_assert!(mention.range.start >= end && text.get(mention.range.clone()).is_some());
            prop_assert!(mention.range.start < mention.range.end);
            end = mention.range.end;
        }
    }
}
