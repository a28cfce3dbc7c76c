//! Read and star marks, places in texts, their undoing, and when they are kept.

use std::time::Duration;

use crate::app::layout::PaneId;
use crate::app::message::Task;
use crate::app::state::App;
use crate::corpus::{BriefingId, Entry};
use crate::desk::{Change, TextPlace};

/// How long changes are gathered before they are kept: within the second that is promised.
pub(super) const KEPT_AFTER: Duration = Duration::from_millis(400);
/// Changes of marks that can be taken back.
const MAX_UNDO: usize = 1_000;

impl App {
    /// Hands everything unkept to the desk.
    pub(super) fn keep(&mut self) -> Vec<Task> {
        self.note_place();
        self.deadlines.keep = None;
        if self.unkept.is_empty() {
            Vec::new()
        } else {
            vec![Task::Keep(std::mem::take(&mut self.unkept))]
        }
    }

    /// Notes where the open text stands, if that is news.
    pub(super) fn note_place(&mut self) {
        let Some((_, entry)) = self.open() else { return };
        let offset = self.text.top_offset();
        let known = self
            .shelf
            .get(&entry.slug)
            .place
            .map_or(0, |place| place.find_in(&entry.briefing().body));
        if offset == known || self.text.restoring() {
            return;
        }
        let place = TextPlace::at(&entry.briefing().body, offset);
        let slug = entry.slug.clone();
        self.unkept.retain(
            |change| !matches!(change, Change::Place { slug: other, .. } if *other == slug),
        );
        self.change(Change::Place { slug, place });
    }

    /// Counts the unread of another corpus, or by other marks; changes are counted as they come.
    pub(super) fn count_unread(&mut self) {
        let entries = &self.corpus.entries;
        let unreadable = entries.marked().filter(|(_, entry)| entry.unreadable).count();
        let read = self.shelf.read().filter_map(|slug| self.corpus.entry(self.corpus.find(slug)?));
        let read = read.filter(|entry| !entry.unreadable).count();
        self.unread = entries.len() - unreadable - read;
    }

    pub(super) fn is_unread(&self, entry: &Entry) -> bool {
        !entry.unreadable && !self.shelf.is_read(&entry.slug)
    }

    fn change(&mut self, change: Change) {
        let entry = self.corpus.find(change.slug()).and_then(|id| self.corpus.entry(id));
        let was_unread = entry.is_some_and(|entry| self.is_unread(entry));
        self.shelf.apply(&change);
        let is_unread = entry.is_some_and(|entry| self.is_unread(entry));
        let unread = self.unread + usize::from(is_unread);
        self.unread = unread.saturating_sub(usize::from(was_unread));
        self.unkept.push(change);
    }

    fn slug(&self, id: BriefingId) -> Option<String> {
        Some(self.corpus.entry(id)?.slug.clone())
    }

    /// Changes marks so that `u` takes all of it back at once.
    fn change_marks(&mut self, changes: Vec<Change>) {
        let inverse = changes.iter().map(|change| self.inverse(change)).collect();
        self.undo.push(inverse);
        if self.undo.len() > MAX_UNDO {
            self.undo.remove(0);
        }
        for change in changes {
            self.change(change);
        }
    }

    fn inverse(&self, change: &Change) -> Change {
        match change {
            Change::Read { slug, .. } => {
                Change::Read { slug: slug.clone(), read: self.shelf.get(slug).read }
            }
            Change::Starred { slug, .. } => {
                Change::Starred { slug: slug.clone(), starred: self.shelf.get(slug).starred }
            }
            Change::Place { .. } => change.clone(),
        }
    }

    /// The text with the focus is being read.
    pub(super) fn mark_read_in_focus(&mut self) {
        if self.focus == PaneId::Text {
            self.mark_open_read();
        }
    }

    pub(super) fn mark_read_at_end(&mut self) {
        if self.text.at_end() {
            self.mark_open_read();
        }
    }

    fn mark_open_read(&mut self) {
        let Some((_, entry)) = self.open() else { return };
        if self.is_unread(entry) {
            let slug = entry.slug.clone();
            self.change(Change::Read { slug, read: true });
        }
    }

    pub(super) fn toggle_read(&mut self) {
        let slugs: Vec<String> =
            self.briefings.chosen().into_iter().filter_map(|id| self.slug(id)).collect();
        let read = !slugs.iter().all(|slug| self.shelf.get(slug).read);
        self.say_marked(slugs.len(), if read { "read" } else { "unread" });
        self.change_marks(slugs.into_iter().map(|slug| Change::Read { slug, read }).collect());
    }

    pub(super) fn toggle_star(&mut self) {
        let slugs: Vec<String> =
            self.briefings.chosen().into_iter().filter_map(|id| self.slug(id)).collect();
        let starred = !slugs.iter().all(|slug| self.shelf.get(slug).starred);
        self.say_marked(slugs.len(), if starred { "starred" } else { "not starred" });
        self.change_marks(
            slugs.into_iter().map(|slug| Change::Starred { slug, starred }).collect(),
        );
    }

    pub(super) fn read_all(&mut self) {
        let slugs: Vec<String> = self.briefings.listed().filter_map(|id| self.slug(id)).collect();
        let unread: Vec<String> =
            slugs.into_iter().filter(|slug| !self.shelf.get(slug).read).collect();
        if unread.is_empty() {
            self.say("all of these are read");
            return;
        }
        self.say_marked(unread.len(), "read");
        self.change_marks(
            unread.into_iter().map(|slug| Change::Read { slug, read: true }).collect(),
        );
    }

    fn say_marked(&mut self, count: usize, what: &str) {
        if count != 0 {
            let undo = self.keymap.keys_of("undo", self.scope()).into_iter().next();
            let undo = undo.map(|key| format!(" · {key} takes it back")).unwrap_or_default();
            self.say(format!("{}: {what}{undo}", super::counted(count, "briefing")));
        }
    }

    pub(super) fn undo(&mut self) {
        let Some(changes) = self.undo.pop() else {
            self.say("no marks to take back");
            return;
        };
        self.say(format!("took back the marks of {}", super::counted(changes.len(), "briefing")));
        for change in changes {
            self.change(change);
        }
    }

    pub(super) fn toggle_selection(&mut self) {
        let Some(id) = self.briefings.open() else { return };
        if !self.briefings.selected.remove(&id) {
            self.briefings.selected.insert(id);
        }
        let height = self.height(PaneId::Briefings);
        self.briefings.go(crate::app::list::Motion::By(1), height);
        self.follow_list();
    }
}
