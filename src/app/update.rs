//! One message in, one change of the state and a list of tasks out.

mod actors;
pub(super) mod ahead;
mod dates;
mod dossiers;
mod finding;
mod keys;
mod lagging;
mod lens;
mod marks;
mod moving;
mod opening;
mod overlays;
mod picking;
mod places;
mod program;
mod prompting;
mod reloading;
mod walking;

use std::time::Duration;

use super::command::Action;
use super::layout::PaneId;
use super::letters::LetterFor;
use super::message::{Done, Msg, Task};
use super::state::App;

/// Changes the state by one message, with all that follows of it. `now` is the time since the session
/// began.
pub fn update(app: &mut App, msg: Msg, now: Duration) -> Vec<Task> {
    let tasks = hear(app, msg, now);
    settle(app, now);
    tasks
}

/// Changes the state by one message, and leaves to [`settle`] what need not be done for each: of keys
/// that came at once the list takes every step, and the text opens where the last one led.
pub fn hear(app: &mut App, msg: Msg, now: Duration) -> Vec<Task> {
    if !matches!(msg, Msg::Key(_)) {
        app.catch_up();
    }
    let mut tasks = match msg {
        Msg::Key(chord) => app.key(chord, now),
        Msg::Paste(text) => app.paste(&text),
        Msg::Resize(size) => {
            app.layout.size = size;
            app.relayout();
            vec![Task::Repaint]
        }
        Msg::Wake => app.wake(now),
        Msg::Resumed => vec![Task::Repaint],
        Msg::Hangup => vec![Task::Quit],
        Msg::Done(done) => app.done(done, now),
    };
    if tasks.contains(&Task::Quit) {
        tasks.retain(|task| *task != Task::Quit);
        tasks.extend(app.keep());
        tasks.push(Task::Quit);
    }
    tasks
}

/// Does what follows of the messages that were heard; nothing where that was done.
pub fn settle(app: &mut App, now: Duration) {
    app.catch_up();
    app.complete_what_is_typed();
    app.note_place();
    app.text.show();
    app.timeline.fetch(&app.corpus);
    if app.outstanding.across {
        app.count_across();
    }
    if app.outstanding.timeline.is_some() {
        app.deadlines.timeline = Some(now + lagging::AFTER);
    }
    let height = app.height(PaneId::Briefings);
    app.briefings.cut_snippets(&app.corpus, height);
    if !app.unkept.is_empty() && app.deadlines.keep.is_none() {
        app.deadlines.keep = Some(now + marks::KEPT_AFTER);
    }
}

impl App {
    fn wake(&mut self, now: Duration) -> Vec<Task> {
        let due = |deadline: &mut Option<Duration>| deadline.take_if(|at| *at <= now).is_some();
        if due(&mut self.deadlines.loading)
            && let Some(loading) = &mut self.loading
        {
            loading.shown = true;
        }
        if due(&mut self.deadlines.menu) {
            self.pending.menu = !self.pending.keys.is_empty();
        }
        if due(&mut self.deadlines.timeline) {
            self.bring_timeline_up();
        }
        if due(&mut self.deadlines.keep) { self.keep() } else { Vec::new() }
    }

    fn done(&mut self, done: Done, now: Duration) -> Vec<Task> {
        if matches!(done, Done::Part(_) | Done::Loaded(_) | Done::Recast(_)) {
            self.surveying = None;
        }
        match done {
            Done::Loading { read, found } => {
                self.loading.get_or_insert_default().tell(read, found, now);
            }
            Done::Surveying { looked, of } => {
                self.surveying.get_or_insert_default().tell(looked, of, now);
            }
            Done::Part(corpus) => self.take_part(corpus),
            Done::Loaded(corpus) => self.take_corpus(corpus),
            Done::Recast(corpus) => self.recast(corpus),
            Done::Repacked(corpus) => self.corpus = corpus,
            Done::Shelf(kept, problem) => {
                self.shelf = kept;
                self.count_unread();
                self.restore_place();
                if let Some(problem) = problem {
                    self.keeping_failed = true;
                    self.warn(problem);
                }
            }
            Done::NotKept(problem) if !self.keeping_failed => {
                self.keeping_failed = true;
                self.warn(problem);
            }
            Done::NotKept(_) => {}
            Done::Edited(None) => return vec![Task::Repaint, Task::Load],
            Done::Edited(Some(problem)) => {
                self.warn(problem);
                return vec![Task::Repaint];
            }
            Done::Said(text) => self.say(text),
        }
        Vec::new()
    }

    /// Carries out an action, `count` times where that means something.
    pub(super) fn act(&mut self, action: Action, count: Option<usize>) -> Vec<Task> {
        use Action as A;
        match action {
            A::Down
            | A::Up
            | A::HalfPageDown
            | A::HalfPageUp
            | A::PageDown
            | A::PageUp
            | A::First
            | A::Last => {
                self.go(action, count);
            }
            A::NextBriefing | A::PreviousBriefing => {
                self.step_briefing(action == A::NextBriefing, count.unwrap_or(1));
            }
            A::NextPane | A::PreviousPane => self.focus_on(self.focus.step(action == A::NextPane)),
            A::PaneLeft | A::PaneRight => self.focus_beside(action == A::PaneRight),
            A::Pane(pane) => self.focus_on(pane),
            A::Zoom => self.toggle_zoom(),
            A::Open => self.open_under_cursor(),
            A::ReadOn => self.read_on(),
            A::Select => self.toggle_selection(),
            A::ToggleRead => self.toggle_read(),
            A::ToggleStar => self.toggle_star(),
            A::ReadAll => self.read_all(),
            A::Undo => self.undo(),
            A::Sort => self.sort(),
            A::Find => self.find(),
            A::Lens => self.ask_for_lens(),
            A::Narrow | A::Exclude => self.narrow(action == A::Exclude),
            A::Dyad => self.ask_letter(LetterFor::Dyad),
            A::GoToDate => self.ask_for_date(),
            A::FindActor => self.open_picker(),
            A::Lenses => self.open_lenses(),
            A::Dossier => self.open_dossier_here(),
            A::DossierOf => self.ask_letter(LetterFor::Dossier),
            A::DyadDossier => self.open_dyad(),
            A::NextHit | A::PreviousHit => self.walk(action == A::NextHit, count.unwrap_or(1)),
            A::MakeActive => self.make_active(),
            A::Follow => self.ask_letter(LetterFor::Follow),
            A::NextMention | A::PreviousMention => {
                self.walk_mentions(action == A::NextMention, count.unwrap_or(1));
            }
            A::NextWithOne | A::PreviousWithOne => {
                self.walk_briefings(action == A::NextWithOne, count.unwrap_or(1));
            }
            A::ToggleInferred => self.toggle_inferred(),
            A::TurnEntities => self.turn_entities(),
            A::ToggleReports => {
                if !self.timeline.toggle_reports(&self.corpus) {
                    self.say("one briefing reports this event");
                }
            }
            A::ZoomIn => self.timeline.zoom_in(&self.corpus),
            A::ZoomOut => self.timeline.zoom_out(&self.corpus),
            A::ZoomFit => self.timeline.zoom_fit(&self.corpus),
            A::Back => self.go_back(count.unwrap_or(1)),
            A::Forward => self.go_forward(count.unwrap_or(1)),
            A::SwapPlaces => self.swap_places(),
            A::Places => self.open_places(),
            A::Escape => self.escape(),
            A::NextTheme => self.next_theme(),
            _ => return self.act_on_program(action),
        }
        Vec::new()
    }
}

/// `1 briefing`, `3 briefings`.
fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
