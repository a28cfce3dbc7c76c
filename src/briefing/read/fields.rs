//! The fields of one briefing.

use std::collections::HashSet;

use super::super::model::{Briefing, Entity, Link, Source};
use super::super::raw;
use super::super::rule;
use super::super::syntax::Node;
use super::super::typing::{Field, Many, NameOr, Spanned};
use super::super::words::{CONFIDENCES, LINK_RELS};
use super::entity::entity;
use super::event::{event, relation};
use super::fallback::{date_of, title_of};
use super::values::Values;
use super::{Reference, ReferenceTo};

/// A briefing with what it refers to.
pub struct Read {
    pub briefing: Briefing,
    pub references: Vec<Reference>,
}

/// Turns the raw fields into the model. `index` counts the briefings of the file from 0.
pub fn briefing(
    values: &mut Values<'_>,
    raw: raw::Briefing,
    node: &Node,
    stem: &str,
    index: usize,
) -> Read {
    let source = values.source;
    let head = node.span.start..node.span.start;
    let body_line = raw.body.0.as_ref().map(|body| source.position(body.span.start).line);
    let body = raw.body.into_value().unwrap_or_default();
    values.found.extend(rule::empty_body::check(source, &body, node));
    values.found.extend(rule::identifier::check_id(source, &raw.id));

    let title_given = raw.title.0.is_some();
    let title = Values::line(raw.title);
    if title.is_none() {
        values.push(rule::missing_title::finding(source, head.clone(), title_given));
    }
    let title = title.or_else(|| title_of(&body)).unwrap_or_else(|| fallback_title(stem));
    let date_given = raw.date.0.is_some();
    let date = values.date(&raw.date);
    let from_stem = if date_given { None } else { date_of(stem) };
    if !date_given && from_stem.is_none() && !values.findings.misfits_at(node, "date") {
        values.push(rule::missing_date::finding(source, node));
    }

    let entities: Vec<Entity> =
        raw.entities.0.into_iter().filter_map(|item| entity(values, item)).collect();
    let mut references = References { index, entities: declared(&entities), found: Vec::new() };
    references.itself(values, &raw.id);
    let mut events = Vec::new();
    for item in raw.events.0 {
        if let Some((event, actors)) = event(values, item) {
            references.actors(values, actors);
            events.push(event);
        }
    }
    let relations = raw.relations.0.into_iter().filter_map(|item| relation(values, item)).collect();
    let links =
        raw.links.0.into_iter().filter_map(|item| link(values, item, &mut references)).collect();

    let (grade, finding) = rule::grade::read(source, &raw.grade);
    values.found.extend(finding);
    let mut markings = Vec::new();
    for item in Values::texts(raw.marking.0) {
        let (marking, finding) = rule::marking::read(source, &item);
        values.found.extend(finding);
        markings.push(marking);
    }
    let briefing = Briefing {
        title,
        date: date.or(from_stem),
        updated: values.date(&raw.updated),
        lang: Values::line(raw.lang),
        summary: raw
            .summary
            .into_value()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty()),
        sources: sources(values, raw.source, raw.sources),
        grade,
        confidence: values.word(&raw.confidence, "confidence", CONFIDENCES),
        markings,
        tags: Values::texts(raw.tags.0).into_iter().map(|item| item.value).collect(),
        entities,
        events,
        relations,
        links,
        unknown: unknown(values),
        id: Values::line(raw.id),
        line: source.position(node.span.start).line,
        body_line,
        body,
    };
    Read { briefing, references: references.found }
}

fn fallback_title(stem: &str) -> String {
    if stem.trim().is_empty() { "untitled".to_owned() } else { stem.to_owned() }
}

/// Keys of the briefing itself that are not of the format, with their values as written.
fn unknown(values: &Values<'_>) -> Vec<(String, serde_yaml::Value)> {
    let own = values.findings.unknown.iter().filter(|unknown| unknown.owner == "Briefing");
    own.map(|unknown| (unknown.key.clone(), unknown.value.clone())).collect()
}

fn sources(
    values: &mut Values<'_>,
    one: Many<NameOr<raw::Source>>,
    many: Many<NameOr<raw::Source>>,
) -> Vec<Source> {
    one.0.into_iter().chain(many.0).filter_map(|item| source_of(values, item)).collect()
}

fn source_of(values: &mut Values<'_>, item: Spanned<NameOr<raw::Source>>) -> Option<Source> {
    let raw = match item.value {
        NameOr::Name(name) => {
            let name = name.trim().to_owned();
            return (!name.is_empty()).then(|| Source { name, ..Source::default() });
        }
        NameOr::Whole(raw) => raw,
    };
    let retrieved = values.date(&raw.retrieved);
    let (reliability, finding) = rule::grade::read_reliability(values.source, &raw.reliability);
    values.found.extend(finding);
    values.found.extend(rule::url::check(values.source, &raw.url));
    let url = Values::line(raw.url);
    let author = Values::line(raw.author);
    let Some(name) = Values::line(raw.name).or_else(|| url.clone()).or_else(|| author.clone())
    else {
        values.missing(&item.span, "a source needs a `name`");
        return None;
    };
    Some(Source { name, url, author, retrieved, reliability })
}

fn link(
    values: &mut Values<'_>,
    item: Spanned<NameOr<raw::Link>>,
    references: &mut References,
) -> Option<Link> {
    let raw = match item.value {
        NameOr::Name(to) => raw::Link {
            to: crate::briefing::typing::Field(Some(Spanned {
                value: to,
                span: item.span.clone(),
            })),
            ..raw::Link::default()
        },
        NameOr::Whole(raw) => raw,
    };
    let rel = values.word(&raw.rel, "link relation", LINK_RELS).unwrap_or_default();
    let span = raw.to.0.as_ref().map(|to| to.span.clone()).unwrap_or_default();
    let Some(to) = Values::line(raw.to) else {
        values.missing(&item.span, "a link needs a `to`");
        return None;
    };
    references.push(values, ReferenceTo::Briefing, to.clone(), span);
    Some(Link { rel, to })
}

/// What a briefing calls its own actors.
fn declared(entities: &[Entity]) -> HashSet<String> {
    let names = entities.iter().flat_map(|entity| {
        let aliases = entity.aliases.iter().map(|alias| alias.text.as_str());
        entity.id.as_deref().into_iter().chain([entity.name.as_str()]).chain(aliases)
    });
    names.map(str::to_lowercase).collect()
}

struct References {
    index: usize,
    entities: HashSet<String>,
    found: Vec<Reference>,
}

impl References {
    fn actors(&mut self, values: &Values<'_>, actors: Vec<Spanned<String>>) {
        for Spanned { value, span } in actors {
            if !self.entities.contains(&value.to_lowercase()) {
                self.push(values, ReferenceTo::Actor, value, span);
            }
        }
    }

    fn itself(&mut self, values: &Values<'_>, id: &Field<String>) {
        if let Some(Spanned { value, span }) = &id.0 {
            self.push(values, ReferenceTo::Itself, value.clone(), span.clone());
        }
    }

    fn push(
        &mut self,
        values: &Values<'_>,
        to: ReferenceTo,
        name: String,
        span: std::ops::Range<usize>,
    ) {
        let place = values.source.place(span);
        self.found.push(Reference { briefing: self.index, to, name, place });
    }
}
