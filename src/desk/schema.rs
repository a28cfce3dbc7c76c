//! The tables of a desk's file and how an older file becomes a newer one.

use rusqlite::{Connection, Result, TransactionBehavior};

/// `application_id` of the file (the letters `chnc`): by it a desk is told from another
/// program's database.
const APPLICATION: i64 = 0x6368_6e63;

/// Step `n` makes version `n + 1` of version `n`; `user_version` says how many were done. A step
/// that has been released is never edited: add another.
pub(super) const STEPS: &[&str] = &["
    CREATE TABLE mark (
        corpus       TEXT NOT NULL,
        slug         TEXT NOT NULL,
        read         INTEGER NOT NULL DEFAULT 0 CHECK (read IN (0, 1)),
        starred      INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),
        place_offset INTEGER CHECK (place_offset >= 0),
        place_words  TEXT,
        changed      INTEGER NOT NULL, -- seconds since 1970 (UTC)
        PRIMARY KEY (corpus, slug),
        CHECK ((place_offset IS NULL) = (place_words IS NULL))
    ) STRICT, WITHOUT ROWID;
"];

/// What a database turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An empty file, or a desk of this version.
    Desk(usize),
    /// A desk of a version not known here.
    Newer(usize),
    /// Another program's.
    Foreign,
}

/// Takes a desk to the newest version in one transaction and says what it was before; what is
/// newer or foreign is only looked at.
///
/// # Errors
/// What `SQLite` reports; the file is then as it was.
pub(super) fn upgrade(connection: &mut Connection, steps: &[&str]) -> Result<Kind> {
    let kind = recognise(connection, steps.len())?;
    if !matches!(kind, Kind::Desk(version) if version < steps.len()) {
        return Ok(kind);
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have been quicker.
    let kind = recognise(&transaction, steps.len())?;
    if let Kind::Desk(version) = kind {
        for (number, step) in (1_i64..).zip(steps).skip(version) {
            transaction.execute_batch(step)?;
            transaction.pragma_update(None, "user_version", number)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.commit()?;
    }
    Ok(kind)
}

/// One statement, so that all it sees is of one moment.
fn recognise(connection: &Connection, newest: usize) -> Result<Kind> {
    let (application, version, tables): (i64, i64, i64) = connection.query_row(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
         FROM pragma_application_id, pragma_user_version",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    Ok(match usize::try_from(version) {
        _ if (application, version, tables) == (0, 0, 0) => Kind::Desk(0),
        Ok(version) if application == APPLICATION && version > newest => Kind::Newer(version),
        Ok(version) if application == APPLICATION => Kind::Desk(version),
        _ => Kind::Foreign,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn old_desk() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        assert_eq!(upgrade(&mut connection, &STEPS[..1]).unwrap(), Kind::Desk(0));
        connection
            .execute(
                "INSERT INTO mark (corpus, slug, starred, changed) VALUES ('c', 's', 1, 0)",
                [],
            )
            .unwrap();
        connection
    }

    #[test]
    fn an_older_desk_is_upgraded_once_and_keeps_its_rows() {
        let mut connection = old_desk();
        let steps = [STEPS[0], "ALTER TABLE mark ADD COLUMN note TEXT DEFAULT 'none'"];
        assert_eq!(upgrade(&mut connection, &steps).unwrap(), Kind::Desk(1));
        assert_eq!(upgrade(&mut connection, &steps).unwrap(), Kind::Desk(2));
        let row: (i64, String) = connection
            .query_row("SELECT starred, note FROM mark", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        assert_eq!(row, (1, "none".to_owned()));
        assert_eq!(upgrade(&mut connection, &steps[..1]).unwrap(), Kind::Newer(2));
    }

    #[test]
    fn a_failing_upgrade_leaves_the_desk_as_it_was() {
        let mut connection = old_desk();
        let steps = [STEPS[0], "ALTER TABLE mark ADD COLUMN note TEXT", "nonsense"];
        upgrade(&mut connection, &steps).unwrap_err();
        assert_eq!(recognise(&connection, 9).unwrap(), Kind::Desk(1));
        connection.prepare("SELECT note FROM mark").unwrap_err();
    }

    #[test]
    fn another_programs_database_is_known_as_such() {
        for made in [
            "CREATE TABLE places (url TEXT)",
            "PRAGMA user_version = 1",
            "PRAGMA application_id = 7",
        ] {
            let mut connection = Connection::open_in_memory().unwrap();
            connection.execute_batch(made).unwrap();
            assert_eq!(upgrade(&mut connection, STEPS).unwrap(), Kind::Foreign, "{made}");
        }
    }
}
