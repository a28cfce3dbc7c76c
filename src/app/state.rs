//! Everything that one session knows, and the few facts that others ask of it.

use std::sync::Arc;
use std::time::Duration;

use super::chord::Chord;
use super::command::Scope;
use super::config::Settings;
use super::dossier::DossierView;
use super::history::{History, View};
use super::keymap::Keymap;
use super::layout::{Arrangement, Layout, PaneId, Size};
use super::letters::Lettering;
use super::loading::Loading;
use super::overlay::Overlay;
use super::pane::{Briefings, Entities, Text, Timeline};
use super::prompt::Prompt;
use super::update::ahead::Lookout;
use crate::corpus::lens::{Blame, Lens};
use crate::corpus::{BriefingId, Changes, Corpus, Entry, Origin};
use crate::desk::{Change, Shelf};

/// How a session begins.
#[derive(Clone, Debug)]
pub struct Start {
    /// Which corpus it will be given.
    pub origin: Origin,
    /// What the reader chose.
    pub settings: Settings,
    /// Which keys mean what.
    pub keymap: Keymap,
    /// The screen.
    pub size: Size,
    /// What is to be said at once, such as a mistake in the configuration.
    pub notice: Option<String>,
}

/// A sentence in the footer until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// Whether something went wrong.
    pub warning: bool,
}

/// What `n` and `N` walk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Walk {
    /// Nothing yet.
    #[default]
    Nothing,
    /// Mentions of the active actor.
    Actor,
    /// Hits of the last search in the text.
    Hits,
}

/// The actor whose mentions are lit; he stays active when another briefing is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Active {
    /// His id.
    pub id: String,
    /// His name.
    pub name: String,
}

/// The dossier that is open, and what lies beneath it.
#[derive(Clone, Debug)]
pub struct OpenDossier {
    /// Its rows and where one is in them.
    pub view: DossierView,
    /// What was on the screen before, to which closing it leads back.
    pub beneath: View,
}

/// Where one is among the listed briefings that mention the active actor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Across {
    /// Which of them is open, from 1; 0 where the open one does not.
    pub at: usize,
    /// How many there are.
    pub of: usize,
}

/// Keys typed that are not a command yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// The count typed so far.
    pub count: Option<usize>,
    /// The keys of a sequence typed so far.
    pub keys: Vec<Chord>,
    /// Whether the menu of what can follow is shown.
    pub menu: bool,
}

/// What is yet to be done of a message: before the next frame, or soon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each may be outstanding by itself")]
pub(super) struct Outstanding {
    /// Opening what is under the list's cursor.
    pub open: bool,
    /// Whether the keys led away from what is open, be it back to it since: then it is opened anew.
    pub left: bool,
    /// Looking through the lens that is typed.
    pub lens: bool,
    /// Finding how what is typed may go on.
    pub completions: bool,
    /// Counting where one is among the briefings of the active actor.
    pub across: bool,
    /// What the timeline has to follow.
    pub timeline: Option<Lag>,
}

/// What a timeline has yet to follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lag {
    /// Another lens, too.
    pub lens: bool,
}

/// Moments at which something is to happen without a key; times since the session began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deadlines {
    /// When waiting for the files is shown.
    pub loading: Option<Duration>,
    /// When the menu of a prefix opens.
    pub menu: Option<Duration>,
    /// When changes are kept.
    pub keep: Option<Duration>,
    /// When a long timeline follows what was opened.
    pub timeline: Option<Duration>,
}

/// One session.
#[derive(Debug)]
pub struct App {
    /// What is being read.
    pub corpus: Arc<Corpus>,
    /// How far the reading of files is; `None` when they are all read.
    pub loading: Option<Loading>,
    /// How far names have been looked for again; `None` when that is not so.
    pub surveying: Option<Loading>,
    /// What the reader chose.
    pub settings: Settings,
    /// Which keys mean what.
    pub keymap: Keymap,
    /// Which briefings are being looked at.
    pub lens: Lens,
    /// What each term of a lens that finds nothing finds by itself; empty for any other lens.
    pub blame: Vec<Blame>,
    /// Where everything stands.
    pub layout: Layout,
    /// The pane that has the keys.
    pub focus: PaneId,
    /// Whether that pane has the whole screen.
    pub zoomed: bool,
    /// Marks and places of this reader.
    pub shelf: Shelf,
    /// How many briefings of the corpus are not marked as read.
    pub unread: usize,
    /// The list.
    pub briefings: Briefings,
    /// The open text.
    pub text: Text,
    /// Its actors.
    pub entities: Entities,
    /// What happened when.
    pub timeline: Timeline,
    /// The dossier that lies over list and text.
    pub dossier: Option<OpenDossier>,
    /// What lies over the panes; the last has the keys.
    pub overlays: Vec<Overlay>,
    /// The line at the foot of the screen, while one types in it.
    pub prompt: Option<Prompt>,
    /// Earlier searches, newest last.
    pub searches: Vec<String>,
    /// The sentence in the footer.
    pub notice: Option<Notice>,
    /// The actor whose mentions are lit.
    pub active: Option<Active>,
    /// What `n` and `N` walk.
    pub walk: Walk,
    /// Where the open briefing is among those that mention him, once the corpus is surveyed.
    pub across: Option<Across>,
    /// Whether mentions are shown that follow from something else than a declared name.
    pub inferred: bool,
    /// The letter of an actor is being typed.
    pub lettering: Option<Lettering>,
    /// The places that one has been.
    pub history: History,
    /// Keys that are not a command yet.
    pub pending: Pending,
    pub(super) outstanding: Outstanding,
    pub(super) deadlines: Deadlines,
    pub(super) lookout: Lookout,
    pub(super) unkept: Vec<Change>,
    pub(super) undo: Vec<Vec<Change>>,
    pub(super) keeping_failed: bool,
    /// What was said of changes in the files, with the changes.
    pub(super) news: Option<(String, Changes)>,
}

/// How long the first frame waits for the files: a small corpus never shows its loading.
const LOADING_SHOWN_AFTER: Duration = Duration::from_millis(80);

impl App {
    /// A session that has not been given its corpus yet.
    #[must_use]
    pub fn new(start: Start) -> Self {
        let layout = Layout::new(start.size, PaneId::default(), start.settings.layout);
        let briefings = Briefings::sorted(start.settings.sort);
        Self {
            corpus: Arc::new(Corpus::empty(start.origin)),
            loading: Some(Loading::default()),
            surveying: None,
            settings: start.settings,
            keymap: start.keymap,
            lens: Lens::default(),
            blame: Vec::new(),
            layout,
            focus: PaneId::default(),
            zoomed: false,
            shelf: Shelf::default(),
            unread: 0,
            briefings,
            text: Text::default(),
            entities: Entities::default(),
            timeline: Timeline::default(),
            dossier: None,
            overlays: Vec::new(),
            prompt: None,
            searches: Vec::new(),
            notice: start.notice.map(|text| Notice { text, warning: true }),
            active: None,
            walk: Walk::default(),
            across: None,
            inferred: true,
            lettering: None,
            history: History::default(),
            pending: Pending::default(),
            outstanding: Outstanding::default(),
            lookout: Lookout::default(),
            deadlines: Deadlines { loading: Some(LOADING_SHOWN_AFTER), ..Deadlines::default() },
            unkept: Vec::new(),
            undo: Vec::new(),
            keeping_failed: false,
            news: None,
        }
    }

    /// The next moment (time since the session began) at which `Msg::Wake` is wanted.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        let Deadlines { loading, menu, keep, timeline } = self.deadlines;
        [loading, menu, keep, timeline].into_iter().flatten().min()
    }

    /// Whether there is something worth a frame: not in the first moments before any file is read.
    #[must_use]
    pub fn wants_frame(&self) -> bool {
        self.loading.is_none_or(|loading| loading.shown) || !self.corpus.files.is_empty()
    }

    /// The open briefing.
    #[must_use]
    pub fn open(&self) -> Option<(BriefingId, &Entry)> {
        let id = self.text.briefing()?;
        Some((id, self.corpus.entry(id)?))
    }

    /// The scope in which the next key is looked up.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match self.overlays.last() {
            _ if self.prompt.is_some() => Scope::Prompt,
            Some(Overlay::Commands(_)) => Scope::Prompt,
            Some(Overlay::Picker(_)) => Scope::Picker,
            Some(_) => Scope::Overlay,
            None if self.dossier.is_some() => Scope::Dossier,
            None => Scope::of(self.focus),
        }
    }

    /// Rows of a pane's content.
    #[must_use]
    pub fn height(&self, pane: PaneId) -> usize {
        usize::from(self.layout.rows(pane))
    }

    /// Rows of the dossier below its title line.
    #[must_use]
    pub fn dossier_height(&self) -> usize {
        usize::from(self.layout.over_list_and_text().height).saturating_sub(1)
    }

    /// Rows that a list lying over the panes has for itself.
    #[must_use]
    pub fn overlay_height(&self) -> usize {
        usize::from(self.layout.size.rows.saturating_sub(6)).max(1)
    }

    pub(super) fn relayout(&mut self) {
        let most = if self.zoomed { Arrangement::Single } else { self.settings.layout };
        self.layout = Layout::new(self.layout.size, self.focus, most);
        let columns = usize::from(self.layout.columns(PaneId::Briefings));
        self.briefings.resize(&self.corpus, columns, self.height(PaneId::Briefings));
        self.entities.resize(self.height(PaneId::Entities));
        self.timeline.resize(self.height(PaneId::Timeline));
        let columns = self.text_columns();
        let height = self.height(PaneId::Text);
        self.text.resize(columns, height);
        let height = self.dossier_height();
        if let Some(dossier) = &mut self.dossier {
            dossier.view.resize(height);
        }
        let (height, problem_rows) = (self.overlay_height(), self.problem_rows());
        for overlay in &mut self.overlays {
            overlay.resize(height, problem_rows);
        }
    }

    /// Columns in which the text is wrapped: the pane's less a margin, at most what was chosen.
    pub(super) fn text_columns(&self) -> usize {
        let pane = self.layout.columns(PaneId::Text);
        let margin = if pane >= 40 { 2 } else { 0 };
        usize::from(pane.saturating_sub(margin).min(self.settings.text_width).max(1))
    }

    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), warning: false });
    }

    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), warning: true });
    }
}
