//! Many forms at once: one trie over all of them, walked from where words begin.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use super::boundary::{has_addresses, is_in_address, is_whole_word};
use super::form::Form;
use crate::text::{Folded, WayBack};

/// In prose about politics a form stands about so often, in bytes.
const BYTES_FOR_A_FORM: usize = 64;

/// Forms to look for.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    /// Those of one pattern that ask for the same way of writing stand side by side.
    list: Vec<Form>,
    /// Such groups, as parts of the list.
    groups: Vec<Range<usize>>,
    /// Of each pattern, its groups.
    of_pattern: Vec<Range<usize>>,
    trie: Option<Trie>,
    small: SmallBeginnings,
}

impl Forms {
    /// Makes them ready. Forms alike but for case are one pattern.
    pub fn new(all: Vec<Form>) -> Self {
        let mut patterns: Vec<String> = Vec::new();
        let mut forms_of: Vec<Vec<Vec<Form>>> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::with_capacity(all.len());
        let mut small = SmallBeginnings::default();
        for form in all {
            let pattern = form.pattern();
            if form.begins_small() {
                small.add(pattern.as_bytes());
            }
            let slot = *known.entry(pattern).or_insert_with_key(|pattern| {
                patterns.push(pattern.clone());
                forms_of.push(Vec::new());
                patterns.len() - 1
            });
            let Some(groups) = forms_of.get_mut(slot) else { continue };
            let is_alike = |group: &&mut Vec<Form>| {
                group.first().is_some_and(|first| first.is_written_like(&form))
            };
            match groups.iter_mut().find(is_alike) {
                Some(group) => group.push(form),
                None => groups.push(vec![form]),
            }
        }
        let mut forms = Self { trie: Trie::new(&patterns), small, ..Self::default() };
        for of_pattern in forms_of {
            let first = forms.groups.len();
            for mut group in of_pattern {
                let start = forms.list.len();
                forms.list.append(&mut group);
                forms.groups.push(start..forms.list.len());
            }
            forms.of_pattern.push(first..forms.groups.len());
        }
        forms
    }

    /// Every place where a form stands as a whole word and in no address, written as it asks: the
    /// bytes of `text` without an article, and the form. In the folded text a line end or tab stands
    /// for a space.
    pub fn find<'a>(&'a self, text: &str, folded: &Folded<'_>) -> Vec<(Range<usize>, &'a Form)> {
        let Some(trie) = &self.trie else { return Vec::new() };
        let mut found = Vec::with_capacity(text.len() / BYTES_FOR_A_FORM);
        let may_be_address = has_addresses(text);
        let bytes = folded.text().as_bytes();
        let mut way_back = folded.way_back();
        let mut is_in_word = false;
        for (start, &byte) in bytes.iter().enumerate() {
            let goes_on = is_in_word && byte.is_ascii_alphanumeric();
            is_in_word = byte.is_ascii_alphanumeric();
            if goes_on
                || !trie.begins_with(byte)
                || self.is_too_small(text, bytes, start, &mut way_back)
            {
                continue;
            }
            for (end, pattern) in trie.walk(bytes, start) {
                let range = folded.original(start..end);
                if is_whole_word(text, &range) && !(may_be_address && is_in_address(text, &range)) {
                    self.add(text, &range, pattern, &mut found);
                }
            }
        }
        found
    }

    /// Whether a word begins with a small letter that no form begins with.
    fn is_too_small(
        &self,
        text: &str,
        folded: &[u8],
        start: usize,
        back: &mut WayBack<'_>,
    ) -> bool {
        let rest = folded.get(start..).unwrap_or_default();
        let is_small = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_lowercase);
        rest.first().is_some_and(u8::is_ascii_lowercase)
            && !self.small.may_begin(rest)
            && is_small(back.original(start))
    }

    fn add<'a>(
        &'a self,
        text: &str,
        range: &Range<usize>,
        pattern: usize,
        found: &mut Vec<(Range<usize>, &'a Form)>,
    ) {
        let groups = self.of_pattern.get(pattern).cloned().unwrap_or_default();
        for group in self.groups.get(groups).unwrap_or_default() {
            let forms = self.list.get(group.clone()).unwrap_or_default();
            if forms.first().is_some_and(|first| first.is_at(text, range)) {
                let without_article = |form: &Form| range.start + form.article..range.end;
                found.extend(forms.iter().map(|form| (without_article(form), form)));
            }
        }
    }
}

/// All patterns as one trie. Of the automaton only the ways from its root are walked: a form begins
/// where a word does, so nine bytes in ten need no look. (A DFA would take a thousand bytes for each
/// letter of a pattern, and as much time to build at each text that is opened.)
#[derive(Clone, Debug)]
struct Trie {
    automaton: NFA,
    root: StateID,
    first_bytes: [bool; 256],
}

impl Trie {
    fn new(patterns: &[String]) -> Option<Self> {
        if patterns.is_empty() {
            return None;
        }
        let automaton =
            NFA::builder().match_kind(MatchKind::Standard).build(patterns.iter()).ok()?;
        let root = automaton.start_state(Anchored::Yes).ok()?;
        let mut first_bytes = [false; 256];
        for (byte, begins) in (0..=u8::MAX).zip(&mut first_bytes) {
            *begins = !automaton.is_dead(automaton.next_state(Anchored::Yes, root, byte));
        }
        if let Some(space) = first_bytes.get(usize::from(b' ')).copied() {
            let flat = |byte: u8| in_one_line(byte) == b' ';
            let blanks = (0..=u8::MAX).zip(&mut first_bytes).filter(|(byte, _)| flat(*byte));
            blanks.for_each(|(_, begins)| *begins = space);
        }
        Some(Self { automaton, root, first_bytes })
    }

    fn begins_with(&self, byte: u8) -> bool {
        self.first_bytes.get(usize::from(byte)).copied().unwrap_or_default()
    }

    /// The patterns that begin at a place and end with a word, each with its end.
    fn walk<'a>(
        &'a self,
        bytes: &'a [u8],
        start: usize,
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        let mut state = self.root;
        let rest = bytes.get(start..).unwrap_or_default();
        let reached = rest.iter().zip(start + 1..).map_while(move |(byte, end)| {
            state = self.automaton.next_state(Anchored::Yes, state, in_one_line(*byte));
            let goes_on = !(self.automaton.is_special(state) && self.automaton.is_dead(state));
            goes_on.then_some((state, end))
        });
        reached.filter_map(move |(state, end)| {
            if !self.automaton.is_match(state) || cuts_ascii_word(bytes, end) {
                return None;
            }
            // Behind the pattern that ends here stand those that only end alike.
            let pattern = self.automaton.match_pattern(state, 0);
            let is_whole = self.automaton.pattern_len(pattern) == end - start;
            is_whole.then_some((end, pattern.as_usize()))
        })
    }
}

/// With which two bytes forms begin that are written with a small letter of ASCII at their
/// beginning, as a set of bits.
#[derive(Clone, Debug, Default)]
struct SmallBeginnings {
    bits: Vec<u64>,
}

impl SmallBeginnings {
    fn add(&mut self, pattern: &[u8]) {
        self.bits.resize(1 << 10, 0);
        let seconds = match pattern {
            [] => return,
            [_] => 0..=u8::MAX,
            [_, second, ..] => *second..=*second,
        };
        for second in seconds {
            let (word, bit) = Self::place(pattern.first().copied().unwrap_or_default(), second);
            if let Some(word) = self.bits.get_mut(word) {
                *word |= bit;
            }
        }
    }

    fn may_begin(&self, rest: &[u8]) -> bool {
        let byte = |at: usize| rest.get(at).copied().unwrap_or_default();
        let (word, bit) = Self::place(byte(0), in_one_line(byte(1)));
        self.bits.get(word).is_some_and(|word| word & bit != 0)
    }

    fn place(first: u8, second: u8) -> (usize, u64) {
        let at = usize::from(first) << 8 | usize::from(second);
        (at >> 6, 1 << (at & 63))
    }
}

/// A byte of a text for which line ends and tabs are spaces.
fn in_one_line(byte: u8) -> u8 {
    if matches!(byte, b'\n' | b'\t' | b'\r') { b' ' } else { byte }
}

/// A quick look that spares most ends within words the way back to the text.
fn cuts_ascii_word(bytes: &[u8], end: usize) -> bool {
    let is_of_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    is_of_word(end) && end > 0 && is_of_word(end - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::form::CASE_FOLDED;
    use super::*;
    use crate::briefing::{Alias, Entity, Matching};
    use crate::text::fold;

    /// Looks for each form at each place.
    fn find_slowly(all: &[Form], text: &str) -> Vec<(Range<usize>, String, usize)> {
        let folded = fold(text, CASE_FOLDED);
        let line: Vec<u8> = folded.text().bytes().map(in_one_line).collect();
        let mut found = Vec::new();
        for form in all {
            let pattern = form.pattern();
            let places = (0..line.len()).filter(|at| line[*at..].starts_with(pattern.as_bytes()));
            for start in places {
                let end = start + pattern.len();
                let cuts = |at: usize| {
                    let around = [at.checked_sub(1), Some(at)].map(|at| line.get(at?).copied());
                    around.iter().all(|byte| byte.is_some_and(|byte| byte.is_ascii_alphanumeric()))
                };
                let range = folded.original(start..end);
                let stands = !cuts(start) && !cuts(end) && is_whole_word(text, &range);
                if stands && !is_in_address(text, &range) && form.is_at(text, &range) {
                    found.push((
                        range.start + form.article..range.end,
                        form.text.clone(),
                        form.actor,
                    ));
                }
            }
        }
        found
    }

    fn forms(names: &[(String, Option<Matching>)]) -> Vec<Form> {
        let entity = |(name, matching): &(String, Option<Matching>)| Entity {
            name: name.clone(),
            aliases: vec![Alias {
                text: format!("{name} x"),
                matching: *matching,
                ..Alias::default()
            }],
            ..Entity::default()
        };
        let all = names.iter().enumerate();
        all.flat_map(|(at, name)| Form::all_of(at, &entity(name))).collect()
    }

    /// Text of so many pieces that fold, part words and begin addresses in their own ways.
    fn pieces(many: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = String> {
        let all = vec![
            "the ", "The ", "a", "b", "A", "é", "É", "e\u{301}", "ß", "SS", "x", "X", " ", "\n",
            "-", "'", "@", "://", "路", "透", "пу", "П", "و", "ال", "1", "ab", "AB", "İ",
        ];
        prop::collection::vec(prop::sample::select(all), many).prop_map(|all| all.concat())
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_a_look_at_each_place_finds(
            names in prop::collection::vec(
                (
                    pieces(1..=4),
                    prop::option::of(prop::sample::select(vec![Matching::Exact, Matching::Case])),
                ),
                1..12,
            ),
            words in prop::collection::vec((any::<prop::sample::Index>(), pieces(0..=3)), 0..12),
        ) {
            let mut text = String::new();
            for (at, between) in &words {
                text.push_str(between);
                text.push_str(&at.get(&names).0);
            }
            let all = forms(&names);
            let mut expected = find_slowly(&all, &text);
            let found = Forms::new(all);
            let found = found.find(&text, &fold(&text, CASE_FOLDED)).into_iter();
            let mut found: Vec<_> =
                found.map(|(range, form)| (range, form.text.clone(), form.actor)).collect();
            let key = |one: &(Range<usize>, String, usize)| (one.0.start, one.0.end, one.1.clone(), one.2);
            expected.sort_by_key(key);
            found.sort_by_key(key);
            prop_assert_eq!(found, expected);
        }
    }
}
