//! A timeline of many events follows a moment later, so that no key waits for it: list and text
//! answer at once, and while a key is held down the timeline stands.

use std::time::Duration;

use crate::app::layout::PaneId;
use crate::app::state::App;

/// How long after the last change it follows: a held key repeats faster.
pub(super) const AFTER: Duration = Duration::from_millis(40);
/// Most events that are arranged at once: a few take less than a tenth of a millisecond, a thousand.
const AT_ONCE: usize = 5_000;

impl App {
    /// The timeline follows the open briefing, and with `lens` another lens: now, or soon where it is
    /// long and the keys are elsewhere.
    pub(super) fn follow_in_timeline(&mut self, lens: bool) {
        self.outstanding.timeline.get_or_insert_default().lens |= lens;
        if self.corpus.timeline.len() <= AT_ONCE || self.focus == PaneId::Timeline {
            self.bring_timeline_up();
        }
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
