//! Many forms at once: one automaton over all of them.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::boundary::{is_in_address, is_whole_word};
use super::form::Form;
use crate::text::Folded;

/// Forms to look for.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    list: Vec<Form>,
    /// Of each pattern, its forms: those that ask for the same way of writing together.
    of_pattern: Vec<Vec<Vec<u32>>>,
    automaton: Option<AhoCorasick>,
}

impl Forms {
    /// Makes them ready. Forms alike but for case are one pattern.
    pub fn new(list: Vec<Form>) -> Self {
        let mut patterns: Vec<String> = Vec::new();
        let mut of_pattern: Vec<Vec<Vec<u32>>> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for (form, at) in list.iter().zip(0u32..) {
            let pattern = form.pattern();
            let slot = *known.entry(pattern).or_insert_with_key(|pattern| {
                patterns.push(pattern.clone());
                of_pattern.push(Vec::new());
                patterns.len() - 1
            });
            let Some(groups) = of_pattern.get_mut(slot) else { continue };
            let is_alike = |group: &&mut Vec<u32>| {
                let first = group.first().and_then(|first| list.get(*first as usize));
                first.is_some_and(|first| first.is_written_like(form))
            };
            match groups.iter_mut().find(is_alike) {
                Some(group) => group.push(at),
                None => groups.push(vec![at]),
            }
        }
        let automaton = (!patterns.is_empty()).then(|| automaton_of(patterns)).flatten();
        Self { list, of_pattern, automaton }
    }

    /// Every place where a form stands as a whole word and in no address, written as it asks: the bytes of `text`
    /// without an article, and the form. `in_one_line` is the folded text in one line, see
    /// [`in_one_line`].
    pub fn find<'a>(
        &'a self,
        text: &str,
        folded: &Folded<'_>,
        in_one_line: &[u8],
    ) -> Vec<(Range<usize>, &'a Form)> {
        let mut found = Vec::new();
        let Some(automaton) = &self.automaton else { return found };
        for hit in automaton.find_overlapping_iter(in_one_line) {
            if cuts_ascii_word(in_one_line, &hit.range()) {
                continue;
            }
            let range = folded.original(hit.range());
            if !is_whole_word(text, &range) || is_in_address(text, &range) {
                continue;
            }
            for group in self.of_pattern.get(hit.pattern().as_usize()).into_iter().flatten() {
                let mut forms =
                    group.iter().filter_map(|at| self.list.get(*at as usize)).peekable();
                if forms.peek().is_some_and(|first| first.is_at(text, &range)) {
                    found.extend(forms.map(|form| (range.start + form.article..range.end, form)));
                }
            }
        }
        found
    }
}

/// A folded text with spaces for line ends and tabs, each byte in its place.
pub fn in_one_line(folded: &Folded<'_>) -> Vec<u8> {
    let mut bytes = folded.text().as_bytes().to_vec();
    for byte in &mut bytes {
        if matches!(byte, b'\n' | b'\t' | b'\r') {
            *byte = b' ';
        }
    }
    bytes
}

/// A DFA costs more to build, at each text that is opened, than it saves in reading one.
fn automaton_of(patterns: Vec<String>) -> Option<AhoCorasick> {
    let mut builder = AhoCorasick::builder();
    let builder = builder.match_kind(MatchKind::Standard);
    builder.kind(Some(AhoCorasickKind::ContiguousNFA)).build(patterns).ok()
}

/// A quick look that spares most hits within words the way back to the text.
fn cuts_ascii_word(bytes: &[u8], range: &Range<usize>) -> bool {
    let joins =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    let touches = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    (joins(range.start.checked_sub(1)) && touches(range.start))
        || (joins(Some(range.end)) && range.end > 0 && touches(range.end - 1))
}
