//! The passage of a briefing that best shows why a query found it, as one line of a screen.

use std::cmp::Reverse;
use std::ops::Range;

use super::Part;
use super::hits::{hits, joined, phrases};
use super::phrase::Phrase;
use crate::briefing::Briefing;
use crate::corpus::kwic::Plain;
use crate::corpus::query::Query;
use crate::text::{Cell, display_width, floor_boundary, prose_cells, sentences};

/// Stands for words that are left out; one column.
const CUT: &str = "…";
/// Bytes of a text that are looked at where nothing of it was found: more than any screen shows.
const BEGINNING: usize = 2_000;
/// Bytes that a column takes at most, but for signs of which one shows few.
const BYTES_OF_COLUMN: usize = 4;

/// A line cut out of a briefing; nothing in it that a terminal obeys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// What is shown, without markup and line breaks.
    pub text: String,
    /// The bytes of it that were found, in order and without overlap. Empty where the query asks for
    /// no words, or found the briefing by its title alone.
    pub hits: Vec<Range<usize>>,
    /// The byte of the body at which the first word that was found stands.
    pub first_in_body: Option<usize>,
}

impl Snippet {
    /// The passage in which most of what is looked for stands together, at most so many columns wide:
    /// of the body, else of the summary, the tags or the sources. Where nothing is found in these, their
    /// beginning.
    #[must_use]
    pub fn of(briefing: &Briefing, query: &Query, columns: usize) -> Self {
        let wanted = phrases(query, Part::All);
        let body = briefing.body.as_str();
        if let Some(snippet) = Self::cut(body, &wanted, columns) {
            return snippet;
        }
        let named = |names: Vec<&str>| names.join(", ");
        let beside = [
            briefing.summary.clone().unwrap_or_default(),
            named(briefing.tags.iter().map(String::as_str).collect()),
            named(briefing.sources.iter().map(|source| source.name.as_str()).collect()),
        ];
        let found = beside.iter().find_map(|text| Self::cut(text, &wanted, columns));
        let found = found.map(|found| Self { first_in_body: None, ..found });
        found.unwrap_or_else(|| {
            let text = briefing.summary.as_deref().filter(|text| !text.trim().is_empty());
            Self::beginning(text.unwrap_or(body), columns)
        })
    }

    /// The best passage of a text; `None` where nothing of it was found.
    fn cut(text: &str, wanted: &[Phrase], columns: usize) -> Option<Self> {
        let mut found = hits(text, wanted);
        found.sort_unstable_by_key(|(range, number)| (range.start, range.end, *number));
        let first = found.first()?.0.start;
        let passage = densest(text, &found, columns)?;
        let plain = Plain::around(text, &passage)?;
        let lit = joined(hits(&plain.text, wanted));
        let line = line(&plain.text, plain.shown(&passage), &lit, columns);
        Some(Self { first_in_body: Some(first), ..line })
    }

    fn beginning(text: &str, columns: usize) -> Self {
        let near = floor_boundary(text, BEGINNING);
        let from = text.len() - text.trim_start().len();
        let from = from.min(near)..from.min(near);
        let plain = Plain::around(text, &from);
        plain.map(|plain| line(&plain.text, 0..0, &[], columns)).unwrap_or_default()
    }
}

/// Different phrases, hits, and bytes that they take.
type Value = (u32, usize, Reverse<usize>);

/// The bytes of one paragraph between the first and the last of those hits that stand together on a
/// line: those of most different phrases, then most of them, then the closest, then the first.
fn densest(text: &str, found: &[(Range<usize>, usize)], columns: usize) -> Option<Range<usize>> {
    let mut best: Option<(Value, Range<usize>)> = None;
    for (at, (first, _)) in found.iter().enumerate() {
        let (mut different, mut many, mut end) = (0u64, 0, first.end);
        for (range, number) in found.get(at..).unwrap_or_default() {
            let between = text.get(end..range.start).unwrap_or_default();
            if many > 0 && (range.end > first.start + columns || between.contains("\n\n")) {
                break;
            }
            different |= 1 << (*number).min(63);
            many += 1;
            end = end.max(range.end);
        }
        let value = (different.count_ones(), many, Reverse(end - first.start));
        if best.as_ref().is_none_or(|(other, _)| value > *other) {
            best = Some((value, first.start..end));
        }
    }
    best.map(|(_, range)| range)
}

/// One line of a plain text, around a passage of it.
fn line(text: &str, passage: Range<usize>, lit: &[Range<usize>], columns: usize) -> Snippet {
    let cells: Vec<Cell<'_>> = prose_cells(text.trim_end()).collect();
    let mut kept = window(text, &cells, &passage, columns);
    loop {
        let snippet = written(&cells, &kept, lit);
        if display_width(&snippet.text) <= columns {
            return snippet;
        }
        if kept.is_empty() {
            return Snippet::default();
        }
        kept.end -= 1;
    }
}

/// The cells that are shown: whole words, from the beginning of the sentence where there is room.
fn window(text: &str, cells: &[Cell<'_>], passage: &Range<usize>, columns: usize) -> Range<usize> {
    let begin = cells.iter().position(|cell| !is_space(cell)).unwrap_or(0);
    let width = |range: Range<usize>| -> usize {
        let cells = cells.get(range).unwrap_or_default();
        cells.iter().map(|cell| usize::from(cell.width)).sum()
    };
    if width(begin..cells.len()) <= columns {
        return begin..cells.len();
    }
    let cell_at = |byte: usize| cells.partition_point(|cell| cell.range.end <= byte);
    let first = cell_at(passage.start).max(begin);
    let last = cells.partition_point(|cell| cell.range.start < passage.end).max(first);
    let sentence = sentence_start(text, passage.start, columns);
    let sentence = sentence.map_or(begin, |start| cell_at(start).max(begin)).min(first);
    let start = if width(sentence..last) < columns {
        sentence
    } else {
        let room = columns.saturating_sub(width(first..last) + 1);
        let behind = width(last..cells.len());
        let before = (room.saturating_sub(1) / 2).max(room.saturating_sub(behind));
        word_start(cells, first, fitting(cells.get(..first).unwrap_or_default(), before))
    };
    let used = usize::from(start > begin && start != sentence);
    let used = used + usize::from(used + width(start..cells.len()) > columns);
    let mut end = start;
    let mut room = columns.saturating_sub(used);
    while let Some(cell) = cells.get(end).filter(|cell| usize::from(cell.width) <= room) {
        room -= usize::from(cell.width);
        end += 1;
    }
    start..word_end(cells, last.min(end), end)
}

/// Where the sentence of a byte begins, as far as that may be in so many columns: telling sentences apart
/// costs more than all else of a snippet.
fn sentence_start(text: &str, at: usize, columns: usize) -> Option<usize> {
    let near = floor_boundary(text, at.saturating_sub(columns.saturating_mul(BYTES_OF_COLUMN)));
    let nearby = text.get(near..)?;
    // What is cut off before is no beginning.
    let all = sentences(nearby).skip(usize::from(near > 0)).map(|one| near + one.start);
    all.take_while(|start| *start <= at).last()
}

/// How far to the left so many columns reach.
fn fitting(cells: &[Cell<'_>], columns: usize) -> usize {
    let mut room = columns;
    let mut start = cells.len();
    for cell in cells.iter().rev() {
        let Some(left) = room.checked_sub(usize::from(cell.width)) else { break };
        (room, start) = (left, start - 1);
    }
    start
}

/// The first word that begins at or behind a cell and before another; the cell itself where none does.
fn word_start(cells: &[Cell<'_>], before: usize, at: usize) -> usize {
    if at == 0 || cells.get(at - 1).is_some_and(is_space) {
        return at;
    }
    let between = cells.get(at..before).unwrap_or_default();
    between.iter().position(is_space).map_or(at, |space| at + space + 1)
}

/// The end of the last word that ends at or before a cell and behind another; the cell itself where
/// none does.
fn word_end(cells: &[Cell<'_>], behind: usize, at: usize) -> usize {
    let is_whole = cells.get(at).is_none_or(is_space);
    let between = cells.get(behind..at).unwrap_or_default();
    let space = if is_whole { None } else { between.iter().rposition(is_space) };
    let mut end = space.map_or(at, |space| behind + space);
    while end > behind && cells.get(end - 1).is_some_and(is_space) {
        end -= 1;
    }
    end
}

fn is_space(cell: &Cell<'_>) -> bool {
    cell.shown == " "
}

/// What these cells show, with a sign where the text goes on within a sentence.
fn written(cells: &[Cell<'_>], kept: &Range<usize>, lit: &[Range<usize>]) -> Snippet {
    let shown = cells.get(kept.clone()).unwrap_or_default();
    let mut snippet = Snippet::default();
    if is_cut_before(cells, kept.start) {
        snippet.text.push_str(CUT);
    }
    for cell in shown {
        let start = snippet.text.len();
        snippet.text.push_str(&cell.shown);
        let is_hit = |hit: &Range<usize>| hit.start < cell.range.end && cell.range.start < hit.end;
        let Some(number) = lit.iter().position(is_hit).filter(|_| !cell.shown.is_empty()) else {
            continue;
        };
        let end = snippet.text.len();
        let begins = lit.get(number).is_some_and(|hit| cell.range.start <= hit.start);
        match snippet.hits.last_mut() {
            Some(last) if last.end == start && !begins => last.end = end,
            _ => snippet.hits.push(start..end),
        }
    }
    if kept.end < cells.len() {
        snippet.text.push_str(CUT);
    }
    snippet
}

/// Whether something of the same sentence stands before a cell.
fn is_cut_before(cells: &[Cell<'_>], start: usize) -> bool {
    let mut before = cells.get(..start).unwrap_or_default().iter().rev();
    let last = before.find(|cell| !is_space(cell));
    last.is_some_and(|cell| !cell.shown.ends_with(ends_sentence))
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '؟' | '”' | '"' | '»' | ')')
}

#[cfg(test)]
mod tests;
