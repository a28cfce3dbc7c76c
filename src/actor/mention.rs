//! Where a text names the actors of its briefing: whole words, the longest name first.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::Actor;
use crate::briefing::{Alias, Matching};
use crate::text::{Folding, fold};

/// A place in a text that names an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Bytes of the text; a possessive `'s` is not part of it.
    pub range: Range<usize>,
    /// Which of the actors that were looked for.
    pub actor: usize,
}

const CASE_KEPT: Folding = Folding { case: false, diacritics: true };
const CASE_FOLDED: Folding = Folding { case: true, diacritics: true };

struct Form<'a> {
    actor: usize,
    alias: &'a str,
    exact: bool,
    /// The alias with its case and without its diacritics.
    kept: String,
}

/// Finds every mention of the actors by name or alias, in the order of the text, none overlapping.
///
/// A form matches as written but for diacritics; `match: exact` asks for those too, and
/// `match: never` is not looked for. Of two actors with the same form the first has it.
#[must_use]
pub fn find_mentions(text: &str, actors: &[Actor]) -> Vec<Mention> {
    let forms = forms_of(actors);
    let patterns = forms.iter().map(|form| fold(form.alias, CASE_FOLDED).text().to_owned());
    // A DFA costs more to build, at each text that is opened, than it saves in reading one.
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(patterns);
    let Ok(automaton) = automaton else { return Vec::new() };
    let folded = fold(text, CASE_FOLDED);
    let in_one_line = folded.text().replace(['\n', '\t'], " ");
    let mut candidates: Vec<(Range<usize>, usize)> = automaton
        .find_overlapping_iter(&in_one_line)
        .map(|hit| (folded.original(hit.range()), hit.pattern().as_usize()))
        .filter(|(range, form)| forms[*form].is_at(text, range) && is_whole_word(text, range))
        .collect();
    candidates.sort_by_key(|(range, form)| (range.start, std::cmp::Reverse(range.end), *form));
    let mut mentions: Vec<Mention> = Vec::new();
    for (range, form) in candidates {
        if mentions.last().is_none_or(|last| last.range.end <= range.start) {
            mentions.push(Mention { range, actor: forms[form].actor });
        }
    }
    mentions
}

fn forms_of(actors: &[Actor]) -> Vec<Form<'_>> {
    let mut forms = Vec::new();
    for (actor, declared) in actors.iter().enumerate() {
        let looked_for = |alias: &&Alias| {
            alias.matching != Some(Matching::Never) && !alias.text.trim().is_empty()
        };
        let aliases = declared
            .aliases
            .iter()
            .filter(looked_for)
            .map(|alias| (alias.text.as_str(), alias.matching == Some(Matching::Exact)));
        let silenced = declared
            .aliases
            .iter()
            .any(|alias| alias.matching == Some(Matching::Never) && alias.text == declared.name);
        let name = (!silenced && !declared.name.trim().is_empty())
            .then_some((declared.name.as_str(), false));
        forms.extend(name.into_iter().chain(aliases).map(|(alias, exact)| Form {
            actor,
            alias,
            exact,
            kept: fold(alias, CASE_KEPT).text().to_owned(),
        }));
    }
    forms
}

impl Form<'_> {
    fn is_at(&self, text: &str, range: &Range<usize>) -> bool {
        let Some(found) = text.get(range.clone()) else { return false };
        let found = found.replace(['\n', '\t'], " ");
        if self.exact { found == self.alias } else { fold(&found, CASE_KEPT).text() == self.kept }
    }
}

/// Whether no word goes on at either end. Scripts that write without spaces have no such ends.
fn is_whole_word(text: &str, range: &Range<usize>) -> bool {
    let (Some(before), Some(after)) = (text.get(..range.start), text.get(range.end..)) else {
        return false;
    };
    let found = &text[range.clone()];
    if found.chars().all(writes_without_spaces) {
        return true;
    }
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    !before.chars().next_back().is_some_and(joins) && !goes_on(after)
}

fn goes_on(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        Some('\'' | '’' | 'ʼ') => match (chars.next(), chars.next()) {
            (Some('s' | 'S'), next) => next.is_some_and(char::is_alphanumeric),
            (Some(c), _) => c.is_alphanumeric(),
            (None, _) => false,
        },
        Some(c) => c.is_alphanumeric() || c == '_',
        None => false,
    }
}

/// Han, kana and Thai, whose words stand without spaces between them.
fn writes_without_spaces(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::briefing::Kind;
    use proptest::prelude::*;

    fn actor(name: &str, aliases: &[(&str, Option<Matching>)]) -> Actor {
        let aliases = aliases
            .iter()
            .map(|(text, matching)| Alias {
                text: (*text).into(),
                matching: *matching,
                ..Alias::default()
            })
            .collect();
        Actor {
            id: name.into(),
            name: name.into(),
            kind: Kind::Person,
            role: None,
            country: None,
            aliases,
        }
    }

    fn found(text: &str, actors: &[Actor]) -> Vec<String> {
        find_mentions(text, actors)
            .into_iter()
            .map(|m| format!("{}={}", &text[m.range], actors[m.actor].name))
            .collect()
    }

    #[test]
    fn names_are_found_as_whole_words_only() {
        let actors = [
            actor("Xi Jinping", &[("Xi", Some(Matching::Exact)), ("习近平", None)]),
            actor(
                "United States",
                &[("US", Some(Matching::Exact)), ("U.S.", Some(Matching::Exact))],
            ),
            actor("Recep Tayyip Erdoğan", &[("Erdoğan", None)]),
            actor("Russia", &[]),
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
                "Erdogan, Erdoğan and ERDOGAN",
                &["Erdogan=Recep Tayyip Erdoğan", "Erdoğan=Recep Tayyip Erdoğan"],
            ),
            ("Russia-Ukraine talks, not Russians", &["Russia=Russia"]),
            ("中国国家主席习近平访问", &["习近平=Xi Jinping"]),
            ("Taxi, Xi, xi.", &["Xi=Xi Jinping"]),
            ("the United\nStates", &["United\nStates=United States"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text, &actors), *expected, "{text}");
        }
    }

    #[test]
    fn a_longer_name_that_is_no_whole_word_does_not_hide_a_shorter_one() {
        let actors = [actor("Xi", &[("Xi Jin", None)]), actor("Jinping", &[])];
        assert_eq!(found("Xi Jinping", &actors), ["Xi=Xi", "Jinping=Jinping"]);
    }

    #[test]
    fn an_alias_may_be_known_and_not_looked_for() {
        let actors = [actor("Georgia", &[("Georgia", Some(Matching::Never)), ("Tbilisi", None)])];
        assert_eq!(found("Georgia and Tbilisi", &actors), ["Tbilisi=Georgia"]);
    }

    proptest! {
        #[test]
        fn mentions_are_ordered_slices_of_the_text(text in "[XÜxi’' Ğğ\u{301}İßa-c习.]{0,60}", name in "[XÜxi’' Ğğİßa-c习.]{1,5}") {
            let actors = [actor(&name, &[("Xi", None)])];
            let mut end = 0;
            for mention in find_mentions(&text, &actors) {
                prop_assert!(mention.range.start >= end && text.get(mention.range.clone()).is_some());
                prop_assert!(mention.range.start < mention.range.end);
                end = mention.range.end;
            }
        }
    }
}
