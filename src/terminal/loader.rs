//! The thread that reads the corpus: at the start, when it is asked to, and when something changed.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, Select, Sender, unbounded};

use super::watcher::{Heard, Watcher};
use crate::app::{Done, Msg};
use crate::corpus::store::StoreError;
use crate::corpus::watch::Ground;
use crate::corpus::{Corpus, Crew, Doubt, Memory, Origin};

/// What the thread is to do.
#[derive(Debug)]
pub enum Order {
    /// Read again what is in doubt; where it was asked for, say what came of it in any case.
    Look {
        /// What is in doubt.
        doubt: Doubt,
        /// Whether the reader asked for it.
        asked: bool,
    },
    /// Nobody needs it any more.
    End,
}

/// Reads a corpus whenever it is asked to, or something in it changed. Dropping it does not wait:
/// what it reads nobody needs.
#[derive(Debug)]
pub struct Loader {
    orders: Sender<Order>,
}

impl Loader {
    /// A loader that reads at once ([`Done::Loading`], then [`Done::Loaded`]), and with `watch`
    /// whenever something changes. `send` says whether anyone still listens.
    ///
    /// # Errors
    /// When there can be no more threads.
    pub fn start(
        origin: Origin,
        cache: Option<PathBuf>,
        watch: bool,
        send: impl Fn(Msg) -> bool + Clone + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let (orders, coming) = unbounded();
        let watcher = match origin {
            Origin::Paths(_) if watch => Some(Watcher::start(orders.clone(), send.clone())?),
            _ => None,
        };
        let run = move || {
            let memory = remembering(origin, cache, &send);
            let (is_first, shown, outdated) = (true, None, None);
            Loading { memory, watcher, send, is_first, shown, outdated, unkept: None, told: None }
                .run(&coming);
        };
        thread::Builder::new().name("load".to_owned()).spawn(run)?;
        let loader = Self { orders };
        loader.load();
        Ok(loader)
    }

    /// Reads the corpus again soon.
    pub fn load(&self) {
        // Fails only after a panic of the thread, which ends the session.
        let _ = self.orders.send(Order::Look { doubt: Doubt::Everything, asked: true });
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        // Where nobody listens, it has ended.
        let _ = self.orders.send(Order::End);
    }
}

/// Files of a corpus that are shown before the others are read, a screen of them; each portion after
/// it is so many times as large, so that putting the whole together costs little more than doing it
/// once.
const FIRST_PORTION: usize = 64;
const GROWTH: usize = 16;

/// Part of a corpus that is kept as such: what was read of a smaller one is found again in a moment.
const WORTH_REMEMBERING: usize = 16_384;

/// For so long reading tells nothing of itself where there is a corpus to look at.
const WORTH_TELLING: Duration = Duration::from_secs(1);

/// After a change a corpus is kept when nothing has changed for so long: it takes a second for a large
/// one, and what was read anew is kept already.
const QUIET: Duration = Duration::from_secs(3);

/// What is free for a second the allocator gives back to the system with the next thread that ends.
const RESTING: Duration = Duration::from_millis(1_200);

struct Loading<S> {
    memory: Memory,
    watcher: Option<Watcher>,
    send: S,
    is_first: bool,
    /// What the session was given last, and what it had before: whoever lets go of a corpus as the last
    /// gives all of it back, which takes time that the session does not have.
    shown: Option<Arc<Corpus>>,
    outdated: Option<Arc<Corpus>>,
    /// What is to be kept for the next start once it is quiet.
    unkept: Option<Arc<Corpus>>,
    /// What was said of the index last.
    told: Option<StoreError>,
}

impl<S: Fn(Msg) -> bool + Send + Sync> Loading<S> {
    fn run(mut self, orders: &Receiver<Order>) {
        let mut crew = Crew::default();
        loop {
            let mut is_busy = true;
            while is_busy && !is_asked_within(orders, QUIET) {
                is_busy = self.unkept.is_some();
                let Some(corpus) = self.unkept.take() else {
                    self.give_back(&mut crew);
                    continue;
                };
                if crew.work(|| self.keep(&corpus)).is_none() {
                    return;
                }
            }
            let Some((doubt, asked)) = next_look(orders) else { return };
            // No more than two corpora at a time: there is another soon.
            self.outdated = None;
            let is_first = std::mem::take(&mut self.is_first);
            let is_heard = crew.work(|| {
                let is_heard =
                    if is_first { self.load_first(&doubt) } else { self.load_again(&doubt, asked) };
                is_heard.and_then(|()| self.heed_trouble())
            });
            if is_heard.is_none() {
                return;
            }
        }
    }

    /// Gives back what nobody needs any more.
    fn give_back(&mut self, crew: &mut Crew) {
        crew.end();
        let outdated = self.outdated.take();
        let last = move || {
            drop(outdated);
            thread::sleep(RESTING);
        };
        // Where there can be no more threads, it has been dropped.
        let _ = thread::Builder::new().name("rest".to_owned()).spawn(last);
    }

    /// What was kept is shown at once, and looked at again only where it is out of date.
    fn load_first(&mut self, doubt: &Doubt) -> Option<()> {
        let is_recalled = self.recall()?;
        let began = Instant::now();
        self.memory.doubt(doubt);
        // Files that were only to be looked at cost nothing: they need no portions.
        let is_large = self.memory.unread() > GROWTH * FIRST_PORTION;
        let mut portion = if is_recalled && !is_large { usize::MAX } else { FIRST_PORTION };
        let (mut part, told) = (None, AtomicUsize::new(0));
        if !is_recalled && let Some(corpus) = self.memory.glance(portion, since_epoch()) {
            part = Some(self.show_glance(corpus)?);
            portion *= GROWTH;
        }
        loop {
            let corpus = self.read_on(portion, &|read, found| {
                // Where there is something to read already, a moment needs no telling.
                let is_worth_it = !is_recalled || began.elapsed() >= WORTH_TELLING;
                whole_percent(&told, read, found).filter(|_| is_worth_it)
            });
            let is_whole = !self.memory.is_in_doubt();
            if is_whole {
                // Earlier, the system would tell of every file that is opened here.
                self.say_ground(began.elapsed());
            }
            part = match corpus {
                Some(corpus) if part.is_none() && !is_recalled => Some(self.show_first(corpus)?),
                Some(corpus) => Some(self.show(corpus)?),
                // What was said to be a part was the whole.
                None if is_whole => {
                    return part.map_or(Some(()), |part| self.say(Done::Loaded(part)));
                }
                None => part,
            };
            if is_whole {
                return Some(());
            }
            portion = portion.saturating_mul(GROWTH);
        }
    }

    fn read_on(
        &mut self,
        portion: usize,
        tell: &(dyn Fn(usize, usize) -> Option<Done> + Sync),
    ) -> Option<Corpus> {
        let Self { memory, send, .. } = self;
        memory.read_on(portion, since_epoch(), &|read, found| {
            if let Some(done) = tell(read, found) {
                send(Msg::Done(done));
            }
        })
    }

    /// Shows what was kept; whether there was something.
    fn recall(&mut self) -> Option<bool> {
        let Some(corpus) = self.memory.recall() else { return Some(false) };
        self.say(Done::Loaded(Arc::new(corpus.clone())))?;
        let corpus = self.memory.recall_survey(corpus);
        self.say(Done::Recast(Arc::new(corpus)))?;
        Some(true)
    }

    /// Shows the first of many files. Their names are found with those of the next.
    fn show_glance(&mut self, corpus: Corpus) -> Option<Arc<Corpus>> {
        let corpus = corpus.in_time();
        let shown = Arc::new(corpus.nameless());
        self.say(self.so_far(Arc::clone(&shown)))?;
        self.memory.make_ready(&corpus);
        Some(shown)
    }

    /// Who finds names takes longer to be made than a few files to be read: no frame waits for that.
    fn show_first(&mut self, corpus: Corpus) -> Option<Arc<Corpus>> {
        let corpus = corpus.in_time();
        self.say(self.so_far(Arc::new(corpus.nameless())))?;
        let corpus = self.memory.introduce(corpus);
        let corpus = Arc::new(self.memory.survey(corpus));
        self.say(Done::Recast(Arc::clone(&corpus)))?;
        self.keep_of_many(&corpus)?;
        Some(corpus)
    }

    fn show(&mut self, corpus: Corpus) -> Option<Arc<Corpus>> {
        let corpus = self.memory.introduce(corpus);
        let corpus = Arc::new(self.memory.survey(corpus));
        self.say(self.so_far(Arc::clone(&corpus)))?;
        self.keep_of_many(&corpus)?;
        Some(corpus)
    }

    fn keep_of_many(&mut self, corpus: &Arc<Corpus>) -> Option<()> {
        if self.memory.is_in_doubt() && corpus.entries.len() < WORTH_REMEMBERING {
            return Some(());
        }
        self.keep(corpus)
    }

    /// Keeps what is shown for the next start; what is kept of much need not be held as well.
    fn keep(&mut self, corpus: &Arc<Corpus>) -> Option<()> {
        let kept = self.memory.remember(corpus).filter(|_| self.memory.holds_much());
        match kept.and_then(|kept| self.memory.let_go(corpus, kept)) {
            Some(corpus) => self.say(Done::Repacked(Arc::new(corpus))),
            None => Some(()),
        }
    }

    /// All of a corpus, or what was read of it.
    fn so_far(&self, corpus: Arc<Corpus>) -> Done {
        if self.memory.is_in_doubt() { Done::Part(corpus) } else { Done::Loaded(corpus) }
    }

    /// Tells the session; `None` where nobody listens any more.
    fn say(&mut self, done: Done) -> Option<()> {
        let before = match &done {
            Done::Loaded(corpus)
            | Done::Part(corpus)
            | Done::Recast(corpus)
            | Done::Repacked(corpus) => {
                let before = self.shown.replace(Arc::clone(corpus));
                std::mem::replace(&mut self.outdated, before)
            }
            _ => None,
        };
        let is_heard = (self.send)(Msg::Done(done));
        drop(before);
        is_heard.then_some(())
    }

    fn say_ground(&self, took: Duration) {
        if let Some(watcher) = &self.watcher {
            watcher.tell(Heard::Looked { ground: Ground::of(&self.memory), took });
        }
    }

    /// Who reads on meanwhile has a lens, which means nothing before the survey.
    fn load_again(&mut self, doubt: &Doubt, asked: bool) -> Option<()> {
        let began = Instant::now();
        let corpus = self.memory.load(doubt, since_epoch(), &|_, _| ());
        if *doubt == Doubt::Everything || corpus.is_some() {
            self.say_ground(began.elapsed());
        }
        match corpus {
            Some(corpus) => {
                let Self { memory, send, .. } = self;
                let corpus = memory.introduce(corpus);
                let told = AtomicUsize::new(0);
                let corpus = Arc::new(memory.survey_telling(corpus, &|looked, of| {
                    // One file, or a few, need no telling.
                    if began.elapsed() >= WORTH_TELLING && is_whole_percent(&told, looked, of) {
                        send(Msg::Done(Done::Surveying { looked, of }));
                    }
                }));
                self.unkept = Some(Arc::clone(&corpus));
                self.say(Done::Loaded(corpus))
            }
            None if asked => self.say(Done::Said("read again: nothing has changed".to_owned())),
            None => Some(()),
        }
    }

    /// Says what went wrong with the index, once; what it lost is read again, and kept in a new one.
    fn heed_trouble(&mut self) -> Option<()> {
        let Some(trouble) = self.memory.trouble() else { return Some(()) };
        let is_loss = trouble.is_loss();
        if self.told.as_ref() != Some(&trouble) {
            let then = if is_loss { "; all files are read again" } else { "" };
            self.say(Done::Said(format!("{trouble}{then}")))?;
            self.told = Some(trouble);
        }
        if !is_loss {
            return Some(());
        }
        self.memory = self.memory.renewed();
        self.load_again(&Doubt::Everything, false)?;
        if self.memory.trouble().is_some_and(|trouble| trouble.is_loss()) {
            self.memory = self.memory.without_index();
            return self.load_again(&Doubt::Everything, false);
        }
        Some(())
    }
}

/// A memory that keeps what it reads in a folder for indexes; where that cannot be, says why.
fn remembering(
    origin: Origin,
    cache: Option<PathBuf>,
    send: &(impl Fn(Msg) -> bool + Sync),
) -> Memory {
    let (Origin::Paths(roots), Some(folder)) = (&origin, cache) else {
        return Memory::new(origin);
    };
    match Memory::opened(roots.clone(), &folder) {
        Ok(memory) => memory,
        Err(error) => {
            send(Msg::Done(Done::Said(error.to_string())));
            Memory::new(origin)
        }
    }
}

/// Whether anything is asked for within a time; it stays to be heard.
fn is_asked_within(orders: &Receiver<Order>, time: Duration) -> bool {
    let mut select = Select::new();
    select.recv(orders);
    select.ready_timeout(time).is_ok()
}

/// The next order and all that have come meanwhile as one; `None` at the end.
fn next_look(orders: &Receiver<Order>) -> Option<(Doubt, bool)> {
    let Order::Look { mut doubt, mut asked } = orders.recv().ok()? else { return None };
    while let Ok(order) = orders.try_recv() {
        let Order::Look { doubt: more, asked: also } = order else { return None };
        (doubt, asked) = (doubt.and(more), asked || also);
    }
    Some((doubt, asked))
}

fn since_epoch() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

/// Progress that shows: a folder of 100,000 files is not to be 100,000 frames.
fn whole_percent(told: &AtomicUsize, read: usize, found: usize) -> Option<Done> {
    is_whole_percent(told, read, found).then_some(Done::Loading { read, found })
}

fn is_whole_percent(told: &AtomicUsize, done: usize, of: usize) -> bool {
    let percent = (done.saturating_mul(100) / of.max(1)).min(100);
    percent > told.fetch_max(percent, Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::RecvTimeoutError;

    use super::*;

    #[test]
    fn progress_is_told_a_hundred_times_at_most_and_never_backwards() {
        let told = AtomicUsize::new(0);
        let tells: Vec<usize> = (0..=5000)
            .filter_map(|read| match whole_percent(&told, read, 5000) {
                Some(Done::Loading { read, .. }) => Some(read),
                _ => None,
            })
            .collect();
        assert_eq!(tells.len(), 100);
        assert_eq!((tells[0], tells[99]), (50, 5000));
        assert!(whole_percent(&told, 10, 5000).is_none(), "a thread that was overtaken");
        assert!(whole_percent(&AtomicUsize::new(0), 0, 0).is_none());
    }

    fn start(origin: Origin, watch: bool) -> (Loader, Receiver<Msg>) {
        let (send, heard) = unbounded();
        (Loader::start(origin, None, watch, move |m| send.send(m).is_ok()).unwrap(), heard)
    }

    /// The next corpus; `None` where no more can come.
    fn corpus_in(heard: &Receiver<Msg>) -> Option<Arc<Corpus>> {
        loop {
            match heard.recv_timeout(Duration::from_secs(60)) {
                Ok(Msg::Done(Done::Loaded(corpus))) => return Some(corpus),
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => panic!("waited in vain"),
            }
        }
    }

    #[test]
    fn a_corpus_is_read_at_once_and_again_when_asked() {
        let (loader, heard) = start(Origin::BuiltIn, true);
        assert!(corpus_in(&heard).is_some());
        loader.load();
        let nothing = |message: Msg| matches!(message, Msg::Done(Done::Said(_)));
        assert!(heard.iter().any(nothing), "it is said that nothing changed");
        drop(loader);
        assert!(corpus_in(&heard).is_none(), "its thread ends with it");
    }

    const TEXT: &str = "title: t\nbody: b\n";

    #[test]
    fn what_changes_is_read_again_without_being_asked() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("corpus");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("a.yaml"), TEXT).unwrap();
        let (loader, heard) = start(Origin::Paths(vec![folder.clone()]), true);
        let slugs = |until: &[&str]| {
            // Several changes may come in one corpus, and one in several.
            while let Some(corpus) = corpus_in(&heard) {
                let slugs: Vec<_> =
                    corpus.entries.iter().map(|entry| entry.slug.as_str()).collect();
                if slugs == until {
                    return;
                }
            }
            panic!("{until:?} in vain");
        };
        slugs(&["a"]);
        std::fs::write(folder.join("b.yaml"), TEXT).unwrap();
        slugs(&["a", "b"]);
        std::fs::create_dir(folder.join("in")).unwrap();
        std::fs::write(folder.join("in/c.yaml"), TEXT).unwrap();
        slugs(&["a", "b", "c"]);
        std::fs::write(folder.join("in/d.yaml"), TEXT).unwrap();
        slugs(&["a", "b", "c", "d"]);
        std::fs::rename(folder.join("in"), folder.join("out")).unwrap();
        std::fs::write(folder.join("out/e.yaml"), TEXT).unwrap();
        slugs(&["a", "b", "c", "d", "e"]);
        std::fs::remove_file(folder.join("out/c.yaml")).unwrap();
        slugs(&["a", "b", "d", "e"]);
        std::fs::rename(&folder, dir.path().join("aside")).unwrap();
        slugs(&["corpus"]);
        std::fs::rename(dir.path().join("aside"), &folder).unwrap();
        slugs(&["a", "b", "d", "e"]);
        std::fs::write(folder.join("out/f.yaml"), TEXT).unwrap();
        slugs(&["a", "b", "d", "e", "f"]);
        drop(loader);
        assert!(corpus_in(&heard).is_none(), "its threads end with it");
    }

    #[test]
    fn one_file_and_one_behind_a_link_are_watched_too() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        std::fs::create_dir(at("given")).unwrap();
        std::fs::create_dir(at("far")).unwrap();
        std::fs::write(at("alone.yaml"), TEXT).unwrap();
        std::fs::write(at("far/real.yaml"), TEXT).unwrap();
        std::os::unix::fs::symlink(at("far/real.yaml"), at("given/link.yaml")).unwrap();
        let given = vec![at("alone.yaml"), at("given")];
        let (_loader, heard) = start(Origin::Paths(given), true);
        let wait_for = |title: &str| {
            while let Some(corpus) = corpus_in(&heard) {
                if corpus.entries.iter().any(|entry| entry.title() == title) {
                    return;
                }
            }
            panic!("{title} in vain");
        };
        wait_for("t");
        std::fs::write(at("beside"), "title: renamed over\n").unwrap();
        std::fs::rename(at("beside"), at("alone.yaml")).unwrap();
        wait_for("renamed over");
        std::fs::write(at("far/real.yaml"), "title: behind the link\n").unwrap();
        wait_for("behind the link");
    }

    #[test]
    fn what_is_kept_of_many_files_is_let_go_of_and_read_on_from() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("corpus");
        std::fs::create_dir(&folder).unwrap();
        let path = |number: usize| folder.join(format!("{number}.yaml"));
        (0..5_000).for_each(|number| std::fs::write(path(number), TEXT).unwrap());
        let (send, heard) = unbounded();
        let (origin, cache) = (Origin::Paths(vec![folder.clone()]), dir.path().join("cache"));
        let _loader =
            Loader::start(origin, Some(cache), true, move |m| send.send(m).is_ok()).unwrap();
        let next = |is_wanted: &dyn Fn(&Msg) -> bool| loop {
            let message = heard.recv_timeout(Duration::from_secs(60)).unwrap();
            if is_wanted(&message) {
                return message;
            }
        };
        let repacked = next(&|message| matches!(message, Msg::Done(Done::Repacked(_))));
        let Msg::Done(Done::Repacked(corpus)) = repacked else { unreachable!() };
        assert_eq!((corpus.entries.len(), corpus.entries.get(9).unwrap().title()), (5_000, "t"));
        std::fs::write(path(7), "title: another\n").unwrap();
        let loaded = next(&|message| matches!(message, Msg::Done(Done::Loaded(_))));
        let Msg::Done(Done::Loaded(corpus)) = loaded else { unreachable!() };
        let others = corpus.entries.iter().filter(|entry| entry.title() == "another");
        assert_eq!((corpus.entries.len(), others.count()), (5_000, 1));
    }
}
