//! A session on the terminal of this process: all that is around the loop, wired.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level::emulate_default_handler;

use super::clipboard::copy_sequence;
use super::desk_thread::{DeskPlace, DeskThread};
use super::editor;
use super::link::{self, Way};
use super::loader::Loader;
use super::reader::{Reader, StandardInput};
use super::session::Outside;
use super::signals::{self, Asked, Signals};
use super::tty::Tty;
use crate::app::layout::Size;
use crate::app::{Done, Msg, Task};
use crate::corpus::Origin;

/// What comes to the loop's thread.
#[derive(Debug)]
pub enum Event {
    /// A message for the session.
    Msg(Msg),
    /// A signal.
    Asked(Asked),
}

/// The way to the loop's thread, and its end there.
#[derive(Debug)]
pub struct Line {
    send: Sender<Event>,
    inbox: Receiver<Event>,
}

impl Default for Line {
    fn default() -> Self {
        let (send, inbox) = unbounded();
        Self { send, inbox }
    }
}

impl Line {
    /// A way to end the session from anywhere.
    pub fn hangup(&self) -> impl Fn() + Send + Sync + use<> {
        let send = self.send.clone();
        // Where nobody listens any more, the session has ended.
        move || send.send(Event::Msg(Msg::Hangup)).unwrap_or_default()
    }
}

/// What is around a session on the terminal of this process.
#[derive(Debug)]
pub struct Local {
    tty: Arc<Tty>,
    began: Instant,
    line: Line,
    /// As the session knows it.
    size: Size,
    /// Messages that came of one event.
    queued: VecDeque<Msg>,
    /// Set while an editor has the terminal.
    lent: Arc<AtomicBool>,
    reader: Reader,
    loader: Loader,
    desk: DeskThread,
    signals: Signals,
}

impl Local {
    /// Takes the terminal and sets reading, loading and keeping going.
    ///
    /// # Errors
    /// When the terminal is gone, or the process can have no more threads or descriptors.
    pub fn start(
        tty: Arc<Tty>,
        line: Line,
        (origin, cache): (Origin, Option<PathBuf>),
        watch: bool,
        desk: Option<DeskPlace>,
    ) -> io::Result<Self> {
        let to_loop = || {
            let send = line.send.clone();
            move |message| send.send(Event::Msg(message)).is_ok()
        };
        let loader = Loader::start(origin, cache, watch, to_loop())?;
        let desk = DeskThread::start(desk, to_loop())?;
        let lent = Arc::new(AtomicBool::new(false));
        let asks = line.send.clone();
        let ask = move |asked| asks.send(Event::Asked(asked)).is_ok();
        let signals = Signals::start(Arc::clone(&tty), Arc::clone(&lent), ask)?;
        tty.enter()?;
        let reader = Reader::start(StandardInput, to_loop())?;
        let (began, queued, size) = (Instant::now(), VecDeque::new(), tty.size());
        Ok(Self { tty, began, line, size, queued, lent, reader, loader, desk, signals })
    }

    /// The size with which the session begins.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Gives the terminal back, waits until everything is kept, and says which signal asked for
    /// the end, if one did.
    pub fn finish(self) -> Option<i32> {
        let Self { tty, mut reader, desk, signals, loader, .. } = self;
        // The process ends with the session: to give back what was read, and to wait for threads that do
        // nothing any more, takes longer than to leave them.
        std::mem::forget(loader);
        // What is typed from now on is for the shell.
        reader.let_go();
        tty.leave();
        drop(desk);
        let ended_by = signals.ended_by();
        std::mem::forget(signals);
        ended_by
    }

    /// What an event says to the session, if anything.
    fn hear(&mut self, event: Event) -> Option<Msg> {
        match event {
            Event::Asked(Asked::End) => Some(Msg::Hangup),
            Event::Asked(Asked::Measure) => self.resized(self.tty.size()),
            // crossterm tells of it too, with the next key.
            Event::Msg(Msg::Resize(size)) => self.resized(size),
            Event::Asked(Asked::Stop) => {
                if signals::can_stop() {
                    self.stop(|| emulate_default_handler(SIGTSTP));
                }
                None
            }
            // It is the editor that goes on.
            Event::Asked(Asked::GoOn) if self.lent.load(Ordering::SeqCst) => None,
            Event::Asked(Asked::GoOn) => Some(self.take_back(Msg::Resumed)),
            Event::Msg(message @ Msg::Done(Done::Edited(_))) => {
                self.lent.store(false, Ordering::SeqCst);
                Some(self.take_back(message))
            }
            Event::Msg(message) => Some(message),
        }
    }

    fn resized(&mut self, size: Size) -> Option<Msg> {
        let before = std::mem::replace(&mut self.size, size);
        (before != size).then_some(Msg::Resize(size))
    }

    /// Takes the terminal after somebody else had it. The size may have changed unheard: a
    /// process in the background is not told.
    fn take_back(&mut self, then: Msg) -> Msg {
        if self.tty.enter().is_err() {
            return Msg::Hangup;
        }
        self.reader.resume();
        let Some(resized) = self.resized(self.tty.size()) else { return then };
        self.queued.push_back(then);
        resized
    }

    fn give_away(&mut self) {
        self.reader.pause();
        self.tty.leave();
    }

    /// The rest follows when SIGCONT comes.
    fn stop(&mut self, stop: impl FnOnce() -> io::Result<()>) {
        self.give_away();
        if let Err(error) = stop() {
            let message = self.take_back(Msg::Resumed);
            self.queued.push_front(message);
            self.say(format!("could not stop: {error}"));
        }
    }

    fn say(&mut self, sentence: impl Into<String>) {
        self.queued.push_back(Msg::Done(Done::Said(sentence.into())));
    }

    fn edit(&mut self, file: &Path, line: usize) {
        let words = match editor::parse_editor(&variable, file, line) {
            Ok(words) => words,
            Err(error) => return self.queued.push_back(Msg::Done(Done::Edited(Some(error)))),
        };
        self.lent.store(true, Ordering::SeqCst);
        self.give_away();
        let input = self.tty.found_input();
        self.aside("editor", move || Done::Edited(editor::edit(&words, input).err()));
    }

    fn open_link(&mut self, link: String) {
        match link::parse_link(&variable, &link) {
            Err(why) => self.say(why),
            Ok(Way::Copy) => {
                if self.copy(&link) {
                    self.say(format!("copied: {link}"));
                }
            }
            Ok(Way::Run(words)) => self.aside("browser", move || {
                Done::Said(link::open(&words).err().unwrap_or_else(|| format!("opened: {link}")))
            }),
        }
    }

    /// Does something that takes long beside the session, and tells it what came of it.
    fn aside(&mut self, name: &str, act: impl FnOnce() -> Done + Send + 'static) {
        let send = self.line.send.clone();
        let run = move || {
            // Where nobody listens any more, the session has ended.
            let _ = send.send(Event::Msg(Msg::Done(act())));
        };
        if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(run) {
            let done = Done::Edited(Some(format!("no {name}: {error}")));
            let _ = self.line.send.send(Event::Msg(Msg::Done(done)));
        }
    }

    fn copy(&mut self, text: &str) -> bool {
        match copy_sequence(text) {
            // A terminal that is gone is noticed with the next frame.
            Ok(sequence) => self.tty.write(sequence.as_bytes()).is_ok(),
            Err(why) => {
                self.say(why);
                false
            }
        }
    }
}

impl Outside for Local {
    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    fn wait(&mut self, until: Option<Duration>) -> Option<Msg> {
        loop {
            if let Some(message) = self.take() {
                return Some(message);
            }
            let event = match until {
                None => self.line.inbox.recv().map_err(RecvTimeoutError::from),
                Some(until) => self.line.inbox.recv_deadline(self.began + until),
            };
            match event {
                Ok(event) => {
                    if let Some(message) = self.hear(event) {
                        return Some(message);
                    }
                }
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => return Some(Msg::Hangup),
            }
        }
    }

    fn take(&mut self) -> Option<Msg> {
        while self.queued.is_empty() {
            let event = self.line.inbox.try_recv().ok()?;
            if let Some(message) = self.hear(event) {
                // What came of it besides comes after it.
                return Some(message);
            }
        }
        self.queued.pop_front()
    }

    fn owns_screen(&self) -> bool {
        self.tty.is_ours()
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.tty.write(bytes)
    }

    fn carry_out(&mut self, task: Task) {
        match task {
            Task::Load => self.loader.load(),
            Task::Keep(changes) => self.desk.keep(changes),
            Task::Edit { file, line } => self.edit(&file, line),
            Task::OpenLink(link) => self.open_link(link),
            Task::Copy(text) => {
                self.copy(&text);
            }
            Task::Suspend if signals::can_stop() => self.stop(signals::stop_job),
            Task::Suspend => self.say("there is no shell here to come back to"),
            Task::Quit | Task::Repaint => {}
        }
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
