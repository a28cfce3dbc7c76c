//! The thread that keeps what a reader marks: the disk may be slow, the screen may not.

use std::io;
use std::path::PathBuf;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use crate::app::{Done, Msg};
use crate::desk::{Change, Desk, Shelf};

/// Where a reader's marks of one corpus are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskPlace {
    /// The file.
    pub file: PathBuf,
    /// The corpus, by its canonical path, or `built-in`.
    pub corpus: String,
}

/// Keeps changes in the order in which they come. Dropping it waits until all are kept, but not until
/// the file is closed: whoever quits would wait for that too.
#[derive(Debug)]
pub struct DeskThread {
    changes: Option<Sender<Vec<Change>>>,
    /// Hears nothing before all is kept, and then that nobody is there.
    all_kept: Receiver<()>,
}

impl DeskThread {
    /// Opens the desk and tells what is on it ([`Done::Shelf`]); then keeps what comes. Without a
    /// place, or where it cannot be opened, nothing is kept.
    ///
    /// # Errors
    /// When there can be no more threads.
    pub fn start(
        place: Option<DeskPlace>,
        send: impl Fn(Msg) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let (changes, coming) = unbounded();
        let (keeping, all_kept) = bounded(0);
        let run = move || {
            let mut desk = open(place, &send);
            if let Some(desk) = &mut desk {
                keep_all(desk, &coming, &send);
            }
            drop(keeping);
        };
        thread::Builder::new().name("desk".to_owned()).spawn(run)?;
        Ok(Self { changes: Some(changes), all_kept })
    }

    /// Keeps these soon.
    pub fn keep(&self, changes: Vec<Change>) {
        if let Some(desk) = &self.changes {
            // Nobody listens where there is no desk, which has been said.
            let _ = desk.send(changes);
        }
    }
}

impl Drop for DeskThread {
    fn drop(&mut self) {
        self.changes = None;
        // After a panic of the thread, which the hook has told, nobody is there either.
        let _ = self.all_kept.recv();
    }
}

fn open(place: Option<DeskPlace>, send: &impl Fn(Msg) -> bool) -> Option<Desk> {
    let opened = place.map(|place| {
        let desk = Desk::open(&place.file, &place.corpus)?;
        desk.load().map(|shelf| (desk, shelf))
    });
    let (desk, shelf, error) = match opened {
        Some(Ok((desk, shelf))) => (Some(desk), shelf, None),
        Some(Err(error)) => (None, Shelf::default(), Some(error.to_string())),
        None => (None, Shelf::default(), None),
    };
    send(Msg::Done(Done::Shelf(shelf, error)));
    // What is in the way will be in the way of the first change too, which says so.
    let _ = desk.as_ref().map(Desk::settle);
    desk
}

/// What cannot be kept now is tried again with the next, but said only once.
fn keep_all(desk: &mut Desk, coming: &Receiver<Vec<Change>>, send: &impl Fn(Msg) -> bool) {
    let (mut unkept, mut said) = (Vec::new(), false);
    while let Ok(changes) = coming.recv() {
        unkept.extend(changes);
        unkept.extend(coming.try_iter().flatten());
        match desk.save(&unkept) {
            Ok(()) => unkept.clear(),
            Err(error) if !said => {
                said = true;
                send(Msg::Done(Done::NotKept(error.to_string())));
            }
            Err(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(slug: &str) -> Change {
        Change::Read { slug: slug.to_owned(), read: true }
    }

    fn start(place: Option<DeskPlace>) -> (DeskThread, Receiver<Msg>) {
        let (send, heard) = unbounded();
        (DeskThread::start(place, move |message| send.send(message).is_ok()).unwrap(), heard)
    }

    #[test]
    fn what_was_handed_over_is_kept_when_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let place = DeskPlace { file: folder.path().join("desk.db"), corpus: "c".to_owned() };
        let (desk, _heard) = start(Some(place.clone()));
        for n in 0..50 {
            desk.keep(vec![read(&format!("briefing-{n}"))]);
        }
        drop(desk);
        let (_desk, heard) = start(Some(place));
        let Msg::Done(Done::Shelf(shelf, None)) = heard.recv().unwrap() else { panic!("no shelf") };
        for n in 0..50 {
            assert!(shelf.get(&format!("briefing-{n}")).read, "{n}");
        }
    }

    #[test]
    fn a_desk_that_cannot_be_is_said_once_and_the_reader_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a-file");
        std::fs::write(&file, "in the way").unwrap();
        let place = DeskPlace { file: file.join("desk.db"), corpus: "c".to_owned() };
        let (desk, heard) = start(Some(place));
        desk.keep(vec![read("a")]);
        drop(desk);
        let said: Vec<Msg> = heard.iter().collect();
        let [Msg::Done(Done::Shelf(shelf, Some(_)))] = said.as_slice() else { panic!("{said:?}") };
        assert_eq!(*shelf, Shelf::default());
    }

    #[test]
    fn without_a_place_the_shelf_is_empty_and_nothing_is_wrong() {
        let (desk, heard) = start(None);
        desk.keep(vec![read("a")]);
        drop(desk);
        let said: Vec<Msg> = heard.iter().collect();
        assert!(matches!(said.as_slice(), [Msg::Done(Done::Shelf(_, None))]), "{said:?}");
    }
}
