//! One identity for each actor, and where texts mention him.
//!
//! May use `briefing` and below. An actor is what the corpus' `actors.yaml` says, what the open
//! briefing declares, and what the gazetteer inside the program knows. Deliberately absent: counts
//! over many briefings (`corpus` and above).

mod conflict;
mod demonym;
mod gazetteer;
mod known;
mod mention;
mod outdated_role;
mod party;
mod period;
mod registry;
mod source;
mod surname;

pub use conflict::{Claims, find_conflicts};
pub use gazetteer::{gazetteer_files, read_gazetteer, read_gazetteer_file};
pub use known::Known;
pub use mention::{Cast, Knowledge, Mention, MentionFinder, ShownCast, Via};
pub use outdated_role::find_outdated_roles;
pub use party::PartyRef;
pub use registry::{DeclaredList, Rank, Registry};
pub use source::{FactSource, Facts, ListId, Scope};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::briefing::{Alias, Entity, Kind};
use crate::text::fold_key;

/// An actor of one briefing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Its id; where none was declared, made of the name.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its role as of the briefing.
    pub role: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Other ways to write it.
    pub aliases: Arc<[Alias]>,
}

impl Actor {
    /// An actor as it was declared; what that leaves out is taken from what is known of it.
    #[must_use]
    pub fn declared(entity: &Entity, base: Option<&Entity>) -> Self {
        let or_base = |own: &Option<String>, pick: fn(&Entity) -> &Option<String>| {
            own.clone().or_else(|| base.and_then(|base| pick(base).clone()))
        };
        let mut aliases: Vec<Alias> = Vec::new();
        let inherited = base.into_iter().flat_map(|base| {
            let name = Alias { text: base.name.clone(), ..Alias::default() };
            let all = base.aliases.iter().cloned().chain(std::iter::once(name));
            all.filter(|alias| alias.text != entity.name)
        });
        for alias in entity.aliases.iter().cloned().chain(inherited) {
            if !aliases.iter().any(|own| own.text == alias.text) {
                aliases.push(alias);
            }
        }
        Self {
            id: or_base(&entity.id, |base| &base.id).unwrap_or_else(|| slug_of(&entity.name)),
            name: entity.name.clone(),
            kind: entity.kind.or_else(|| base.and_then(|base| base.kind)).unwrap_or_default(),
            role: or_base(&entity.role, |base| &base.role),
            country: or_base(&entity.country, |base| &base.country),
            aliases: aliases.into(),
        }
    }

    /// Whether a declaration gives it no name that it has not, and none that it has twice.
    fn has_names_of(&self, entity: &Entity) -> bool {
        entity.aliases.is_empty()
            && entity.name == self.name
            && self.aliases.iter().all(|alias| alias.text != self.name)
    }

    /// The same actor with what a declaration says otherwise; `None` where that is nothing.
    fn as_declared(&self, entity: &Entity) -> Option<Self> {
        let differs = |own: &Option<String>, known: &Option<String>| own.is_some() && own != known;
        let is_same = entity.id.as_ref().is_none_or(|id| *id == self.id)
            && entity.kind.is_none_or(|kind| kind == self.kind)
            && !differs(&entity.role, &self.role)
            && !differs(&entity.country, &self.country);
        (!is_same).then(|| Self {
            id: entity.id.clone().unwrap_or_else(|| self.id.clone()),
            kind: entity.kind.unwrap_or(self.kind),
            role: entity.role.clone().or_else(|| self.role.clone()),
            country: entity.country.clone().or_else(|| self.country.clone()),
            ..self.clone()
        })
    }
}

/// A name as an id: lower case, without diacritics, words joined by hyphens.
#[must_use]
pub fn slug_of(name: &str) -> String {
    let folded = fold_key(name);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}
