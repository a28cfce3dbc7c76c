//! Cooperation and conflict: the four classes of events that PLOVER itself gives.

use crate::briefing::EventClass;

/// PLOVER's class of classes: in words or in deeds, with or against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quad {
    /// Words with: agreements, talks, support, concessions.
    VerbalCooperation,
    /// Deeds with: cooperation, aid, retreat.
    MaterialCooperation,
    /// Words against: demands, accusations, rejections, threats.
    VerbalConflict,
    /// Deeds against: protest, sanctions, mobilisation, coercion, assault.
    MaterialConflict,
}

/// Which class of event counts as what, by the headings of chapter 2 of the PLOVER manual (Open Event
/// Data Alliance, `PLOVER_MANUAL.tex`). It has no FIGHT, DISAPPROVE, INVESTIGATE and DEMAND any more:
/// these stand with ASSAULT, ACCUSE ("merges in the older DISAPPROVE and INVESTIGATE categories") and
/// REQUEST, into which they went.
pub const QUADS: &[(EventClass, Quad)] = &[
    (EventClass::Agree, Quad::VerbalCooperation),
    (EventClass::Consult, Quad::VerbalCooperation),
    (EventClass::Support, Quad::VerbalCooperation),
    (EventClass::Concede, Quad::VerbalCooperation),
    (EventClass::Cooperate, Quad::MaterialCooperation),
    (EventClass::Aid, Quad::MaterialCooperation),
    (EventClass::Retreat, Quad::MaterialCooperation),
    (EventClass::Request, Quad::VerbalConflict),
    (EventClass::Demand, Quad::VerbalConflict),
    (EventClass::Accuse, Quad::VerbalConflict),
    (EventClass::Disapprove, Quad::VerbalConflict),
    (EventClass::Investigate, Quad::VerbalConflict),
    (EventClass::Reject, Quad::VerbalConflict),
    (EventClass::Threaten, Quad::VerbalConflict),
    (EventClass::Protest, Quad::MaterialConflict),
    (EventClass::Sanction, Quad::MaterialConflict),
    (EventClass::Mobilize, Quad::MaterialConflict),
    (EventClass::Coerce, Quad::MaterialConflict),
    (EventClass::Assault, Quad::MaterialConflict),
    (EventClass::Fight, Quad::MaterialConflict),
];

impl Quad {
    /// All four.
    pub const ALL: [Self; 4] = [
        Self::VerbalCooperation,
        Self::MaterialCooperation,
        Self::VerbalConflict,
        Self::MaterialConflict,
    ];

    /// The quad class of a class; `None` of none.
    #[must_use]
    pub fn of(class: Option<EventClass>) -> Option<Self> {
        QUADS.iter().find(|(known, _)| Some(*known) == class).map(|(_, quad)| *quad)
    }

    /// Whether it is one of the two of cooperation.
    #[must_use]
    pub fn is_cooperation(self) -> bool {
        matches!(self, Self::VerbalCooperation | Self::MaterialCooperation)
    }

    /// Its name, such as `verbal cooperation`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::VerbalCooperation => "verbal cooperation",
            Self::MaterialCooperation => "material cooperation",
            Self::VerbalConflict => "verbal conflict",
            Self::MaterialConflict => "material conflict",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::briefing::words::CLASSES;

    #[test]
    fn every_class_of_the_format_counts_once() {
        assert_eq!(QUADS.len(), CLASSES.len());
        for (word, class) in CLASSES {
            assert!(Quad::of(Some(*class)).is_some(), "{word}");
        }
        assert_eq!(Quad::of(None), None);
    }

    #[test]
    fn the_older_names_stand_with_those_that_took_them_in() {
        for (older, newer) in [
            (EventClass::Demand, EventClass::Request),
            (EventClass::Disapprove, EventClass::Accuse),
            (EventClass::Investigate, EventClass::Accuse),
            (EventClass::Fight, EventClass::Assault),
        ] {
            assert_eq!(Quad::of(Some(older)), Quad::of(Some(newer)), "{older:?}");
        }
    }
}
