//! The rows of a dossier in their order, and which of them a filter leaves.

use super::Order;
use crate::briefing::words::{CLASSES, word_for};
use crate::corpus::dossier::{
    Dossier, Fact, FactKind, Happening, Party, Passage, Quad, Subject, Tie,
};
use crate::corpus::{ActorId, BriefingId, Corpus};
use crate::text::{Needle, floor_boundary};

/// A row of the view. Numbers are indices into the dossier's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A line above the sections.
    Summary(Summary),
    /// What the rows beneath are, and how many of them there are.
    Section(Section, usize),
    /// What one of two did to the other.
    Deed(usize),
    /// A briefing, above its mentions.
    Group(usize),
    /// A mention.
    Passage(usize),
    /// An event.
    Event(usize),
    /// Somebody who appears with the subject.
    Actor(usize),
    /// A standing tie.
    Tie(usize),
    /// A metonym that may mean him.
    StandIn(usize),
    /// Something that is known: of which profile, which fact.
    Fact(usize, usize),
    /// How to read the above.
    Note(Note),
}

/// A line above the sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summary {
    /// Role, kind, country, Wikidata item of a profile.
    Who(usize),
    /// His other names.
    Also(usize),
    /// First and last seen, how many mentions.
    Seen,
    /// Mentions over the span of the corpus; of a dyad briefings.
    Rhythm,
    /// Whom he appears with most.
    With,
    /// Cooperation of two over the same time.
    Cooperation,
    /// Conflict likewise.
    Conflict,
}

/// A part of the dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// Who of two did what to whom.
    Deeds,
    /// Mentions in context, by briefing; of two where they are named together.
    Mentions,
    /// Events.
    Events,
    /// Who appears with the subject.
    Company,
    /// Standing ties.
    Ties,
    /// Metonyms that may mean him.
    StandIns,
    /// Everything that is known of him, each with who says so.
    Facts,
    /// How to read the above.
    Notes,
}

/// A sentence of the last section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// What marks an inferred mention.
    Inferred,
    /// That inferred mentions are left out.
    NamedOnly,
    /// What metonyms are and that they are not counted.
    StandIns,
    /// What is recent.
    Recent,
    /// What the arrows mean.
    Arrows,
    /// What `new` and `gone` mean.
    NewAndGone,
    /// What is an event with several reports.
    Reports,
    /// When two are named together.
    Together,
    /// Which classes of events are what.
    Quad(Quad),
    /// Where this comes from, and what is not counted.
    Counted,
}

/// Bytes of its paragraph on each side of a mention in which a filter looks: about what a wide
/// screen shows.
const NEAR: usize = 90;

/// All rows that a filter leaves.
pub(super) fn arrange(corpus: &Corpus, dossier: &Dossier, order: Order, filter: &str) -> Vec<Row> {
    let mut rows = Arranging {
        corpus,
        dossier,
        needle: Needle::smart_case(filter),
        oldest: order == Order::Oldest,
        rows: Vec::with_capacity(dossier.passages.len() + dossier.groups.len() * 2 + 64),
    };
    let is_dyad = matches!(dossier.subject, Subject::Dyad(..));
    if rows.needle.is_empty() {
        rows.summary(is_dyad);
    }
    if let Some(deeds) = &dossier.deeds {
        let count = deeds.by_class.len();
        rows.section(Section::Deeds, (0..count).map(Row::Deed).collect());
    }
    rows.mentions();
    rows.events();
    rows.company();
    let ties = rows.kept(&dossier.ties, Arranging::tie_words);
    rows.section(Section::Ties, ties.into_iter().map(Row::Tie).collect());
    rows.stand_ins();
    rows.facts();
    if rows.needle.is_empty() {
        rows.notes(is_dyad);
    }
    rows.rows
}

struct Arranging<'a> {
    corpus: &'a Corpus,
    dossier: &'a Dossier,
    needle: Needle,
    oldest: bool,
    rows: Vec<Row>,
}

impl Arranging<'_> {
    fn summary(&mut self, is_dyad: bool) {
        for (at, profile) in self.dossier.profiles.iter().enumerate() {
            self.rows.push(Row::Summary(Summary::Who(at)));
            let has_aliases = profile.facts.iter().any(|fact| fact.kind == FactKind::Alias);
            if has_aliases && !is_dyad {
                self.rows.push(Row::Summary(Summary::Also(at)));
            }
        }
        self.rows.push(Row::Summary(Summary::Seen));
        self.rows.push(Row::Summary(Summary::Rhythm));
        let deeds = self.dossier.deeds.as_ref().map(|deeds| deeds.balance);
        if deeds.is_some_and(|balance| balance.cooperation() + balance.conflict() > 0) {
            self.rows.push(Row::Summary(Summary::Cooperation));
            self.rows.push(Row::Summary(Summary::Conflict));
        }
        if !self.dossier.network.actors.is_empty() {
            self.rows.push(Row::Summary(Summary::With));
        }
    }

    fn section(&mut self, section: Section, rows: Vec<Row>) {
        let is_deeds = section == Section::Deeds && !self.needle.is_empty();
        if !rows.is_empty() && !is_deeds {
            self.rows.push(Row::Section(section, rows.len()));
            self.rows.extend(rows);
        }
    }

    fn mentions(&mut self) {
        let dossier = self.dossier;
        let dated = dossier.groups.partition_point(|group| self.is_dated(group.briefing));
        let mut order: Vec<usize> = (0..dossier.groups.len()).collect();
        if !self.oldest {
            order[..dated].reverse();
        }
        let mut rows = Vec::with_capacity(dossier.passages.len() + order.len());
        let mut count = 0;
        for at in order {
            let Some(group) = dossier.groups.get(at) else { continue };
            let all = group.passages.clone();
            let of_title = self.needle.is_empty() || self.has(self.title(group.briefing));
            let kept: Vec<usize> =
                all.filter(|at| of_title || self.has_passage(&dossier.passages, *at)).collect();
            if !of_title && kept.is_empty() {
                continue;
            }
            count += kept.len();
            rows.push(Row::Group(at));
            rows.extend(kept.into_iter().map(Row::Passage));
        }
        if !rows.is_empty() {
            self.rows.push(Row::Section(Section::Mentions, count));
            self.rows.append(&mut rows);
        }
    }

    fn events(&mut self) {
        let dossier = self.dossier;
        let is_dated = |event: &Happening| {
            event.at.find_in(self.corpus).is_some_and(|event| event.date.is_some())
        };
        let mut kept = self.kept(&dossier.events, Arranging::event_words);
        let dated = kept.partition_point(|at| dossier.events.get(*at).is_some_and(is_dated));
        if !self.oldest {
            kept[..dated].reverse();
        }
        self.section(Section::Events, kept.into_iter().map(Row::Event).collect());
    }

    fn company(&mut self) {
        let kept =
            self.kept(&self.dossier.network.actors, |rows, one| rows.name(one.actor).to_owned());
        self.section(Section::Company, kept.into_iter().map(Row::Actor).collect());
    }

    fn stand_ins(&mut self) {
        let all = &self.dossier.stand_ins;
        let kept: Vec<usize> = (0..all.len())
            .filter(|at| self.needle.is_empty() || self.has_passage(all, *at))
            .collect();
        self.section(Section::StandIns, kept.into_iter().map(Row::StandIn).collect());
    }

    fn facts(&mut self) {
        let mut rows = Vec::new();
        for (at, profile) in self.dossier.profiles.iter().enumerate() {
            let kept = self.kept(&profile.facts, |_, fact: &Fact| fact.value.clone());
            rows.extend(kept.into_iter().map(|fact| Row::Fact(at, fact)));
        }
        self.section(Section::Facts, rows);
    }

    fn notes(&mut self, is_dyad: bool) {
        let dossier = self.dossier;
        let mut notes = Vec::new();
        if dossier.inferred {
            notes.push(Note::Inferred);
        } else {
            notes.push(Note::NamedOnly);
        }
        if !dossier.stand_ins.is_empty() {
            notes.push(Note::StandIns);
        }
        if is_dyad {
            notes.push(Note::Together);
        }
        notes.push(Note::Reports);
        if !dossier.network.actors.is_empty() {
            notes.extend([Note::Recent, Note::Arrows, Note::NewAndGone]);
        }
        if is_dyad {
            notes.push(Note::Counted);
            notes.extend(Quad::ALL.map(Note::Quad));
        }
        self.section(Section::Notes, notes.into_iter().map(Row::Note).collect());
    }

    /// Indices of those whose words the filter finds.
    fn kept<T>(&self, all: &[T], words: impl Fn(&Self, &T) -> String) -> Vec<usize> {
        let found = |(at, one): (usize, &T)| {
            (self.needle.is_empty() || self.has(&words(self, one))).then_some(at)
        };
        all.iter().enumerate().filter_map(found).collect()
    }

    fn has(&self, words: &str) -> bool {
        !self.needle.find_in(words).is_empty()
    }

    fn has_passage(&self, passages: &[Passage], at: usize) -> bool {
        let Some(passage) = passages.get(at) else { return false };
        let Some(entry) = self.corpus.entry(passage.briefing) else { return false };
        let briefing = entry.briefing();
        let body = briefing.body.as_str();
        let range = passage.mention.range();
        let start = floor_boundary(body, range.start.saturating_sub(NEAR));
        let end = floor_boundary(body, (range.end + NEAR).min(body.len()));
        let before = body.get(start..range.start).unwrap_or_default();
        let start = before.rfind("\n\n").map_or(start, |at| start + at);
        let after = body.get(range.end..end).unwrap_or_default();
        let end = after.find("\n\n").map_or(end, |at| range.end + at);
        body.get(start..end).is_some_and(|words| self.has(words))
    }

    fn is_dated(&self, id: BriefingId) -> bool {
        self.corpus.issued(id).is_dated()
    }

    fn title(&self, id: BriefingId) -> &str {
        self.corpus.entry(id).map_or("", |entry| entry.title())
    }

    fn name(&self, id: ActorId) -> &str {
        self.corpus.concordance.actor(id).map_or("", |known| known.actor.name.as_str())
    }

    fn event_words(&self, event: &Happening) -> String {
        let Some(told) = event.at.find_in(self.corpus) else { return String::new() };
        let parties = event.by.iter().chain(&event.to).map(|id| self.name(*id));
        let mut words: Vec<&str> = parties.collect();
        words.push(&told.what);
        words.extend(told.place.as_deref());
        words.extend(told.date.as_ref().map(crate::date::EdtfDate::as_edtf));
        let class = told.class.map(|class| word_for(CLASSES, &class));
        words.extend(class);
        words.join(" · ")
    }

    fn tie_words(&self, tie: &Tie) -> String {
        let name = |party: &Party| match party {
            Party::Known(id) => self.name(*id).to_owned(),
            Party::Named(name) => name.clone(),
        };
        format!("{} {} {}", name(&tie.from), tie.kind, name(&tie.to))
    }
}
