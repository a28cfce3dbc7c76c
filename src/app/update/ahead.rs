//! What the next key in the list will show is read before it is pressed, while nobody waits: the briefing
//! that would be open, the events around its own, and the rows in view.

use crate::app::layout::PaneId;
use crate::app::state::App;
use crate::corpus::BriefingId;

/// From where it was looked ahead last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::app) struct Lookout {
    /// Which of the listed briefings was open, from 1.
    position: usize,
    open: Option<BriefingId>,
}

/// Has read what another step of the same stride in the list will show; nothing on the screen changes by
/// it.
pub fn look_ahead(app: &mut App) {
    let here = Lookout { position: app.briefings.position().0, open: app.text.briefing() };
    let before = std::mem::replace(&mut app.lookout, here);
    if here == before || app.outstanding.timeline.is_some() {
        return;
    }
    let height = app.height(PaneId::Briefings);
    let stride = isize::try_from(here.position)
        .ok()
        .zip(isize::try_from(before.position).ok())
        .map(|(here, before)| here - before)
        .filter(|stride| *stride != 0 && stride.unsigned_abs() <= height);
    let (next, in_view) = app.briefings.ahead(stride.unwrap_or(1), height);
    in_view.for_each(|id| {
        let _ = app.corpus.entry(id);
    });
    let next = next.and_then(|id| Some((id, app.corpus.entry(id)?)));
    let Some((id, entry)) = next.filter(|(_, entry)| entry.is_kept()) else { return };
    let _ = entry.briefing();
    let mut timeline = app.timeline.clone();
    timeline.follow(&app.corpus, Some(id), app.height(PaneId::Timeline));
    timeline.fetch(&app.corpus);
}
