//! The rows of a dossier's sections.

use ratatui::style::{Modifier, Style};

use super::{Page, words};
use crate::app::dossier::Row;
use crate::briefing::words::{CLASSES, word_for};
use crate::briefing::{EventStatus, Kind};
use crate::corpus::dossier::{Deed, Fact, Group, Happening, Passage, Quad, Tie, period_in_words};
use crate::corpus::kwic::KwicLine;
use crate::corpus::network::CoActor;
use crate::corpus::{ActorId, BriefingId};
use crate::date::EdtfDate;
use crate::text::display_width;
use crate::ui::paint::Pen;
use crate::ui::theme::Role;

/// Columns of a date, of an event's class, of an actor's name, of a country.
const DATE: usize = 10;
const RANGE: usize = 13;
const CLASS: usize = 11;
const NAME: usize = 28;
const COUNTRY: usize = 4;
/// Narrowest rows with room for an event's class, its place, and what happened beside who did it.
const ROOM_FOR_CLASS: usize = 64;
const ROOM_FOR_PLACE: usize = 76;
const ROOM_FOR_WHAT: usize = 110;
/// Narrowest rows in which company is told in numbers, and with a bar.
const ROOM_FOR_RATES: usize = 70;
const ROOM_FOR_BAR: usize = 100;
const BAR: usize = 20;

pub(super) fn draw(page: &Page<'_>, row: Row, here: bool, mut pen: Pen<'_>) {
    let dossier = &page.view.dossier;
    pen.write(if here { page.theme.glyph("▶", ">") } else { " " }, Style::new());
    let line = Line { page, here };
    match row {
        Row::Group(at) => line.with(dossier.groups.get(at), pen, Line::group),
        Row::Passage(at) => line.with(dossier.passages.get(at), pen, Line::passage),
        Row::StandIn(at) => line.with(dossier.stand_ins.get(at), pen, Line::stand_in),
        Row::Event(at) => line.with(dossier.events.get(at), pen, Line::event),
        Row::Actor(at) => line.with(dossier.network.actors.get(at), pen, Line::actor),
        Row::Tie(at) => line.with(dossier.ties.get(at), pen, Line::tie),
        Row::Deed(at) => {
            let deeds = dossier.deeds.as_ref().and_then(|deeds| deeds.by_class.get(at));
            line.with(deeds, pen, Line::deed);
        }
        Row::Fact(profile, at) => {
            let profile = dossier.profiles.get(profile);
            line.with(profile.and_then(|profile| profile.facts.get(at)), pen, Line::fact);
        }
        Row::Note(note) => {
            let words = words::note(note, dossier.network.since, page.theme);
            let room = pen.room();
            pen.write(" ", Style::new()).write_cut(&words, room, line.style(Role::Dim));
        }
        Row::Summary(_) | Row::Section(..) => {}
    }
}

#[derive(Clone, Copy)]
struct Line<'a> {
    page: &'a Page<'a>,
    here: bool,
}

impl Line<'_> {
    fn with<T>(self, item: Option<&T>, pen: Pen<'_>, draw: impl Fn(Self, &T, Pen<'_>)) {
        if let Some(item) = item {
            draw(self, item, pen);
        }
    }

    /// How a role looks; the row under the cursor has a look of its own.
    fn style(self, role: Role) -> Style {
        if self.here { Style::new() } else { self.page.theme.style(role) }
    }

    fn kind(self, id: ActorId) -> Kind {
        let known = self.page.corpus.concordance.actor(id);
        known.map_or(Kind::Other, |known| known.actor.kind)
    }

    fn issued(self, id: BriefingId) -> String {
        let date = self.page.corpus.entry(id).and_then(|entry| entry.date());
        date.map_or_else(|| "undated".to_owned(), words::date)
    }

    fn group(self, group: &Group, mut pen: Pen<'_>) {
        let title = self.page.corpus.entry(group.briefing);
        let title = title.map_or("", |entry| entry.title());
        let count = group.passages.len();
        let count = match count {
            0 if self.page.view.dossier.deeds.is_some() => "apart".to_owned(),
            0 => "not in the text".to_owned(),
            n => n.to_string(),
        };
        pen.write(&self.issued(group.briefing), self.style(Role::Heading))
            .write("  ", Style::new());
        let room = pen.room().saturating_sub(display_width(&count) + 2);
        let before = pen.room();
        pen.write_lit(title, room, self.style(Role::Heading), &self.page.lit);
        let gap = room.saturating_sub(before - pen.room()) + 1;
        pen.skip(gap, Style::new()).write(&count, self.style(Role::Dim));
    }

    fn passage(self, passage: &Passage, pen: Pen<'_>) {
        self.kwic(passage, pen);
    }

    fn stand_in(self, passage: &Passage, mut pen: Pen<'_>) {
        pen.write_padded(&self.issued(passage.briefing), DATE + 1, self.style(Role::Dim));
        self.kwic(passage, pen);
    }

    fn kwic(self, passage: &Passage, mut pen: Pen<'_>) {
        let Some(entry) = self.page.corpus.entry(passage.briefing) else { return };
        let plain = Style::new();
        let inferred = passage.mention.via.is_inferred();
        pen.write(if inferred { "~" } else { " " }, self.style(Role::Dim)).write(" ", plain);
        let left = pen.room() * 2 / 5;
        let right = pen.room().saturating_sub(left + 1);
        let line = KwicLine::cut(
            &entry.briefing().body,
            passage.mention.range(),
            passage.beside.map(|other| other.range()),
            left,
            right,
        );
        let lit = &self.page.lit;
        pen.skip(left.saturating_sub(display_width(&line.left)), plain);
        let room = pen.room();
        pen.write_lit(&line.left, room, self.style(Role::Quote), lit);
        pen.write(&line.middle, self.mention(passage.mention.actor, inferred));
        if let (Some(at), Some(other)) = (line.beside, passage.beside) {
            let [before, name, after] = [0..at.start, at.clone(), at.end..line.right.len()]
                .map(|part| line.right.get(part).unwrap_or_default());
            pen.write(before, plain);
            pen.write(name, self.mention(other.actor, other.via.is_inferred()));
            pen.write(after, plain);
        } else {
            let room = pen.room();
            pen.write_lit(&line.right, room, plain, lit);
        }
    }

    /// A mention: by kind, and strong where it is not inferred.
    fn mention(self, actor: ActorId, inferred: bool) -> Style {
        let style = self.style(Role::Mention(self.kind(actor)));
        if inferred { style } else { style.add_modifier(Modifier::BOLD) }
    }

    fn event(self, event: &Happening, mut pen: Pen<'_>) {
        let corpus = self.page.corpus;
        let Some(told) = event.at.find_in(corpus) else { return };
        let plain = Style::new();
        let width = pen.room();
        let columns = if width >= ROOM_FOR_CLASS { RANGE } else { DATE };
        let date = told.date.as_ref().map_or_else(|| "undated".to_owned(), words::date);
        let date = match date.split_once('/') {
            Some((first, _)) if display_width(&date) > columns => first.to_owned(),
            _ => date,
        };
        pen.write_padded(&date, columns, self.style(Role::Dim)).write(" ", plain);
        if width >= ROOM_FOR_CLASS {
            let class = told.class.map_or("", |class| word_for(CLASSES, &class));
            let style = match Quad::of(told.class) {
                Some(quad) if !quad.is_cooperation() => Role::Doubtful,
                _ => Role::Dim,
            };
            pen.write_padded(class, CLASS, self.style(style));
        }
        let status = match told.status {
            _ if event.happened => "",
            EventStatus::Denied => "denied",
            EventStatus::Alleged => "alleged",
            EventStatus::Done | EventStatus::Planned => "planned",
        };
        let reports = match event.reports.len() {
            0 | 1 => String::new(),
            n => format!("{}{n}", self.page.theme.glyph("×", "x")),
        };
        let place = told.place.as_deref().filter(|_| width >= ROOM_FOR_PLACE).unwrap_or_default();
        let tail: Vec<&str> =
            [status, place, reports.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
        let tail = tail.join(" · ");
        let for_tail = display_width(&tail).min(pen.room() / 2);
        let room = pen.room().saturating_sub(for_tail + 2);
        if width < ROOM_FOR_CLASS {
            pen.write_lit(&told.what, room, self.of_status(event), &self.page.lit);
        } else if width < ROOM_FOR_WHAT {
            self.parties(event, &told.what, room, &mut pen);
        } else {
            let for_parties = width * 3 / 10;
            let start = pen.room();
            self.parties(event, "", for_parties, &mut pen);
            let used = start - pen.room();
            pen.skip((for_parties + 2).saturating_sub(used), plain);
            let room = room.saturating_sub(start - pen.room());
            pen.write_lit(&told.what, room, self.of_status(event), &self.page.lit);
        }
        pen.reserve(1);
        let tail = crate::text::ellipsize(&tail, for_tail);
        pen.write_right(&tail, self.style(Role::Dim));
    }

    fn of_status(self, event: &Happening) -> Style {
        if event.happened { Style::new() } else { self.style(Role::Planned) }
    }

    /// Who acted upon whom; where nobody was acted upon, what happened tells it better.
    fn parties(self, event: &Happening, what: &str, room: usize, pen: &mut Pen<'_>) {
        let corpus = self.page.corpus;
        let arrow = self.page.theme.glyph(" → ", " -> ");
        if event.to.is_empty() && !what.is_empty() {
            pen.write_lit(what, room, self.of_status(event), &self.page.lit);
            return;
        }
        let half = room.saturating_sub(arrow.chars().count()) / 2;
        let to = words::names(corpus, &event.to, half);
        let for_by = room.saturating_sub(display_width(&to) + 3).max(half);
        let by = words::names(corpus, &event.by, for_by);
        let both = if to.is_empty() { by } else { format!("{by}{arrow}{to}") };
        pen.write_lit(&both, room, self.of_status(event), &self.page.lit);
    }

    fn actor(self, one: &CoActor, mut pen: Pen<'_>) {
        let (corpus, theme) = (self.page.corpus, self.page.theme);
        let plain = Style::new();
        let dim = self.style(Role::Dim);
        let width = pen.room();
        let columns = NAME.min(width / 2);
        let start = pen.room();
        let name = words::name(corpus, one.actor);
        let style = self.style(Role::Mention(self.kind(one.actor)));
        pen.write(" ", plain).write_lit(name, columns, style, &self.page.lit);
        let used = start - pen.room();
        pen.skip((columns + 2).saturating_sub(used), plain);
        let country = corpus.concordance.actor(one.actor).and_then(|it| it.actor.country.clone());
        pen.write_padded(&country.unwrap_or_default(), COUNTRY, dim);
        pen.write(&format!("{:>4}  ", one.briefings), plain);
        let change = words::change(one.change, theme);
        let style = if self.here { plain } else { super::summary::changed(self.page, one.change) };
        pen.write_padded(change, 5, style);
        let network = &self.page.view.dossier.network;
        if width >= ROOM_FOR_RATES && network.recent > 0 && network.before > 0 {
            let rates = format!(
                "recently {} of {}, before {} of {}",
                one.recent, network.recent, one.before, network.before
            );
            pen.write_padded(&rates, 38, dim);
        }
        if width >= ROOM_FOR_BAR {
            let most = network.actors.first().map_or(1, |first| first.briefings).max(1);
            let length = usize::try_from(one.briefings * BAR as u64 / most).unwrap_or(BAR).max(1);
            pen.write(&theme.glyph("▪", "#").repeat(length), self.style(Role::Density));
        }
    }

    fn tie(self, tie: &Tie, mut pen: Pen<'_>) {
        let corpus = self.page.corpus;
        let dim = self.style(Role::Dim);
        let (from, to) = (words::party(corpus, &tie.from), words::party(corpus, &tie.to));
        let period = period_in_words(tie.since.as_ref(), tie.until.as_ref());
        let said_by = tie.said_by.last().map(|id| self.issued(*id)).unwrap_or_default();
        let more = match tie.said_by.len() {
            0 | 1 => String::new(),
            n => format!(" {}{n}", self.page.theme.glyph("×", "x")),
        };
        pen.write(" ", dim).write(from, Style::new());
        pen.write(&format!(" {} ", tie.kind), self.style(Role::Emphasis)).write(to, Style::new());
        if !period.is_empty() {
            pen.write(&format!("  {period}"), dim);
        }
        pen.reserve(1);
        pen.write_right(&format!("  {said_by}{more}"), dim);
    }

    fn deed(self, deed: &Deed, mut pen: Pen<'_>) {
        let theme = self.page.theme;
        let plain = Style::new();
        let class = deed.class.map_or("no class", |class| word_for(CLASSES, &class));
        let quad = Quad::of(deed.class);
        let is_conflict = quad.is_some_and(|quad| !quad.is_cooperation());
        let role = if is_conflict { Role::Doubtful } else { Role::Plain };
        let wide = pen.room() >= ROOM_FOR_CLASS;
        pen.write(" ", plain).write_padded(class, CLASS + 1, self.style(role));
        if wide {
            pen.write_padded(quad.map_or("", Quad::name), 22, self.style(Role::Dim));
        }
        let counts = [(theme.glyph("→", "->"), deed.forth), (theme.glyph("←", "<-"), deed.back)];
        for (sign, count) in counts {
            let style = if count == 0 { self.style(Role::Dim) } else { plain };
            pen.write(&format!("{sign} {count:<5}"), style);
        }
        let style = if deed.joint == 0 { self.style(Role::Dim) } else { plain };
        pen.write(&format!("together {}", deed.joint), style);
        let last = deed.last.find_in(self.page.corpus);
        let date = last.as_ref().and_then(|event| event.date.as_ref());
        let last = date.map(|date: &EdtfDate| format!("  last {}", words::date(date)));
        pen.reserve(1);
        pen.write_right(&last.unwrap_or_default(), self.style(Role::Dim));
    }

    fn fact(self, fact: &Fact, mut pen: Pen<'_>) {
        let dim = self.style(Role::Dim);
        pen.write(" ", dim).write_padded(words::fact(fact), 10, dim);
        let source = words::source(self.page.corpus, fact.source);
        let period = period_in_words(fact.since.as_ref(), fact.until.as_ref());
        let for_source = display_width(&source).min(pen.room() / 3);
        let room = pen.room().saturating_sub(for_source + 3);
        let before = pen.room();
        pen.write_lit(&fact.value, room, Style::new(), &self.page.lit);
        let room = room.saturating_sub(before - pen.room() + 1);
        if !period.is_empty() {
            pen.write(" ", dim).write_cut(&period, room, dim);
        }
        pen.reserve(1);
        pen.write_right(&crate::text::ellipsize(&source, for_source), dim);
    }
}
