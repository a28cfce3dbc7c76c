//! Another snapshot of the corpus: what is shown follows it, and everything else stays where the
//! reader left it. Numbers of one snapshot mean nothing in another, so all is found again by slugs,
//! ids and words.

use std::sync::Arc;

use roaring::RoaringBitmap;

use super::lens::slip_of;
use crate::app::layout::PaneId;
use crate::app::overlay::{Details, Overlay};
use crate::app::pane::entities::Facet;
use crate::app::state::App;
use crate::corpus::lens::Lens;
use crate::corpus::timeline::EventRef;
use crate::corpus::{BriefingId, Changes, Corpus, Entry, Origin};

/// Where the reader is, in words that hold in every snapshot. Rows are counted from the top of what
/// is in view.
struct Standing {
    /// The open briefing's slug.
    open: Option<String>,
    entity: Option<(Facet, usize)>,
    dossier_row: Option<usize>,
    /// Of the overlays, from the lowest: the actor or the problem under each one's cursor.
    under_cursors: Vec<Option<String>>,
}

impl App {
    pub(super) fn take_corpus(&mut self, corpus: Arc<Corpus>) {
        match self.loading.take() {
            Some(_) if !self.corpus.files.is_empty() => {
                self.follow_corpus(corpus);
                self.say_how_it_is();
            }
            Some(_) => self.take_first(corpus),
            None => {
                let before = self.follow_corpus(corpus);
                self.say_changes(&before);
            }
        }
    }

    /// Takes what was read so far; the rest will follow.
    pub(super) fn take_part(&mut self, corpus: Arc<Corpus>) {
        self.loading.get_or_insert_default();
        if self.corpus.files.is_empty() {
            self.show_first(corpus);
        } else {
            self.follow_corpus(corpus);
        }
    }

    /// Takes another snapshot and gives the one before.
    fn follow_corpus(&mut self, corpus: Arc<Corpus>) -> Arc<Corpus> {
        self.note_place();
        self.bring_timeline_up();
        let standing = self.standing();
        let before = std::mem::replace(&mut self.corpus, corpus);
        self.count_unread();
        self.lens = self.lens_after(&before);
        if let Some(prompt) = &mut self.prompt {
            prompt.shown = None;
        }
        self.find_blame();
        self.reload_panes(&before, &standing);
        self.refresh_dossier(&before);
        if let (Some(open), Some(above)) = (&mut self.dossier, standing.dossier_row) {
            let cursor = &mut open.view.cursor;
            cursor.top = cursor.at.saturating_sub(above);
        }
        let height = self.dossier_height();
        if let Some(open) = &mut self.dossier {
            open.view.resize(height);
        }
        self.reload_overlays(&standing);
        before
    }

    fn take_first(&mut self, corpus: Arc<Corpus>) {
        self.show_first(corpus);
        self.say_how_it_is();
    }

    fn show_first(&mut self, corpus: Arc<Corpus>) {
        self.corpus = corpus;
        self.deadlines.loading = None;
        self.count_unread();
        let height = self.height(PaneId::Briefings);
        self.briefings.load(&self.corpus, height);
        self.timeline.load(&self.corpus);
        self.lens = Lens::everything(&self.corpus);
        self.briefings.go(crate::app::list::Motion::First, height);
        self.text.close();
        self.follow_list();
    }

    /// What is to be known of a corpus that was read whole.
    fn say_how_it_is(&mut self) {
        if self.notice.as_ref().is_some_and(|notice| notice.warning) {
            return;
        }
        if self.corpus.origin == Origin::BuiltIn {
            self.say(
                "this is the sample corpus inside the program: chancery FOLDER opens your own",
            );
        } else if let Some(problems) = told_problems(&self.corpus) {
            let all = super::counted(self.corpus.entries.len(), "briefing");
            self.say(format!("{all} · {problems}"));
        }
    }

    fn standing(&self) -> Standing {
        let cursor = self.entities.cursor;
        let entity = self.entities.under_cursor();
        let row = |overlay: &Overlay| match overlay {
            Overlay::Picker(picker) => {
                let known = self.corpus.concordance.actor(picker.under_cursor()?)?;
                Some(known.actor.id.clone())
            }
            Overlay::Problems(problems) => {
                let (_, file, found) = problems.under_cursor(&self.corpus)?;
                Some(format!("{} {}", file.path.display(), found.message))
            }
            _ => None,
        };
        Standing {
            open: self.open().map(|(_, entry)| entry.slug.clone()),
            entity: entity.map(|facet| (facet, cursor.at.saturating_sub(cursor.top))),
            dossier_row: self
                .dossier
                .as_ref()
                .map(|open| open.view.cursor.at.saturating_sub(open.view.cursor.top)),
            under_cursors: self.overlays.iter().map(row).collect(),
        }
    }

    /// What the lens finds now. What the reader has open stays in it, and while it asks for marks,
    /// whatever is as it was: what was read since is not to vanish before his eyes.
    fn lens_after(&mut self, before: &Corpus) -> Lens {
        let query = self.lens.query.clone();
        let mut lens = match self.find_through(&query) {
            Ok(lens) => lens,
            Err(problem) => {
                self.warn(format!("the lens was dropped: {}", slip_of(problem).message));
                Lens::everything(&self.corpus)
            }
        };
        let open = self.text.briefing().filter(|id| self.lens.has(*id));
        let open = open.and_then(|id| now_of(before, &self.corpus, id));
        lens.briefings.extend(open.map(|id| id.0));
        if query.asks_for_marks().is_some() {
            let same = |at: u32| {
                let id = now_of(before, &self.corpus, BriefingId(at))?;
                is_same(before.entry(BriefingId(at))?, self.corpus.entry(id)?).then_some(id.0)
            };
            let stay: RoaringBitmap = self.lens.briefings.iter().filter_map(same).collect();
            lens.briefings |= stay;
        }
        lens
    }

    fn reload_panes(&mut self, before: &Corpus, standing: &Standing) {
        let after = Arc::clone(&self.corpus);
        let now = |id: BriefingId| now_of(before, &after, id);
        let event_now = |at: EventRef| event_now(before, &after, at);
        let height = self.height(PaneId::Briefings);
        let columns = usize::from(self.layout.columns(PaneId::Briefings));
        self.briefings.reload(&after, &self.lens, columns, &now, height);
        let open = standing.open.as_deref().and_then(|slug| after.find(slug));
        let height = self.height(PaneId::Timeline);
        let kept = self.lens.event_rows(&after);
        self.timeline.reload(&after, kept.as_ref(), &event_now, open, height);
        if let Some(id) = open {
            self.reopen(id);
        } else {
            self.text.close();
            self.follow_list();
        }
        let height = self.height(PaneId::Entities);
        if let Some((facet, above)) = &standing.entity {
            self.entities.return_to(facet, *above, height);
        }
    }

    /// Shows the same briefing again, at the same words.
    fn reopen(&mut self, id: BriefingId) {
        let cast = self.corpus.cast(id).shown(self.inferred);
        let mentions = self.entities.show(cast, self.height(PaneId::Entities));
        let (columns, height) = (self.text_columns(), self.height(PaneId::Text));
        self.text.reopen(&self.corpus, id, &self.entities.actors, mentions, columns, height);
        self.count_entities();
        self.light_active();
        self.light_words();
    }

    fn reload_overlays(&mut self, standing: &Standing) {
        self.refresh_overlays();
        self.refresh_problems();
        let (height, problem_rows) = (self.overlay_height(), self.problem_rows());
        let corpus = Arc::clone(&self.corpus);
        let details = self.open().map(|(_, entry)| Details::of(&corpus, entry));
        for (overlay, under_cursor) in self.overlays.iter_mut().zip(&standing.under_cursors) {
            match (overlay, under_cursor) {
                (Overlay::Picker(picker), Some(id)) => {
                    let actor = corpus.concordance.find(id);
                    let row = picker.rows.iter().position(|row| Some(row.actor) == actor);
                    picker.cursor.at = row.unwrap_or(picker.cursor.at);
                }
                (Overlay::Problems(problems), Some(key)) => {
                    let is_it = |(file, at): &(_, usize)| {
                        let file = corpus.file(*file)?;
                        let found = file.diagnostics.get(*at)?;
                        Some(format!("{} {}", file.path.display(), found.message) == *key)
                    };
                    let row = problems.rows.iter().position(|row| is_it(row) == Some(true));
                    problems.cursor.at = row.unwrap_or(problems.cursor.at);
                }
                (Overlay::Details(shown), _) => {
                    if let Some(details) = &details {
                        shown.rows.clone_from(&details.rows);
                    }
                }
                (Overlay::Commands(list), _) => {
                    let cursor = list.cursor;
                    list.search(&corpus, height);
                    list.cursor.at = cursor.at.min(list.rows.len().saturating_sub(1));
                    list.cursor.top = cursor.top;
                }
                _ => {}
            }
        }
        for overlay in &mut self.overlays {
            overlay.resize(height, problem_rows);
        }
    }

    /// Says what is new, together with what was said to be new and was not answered by a key yet.
    fn say_changes(&mut self, before: &Corpus) {
        let mut changes = Changes::between(before, &self.corpus);
        let is_shown = |said: &str| self.notice.as_ref().is_some_and(|notice| notice.text == said);
        if changes.is_empty() || self.notice.as_ref().is_some_and(|notice| notice.warning) {
            return;
        }
        if let Some((_, earlier)) = self.news.take().filter(|(said, _)| is_shown(said)) {
            changes = earlier.then(&changes);
        }
        let is_worse = self.corpus.problem_count() > before.problem_count();
        let problems = told_problems(&self.corpus).filter(|_| is_worse);
        let problems = problems.map(|problems| format!(" · {problems}")).unwrap_or_default();
        if changes.is_empty() {
            self.notice = None;
            return;
        }
        let said = format!("{changes}{problems}");
        self.say(said.clone());
        self.news = Some((said, changes));
    }
}

/// `3 problems`, and the key that lists them.
fn told_problems(corpus: &Corpus) -> Option<String> {
    let count = corpus.problem_count();
    (count > 0).then(|| format!("{} (g!)", super::counted(count, "problem")))
}

fn is_same(one: &Entry, other: &Entry) -> bool {
    one.says_what(other)
}

/// The number that a briefing has now.
fn now_of(before: &Corpus, after: &Corpus, id: BriefingId) -> Option<BriefingId> {
    after.find(&before.entry(id)?.slug)
}

/// Where an event stands now: in a briefing that was edited, the one that is told in the same words.
fn event_now(before: &Corpus, after: &Corpus, at: EventRef) -> Option<EventRef> {
    let briefing = now_of(before, after, at.briefing)?;
    let (was, is) = (before.entry(at.briefing)?, after.entry(briefing)?);
    if is_same(was, is) {
        return Some(EventRef { briefing, ..at });
    }
    let was = was.briefing();
    let event = was.events.get(at.event)?;
    let now = is.briefing().events.iter().position(|other| other.what == event.what);
    let event = now.or_else(|| (at.event < is.event_count()).then_some(at.event))?;
    Some(EventRef { briefing, event })
}
