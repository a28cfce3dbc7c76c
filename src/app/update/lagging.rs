//! What follows of a message and need not be done for each: what is opened and looked through follows
//! once, after the last of those that came at once. A timeline of many events takes another lens a
//! moment later, so that no key waits for it: while one types it stands.

use std::time::Duration;

use crate::app::command::{Action, Scope};
use crate::app::layout::PaneId;
use crate::app::state::App;

/// How long after the last change it follows: one types faster.
pub(super) const AFTER: Duration = Duration::from_millis(40);
/// Most events of a lens that are parted and laid out at once: a thousand take three million instructions,
/// as much as all else that a key does.
const AT_ONCE: u64 = 1_000;

/// Whether an action reads nothing of what follows of those before: it moves the list's cursor.
pub(super) fn may_wait(scope: Scope, action: Action) -> bool {
    use Action as A;
    scope == Scope::of(PaneId::Briefings)
        && matches!(
            action,
            A::Down | A::Up | A::HalfPageDown | A::HalfPageUp | A::PageDown | A::PageUp
        )
}

impl App {
    /// Does what is outstanding of the messages before.
    pub(super) fn catch_up(&mut self) {
        let has_left = std::mem::take(&mut self.outstanding.left);
        if std::mem::take(&mut self.outstanding.open) {
            if has_left {
                self.show_briefing(self.briefings.open());
            } else {
                self.follow_list();
            }
        }
        if std::mem::take(&mut self.outstanding.lens) {
            self.try_lens();
        }
    }

    /// The timeline follows the open briefing, and with `lens` another lens: now, or soon where that
    /// is long and the keys are elsewhere.
    pub(super) fn follow_in_timeline(&mut self, lens: bool) {
        let lag = self.outstanding.timeline.get_or_insert_default();
        lag.lens |= lens;
        if !lag.lens || self.focus == PaneId::Timeline || self.has_few_events() {
            self.bring_timeline_up();
        }
    }

    /// Whether the lens leaves few events, as far as that can be told without looking for them, or all:
    /// these were parted before.
    fn has_few_events(&self) -> bool {
        let (all, found) = (self.corpus.entries.len() as u64, self.lens.briefings.len());
        let events = self.corpus.timeline.len() as u64;
        let few = found.saturating_mul(events) <= AT_ONCE.saturating_mul(all);
        few || (self.lens.events.is_none() && found == all)
    }

    /// Does so now, if it has not been done.
    pub(super) fn bring_timeline_up(&mut self) {
        self.deadlines.timeline = None;
        let Some(lag) = self.outstanding.timeline.take() else { return };
        let height = self.height(PaneId::Timeline);
        if lag.lens {
            let kept = self.lens.event_rows(&self.corpus);
            self.timeline.narrow_to(&self.corpus, kept.as_ref(), height);
        }
        self.timeline.follow(&self.corpus, self.text.briefing(), height);
    }
}
