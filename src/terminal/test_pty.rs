//! A pseudo-terminal for tests, with an emulator that shows what was written to it.

use std::cell::RefCell;
use std::fs::File;
use std::num::NonZeroU16;

use portable_pty::{MasterPty, PtySize, native_pty_system};

pub(super) struct Pty {
    master: Box<dyn MasterPty + Send>,
    /// Holds the terminal open.
    program: File,
    reader: RefCell<Box<dyn std::io::Read + Send>>,
    seen: RefCell<Vec<u8>>,
}

impl Pty {
    /// A terminal of 80×24 in raw mode.
    pub(super) fn open() -> Self {
        let pair = native_pty_system().openpty(PtySize::default()).unwrap();
        let name = pair.master.tty_name().unwrap();
        let program = File::options().read(true).write(true).open(name).unwrap();
        let mut modes = rustix::termios::tcgetattr(&program).unwrap();
        modes.make_raw();
        let now = rustix::termios::OptionalActions::Now;
        rustix::termios::tcsetattr(&program, now, &modes).unwrap();
        let reader = RefCell::new(pair.master.try_clone_reader().unwrap());
        Self { master: pair.master, program, reader, seen: RefCell::default() }
    }

    /// The side of it that a program has.
    pub(super) fn program_side(&self) -> File {
        self.program.try_clone().unwrap()
    }

    /// What was written so far, waiting for so many bytes in all.
    pub(super) fn output(&self, bytes: usize) -> String {
        let mut seen = self.seen.borrow_mut();
        let mut rest = vec![0; bytes - seen.len()];
        self.reader.borrow_mut().read_exact(&mut rest).unwrap();
        seen.append(&mut rest);
        String::from_utf8(seen.clone()).unwrap()
    }

    /// The screen after so many bytes.
    pub(super) fn screen(&self, bytes: usize) -> vt100::Screen {
        let side = |n| NonZeroU16::new(n).unwrap();
        let mut parser = vt100::Parser::new(side(24), side(80), 0);
        parser.process(self.output(bytes).as_bytes());
        parser.screen().clone()
    }

    /// Types.
    pub(super) fn keyboard(&self) -> Box<dyn std::io::Write + Send> {
        self.master.take_writer().unwrap()
    }
}

/// Types a text.
pub(super) fn type_in(keyboard: &mut dyn std::io::Write, text: &[u8]) {
    keyboard.write_all(text).unwrap();
    keyboard.flush().unwrap();
}
