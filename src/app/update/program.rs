//! Files and the program itself: editing, links, themes, leaving.

use crate::app::command::Action;
use crate::app::layout::PaneId;
use crate::app::message::Task;
use crate::app::overlay::Overlay;
use crate::app::state::App;
use crate::corpus::{FileId, Origin};

impl App {
    pub(super) fn act_on_program(&mut self, action: Action) -> Vec<Task> {
        match action {
            Action::Details => self.open_details(),
            Action::Problems => self.open_problems(),
            Action::Help | Action::Palette => self.open_commands(action == Action::Help),
            Action::Interrupt => self.say_how_to_quit(),
            Action::OpenSource => return self.open_source(),
            Action::Edit => return self.edit(),
            Action::Reload => return vec![Task::Load],
            Action::Redraw => return vec![Task::Repaint],
            Action::Suspend => return vec![Task::Suspend],
            Action::Quit if self.focus == PaneId::Briefings => return vec![Task::Quit],
            Action::Quit => self.focus_on(PaneId::Briefings),
            _ => {}
        }
        Vec::new()
    }

    fn say_how_to_quit(&mut self) {
        let key = self
            .keymap
            .keys_of("quit", self.scope())
            .into_iter()
            .next()
            .unwrap_or_else(|| ":quit".into());
        self.say(format!("{key} leaves, from the list it quits"));
    }

    pub(super) fn next_theme(&mut self) {
        self.settings.theme = self.settings.theme.next();
        self.say(format!("theme: {}", self.settings.theme.name()));
    }

    pub(super) fn edit(&mut self) -> Vec<Task> {
        let target = match self.overlays.last() {
            Some(Overlay::Problems(problems)) => {
                problems.under_cursor(&self.corpus).map(|(id, _, diagnostic)| {
                    (id, diagnostic.place.as_ref().map_or(1, |place| place.start.line))
                })
            }
            _ => self.open().map(|(_, entry)| (entry.file, self.line_in_view())),
        };
        let Some((file, line)) =
            target.and_then(|(id, line): (FileId, usize)| Some((self.corpus.file(id)?, line)))
        else {
            return Vec::new();
        };
        if self.corpus.origin == Origin::BuiltIn {
            self.say("the sample corpus is inside the program: there is no file to edit");
            return Vec::new();
        }
        vec![Task::Edit { file: file.path.to_path_buf(), line }]
    }

    /// Line of the file (from 1) on which the first line in view begins.
    fn line_in_view(&self) -> usize {
        let Some((_, entry)) = self.open() else { return 1 };
        let briefing = entry.briefing();
        let offset = self.text.top_offset();
        let above = briefing.body.get(..offset).map_or(0, |above| above.matches('\n').count());
        match briefing.body_line {
            Some(first) if offset > 0 => first + above,
            _ => briefing.line.max(1),
        }
    }

    fn open_source(&mut self) -> Vec<Task> {
        let Some((_, entry)) = self.open() else { return Vec::new() };
        let briefing = entry.briefing();
        let declared = briefing.sources.iter().filter_map(|source| source.url.clone());
        let url = declared.chain(self.text.links()).find(|url| is_web_link(url));
        if let Some(url) = url {
            vec![Task::OpenLink(url)]
        } else {
            self.say("this briefing names no link");
            Vec::new()
        }
    }
}

fn is_web_link(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
        && !url.chars().any(|c| c.is_control() || c.is_whitespace())
}
