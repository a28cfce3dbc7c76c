//! What a dossier calls things.

use jiff::civil;

use crate::app::dossier::{Note, Section};
use crate::briefing::words::{CLASSES, word_for};
use crate::corpus::dossier::{Fact, FactKind, Party, QUADS, Source, Subject};
use crate::corpus::network::Change;
use crate::corpus::{ActorId, Corpus};
use crate::date::bucket::{Bucket, Unit};
use crate::date::{Bound, EdtfDate};
use crate::text::display_width;
use crate::ui::theme::Theme;

/// What a section is called.
pub(super) fn section(section: Section, subject: Subject) -> &'static str {
    let is_dyad = matches!(subject, Subject::Dyad(..));
    match section {
        Section::Deeds => "who did what to whom",
        Section::Mentions if is_dyad => "named together",
        Section::Mentions => "mentions",
        Section::Events => "events",
        Section::Company => "appears with",
        Section::Ties => "relations",
        Section::StandIns => "may stand for it",
        Section::Facts => "who it is",
        Section::Notes => "how to read this",
    }
}

/// `1 briefing`, `2 briefings`.
pub(super) fn count(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// A day in few words: `17 Mar 2023`.
pub(super) fn day(day: civil::Date) -> String {
    let label = Bucket::containing(day, Unit::Day).label();
    label.rsplit_once(' ').map_or(label.clone(), |(day, _weekday)| day.to_owned())
}

/// A date for a column: EDTF, the end of an interval of days cut to what differs: `2023-03-20/22`.
pub(super) fn date(date: &EdtfDate) -> String {
    let edtf = date.as_edtf();
    let (Bound::Day(_), Bound::Day(_), Some((first, last))) =
        (date.earliest(), date.latest(), edtf.split_once('/'))
    else {
        return edtf.to_owned();
    };
    let day = |text: &str| text.len() == 10 && !text.contains(['~', '?', '%', 'X']);
    if !day(first) || !day(last) {
        return edtf.to_owned();
    }
    let same = if first[..7] == last[..7] {
        8
    } else if first[..4] == last[..4] {
        5
    } else {
        0
    };
    format!("{first}/{}", &last[same..])
}

/// The name of an actor.
pub(super) fn name(corpus: &Corpus, id: ActorId) -> &str {
    corpus.concordance.actor(id).map_or("", |known| known.actor.name.as_str())
}

/// The name of a tie's end.
pub(super) fn party<'a>(corpus: &'a Corpus, party: &'a Party) -> &'a str {
    match party {
        Party::Known(id) => name(corpus, *id),
        Party::Named(name) => name,
    }
}

/// The names of a side of an event: as many as have room, then how many more.
pub(super) fn names(corpus: &Corpus, side: &[ActorId], room: usize) -> String {
    let mut out = String::new();
    for (at, id) in side.iter().enumerate() {
        let name = name(corpus, *id);
        let more = format!(" +{}", side.len() - at);
        let next = if at == 0 { name.to_owned() } else { format!("{out}, {name}") };
        let reserved = if at + 1 < side.len() { display_width(&more) } else { 0 };
        if at > 0 && display_width(&next) + reserved > room {
            return out + &more;
        }
        out = next;
    }
    out
}

/// Who says something.
pub(super) fn source(corpus: &Corpus, source: Option<Source>) -> String {
    match source {
        Some(Source::Known(source)) => corpus.finder.registry().source_in_words(source),
        Some(Source::Briefing(id)) => {
            corpus.entry(id).map(|entry| entry.slug.clone()).unwrap_or_default()
        }
        None => String::new(),
    }
}

/// What sort of fact it is.
pub(super) fn fact(fact: &Fact) -> &'static str {
    match fact.kind {
        FactKind::Name => "name",
        FactKind::Id => "id",
        FactKind::Kind => "kind",
        FactKind::Country => "country",
        FactKind::Wikidata => "Wikidata",
        FactKind::Role => "role",
        FactKind::Alias => "also",
    }
}

/// The sign of a change, one column: nothing where nothing has changed.
pub(super) fn change(change: Change, theme: &Theme) -> &'static str {
    match change {
        Change::New => "new",
        Change::Up => theme.glyph("↑", "up"),
        Change::Same => "",
        Change::Down => theme.glyph("↓", "down"),
        Change::Gone => "gone",
    }
}

/// How to read what stands above.
pub(super) fn note(note: Note, since: Option<civil::Date>, theme: &Theme) -> String {
    match note {
        Note::Inferred => "~ inferred from a surname, an office or a people".to_owned(),
        Note::NamedOnly => "inferred mentions are left out".to_owned(),
        Note::StandIns => "places that may stand for it are not counted".to_owned(),
        Note::Together => "named together: one paragraph, up to 200 letters".to_owned(),
        Note::Reports => format!("{}2 an event that two briefings report", theme.glyph("×", "x")),
        Note::Recent => match since {
            Some(since) => format!("recent: the corpus' last 90 days, from {}", day(since)),
            None => "recent: the corpus' last 90 days".to_owned(),
        },
        Note::Arrows => format!(
            "{} rate up by half or more, {} down by a third or more",
            theme.glyph("↑", "up"),
            theme.glyph("↓", "down"),
        ),
        Note::NewAndGone => "new: never before; gone: none, where 2 were due".to_owned(),
        Note::Counted => "by the PLOVER manual; only what happened counts".to_owned(),
        Note::Quad(quad) => {
            let classes = QUADS.iter().filter(|(_, of)| *of == quad);
            let classes: Vec<&str> = classes.map(|(class, _)| word_for(CLASSES, class)).collect();
            format!("{}: {}", quad.name(), classes.join(" "))
        }
    }
}
