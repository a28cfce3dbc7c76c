//! The fields that know only a few words: one table each, from which reading, did-you-mean and
//! JSON Schema come.

use super::model::{Confidence, EventClass, EventStatus, Kind, LinkRel, Matching};

/// A field's words with what each means.
pub type Words<T> = &'static [(&'static str, T)];

/// Kinds of actors.
pub const KINDS: Words<Kind> = &[
    ("person", Kind::Person),
    ("state", Kind::State),
    ("organisation", Kind::Organisation),
    ("alliance", Kind::Alliance),
    ("armed-group", Kind::ArmedGroup),
    ("company", Kind::Company),
    ("media", Kind::Media),
    ("place", Kind::Place),
    ("other", Kind::Other),
];

/// Other spellings of kinds that are read without a word.
pub const KIND_SPELLINGS: Words<Kind> = &[
    ("organization", Kind::Organisation),
    ("armed group", Kind::ArmedGroup),
    ("armed_group", Kind::ArmedGroup),
    ("country", Kind::State),
];

/// Event classes of PLOVER (Open Event Data Alliance, PLOVER manual), then the older names.
pub const CLASSES: Words<EventClass> = &[
    ("AGREE", EventClass::Agree),
    ("CONSULT", EventClass::Consult),
    ("SUPPORT", EventClass::Support),
    ("CONCEDE", EventClass::Concede),
    ("COOPERATE", EventClass::Cooperate),
    ("AID", EventClass::Aid),
    ("RETREAT", EventClass::Retreat),
    ("REQUEST", EventClass::Request),
    ("ACCUSE", EventClass::Accuse),
    ("REJECT", EventClass::Reject),
    ("THREATEN", EventClass::Threaten),
    ("PROTEST", EventClass::Protest),
    ("SANCTION", EventClass::Sanction),
    ("MOBILIZE", EventClass::Mobilize),
    ("COERCE", EventClass::Coerce),
    ("ASSAULT", EventClass::Assault),
    ("DEMAND", EventClass::Demand),
    ("DISAPPROVE", EventClass::Disapprove),
    ("FIGHT", EventClass::Fight),
    ("INVESTIGATE", EventClass::Investigate),
];

/// Other spellings of classes that are read without a word.
pub const CLASS_SPELLINGS: Words<EventClass> = &[("MOBILISE", EventClass::Mobilize)];

/// Whether an event happened.
pub const STATUSES: Words<EventStatus> = &[
    ("done", EventStatus::Done),
    ("planned", EventStatus::Planned),
    ("denied", EventStatus::Denied),
    ("alleged", EventStatus::Alleged),
];

/// Analytic confidence (ICD 203).
pub const CONFIDENCES: Words<Confidence> =
    &[("low", Confidence::Low), ("moderate", Confidence::Moderate), ("high", Confidence::High)];

/// How exactly a text must match an alias.
pub const MATCHINGS: Words<Matching> =
    &[("exact", Matching::Exact), ("case", Matching::Case), ("never", Matching::Never)];

/// Ties between briefings.
pub const LINK_RELS: Words<LinkRel> = &[
    ("follows", LinkRel::Follows),
    ("confirms", LinkRel::Confirms),
    ("contradicts", LinkRel::Contradicts),
    ("updates", LinkRel::Updates),
];

/// What a word means, upper and lower case alike.
#[must_use]
pub fn find_word<T: Copy>(words: Words<T>, text: &str) -> Option<T> {
    let text = text.trim();
    words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|&(_, value)| value)
}

/// The word for a value; empty for one that the table lacks.
#[must_use]
pub fn word_for<T: PartialEq>(words: Words<T>, value: &T) -> &'static str {
    words.iter().find(|(_, known)| known == value).map_or("", |&(word, _)| word)
}

/// The words alone, for the JSON Schema and for messages.
#[must_use]
pub fn spelled<T>(words: Words<T>) -> Vec<&'static str> {
    words.iter().map(|&(word, _)| word).collect()
}

/// The one candidate that is at most two slips of the pen away (one in short words), if no other
/// is as near. Letters swapped count as one slip (Damerau and Levenshtein).
#[must_use]
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text = text.trim().to_lowercase();
    let allowed = match text.chars().count() {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    };
    let mut best: Option<(usize, &str)> = None;
    let mut tied = false;
    for candidate in candidates {
        let distance = strsim::damerau_levenshtein(&text, &candidate.to_lowercase());
        match best {
            Some((least, _)) if distance > least => {}
            Some((least, _)) if distance == least => tied = true,
            _ => {
                best = Some((distance, candidate));
                tied = false;
            }
        }
    }
    best.filter(|&(distance, _)| distance <= allowed && !tied).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_seen_through() {
        let keys = ["title", "date", "updated", "entities", "events", "source", "sources", "tags"];
        let cases = [
            ("entites", Some("entities")),
            ("Title", Some("title")),
            ("tilte", Some("title")),
            ("dat", Some("date")),
            ("sourcse", None),
            ("headline", None),
            ("x", None),
            ("sourcee", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(nearest(typed, keys), expected, "{typed}");
        }
    }
}
