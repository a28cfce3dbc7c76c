//! The thread that reads keys. It sleeps until there are some, wakes at no other time, and can be
//! made to leave them alone while an editor has the terminal.
//!
//! It sleeps in a poll of its own and calls crossterm only when there is something to read, for
//! of itself crossterm can neither be woken nor be stopped, and on a terminal that has hung up it
//! reads nothing for ever.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::fd::BorrowedFd;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use crossterm::event::{self, Event, KeyCode, KeyModifiers};
use rustix::event::{PollFd, PollFlags, Timespec};

use super::keys::messages;
use crate::app::Msg;

/// For how long crossterm is asked whether there is more. It looks at what it has decoded already
/// only before this is over (and with nothing at all never), so it must outlast any time for
/// which the thread may be set aside there.
/// It waits for whole milliseconds and spins for what is left, so that a little is added which a wait
/// takes longer than it should.
const LOOK: Duration = Duration::from_micros(25_060);
/// The same while keys are held back for others that came with them.
const SOON: Duration = Duration::from_micros(1_060);
/// Most messages that go on together.
const TOGETHER: usize = 1024;
/// For how long whoever pauses the thread waits for it: it may be kept inside a sequence that was
/// cut, where the terminal cannot be read without blocking.
const PATIENCE: Duration = Duration::from_millis(250);
const GONE: PollFlags = PollFlags::HUP.union(PollFlags::ERR).union(PollFlags::NVAL);
const AT_ONCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 0 };

/// Where events of a terminal come from.
pub trait Events: Send + 'static {
    /// What becomes readable when there are some.
    fn source(&self) -> BorrowedFd<'_>;
    /// The next event that is there or is being typed now, if it comes within this time.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn next(&mut self, within: Duration) -> io::Result<Option<Event>>;
}

/// The terminal on standard input, by crossterm, which there can be one of in a process.
#[derive(Clone, Copy, Debug)]
pub struct StandardInput;

impl Events for StandardInput {
    fn source(&self) -> BorrowedFd<'_> {
        rustix::stdio::stdin()
    }

    fn next(&mut self, within: Duration) -> io::Result<Option<Event>> {
        if event::poll(within)? { event::read().map(Some) } else { Ok(None) }
    }
}

enum Command {
    /// Leave the terminal's input alone, and say when that is so.
    Pause(Sender<()>),
    Resume,
}

/// Reads a terminal's input on a thread of its own. Dropping it lets the thread end, and does not
/// wait for it.
#[derive(Debug)]
pub struct Reader {
    /// A byte here makes the thread look at its commands; the end of it makes it end.
    bell: File,
    commands: Sender<Command>,
}

impl Reader {
    /// Hands on what is typed; [`Msg::Hangup`] once when the terminal is gone. `send` says whether
    /// anyone still listens.
    ///
    /// # Errors
    /// When the process has too many descriptors or threads.
    pub fn start(
        events: impl Events,
        send: impl Fn(Msg) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let (listen, bell) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)?;
        let (commands, orders) = unbounded();
        let mut reading = Reading { events, more: false, bell: listen.into(), orders, send };
        let run = move || while reading.step().is_some() {};
        thread::Builder::new().name("keys".to_owned()).spawn(run)?;
        Ok(Self { bell: bell.into(), commands })
    }

    /// Returns when nothing reads the terminal any more.
    pub fn pause(&mut self) {
        let (done, paused) = bounded(1);
        let ordered = self.commands.send(Command::Pause(done)).is_ok();
        if ordered && self.bell.write_all(b"!").is_ok() {
            // Where the thread has ended, or cannot answer, there is nothing to wait for.
            let _ = paused.recv_timeout(PATIENCE);
        }
    }

    /// Lets go of the terminal as soon as that can be, for good: whoever quits is not to wait for the
    /// end of a look at what may still come.
    pub fn let_go(&mut self) {
        let (done, _) = bounded(1);
        if self.commands.send(Command::Pause(done)).is_ok() {
            // Where the thread has ended, it has let go.
            let _ = self.bell.write_all(b"!");
        }
    }

    /// Reads again.
    pub fn resume(&mut self) {
        // Where the thread has ended, the session has been told.
        let _ = self.commands.send(Command::Resume);
    }
}

struct Reading<E, F> {
    events: E,
    /// Whether events may be there that the descriptor does not tell of any more.
    more: bool,
    bell: File,
    orders: Receiver<Command>,
    send: F,
}

impl<E: Events, F: Fn(Msg) -> bool> Reading<E, F> {
    /// Sleeps until there is something, and handles it; `None` at the end.
    fn step(&mut self) -> Option<()> {
        let source = self.events.source();
        let mut polled =
            [PollFd::new(&self.bell, PollFlags::IN), PollFd::new(&source, PollFlags::IN)];
        match rustix::event::poll(&mut polled, self.more.then_some(&AT_ONCE)) {
            Err(rustix::io::Errno::INTR) => return Some(()),
            Err(_) => return self.hang_up(),
            Ok(_) => {}
        }
        let (rung, come) = (polled[0].revents(), polled[1].revents());
        // Readable without a byte is how a terminal that is gone may say so.
        let ended = || rustix::io::ioctl_fionread(source).is_ok_and(|bytes| bytes == 0);
        if !rung.is_empty() {
            self.obey()
        } else if come.intersects(GONE) || come.contains(PollFlags::IN) && ended() {
            self.hang_up()
        } else {
            self.read()
        }
    }

    fn obey(&mut self) -> Option<()> {
        if self.bell.read(&mut [0]).ok()? == 0 {
            return None;
        }
        while let Ok(order) = self.orders.try_recv() {
            if let Command::Pause(done) = order {
                // Whoever asked may have lost patience.
                let _ = done.send(());
                while !matches!(self.orders.recv().ok()?, Command::Resume) {}
            }
        }
        Some(())
    }

    /// Hands on what there is; what came at once goes on together, so that one frame shows it.
    fn read(&mut self) -> Option<()> {
        let mut left = rustix::io::ioctl_fionread(self.events.source()).unwrap_or(0);
        let mut heard = Vec::new();
        let mut within = LOOK;
        loop {
            let event = match self.events.next(within) {
                Ok(event) => event,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => break,
                Err(_) => {
                    heard.into_iter().all(&self.send);
                    return self.hang_up();
                }
            };
            self.more = event.is_some() || !heard.is_empty();
            let Some(event) = event else { break };
            left = typed_bytes(&event).and_then(|bytes| left.checked_sub(bytes)).unwrap_or(0);
            heard.extend(messages(event));
            if left == 0 || heard.len() >= TOGETHER {
                break;
            }
            within = SOON;
        }
        heard.into_iter().all(&self.send).then_some(())
    }

    fn hang_up(&self) -> Option<()> {
        (self.send)(Msg::Hangup);
        None
    }
}

/// How many bytes a key is that is written as itself; `None` of what has longer names.
fn typed_bytes(event: &Event) -> Option<u64> {
    let Event::Key(key) = event else { return None };
    let is_shift = key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
    match key.code {
        KeyCode::Char(c) if is_shift => u64::try_from(c.len_utf8()).ok(),
        KeyCode::Char(_) => (key.modifiers == KeyModifiers::CONTROL).then_some(1),
        KeyCode::Enter | KeyCode::Tab | KeyCode::Backspace => is_shift.then_some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::test_pty::{Pty, type_in};
    use crossterm::event::KeyEvent;
    use std::collections::VecDeque;
    use std::os::fd::AsFd as _;

    /// Reads several bytes at once, as crossterm does, and gives a key for each.
    struct Bytes {
        input: File,
        read: VecDeque<u8>,
    }

    impl Events for Bytes {
        fn source(&self) -> BorrowedFd<'_> {
            self.input.as_fd()
        }

        fn next(&mut self, _: Duration) -> io::Result<Option<Event>> {
            if self.read.is_empty() && rustix::io::ioctl_fionread(&self.input)? > 0 {
                let mut bytes = [0; 64];
                let count = self.input.read(&mut bytes)?;
                self.read.extend(&bytes[..count]);
            }
            let key = |byte: u8| KeyEvent::new(KeyCode::Char(byte.into()), KeyModifiers::NONE);
            Ok(self.read.pop_front().map(key).map(Event::Key))
        }
    }

    fn reader() -> (Pty, Reader, Receiver<Msg>) {
        let pty = Pty::open();
        let bytes = Bytes { input: pty.program_side(), read: VecDeque::new() };
        let (send, heard) = unbounded();
        let reader = Reader::start(bytes, move |m| send.send(m).is_ok()).unwrap();
        (pty, reader, heard)
    }

    fn next(heard: &Receiver<Msg>) -> String {
        match heard.recv().unwrap() {
            Msg::Key(chord) => chord.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn every_key_of_a_burst_is_heard_without_another() {
        let (pty, _reader, heard) = reader();
        type_in(&mut *pty.keyboard(), &[b'j'; 300]);
        assert!((0..300).all(|_| next(&heard) == "j"));
    }

    #[test]
    fn while_paused_the_keys_are_somebody_elses() {
        let (pty, mut reader, heard) = reader();
        let mut keyboard = pty.keyboard();
        reader.pause();
        type_in(&mut *keyboard, b"vim");
        let mut editor = [0; 3];
        pty.program_side().read_exact(&mut editor).unwrap();
        assert_eq!(&editor, b"vim");
        reader.resume();
        type_in(&mut *keyboard, b"k");
        assert_eq!(next(&heard), "k");
        reader.resume();
        reader.pause();
        reader.resume();
        type_in(&mut *keyboard, b"l");
        assert_eq!(next(&heard), "l");
    }

    #[test]
    fn a_terminal_that_is_gone_is_told_once() {
        let (pty, mut reader, heard) = reader();
        drop(pty);
        assert_eq!(next(&heard), "Hangup");
        assert!(heard.recv().is_err(), "the thread has ended");
        reader.pause();
        reader.resume();
    }

    #[test]
    fn dropping_ends_the_thread_reading_or_paused() {
        for pause in [false, true] {
            let (_pty, mut reader, heard) = reader();
            if pause {
                reader.pause();
            }
            drop(reader);
            assert!(heard.recv().is_err());
        }
    }
}
