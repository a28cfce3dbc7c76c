//! The actors of one briefing and where it mentions them.

use std::sync::Arc;

use super::{Mention, Via};
use crate::actor::Actor;

/// The actors of one briefing and its mentions of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast {
    /// Those that it declares, in its order, then those that its text mentions without that.
    pub actors: Vec<Arc<Actor>>,
    /// How many of them it declares.
    pub declared: usize,
    /// In the order of the text. Two share a place only where the second is a [`Via::Metonym`] of
    /// the first.
    pub mentions: Vec<Mention>,
}

/// A cast as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownCast {
    /// Those that the briefing declares, in its order, then those that it mentions without that.
    pub actors: Vec<Arc<Actor>>,
    /// How often each is stood for by the name of a place or house.
    pub metonyms: Vec<usize>,
    /// Mentions in the order of the text, no two at one place.
    pub mentions: Vec<Mention>,
}

impl Cast {
    /// As it is shown: what only stands for somebody is counted apart, and without `inferred` all is
    /// left out that follows from something else than a declared name.
    #[must_use]
    pub fn shown(self, inferred: bool) -> ShownCast {
        let Self { actors, declared, mut mentions } = self;
        let mut metonyms = vec![0; actors.len()];
        mentions.retain(|mention| {
            let is_metonym = mention.via == Via::Metonym;
            if let Some(count) = metonyms.get_mut(mention.actor).filter(|_| is_metonym && inferred)
            {
                *count += 1;
            }
            !is_metonym && (inferred || !mention.is_inferred())
        });
        let mut stands = vec![false; actors.len()];
        stands.iter_mut().take(declared).for_each(|stands| *stands = true);
        let mentioned = mentions.iter().map(|mention| mention.actor);
        let stood_for = (0..actors.len()).filter(|at| metonyms.get(*at).is_some_and(|n| *n > 0));
        for at in mentioned.chain(stood_for) {
            stands.get_mut(at).into_iter().for_each(|stands| *stands = true);
        }
        let mut places = vec![0; actors.len()];
        let mut shown = ShownCast { mentions, ..ShownCast::default() };
        let all = actors.into_iter().zip(metonyms).zip(stands).zip(&mut places);
        for (((actor, metonyms), _), place) in all.filter(|((_, stands), _)| *stands) {
            *place = shown.actors.len();
            shown.actors.push(actor);
            shown.metonyms.push(metonyms);
        }
        for mention in &mut shown.mentions {
            mention.actor = places.get(mention.actor).copied().unwrap_or_default();
        }
        shown
    }
}
