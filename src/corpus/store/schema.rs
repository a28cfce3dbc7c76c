//! The tables of an index, how one is connected to, and whether it is one that this program reads.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, Error, OpenFlags, OptionalExtension, Result, ffi, params};

use super::roots::{Root, path_of, sortable};

/// To be raised whenever a table changes its form, or anything that is kept in one.
pub(super) const FORMAT: i32 = 15;
/// By this other programs know whose file it is: `chnI`.
const APPLICATION: i32 = 0x6368_6E49;
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// How long one waits for another's write, which takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(2);
const STATEMENTS: usize = 48;

/// In the order in which they are told of: what is read by itself stands before what is large.
const TABLES: &str = "
    CREATE TABLE about (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
    CREATE TABLE root (
        number INTEGER PRIMARY KEY, path BLOB NOT NULL,
        device INTEGER NOT NULL, inode INTEGER NOT NULL
    );
    CREATE TABLE meta (name TEXT PRIMARY KEY, sum INTEGER NOT NULL, value BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE file (
        root INTEGER NOT NULL, rest BLOB NOT NULL, fingerprint INTEGER NOT NULL,
        settled INTEGER NOT NULL, sum INTEGER NOT NULL, stamp BLOB NOT NULL, texts BLOB NOT NULL,
        reading BLOB NOT NULL,
        PRIMARY KEY (root, rest)
    ) WITHOUT ROWID;
    CREATE TABLE link (
        name INTEGER NOT NULL, root INTEGER NOT NULL, rest BLOB NOT NULL, sum INTEGER NOT NULL,
        PRIMARY KEY (name, root, rest)
    ) WITHOUT ROWID;
    CREATE TABLE text (id INTEGER PRIMARY KEY, sum INTEGER NOT NULL, briefing BLOB NOT NULL);
    CREATE TABLE dictionary (
        id INTEGER PRIMARY KEY, age INTEGER NOT NULL, sum INTEGER NOT NULL, bytes BLOB NOT NULL
    );
    CREATE TABLE retired (
        kind INTEGER NOT NULL, id INTEGER NOT NULL, state INTEGER NOT NULL, PRIMARY KEY (kind, id)
    ) WITHOUT ROWID;
    CREATE TABLE cast_of (
        id INTEGER PRIMARY KEY, knowledge INTEGER NOT NULL, sum INTEGER NOT NULL, content BLOB NOT NULL
    );
    CREATE TABLE actor (id INTEGER PRIMARY KEY, sum INTEGER NOT NULL, content BLOB NOT NULL);
    CREATE TABLE segment (
        id INTEGER PRIMARY KEY, briefings INTEGER NOT NULL, sum INTEGER NOT NULL,
        texts BLOB NOT NULL, lengths BLOB NOT NULL
    );
    CREATE TABLE word (
        segment INTEGER NOT NULL, part INTEGER NOT NULL, first BLOB NOT NULL, sum INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (segment, part, first)
    ) WITHOUT ROWID;
    CREATE TABLE posting (id INTEGER PRIMARY KEY, sum INTEGER NOT NULL, bytes BLOB NOT NULL);
    CREATE TABLE snapshot (
        name TEXT NOT NULL, part INTEGER NOT NULL, made_of INTEGER NOT NULL, sum INTEGER NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (name, part)
    ) WITHOUT ROWID;
";

/// One look at each, so that damage to its first page is met at once.
const LOOKS: [&str; 13] = [
    "SELECT count(*) FROM (SELECT name FROM about LIMIT 1)",
    "SELECT count(*) FROM (SELECT path FROM root LIMIT 1)",
    "SELECT count(*) FROM (SELECT sum FROM meta LIMIT 1)",
    "SELECT count(*) FROM (SELECT sum FROM file LIMIT 1)",
    "SELECT count(*) FROM (SELECT sum FROM link LIMIT 1)",
    "SELECT count(*) FROM (SELECT sum FROM text LIMIT 1)",
    "SELECT count(*) FROM (SELECT sum FROM cast_of LIMIT 1)",
    "SELECT count(*) FROM (SELECT sum FROM actor LIMIT 1)",
    "SELECT count(*) FROM (SELECT sum FROM segment LIMIT 1)",
    "SELECT count(*) FROM (SELECT sum FROM word LIMIT 1)",
    "SELECT count(*) FROM (SELECT sum FROM posting LIMIT 1)",
    "SELECT count(*) FROM (SELECT sum FROM dictionary LIMIT 1)",
    "SELECT count(*) FROM (SELECT sum FROM snapshot LIMIT 1)",
];

/// What a connection is for; kilobytes of pages that it keeps.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    Reading,
    Writing,
}

/// Connects to a database that is there.
pub(super) fn connect(file: &Path, purpose: Purpose) -> Result<Connection> {
    // Without CREATE and URI: only this file, by its name as it stands.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // What spills must not lie in a folder for all.
    connection.execute_batch(
        "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON;
         PRAGMA trusted_schema = OFF",
    )?;
    connection.execute_batch(match purpose {
        Purpose::Reading => "PRAGMA cache_size = -1024; PRAGMA query_only = ON",
        Purpose::Writing => "PRAGMA cache_size = -8192; PRAGMA journal_size_limit = 4194304",
    })?;
    Ok(connection)
}

/// Makes the tables in an empty file that nobody else has open. It has a write-ahead log: where there
/// can be none, readers would wait for the writer, and nothing is made.
pub(super) fn fill(blank: &Path, roots: &[Root]) -> Result<()> {
    let mut connection = connect(blank, Purpose::Writing)?;
    connection.execute_batch("PRAGMA page_size = 16384")?;
    let journal: String =
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if journal != "wal" {
        // Said of file systems where programs cannot share memory, and so not the locks of a log.
        return Err(Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_PROTOCOL), None));
    }
    let all = connection.transaction()?;
    all.execute_batch(TABLES)?;
    all.pragma_update(None, "user_version", FORMAT)?;
    all.pragma_update(None, "application_id", APPLICATION)?;
    put_about(&all, "program", PROGRAM)?;
    put_roots(&all, roots)?;
    all.commit()?;
    connection.close().map_err(|(_, e)| e)
}

/// Whether this program made it in the form in which it reads it.
pub(super) fn is_of_this_program(connection: &Connection) -> Result<bool> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    if number("user_version")? != FORMAT || number("application_id")? != APPLICATION {
        return Ok(false);
    }
    for look in LOOKS {
        connection.query_row(look, [], |_| Ok(()))?;
    }
    let of = "SELECT value FROM about WHERE name = 'program'";
    Ok(connection.query_row(of, [], |row| row.get::<_, String>(0)).optional()?.as_deref()
        == Some(PROGRAM))
}

/// The folders of which it is.
pub(super) fn roots(connection: &Connection) -> Result<Vec<Root>> {
    let mut all = connection.prepare("SELECT path, device, inode FROM root ORDER BY number")?;
    let rows = all.query_map([], |row| {
        let path: Vec<u8> = row.get(0)?;
        let (device, inode): (i64, i64) = (row.get(1)?, row.get(2)?);
        let identity = (device.cast_unsigned(), inode.cast_unsigned());
        Ok(Root { path: path_of(&path), identity })
    })?;
    rows.collect()
}

/// Has it be of these folders.
pub(super) fn put_roots(connection: &Connection, roots: &[Root]) -> Result<()> {
    connection.execute("DELETE FROM root", [])?;
    for (number, root) in roots.iter().enumerate() {
        connection.execute(
            "INSERT INTO root (number, path, device, inode) VALUES (?1, ?2, ?3, ?4)",
            params![
                i64::try_from(number).unwrap_or(i64::MAX),
                sortable(&root.path),
                root.identity.0.cast_signed(),
                root.identity.1.cast_signed(),
            ],
        )?;
    }
    Ok(())
}

/// A number that the store keeps of itself; 0 where it has not yet.
pub(super) fn number(connection: &Connection, name: &str) -> Result<u32> {
    let mut of = connection.prepare_cached("SELECT value FROM about WHERE name = ?1")?;
    Ok(of.query_row([name], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// Keeps something of the store itself.
pub(super) fn put_about(
    connection: &Connection,
    name: &str,
    value: impl rusqlite::ToSql,
) -> Result<()> {
    let mut put = connection.prepare_cached("REPLACE INTO about (name, value) VALUES (?1, ?2)")?;
    put.execute(params![name, value]).map(drop)
}
