//! The thread that hears what changes in the folders, and gathers it: an editor's save and the
//! checkout of a thousand files are one change each.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

use super::loader::Order;
use crate::app::{Done, Msg};
use crate::corpus::Doubt;
use crate::corpus::watch::{Covered, Ground, Told, Unwatched, Watch};

/// How long it has to be quiet before what was heard is passed on.
const QUIET: Duration = Duration::from_millis(150);
/// The longest that something waits for quiet.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often one looks where changes are not told, at most; and how much longer than a look takes.
const LOOK_EVERY: Duration = Duration::from_secs(2);
const LOOK_SHARE: u32 = 20;

/// What comes to the thread.
#[derive(Debug)]
pub enum Heard {
    /// Something happened in a folder.
    Told(Told),
    /// The files were looked at; on this the corpus rests now.
    Looked {
        /// What is to be watched.
        ground: Ground,
        /// How long it took.
        took: Duration,
    },
    /// Nobody needs it any more.
    End,
}

/// Hears what changes and has it looked at. Dropping it ends its thread soon.
#[derive(Debug)]
pub struct Watcher {
    heard: Sender<Heard>,
}

impl Watcher {
    /// Watches nothing before it was told what. `send` takes what the reader is to know.
    ///
    /// # Errors
    /// When there can be no more threads.
    pub fn start(
        orders: Sender<Order>,
        send: impl Fn(Msg) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let (heard, hearing) = unbounded();
        let from_system = heard.clone();
        let run = move || {
            // Where nobody listens any more, there is nobody to tell.
            let tell = move |told| from_system.send(Heard::Told(told)).unwrap_or_default();
            let (watch, trouble) = match Watch::new(tell) {
                Ok(watch) => (Some(watch), None),
                Err(trouble) => (None, Some(trouble)),
            };
            let ground = Ground::default();
            let mut watching =
                Watching { watch, ground, orders, send, look_every: None, is_said: false };
            watching.say(trouble);
            watching.run(&hearing);
        };
        thread::Builder::new().name("watch".to_owned()).spawn(run)?;
        Ok(Self { heard })
    }

    /// Tells the thread.
    pub fn tell(&self, heard: Heard) {
        // Fails only after a panic of the thread, which ends the session.
        let _ = self.heard.send(heard);
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.tell(Heard::End);
    }
}

struct Watching<S> {
    /// `None` where the system does not watch for us at all.
    watch: Option<Watch>,
    ground: Ground,
    orders: Sender<Order>,
    send: S,
    /// Where changes are not told, or not all.
    look_every: Option<Duration>,
    is_said: bool,
}

impl<S: Fn(Msg) -> bool> Watching<S> {
    fn run(&mut self, hearing: &Receiver<Heard>) {
        loop {
            let next = match self.look_every {
                None => hearing.recv().map_err(RecvTimeoutError::from),
                Some(time) => hearing.recv_timeout(time),
            };
            let is_listened_to = match next {
                Ok(Heard::Told(told)) => match self.ground.doubt(&told) {
                    Some(doubt) => self.gather(doubt, hearing),
                    None => true,
                },
                Ok(Heard::Looked { ground, took }) => self.cover(ground, took),
                Err(RecvTimeoutError::Timeout) => self.look(Doubt::Everything),
                Ok(Heard::End) | Err(RecvTimeoutError::Disconnected) => false,
            };
            if !is_listened_to {
                return;
            }
        }
    }

    /// Waits until it is quiet, then has all of it looked at.
    fn gather(&mut self, mut doubt: Doubt, hearing: &Receiver<Heard>) -> bool {
        let latest = Instant::now() + PATIENCE;
        let mut until = Instant::now() + QUIET;
        loop {
            match hearing.recv_deadline(until.min(latest)) {
                Ok(Heard::Told(told)) => {
                    if let Some(more) = self.ground.doubt(&told) {
                        doubt = doubt.and(more);
                        until = Instant::now() + QUIET;
                    }
                }
                Ok(Heard::Looked { ground, took }) => {
                    if !self.cover(ground, took) {
                        return false;
                    }
                }
                Err(RecvTimeoutError::Timeout) => return self.look(doubt),
                Ok(Heard::End) | Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    fn look(&self, doubt: Doubt) -> bool {
        self.orders.send(Order::Look { doubt, asked: false }).is_ok()
    }

    fn cover(&mut self, ground: Ground, took: Duration) -> bool {
        self.ground = ground;
        let covered = self.watch.as_mut().map(|watch| watch.cover(&self.ground));
        let blind = self.watch.is_none();
        let Covered { is_new, is_missing, trouble } = covered.unwrap_or_default();
        if blind || is_missing || trouble.is_some() {
            self.look_every = Some(LOOK_EVERY.max(took * LOOK_SHARE));
        } else if !self.is_said {
            self.look_every = None;
        }
        self.say(trouble);
        !is_new || self.look(Doubt::Everything)
    }

    /// Says it once.
    fn say(&mut self, trouble: Option<Unwatched>) {
        let Some(trouble) = trouble.filter(|_| !std::mem::replace(&mut self.is_said, true)) else {
            return;
        };
        self.look_every = self.look_every.or(Some(LOOK_EVERY));
        let said = format!("{trouble}: the files are looked at every few seconds instead");
        (self.send)(Msg::Done(Done::Said(said)));
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::corpus::{Memory, Origin};

    #[test]
    fn many_changes_are_one_look() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.yaml"), "title: t\n").unwrap();
        let mut memory = Memory::new(Origin::Paths(vec![dir.path().to_owned()]));
        memory.load(&Doubt::Everything, Duration::ZERO, &|_, _| ()).unwrap();
        let (orders, ordered) = unbounded();
        let watcher = Watcher::start(orders, |_| true).unwrap();
        watcher.tell(Heard::Looked { ground: Ground::of(&memory), took: Duration::ZERO });
        let look = || match ordered.recv_timeout(Duration::from_secs(60)).unwrap() {
            Order::Look { doubt, asked: false } => doubt,
            other => panic!("{other:?}"),
        };
        assert_eq!(look(), Doubt::Everything, "what happened before it was watched");
        let mut left: std::collections::BTreeSet<PathBuf> =
            (0..500).map(|n| dir.path().join(format!("{n}.yaml"))).collect();
        for path in &left {
            std::fs::write(path, "title: t\n").unwrap();
            std::fs::write(path.with_extension("swp"), "").unwrap();
        }
        let mut looks = 0;
        while !left.is_empty() {
            let Doubt::Files(files) = look() else { panic!("more than these is in doubt") };
            assert!(!files.is_empty());
            left.retain(|path| !files.contains(path));
            looks += 1;
        }
        assert!(looks < 50, "{looks} looks for 500 files");
    }

    #[test]
    fn trouble_is_said_once_and_then_one_looks_now_and_then() {
        let (orders, ordered) = unbounded();
        let (send, said) = unbounded();
        let send = move |message| send.send(message).is_ok();
        let mut watching = Watching {
            watch: None,
            ground: Ground::default(),
            orders,
            send,
            look_every: None,
            is_said: false,
        };
        watching.say(Some(Unwatched::Limit));
        watching.say(Some(Unwatched::Filesystem));
        assert!(watching.cover(Ground::default(), Duration::from_secs(1)));
        assert_eq!(watching.look_every, Some(Duration::from_secs(20)), "a look costs");
        drop(watching);
        let said: Vec<Msg> = said.iter().collect();
        let [Msg::Done(Done::Said(said))] = said.as_slice() else { panic!("{said:?}") };
        assert!(said.contains("max_user_watches"), "{said}");
        assert!(ordered.try_recv().is_err());
    }
}
