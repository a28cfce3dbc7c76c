//! The index of a corpus that was moved elsewhere is found again by its folders themselves.

use std::path::Path;

use rusqlite::{Connection, Result};

use super::folder::Folder;
use super::roots::Root;
use super::schema::{self, Purpose};

/// Gives this name to an index of the same folders in other places, where there is one and nobody
/// has it open. Whether it did; one that cannot be read is none.
pub(super) fn take_over(folder: &Folder<'_>, file: &Path, roots: &[Root]) -> bool {
    folder.databases().iter().filter(|other| *other != file).any(|other| {
        let is_ready = readied(other, roots).unwrap_or(false);
        is_ready && folder.rename(other, file).unwrap_or(false)
    })
}

/// Whether it is of these folders; it is then told where they are, and closed so that nothing of it
/// lies in a log.
fn readied(other: &Path, roots: &[Root]) -> Result<bool> {
    let connection = schema::connect(other, Purpose::Writing)?;
    if !schema::is_of_this_program(&connection)? || !is_of(&connection, roots)? {
        return Ok(false);
    }
    let all = connection.unchecked_transaction()?;
    schema::put_roots(&all, roots)?;
    all.commit()?;
    connection.close().map(|()| true).map_err(|(_, e)| e)
}

fn is_of(connection: &Connection, roots: &[Root]) -> Result<bool> {
    let known = schema::roots(connection)?;
    let mut pairs = roots.iter().zip(&known);
    Ok(known.len() == roots.len() && !roots.is_empty() && pairs.all(|(root, was)| root.was(was)))
}
