//! The session loop and all that knows a terminal: bytes in, bytes out, signals, the clock.
//!
//! May use `app`, `ui` and everything below. A session ([`session::run`]) stands between a
//! [`session::Scene`] (the app and its drawing) and an [`session::Outside`]; it is the same for
//! the terminal of this process ([`local`]) and for any other line. Deliberately absent: what a
//! key does and what is drawn.
//!
//! crossterm is not used: its reader spins for ever on a terminal that has hung up and blocks
//! inside a sequence that was cut, and colours and size are one state for the whole process.

mod capability;
mod clipboard;
mod decode;
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

use std::io;

pub use capability::{ColourChoice, Terminal, find_terminal};

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
