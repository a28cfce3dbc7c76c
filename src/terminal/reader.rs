//! The thread that reads keys. It sleeps until there are some, wakes at no other time, and can be
//! made to leave them alone while an editor has the terminal.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use rustix::event::{PollFd, PollFlags, Timespec};

use super::decode::Decoder;
use crate::app::Msg;

/// For how long the beginning of a sequence may be its whole: Esc is heard so much later. Longer
/// than the bytes of one key lie apart on a line, shorter than anyone notices.
const QUIET: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };

enum Command {
    /// Leave the terminal's input alone, and say when that is so.
    Pause(Sender<()>),
    Resume,
}

/// Reads a terminal's input on a thread of its own, until dropped.
#[derive(Debug)]
pub struct Reader {
    /// A byte here makes the thread look at its commands; the end of it makes it end.
    bell: Option<File>,
    commands: Option<Sender<Command>>,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    /// Reads `input` and hands on what it decodes; [`Msg::Hangup`] once when the terminal is gone.
    /// `send` says whether anyone still listens.
    ///
    /// # Errors
    /// When the process has too many descriptors or threads.
    pub fn start(input: OwnedFd, send: impl Fn(Msg) -> bool + Send + 'static) -> io::Result<Self> {
        let (listen, bell) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)?;
        let (commands, orders) = unbounded();
        let mut reading = Reading {
            input: input.into(),
            bell: listen.into(),
            orders,
            decoder: Decoder::default(),
            send,
        };
        let run = move || while reading.step().is_some() {};
        let thread = thread::Builder::new().name("keys".to_owned()).spawn(run)?;
        Ok(Self { bell: Some(bell.into()), commands: Some(commands), thread: Some(thread) })
    }

    /// Returns when nothing reads the terminal any more.
    pub fn pause(&mut self) {
        let (done, paused) = bounded(1);
        let ordered = self.commands.as_ref().map(|orders| orders.send(Command::Pause(done)));
        let rung = self.bell.as_mut().map(|bell| bell.write_all(b"!"));
        if matches!((ordered, rung), (Some(Ok(())), Some(Ok(())))) {
            // Gone with the thread if that has ended.
            let _ = paused.recv();
        }
    }

    /// Reads again.
    pub fn resume(&mut self) {
        if let Some(orders) = &self.commands {
            let _ = orders.send(Command::Resume);
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.bell = None;
        self.commands = None;
        if let Some(thread) = self.thread.take() {
            // A panic of it has been told by the hook.
            let _ = thread.join();
        }
    }
}

struct Reading<F> {
    input: File,
    bell: File,
    orders: Receiver<Command>,
    decoder: Decoder,
    send: F,
}

impl<F: Fn(Msg) -> bool> Reading<F> {
    /// Sleeps until there is something, and handles it; `None` at the end.
    fn step(&mut self) -> Option<()> {
        let timeout = self.decoder.is_waiting().then_some(&QUIET);
        let mut polled =
            [PollFd::new(&self.bell, PollFlags::IN), PollFd::new(&self.input, PollFlags::IN)];
        match rustix::event::poll(&mut polled, timeout) {
            Err(rustix::io::Errno::INTR) => return Some(()),
            Err(_) => return self.hang_up(),
            Ok(0) => return self.hand_on(Decoder::settle),
            Ok(_) => {}
        }
        let (rung, come) = (polled[0].revents(), polled[1].revents());
        if !rung.is_empty() {
            self.obey()
        } else if come.contains(PollFlags::IN) {
            self.read()
        } else {
            self.hang_up()
        }
    }

    fn obey(&mut self) -> Option<()> {
        let mut rings = [0];
        if self.bell.read(&mut rings).ok()? == 0 {
            return None;
        }
        while let Ok(order) = self.orders.try_recv() {
            if let Command::Pause(done) = order {
                // Nobody waits for it if the other side is gone.
                let _ = done.send(());
                while !matches!(self.orders.recv().ok()?, Command::Resume) {}
            }
        }
        Some(())
    }

    fn read(&mut self) -> Option<()> {
        let mut bytes = [0; 4096];
        match self.input.read(&mut bytes) {
            Ok(0) => self.hang_up(),
            Ok(count) => {
                let bytes = bytes.get(..count).unwrap_or_default();
                self.hand_on(|decoder, heard| decoder.feed(bytes, heard))
            }
            Err(e) => match e.kind() {
                io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock => Some(()),
                _ => self.hang_up(),
            },
        }
    }

    fn hand_on(&mut self, decode: impl FnOnce(&mut Decoder, &mut Vec<Msg>)) -> Option<()> {
        let mut heard = Vec::new();
        decode(&mut self.decoder, &mut heard);
        heard.into_iter().all(&self.send).then_some(())
    }

    fn hang_up(&self) -> Option<()> {
        (self.send)(Msg::Hangup);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::test_pty::{Pty, type_in};

    /// A reader of a terminal in raw mode, and what it hears.
    fn reader() -> (Pty, crate::terminal::tty::Tty, Reader, Receiver<Msg>) {
        let (pty, tty) = Pty::open();
        tty.enter().unwrap();
        let (send, heard) = unbounded();
        let reader = Reader::start(tty.input().unwrap(), move |m| send.send(m).is_ok()).unwrap();
        (pty, tty, reader, heard)
    }

    fn next(heard: &Receiver<Msg>) -> String {
        match heard.recv().unwrap() {
            Msg::Key(chord) => chord.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn keys_are_heard_and_a_lone_esc_too() {
        let (pty, _tty, _reader, heard) = reader();
        let mut keyboard = pty.keyboard();
        type_in(&mut *keyboard, b"j\x1b[A");
        assert_eq!([next(&heard), next(&heard)], ["j", "Up"]);
        type_in(&mut *keyboard, b"\x1b");
        assert_eq!(next(&heard), "Esc");
    }

    #[test]
    fn while_paused_the_keys_are_somebody_elses() {
        let (pty, tty, mut reader, heard) = reader();
        let mut keyboard = pty.keyboard();
        reader.pause();
        type_in(&mut *keyboard, b"vim");
        let mut editor = [0; 3];
        File::from(tty.input().unwrap()).read_exact(&mut editor).unwrap();
        assert_eq!(&editor, b"vim");
        reader.resume();
        type_in(&mut *keyboard, b"k");
        assert_eq!(next(&heard), "k");
        reader.pause();
        reader.resume();
        type_in(&mut *keyboard, b"l");
        assert_eq!(next(&heard), "l");
    }

    #[test]
    fn a_terminal_that_is_gone_is_told_once() {
        let (pty, _tty, reader, heard) = reader();
        drop(pty);
        assert_eq!(next(&heard), "Hangup");
        assert!(heard.recv().is_err(), "the thread has ended");
        drop(reader);
    }

    #[test]
    fn dropping_ends_the_thread_reading_or_paused() {
        for pause in [false, true] {
            let (_pty, _tty, mut reader, heard) = reader();
            if pause {
                reader.pause();
            }
            drop(reader);
            assert!(heard.recv().is_err());
        }
    }

    #[test]
    fn a_pause_after_the_end_does_not_wait() {
        let (pty, _tty, mut reader, heard) = reader();
        drop(pty);
        assert_eq!(next(&heard), "Hangup");
        assert!(heard.recv().is_err());
        reader.pause();
        reader.resume();
    }
}
