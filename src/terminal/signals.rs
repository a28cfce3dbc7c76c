//! Signals: the end asked for from outside, stop and continue, another size.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::{Handle, Signals as Caught};
use signal_hook::low_level::emulate_default_handler;

use super::tty::Tty;

/// How long the session has to keep its state and end, before the process does: it may be stuck
/// in a write to a terminal that takes nothing.
const GRACE: Duration = Duration::from_secs(5);

/// What a signal asks of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// End.
    End,
    /// Give the terminal back and stop.
    Stop,
    /// Take the terminal again.
    GoOn,
    /// Look at the size.
    Measure,
}

/// Listens for signals on a thread of its own, until dropped.
#[derive(Debug)]
pub struct Signals {
    handle: Handle,
    ended_by: Arc<AtomicI32>,
    over: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Signals {
    /// Hands on what signals ask. While `lent` is set an editor has the terminal: what is typed
    /// there (Ctrl-C, Ctrl-\) is meant for it. `send` says whether anyone still listens.
    ///
    /// # Errors
    /// When the handlers or the thread cannot be set up.
    pub fn start(
        tty: Arc<Tty>,
        lent: Arc<AtomicBool>,
        send: impl Fn(Asked) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let all = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH];
        let mut caught = Caught::new(all)?;
        let handle = caught.handle();
        let ended_by = Arc::new(AtomicI32::new(0));
        let (over, waits) = bounded(0);
        let listening = Listening { tty, lent, ended_by: Arc::clone(&ended_by), waits, send };
        let run = move || {
            for signal in caught.forever() {
                if !listening.hear(signal) {
                    break;
                }
            }
        };
        let thread = thread::Builder::new().name("signals".to_owned()).spawn(run)?;
        Ok(Self { handle, ended_by, over: Some(over), thread: Some(thread) })
    }

    /// The signal that asked for the end, if one did.
    #[must_use]
    pub fn ended_by(&self) -> Option<i32> {
        Some(self.ended_by.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.handle.close();
        self.over = None;
        if let Some(thread) = self.thread.take() {
            // A panic of it has been told by the hook.
            let _ = thread.join();
        }
    }
}

struct Listening<F> {
    tty: Arc<Tty>,
    lent: Arc<AtomicBool>,
    ended_by: Arc<AtomicI32>,
    waits: Receiver<()>,
    send: F,
}

impl<F: Fn(Asked) -> bool> Listening<F> {
    /// Whether to go on listening.
    fn hear(&self, signal: i32) -> bool {
        match signal {
            SIGWINCH => (self.send)(Asked::Measure),
            SIGCONT => (self.send)(Asked::GoOn),
            SIGTSTP if self.tty.is_ours() => (self.send)(Asked::Stop),
            // The editor stops too: the shell is to see that nothing of the job runs.
            SIGTSTP => emulate_default_handler(SIGTSTP).is_ok(),
            SIGINT | SIGQUIT if self.lent.load(Ordering::SeqCst) => true,
            signal => self.end(signal),
        }
    }

    fn end(&self, signal: i32) -> bool {
        self.ended_by.store(signal, Ordering::SeqCst);
        (self.send)(Asked::End);
        if self.waits.recv_timeout(GRACE) == Err(RecvTimeoutError::Timeout) {
            self.tty.restore_modes();
            die(signal);
        }
        false
    }
}

/// Ends the process as the signal does where nobody catches it, so that a shell sees why.
pub fn die(signal: i32) {
    // Fails for unknown signals only.
    let _ = emulate_default_handler(signal);
}

/// Whether there is a shell that would go on when this process stops, and could let it go on:
/// not where the process leads its session itself, as under `ssh host chancery`. (The kernel
/// makes the same difference for SIGTSTP, POSIX's orphaned process groups, but not for SIGSTOP.)
#[must_use]
pub fn can_stop() -> bool {
    rustix::process::getsid(None).is_ok_and(|session| session != rustix::process::getpgrp())
}

/// Stops the whole job as Ctrl-Z does on a terminal that is not raw: what started this process
/// waits for it in the same group.
///
/// # Errors
/// When the kernel refuses.
pub fn stop_job() -> io::Result<()> {
    Ok(rustix::process::kill_current_process_group(rustix::process::Signal::STOP)?)
}
