//! The threads that read a corpus and look through it: they end with the work, and what they held of
//! memory goes back to the system.

use rayon::{ThreadPool, ThreadPoolBuilder};

/// As many threads as there are cores, none of them before there is work.
#[derive(Debug, Default)]
pub struct Crew {
    pool: Option<ThreadPool>,
}

impl Crew {
    /// Does work that shares itself out among them.
    pub fn work<R: Send>(&mut self, work: impl FnOnce() -> R + Send) -> R {
        if self.pool.is_none() {
            self.pool = ThreadPoolBuilder::new().build().ok();
        }
        match &self.pool {
            Some(pool) => pool.install(work),
            // There can be no more threads than those that all others share.
            None => work(),
        }
    }

    /// Lets them end; more work calls for others.
    pub fn end(&mut self) {
        self.pool = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_by_threads_that_end_with_it() {
        let mut crew = Crew::default();
        for _ in 0..2 {
            let (one, other) = crew.work(|| rayon::join(|| 1, rayon::current_thread_index));
            assert!(one == 1 && other.is_some());
            crew.end();
        }
    }
}
