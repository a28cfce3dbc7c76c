//! One way to write one actor, and what a text must look like to be it.

use std::ops::Range;

use crate::actor::demonym::plural;
use crate::actor::period::Period;
use crate::actor::surname::surname_of;
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
    exact: bool,
    /// Whether `Putin` may be written `PUTIN`.
    may_shout: bool,
    /// Bytes of an article that must stand there and is no part of the mention.
    pub article: usize,
    /// When it is in use.
    pub period: Period,
    /// Whether it is one word.
    pub is_single: bool,
    /// What its actor is.
    pub kind: Kind,
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
            exact: matching == Some(Matching::Exact),
            may_shout: matching.is_none() && letters > 4 && has_lower,
            period: Period::default(),
            is_single: !kept.contains(' '),
            kept,
            kind,
        }
    }

    /// All forms of an actor: name, aliases, demonyms, surnames, and what it is not.
    pub fn all_of(actor: usize, entity: &Entity) -> Vec<Self> {
        let kind = entity.kind.unwrap_or_default();
        let form = |sort, text: &str, matching| Self::new(actor, kind, sort, text, matching);
        let is_never = |alias: &&Alias| alias.matching == Some(Matching::Never);
        let silenced =
            entity.aliases.iter().filter(is_never).any(|alias| alias.text == entity.name);
        let mut forms = Vec::new();
        if !silenced {
            forms.push(form(Sort::Name, &entity.name, None));
        }
        for alias in entity.aliases.iter().filter(|alias| !is_never(alias)) {
            let period = Period::new(alias.since.as_ref(), alias.until.as_ref());
            forms.push(Self { period, ..form(Sort::Alias, &alias.text, alias.matching) });
        }
        if kind == Kind::Person {
            let known: Vec<String> = forms.iter().map(|form| form.text.clone()).collect();
            for surname in
                known.iter().filter_map(|name| surname_of(name, entity.country.as_deref()))
            {
                forms.push(form(Sort::Surname, surname, None));
            }
        }
        for demonym in &entity.demonyms {
            forms.push(form(Sort::Demonym, demonym, None));
            forms.extend(plural(demonym).map(|text| form(Sort::Demonym, &text, None)));
        }
        forms.extend(entity.not.iter().map(|text| form(Sort::Not, text, Some(Matching::Case))));
        forms.retain(|form| !form.kept.trim().is_empty());
        forms
    }

    /// What is looked for: the form without case and diacritics.
    pub fn pattern(&self) -> String {
        fold(&self.text, CASE_FOLDED).text().to_owned()
    }

    /// Whether the text there, which the pattern matches, is written as the form asks.
    pub fn is_at(&self, text: &str, range: &Range<usize>) -> bool {
        let Some(found) = text.get(range.clone()) else { return false };
        let found = found.replace(['\n', '\t'], " ");
        if self.exact {
            return found == self.text;
        }
        let kept = fold(&found, CASE_KEPT);
        let kept = kept.text();
        kept == self.kept
            || is_capitalised(kept, &self.kept)
            || (self.may_shout && !kept.chars().any(char::is_lowercase))
    }
}

/// Whether two texts, alike but for case, differ only in a capital at the beginning of the first.
fn is_capitalised(found: &str, form: &str) -> bool {
    let (mut found, mut form) = (found.chars(), form.chars());
    let (Some(a), Some(b)) = (found.next(), form.next()) else { return false };
    a.is_uppercase() && b.is_lowercase() && found.as_str() == form.as_str()
}
