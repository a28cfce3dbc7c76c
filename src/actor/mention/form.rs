//! One way to write one actor, and what a text must look like to be it.

use std::borrow::Cow;
use std::ops::Range;

use crate::actor::demonym::plural;
use crate::actor::period::Period;
use crate::actor::source::Said;
use crate::actor::surname::surname_of;
use crate::actor::{FactSource, Facts, Known, Scope};
use crate::briefing::{Alias, Entity, Kind, Matching};
use crate::text::{Folding, fold};

/// Diacritics aside, case as written.
pub const CASE_KEPT: Folding = Folding { case: false, diacritics: true };
/// Case and diacritics aside.
pub const CASE_FOLDED: Folding = Folding { case: true, diacritics: true };

/// What a form is to its actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// The name.
    Name,
    /// An alias.
    Alias,
    /// An adjective, or what its people are called.
    Demonym,
    /// The surname; holds only for who is present in the briefing.
    Surname,
    /// Words around its name that mean something else.
    Not,
}

/// How a text must be written to be a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// To the character.
    Exact,
    /// Diacritics aside, and with a capital where a sentence begins.
    Kept,
    /// The same, and `Putin` may be written `PUTIN`.
    MayShout,
}

/// A way to write an actor.
#[derive(Clone, Debug)]
pub struct Form {
    /// Whose: an index that only the one who made the form can read.
    pub actor: usize,
    /// What it is to him.
    pub sort: Sort,
    /// As it is written.
    pub text: String,
    /// With its case and without its diacritics.
    kept: String,
    case: Case,
    /// Bytes of an article that must stand there and is no part of the mention.
    pub article: usize,
    /// When it is in use.
    pub period: Period,
    /// Whether it is one word.
    pub is_single: bool,
    /// Whether it has no small letter.
    pub is_abbreviation: bool,
    /// What its actor is.
    pub kind: Kind,
    /// Who says so; empty for what the briefing itself declares.
    said_by: Said,
    /// Who says of the same words something else, and whether it is that they are never meant.
    hidden_by: Vec<(FactSource, bool)>,
}

impl Form {
    fn new(actor: usize, kind: Kind, sort: Sort, text: &str, matching: Option<Matching>) -> Self {
        let text = text.trim();
        let kept = fold(text, CASE_KEPT).text().to_owned();
        let letters = kept.chars().filter(|c| c.is_alphabetic()).count();
        let has_lower = kept.chars().any(char::is_lowercase);
        let article = ["the ", "The "].iter().find(|article| text.starts_with(**article));
        Self {
            actor,
            sort,
            article: article.map_or(0, |article| article.len()),
            text: text.to_owned(),
            case: match matching {
                Some(Matching::Exact) => Case::Exact,
                None if letters > 4 && has_lower => Case::MayShout,
                _ => Case::Kept,
            },
            period: Period::default(),
            is_single: !kept.contains(' '),
            is_abbreviation: !text.chars().any(char::is_lowercase),
            kept,
            kind,
            said_by: Said::default(),
            hidden_by: Vec::new(),
        }
    }

    /// All forms of a known actor, each where those hold who say it.
    pub fn all_known(actor: usize, known: &Known) -> Vec<Self> {
        Self::all(actor, &known.entity, Some(&known.facts))
    }

    /// All forms of an actor that a briefing declares.
    pub fn all_of(actor: usize, entity: &Entity) -> Vec<Self> {
        Self::all(actor, entity, None)
    }

    /// Name, aliases, demonyms, surnames, and what it is not.
    fn all(actor: usize, entity: &Entity, facts: Option<&Facts>) -> Vec<Self> {
        let kind = entity.kind.unwrap_or_default();
        let form = |sort, text: &str, matching| Self::new(actor, kind, sort, text, matching);
        let is_never = |alias: &&Alias| alias.matching == Some(Matching::Never);
        let silenced = facts.is_none()
            && entity.aliases.iter().filter(is_never).any(|alias| alias.text == entity.name);
        let said = |pick: fn(&Facts) -> &Vec<Vec<FactSource>>, at: usize| {
            facts
                .and_then(|facts| pick(facts).get(at))
                .map(|said| Said::of(said))
                .unwrap_or_default()
        };
        let mut forms = Vec::new();
        if !silenced {
            let said_by = facts.map(|facts| Said::of(&facts.name)).unwrap_or_default();
            forms.push(Self { said_by, ..form(Sort::Name, &entity.name, None) });
        }
        for (at, alias) in entity.aliases.iter().enumerate().filter(|(_, alias)| !is_never(alias)) {
            let period = Period::new(alias.since.as_ref(), alias.until.as_ref());
            let said_by = said(|facts| &facts.aliases, at);
            forms.push(Self { period, said_by, ..form(Sort::Alias, &alias.text, alias.matching) });
        }
        if let Some(facts) = facts {
            hide(&mut forms, entity, facts);
        }
        if kind == Kind::Person {
            let mut surnames: Vec<Self> = Vec::new();
            for whole in &forms {
                let Some(surname) = surname_of(&whole.text, entity.country.as_deref()) else {
                    continue;
                };
                let (said_by, hidden_by) = (&whole.said_by, &whole.hidden_by);
                let is_same = |one: &Self| {
                    one.text == surname && one.said_by == *said_by && one.hidden_by == *hidden_by
                };
                if !surnames.iter().any(is_same) {
                    let (said_by, hidden_by) = (said_by.clone(), hidden_by.clone());
                    surnames.push(Self {
                        said_by,
                        hidden_by,
                        ..form(Sort::Surname, surname, None)
                    });
                }
            }
            forms.extend(surnames);
        }
        for (at, demonym) in entity.demonyms.iter().enumerate() {
            for text in std::iter::once(demonym.clone()).chain(plural(demonym)) {
                let said_by = said(|facts| &facts.demonyms, at);
                forms.push(Self { said_by, ..form(Sort::Demonym, &text, None) });
            }
        }
        for (at, text) in entity.not.iter().enumerate() {
            let said_by = said(|facts| &facts.not, at);
            forms.push(Self { said_by, ..form(Sort::Not, text, Some(Matching::Case)) });
        }
        forms.retain(|form| !form.kept.trim().is_empty());
        forms
    }

    /// Whether it is a way to write its actor in a briefing for which a scope holds. Of two who
    /// want the same words matched in two ways, the nearer one has the say.
    pub fn holds_in(&self, scope: &Scope) -> bool {
        if self.said_by.as_slice().is_empty() {
            return true;
        }
        let Some(rank) = scope.best(self.said_by.as_slice()) else { return false };
        !self.hidden_by.iter().any(|(source, is_never)| {
            let other = scope.rank(*source);
            other.is_some_and(|other| if *is_never { other <= rank } else { other < rank })
        })
    }

    /// Whether what is written as one asks is written as the other asks, too.
    pub fn is_written_like(&self, other: &Self) -> bool {
        self.text == other.text && self.case == other.case
    }

    /// What is looked for: the form without case and diacritics.
    pub fn pattern(&self) -> String {
        fold(&self.text, CASE_FOLDED).text().to_owned()
    }

    /// Whether a text that begins with a small letter of ASCII may be it; see [`Form::is_at`].
    pub fn begins_small(&self) -> bool {
        self.kept.starts_with(|c: char| c.is_ascii_lowercase())
    }

    /// Whether the text there, which the pattern matches, is written as the form asks.
    pub fn is_at(&self, text: &str, range: &Range<usize>) -> bool {
        let Some(found) = text.get(range.clone()) else { return false };
        if found == self.text {
            return true;
        }
        let is_blank = |c: char| matches!(c, '\n' | '\t');
        let found = if found.contains(is_blank) {
            Cow::Owned(found.replace(is_blank, " "))
        } else {
            Cow::Borrowed(found)
        };
        if self.case == Case::Exact {
            return found == self.text;
        }
        let kept = fold(&found, CASE_KEPT);
        let kept = kept.text();
        kept == self.kept
            || is_capitalised(kept, &self.kept)
            || (self.case == Case::MayShout && !kept.chars().any(char::is_lowercase))
    }
}

/// Notes at each form who wants its words matched in another way.
fn hide(forms: &mut [Form], entity: &Entity, facts: &Facts) {
    for (at, (alias, sources)) in entity.aliases.iter().zip(&facts.aliases).enumerate() {
        let is_never = alias.matching == Some(Matching::Never);
        let is_repeated = alias.text == entity.name
            || entity
                .aliases
                .iter()
                .enumerate()
                .any(|(other, one)| other != at && one.text == alias.text);
        if !is_repeated {
            continue;
        }
        for form in forms.iter_mut().filter(|form| form.text == alias.text) {
            let others = sources
                .iter()
                .filter(|source| is_never || !form.said_by.as_slice().contains(source));
            form.hidden_by.extend(others.map(|source| (*source, is_never)));
        }
    }
}

/// Whether two texts, alike but for case, differ only in a capital at the beginning of the first.
fn is_capitalised(found: &str, form: &str) -> bool {
    let (mut found, mut form) = (found.chars(), form.chars());
    let (Some(a), Some(b)) = (found.next(), form.next()) else { return false };
    a.is_uppercase() && b.is_lowercase() && found.as_str() == form.as_str()
}
