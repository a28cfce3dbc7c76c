//! The terminal of this process: taken for reading, given back whole.

use std::fmt;
use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crossterm::Command;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{
    Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode, window_size,
};
use rustix::event::{PollFd, PollFlags};
use rustix::fs::{Mode, OFlags};

use super::TerminalError;
use crate::app::layout::Size;

/// What is taken for the size of a terminal that does not know its own.
const USUAL_SIZE: (u16, u16) = (80, 24);

/// Second screen, pastes told from typing, no cursor. No mouse: the terminal's own selection is
/// to work.
fn enter_sequence() -> String {
    [said(EnterAlternateScreen), said(EnableBracketedPaste), said(Hide)].concat()
}

/// The reverse, after whatever a frame that was cut has left: an update held back, a pen. Where
/// there is no second screen, the first is left empty.
fn leave_sequence(second_screen: bool) -> String {
    let cut = [said(EndSynchronizedUpdate), said(SetAttribute(Attribute::Reset))];
    let clear = [said(Clear(ClearType::All)), said(MoveTo(0, 0))];
    let back = [said(Show), said(DisableBracketedPaste), said(LeaveAlternateScreen)];
    let clear = if second_screen { String::new() } else { clear.concat() };
    [cut.concat(), clear, back.concat()].concat()
}

fn said(command: impl Command) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = command.write_ansi(&mut text);
    text
}

/// The kernel's side of a terminal.
pub trait Modes: fmt::Debug + Send + Sync {
    /// Nothing typed is echoed, collected to lines or taken for a signal.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn make_raw(&self) -> io::Result<()>;
    /// As it was before it was made raw.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn restore(&self) -> io::Result<()>;
    /// Columns and rows; zeroes where it does not know.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn size(&self) -> io::Result<(u16, u16)>;
}

/// The terminal on standard input, by crossterm, which there can be one of in a process.
#[derive(Clone, Copy, Debug)]
struct StandardInput;

impl Modes for StandardInput {
    fn make_raw(&self) -> io::Result<()> {
        enable_raw_mode()
    }

    fn restore(&self) -> io::Result<()> {
        disable_raw_mode()
    }

    /// Not crossterm's `size`, which may run `tput`.
    fn size(&self) -> io::Result<(u16, u16)> {
        window_size().map(|size| (size.columns, size.rows))
    }
}

/// A terminal, and whether it is ours now. Shared by the loop, the signals and the panic hook.
#[derive(Debug)]
pub struct Tty {
    modes: Box<dyn Modes>,
    /// Unbuffered and unlocked, so that a panic in the middle of a write can still restore.
    output: File,
    /// Standard input as it was found, for an editor.
    found_input: Option<OwnedFd>,
    second_screen: bool,
    ours: Mutex<bool>,
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
        let output = rustix::io::dup(output).map_err(io::Error::from)?.into();
        let found_input = open_own_input().ok();
        let modes = Box::new(StandardInput);
        Ok(Self { modes, output, found_input, second_screen, ours: Mutex::default() })
    }

    /// Takes the terminal. Taking it once more repairs what somebody has changed meanwhile.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn enter(&self) -> io::Result<()> {
        let mut ours = self.ours();
        if *ours {
            // Only from its own modes does crossterm make a terminal raw.
            self.modes.restore()?;
        }
        self.modes.make_raw()?;
        *ours = true;
        self.write(enter_sequence().as_bytes())
    }

    /// Gives the terminal back as it was found; nothing where it is not ours. What fails here
    /// fails because the terminal is gone.
    pub fn leave(&self) {
        if std::mem::take(&mut *self.ours()) {
            let _ = self.write(leave_sequence(self.second_screen).as_bytes());
            let _ = self.modes.restore();
        }
    }

    /// Restores the modes alone, without a byte that could wait for a terminal that reads none.
    pub fn restore_modes(&self) {
        if std::mem::take(&mut *self.ours()) {
            let _ = self.modes.restore();
        }
    }

    /// Whether the terminal is ours now.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        *self.ours()
    }

    /// Its size now.
    #[must_use]
    pub fn size(&self) -> Size {
        let known = self.modes.size().ok().filter(|(columns, rows)| *columns > 0 && *rows > 0);
        let (columns, rows) = known.unwrap_or(USUAL_SIZE);
        Size::clamped(columns.into(), rows.into())
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

    /// Standard input as another program expects it.
    #[must_use]
    pub fn found_input(&self) -> Option<OwnedFd> {
        self.found_input.as_ref().and_then(|input| input.try_clone().ok())
    }

    /// A panic may have happened anywhere; the answer is whole all the same.
    fn ours(&self) -> MutexGuard<'_, bool> {
        self.ours.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts the same terminal on standard input, opened once more and non-blocking: inside a sequence
/// that was cut, crossterm reads on until the rest comes, and would keep the keys from an editor
/// that runs meanwhile. Opened once more, for else whoever shares the descriptor would find it
/// non-blocking too. Gives what was there.
fn open_own_input() -> io::Result<OwnedFd> {
    let found = rustix::io::dup(rustix::stdio::stdin())?;
    let name = rustix::termios::ttyname(&found, Vec::new())?;
    let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let own = rustix::fs::open(name, flags, Mode::empty())?;
    rustix::stdio::dup2_stdin(&own)?;
    Ok(found)
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
pub(super) mod tests {
    use super::*;
    use crate::terminal::test_pty::Pty;

    /// Writes down what is asked of it; the real one is asked in the end-to-end tests.
    #[derive(Debug, Default)]
    struct Noted(Arc<Mutex<Vec<&'static str>>>, (u16, u16));

    impl Modes for Noted {
        fn make_raw(&self) -> io::Result<()> {
            self.0.lock().unwrap().push("raw");
            Ok(())
        }

        fn restore(&self) -> io::Result<()> {
            self.0.lock().unwrap().push("restored");
            Ok(())
        }

        fn size(&self) -> io::Result<(u16, u16)> {
            Ok(self.1)
        }
    }

    type Notes = Arc<Mutex<Vec<&'static str>>>;

    /// The terminal of a test's own, and what was asked of the kernel.
    pub fn tty(pty: &Pty) -> (Tty, Notes) {
        let notes = Notes::default();
        let modes = Box::new(Noted(Arc::clone(&notes), (0, 0)));
        let output = pty.program_side();
        let ours = Mutex::default();
        (Tty { modes, output, found_input: None, second_screen: true, ours }, notes)
    }

    #[test]
    fn a_terminal_is_taken_and_given_back() {
        let pty = Pty::open();
        let (tty, notes) = tty(&pty);
        tty.enter().unwrap();
        assert!(tty.is_ours());
        let screen = pty.screen(enter_sequence().len());
        assert!(screen.alternate_screen() && screen.bracketed_paste() && screen.hide_cursor());
        tty.leave();
        assert!(!tty.is_ours());
        let screen = pty.screen(enter_sequence().len() + leave_sequence(true).len());
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
        assert_eq!(*notes.lock().unwrap(), ["raw", "restored"]);
    }

    #[test]
    fn leaving_twice_says_nothing_more_and_entering_twice_repairs() {
        let pty = Pty::open();
        let (tty, notes) = tty(&pty);
        tty.leave();
        tty.enter().unwrap();
        tty.enter().unwrap();
        tty.leave();
        tty.leave();
        tty.restore_modes();
        tty.write(b".").unwrap();
        let (enter, leave) = (enter_sequence(), leave_sequence(true));
        let all = [&enter, &enter, &leave, "."].concat();
        assert_eq!(pty.output(all.len()), all);
        assert_eq!(*notes.lock().unwrap(), ["raw", "restored", "raw", "restored"]);
    }

    #[test]
    fn a_terminal_with_one_screen_is_left_empty() {
        let pty = Pty::open();
        let tty = Tty { second_screen: false, ..tty(&pty).0 };
        tty.enter().unwrap();
        tty.write(b"text").unwrap();
        tty.leave();
        let written = [&enter_sequence(), "text", &leave_sequence(false)].concat();
        assert_eq!(pty.screen(written.len()).contents(), "");
    }

    #[test]
    fn the_guard_restores_whatever_happens() {
        let pty = Pty::open();
        let (tty, notes) = tty(&pty);
        let panicked = std::thread::spawn(move || {
            let tty = Arc::new(tty);
            let _restore = Restore(Arc::clone(&tty));
            tty.enter().unwrap();
            std::panic::resume_unwind(Box::new("no message"));
        });
        assert!(panicked.join().is_err());
        assert_eq!(*notes.lock().unwrap(), ["raw", "restored"]);
    }

    #[test]
    fn the_size_is_the_terminals_or_the_usual_one() {
        let pty = Pty::open();
        for (told, size) in [((123, 45), (123, 45)), ((0, 0), (80, 24)), ((80, 0), (80, 24))] {
            let tty = Tty { modes: Box::new(Noted(Notes::default(), told)), ..tty(&pty).0 };
            assert_eq!(tty.size(), Size { columns: size.0, rows: size.1 }, "{told:?}");
        }
    }

    #[test]
    fn a_terminal_that_is_gone_is_an_error_and_not_a_wait() {
        let pty = Pty::open();
        let (tty, _notes) = tty(&pty);
        tty.enter().unwrap();
        drop(pty);
        assert!(tty.write(b"x").is_err());
        tty.leave();
        assert!(!tty.is_ours());
    }
}
