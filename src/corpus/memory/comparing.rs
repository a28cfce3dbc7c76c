//! Which files are other than they were kept, by what the system says of them: none is read for that.

use std::collections::{BTreeSet, HashMap};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::keeping::unrooted;
use super::recall::{NO_FILES, sealed};
use super::{Doubt, Memory, input};
use crate::corpus::Origin;
use crate::corpus::bytes::stamp_of;
use crate::corpus::scan::{Found, scan_each, scan_whole};
use crate::corpus::stamp::{Stamp, fingerprint};
use crate::diagnostic::Diagnostic;

/// Files of which the stamps are compared at once, on every core.
const AT_ONCE: usize = 4_096;

/// More files that are other are as well looked at with all others.
pub(super) const FEW: usize = 1_024;

impl Memory {
    /// What has to be looked at, after [`Memory::recall_survey`], so that the recalled corpus is as the files
    /// are: nothing, a few files, or everything. It is told without anything that would have to stay in
    /// memory, until all files are taken up; from then on it is everything.
    pub(super) fn compare(&mut self) -> Doubt {
        let other = self.other_files().unwrap_or(Doubt::Everything);
        self.is_loaded |= other != Doubt::Everything;
        other
    }

    fn other_files(&mut self) -> Option<Doubt> {
        let index = self.index.clone()?;
        let Origin::Paths(given) = self.origin.clone() else { return None };
        if self.recalled.taken_up.is_all || !self.recalled.is_current() {
            return None;
        }
        let refused = self.recalled.refused.iter();
        let refused: HashMap<PathBuf, Vec<Diagnostic>> = refused
            .filter_map(|(path, why)| Some((unrooted(&given, path)?, why.clone())))
            .collect();
        let (mut again, mut found): (Vec<Found>, Vec<u64>) = (Vec::new(), Vec::new());
        self.scan_each(&given, &mut |file| {
            if refused.contains_key(&file.path) {
                again.push(file);
            } else {
                found.push(number_of(&file.path));
            }
        });
        found.sort_unstable();
        let is_still = |one: Found| {
            let why = refused.get(&one.path);
            input(&given, one).refusal().as_ref() == why
        };
        if again.len() != refused.len() || !again.into_par_iter().all(is_still) {
            return None;
        }
        let mut other: BTreeSet<PathBuf> = BTreeSet::new();
        let (mut seal, mut known, mut is_any_shared) = (NO_FILES, Vec::new(), false);
        let mut stamps: Vec<(PathBuf, Stamp)> = Vec::with_capacity(AT_ONCE);
        let compare = |stamps: &mut Vec<(PathBuf, Stamp)>, other: &mut BTreeSet<PathBuf>| {
            let is_other = |(path, stamp): &(PathBuf, Stamp)| stamp_of(path) != Some(*stamp);
            let written = stamps.par_drain(..).filter(is_other).map(|(path, _)| path);
            other.par_extend(written);
        };
        index.ask(|reader| {
            reader.each_seal(|kept| {
                seal = sealed(seal, &kept.path, kept.fingerprint);
                is_any_shared |= kept.stamp.is_shared();
                let Some(path) = unrooted(&given, &kept.path) else { return };
                let number = number_of(&path);
                if !kept.settled || found.binary_search(&number).is_err() {
                    other.insert(path);
                } else {
                    stamps.push((path, kept.stamp));
                }
                known.push(number);
                if stamps.len() == AT_ONCE {
                    compare(&mut stamps, &mut other);
                }
            })
        })?;
        compare(&mut stamps, &mut other);
        // Whoever else read what was written tells by this number that the list is not of that.
        if seal != self.seal_of_all(&given) {
            return None;
        }
        known.sort_unstable();
        if known != found {
            self.scan_each(&given, &mut |file| {
                if known.binary_search(&number_of(&file.path)).is_err() {
                    other.insert(file.path);
                }
            });
            other.retain(|path| !refused.contains_key(path));
        }
        self.recalled.taken_up.is_possible = !is_any_shared && refused.is_empty();
        let is_few = other.is_empty() || (other.len() <= FEW && self.is_plain());
        is_few.then_some(Doubt::Files(other))
    }

    /// The files in these paths, one by one.
    fn scan_each(&mut self, given: &[PathBuf], take: &mut dyn FnMut(Found)) {
        let scan = match given {
            [one] => scan_each(one, take),
            // What lies below two of them is found once, which all have to be there for.
            several => scan_whole(several),
        };
        self.note_scan(scan).into_iter().for_each(take);
    }
}

/// A path as a number: a file that is there with the stamp that was kept of another, and has that one's
/// number too, there is none.
fn number_of(path: &Path) -> u64 {
    fingerprint(path.as_os_str().as_bytes())
}
