//! The thread that reads the corpus, at the start and again.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::app::{Done, Msg};
use crate::corpus::{self, Origin};

/// Reads a corpus whenever it is asked to. Dropping it does not wait: what it reads nobody needs.
#[derive(Debug)]
pub struct Loader {
    orders: Sender<()>,
}

impl Loader {
    /// A loader that reads at once ([`Done::Loading`], then [`Done::Loaded`]). `send` says whether
    /// anyone still listens.
    ///
    /// # Errors
    /// When there can be no more threads.
    pub fn start(
        origin: Origin,
        send: impl Fn(Msg) -> bool + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let (orders, coming) = unbounded();
        let run = move || load_all(&origin, &coming, &send);
        thread::Builder::new().name("load".to_owned()).spawn(run)?;
        let loader = Self { orders };
        loader.load();
        Ok(loader)
    }

    /// Reads the corpus again soon.
    pub fn load(&self) {
        // Fails only after a panic of the thread, which ends the session.
        let _ = self.orders.send(());
    }
}

fn load_all(origin: &Origin, coming: &Receiver<()>, send: &(impl Fn(Msg) -> bool + Sync)) {
    let mut is_first = true;
    while coming.recv().is_ok() {
        // Asked twice before it began, once is enough.
        while coming.try_recv().is_ok() {}
        let told = AtomicUsize::new(0);
        let progress = |read: usize, found: usize| {
            if let Some(loading) = whole_percent(&told, read, found) {
                send(Msg::Done(loading));
            }
        };
        let corpus = corpus::load(origin, &progress);
        // Who reads on meanwhile has a lens, which means nothing before the survey.
        if !std::mem::take(&mut is_first) {
            let whole = Arc::new(corpus.with_gazetteer().surveyed());
            if !send(Msg::Done(Done::Loaded(whole))) {
                return;
            }
            continue;
        }
        let corpus = Arc::new(corpus);
        if !send(Msg::Done(Done::Loaded(Arc::clone(&corpus)))) {
            return;
        }
        // The gazetteer takes longer than a small folder, and the survey longer than a large one:
        // no frame waits for them.
        let recast = Arc::new(Arc::unwrap_or_clone(corpus).with_gazetteer());
        if !send(Msg::Done(Done::Recast(Arc::clone(&recast)))) {
            return;
        }
        let surveyed = Arc::unwrap_or_clone(recast).surveyed();
        if !send(Msg::Done(Done::Recast(Arc::new(surveyed)))) {
            return;
        }
    }
}

/// Progress that shows: a folder of 100,000 files is not to be 100,000 frames.
fn whole_percent(told: &AtomicUsize, read: usize, found: usize) -> Option<Done> {
    let percent = (read.saturating_mul(100) / found.max(1)).min(100);
    let before = told.fetch_max(percent, Ordering::Relaxed);
    (percent > before).then_some(Done::Loading { read, found })
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn a_corpus_is_read_at_once_and_again_when_asked() {
        let (send, heard) = unbounded();
        let loader = Loader::start(Origin::BuiltIn, move |m| send.send(m).is_ok()).unwrap();
        let corpus_in = |heard: &Receiver<Msg>| {
            heard.iter().find(|message| matches!(message, Msg::Done(Done::Loaded(_))))
        };
        assert!(corpus_in(&heard).is_some());
        loader.load();
        assert!(corpus_in(&heard).is_some());
        drop(loader);
        assert!(corpus_in(&heard).is_none(), "its thread ends with it");
    }
}
