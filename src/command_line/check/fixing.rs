//! Mending a file: its certain fixes and nothing else, whole or not at all.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, fchown};
use std::path::Path;

use rustix::fs::{Access, access};

use crate::briefing::{Encoding, apply_fixes, read_actors, read_file};
use crate::corpus::{is_actors_file, read_bytes};
use crate::diagnostic::{Diagnostic, Fix};

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mended {
    /// There was nothing to mend beyond doubt.
    Nothing,
    /// So many changes were made.
    Done(usize),
    /// There was, but the file was left as it is; why.
    Left(String),
}

/// A fix may bring another to light; more rounds than this none needs.
const MOST_ROUNDS: usize = 16;

/// The byte order mark of UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Mends a file. A file that cannot be read is left to the check.
pub fn mend(path: &Path) -> Mended {
    let Ok(before) = read_bytes(path) else { return Mended::Nothing };
    let (after, changes, encoding) = mended(path, &before);
    if changes == 0 {
        return Mended::Nothing;
    }
    if !matches!(encoding, Encoding::Utf8 | Encoding::Utf8Bom) {
        return Mended::Left("it is not in UTF-8; save it as that first".into());
    }
    match replace(path, &before, &after) {
        Ok(()) => Mended::Done(changes),
        Err(why) => Mended::Left(why),
    }
}

/// The bytes after all rounds of fixes, and how many were applied.
fn mended(path: &Path, bytes: &[u8]) -> (Vec<u8>, usize, Encoding) {
    let mut bytes = bytes.to_vec();
    let mut changes = 0;
    let mut first_encoding = None;
    for _ in 0..MOST_ROUNDS {
        let (text, encoding, diagnostics) = read(path, &bytes);
        first_encoding.get_or_insert(encoding);
        let certain: Vec<&Fix> =
            diagnostics.iter().filter_map(|found| found.fix.as_ref()).collect();
        let fixed = apply_fixes(&text, &certain);
        if fixed.applied == 0 || fixed.text == text {
            break;
        }
        changes += fixed.applied;
        let mark: &[u8] = if encoding == Encoding::Utf8Bom { BOM } else { b"" };
        bytes = [mark, fixed.text.as_bytes()].concat();
    }
    (bytes, changes, first_encoding.unwrap_or_default())
}

fn read(path: &Path, bytes: &[u8]) -> (String, Encoding, Vec<Diagnostic>) {
    if is_actors_file(path) {
        let reading = read_actors(bytes);
        return (reading.text, reading.encoding, reading.diagnostics);
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let reading = read_file(&stem, bytes);
    (reading.text, reading.encoding, reading.diagnostics)
}

/// Puts a file of the new bytes in the place of the old one: written beside it, with its
/// permissions and owner, brought to the disk, then renamed. A link stays one: what it leads to is
/// replaced.
fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), String> {
    let target = fs::canonicalize(path).map_err(|error| error.to_string())?;
    let facts = fs::metadata(&target).map_err(|error| error.to_string())?;
    may_replace(&target, &facts)?;
    let folder = target.parent().ok_or("it lies nowhere")?;
    let failed = |error: io::Error| format!("it could not be written: {error}");
    let mut beside =
        tempfile::Builder::new().prefix(".chancery-").tempfile_in(folder).map_err(failed)?;
    beside.write_all(after).map_err(failed)?;
    take_over(beside.as_file(), &facts)?;
    beside.as_file().sync_all().map_err(failed)?;
    if fs::read(&target).map_err(failed)? != before {
        return Err("it was changed in the meantime".into());
    }
    beside.persist(&target).map_err(|error| failed(error.error))?;
    // The new file is in its place already; a folder that cannot be synced is no reason to say it is not.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

fn may_replace(target: &Path, facts: &Metadata) -> Result<(), String> {
    if facts.mode() & 0o222 == 0 || access(target, Access::WRITE_OK).is_err() {
        return Err("it is read-only".into());
    }
    if facts.nlink() > 1 {
        return Err("it has another name (a hard link), which would keep the old text".into());
    }
    Ok(())
}

fn take_over(beside: &File, facts: &Metadata) -> Result<(), String> {
    let own = beside.metadata().map_err(|error| error.to_string())?;
    if (own.uid(), own.gid()) != (facts.uid(), facts.gid()) {
        let owned = fchown(beside, Some(facts.uid()), Some(facts.gid()));
        owned.map_err(|_| "it belongs to somebody else".to_owned())?;
    }
    beside.set_permissions(facts.permissions()).map_err(|error| error.to_string())
}
