//! The list: which briefings, in which order, under which headings, and which one is open.

mod order;

use std::collections::BTreeSet;

use roaring::RoaringBitmap;

use crate::app::list::{ListCursor, Motion};
use crate::corpus::lens::Lens;
use crate::corpus::query::Query;
use crate::corpus::words::{Snippet, rank};
use crate::corpus::{BriefingId, Corpus};
use order::Order;

/// How the list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// Newest first; undated last.
    #[default]
    Date,
    /// What answers the words of the lens best first; without such words by date.
    Relevance,
    /// By title, diacritics aside.
    Title,
    /// By the first source's name.
    Source,
}

impl SortBy {
    /// Its name on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Relevance => "relevance",
            Self::Title => "title",
            Self::Source => "source",
        }
    }

    /// The one after it, where the lens has words or not.
    #[must_use]
    pub fn next(self, has_words: bool) -> Self {
        match self {
            Self::Date if has_words => Self::Relevance,
            Self::Date | Self::Relevance => Self::Title,
            Self::Title => Self::Source,
            Self::Source => Self::Date,
        }
    }
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// What the rows beneath have in common: a month, a source.
    Heading(String),
    /// A briefing.
    Briefing(BriefingId),
    /// Why the lens found the briefing above.
    Snippet(BriefingId),
}

impl Row {
    /// The briefing that it is.
    fn briefing(&self) -> Option<BriefingId> {
        match self {
            Self::Briefing(id) => Some(*id),
            Self::Heading(_) | Self::Snippet(_) => None,
        }
    }
}

/// Where one is in the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListPlace {
    /// The briefing under the cursor.
    pub open: Option<BriefingId>,
    /// The cursor, over what was listed then.
    pub cursor: ListCursor,
}

/// State of the list.
#[derive(Clone, Debug, Default)]
pub struct Briefings {
    /// How it is sorted.
    pub sort: SortBy,
    /// What is shown.
    pub rows: Vec<Row>,
    /// Cursor over `rows`; the briefing under it is the open one.
    pub cursor: ListCursor,
    /// Briefings selected for the next command.
    pub selected: BTreeSet<BriefingId>,
    headings: bool,
    snippets: bool,
    columns: usize,
    /// The query of the lens, where it has words.
    words: Option<Query>,
    /// What was cut for rows in view.
    cut: Vec<(BriefingId, Snippet)>,
    /// The briefings of the lens; `None` shows all.
    lens: Option<RoaringBitmap>,
    /// All briefings in the order of a sort: a letter of the lens does not sort anew.
    order: Option<Order>,
    /// Which of the rows are headings, ascending.
    heading_rows: Vec<usize>,
}

/// Fewest rows in which headings are worth their room.
const ROWS_FOR_HEADINGS: usize = 10;
/// Least room in which a line of text below each briefing leaves enough of them in view.
const ROOM_FOR_SNIPPETS: (usize, usize) = (40, 12);
/// Blank columns before a snippet.
pub const SNIPPET_INDENT: usize = 5;

impl Briefings {
    /// An empty list that will be sorted so.
    #[must_use]
    pub fn sorted(sort: SortBy) -> Self {
        Self { sort, ..Self::default() }
    }

    /// Takes the first snapshot, in which nothing is selected, and shows all of it.
    pub fn load(&mut self, corpus: &Corpus, height: usize) {
        self.selected.clear();
        self.order = None;
        self.lens = None;
        self.words = None;
        self.cut.clear();
        self.arrange(corpus, height);
    }

    /// Takes another snapshot and the briefings of its lens; `now` gives a briefing's number there.
    /// What is selected stays so, and the cursor stays at its height on the same briefing; where
    /// that is gone, on the next one that is not.
    pub fn reload(
        &mut self,
        corpus: &Corpus,
        lens: &Lens,
        columns: usize,
        now: &dyn Fn(BriefingId) -> Option<BriefingId>,
        height: usize,
    ) {
        self.selected = self.selected.iter().filter_map(|id| now(*id)).collect();
        let (above, below) = self.rows.split_at(self.cursor.at.min(self.rows.len()));
        let listed = |row: &Row| match row {
            Row::Briefing(id) => now(*id).filter(|id| lens.briefings.contains(id.0)),
            Row::Heading(_) | Row::Snippet(_) => None,
        };
        let here = below.iter().find_map(listed).or_else(|| above.iter().rev().find_map(listed));
        let above = self.cursor.at.saturating_sub(self.cursor.top);
        self.rows.clear();
        self.order = None;
        let place = ListPlace { open: None, cursor: self.cursor };
        self.narrow(corpus, lens, place, columns, height);
        if let Some(row) = here.and_then(|id| self.row_of(id)) {
            // At the end one row may be left blank: a snippet that has lost its briefing.
            let rows = self.rows.len() + usize::from(self.snippets);
            self.cursor.stay(row, above, rows, height);
            self.part_no_snippet(height);
        }
    }

    /// Where one is in it.
    #[must_use]
    pub fn place(&self) -> ListPlace {
        ListPlace { open: self.open(), cursor: self.cursor }
    }

    /// Shows the briefings of a lens in a pane of so many columns and rows, for one who was at a place
    /// of the list, whatever it has shown since.
    pub fn narrow(
        &mut self,
        corpus: &Corpus,
        lens: &Lens,
        from: ListPlace,
        columns: usize,
        height: usize,
    ) {
        let is_all = lens.briefings.len() == corpus.entries.len() as u64;
        self.lens = (!is_all).then(|| lens.briefings.clone());
        self.words = lens.query.has_words().then(|| lens.query.clone());
        self.columns = columns;
        self.cut.clear();
        self.cursor = from.cursor;
        self.arrange_around(corpus, from.open, height);
    }

    /// How it is sorted now: by relevance only where the lens has words.
    #[must_use]
    pub fn shown_sort(&self) -> SortBy {
        match self.sort {
            SortBy::Relevance if self.words.is_none() => SortBy::Date,
            sort => sort,
        }
    }

    /// Sorts it in the next way.
    pub fn turn(&mut self, corpus: &Corpus, height: usize) {
        self.sort = self.shown_sort().next(self.words.is_some());
        self.arrange(corpus, height);
    }

    /// Arranges the rows anew and stays on the same briefing.
    pub fn arrange(&mut self, corpus: &Corpus, height: usize) {
        self.arrange_around(corpus, self.open(), height);
    }

    /// Arranges the rows anew and puts the cursor on a briefing; where it is not listed, on the next that
    /// is in the same order, of what was found for its words on the best.
    fn arrange_around(&mut self, corpus: &Corpus, open: Option<BriefingId>, height: usize) {
        (self.headings, self.snippets) = self.has_room(height);
        let sort = self.shown_sort();
        self.heading_rows.clear();
        match &self.words {
            Some(query) if sort == SortBy::Relevance => {
                self.rows = self.ranked(corpus, query);
                if let Some(id) = open {
                    self.cursor.at = self.row_of(id).unwrap_or(0);
                }
            }
            _ => {
                let known = self.order.take().filter(|order| order.sort == sort);
                let mut order = known.unwrap_or_else(|| Order::new(corpus, sort));
                if let Some(row) = self.list(&mut order, open) {
                    self.cursor.at = row;
                }
                self.order = Some(order);
            }
        }
        let rows = &self.rows;
        self.cursor.settle(rows.len(), |row| stands(rows, row));
        self.keep_in_view(height);
    }

    /// Adapts to another width and height.
    pub fn resize(&mut self, corpus: &Corpus, columns: usize, height: usize) {
        if self.columns != columns {
            self.columns = columns;
            self.cut.clear();
        }
        if (self.headings, self.snippets) == self.has_room(height) {
            self.keep_in_view(height);
        } else {
            self.arrange(corpus, height);
        }
    }

    /// Whether there is room for headings, and for snippets.
    fn has_room(&self, height: usize) -> (bool, bool) {
        let (columns, rows) = ROOM_FOR_SNIPPETS;
        let snippets = self.words.is_some() && self.columns >= columns && height >= rows;
        (height >= ROWS_FOR_HEADINGS, snippets)
    }

    /// Whether rows stand under headings that say the month.
    #[must_use]
    pub fn has_months(&self) -> bool {
        self.headings && self.shown_sort() == SortBy::Date
    }

    /// How many rows the cursor goes through where so many are in view.
    #[must_use]
    pub fn page(&self, height: usize) -> usize {
        if !self.snippets {
            return height;
        }
        let in_view = self.rows.iter().skip(self.cursor.top).take(height);
        in_view.filter(|row| matches!(row, Row::Briefing(_))).count()
    }

    /// Cuts the snippets of the rows in view that are not cut yet.
    pub fn cut_snippets(&mut self, corpus: &Corpus, height: usize) {
        let Some(query) = self.words.as_ref().filter(|_| self.snippets) else { return };
        let in_view = self.rows.iter().skip(self.cursor.top).take(height);
        let columns = self.columns.saturating_sub(SNIPPET_INDENT + 1);
        let is_cut = |id: BriefingId| self.cut.iter().any(|(other, _)| *other == id);
        corpus.fetch(in_view.clone().filter_map(|row| match row {
            Row::Snippet(id) if !is_cut(*id) => Some(*id),
            _ => None,
        }));
        let mut before = std::mem::take(&mut self.cut);
        for row in in_view {
            let Row::Snippet(id) = row else { continue };
            let known = before.iter_mut().find(|(other, _)| other == id);
            let known = known.map(|(_, snippet)| std::mem::take(snippet));
            let cut = || Some(Snippet::of(&corpus.entry(*id)?.briefing(), query, columns));
            if let Some(snippet) = known.or_else(cut) {
                self.cut.push((*id, snippet));
            }
        }
    }

    /// What was cut out of a briefing whose snippet is in view.
    #[must_use]
    pub fn snippet(&self, id: BriefingId) -> Option<&Snippet> {
        self.cut.iter().find(|(other, _)| *other == id).map(|(_, snippet)| snippet)
    }

    /// The briefing under the cursor.
    #[must_use]
    pub fn open(&self) -> Option<BriefingId> {
        match self.rows.get(self.cursor.at) {
            Some(Row::Briefing(id)) => Some(*id),
            _ => None,
        }
    }

    /// What would be open, and all that would be in view, so many briefings further down, or up where
    /// negative.
    pub fn ahead(
        &self,
        stride: isize,
        height: usize,
    ) -> (Option<BriefingId>, impl Iterator<Item = BriefingId> + '_) {
        let (rows, mut there) = (&self.rows, self.cursor);
        there.go(Motion::By(stride), rows.len(), |row| stands(rows, row));
        there.keep_in_view(rows.len(), height, |row| stands(rows, row));
        let in_view = rows.iter().skip(there.top).take(height).filter_map(Row::briefing);
        (rows.get(there.at).and_then(Row::briefing), in_view)
    }

    /// The listed briefings, from the top.
    #[must_use]
    pub fn listed(&self) -> impl DoubleEndedIterator<Item = BriefingId> + '_ {
        self.rows.iter().filter_map(Row::briefing)
    }

    /// Which of how many listed briefings is open, from 1.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        let of_one = if self.snippets { 2 } else { 1 };
        let count = |rows: usize, headings: usize| (rows - headings).div_ceil(of_one);
        let end = (self.cursor.at + 1).min(self.rows.len());
        let headings = self.heading_rows.partition_point(|row| *row < end);
        (count(end, headings), count(self.rows.len(), self.heading_rows.len()))
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion, height: usize) {
        let rows = &self.rows;
        self.cursor.go(motion, rows.len(), |row| stands(rows, row));
        self.keep_in_view(height);
    }

    /// Puts the cursor on a briefing; `false` where it is not listed.
    pub fn go_to(&mut self, id: BriefingId, height: usize) -> bool {
        let Some(row) = self.row_of(id) else { return false };
        self.cursor.at = row;
        self.keep_in_view(height);
        true
    }

    /// Puts the list back to where it was, where the briefing stands in the same row of it.
    pub fn return_to(&mut self, place: ListPlace, height: usize) {
        if place.open.is_some_and(|id| self.rows.get(place.cursor.at) == Some(&Row::Briefing(id))) {
            self.cursor = place.cursor;
            self.keep_in_view(height);
        }
    }

    /// What the next command acts on: the selection, else the open briefing.
    #[must_use]
    pub fn chosen(&self) -> Vec<BriefingId> {
        if self.selected.is_empty() {
            self.open().into_iter().collect()
        } else {
            self.selected.iter().copied().collect()
        }
    }

    fn row_of(&self, id: BriefingId) -> Option<usize> {
        self.rows.iter().position(|row| *row == Row::Briefing(id))
    }

    fn keep_in_view(&mut self, height: usize) {
        let rows = &self.rows;
        self.cursor.keep_in_view(rows.len(), height, |row| stands(rows, row));
        self.part_no_snippet(height);
    }

    /// A snippet is never seen without its briefing; two rows of margin keep the cursor in view.
    fn part_no_snippet(&mut self, height: usize) {
        let (rows, top) = (&self.rows, self.cursor.top);
        if matches!(rows.get(top), Some(Row::Snippet(_))) {
            let is_end = top + height >= rows.len();
            self.cursor.top = if is_end { top + 1 } else { top.saturating_sub(1) };
        }
    }

    fn ranked(&self, corpus: &Corpus, query: &Query) -> Vec<Row> {
        let all = || (0..u32::try_from(corpus.entries.len()).unwrap_or(u32::MAX)).collect();
        let lens = self.lens.clone().unwrap_or_else(all);
        let rows = |(id, _)| self.rows_of(id);
        rank(corpus, query, &lens).into_iter().flat_map(rows).collect()
    }

    fn rows_of(&self, id: BriefingId) -> impl Iterator<Item = Row> + use<> {
        let snippet = self.snippets.then_some(Row::Snippet(id));
        std::iter::once(Row::Briefing(id)).chain(snippet)
    }

    /// Lists what the lens has in this order; where a briefing stands in it, or would.
    fn list(&mut self, order: &mut Order, open: Option<BriefingId>) -> Option<usize> {
        let open = open.and_then(|open| order.place_of(open));
        let mut here = None;
        let count = self.lens.as_ref().map_or(order.all.len() as u64, RoaringBitmap::len);
        let count = usize::try_from(count).unwrap_or(0) * if self.snippets { 2 } else { 1 };
        let mut rows = std::mem::take(&mut self.rows);
        rows.clear();
        rows.reserve(count + order.headings.len());
        let mut above = None;
        let (some, all) = match &self.lens {
            Some(lens) => (order.places_of(lens), 0..0),
            None => (Vec::new(), 0..order.all.len()),
        };
        for at in some.into_iter().chain(all) {
            let Some(id) = order.all.get(at) else { continue };
            let group = order.groups.get(at).filter(|_| self.headings);
            if group != above
                && let Some(heading) = group.and_then(|at| order.headings.get(*at as usize))
            {
                self.heading_rows.push(rows.len());
                rows.push(Row::Heading(heading.clone()));
            }
            above = group;
            if here.is_none() && open.is_some_and(|open| open <= at) {
                here = Some(rows.len());
            }
            rows.push(Row::Briefing(*id));
            if self.snippets {
                rows.push(Row::Snippet(*id));
            }
        }
        let here = here.or_else(|| open.map(|_| rows.len()));
        self.rows = rows;
        here
    }
}

/// Whether the cursor may stand on a row.
fn stands(rows: &[Row], row: usize) -> bool {
    matches!(rows.get(row), Some(Row::Briefing(_)))
}
