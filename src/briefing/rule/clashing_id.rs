//! Two briefings with one id; asked by the corpus, which sees them both.

use super::word::shortened;
use crate::diagnostic::{Code, Diagnostic, Place};

/// The finding for the later of the two. `other` is the file of the first, `now` the id that this
/// one was given instead.
#[must_use]
pub fn finding(place: Option<Place>, id: &str, other: &str, now: &str) -> Diagnostic {
    let message = format!("the id `{}` is that of {other} too", shortened(id));
    let finding = Diagnostic::new(Code::CLASHING_ID, message);
    let finding = match place {
        Some(place) => finding.at(place),
        None => finding,
    };
    finding.help(format!("give it an `id` of its own; until then it is `{now}`"))
}
