//! The lens: typed, narrowed by what is under the cursor, and taken back term by term.

use crate::app::layout::PaneId;
use crate::app::pane::briefings::ListPlace;
use crate::app::prompt::{Asks, Line, Prompt, Slip};
use crate::app::state::{Active, App, Walk};
use crate::corpus::lens::{Blame, Lens, Marks, blame, find_lens};
use crate::corpus::query::{Query, QueryProblem, parse_query};
use crate::corpus::timeline::EventRef;
use crate::date::EdtfDate;
use crate::desk::Shelf;
use crate::text::{display_width, ellipsize};

/// Fewest columns in which the beginning of a lens tells which it is.
const ROOM_FOR_LENS: usize = 8;

/// What a reader has marked, as a query asks for it.
struct ShelfMarks<'a>(&'a Shelf);

impl Marks for ShelfMarks<'_> {
    fn is_unread(&self, slug: &str) -> bool {
        !self.0.is_read(slug)
    }

    fn is_starred(&self, slug: &str) -> bool {
        self.0.get(slug).starred
    }
}

impl App {
    /// Opens the prompt of the lens with what it is now, ready to be gone on with.
    pub(super) fn ask_for_lens(&mut self) {
        let lens = self.lens.query.to_string();
        let line = if lens.is_empty() { Line::default() } else { Line::new(format!("{lens} ")) };
        self.open_prompt(Asks::Lens { within: false }, line, lens);
    }

    /// What a query finds with this reader's marks.
    pub(super) fn find_through(&self, query: &Query) -> Result<Lens, QueryProblem> {
        find_lens(&self.corpus, query, &ShelfMarks(&self.shelf))
    }

    /// What a prompt asks for: what is typed, within the lens before where that is wanted.
    fn typed_lens(&self, prompt: &Prompt, typed: &str) -> Result<Lens, QueryProblem> {
        let query = parse_query(typed)?;
        if query.is_words_alone() && prompt.asks == (Asks::Lens { within: false }) {
            let found = self.find_through(&query)?;
            if !found.briefings.is_empty() {
                return Ok(found);
            }
        }
        let query = query.with_last_word_as_prefix(&self.corpus.words);
        // By itself first: a mistake's place is that of the typed text.
        let found = self.find_through(&query)?;
        if prompt.asks == (Asks::Lens { within: true }) {
            return self.find_through(&prompt.lens.clone().and(query));
        }
        Ok(found)
    }

    /// Looks through the lens that is typed so far. What stands before a mistake holds while it is
    /// one, and the last good lens while nothing is found: half a word mostly finds nothing.
    pub(super) fn try_lens(&mut self) {
        let Some(prompt) = &self.prompt else { return };
        let place = self.place_before(prompt);
        let typed = prompt.line.text();
        let found = self.typed_lens(prompt, typed);
        let finds_nothing = found.as_ref().is_ok_and(|lens| lens.briefings.is_empty());
        let (good, slip) = match found {
            Ok(lens) => (Some(lens), None),
            Err(problem) => {
                let before = typed.get(..problem.span.start).unwrap_or_default();
                let before = before.rfind(char::is_whitespace).map_or("", |end| &before[..end]);
                (self.typed_lens(prompt, before).ok(), Some(slip_of(problem)))
            }
        };
        if let Some(lens) = good.filter(|lens| !lens.briefings.is_empty()) {
            // From where the prompt was opened: what half a word found is no place of the reader's.
            self.look_through_from(place, lens);
        }
        if let Some(prompt) = &mut self.prompt {
            let is_shown = slip.is_none() && !finds_nothing;
            prompt.shown = is_shown.then(|| prompt.line.text().to_owned());
            (prompt.slip, prompt.finds_nothing) = (slip, finds_nothing);
        }
    }

    /// Where in the list the reader was when a prompt was opened.
    pub(super) fn place_before(&self, prompt: &Prompt) -> ListPlace {
        let open = prompt.view.slug.as_deref().and_then(|slug| self.corpus.find(slug));
        ListPlace { open, cursor: prompt.list }
    }

    /// Whether a lens is being typed.
    pub(super) fn is_typing_lens(&self) -> bool {
        self.prompt.as_ref().is_some_and(|prompt| matches!(prompt.asks, Asks::Lens { .. }))
    }

    /// Stays with the lens that was typed.
    pub(super) fn accept_lens(&mut self, prompt: Prompt) {
        self.text.settle();
        if prompt.shown.as_deref() != Some(prompt.line.text())
            && let Ok(lens) = self.typed_lens(&prompt, prompt.line.text())
            && lens != self.lens
        {
            self.look_through_from(self.place_before(&prompt), lens);
        }
        let typed = prompt.line.text().trim().to_owned();
        if !typed.is_empty() {
            self.remember_search(typed);
        }
        if !self.lens.query.is_empty() && self.text.hit_position().is_some() {
            self.walk = Walk::Hits;
        }
        self.note_jump(prompt.view);
        self.say_lens();
    }

    /// Shows what a lens shows, in all panes; the reader stays where he is if that is in it.
    pub(super) fn look_through(&mut self, lens: Lens) {
        self.look_through_from(self.briefings.place(), lens);
    }

    /// The same for a reader who was at another place of the list.
    fn look_through_from(&mut self, place: ListPlace, lens: Lens) {
        self.narrow_panes(place, lens);
        self.follow_list();
        self.count_entities();
        self.count_across_soon();
        self.light_words();
    }

    /// Says of a lens that finds nothing which term is to blame.
    pub(super) fn find_blame(&mut self) {
        self.blame.clear();
        if self.lens.briefings.is_empty() {
            self.blame = blame(&self.corpus, &self.lens.query, &ShelfMarks(&self.shelf));
        }
    }

    /// Gives list and timeline another lens.
    fn narrow_panes(&mut self, from: ListPlace, lens: Lens) {
        self.lens = lens;
        self.find_blame();
        let height = self.height(PaneId::Briefings);
        let columns = usize::from(self.layout.columns(PaneId::Briefings));
        self.briefings.narrow(&self.corpus, &self.lens, from, columns, height);
        self.follow_in_timeline(true);
    }

    /// Looks through another query as one jump; says why where that cannot be.
    pub(super) fn set_query(&mut self, query: &Query) -> bool {
        match self.find_through(query) {
            Ok(lens) => {
                let before = self.view();
                self.look_through(lens);
                self.note_jump(before);
                self.say_lens();
                true
            }
            Err(problem) => {
                self.warn(slip_of(problem).message);
                false
            }
        }
    }

    pub(super) fn say_lens(&mut self) {
        let (found, all) = (self.lens.briefings.len(), self.corpus.entries.len());
        if self.lens.query.is_empty() {
            self.say(format!("all {}", super::counted(all, "briefing")));
            return;
        }
        let key = self.keymap.keys_of("escape", self.scope()).into_iter().next();
        let told = |way: &str| match &key {
            Some(key) => format!("{found} of {all} · {key} {way}"),
            None => format!("{found} of {all}"),
        };
        // One column is blank before it. What it leaves out of the lens stands in the header.
        let columns = usize::from(self.layout.size.columns).saturating_sub(1);
        let whole = told("drops the last term");
        let Some(beside) = columns.checked_sub(display_width(&whole)) else {
            return self.say(told("back"));
        };
        let (lens, room) =
            (self.lens.query.to_string(), beside.saturating_sub(" · ".chars().count()));
        self.say(match ellipsize(&lens, room) {
            cut if cut == lens || room >= ROOM_FOR_LENS => format!("{cut} · {whole}"),
            _ => whole,
        });
    }

    /// Why the lens finds nothing, and what to press.
    #[must_use]
    pub fn why_nothing(&self) -> String {
        let alone = |blame: &Blame| format!("{}: {}", blame.conjunct, blame.alone);
        let terms: Vec<String> = self.blame.iter().map(alone).collect();
        let culprit = self.blame.iter().max_by_key(|blame| blame.without);
        let culprit = culprit.filter(|blame| self.blame.len() > 1 && blame.without > 0);
        let without = culprit
            .map(|blame| format!(" Without {}: {}.", blame.conjunct, blame.without))
            .unwrap_or_default();
        let key = self.keymap.keys_of("escape", self.scope()).into_iter().next();
        let key = key.map(|key| format!(" {key} drops the last term.")).unwrap_or_default();
        format!("No briefing has all of it. {}.{without}{key}", terms.join(" · "))
    }

    pub(super) fn drop_last_term(&mut self) {
        let query = self.lens.query.without_last();
        self.set_query(&query);
    }

    /// Narrows the lens to what is under the cursor, or excludes it.
    pub(super) fn narrow(&mut self, exclude: bool) {
        let Some(here) = self.query_here() else {
            self.say("nothing here to narrow by");
            return;
        };
        let here = if exclude { here.negated() } else { here };
        self.set_query(&self.lens.query.clone().and(here));
    }

    /// What is under the cursor as a query: an actor or a topic of the entities, the actor at
    /// the point of the text, the date of an event, the date of a briefing.
    fn query_here(&self) -> Option<Query> {
        match self.focus {
            PaneId::Entities => Some(self.entities.under_cursor()?.query()),
            PaneId::Text => Some(Query::actor(&self.actor_here()?.id)),
            PaneId::Timeline => {
                let (briefing, event) = self.timeline.under_cursor()?;
                let event = EventRef { briefing, event }.find_in(&self.corpus)?;
                Some(Query::happened(event.date.as_ref()?))
            }
            PaneId::Briefings => {
                let (_, entry) = self.open()?;
                Some(Query::issued(entry.date()?))
            }
        }
    }

    /// Narrows the lens to two actors together, in the place of those who stood in it.
    pub(super) fn narrow_to_dyad(&mut self, second: &Active) {
        let Some(first) = self.active.clone() else { return };
        if first.id == second.id {
            self.say(format!("{} is active: two actors make a dyad", first.name));
            return;
        }
        let is_actor = |part: &Query| part.to_string().starts_with("actor:");
        let others = self.lens.query.conjuncts().filter(|part| !is_actor(part));
        let others = others.fold(Query::default(), Query::and);
        let both = Query::actor(&first.id).and(Query::actor(&second.id));
        self.set_query(&both.and(others));
    }
}

/// A query narrowed to a date, in the place of the one of the same sort that stood in it.
pub(super) fn narrowed_to_date(before: &Query, date: &EdtfDate, issued: bool) -> Query {
    let (field, query) =
        if issued { ("date:", Query::issued(date)) } else { ("on:", Query::happened(date)) };
    let is_date = |part: &Query| part.to_string().starts_with(field);
    let others = before.conjuncts().filter(|part| !is_date(part));
    others.fold(Query::default(), Query::and).and(query)
}

pub(super) fn slip_of(problem: QueryProblem) -> Slip {
    let help = problem.help.map(|help| format!(": {help}")).unwrap_or_default();
    Slip { span: problem.span, message: format!("{}{help}", problem.message) }
}
