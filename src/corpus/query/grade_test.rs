//! What `grade:` asks of an Admiralty grade (NATO AJP-2.1).

use std::fmt;

use crate::briefing::Grade;

/// A range of letters and one of figures, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GradeTest {
    letters: (char, char),
    figures: (char, char),
}

const LETTERS: (char, char) = ('A', 'F');
const FIGURES: (char, char) = ('1', '6');

impl GradeTest {
    /// `B2`, `B`, `2`, `A-C`, `A-B1-3`; letters in either case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_uppercase();
        let (letters, rest) = range(&text, LETTERS)?;
        let (figures, rest) = range(rest, FIGURES)?;
        rest.is_empty().then_some(Self { letters, figures })
    }

    pub fn admits(self, grade: Grade) -> bool {
        let letter = grade.reliability;
        let figure = char::from_digit(grade.credibility.into(), 10).unwrap_or_default();
        (self.letters.0..=self.letters.1).contains(&letter)
            && (self.figures.0..=self.figures.1).contains(&figure)
    }
}

/// The range that a text begins with and what stands behind it; all of it where there is none.
fn range(text: &str, all: (char, char)) -> Option<((char, char), &str)> {
    let within = |c: &char| (all.0..=all.1).contains(c);
    let mut chars = text.chars();
    let Some(first) = chars.next().filter(within) else { return Some((all, text)) };
    let rest = chars.as_str();
    match rest.strip_prefix('-') {
        None => Some(((first, first), rest)),
        Some(behind) => {
            let mut chars = behind.chars();
            let last = chars.next().filter(within).filter(|last| *last >= first)?;
            Some(((first, last), chars.as_str()))
        }
    }
}

impl fmt::Display for GradeTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut part = |range: (char, char), all: (char, char), is_needed: bool| match range {
            range if range == all && !is_needed => Ok(()),
            (first, last) if first == last => write!(f, "{first}"),
            (first, last) => write!(f, "{first}-{last}"),
        };
        part(self.letters, LETTERS, self.figures == FIGURES)?;
        part(self.figures, FIGURES, false)
    }
}
