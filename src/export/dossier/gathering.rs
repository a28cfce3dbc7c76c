//! From a dossier to its record.

use super::{
    Briefing, CoActor, Company, Deed, Deeds, Event, Fact, Mention, Month, Profile, Record,
    Relation, StandIn,
};
use crate::corpus::dossier::{
    self, Dossier, FactKind, Party, Passage, Quad, Source, period_in_words,
};
use crate::corpus::kwic::KwicLine;
use crate::corpus::timeline::EventRef;
use crate::corpus::{ActorId, BriefingId, Corpus, Entry};
use crate::date::EdtfDate;

/// Columns before and from a mention: enough for a sentence to be understood.
const LEFT: usize = 80;
const RIGHT: usize = 120;

impl Record {
    /// The record of a dossier of this corpus.
    #[must_use]
    pub fn of(corpus: &Corpus, dossier: &Dossier) -> Self {
        let from = From { corpus };
        let mut briefings: Vec<Briefing> =
            dossier.groups.iter().filter_map(|group| from.briefing(dossier, group)).collect();
        newest_first(&mut briefings, |briefing| briefing.date.is_some());
        let mut events: Vec<Event> =
            dossier.events.iter().filter_map(|event| from.event(event)).collect();
        newest_first(&mut events, |event| event.date.is_some());
        let dated = || briefings.iter().filter_map(|briefing| briefing.date.clone());
        Self {
            actors: dossier.profiles.iter().map(|profile| from.profile(profile)).collect(),
            inferred: dossier.inferred,
            first: dated().next_back(),
            last: dated().next(),
            by_month: dossier
                .rhythm
                .by_bucket()
                .into_iter()
                .map(|(bucket, count)| Month { month: bucket.as_edtf(), count })
                .collect(),
            briefings,
            events,
            deeds: dossier.deeds.as_ref().map(deeds),
            company: from.company(dossier),
            relations: dossier.ties.iter().map(|tie| from.relation(tie)).collect(),
            stand_ins: dossier.stand_ins.iter().filter_map(|one| from.stand_in(one)).collect(),
        }
    }
}

/// Turns round what is dated; the undated stay last.
fn newest_first<T>(all: &mut [T], is_dated: impl Fn(&T) -> bool) {
    let dated = all.partition_point(is_dated);
    if let Some(dated) = all.get_mut(..dated) {
        dated.reverse();
    }
}

fn deeds(deeds: &dossier::Deeds) -> Deeds {
    let balance = deeds.balance;
    let deed = |deed: &dossier::Deed| Deed {
        class: deed.class,
        quad: Quad::of(deed.class).map(Quad::name),
        forth: deed.forth,
        back: deed.back,
        together: deed.joint,
    };
    Deeds {
        by_class: deeds.by_class.iter().map(deed).collect(),
        verbal_cooperation: balance.verbal_cooperation,
        material_cooperation: balance.material_cooperation,
        verbal_conflict: balance.verbal_conflict,
        material_conflict: balance.material_conflict,
    }
}

struct From<'a> {
    corpus: &'a Corpus,
}

impl From<'_> {
    fn profile(&self, profile: &dossier::Profile) -> Profile {
        Profile {
            actor: profile.id.clone(),
            name: profile.name.clone(),
            kind: profile.kind,
            role: profile.role.as_ref().map(|role| self.fact(role)),
            briefings: profile.briefings,
            mentions: profile.mentions,
            inferred: profile.inferred,
            facts: profile.facts.iter().map(|fact| self.fact(fact)).collect(),
        }
    }

    fn fact(&self, fact: &dossier::Fact) -> Fact {
        Fact {
            fact: match fact.kind {
                FactKind::Name => "name",
                FactKind::Id => "id",
                FactKind::Kind => "kind",
                FactKind::Country => "country",
                FactKind::Wikidata => "wikidata",
                FactKind::Role => "role",
                FactKind::Alias => "alias",
            },
            value: fact.value.clone(),
            since: edtf(fact.since.as_ref()),
            until: edtf(fact.until.as_ref()),
            source: fact.source.map(|source| match source {
                Source::Known(source) => self.corpus.finder.registry().source_in_words(source),
                Source::Briefing(id) => self.slug(id),
            }),
            period: period_in_words(fact.since.as_ref(), fact.until.as_ref()),
        }
    }

    fn briefing(&self, dossier: &Dossier, group: &dossier::Group) -> Option<Briefing> {
        let entry = self.corpus.entry(group.briefing)?;
        let briefing = entry.briefing();
        let passages = dossier.passages_of(group);
        Some(Briefing {
            briefing: entry.slug.clone(),
            title: briefing.title.clone(),
            date: edtf(briefing.date.as_ref()),
            sources: briefing.sources.iter().map(|source| source.name.clone()).collect(),
            file: self.file(entry),
            line: briefing.line.max(1),
            mentions: passages.iter().filter_map(|one| self.mention(entry, one)).collect(),
            issued: briefing.date.as_ref().map(EdtfDate::in_words).unwrap_or_default(),
        })
    }

    fn mention(&self, entry: &Entry, passage: &Passage) -> Option<Mention> {
        let briefing = entry.briefing();
        let body = briefing.body.as_str();
        let range = passage.mention.range();
        let before = body.get(..range.start)?;
        let text = body.get(range.clone())?;
        let beside = passage.beside.map(|other| other.range());
        let line = KwicLine::cut(body, range, beside, LEFT, RIGHT);
        let start = before.chars().count();
        let lines = before.matches('\n').count();
        let together_with = line.beside.and_then(|at| line.right.get(at)).map(str::to_owned);
        Some(Mention {
            start,
            end: start + text.chars().count(),
            line: briefing.body_line.map(|first| first + lines),
            actor: self.id(passage.mention.actor),
            left: line.left,
            text: line.middle,
            right: line.right,
            via: passage.mention.via,
            inferred: passage.mention.via.is_inferred(),
            together_with,
        })
    }

    fn stand_in(&self, passage: &Passage) -> Option<StandIn> {
        let entry = self.corpus.entry(passage.briefing)?;
        Some(StandIn { briefing: entry.slug.clone(), mention: self.mention(entry, passage)? })
    }

    fn event(&self, event: &dossier::Happening) -> Option<Event> {
        let told = event.at.find_in(self.corpus)?;
        let entry = self.corpus.entry(event.at.briefing)?;
        let place = told.source_place.as_ref();
        let ids = |side: &[ActorId]| side.iter().map(|actor| self.id(*actor)).collect();
        let names =
            |side: &[ActorId]| side.iter().map(|actor| self.name(*actor).to_owned()).collect();
        let slug = |report: &EventRef| self.slug(report.briefing);
        Some(Event {
            date: edtf(told.date.as_ref()),
            what: told.what.clone(),
            class: told.class,
            by: ids(&event.by),
            to: ids(&event.to),
            place: told.place.clone(),
            status: told.status,
            reports: event.reports.iter().rev().map(slug).collect(),
            file: self.file(entry),
            line: place.map_or(told.entry().line(), |place| place.start.line).max(1),
            names: (names(&event.by), names(&event.to)),
            when: told.date.as_ref().map_or_else(|| "undated".to_owned(), EdtfDate::in_words),
        })
    }

    fn company(&self, dossier: &Dossier) -> Company {
        let network = &dossier.network;
        let actor = |one: &crate::corpus::network::CoActor| {
            let known = &self.corpus.concordance.actor(one.actor)?.actor;
            Some(CoActor {
                actor: known.id.clone(),
                name: known.name.clone(),
                kind: known.kind,
                briefings: one.briefings,
                recent: one.recent,
                before: one.before,
                change: one.change.name(),
            })
        };
        Company {
            since: network.since.map(|day| EdtfDate::day(day).as_edtf().to_owned()),
            recent: network.recent,
            before: network.before,
            actors: network.actors.iter().filter_map(actor).collect(),
        }
    }

    fn relation(&self, tie: &dossier::Tie) -> Relation {
        let id = |party: &Party| match party {
            Party::Known(actor) => self.id(*actor),
            Party::Named(name) => name.clone(),
        };
        let name = |party: &Party| match party {
            Party::Known(actor) => self.name(*actor).to_owned(),
            Party::Named(name) => name.clone(),
        };
        Relation {
            from: id(&tie.from),
            kind: tie.kind.clone(),
            to: id(&tie.to),
            since: edtf(tie.since.as_ref()),
            until: edtf(tie.until.as_ref()),
            said_by: tie.said_by.iter().rev().map(|id| self.slug(*id)).collect(),
            names: [name(&tie.from), name(&tie.to)],
            period: period_in_words(tie.since.as_ref(), tie.until.as_ref()),
        }
    }

    fn id(&self, actor: ActorId) -> String {
        let known = self.corpus.concordance.actor(actor);
        known.map(|known| known.actor.id.clone()).unwrap_or_default()
    }

    fn name(&self, actor: ActorId) -> &str {
        self.corpus.concordance.actor(actor).map_or("", |known| known.actor.name.as_str())
    }

    fn slug(&self, id: BriefingId) -> String {
        self.corpus.entry(id).map(|entry| entry.slug.clone()).unwrap_or_default()
    }

    fn file(&self, entry: &Entry) -> String {
        let file = self.corpus.file(entry.file);
        file.map(|file| file.path.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

fn edtf(date: Option<&EdtfDate>) -> Option<String> {
    date.map(|date| date.as_edtf().to_owned())
}
