//! Everything the file says of the open briefing, in words.

use crate::app::list::Motion;
use crate::briefing::{Briefing, Grade, LinkRel, Marking, Source, written};
use crate::corpus::{Corpus, Entry};

/// A line of the page: what it is about, and what is so. An empty name goes on with the one above.
pub type Row = (String, String);

/// State of the page.
#[derive(Clone, Debug, Default)]
pub struct Details {
    /// Its lines, unwrapped.
    pub rows: Vec<Row>,
    /// First line in view.
    pub top: usize,
}

impl Details {
    /// The page of an entry.
    #[must_use]
    pub fn of(corpus: &Corpus, entry: &Entry) -> Self {
        let briefing = &*entry.briefing();
        let mut rows: Vec<Row> = vec![("Title".into(), briefing.title.clone())];
        let mut say = |name: &str, value: String| {
            if !value.is_empty() {
                rows.push((name.to_owned(), value));
            }
        };
        say(
            "Issued",
            briefing
                .date
                .as_ref()
                .map_or_else(|| "undated".into(), crate::date::EdtfDate::in_words),
        );
        say(
            "Updated",
            briefing.updated.as_ref().map(crate::date::EdtfDate::in_words).unwrap_or_default(),
        );
        say("Grade", briefing.grade.map(grade_in_words).unwrap_or_default());
        say(
            "Confidence",
            briefing.confidence.map(|c| format!("{c:?}").to_lowercase()).unwrap_or_default(),
        );
        for marking in &briefing.markings {
            say("Marking", marking_in_words(marking));
        }
        for source in &briefing.sources {
            say("Source", source_in_words(source));
            say("", source.url.clone().unwrap_or_default());
        }
        say("Tags", briefing.tags.join(", "));
        say("Language", briefing.lang.clone().unwrap_or_default());
        for relation in &briefing.relations {
            let since = relation
                .since
                .as_ref()
                .map(|date| format!(" since {}", date.in_words()))
                .unwrap_or_default();
            let until = relation
                .until
                .as_ref()
                .map(|date| format!(" until {}", date.in_words()))
                .unwrap_or_default();
            say(
                "Relation",
                format!("{} · {} · {}{since}{until}", relation.from, relation.kind, relation.to),
            );
        }
        for link in &briefing.links {
            let title = corpus
                .find(&link.to)
                .and_then(|id| corpus.entry(id))
                .map(|other| other.title().to_owned());
            say(
                rel_in_words(link.rel),
                title.unwrap_or_else(|| format!("{} (not in this corpus)", link.to)),
            );
        }
        for (key, value) in &briefing.unknown {
            say("Unknown key", key.clone());
            for line in written(value).lines() {
                say("", line.to_owned());
            }
        }
        say("Name", entry.slug.clone());
        say("File", place_of(corpus, entry, briefing));
        Self { rows, top: 0 }
    }

    /// Scrolls.
    pub fn go(&mut self, motion: Motion, height: usize) {
        let last = self.rows.len().saturating_sub(height);
        self.top = match motion {
            Motion::First => 0,
            Motion::Last => last,
            Motion::To(n) => n.saturating_sub(1).min(last),
            Motion::By(delta) => self.top.saturating_add_signed(delta).min(last),
        };
    }
}

fn place_of(corpus: &Corpus, entry: &Entry, briefing: &Briefing) -> String {
    corpus
        .file(entry.file)
        .map(|file| format!("{}:{}", file.shown, briefing.line.max(1)))
        .unwrap_or_default()
}

/// The Admiralty grade spelled out (NATO AJP-2.1).
#[must_use]
pub fn grade_in_words(grade: Grade) -> String {
    let reliability = match grade.reliability {
        'A' => "completely reliable",
        'B' => "usually reliable",
        'C' => "fairly reliable",
        'D' => "not usually reliable",
        'E' => "unreliable",
        _ => "reliability cannot be judged",
    };
    let credibility = match grade.credibility {
        1 => "confirmed by other sources",
        2 => "probably true",
        3 => "possibly true",
        4 => "doubtful",
        5 => "improbable",
        _ => "truth cannot be judged",
    };
    format!(
        "{}{}: source {reliability}; information {credibility}",
        grade.reliability, grade.credibility
    )
}

/// A marking with what it allows (FIRST TLP 2.0).
#[must_use]
pub fn marking_in_words(marking: &Marking) -> String {
    match marking {
        Marking::Tlp(tlp) => format!("{}: {}", tlp.label(), tlp.meaning()),
        Marking::Other(text) => text.clone(),
    }
}

fn source_in_words(source: &Source) -> String {
    let mut words = source.name.clone();
    if let Some(author) = &source.author {
        words = format!("{words}, {author}");
    }
    if let Some(reliability) = source.reliability {
        words = format!("{words} (reliability {reliability})");
    }
    if let Some(retrieved) = &source.retrieved {
        words = format!("{words}, retrieved {}", retrieved.in_words());
    }
    words
}

fn rel_in_words(rel: LinkRel) -> &'static str {
    match rel {
        LinkRel::Follows => "Follows",
        LinkRel::Confirms => "Confirms",
        LinkRel::Contradicts => "Contradicts",
        LinkRel::Updates => "Updates",
    }
}
