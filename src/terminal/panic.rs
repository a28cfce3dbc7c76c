//! A panic's message must not be drawn over by the screen, nor lost with it.

use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::tty::Tty;

/// Whether anything in this process has panicked since the hook was set.
pub type Panicked = Arc<AtomicBool>;

/// From now on a panic, in whatever thread, first gives the terminal back and then says what it
/// always says: message and place, on standard error. `tell` lets the session know: it may not
/// be its thread that is gone, and it is not to draw any more.
pub fn restore_before_message(tty: Arc<Tty>, tell: impl Fn() + Send + Sync + 'static) -> Panicked {
    let panicked = Panicked::default();
    let seen = Arc::clone(&panicked);
    let message = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        seen.store(true, Ordering::SeqCst);
        tty.leave();
        message(info);
        tell();
    }));
    panicked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::test_pty::Pty;

    #[test]
    fn a_panic_of_any_thread_gives_the_terminal_back_before_its_message() {
        let pty = Pty::open();
        let tty = Arc::new(crate::terminal::tty::tests::tty(&pty).0);
        let ours_at_message = Arc::new(AtomicBool::new(true));
        let (at_message, witness) = (Arc::clone(&ours_at_message), Arc::clone(&tty));
        // Other tests may panic meanwhile: only this thread's message counts.
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| match info.payload_as_str() {
            Some("of this test") => at_message.store(witness.is_ours(), Ordering::SeqCst),
            _ => usual(info),
        }));
        let (told, tells) = crossbeam_channel::unbounded();
        let tell = move || told.send(()).unwrap_or_default();
        let panicked = restore_before_message(Arc::clone(&tty), tell);
        tty.enter().unwrap();
        assert!(std::thread::spawn(|| panic!("of this test")).join().is_err());
        assert_eq!(tells.recv(), Ok(()));
        assert!(panicked.load(Ordering::SeqCst));
        assert!(!tty.is_ours());
        assert!(!ours_at_message.load(Ordering::SeqCst), "the message came before");
    }
}
