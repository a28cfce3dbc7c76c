//! One file with what was read of it, and by what it is known to be unchanged.

use std::sync::Arc;
use std::time::Duration;

use crate::briefing::Reference;
use crate::corpus::bytes::stamp_of;
use crate::corpus::reading::{Content, Input, Reading, Seal, Turn};
use crate::text::clean_line;

/// One file of a corpus.
#[derive(Debug)]
pub struct Slot {
    /// The file.
    pub input: Input,
    /// Its path as shown.
    pub shown: String,
    /// Whether it has to be looked at again.
    pub doubted: bool,
    /// What it said when it was read; nothing before that.
    pub reading: Arc<Reading>,
    seal: Option<Seal>,
    is_settled: bool,
    is_read: bool,
    /// Its text, which a diagnostic came to need after it was read.
    late: Option<Arc<str>>,
}

impl Slot {
    /// A file that was not read yet.
    pub fn new(input: Input) -> Self {
        let shown = clean_line(&input.path.to_string_lossy()).into_owned();
        Self {
            input,
            shown,
            doubted: true,
            reading: Arc::default(),
            seal: None,
            is_settled: false,
            is_read: false,
            late: None,
        }
    }

    /// Whether it was read, be it in vain.
    pub fn is_read(&self) -> bool {
        self.is_read
    }

    /// Whether it bears other names too.
    pub fn is_shared(&self) -> bool {
        self.seal.is_some_and(|seal| seal.stamp.is_shared())
    }

    /// Reads it where that may bring something new; whether it says something else now.
    pub fn refresh(
        &mut self,
        now: Duration,
        turn: &Turn,
        may_need_text: &dyn Fn(&Self, &[Reference]) -> bool,
    ) -> bool {
        if self.is_read && matches!(self.input.content, Content::BuiltIn(_)) {
            return false;
        }
        let is_same = |seal: Seal| stamp_of(&self.input.path) == Some(seal.stamp);
        if self.is_settled && self.seal.is_some_and(is_same) {
            return false;
        }
        let before = self.seal.map(|seal| seal.fingerprint).filter(|_| self.is_read);
        let (seal, reading) = self.input.read(turn, |bytes| match bytes {
            Err(trouble) => (None, Some(self.input.refused(*trouble))),
            Ok(bytes) => {
                let is_same = bytes.seal.is_some_and(|seal| Some(seal.fingerprint) == before);
                let may_need_text = |references: &[Reference]| may_need_text(self, references);
                let parse = || self.input.parse(&bytes.bytes, &may_need_text);
                (bytes.seal, (!is_same).then(parse))
            }
        });
        self.seal = seal;
        self.is_settled = seal.is_some_and(|seal| seal.stamp.is_settled(now));
        let Some(reading) = reading else { return false };
        if std::mem::replace(&mut self.is_read, true) && seal.is_none() && reading == *self.reading
        {
            return false;
        }
        self.reading = Arc::new(reading);
        self.late = None;
        true
    }

    /// Its text, read once more where it was not kept.
    pub fn text(&mut self) -> Option<Arc<str>> {
        if self.reading.text.is_none() && self.late.is_none() {
            self.late = self.input.text(self.seal);
        }
        self.reading.text.clone().or_else(|| self.late.clone())
    }
}
