//! Words one behind the other, looked for in a text.

use std::ops::Range;

use memchr::memmem::Finder;

use super::units::{Unit, begins_word, start_of_unit, units, word_length};
use crate::text::fold_key;

/// What is looked for: units with nothing but blanks and punctuation between them.
#[derive(Clone, Debug)]
pub struct Phrase {
    pub units: Vec<Unit>,
    /// Whether the last unit may go on.
    pub prefix: bool,
}

impl Phrase {
    pub fn new(text: &str, prefix: bool) -> Self {
        let folded = fold_key(text);
        let unit = |(range, is_run)| {
            let unit = folded.get::<Range<usize>>(range).unwrap_or_default().to_owned();
            if is_run { Unit::Run(unit) } else { Unit::Word(unit) }
        };
        Self { units: units(&folded).map(unit).collect(), prefix }
    }

    /// Whether a text may have all its words and yet not the phrase.
    pub fn is_more_than_its_words(&self) -> bool {
        match self.units.as_slice() {
            [Unit::Word(_)] | [] => false,
            [Unit::Run(run)] => run.chars().count() > 2,
            _ => true,
        }
    }

    /// Where it stands in a folded text, in order and without overlap; a word that goes on is taken
    /// to its end.
    pub fn find_in<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let first = match self.units.first() {
            Some(Unit::Word(text) | Unit::Run(text)) => text.as_str(),
            None => "",
        };
        let finder = Finder::new(first);
        let mut at = 0;
        std::iter::from_fn(move || {
            while !first.is_empty() {
                let start = at + finder.find(folded.as_bytes().get(at..)?)?;
                if let Some(end) = self.end_of_match(folded, start) {
                    at = end;
                    return Some(start..end);
                }
                at = start + first.chars().next().map_or(1, char::len_utf8);
            }
            None
        })
    }

    /// Where the match ends whose first unit stands at `start`.
    fn end_of_match(&self, folded: &str, start: usize) -> Option<usize> {
        let mut end = start;
        let mut before: Option<&Unit> = None;
        for (at, unit) in self.units.iter().enumerate() {
            let behind = folded.get(end..).unwrap_or_default();
            let is_possessive = matches!(before, Some(Unit::Word(_))) && behind.starts_with("'s");
            let possessive = if is_possessive { "'s".len() } else { 0 };
            let begin = if at == 0 { start } else { start_of_unit(folded, end + possessive)? };
            before = Some(unit);
            let may_go_on = self.prefix && at + 1 == self.units.len();
            end = begin + unit_length(folded, begin, unit, may_go_on)?;
        }
        Some(end)
    }
}

/// The length of a unit where it stands at this place.
fn unit_length(folded: &str, at: usize, unit: &Unit, may_go_on: bool) -> Option<usize> {
    let rest = folded.get(at..)?;
    match unit {
        Unit::Run(run) => rest.starts_with(run.as_str()).then_some(run.len()),
        Unit::Word(word) => {
            let behind = rest.strip_prefix(word.as_str()).filter(|_| begins_word(folded, at))?;
            let more = word_length(behind);
            let goes_on = behind.get(..more).unwrap_or_default();
            let goes_on = goes_on.strip_suffix("'s").unwrap_or(goes_on);
            (goes_on.is_empty() || may_go_on).then_some(word.len() + goes_on.len())
        }
    }
}
