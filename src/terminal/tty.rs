//! The terminal of this process: taken for reading, given back whole.

use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustix::event::{PollFd, PollFlags};
use rustix::termios::{OptionalActions, Termios};

use super::TerminalError;
use crate::app::layout::Size;

/// Second screen with the cursor kept, bracketed paste, no cursor. No mouse: the terminal's own
/// selection is to work.
const ENTER: &str = "\x1b[?1049h\x1b[?2004h\x1b[?25l";
/// The reverse, after whatever a frame that was cut has left: an update held back, a pen.
const LEAVE: &str = "\x1b[?2026l\x1b[m\x1b[?25h\x1b[?2004l\x1b[?1049l";
/// Where there is no second screen, the first is left empty.
const CLEAR: &str = "\x1b[H\x1b[2J";
/// What is taken for the size of a terminal that does not know its own.
const USUAL_SIZE: (u32, u32) = (80, 24);

/// A terminal, and whether it is ours now. Shared by the loop, the signals and the panic hook.
#[derive(Debug)]
pub struct Tty {
    input: File,
    /// Unbuffered and unlocked, so that a panic in the middle of a write can still restore.
    output: File,
    second_screen: bool,
    /// The modes to be restored; some while the terminal is ours.
    found: Mutex<Option<Termios>>,
}

impl Tty {
    /// The terminal on standard input and output.
    ///
    /// # Errors
    /// When either is none.
    pub fn open(second_screen: bool) -> Result<Self, TerminalError> {
        let (input, output) = (rustix::stdio::stdin(), rustix::stdio::stdout());
        for (fd, name) in [(input, "input"), (output, "output")] {
            if !rustix::termios::isatty(fd) {
                return Err(TerminalError::NoTerminal(name));
            }
        }
        let copy = |fd| rustix::io::dup(fd).map_err(io::Error::from);
        Ok(Self::on(copy(input)?, copy(output)?, second_screen))
    }

    /// A terminal on these descriptors.
    #[must_use]
    pub fn on(input: OwnedFd, output: OwnedFd, second_screen: bool) -> Self {
        Self { input: input.into(), output: output.into(), second_screen, found: Mutex::default() }
    }

    /// Takes the terminal: raw, second screen, no cursor. Taking it once more repairs what
    /// somebody has changed meanwhile.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn enter(&self) -> io::Result<()> {
        let mut found = self.found();
        let modes = match found.take() {
            Some(modes) => modes,
            None => rustix::termios::tcgetattr(&self.input)?,
        };
        let mut raw = modes.clone();
        raw.make_raw();
        set_modes(&self.input, &raw)?;
        *found = Some(modes);
        self.write(ENTER.as_bytes())
    }

    /// Gives the terminal back as it was found; nothing where it is not ours. What fails here
    /// fails because the terminal is gone.
    pub fn leave(&self) {
        let mut found = self.found();
        if let Some(modes) = found.take() {
            let clear = if self.second_screen { "" } else { CLEAR };
            let _ = self.write(format!("{clear}{LEAVE}").as_bytes());
            let _ = set_modes(&self.input, &modes);
        }
    }

    /// Restores the modes alone, without a byte that could wait for a terminal that reads none.
    pub fn restore_modes(&self) {
        if let Some(modes) = self.found().take() {
            let _ = set_modes(&self.input, &modes);
        }
    }

    /// Whether the terminal is ours now.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.found().is_some()
    }

    /// Its size now.
    #[must_use]
    pub fn size(&self) -> Size {
        let size = rustix::termios::tcgetwinsize(&self.output);
        let known = size.ok().filter(|size| size.ws_col > 0 && size.ws_row > 0);
        let (columns, rows) =
            known.map_or(USUAL_SIZE, |size| (size.ws_col.into(), size.ws_row.into()));
        Size::clamped(columns, rows)
    }

    /// Writes all of it, waiting for the terminal where it is slow.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn write(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match (&self.output).write(bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                // Somebody who shares the terminal has set it non-blocking.
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => self.wait_for_room()?,
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }

    fn wait_for_room(&self) -> io::Result<()> {
        let mut polled = [PollFd::new(&self.output, PollFlags::OUT)];
        rustix::io::retry_on_intr(|| rustix::event::poll(&mut polled, None))?;
        Ok(())
    }

    /// Another descriptor of the side that keys come from.
    ///
    /// # Errors
    /// When the process has too many.
    pub fn input(&self) -> io::Result<OwnedFd> {
        self.input.as_fd().try_clone_to_owned()
    }

    /// A panic may have happened anywhere; the modes are whole all the same.
    fn found(&self) -> MutexGuard<'_, Option<Termios>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// At once, and with what was typed ahead left for whoever reads next.
fn set_modes(input: &File, modes: &Termios) -> io::Result<()> {
    let set = || rustix::termios::tcsetattr(input, OptionalActions::Now, modes);
    Ok(rustix::io::retry_on_intr(set)?)
}

/// Gives the terminal back when it goes.
#[derive(Debug)]
pub struct Restore(pub Arc<Tty>);

impl Drop for Restore {
    fn drop(&mut self) {
        self.0.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::test_pty::Pty;
    use rustix::termios::LocalModes;

    fn modes(tty: &Tty) -> LocalModes {
        rustix::termios::tcgetattr(&tty.input).unwrap().local_modes
    }

    #[test]
    fn a_terminal_is_taken_and_given_back_as_it_was() {
        let (pty, tty) = Pty::open();
        let before = modes(&tty);
        assert!(before.contains(LocalModes::ICANON | LocalModes::ECHO));
        tty.enter().unwrap();
        assert!(tty.is_ours());
        assert!(!modes(&tty).intersects(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG));
        let screen = pty.screen(ENTER.len());
        assert!(screen.alternate_screen() && screen.bracketed_paste() && screen.hide_cursor());
        tty.leave();
        assert!(!tty.is_ours());
        assert_eq!(modes(&tty), before);
        let screen = pty.screen(ENTER.len() + LEAVE.len());
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
    }

    #[test]
    fn leaving_twice_says_nothing_more_and_entering_twice_forgets_nothing() {
        let (pty, tty) = Pty::open();
        let before = modes(&tty);
        tty.enter().unwrap();
        tty.enter().unwrap();
        tty.leave();
        tty.leave();
        tty.write(b".").unwrap();
        assert_eq!(modes(&tty), before);
        let all = [ENTER, ENTER, LEAVE, "."].concat();
        assert_eq!(pty.output(all.len()), all);
    }

    #[test]
    fn a_terminal_with_one_screen_is_left_empty() {
        let (pty, tty) = Pty::open();
        let tty = Tty { second_screen: false, ..tty };
        tty.enter().unwrap();
        tty.write(b"text").unwrap();
        tty.leave();
        let screen = pty.screen([ENTER, "text", CLEAR, LEAVE].concat().len());
        assert_eq!(screen.contents(), "");
    }

    #[test]
    fn the_guard_restores_whatever_happens() {
        let (_pty, tty) = Pty::open();
        let (before, tty) = (modes(&tty), Arc::new(tty));
        let inside = Arc::clone(&tty);
        let panicked = std::thread::spawn(move || {
            let _restore = Restore(Arc::clone(&inside));
            inside.enter().unwrap();
            std::panic::resume_unwind(Box::new("no message"));
        });
        assert!(panicked.join().is_err());
        assert_eq!(modes(&tty), before);
    }

    #[test]
    fn the_size_is_the_terminals_or_the_usual_one() {
        let (pty, tty) = Pty::open();
        pty.resize(123, 45);
        assert_eq!(tty.size(), Size { columns: 123, rows: 45 });
        pty.resize(0, 0);
        assert_eq!(tty.size(), Size { columns: 80, rows: 24 });
    }

    #[test]
    fn a_terminal_that_is_gone_is_an_error_and_not_a_wait() {
        let (pty, tty) = Pty::open();
        tty.enter().unwrap();
        drop(pty);
        assert!(tty.write(b"x").is_err());
        tty.leave();
        assert!(!tty.is_ours());
    }
}
