//! Whom a query means by a name.

use crate::briefing::words::nearest;
use crate::corpus::Corpus;
use crate::corpus::concordance::{ActorId, Meant};
use crate::corpus::query::{QueryProblem, Term};
use crate::text::fold_key;

/// Most candidates that a message names.
const SHOWN: usize = 5;

/// The actor whom a term's value means.
pub(super) fn find_actor(
    corpus: &Corpus,
    name: &str,
    term: &Term,
) -> Result<ActorId, QueryProblem> {
    let all = &corpus.concordance;
    let problem = |message: String| QueryProblem::new(term.typed.value.clone(), message);
    match all.meant_by(name) {
        Meant::One(id) => Ok(id),
        Meant::Several(ids) => {
            let mut shown: Vec<String> =
                ids.iter().take(SHOWN).map(|id| format!("`{}`", id_of(corpus, *id))).collect();
            if ids.len() > SHOWN {
                shown.push(format!("{} more", ids.len() - SHOWN));
            }
            let message = format!("`{name}` is the name of {} actors here", ids.len());
            Err(problem(message).help(format!("write which: {}", shown.join(", "))))
        }
        Meant::Nobody => {
            let problem = problem(format!("no briefing here has an actor `{name}`"));
            Err(match likely(corpus, name) {
                Some(id) => problem.help(format!("did you mean `{id}`?")),
                None => problem,
            })
        }
    }
}

/// The id of the one who is most likely meant: by a slip of the pen in his id, then in a name.
fn likely<'a>(corpus: &'a Corpus, name: &str) -> Option<&'a str> {
    let all = &corpus.concordance;
    let ids = all.actors().iter().map(|known| known.actor.id.as_str());
    let folded = fold_key(name);
    // More than two slips are never seen through, so what is much longer or shorter is passed over.
    let near = |other: &str| other.len().abs_diff(folded.len()) <= 8;
    nearest(&folded, ids.filter(|id| near(id))).or_else(|| {
        let names = || all.names().filter(|(name, _)| near(name));
        let found = nearest(&folded, names().map(|(name, _)| name))?;
        let (_, id) = names().find(|(name, _)| *name == found)?;
        Some(id_of(corpus, id))
    })
}

pub(super) fn id_of(corpus: &Corpus, id: ActorId) -> &str {
    corpus.concordance.actor(id).map_or("", |known| known.actor.id.as_str())
}
