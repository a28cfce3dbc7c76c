//! A session without a terminal: keys typed, screens read.

use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use chancery::app::chord::Chord;
use chancery::app::config::Settings;
use chancery::app::keymap::Keymap;
use chancery::app::layout::Size;
use chancery::app::{App, Done, Msg, Start, Task, hear, settle, update};
use chancery::corpus::{Corpus, Origin, load};
use chancery::desk::Shelf;
use chancery::ui::{Capability, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr as _;

/// The sample corpus, which never changes: read once for all tests.
static SAMPLES: LazyLock<Arc<Corpus>> =
    LazyLock::new(|| Arc::new(load(&Origin::BuiltIn, &|_, _| {}).with_gazetteer().surveyed()));

/// A session whose tasks are gathered instead of carried out.
pub struct Reader {
    pub app: App,
    pub capability: Capability,
    pub tasks: Vec<Task>,
    now: Duration,
}

impl Reader {
    /// Opens the sample corpus.
    pub fn on_samples(columns: u32, rows: u32) -> Self {
        Self::on_shared(Arc::clone(&SAMPLES), columns, rows)
    }

    /// Opens a folder as if it had been given as `drafts`.
    pub fn on_folder(folder: &Path, columns: u32, rows: u32) -> Self {
        let mut corpus = load(&Origin::Paths(vec![folder.to_owned()]), &|_, _| {});
        for file in Arc::make_mut(&mut corpus.files).whole_mut() {
            let within = file.path.strip_prefix(folder).unwrap_or(&file.path);
            file.shown = Path::new("drafts").join(within).display().to_string().into();
        }
        Self::on(corpus, columns, rows)
    }

    /// Opens a corpus as it was loaded.
    pub fn on(corpus: Corpus, columns: u32, rows: u32) -> Self {
        Self::on_shared(Arc::new(corpus), columns, rows)
    }

    fn on_shared(corpus: Arc<Corpus>, columns: u32, rows: u32) -> Self {
        let mut reader = Self::waiting(corpus.origin.clone(), columns, rows);
        reader.send(Msg::Done(Done::Loaded(corpus)));
        reader.send(Msg::Done(Done::Shelf(Shelf::default(), None)));
        reader.app.notice = None;
        reader
    }

    /// A session that has not been given its corpus yet.
    pub fn waiting(origin: Origin, columns: u32, rows: u32) -> Self {
        let start = Start {
            origin,
            settings: Settings::default(),
            keymap: Keymap::shipped(),
            size: Size::clamped(columns, rows),
            notice: None,
        };
        Self {
            app: App::new(start),
            capability: Capability::default(),
            tasks: Vec::new(),
            now: Duration::ZERO,
        }
    }

    /// Gives the session a message.
    pub fn send(&mut self, msg: Msg) -> &mut Self {
        let tasks = update(&mut self.app, msg, self.now);
        self.tasks.extend(tasks);
        self
    }

    /// Types keys as they are written in a keymap, named ones in angle brackets: `jj<Enter>`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for chord in chords(keys) {
            self.send(Msg::Key(chord));
        }
        self
    }

    /// The same all at once, as a session hears keys that have come while it was at work.
    pub fn keys_at_once(&mut self, keys: &str) -> &mut Self {
        for chord in chords(keys) {
            let tasks = hear(&mut self.app, Msg::Key(chord), self.now);
            self.tasks.extend(tasks);
        }
        settle(&mut self.app, self.now);
        self
    }

    /// Lets time pass, with the wake-ups that the session asked for.
    pub fn wait(&mut self, time: Duration) -> &mut Self {
        let end = self.now + time;
        while let Some(deadline) = self.app.deadline().filter(|deadline| *deadline <= end) {
            self.now = self.now.max(deadline);
            self.send(Msg::Wake);
        }
        self.now = end;
        self
    }

    /// Gives the screen another size.
    pub fn resize(&mut self, columns: u32, rows: u32) -> &mut Self {
        self.send(Msg::Resize(Size::clamped(columns, rows)))
    }

    /// Draws the screen.
    pub fn buffer(&self) -> (Buffer, Option<Position>) {
        let size = self.app.layout.size;
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width: size.columns, height: size.rows });
        let cursor = draw(&self.app, self.capability, &mut buffer);
        (buffer, cursor)
    }

    /// The screen as text, without blanks at the ends of lines.
    pub fn screen(&self) -> String {
        let (buffer, _) = self.buffer();
        let width = usize::from(buffer.area.width);
        let rows = buffer.content().chunks(width).map(|row| {
            let mut text = String::new();
            let mut skip = 0;
            for cell in row {
                if skip == 0 {
                    text.push_str(cell.symbol());
                    skip = cell.symbol().width().max(1);
                }
                skip -= 1;
            }
            text.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    /// One row of the screen, from 0.
    pub fn row(&self, row: usize) -> String {
        self.screen().lines().nth(row).unwrap_or_default().to_owned()
    }
}

/// Keys as written: characters, and names in angle brackets.
pub fn chords(keys: &str) -> Vec<Chord> {
    let mut chords = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let is_name = |name: &str| {
            name.len() > 1 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        let named = named.filter(|(name, _)| is_name(name)).and_then(|(name, after)| {
            let chord = name.parse::<Chord>().ok();
            assert!(chord.is_some(), "<{name}> is no key");
            Some((chord?, after))
        });
        let (chord, after) = named.unwrap_or((Chord::char(c), &rest[c.len_utf8()..]));
        chords.push(chord);
        rest = after;
    }
    chords
}
