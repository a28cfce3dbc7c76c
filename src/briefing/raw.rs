//! The fields of the file format, exactly as they may be written: the one source of their names,
//! their documentation and the JSON Schema.

// The documentation of these fields is the description in the schema that readers of the format
// see, so it speaks of the file and not of Rust.

use schemars::JsonSchema;
use serde::Deserialize;

use super::typing::{Field, Many, NameOr};
use super::words::{CLASSES, CONFIDENCES, KINDS, LINK_RELS, MATCHINGS, STATUSES, spelled};

/// A geopolitical briefing as chancery reads it. A file holds one, or several parted by `---`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline, deny_unknown_fields)]
pub struct Briefing {
    /// Stable link target; by default the file's name without its ending.
    #[schemars(regex(pattern = r"^[\p{L}\p{N}][\p{L}\p{N}._/-]*$"))]
    pub id: Field<String>,
    /// The headline.
    pub title: Field<String>,
    /// When it was issued: EDTF (2023-03-17, 2023-03, 2022-02~) or a date and time.
    #[schemars(with = "Date")]
    pub date: Field<String>,
    /// When it was last changed.
    #[schemars(with = "Date")]
    pub updated: Field<String>,
    /// Language of the body (BCP 47), such as `en`.
    pub lang: Field<String>,
    /// One paragraph.
    pub summary: Field<String>,
    /// The text: paragraphs parted by blank lines, in light Markdown (emphasis, lists, quotes, headings, links).
    pub body: Field<String>,
    /// Who published what it reports.
    pub source: Many<NameOr<Source>>,
    /// Who published what it reports.
    pub sources: Many<NameOr<Source>>,
    /// Admiralty grade: reliability of the source A to F, credibility of the information 1 to 6.
    #[schemars(regex(pattern = "^[A-F][1-6]$"))]
    pub grade: Field<String>,
    /// How sure its author is (ICD 203).
    #[schemars(extend("enum" = spelled(CONFIDENCES)))]
    pub confidence: Field<String>,
    /// How far it may be shared: a label of TLP 2.0, or others.
    pub marking: Many<String>,
    /// Free keywords.
    pub tags: Many<String>,
    /// Actors of this briefing.
    pub entities: Many<NameOr<Entity>>,
    /// Dated events.
    pub events: Many<NameOr<Event>>,
    /// Standing ties between actors.
    pub relations: Many<Relation>,
    /// Ties to other briefings.
    pub links: Many<NameOr<Link>>,
}

/// An EDTF date (ISO 8601-2), or one that is written out.
#[derive(JsonSchema)]
#[schemars(inline, extend("type" = ["string", "integer"]))]
struct Date(#[allow(dead_code, reason = "only its schema is used")] String);

/// A publisher.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Source {
    /// Its name.
    pub name: Field<String>,
    /// Where it can be read.
    #[schemars(regex(pattern = "^https?://"))]
    pub url: Field<String>,
    /// Who wrote it.
    pub author: Field<String>,
    /// When it was fetched.
    #[schemars(with = "Date")]
    pub retrieved: Field<String>,
    /// How reliable it is (Admiralty), A to F.
    #[schemars(regex(pattern = "^[A-F]$"))]
    pub reliability: Field<String>,
}

/// An actor: a person, a state, an organisation.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Entity {
    /// Its id, the same in every briefing.
    pub id: Field<String>,
    /// Its name.
    pub name: Field<String>,
    /// What it is.
    #[schemars(extend("enum" = spelled(KINDS)))]
    pub kind: Field<String>,
    /// Its role, such as `President of China`.
    pub role: Field<String>,
    /// Country, ISO 3166-1 alpha-3.
    #[schemars(regex(pattern = "^[A-Z]{3}$"))]
    pub country: Field<String>,
    /// Wikidata id, such as `Q15031`.
    #[schemars(regex(pattern = "^Q[0-9]+$"))]
    pub wikidata: Field<String>,
    /// Other ways to write it.
    pub aliases: Many<NameOr<Alias>>,
    /// Ids or names of actors that it is not.
    pub not: Many<String>,
    /// Offices held; only `actors.yaml` gives them.
    pub roles: Many<NameOr<Role>>,
    /// Adjectives and names of its people, such as `Chinese`; they mean it in texts.
    pub demonyms: Many<String>,
    /// Id or name of the actor for which its own name also stands, as Moscow for Russia.
    pub stands_for: Field<String>,
    /// City of its seat.
    pub seat: Field<String>,
}

/// A way to write an actor's name.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Alias {
    /// As it is written in texts.
    pub text: Field<String>,
    /// How exactly a text must match it: to the character, in case, or not to be looked for.
    #[schemars(extend("enum" = spelled(MATCHINGS)))]
    pub r#match: Field<String>,
    /// From when it was in use.
    #[schemars(with = "Date")]
    pub since: Field<String>,
    /// The day after the last.
    #[schemars(with = "Date")]
    pub until: Field<String>,
}

/// An office held for a time.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Role {
    /// The office, such as `President`.
    pub role: Field<String>,
    /// Of what: a country (alpha-3), or an organisation's id.
    pub of: Field<String>,
    /// First day.
    #[schemars(with = "Date")]
    pub since: Field<String>,
    /// The day after the last.
    #[schemars(with = "Date")]
    pub until: Field<String>,
}

/// Something that happened, or is said or expected to.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Event {
    /// When it happened, as EDTF; without a date it is undated.
    #[schemars(with = "Date")]
    pub date: Field<String>,
    /// What happened, in a few words.
    pub what: Field<String>,
    /// Event class of PLOVER.
    #[schemars(extend("enum" = spelled(CLASSES)))]
    pub class: Field<String>,
    /// Who acted: ids, names, aliases or demonyms.
    pub by: Many<String>,
    /// Upon whom.
    pub to: Many<String>,
    /// Where.
    pub place: Field<String>,
    /// Whether it happened.
    #[schemars(extend("enum" = spelled(STATUSES)))]
    pub status: Field<String>,
    /// Words of the text that report it.
    pub quote: Field<String>,
}

/// A standing tie between two actors.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Relation {
    /// Whose tie it is.
    pub from: Field<String>,
    /// With whom.
    pub to: Field<String>,
    /// What ties them: member, ally, head-of, sanctions, or another word.
    pub kind: Field<String>,
    /// First day.
    #[schemars(with = "Date")]
    pub since: Field<String>,
    /// The day after the last.
    #[schemars(with = "Date")]
    pub until: Field<String>,
}

/// A tie to another briefing.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Link {
    /// What this briefing is to the other.
    #[schemars(extend("enum" = spelled(LINK_RELS)))]
    pub rel: Field<String>,
    /// The other's id.
    pub to: Field<String>,
}

/// `actors.yaml`: the actors of a folder and of those below it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline, deny_unknown_fields)]
pub struct Actors {
    /// The actors.
    pub actors: Many<NameOr<Entity>>,
}
