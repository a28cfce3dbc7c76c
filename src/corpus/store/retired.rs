//! What an index no longer needs, and when it may be taken away: never under a program that may still
//! show it.
//!
//! A text or a segment is *retired* as soon as no file has it, and read for as long as somebody knows
//! its number. The list that is kept for the next start may know a text's too, so a text is *released*
//! with a list in which it is not. Whoever then opens the index as the only one *condemns* it: nobody
//! holds its number, and nobody can come by it. From then on it may be swept at any time.

use rusqlite::{Connection, Result};

use super::batch::Batch;
use super::error::Answer;
use super::row::{SegmentId, TextId};

const TEXT: u8 = 0;
const SEGMENT: u8 = 1;

const RETIRED: u8 = 0;
const RELEASED: u8 = 1;
const CONDEMNED: u8 = 2;

impl Batch<'_> {
    /// Marks a text as no longer needed. It can be read as before, for an older snapshot of the
    /// corpus, here or in another program, may still show it.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn retire_text(&mut self, id: TextId) -> Answer<()> {
        self.retire(TEXT, id.0, RETIRED)
    }

    /// Marks a segment as no longer needed: it is no longer among [`Reader::segments`], but its words
    /// can be read as before.
    ///
    /// [`Reader::segments`]: super::Reader::segments
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn retire_segment(&mut self, id: SegmentId) -> Answer<()> {
        self.retire(SEGMENT, id.0, RELEASED)
    }

    fn retire(&mut self, kind: u8, id: u32, state: u8) -> Answer<()> {
        let put = "INSERT OR IGNORE INTO retired (kind, id, state) VALUES (?1, ?2, ?3)";
        self.run(put, (kind, id, state))
    }

    /// Has retired texts be swept some day, but for those that the list still has which is kept by
    /// this batch for the next start.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn release_texts(&mut self, is_listed: impl Fn(TextId) -> bool) -> Answer<()> {
        let of = "SELECT id FROM retired WHERE kind = ?1 AND state = ?2";
        let set = "UPDATE retired SET state = ?3 WHERE kind = ?1 AND id = ?2";
        for id in self.numbers(of, (TEXT, RELEASED))? {
            if is_listed(TextId(id)) {
                self.run(set, (TEXT, id, RETIRED))?;
            }
        }
        for id in self.numbers(of, (TEXT, RETIRED))? {
            if !is_listed(TextId(id)) {
                self.run(set, (TEXT, id, RELEASED))?;
            }
        }
        Ok(())
    }

    /// Takes away what is condemned, at most so many rows of it or a few more; whether there is more.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn sweep(&mut self, most: usize) -> Answer<bool> {
        let of = "SELECT id FROM retired WHERE kind = ?1 AND state = ?2 LIMIT ?3";
        let mut left = most;
        let texts = self.numbers(of, (TEXT, CONDEMNED, limit(left)))?;
        for id in &texts {
            self.run("DELETE FROM cast_of WHERE id = ?1", [id])?;
            self.run("DELETE FROM text WHERE id = ?1", [id])?;
            self.forget(TEXT, *id)?;
        }
        left = left.saturating_sub(texts.len());
        while left > 0 {
            let found = self.numbers(of, (SEGMENT, CONDEMNED, 1))?;
            let Some(id) = found.first() else { return Ok(false) };
            let swept = self.sweep_words(*id, left)?;
            if swept < left {
                self.run("DELETE FROM segment WHERE id = ?1", [id])?;
                self.forget(SEGMENT, *id)?;
            }
            left -= swept.min(left);
        }
        Ok(true)
    }

    fn forget(&mut self, kind: u8, id: u32) -> Answer<()> {
        self.run("DELETE FROM retired WHERE kind = ?1 AND id = ?2", (kind, id))
    }
}

/// Condemns what was released; to be called by one who knows that nobody else has the index open.
pub(super) fn condemn(connection: &Connection) -> Result<()> {
    let is_any = "SELECT EXISTS (SELECT 1 FROM retired WHERE state = ?1)";
    if connection.query_row(is_any, [RELEASED], |row| row.get::<_, bool>(0))? {
        let all = "UPDATE retired SET state = ?2 WHERE state = ?1";
        connection.execute(all, [RELEASED, CONDEMNED])?;
    }
    Ok(())
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
