//! The help and the palette: one searchable list of commands, of which any can be run.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::app::command::{COMMANDS, Command, Scope, Topic};
use crate::app::keymap::Keymap;
use crate::app::list::{ListCursor, Motion};
use crate::app::overlay::picker::find_actors;
use crate::app::prompt::Line;
use crate::corpus::{ActorId, Corpus};
use crate::text::Needle;

/// A row of the list.
#[derive(Clone, Debug)]
pub enum Row {
    /// What the commands beneath are about.
    Topic(Topic),
    /// A command with its keys as written.
    Command {
        /// The command.
        command: &'static Command,
        /// Keys that reach it from where the list was opened.
        keys: String,
    },
    /// An actor, whose dossier can be opened.
    Actor(ActorId),
    /// A heading over signs.
    Signs,
    /// A sign on the screen, the same in ASCII, and what it says.
    Sign(&'static str, &'static str, &'static str),
}

/// The signs that need a word: those of the timeline, of the list, of the entities and dossiers.
const SIGNS: [(&str, &str, &str); 14] = [
    ("•", ".", "unread"),
    ("★", "*", "starred"),
    ("⚠", "!", "something is wrong in the file: g! tells"),
    ("●", "*", "an event of the open briefing; · of another"),
    ("○", "o", "planned, as of the open briefing's date"),
    ("✓", "v", "planned, and came to pass"),
    ("✗", "x", "denied"),
    ("“", "\"", "alleged"),
    ("≠", "!", "reports contradict each other"),
    ("×3", "x3", "so many reports of one event: Space unfolds them"),
    ("↦", ">", "goes on beyond what is shown"),
    ("~", "~", "approximate; in a dossier, an inferred mention"),
    ("(2)", "(2)", "named only by a seat or house that stands for him, so often"),
    ("↑ ↓", "^ v", "seen together more or less often in the last 90 days than before"),
];

/// What a row of the list stands for.
#[derive(Clone, Copy, Debug)]
pub enum Chosen {
    /// A command to run.
    Command(&'static Command),
    /// An actor whose dossier is to be opened.
    Actor(ActorId),
}

/// Most actors that the palette offers, and the fewest letters typed for it to.
const MAX_ACTORS: usize = 5;
const LETTERS_OF_ACTOR: usize = 3;

/// State of help or palette.
#[derive(Clone, Debug)]
pub struct CommandList {
    /// Whether it is the help, grouped by topic, or the palette, best match first.
    pub help: bool,
    /// Where it was opened: whose keys it shows and where a command runs.
    pub scope: Scope,
    /// What is typed.
    pub line: Line,
    /// What is shown.
    pub rows: Vec<Row>,
    /// Cursor over `rows`.
    pub cursor: ListCursor,
    all: Vec<Found>,
}

impl CommandList {
    /// Opens it over a scope.
    #[must_use]
    pub fn new(help: bool, scope: Scope, keymap: &Keymap, corpus: &Corpus, height: usize) -> Self {
        let all = COMMANDS.iter().filter(|command| help || command.topic != Topic::Typing);
        let all = all.map(|command| (command, keys(command, scope, keymap))).collect();
        let line = Line::default();
        let cursor = ListCursor::default();
        let mut list = Self { help, scope, line, rows: Vec::new(), cursor, all };
        list.search(corpus, height);
        list
    }

    /// Shows what matches the line, all where it is empty, with the cursor on the best match. The
    /// palette offers actors too, behind the commands.
    pub fn search(&mut self, corpus: &Corpus, height: usize) {
        let found = ranked(&self.all, self.line.text());
        let best = found.first().map(|(command, _)| command.name);
        let best = best.filter(|_| !self.line.text().is_empty());
        self.rows = if self.help { by_topic(found) } else { found.into_iter().map(row).collect() };
        if !self.help && self.line.text().trim().chars().count() >= LETTERS_OF_ACTOR {
            let actors = find_actors(corpus, self.line.text()).into_iter().take(MAX_ACTORS);
            self.rows.extend(actors.map(|found| Row::Actor(found.actor)));
        }
        if self.help {
            self.rows.extend(signs(self.line.text()));
        }
        let is_best =
            |row: &Row| matches!(row, Row::Command { command, .. } if Some(command.name) == best);
        self.cursor = ListCursor { at: self.rows.iter().position(is_best).unwrap_or(0), top: 0 };
        let rows = &self.rows;
        self.cursor.settle(rows.len(), |row| stands(rows, row));
        self.resize(height);
    }

    /// Adapts to another height.
    pub fn resize(&mut self, height: usize) {
        let rows = &self.rows;
        self.cursor.keep_in_view(rows.len(), height, |row| stands(rows, row));
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion, height: usize) {
        let rows = &self.rows;
        self.cursor.go(motion, rows.len(), |row| stands(rows, row));
        self.resize(height);
    }

    /// What is under the cursor.
    #[must_use]
    pub fn chosen(&self) -> Option<Chosen> {
        match self.rows.get(self.cursor.at)? {
            Row::Command { command, .. } => Some(Chosen::Command(command)),
            Row::Actor(actor) => Some(Chosen::Actor(*actor)),
            Row::Topic(_) | Row::Signs | Row::Sign(..) => None,
        }
    }
}

/// Whether the cursor may stand on a row.
fn stands(rows: &[Row], row: usize) -> bool {
    matches!(rows.get(row), Some(Row::Command { .. } | Row::Actor(_)))
}

type Found = (&'static Command, String);

fn row((command, keys): Found) -> Row {
    Row::Command { command, keys }
}

/// Rows under the headings of their topics, in the order of the topics and of the table.
fn by_topic(mut found: Vec<Found>) -> Vec<Row> {
    found.sort_by_key(|(command, _)| (command.topic, place_in_table(command)));
    let mut rows = Vec::with_capacity(found.len() + 7);
    let mut topic = None;
    for (command, keys) in found {
        if topic != Some(command.topic) {
            topic = Some(command.topic);
            rows.push(Row::Topic(command.topic));
        }
        rows.push(Row::Command { command, keys });
    }
    rows
}

/// The legend; only signs with these words, where some are typed.
fn signs(typed: &str) -> Vec<Row> {
    let needle = Needle::smart_case(typed);
    let fits = |meaning: &str| needle.is_empty() || needle.is_in(meaning);
    let found = SIGNS.into_iter().filter(|(_, _, meaning)| fits(meaning));
    let found: Vec<Row> =
        found.map(|(sign, ascii, meaning)| Row::Sign(sign, ascii, meaning)).collect();
    let heading = (!found.is_empty()).then_some(Row::Signs);
    heading.into_iter().chain(found).collect()
}

fn place_in_table(command: &Command) -> Option<usize> {
    COMMANDS.iter().position(|other| other.name == command.name)
}

fn keys(command: &Command, scope: Scope, keymap: &Keymap) -> String {
    let here = keymap.keys_of(command.name, scope);
    let keys = if here.is_empty() {
        command
            .scopes
            .iter()
            .map(|scope| keymap.keys_of(command.name, *scope))
            .find(|keys| !keys.is_empty())
            .unwrap_or_default()
    } else {
        here
    };
    keys.join(" ")
}

/// No match of words scores more; a key typed as it is scores above it.
const MAX_SCORE: u32 = 1_000;

fn ranked(all: &[Found], typed: &str) -> Vec<Found> {
    if typed.trim().is_empty() {
        return all.to_vec();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut characters = Vec::new();
    let mut scored: Vec<_> = all
        .iter()
        .filter_map(|(command, keys)| {
            let by_key = keys.split(' ').any(|key| key == typed).then_some(u32::MAX);
            let name = format!("{} {}", command.name, command.doc);
            let by_name = pattern.score(Utf32Str::new(&name, &mut characters), &mut matcher);
            Some((by_key.or(by_name)?, (*command, keys.clone())))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let least = scored.first().map_or(0, |(best, _)| best.min(&MAX_SCORE) / 2);
    scored.retain(|(score, _)| *score >= least);
    scored.into_iter().map(|(_, found)| found).collect()
}
