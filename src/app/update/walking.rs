//! Walking mentions and hits: through the text, and on into the next briefing that has one.

use roaring::RoaringBitmap;

use crate::app::pane::text::Stops;
use crate::app::state::{Across, App, Walk};
use crate::corpus::BriefingId;
use crate::corpus::words::hits_in;
use crate::text::Needle;

/// Most steps that one key takes.
const MAX_STEPS: usize = 1_000;

impl App {
    /// The next or previous of what is walked, `count` times, over as many briefings as that takes.
    pub(super) fn walk(&mut self, forward: bool, count: usize) {
        let Some(stops) = self.walked() else { return self.say_nothing_to_walk() };
        let mut around = None;
        for _ in 0..count.min(MAX_STEPS) {
            if self.text.step(stops, forward) {
                continue;
            }
            if let Some((id, past_end)) = self.next_with_stops(forward) {
                around = past_end.then_some(forward).or(around);
                self.open_at_edge(id, stops, forward);
            } else {
                self.text.step_to_edge(stops, forward);
                around = Some(forward);
            }
        }
        self.say_walk(around);
    }

    /// The next or previous briefing that has what is walked.
    pub(super) fn walk_briefings(&mut self, forward: bool, count: usize) {
        let Some(stops) = self.walked() else { return self.say_nothing_to_walk() };
        let mut around = None;
        for _ in 0..count.min(MAX_STEPS) {
            let Some((id, past_end)) = self.next_with_stops(forward) else {
                return self.say("no other briefing of the list has one");
            };
            around = past_end.then_some(forward).or(around);
            self.open_at_edge(id, stops, true);
        }
        self.say_walk(around);
    }

    /// The next or previous mention of any actor in the text.
    pub(super) fn walk_mentions(&mut self, forward: bool, count: usize) {
        for _ in 0..count.min(MAX_STEPS) {
            if !self.text.step(Stops::Mentions, forward) {
                let which = if forward { "last" } else { "first" };
                return self.say(format!("this is the {which} mention of anyone in the text"));
            }
        }
        self.mark_read_at_end();
        let actor = self.text.mention_at_point().map(|mention| mention.actor);
        if let Some(actor) = actor.and_then(|at| self.entities.actors.get(at)) {
            let role = actor.role.as_ref().map(|role| format!(" · {role}")).unwrap_or_default();
            self.say(format!("{}{role}", actor.name));
        }
    }

    fn walked(&self) -> Option<Stops> {
        match self.walk {
            Walk::Nothing => None,
            Walk::Actor => Some(Stops::Active),
            Walk::Hits => Some(Stops::Hits),
        }
    }

    /// Whether there is anything to walk, in this text or another.
    #[must_use]
    pub fn has_walk(&self) -> bool {
        match self.walk {
            Walk::Nothing => false,
            Walk::Actor => self.active.is_some(),
            Walk::Hits => self.text.has_hits() || self.lens.query.has_words(),
        }
    }

    fn say_nothing_to_walk(&mut self) {
        let scope = self.scope();
        let key = |name: &str| self.keymap.keys_of(name, scope).into_iter().next();
        let follow = key("follow").map(|key| format!("{key} and an actor's letter"));
        let find = key("find").map(|key| format!("{key} and words"));
        let ways: Vec<String> = [follow, find].into_iter().flatten().collect();
        self.say(format!("nothing to walk: {}", ways.join(", or ")));
    }

    fn open_at_edge(&mut self, id: BriefingId, stops: Stops, first: bool) {
        self.open_briefing(id);
        self.text.step_to_edge(stops, first);
        self.mark_read_in_focus();
    }

    /// The next or previous briefing of the list that has what is walked, around its end; the flag
    /// says that it went around. `None` where no other has.
    fn next_with_stops(&self, forward: bool) -> Option<(BriefingId, bool)> {
        let open = self.text.briefing()?;
        let listed: Vec<BriefingId> = self.briefings.listed().collect();
        let here = listed.iter().position(|id| *id == open);
        let (before, after) = match here {
            Some(at) => (listed.get(..at)?, listed.get(at + 1..)?),
            None => (&[][..], &listed[..]),
        };
        let has = self.has_stops();
        let find = |ids: &[BriefingId]| {
            let mut has = |id: &&BriefingId| has(**id);
            if forward { ids.iter().find(&mut has) } else { ids.iter().rev().find(&mut has) }
                .copied()
        };
        let (first, then) = if forward { (after, before) } else { (before, after) };
        find(first).map(|id| (id, false)).or_else(|| find(then).map(|id| (id, true)))
    }

    /// Tells of any briefing whether it has what is walked.
    fn has_stops(&self) -> Box<dyn Fn(BriefingId) -> bool + '_> {
        if self.walk == Walk::Hits {
            let needle = Needle::smart_case(self.text.sought());
            return Box::new(move |id| {
                let entry = self.corpus.entry(id).filter(|entry| !entry.unreadable);
                entry.is_some_and(|entry| match &entry.briefing().body {
                    body if needle.is_empty() => !hits_in(body, &self.lens.query).is_empty(),
                    body => needle.is_in(body),
                })
            });
        }
        let active = self.mention_active();
        Box::new(move |id| active.is_some_and(|active| active.contains(id.0)))
    }

    /// Briefings in which the active actor has a mention that is shown; `None` before the survey.
    fn mention_active(&self) -> Option<&RoaringBitmap> {
        let concordance = &self.corpus.concordance;
        let known = concordance.actor(concordance.find(&self.active.as_ref()?.id)?)?;
        Some(if self.inferred { &known.mentioned_in } else { &known.spelled_in })
    }

    /// Has it counted, before the next frame, which of how many listed briefings that mention the
    /// active actor is open.
    pub(super) fn count_across_soon(&mut self) {
        self.outstanding.across = true;
    }

    pub(super) fn count_across(&mut self) {
        self.outstanding.across = false;
        let open = self.text.briefing();
        self.across = self.mention_active().map(|active| {
            let of = active.intersection_len(&self.lens.briefings);
            let here = open.filter(|id| active.contains(id.0));
            let before = || self.briefings.listed().take_while(|id| Some(*id) != open);
            let at = here.map_or(0, |_| before().filter(|id| active.contains(id.0)).count() + 1);
            Across { at, of: usize::try_from(of).unwrap_or(usize::MAX) }
        });
    }

    /// Says where one is among what is walked; `around` that the end of the list was passed.
    pub(super) fn say_walk(&mut self, around: Option<bool>) {
        self.count_across();
        let words = self.walk_in_words();
        self.say(match around {
            None => words,
            Some(true) => format!("{words} · past the end, from the top again"),
            Some(false) => format!("{words} · past the top, from the end again"),
        });
    }

    /// Where one is among what is walked: `Wang Yi · 3rd of 7 here · briefing 4 of 9`. Empty where
    /// nothing is walked.
    #[must_use]
    pub fn walk_in_words(&self) -> String {
        let is_actor = match self.walk {
            Walk::Actor => true,
            Walk::Hits => false,
            Walk::Nothing => return String::new(),
        };
        let (what, position) = match (&self.active, is_actor) {
            (Some(active), true) => (active.name.clone(), self.text.mention_position()),
            _ if self.text.sought().is_empty() => {
                ("words of the lens".to_owned(), self.text.hit_position())
            }
            _ => (format!("`{}`", self.text.sought()), self.text.hit_position()),
        };
        let here = match position {
            None => " · not here".to_owned(),
            Some((0, of)) => format!(" · {of} here"),
            Some((at, of)) => format!(" · {} of {of} here", ordinal(at)),
        };
        let across = match self.across.filter(|_| is_actor) {
            Some(Across { at: 0, of }) => format!(" · in {}", super::counted(of, "briefing")),
            Some(Across { at, of }) => format!(" · briefing {at} of {of}"),
            None => String::new(),
        };
        format!("{what}{here}{across}")
    }
}

/// `1st`, `2nd`, `3rd`, `11th`.
fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn ordinals_end_as_they_are_spoken() {
        let all = [1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111].map(ordinal);
        let expected =
            ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "103rd", "111th"];
        assert_eq!(all, expected);
    }
}
