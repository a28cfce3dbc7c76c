//! The open text: where one is in it, which lines are in view, what is lit.
//!
//! Only what is near the view is wrapped, so a text of megabytes opens and scrolls like a short one.

mod block;
mod lines;
mod lit;
mod page;

use std::ops::Range;
use std::sync::Arc;

pub use block::{BlockKind, HeaderPart};
pub use lines::{TextRole, ViewLine};

use self::block::Page;
use self::lines::Lines;
use self::lit::Lit;
use crate::actor::{Actor, Mention};
use crate::app::list::Motion;
use crate::corpus::{BriefingId, Corpus};
use crate::desk::TextPlace;
use crate::text::Needle;

/// A line of the page: a block, and a byte of what the block shows. Means nothing in another text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    block: usize,
    /// Whether the blank line above the block is meant.
    blank: bool,
    offset: usize,
}

/// What one walks over in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stops {
    /// Mentions of the active actor.
    Active,
    /// Hits of the search.
    Hits,
    /// Mentions of any actor.
    Mentions,
}

/// State of the pane.
#[derive(Debug, Default)]
pub struct Text {
    briefing: Option<BriefingId>,
    page: Arc<Page>,
    lines: Lines,
    height: usize,
    /// What stands at the top; kept through a change of size.
    anchor: Anchor,
    held: Option<Anchor>,
    restored: bool,
    /// The lines in view, and whether they are still those of all else here.
    view: Vec<ViewLine>,
    is_behind: bool,
    /// The bytes of the body in view.
    in_view: Option<(usize, usize)>,
    mentions: Vec<Mention>,
    kinds: Vec<crate::briefing::Kind>,
    lit: Lit,
    hits: Lit,
    /// The mention or hit that one is at.
    point: Option<Range<usize>>,
    sought: String,
    at_end: bool,
    top_offset: usize,
}

impl Text {
    /// Opens a briefing at its top; `mentions` are those of `actors` in its body.
    pub(in crate::app) fn open(
        &mut self,
        corpus: &Corpus,
        id: BriefingId,
        actors: &[Arc<Actor>],
        mentions: Vec<Mention>,
        columns: usize,
        height: usize,
    ) {
        let sought = std::mem::take(&mut self.sought);
        *self = Self { briefing: Some(id), sought, height, ..Self::default() };
        self.lines.set_columns(columns);
        if let Some(entry) = corpus.entry(id) {
            self.page = Arc::new(page::compose(corpus, entry));
            if !entry.unreadable {
                self.mentions = mentions;
                self.kinds = actors.iter().map(|actor| actor.kind).collect();
            }
        }
        self.refresh();
    }

    /// Lights other mentions in the same text, which stays where it is.
    pub(in crate::app) fn recast(&mut self, actors: &[Arc<Actor>], mentions: Vec<Mention>) {
        self.mentions = mentions;
        self.kinds = actors.iter().map(|actor| actor.kind).collect();
        self.refresh();
    }

    /// Opens the same briefing of another snapshot, at the same lines, or where their words stand
    /// now.
    pub(in crate::app) fn reopen(
        &mut self,
        corpus: &Corpus,
        id: BriefingId,
        actors: &[Arc<Actor>],
        mentions: Vec<Mention>,
        columns: usize,
        height: usize,
    ) {
        let Self { anchor, held, restored, .. } = *self;
        let (before, point) = (Arc::clone(&self.page), self.point.take());
        let held_at = held.map(|held| (held, self.lines.body_offset(&before, held)));
        let top = self.top_offset;
        self.open(corpus, id, actors, mentions, columns, height);
        let (page, body) = (Arc::clone(&self.page), self.page.body());
        self.point = point.and_then(|point| {
            let start = TextPlace::at(before.body(), point.start).find_in(body);
            let now = start..start + point.len();
            (body.get(now.clone()) == before.body().get(point)).then_some(now)
        });
        self.anchor = page.anchor_after(&before, anchor, top);
        self.held = held_at.map(|(held, at)| page.anchor_after(&before, held, at));
        if body == before.body() && page.blocks.len() == before.blocks.len() {
            (self.anchor, self.held) = (anchor, held);
        }
        self.restored = restored;
        self.refresh();
    }

    /// Opens nothing.
    pub(in crate::app) fn close(&mut self) {
        let sought = std::mem::take(&mut self.sought);
        *self = Self { sought, height: self.height, ..Self::default() };
    }

    /// The open briefing.
    #[must_use]
    pub fn briefing(&self) -> Option<BriefingId> {
        self.briefing
    }

    /// The lines in view, top first, at most as many as the pane has rows; as they were when
    /// the pane was shown last.
    #[must_use]
    pub fn view(&self) -> &[ViewLine] {
        &self.view
    }

    /// Mentions of the briefing's actors in its body.
    #[must_use]
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// Links that the body names, in its order.
    pub fn links(&self) -> impl Iterator<Item = String> + '_ {
        self.page.links.iter().cloned()
    }

    /// Whether the last line is in view.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.at_end
    }

    /// Whether everything is in view at once.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.at_end && self.anchor == Anchor::default()
    }

    /// How far one has read, in percent of the body's bytes.
    #[must_use]
    pub fn progress(&self) -> usize {
        if self.at_end {
            return 100;
        }
        let seen = self.in_view.map_or(0, |(_, end)| end);
        (seen.saturating_mul(100) / self.page.body().len().max(1)).min(99)
    }

    /// Byte of the body at which the first line in view begins.
    #[must_use]
    pub fn top_offset(&self) -> usize {
        self.top_offset
    }

    /// Whether the place is only being looked at, as while a search is typed.
    #[must_use]
    pub fn restoring(&self) -> bool {
        self.held.is_some() || !self.restored
    }

    /// Adapts to another size; the same words stay at the top.
    pub(in crate::app) fn resize(&mut self, columns: usize, height: usize) {
        self.height = height;
        self.lines.set_columns(columns);
        self.refresh();
    }

    /// Scrolls.
    pub(in crate::app) fn go(&mut self, motion: Motion) {
        let (page, height) = (Arc::clone(&self.page), self.height);
        let top = self.lines.top(&page, self.anchor, height);
        let target = match motion {
            Motion::First => (0, 0),
            Motion::Last => self.lines.last_top(&page, height),
            Motion::To(n) => self.lines.forward(&page, (0, 0), n.saturating_sub(1)),
            Motion::By(delta) if delta < 0 => self.lines.backward(&page, top, delta.unsigned_abs()),
            Motion::By(delta) => self.lines.forward(&page, top, delta.unsigned_abs()),
        };
        let target = target.min(self.lines.last_top(&page, height));
        self.anchor = self.lines.anchor_of(&page, target);
        self.restored = true;
        self.refresh();
    }

    /// The line at the top.
    #[must_use]
    pub fn anchor(&self) -> Anchor {
        self.anchor
    }

    /// Puts a line of this text at the top.
    pub(in crate::app) fn go_to_anchor(&mut self, anchor: Anchor) {
        self.anchor = anchor;
        self.restored = true;
        self.refresh();
    }

    /// Puts the line with this byte of the body at the top; 0 is the very top.
    pub(in crate::app) fn go_to_offset(&mut self, offset: usize) {
        self.anchor = if offset == 0 { Anchor::default() } else { self.page.anchor_at(offset) };
        self.restored = true;
        self.refresh();
    }

    /// Shows the first place with these words, if they are in the text.
    pub(in crate::app) fn go_to_words(&mut self, words: &str) {
        if let Some(found) = Needle::smart_case(words).find_in(self.page.body()).first() {
            self.reveal(found.start);
        }
    }

    /// Goes to the mention that begins at a byte of the body.
    pub(in crate::app) fn go_to_mention(&mut self, offset: usize) {
        let found = self.mentions.iter().find(|mention| mention.range.start == offset);
        match found.map(|mention| mention.range.clone()) {
            Some(range) => self.go_to_point(range),
            None => self.reveal(offset),
        }
    }

    /// Remembers the place, to come back to it when a search is given up.
    pub(in crate::app) fn hold(&mut self) {
        self.held = Some(self.anchor);
    }

    /// Goes back to the remembered place.
    pub(in crate::app) fn release(&mut self) {
        if let Some(anchor) = self.held.take() {
            self.anchor = anchor;
            self.refresh();
        }
    }

    /// Stays where the search led.
    pub(in crate::app) fn settle(&mut self) {
        self.held = None;
    }

    /// The words sought last.
    #[must_use]
    pub fn sought(&self) -> &str {
        &self.sought
    }

    /// Lights every place with these words and shows the first one from the remembered place on.
    pub(in crate::app) fn seek(&mut self, words: &str) {
        self.light_hits(words);
        let from = self.held.unwrap_or(self.anchor);
        let offset = self.lines.body_offset(&Arc::clone(&self.page), from);
        let found = self.hits.next(offset, true).or_else(|| self.hits.edge(true)).cloned();
        if let Some(range) = found {
            self.go_to_point(range);
        } else {
            self.anchor = from;
            self.refresh();
        }
    }

    /// Lights every place with these words without moving.
    pub(in crate::app) fn light_hits(&mut self, words: &str) {
        words.clone_into(&mut self.sought);
        let hits = if words.is_empty() {
            Vec::new()
        } else {
            Needle::smart_case(words).find_in(self.page.body())
        };
        self.light_ranges(hits);
    }

    /// Lights places of the body, in its order, as hits.
    pub(in crate::app) fn light_ranges(&mut self, hits: Vec<Range<usize>>) {
        self.hits = Lit::new(hits);
        self.refresh();
    }

    /// Whether hits of a search are lit.
    #[must_use]
    pub fn has_hits(&self) -> bool {
        !self.sought.is_empty()
    }

    /// Which of how many hits one is at, from 1; 0 where one is at none.
    #[must_use]
    pub fn hit_position(&self) -> Option<(usize, usize)> {
        self.hits.position(self.point.as_ref())
    }

    /// Which of how many mentions of the active actor one is at, in the same form.
    #[must_use]
    pub fn mention_position(&self) -> Option<(usize, usize)> {
        self.lit.position(self.point.as_ref())
    }

    /// Lights the mentions of one of the briefing's actors.
    pub(in crate::app) fn light_actor(&mut self, actor: Option<usize>) {
        let lit = self.mentions.iter().filter(|mention| Some(mention.actor) == actor);
        self.lit = Lit::new(lit.map(|mention| mention.range.clone()).collect());
        self.refresh();
    }

    /// Goes to the next or previous stop, from the point where that is in view, else from the first
    /// line in view; `false` where there is none further on.
    pub(in crate::app) fn step(&mut self, stops: Stops, forward: bool) -> bool {
        let from = match self.point_in_view() {
            Some(point) => point.start + usize::from(forward),
            None => self.top_offset,
        };
        let found = self.stops(stops).next(from, forward).cloned();
        found.map(|range| self.go_to_point(range)).is_some()
    }

    /// Goes to the first stop from the first line in view on, else to the first of all.
    pub(in crate::app) fn step_from_view(&mut self, stops: Stops) -> bool {
        let all = self.stops(stops);
        let found = all.next(self.top_offset, true).or_else(|| all.edge(true)).cloned();
        found.map(|range| self.go_to_point(range)).is_some()
    }

    /// Goes to the first or the last stop of the text; `false` where it has none.
    pub(in crate::app) fn step_to_edge(&mut self, stops: Stops, first: bool) -> bool {
        let found = self.stops(stops).edge(first).cloned();
        found.map(|range| self.go_to_point(range)).is_some()
    }

    fn stops(&self, stops: Stops) -> std::borrow::Cow<'_, Lit> {
        use std::borrow::Cow;
        match stops {
            Stops::Active => Cow::Borrowed(&self.lit),
            Stops::Hits => Cow::Borrowed(&self.hits),
            Stops::Mentions => {
                let ranges = self.mentions.iter().map(|mention| mention.range.clone());
                Cow::Owned(Lit::new(ranges.collect()))
            }
        }
    }

    /// The mention or hit that one is at.
    #[must_use]
    pub fn point(&self) -> Option<&Range<usize>> {
        self.point.as_ref()
    }

    /// Takes up a point again, without moving.
    pub(in crate::app) fn set_point(&mut self, point: Option<Range<usize>>) {
        self.point = point.filter(|range| self.page.body().get(range.clone()).is_some());
        self.refresh();
    }

    fn point_in_view(&self) -> Option<&Range<usize>> {
        let (start, end) = self.in_view?;
        self.point.as_ref().filter(|point| point.start >= start && point.start < end)
    }

    fn go_to_point(&mut self, range: Range<usize>) {
        let start = range.start;
        self.point = Some(range);
        self.reveal(start);
    }

    /// The mention at the point, else the first one in view.
    #[must_use]
    pub fn mention_at_point(&self) -> Option<&Mention> {
        let at_point = self.point_in_view().and_then(|point| {
            self.mentions.iter().find(|mention| mention.range.start == point.start)
        });
        at_point.or_else(|| {
            let (start, end) = self.in_view?;
            let in_view =
                |mention: &&Mention| mention.range.start >= start && mention.range.start < end;
            self.mentions.iter().find(in_view)
        })
    }

    /// Scrolls, if need be, so that a byte of the body is in view with what stands above it.
    fn reveal(&mut self, offset: usize) {
        let page = Arc::clone(&self.page);
        let target = self.lines.line_of(&page, page.anchor_at(offset));
        let top = self.lines.top(&page, self.anchor, self.height);
        let last = self.lines.forward(&page, top, self.height.saturating_sub(1));
        if target < top || target > last {
            let top = self.lines.backward(&page, target, self.height / 3);
            let top = top.min(self.lines.last_top(&page, self.height));
            self.anchor = self.lines.anchor_of(&page, top);
        }
        self.restored = true;
        self.refresh();
    }

    /// Finds where the view is now; what is in it is left to [`Text::show`].
    fn refresh(&mut self) {
        let page = Arc::clone(&self.page);
        let top = self.lines.top(&page, self.anchor, self.height);
        self.in_view = self.lines.bytes_from(&page, top, self.height);
        self.top_offset = self.lines.body_offset(&page, self.anchor);
        self.at_end = self.briefing.is_some() && self.lines.is_at_end(&page, top, self.height);
        self.is_behind = true;
    }

    /// Makes the lines in view, if anything has changed since they were made.
    pub(in crate::app) fn show(&mut self) {
        if !std::mem::take(&mut self.is_behind) {
            return;
        }
        let page = Arc::clone(&self.page);
        let top = self.lines.top(&page, self.anchor, self.height);
        let lit = lines::LitRanges {
            mentions: &self.mentions,
            kinds: &self.kinds,
            active: &self.lit,
            hits: &self.hits,
            point: self.point.as_ref(),
        };
        self.view = self.lines.view(&page, top, self.height, &lit);
    }
}
