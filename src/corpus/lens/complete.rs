//! How what is being typed may go on.

mod piece;

use std::ops::Range;

use super::people::id_of;
use crate::corpus::Corpus;
use crate::corpus::concordance::ActorId;
use crate::corpus::facets::{Facets, Names, Numbers};
use crate::corpus::query::{FIELDS, Field, FieldRow, Takes, in_quotes_if_needed};
use crate::text::fold_key;
use piece::{Piece, piece_at};

/// Most that are offered.
const MOST: usize = 50;
/// Most words of the texts that are offered beside fields and names.
const MOST_WORDS: usize = 8;
/// Letters from which on names and words are offered without a field.
const ENOUGH: usize = 2;

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the typed text that it replaces.
    pub range: Range<usize>,
    /// What it puts there.
    pub text: String,
    /// What it is, for a list: a name, or a field with what it finds.
    pub shown: String,
    /// How many briefings it finds by itself; 0 for a field alone.
    pub count: u64,
}

/// How the term at the cursor (a byte of the text) may go on, the best first, at most 50: fields,
/// values of a field (actors by any alias), and words of the texts.
#[must_use]
pub fn complete(corpus: &Corpus, text: &str, cursor: usize) -> Vec<Completion> {
    let piece = piece_at(text, cursor);
    let mut found = match piece.field {
        Some(row) => values(corpus, row, &piece, ""),
        None if piece.quoted => Vec::new(),
        None => openings(corpus, &piece),
    };
    found.truncate(MOST);
    found
}

/// What may stand where no field is named yet.
fn openings(corpus: &Corpus, piece: &Piece<'_>) -> Vec<Completion> {
    let typed = piece.typed.to_ascii_lowercase();
    let fields = FIELDS.iter().filter(|row| row.name.starts_with(&typed));
    let mut found: Vec<Completion> = fields
        .map(|row| {
            let text = format!("{}:", row.name);
            piece.offer(text.clone(), format!("{text} {}", row.doc), 0)
        })
        .collect();
    if piece.typed.chars().count() < ENOUGH {
        return found;
    }
    for field in [Field::Actor, Field::Tag] {
        let row = field.row();
        found.extend(values(corpus, row, piece, &format!("{}:", row.name)));
    }
    let words = corpus.words.beginning_with(piece.typed, MOST_WORDS);
    found.extend(words.into_iter().map(|(word, count)| piece.offer(word.clone(), word, count)));
    found
}

/// The values of a field that what is typed may become, behind `before`.
fn values(corpus: &Corpus, row: &FieldRow, piece: &Piece<'_>, before: &str) -> Vec<Completion> {
    let facets = &corpus.facets;
    let offer = |(value, shown, count): (String, String, u64)| {
        piece.offer(format!("{before}{}", in_quotes_if_needed(&value)), shown, count)
    };
    let found = match row.takes {
        Takes::Actor => actors(corpus, row.field, piece.typed),
        Takes::Text => match row.field {
            Field::Tag => names(&facets.tags, piece.typed, None),
            Field::Source => names(&facets.sources, piece.typed, None),
            Field::Place => names(&facets.places, piece.typed, Some(facets)),
            _ => {
                let wanted = fold_key(piece.typed);
                let fits = |name: &&String| fold_key(name).starts_with(&wanted);
                let offer =
                    |name: &String| (name.clone(), name.clone(), corpus.of_root(name).len());
                corpus.roots.iter().filter(fits).map(offer).collect()
            }
        },
        Takes::Class | Takes::Status | Takes::Kind | Takes::Flag => {
            let typed = piece.typed.to_lowercase();
            let words = row.words().into_iter();
            let words = words.filter(|word| word.to_lowercase().starts_with(&typed));
            words.map(|word| (word.to_owned(), word.to_owned(), count(corpus, row, word))).collect()
        }
        Takes::Date | Takes::Grade => Vec::new(),
    };
    found.into_iter().map(offer).collect()
}

/// How many briefings a field finds with one of its few words.
fn count(corpus: &Corpus, row: &FieldRow, word: &str) -> u64 {
    let term = format!("{}:{word}", row.name);
    let query = crate::corpus::query::parse_query(&term);
    let lens = query.and_then(|query| super::find_lens(corpus, &query, &super::NoMarks));
    // What is read and starred only a desk knows.
    let is_known = row.field != Field::Is;
    lens.ok().filter(|_| is_known).map_or(0, |lens| lens.briefings.len())
}

/// Actors whose id, name or alias begins so, or has a word that does: the nearer first, then those in
/// more briefings.
fn actors(corpus: &Corpus, field: Field, typed: &str) -> Vec<(String, String, u64)> {
    let facets = &corpus.facets;
    let count = |id: ActorId| match field {
        Field::By => facets.owner_count(facets.rows_by(id)),
        Field::To => facets.owner_count(facets.rows_to(id)),
        _ => corpus.concordance.actor(id).map_or(0, |known| known.briefings.len()),
    };
    let wanted = fold_key(typed);
    let names = corpus.concordance.names();
    let mut found: Vec<(u8, ActorId)> =
        names.filter_map(|(name, id)| Some((nearness(name, &wanted)?, id))).collect();
    found.sort_unstable_by_key(|(nearness, id)| (*id, *nearness));
    found.dedup_by_key(|(_, id)| *id);
    let mut found: Vec<_> =
        found.into_iter().map(|(nearness, id)| (nearness, count(id), id)).collect();
    found.retain(|(_, count, _)| *count > 0);
    found.sort_by_key(|(nearness, count, id)| (*nearness, std::cmp::Reverse(*count), *id));
    found.truncate(MOST);
    let row = |(_, count, id): (u8, u64, ActorId)| {
        let name = corpus.concordance.actor(id).map(|known| known.actor.name.clone());
        (id_of(corpus, id).to_owned(), name.unwrap_or_default(), count)
    };
    found.into_iter().map(row).collect()
}

/// Names that what is typed may become; `of_rows` where events have them, whose briefings count.
fn names(names: &Names, typed: &str, of_rows: Option<&Facets>) -> Vec<(String, String, u64)> {
    let count = |found: &Numbers<'_>| match of_rows {
        Some(facets) => facets.owner_count(found.set()),
        None => found.count(),
    };
    let wanted = crate::actor::slug_of(typed);
    let mut found: Vec<(u8, u64, &str)> = names
        .all()
        .filter_map(|(key, name, found)| Some((nearness(key, &wanted)?, count(&found), name)))
        .collect();
    found.sort_by_key(|(nearness, count, name)| (*nearness, std::cmp::Reverse(*count), *name));
    found.truncate(MOST);
    found.into_iter().map(|(_, count, name)| (name.to_owned(), name.to_owned(), count)).collect()
}

/// 0 the same, 1 begins so, 2 a word of it begins so.
fn nearness(name: &str, wanted: &str) -> Option<u8> {
    if name == wanted {
        return Some(0);
    }
    if name.starts_with(wanted) {
        return Some(1);
    }
    let begins_word = |(at, _): (usize, &str)| {
        name.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    };
    name.match_indices(wanted).any(begins_word).then_some(2)
}
