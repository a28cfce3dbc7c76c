//! By what a file is known to be as it was, without reading it.

use std::fs::Metadata;
use std::hash::{DefaultHasher, Hasher};
use std::os::unix::fs::MetadataExt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What the system says of a file. The same stamp means the same content, unless it was written
/// twice within one tick of the filesystem's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    size: u64,
    device: u64,
    inode: u64,
    modified: (i64, i64),
    /// Also moves when a tool sets the time of modification back.
    changed: (i64, i64),
    links: u64,
}

/// The coarsest clock of a filesystem in use: FAT counts two seconds.
const TICK: i64 = 2;

impl Stamp {
    /// The stamp of a file.
    pub fn of(facts: &Metadata) -> Self {
        Self {
            size: facts.len(),
            device: facts.dev(),
            inode: facts.ino(),
            modified: (facts.mtime(), facts.mtime_nsec()),
            changed: (facts.ctime(), facts.ctime_nsec()),
            links: facts.nlink(),
        }
    }

    /// Whether a file that was read at `now` (since the epoch) could not be written after that
    /// without another stamp. A file from the future is never settled.
    pub fn is_settled(&self, now: Duration) -> bool {
        let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        self.modified.0.max(self.changed.0).saturating_add(TICK) < now
    }

    /// Whether it is of the same file, whatever that holds now.
    pub fn is_same_file(&self, other: &Self) -> bool {
        (self.device, self.inode) == (other.device, other.inode)
    }

    /// Whether the file has other names, by which it may be written unnoticed.
    pub fn is_shared(&self) -> bool {
        self.links > 1
    }
}

/// A number for some bytes: others have another, but for one chance in 2^64.
pub fn fingerprint(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_stamp_tells_one_state_of_a_file_from_another() {
        let dir = tempfile::tempdir().unwrap();
        let (path, other) = (dir.path().join("a"), dir.path().join("b"));
        let stamp = || Stamp::of(&fs::metadata(&path).unwrap());
        fs::write(&path, "one").unwrap();
        let first = stamp();
        assert_eq!(first, stamp());
        fs::write(&path, "longer").unwrap();
        let second = stamp();
        assert_ne!(first, second);
        fs::write(&other, "longer").unwrap();
        fs::rename(&other, &path).unwrap();
        assert_ne!(second, stamp(), "another file under the same name");
        assert!(!stamp().is_shared());
        fs::hard_link(&path, &other).unwrap();
        assert!(stamp().is_shared());
    }

    #[test]
    fn what_was_written_just_before_it_was_read_is_not_settled() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a"), "one").unwrap();
        let stamp = Stamp::of(&fs::metadata(dir.path().join("a")).unwrap());
        let written = u64::try_from(stamp.changed.0).unwrap();
        for (later, settled) in [(0, false), (1, false), (2, false), (3, true), (900, true)] {
            assert_eq!(stamp.is_settled(Duration::from_secs(written + later)), settled, "{later}");
        }
        assert!(!stamp.is_settled(Duration::ZERO), "from the future");
    }
}
