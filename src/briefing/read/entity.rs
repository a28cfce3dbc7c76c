//! Actors as declared, their aliases and offices.

use super::super::model::{Alias, Entity, Role};
use super::super::raw;
use super::super::rule;
use super::super::typing::{NameOr, Spanned};
use super::super::words::{KIND_SPELLINGS, KINDS, MATCHINGS, find_word};
use super::values::Values;

/// An entity; `None` where it has neither name nor id.
pub fn entity(values: &mut Values<'_>, item: Spanned<NameOr<raw::Entity>>) -> Option<Entity> {
    let place = Some(values.source.place(item.span.clone()));
    let raw = match item.value {
        NameOr::Name(name) => {
            let name = name.trim().to_owned();
            return (!name.is_empty()).then(|| Entity { name, place, ..Entity::default() });
        }
        NameOr::Whole(raw) => raw,
    };
    values.found.extend(rule::identifier::check_id(values.source, &raw.id));
    values.found.extend(rule::identifier::check_country(values.source, &raw.country));
    values.found.extend(rule::identifier::check_wikidata(values.source, &raw.wikidata));
    let spelling = raw.kind.0.as_ref().and_then(|kind| find_word(KIND_SPELLINGS, &kind.value));
    let kind = spelling.or_else(|| values.word(&raw.kind, "kind of actor", KINDS));
    let id = Values::line(raw.id);
    let Some(name) = Values::line(raw.name).or_else(|| id.clone()) else {
        values.missing(&item.span, "an entity needs a `name`");
        return None;
    };
    let role_place = raw.role.0.as_ref().map(|role| values.source.place(role.span.clone()));
    let country = Values::line(raw.country).map(|code| code.to_uppercase());
    Some(Entity {
        id,
        name,
        kind,
        role: Values::line(raw.role),
        country,
        wikidata: Values::line(raw.wikidata),
        aliases: raw.aliases.0.into_iter().filter_map(|item| alias(values, item)).collect(),
        not: Values::texts(raw.not.0).into_iter().map(|item| item.value).collect(),
        roles: raw.roles.0.into_iter().filter_map(|item| role(values, item)).collect(),
        demonyms: Values::texts(raw.demonyms.0).into_iter().map(|item| item.value).collect(),
        stands_for: Values::line(raw.stands_for),
        seat: Values::line(raw.seat),
        place,
        role_place,
    })
}

fn alias(values: &mut Values<'_>, item: Spanned<NameOr<raw::Alias>>) -> Option<Alias> {
    let raw = match item.value {
        NameOr::Name(text) => {
            let text = text.trim().to_owned();
            return (!text.is_empty()).then(|| Alias { text, ..Alias::default() });
        }
        NameOr::Whole(raw) => raw,
    };
    let matching = values.word(&raw.r#match, "way of matching", MATCHINGS);
    let (since, until) = values.period(&raw.since, &raw.until);
    let Some(text) = Values::line(raw.text) else {
        values.missing(&item.span, "an alias needs a `text`");
        return None;
    };
    Some(Alias { text, matching, since, until })
}

fn role(values: &mut Values<'_>, item: Spanned<NameOr<raw::Role>>) -> Option<Role> {
    let raw = match item.value {
        NameOr::Name(role) => {
            let role = role.trim().to_owned();
            return (!role.is_empty()).then(|| Role { role, ..Role::default() });
        }
        NameOr::Whole(raw) => raw,
    };
    let (since, until) = values.period(&raw.since, &raw.until);
    let Some(role) = Values::line(raw.role) else {
        values.missing(&item.span, "an office needs a `role`");
        return None;
    };
    Some(Role { role, of: Values::line(raw.of), since, until })
}
