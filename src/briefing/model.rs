//! The fields of a briefing as typed values; `DESIGN` of the format is in the README.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::date::EdtfDate;
use crate::diagnostic::Place;

/// A value together with the place in the file that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// One briefing as read: every field that could be understood, whatever else was wrong.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Briefing {
    /// Dated events. The first field, so that an index gives them without the rest.
    pub events: Vec<Event>,
    /// The `id` as written; `None` where the file gives none (the corpus then derives a slug).
    pub id: Option<String>,
    /// The headline. Never empty: without one, the first line of the body, else the file's stem.
    pub title: String,
    /// When it was issued; `None` is undated.
    pub date: Option<EdtfDate>,
    /// When it was last changed.
    pub updated: Option<EdtfDate>,
    /// Language of the body (BCP 47).
    pub lang: Option<String>,
    /// One paragraph.
    pub summary: Option<String>,
    /// Paragraphs parted by blank lines, in light Markdown.
    pub body: String,
    /// Who published it; `source` and `sources` together.
    pub sources: Vec<Source>,
    /// Admiralty grade of source and information.
    pub grade: Option<Grade>,
    /// How sure its author is (ICD 203).
    pub confidence: Option<Confidence>,
    /// How far it may be shared (FIRST TLP 2.0) and other markings.
    pub markings: Vec<Marking>,
    /// Free keywords.
    pub tags: Vec<String>,
    /// Actors that it declares.
    pub entities: Vec<Entity>,
    /// Standing ties between actors.
    pub relations: Vec<Relation>,
    /// Ties to other briefings.
    pub links: Vec<Link>,
    /// Keys that are not of the format, with their values.
    #[serde(with = "super::packed_values")]
    pub unknown: Vec<(String, serde_yaml::Value)>,
    /// First line of this briefing in its file, from 1 (a file may hold several).
    pub line: usize,
    /// Where the text of `body` stands in the file: line of its first line, from 1.
    pub body_line: Option<usize>,
}

/// A publisher of what the briefing reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was fetched.
    pub retrieved: Option<EdtfDate>,
    /// How reliable it is, `A` to `F` (Admiralty).
    pub reliability: Option<char>,
}

/// Admiralty grade (NATO AJP-2.1): reliability of the source, credibility of the information.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grade {
    /// `A` (completely reliable) to `F` (cannot be judged).
    pub reliability: char,
    /// 1 (confirmed) to 6 (cannot be judged).
    pub credibility: u8,
}

/// Analytic confidence (ICD 203).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Low.
    Low,
    /// Moderate.
    Moderate,
    /// High.
    High,
}

/// A marking: one of the Traffic Light Protocol's, or any other as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Marking {
    /// A label of FIRST TLP 2.0.
    Tlp(Tlp),
    /// Anything else, as written.
    Other(String),
}

/// FIRST Traffic Light Protocol 2.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tlp {
    /// May be shared with anyone.
    Clear,
    /// Within the community.
    Green,
    /// Within the organisation and its clients.
    Amber,
    /// Within the organisation only.
    AmberStrict,
    /// Not beyond the named recipients.
    Red,
}

impl Tlp {
    /// The label as it is written.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        }
    }

    /// How far it may be shared, in a few words.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Clear => "may be shared with anyone",
            Self::Green => "within the community, not in public",
            Self::Amber => "within the organisation and its clients, as needed",
            Self::AmberStrict => "within the organisation only, as needed",
            Self::Red => "for the named recipients only",
        }
    }
}

/// What sort of actor it is; also the order in which the entities pane groups them.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A human being.
    Person,
    /// A state.
    State,
    /// An international or domestic organisation, ministry, court.
    Organisation,
    /// A military or political alliance.
    Alliance,
    /// An armed group that is no state's army.
    ArmedGroup,
    /// A company.
    Company,
    /// A news agency, paper or broadcaster.
    Media,
    /// A city, region, sea.
    Place,
    /// Anything else, and whatever gave no kind.
    #[default]
    Other,
}

impl Kind {
    /// What several of it are called.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::State => "states",
            Self::Organisation => "organisations",
            Self::Alliance => "alliances",
            Self::ArmedGroup => "armed groups",
            Self::Company => "companies",
            Self::Media => "media",
            Self::Place => "places",
            Self::Other => "others",
        }
    }

    /// What one of it is called.
    #[must_use]
    pub fn singular(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::State => "state",
            Self::Organisation => "organisation",
            Self::Alliance => "alliance",
            Self::ArmedGroup => "armed group",
            Self::Company => "company",
            Self::Media => "media",
            Self::Place => "place",
            Self::Other => "other",
        }
    }
}

/// An actor as a briefing (or `actors.yaml`) declares it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Its id as written, else `None`.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// What it is; `None` where not said.
    pub kind: Option<Kind>,
    /// The role as written, such as `President of China`.
    pub role: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Wikidata QID.
    pub wikidata: Option<String>,
    /// Other ways to write it.
    pub aliases: Vec<Alias>,
    /// Ids or names of actors that it is not.
    pub not: Vec<String>,
    /// Offices held; only `actors.yaml` gives them.
    pub roles: Vec<Role>,
    /// Adjectives and names of its people, such as `Chinese`; they mean it in texts.
    pub demonyms: Vec<String>,
    /// Id or name of the actor for which its own name also stands, as Moscow for Russia.
    pub stands_for: Option<String>,
    /// City of its seat.
    pub seat: Option<String>,
    /// Where the declaration stands.
    pub place: Option<Place>,
    /// Where its role stands.
    pub role_place: Option<Place>,
}

/// A way to write an actor's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// As it is written in texts.
    pub text: String,
    /// How exactly a text must match it; `None` lets the finder decide by length.
    pub matching: Option<Matching>,
    /// From when it was in use.
    pub since: Option<EdtfDate>,
    /// Until when (exclusive).
    pub until: Option<EdtfDate>,
}

/// How exactly a text must match an alias.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Matching {
    /// To the character.
    Exact,
    /// Upper and lower case as written; diacritics may differ.
    Case,
    /// Known, but not to be looked for.
    Never,
}

/// An office held for a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The office, such as `President`.
    pub role: String,
    /// Of what: an alpha-3 code, or an organisation's id or abbreviation.
    pub of: Option<String>,
    /// First day.
    pub since: Option<EdtfDate>,
    /// The day after the last.
    pub until: Option<EdtfDate>,
}

/// Something that happened, or is said or expected to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When; `None` is undated.
    pub date: Option<EdtfDate>,
    /// What, in a few words.
    pub what: String,
    /// PLOVER event class.
    pub class: Option<EventClass>,
    /// Who acted: ids, names, aliases or demonyms as written.
    pub by: Vec<String>,
    /// Upon whom.
    pub to: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// Whether it happened.
    pub status: EventStatus,
    /// Words of the text that report it.
    pub quote: Option<String>,
    /// Where the event stands in the file.
    pub source_place: Option<Place>,
}

/// Event classes of PLOVER (Open Event Data Alliance), with the older names of its manual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the manual's own words")]
pub enum EventClass {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
    Demand,
    Disapprove,
    Fight,
    Investigate,
}

/// Whether an event happened, as its briefing says.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum EventStatus {
    /// It happened.
    #[default]
    Done,
    /// It is to happen.
    Planned,
    /// Somebody denies it.
    Denied,
    /// Somebody claims it.
    Alleged,
}

/// A standing tie.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// Whose.
    pub from: String,
    /// With whom.
    pub to: String,
    /// `member`, `ally`, `head-of`, `sanctions`, or another word.
    pub kind: String,
    /// From when.
    pub since: Option<EdtfDate>,
    /// Until when (exclusive).
    pub until: Option<EdtfDate>,
}

/// A tie to another briefing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What sort.
    pub rel: LinkRel,
    /// Slug of the other briefing.
    pub to: String,
}

/// What a briefing is to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkRel {
    /// Comes after it.
    #[default]
    Follows,
    /// Says the same.
    Confirms,
    /// Says otherwise.
    Contradicts,
    /// Replaces part of it.
    Updates,
}

/// Byte range of a text.
pub type Span = Range<usize>;
