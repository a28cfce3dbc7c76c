//! The session loop and all that knows a terminal: bytes in, bytes out, signals, the clock.
//!
//! May use `app`, `ui` and everything below. A session ([`run`]) stands between a
//! [`Scene`] (the app and its drawing) and an
//! [`Outside`]; it is the same for
//! the terminal of this process ([`read`]) and for any other line. Deliberately absent: what a
//! key does and what is drawn.
//!
//! On the terminal of this process crossterm decodes the keys, sets the modes and knows the
//! sequences that enter and leave. Around these of its traps a way is taken:
//! - its reader cannot be woken, and spins on a terminal that has hung up: the thread that reads
//!   sleeps in a poll of its own and asks crossterm only when there is something to read;
//! - polling by edges (its default) leaves what is beyond 1,024 bytes of a burst unread until the
//!   next key: the feature `use-dev-tty` polls by level, and then looks at what is decoded only
//!   while its time runs;
//! - inside a sequence that was cut it blocks: standard input is made non-blocking, for itself;
//! - `enable_raw_mode` does nothing on a terminal that it made raw before, `size` may run `tput`;
//! - its colours are one state for the whole process: frames are encoded here ([`Encoder`]).

mod capability;
mod clipboard;
mod desk_thread;
mod editor;
mod encode;
mod glyph;
mod keys;
mod link;
mod loader;
mod local;
mod panic;
mod pen;
mod reader;
mod session;
mod signals;
#[cfg(test)]
mod test_pty;
mod tty;
mod watcher;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::app::config::Settings;
use crate::app::keymap::Keymap;
use crate::app::{App, Msg, Start, Task};
use crate::corpus::Origin;
use crate::ui::{self, Capability};

pub use capability::{ColourChoice, Terminal, find_terminal};
pub use encode::Encoder;
pub use session::{End, Outside, Scene, run};

/// Why there can be no session on this terminal. To be told on standard error, with exit
/// status 2.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Standard input or output is a file or a pipe.
    #[error(
        "standard {0} is not a terminal, and reading needs one; in a pipe use `chancery check` or \
         `chancery timeline` (`chancery --help` lists all)"
    )]
    NoTerminal(&'static str),
    /// The terminal cannot place the cursor.
    #[error(
        "this terminal cannot place the cursor (TERM is `dumb` or not set), and reading needs \
         that; `chancery check` and `chancery timeline` work here (`chancery --help` lists all)"
    )]
    Incapable,
    /// The system refused something.
    #[error("the terminal cannot be used: {0}")]
    System(#[from] io::Error),
}

/// How reading on the terminal of this process begins.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// What is read.
    pub origin: Origin,
    /// What the reader chose.
    pub settings: Settings,
    /// Which keys mean what.
    pub keymap: Keymap,
    /// What is to be said at once, such as a mistake in the configuration.
    pub notice: Option<String>,
    /// What the reader wants of colours.
    pub colours: ColourChoice,
    /// Where marks are kept; nowhere but in memory without it.
    pub desk_file: Option<PathBuf>,
    /// The folder in which indexes are kept; without it everything is read anew at each start.
    pub cache: Option<PathBuf>,
    /// What the corpus is called there: its canonical path, or `built-in`.
    pub corpus_key: String,
}

/// How reading on the terminal of this process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The reader wished so.
    Quit,
    /// By a signal, or (`None`) because the terminal is gone.
    Hangup(Option<i32>),
    /// A thread panicked, which has been told.
    Panicked,
}

impl Ending {
    /// What the process ends with. It returns only where threads panicked. After a signal the process
    /// dies of it, as its parent expects; and else it ends at once, for giving memory back piece by piece
    /// before it ends takes longer than the end.
    #[must_use]
    pub fn conclude(self) -> ExitCode {
        match self {
            Self::Quit => signal_hook::low_level::exit(0),
            Self::Panicked => ExitCode::from(101),
            Self::Hangup(signal) => {
                let signal = signal.unwrap_or(signal_hook::consts::SIGHUP);
                signals::die(signal);
                // What a shell makes of a death by signal.
                ExitCode::from(u8::try_from(128 + signal).unwrap_or(u8::MAX))
            }
        }
    }
}

/// Reads on the terminal of this process until the reader quits or the session is ended; then
/// the terminal is as it was, and what was marked is kept.
///
/// # Errors
/// When standard input and output are no terminal that can be drawn on.
pub fn read(options: ReadOptions) -> Result<Ending, TerminalError> {
    let variable = |name: &str| std::env::var(name).ok();
    let terminal = find_terminal(&variable, options.colours);
    let tty = tty::Tty::open(terminal.is_none_or(|terminal| terminal.second_screen))?;
    let Terminal { capability, .. } = terminal.ok_or(TerminalError::Incapable)?;
    let tty = Arc::new(tty);
    let restore = tty::Restore(Arc::clone(&tty));
    let ReadOptions { origin, settings, keymap, notice, desk_file, corpus_key, cache, .. } =
        options;
    let desk = desk_file.map(|file| desk_thread::DeskPlace { file, corpus: corpus_key });
    let line = local::Line::default();
    let panicked = panic::restore_before_message(Arc::clone(&tty), line.hangup());
    let mut local =
        local::Local::start(Arc::clone(&tty), line, (origin.clone(), cache), settings.watch, desk)?;
    let size = local.size();
    let app = App::new(Start { origin, settings, keymap, size, notice });
    let mut scene = Drawn { app, capability };
    let end = run(&mut scene, &mut local, size);
    let signal = local.finish();
    drop(restore);
    // The process ends here: giving back briefing after briefing would only keep the reader waiting.
    std::mem::forget(scene);
    Ok(match end {
        _ if panicked.load(Ordering::SeqCst) => Ending::Panicked,
        End::Quit => Ending::Quit,
        End::Hangup => Ending::Hangup(signal),
    })
}

/// The app as it is drawn on one terminal.
#[derive(Debug)]
struct Drawn {
    app: App,
    capability: Capability,
}

impl Scene for Drawn {
    fn hear(&mut self, message: Msg, now: Duration) -> Vec<Task> {
        crate::app::hear(&mut self.app, message, now)
    }

    fn settle(&mut self, now: Duration) {
        crate::app::settle(&mut self.app, now);
    }

    fn rest(&mut self) {
        crate::app::look_ahead(&mut self.app);
        if let Some(corpus) = self.app.corpus.repacked() {
            self.app.corpus = corpus.into();
        }
    }

    fn deadline(&self) -> Option<Duration> {
        self.app.deadline()
    }

    fn wants_frame(&self) -> bool {
        self.app.wants_frame()
    }

    fn draw(&self, buffer: &mut Buffer) -> Option<Position> {
        ui::draw(&self.app, self.capability, buffer)
    }
}
