//! In which files a corpus differs from what is kept of it, without one of them being read.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Memory;
use super::keeping::rooted;
use crate::corpus::Origin;
use crate::corpus::bytes::{open, stamp_of};
use crate::corpus::scan::scan;
use crate::corpus::store::RootedPath;

/// How many files are other than an index has them, by what the system says of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Files that it does not have.
    pub new: usize,
    /// Files that were written since.
    pub changed: usize,
    /// Files that it has and that are gone.
    pub gone: usize,
    /// Files that cannot be read, and so are in no index.
    pub refused: usize,
}

impl Differences {
    /// Whether there is none that an index could have.
    #[must_use]
    pub fn is_none(&self) -> bool {
        Self { refused: 0, ..*self } == Self::default()
    }
}

impl Memory {
    /// In how many files the corpus differs from its index; `None` where it has none, or it cannot be
    /// read.
    #[must_use]
    pub fn differences(&self) -> Option<Differences> {
        let Origin::Paths(roots) = &self.origin else { return None };
        let kept = self.index.as_ref()?.seals()?;
        let kept: HashMap<RootedPath, _> =
            kept.into_iter().map(|file| (file.path, file.stamp)).collect();
        let found = scan(roots);
        let standing = found.par_iter().map(|file| {
            let path = rooted(roots, &file.path);
            match path.and_then(|path| kept.get(&path)) {
                _ if file.trouble.is_some() => Standing::Refused,
                Some(stamp) if stamp_of(&file.path) == Some(*stamp) => Standing::AsKept,
                Some(_) => Standing::Changed,
                None if open(&file.path).is_err() => Standing::Refused,
                None => Standing::New,
            }
        });
        let standing: Vec<Standing> = standing.collect();
        let count = |what| standing.iter().filter(|one| **one == what).count();
        let (new, changed) = (count(Standing::New), count(Standing::Changed));
        let gone = kept.len().saturating_sub(count(Standing::AsKept) + changed);
        Some(Differences { new, changed, gone, refused: count(Standing::Refused) })
    }
}

/// How a file stands to what is kept of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    AsKept,
    Changed,
    New,
    Refused,
}
