//! How what is typed at a cursor is taken.

use super::complete::complete;
use crate::corpus::{Origin, load};

#[test]
fn completion_follows_the_cursor() {
    let corpus = load(&Origin::BuiltIn, &|_, _| ()).with_gazetteer().surveyed();
    // `|` is the cursor; then what is replaced, and with what the first offer replaces it.
    let cases = [
        ("act|", "act", "actor:"),
        ("moscow -(act|or:x", "actor:x", "actor:"),
        ("actor:erdo|", "erdo", "recep-tayyip-erdogan"),
        ("-actor:\"xi jin|\" tag:x", "\"xi jin\"", "xi-jinping"),
        ("actor:зелен|", "зелен", "volodymyr-zelenskyy"),
        ("xi-jin|", "xi-jin", "actor:xi-jinping"),
        ("class:cons|", "cons", "CONSULT"),
        ("is:|", "", "unread"),
        ("tag:chi|na", "china", "china-russia"),
        ("source:\"foreign min|", "\"foreign min", "\"Foreign Ministry of China\""),
        ("習 kind:arm|", "arm", "armed-group"),
        ("corpus:|", "", "sample"),
    ];
    for (typed, replaced, first) in cases {
        let cursor = typed.find('|').unwrap();
        let text = typed.replace('|', "");
        let found = complete(&corpus, &text, cursor);
        let best = found.first().unwrap_or_else(|| panic!("nothing for {typed}"));
        assert_eq!(&text[best.range.clone()], replaced, "{typed}");
        assert_eq!(best.text, first, "{typed}");
    }
    for typed in ["on:2023|", "\"arms|", "qqqq|", "tag:zzz|"] {
        let cursor = typed.find('|').unwrap();
        assert_eq!(complete(&corpus, &typed.replace('|', ""), cursor), [], "{typed}");
    }
    assert_eq!(complete(&corpus, "", 0).len(), crate::corpus::query::FIELDS.len());
}
