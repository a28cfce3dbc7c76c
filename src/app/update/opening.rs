//! What is open: the text follows the list, the entities and the timeline follow the text.

use std::sync::Arc;

use crate::actor::ShownCast;
use crate::app::layout::PaneId;
use crate::app::list::Motion;
use crate::app::state::App;
use crate::corpus::lens::Lens;
use crate::corpus::{BriefingId, Corpus};

impl App {
    /// Opens the briefing under the list's cursor, where the reader left it.
    pub(super) fn follow_list(&mut self) {
        let id = self.briefings.open();
        if id != self.text.briefing() || id.is_none() {
            self.show_briefing(id);
        }
    }

    /// Shows a briefing in text, entities and timeline, where the reader left it.
    pub(super) fn show_briefing(&mut self, id: Option<BriefingId>) {
        self.note_place();
        let Some((id, entry)) = id.and_then(|id| Some((id, self.corpus.entry(id)?))) else {
            self.text.close();
            self.entities.show(ShownCast::default(), self.height(PaneId::Entities));
            self.follow_in_timeline(false);
            return;
        };
        let cast = self.corpus.cast(id).shown(self.inferred);
        let place = self
            .shelf
            .get(&entry.slug)
            .place
            .map_or(0, |place| place.find_in(&entry.briefing().body));
        let mentions = self.entities.show(cast, self.height(PaneId::Entities));
        let (columns, height) = (self.text_columns(), self.height(PaneId::Text));
        self.text.open(&self.corpus, id, &self.entities.actors, mentions, columns, height);
        self.text.go_to_offset(place);
        self.follow_in_timeline(false);
        self.count_entities();
        self.light_active();
        self.light_words();
    }

    /// More is known of the same briefings now: the open text is looked through again, and stays
    /// where it is.
    pub(super) fn recast(&mut self, corpus: Arc<Corpus>) {
        let before = std::mem::replace(&mut self.corpus, corpus);
        self.timeline.recast(&self.corpus);
        if self.lens.query.is_empty() {
            self.lens = Lens::everything(&self.corpus);
        }
        self.recast_open();
        if self.prompt.is_some() {
            self.prompt_changed();
        }
        self.refresh_dossier(&before);
        self.refresh_overlays();
    }

    /// Looks through the open text again.
    pub(super) fn recast_open(&mut self) {
        let Some((id, _)) = self.open() else { return };
        let cast = self.corpus.cast(id).shown(self.inferred);
        let mentions = self.entities.show(cast, self.height(PaneId::Entities));
        self.text.recast(&self.entities.actors, mentions);
        self.count_entities();
        self.light_active();
    }

    /// Counts the entities over the lens.
    pub(super) fn count_entities(&mut self) {
        let height = self.height(PaneId::Entities);
        self.entities.count(&self.corpus, &self.lens, height);
    }

    /// After the marks were loaded: the place of the text that is already open.
    pub(super) fn restore_place(&mut self) {
        let Some((_, entry)) = self.open() else { return };
        if let Some(place) = self.shelf.get(&entry.slug).place {
            let offset = place.find_in(&entry.briefing().body);
            self.text.go_to_offset(offset);
        }
    }

    /// Opens a briefing wherever it stands in the list; a lens that hides it is dropped.
    pub(super) fn open_briefing(&mut self, id: BriefingId) {
        let height = self.height(PaneId::Briefings);
        if !self.briefings.go_to(id, height) {
            self.look_through(Lens::everything(&self.corpus));
            self.briefings.go_to(id, height);
            self.say("the lens was dropped: it does not show this briefing");
        }
        self.follow_list();
    }

    pub(super) fn open_under_cursor(&mut self) {
        match self.focus {
            PaneId::Timeline => self.open_event(),
            _ if self.briefings.open().is_some() => self.focus_on(PaneId::Text),
            _ => {}
        }
    }

    fn open_event(&mut self) {
        let Some((id, event)) = self.timeline.under_cursor() else { return };
        let quote = self
            .corpus
            .entry(id)
            .and_then(|entry| entry.briefing().events.get(event)?.quote.clone());
        self.open_briefing(id);
        self.focus_on(PaneId::Text);
        if let Some(quote) = quote {
            self.text.go_to_words(&quote);
        }
    }

    /// A page down; at the end of the text, the next unread briefing.
    pub(super) fn read_on(&mut self) {
        if !self.text.at_end() {
            let page = self.height(PaneId::Text).saturating_sub(1).max(1);
            self.text.go(Motion::By(isize::try_from(page).unwrap_or(1)));
            self.mark_read_at_end();
            return;
        }
        self.mark_read_at_end();
        let open = self.briefings.open();
        let unread =
            |id: &BriefingId| self.corpus.entry(*id).is_some_and(|entry| self.is_unread(entry));
        let next = self.briefings.listed().skip_while(|id| Some(*id) != open).skip(1).find(unread);
        match next {
            Some(id) => {
                self.open_briefing(id);
                self.mark_read_in_focus();
            }
            None => self.say("end of the text · no unread briefing further down the list"),
        }
    }
}
