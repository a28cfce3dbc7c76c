//! The tree of a query becomes sets of briefings and of rows.

use roaring::RoaringBitmap;

use super::Marks;
use super::people::find_actor;
use crate::corpus::Corpus;
use crate::corpus::facets::Facets;
use crate::corpus::query::{
    DateTest, Field, Flag, GradeTest, Node, QueryProblem, Term, Test, Value,
};
use crate::corpus::words::Part;
use crate::date::{PackedBound, PackedDays};

/// All briefings of a corpus.
pub(super) fn everything(corpus: &Corpus) -> RoaringBitmap {
    all_below(u32::try_from(corpus.entries.len()).unwrap_or(u32::MAX))
}

fn all_below(end: u32) -> RoaringBitmap {
    let mut all = RoaringBitmap::new();
    all.insert_range(0..end);
    all
}

/// What a part of a query finds.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// Briefings, whatever their events are.
    Briefings(RoaringBitmap),
    /// Briefings whatever their events are, and rows, which include theirs.
    Rows { whole: RoaringBitmap, rows: RoaringBitmap },
}

impl Found {
    fn and(self, other: Self, facets: &Facets) -> Self {
        match (self, other) {
            (Self::Briefings(a), Self::Briefings(b)) => Self::Briefings(a & b),
            (Self::Briefings(a), Self::Rows { whole, rows })
            | (Self::Rows { whole, rows }, Self::Briefings(a)) => {
                Self::Rows { whole: whole & &a, rows: facets.within(&rows, &a) }
            }
            (Self::Rows { whole: a, rows: b }, Self::Rows { whole, rows }) => {
                Self::Rows { whole: a & whole, rows: b & rows }
            }
        }
    }

    fn or(self, other: Self, facets: &Facets) -> Self {
        match (self, other) {
            (Self::Briefings(a), Self::Briefings(b)) => Self::Briefings(a | b),
            (Self::Briefings(a), Self::Rows { whole, rows })
            | (Self::Rows { whole, rows }, Self::Briefings(a)) => {
                Self::Rows { rows: rows | facets.rows_of(&a), whole: whole | a }
            }
            (Self::Rows { whole: a, rows: b }, Self::Rows { whole, rows }) => {
                Self::Rows { whole: a | whole, rows: b | rows }
            }
        }
    }

    /// All briefings that are found, and the rows where the query speaks of events.
    pub fn settled(self, facets: &Facets) -> (RoaringBitmap, Option<RoaringBitmap>) {
        match self {
            Self::Briefings(briefings) => (briefings, None),
            Self::Rows { whole, rows } => (whole | facets.owners_of(&rows), Some(rows)),
        }
    }

    fn briefings(&self, facets: &Facets) -> RoaringBitmap {
        match self {
            Self::Briefings(briefings) => briefings.clone(),
            Self::Rows { whole, rows } => whole | facets.owners_of(rows),
        }
    }
}

/// What a query is asked of.
#[derive(Clone, Copy)]
pub(super) struct Evaluation<'a> {
    pub corpus: &'a Corpus,
    pub marks: &'a dyn Marks,
}

/// How a part of a query is meant where it stands.
#[derive(Clone, Copy)]
struct Sense<'a> {
    /// Whether all that it does not find is asked for.
    negated: bool,
    /// Where its words are looked for.
    part: Part,
    /// The briefings that are still of interest.
    within: Option<&'a RoaringBitmap>,
}

impl Evaluation<'_> {
    pub fn find(&self, root: &Node) -> Result<Found, QueryProblem> {
        self.node(root, Sense { negated: false, part: Part::All, within: None })
    }

    fn facets(&self) -> &Facets {
        &self.corpus.facets
    }

    fn node(&self, node: &Node, sense: Sense<'_>) -> Result<Found, QueryProblem> {
        match node {
            Node::Not(inner) => self.node(inner, Sense { negated: !sense.negated, ..sense }),
            Node::Term(term) => self.term(term, sense),
            Node::All(parts) => {
                let is_switched = parts.iter().any(Node::is_switch);
                let part = if is_switched { Part::Title } else { sense.part };
                let sense = Sense { part, ..sense };
                if sense.negated { self.any(parts, sense) } else { self.all(parts, sense) }
            }
            Node::Any(parts) if sense.negated => self.all(parts, sense),
            Node::Any(parts) => self.any(parts, sense),
        }
    }

    /// All of these: words last, for a phrase is read for in what the others leave.
    fn all(&self, parts: &[Node], sense: Sense<'_>) -> Result<Found, QueryProblem> {
        let mut found: Option<Found> = None;
        for words in [false, true] {
            for part in parts.iter().filter(|part| is_words(part) == words && !part.is_switch()) {
                let within = found.as_ref().map(|found| found.briefings(self.facets()));
                let within = within.as_ref().filter(|_| words || has_words(part)).or(sense.within);
                let next = self.node(part, Sense { within, ..sense })?;
                found = Some(match found {
                    Some(found) => found.and(next, self.facets()),
                    None => next,
                });
            }
        }
        Ok(found.unwrap_or_else(|| Found::Briefings(everything(self.corpus))))
    }

    fn any(&self, parts: &[Node], sense: Sense<'_>) -> Result<Found, QueryProblem> {
        let mut found: Option<Found> = None;
        for part in parts.iter().filter(|part| !part.is_switch()) {
            let next = self.node(part, sense)?;
            found = Some(match found {
                Some(found) => found.or(next, self.facets()),
                None => next,
            });
        }
        Ok(found.unwrap_or_else(|| Found::Briefings(everything(self.corpus))))
    }

    fn term(&self, term: &Term, sense: Sense<'_>) -> Result<Found, QueryProblem> {
        let found = match &term.test {
            Test::Words { text, prefix } => {
                let words = &self.corpus.words;
                words.find(text, *prefix, sense.part, sense.within)
            }
            Test::Field { field, value } if field.row().binds_event => {
                let rows = self.rows(*field, value, term)?;
                let all = || all_below(self.facets().row_count());
                let rows = if sense.negated { all() - rows } else { rows };
                return Ok(Found::Rows { whole: RoaringBitmap::new(), rows });
            }
            Test::Field { field, value } => self.briefings(*field, value, term)?,
        };
        Ok(Found::Briefings(if sense.negated { everything(self.corpus) - found } else { found }))
    }

    /// Rows of which a term on events holds.
    fn rows(
        &self,
        field: Field,
        value: &Value,
        term: &Term,
    ) -> Result<RoaringBitmap, QueryProblem> {
        let facets = self.facets();
        Ok(match (field, value) {
            (Field::By, Value::Text(name)) => {
                Some(facets.rows_by(find_actor(self.corpus, name, term)?).collect())
            }
            (Field::To, Value::Text(name)) => {
                Some(facets.rows_to(find_actor(self.corpus, name, term)?).collect())
            }
            (_, Value::Text(place)) => Some(facets.places.with_words(place)),
            (_, Value::Class(class)) => facets.classes.get(class).cloned(),
            (_, Value::Status(status)) => facets.statuses.get(status).cloned(),
            (_, Value::Date(date)) => Some(self.happened(date)),
            _ => None,
        }
        .unwrap_or_default())
    }

    /// Rows of events that may have happened then.
    fn happened(&self, test: &DateTest) -> RoaringBitmap {
        let timeline = &self.corpus.timeline;
        // The events are in order before the texts were looked through, and then no row is of a briefing.
        let is_surveyed = timeline.row_count() == self.facets().row_count() as usize;
        let admits = test.packed();
        let rows = is_surveyed.then(|| timeline.rows_dated(|days| is_within(days, &admits)));
        rows.unwrap_or_default()
    }

    /// Briefings of which a term holds that says nothing of events.
    fn briefings(
        &self,
        field: Field,
        value: &Value,
        term: &Term,
    ) -> Result<RoaringBitmap, QueryProblem> {
        let facets = self.facets();
        Ok(match (field, value) {
            (Field::Actor, Value::Text(name)) => {
                let actor = find_actor(self.corpus, name, term)?;
                let known = self.corpus.concordance.actor(actor);
                known.map(|known| known.briefings.clone()).unwrap_or_default()
            }
            (Field::Tag, Value::Text(tag)) => facets.tags.exactly(tag),
            (Field::Source, Value::Text(name)) => facets.sources.with_words(name),
            (Field::Corpus, Value::Text(name)) => self.corpus.of_root(name),
            (_, Value::Kind(kind)) => facets.kinds.get(kind).cloned().unwrap_or_default(),
            (_, Value::Date(date)) => within(&facets.issued, date),
            (_, Value::Grade(grade)) => self.graded(*grade),
            (_, Value::Flag(flag)) => self.flagged(*flag),
            _ => RoaringBitmap::new(),
        })
    }

    fn graded(&self, test: GradeTest) -> RoaringBitmap {
        self.entries(|entry| entry.grade().is_some_and(|grade| test.admits(grade)))
    }

    fn flagged(&self, flag: Flag) -> RoaringBitmap {
        match flag {
            Flag::Title => everything(self.corpus),
            Flag::Problem => self.facets().problems.clone(),
            Flag::Unread => self.entries(|entry| self.marks.is_unread(&entry.slug)),
            Flag::Read => self.entries(|entry| !self.marks.is_unread(&entry.slug)),
            Flag::Starred => self.entries(|entry| self.marks.is_starred(&entry.slug)),
        }
    }

    fn entries(&self, holds: impl Fn(&crate::corpus::Entry) -> bool) -> RoaringBitmap {
        let all = (0..).zip(self.corpus.entries.iter());
        all.filter(|(_, entry)| holds(entry)).map(|(at, _)| at).collect()
    }
}

fn within(dates: &[PackedDays], test: &DateTest) -> RoaringBitmap {
    let admits = test.packed();
    let all = (0..).zip(dates).filter(|(_, days)| is_within(**days, &admits)).map(|(at, _)| at);
    RoaringBitmap::from_sorted_iter(all).unwrap_or_default()
}

fn is_within(days: PackedDays, admits: &impl Fn(PackedBound, PackedBound) -> bool) -> bool {
    let (is_undated, last, first) = days.in_order();
    !is_undated && admits(first, last)
}

/// Whether it is words and no more.
fn is_words(node: &Node) -> bool {
    match node {
        Node::Not(inner) => is_words(inner),
        Node::Term(term) => term.test.field().is_none(),
        Node::All(_) | Node::Any(_) => false,
    }
}

fn has_words(node: &Node) -> bool {
    let mut terms = Vec::new();
    node.gather(&mut terms);
    terms.iter().any(|term| term.test.field().is_none())
}
