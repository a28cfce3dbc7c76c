//! Every actor of the corpus, found by typing any part of any name, in any script.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use roaring::RoaringBitmap;

use crate::app::list::{ListCursor, Motion};
use crate::app::prompt::Line;
use crate::corpus::concordance::CorpusActor;
use crate::corpus::{ActorId, Corpus};

/// A row of the picker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Who.
    pub actor: ActorId,
    /// Which of his aliases matched best; `None` where it is his name.
    pub alias: Option<usize>,
    /// Briefings of the lens in which he stands: what narrowing to him would leave.
    pub in_lens: u64,
}

/// State of the picker.
#[derive(Clone, Debug)]
pub struct Picker {
    /// What is typed.
    pub line: Line,
    /// Who matches: best match first, then who is mentioned most.
    pub rows: Vec<Row>,
    /// Cursor over `rows`.
    pub cursor: ListCursor,
    /// How many actors there are.
    pub all: usize,
}

/// A match scores this much less by an alias than by the name.
const ALIAS_COSTS: u32 = 4;

impl Picker {
    /// Opens it over a corpus, with all of its actors.
    #[must_use]
    pub fn new(corpus: &Corpus, lens: &RoaringBitmap, height: usize) -> Self {
        let mut picker = Self {
            line: Line::default(),
            rows: Vec::new(),
            cursor: ListCursor::default(),
            all: corpus.concordance.actors().len(),
        };
        picker.search(corpus, lens, height);
        picker
    }

    /// Shows who matches the line, with the cursor on the best match.
    pub fn search(&mut self, corpus: &Corpus, lens: &RoaringBitmap, height: usize) {
        let row = |Match { actor, alias }: Match| Row {
            actor,
            alias,
            in_lens: corpus
                .concordance
                .actor(actor)
                .map_or(0, |known| known.briefings.intersection_len(lens)),
        };
        self.rows = find_actors(corpus, self.line.text()).into_iter().map(row).collect();
        self.cursor = ListCursor::default();
        self.go(Motion::By(0), height);
    }

    /// Looks through another corpus, and stays on the same row.
    pub fn refresh(&mut self, corpus: &Corpus, lens: &RoaringBitmap, height: usize) {
        let at = self.cursor.at;
        self.all = corpus.concordance.actors().len();
        self.search(corpus, lens, height);
        self.go(Motion::To(at + 1), height);
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.cursor.go(motion, self.rows.len(), |_| true);
        self.cursor.keep_in_view(self.rows.len(), height, |_| true);
    }

    /// Who is under the cursor.
    #[must_use]
    pub fn under_cursor(&self) -> Option<ActorId> {
        self.rows.get(self.cursor.at).map(|row| row.actor)
    }
}

/// An actor who matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Who.
    pub actor: ActorId,
    /// Which of his aliases matched best; `None` where it is his name.
    pub alias: Option<usize>,
}

/// Actors of a corpus who match what is typed, fuzzily: the best match first, then who is mentioned
/// most; all of them where nothing is typed. Matches half as good as the best are left out.
#[must_use]
pub fn find_actors(corpus: &Corpus, typed: &str) -> Vec<Match> {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(typed.trim(), CaseMatching::Ignore, Normalization::Smart);
    let mut characters = Vec::new();
    let mut found: Vec<_> = corpus
        .concordance
        .all()
        .filter_map(|(actor, known)| {
            let (score, alias) = best(known, &pattern, &mut matcher, &mut characters)?;
            let rank = Reverse((score, known.mentions, known.briefings.len()));
            Some((rank, Match { actor, alias }))
        })
        .collect();
    found.sort_unstable_by_key(|(rank, one)| (*rank, one.actor));
    let least = found.first().map_or(0, |(rank, _)| rank.0.0 / 2);
    found.retain(|(rank, _)| rank.0.0 >= least);
    found.into_iter().map(|(_, one)| one).collect()
}

/// How well an actor matches, and by which alias; an empty pattern matches everybody by name.
fn best(
    known: &CorpusActor,
    pattern: &Pattern,
    matcher: &mut Matcher,
    characters: &mut Vec<char>,
) -> Option<(u32, Option<usize>)> {
    let mut score = |text: &str| pattern.score(Utf32Str::new(text, characters), matcher);
    let by_name = score(&known.actor.name).map(|score| (score, None));
    let aliases = known.actor.aliases.iter().enumerate();
    let by_alias = aliases.filter_map(|(at, alias)| {
        Some((score(&alias.text)?.saturating_sub(ALIAS_COSTS), Some(at)))
    });
    by_name.into_iter().chain(by_alias).max_by_key(|(score, alias)| (*score, Reverse(*alias)))
}
