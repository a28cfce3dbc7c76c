//! In which files a corpus differs from what is kept of it, without one of them being read.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Memory;
use super::keeping::rooted;
use crate::corpus::Origin;
use crate::corpus::bytes::stamp_of;
use crate::corpus::scan::scan;
use crate::corpus::store::RootedPath;

/// How many files are other than an index has them, by what the system says of them. One that cannot
/// be read is in no index, and so always new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Files that it does not have.
    pub new: usize,
    /// Files that were written since.
    pub changed: usize,
    /// Files that it has and that are gone.
    pub gone: usize,
}

impl Differences {
    /// Whether there is none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
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
        let mut found = scan(roots);
        found.retain(|file| file.trouble.is_none());
        let known = found.par_iter().map(|file| {
            let stamp = kept.get(&rooted(roots, &file.path)?)?;
            Some(stamp_of(&file.path) == Some(*stamp))
        });
        let known: Vec<Option<bool>> = known.collect();
        let count = |what| known.iter().filter(|known| **known == what).count();
        let new = count(None);
        Some(Differences {
            new,
            changed: count(Some(false)),
            gone: kept.len().saturating_sub(known.len() - new),
        })
    }
}
