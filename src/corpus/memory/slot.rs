//! One file with what was read of it, and by what it is known to be unchanged.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::briefing::Reference;
use crate::corpus::bytes::stamp_of;
use crate::corpus::index::Index;
use crate::corpus::naming::shown_path;
use crate::corpus::reading::{Content, Input, Reading, Seal, Turn};
use crate::corpus::store::TextId;
use crate::corpus::text::Text;

/// One file of a corpus.
#[derive(Debug)]
pub struct Slot {
    /// The file.
    pub input: Input,
    /// Whether it has to be looked at again.
    pub doubted: bool,
    /// Its number among the files of the last corpus, if it says the same as there.
    pub place: Option<u32>,
    /// What it said when it was read; nothing before that.
    pub reading: Arc<Reading>,
    seal: Option<Seal>,
    is_settled: bool,
    is_read: bool,
    /// Its text, which a diagnostic came to need after it was read.
    late: Option<Arc<str>>,
    kept: Kept,
    holds: Holds,
    placed: Option<Placed>,
}

/// What a file is by its name, which is asked of every file at every change.
#[derive(Debug, PartialEq, Eq)]
enum Holds {
    Briefings,
    Actors,
}

/// Its path as every snapshot has it.
#[derive(Debug)]
struct Placed {
    path: Arc<Path>,
    shown: Arc<str>,
}

/// What the index holds of a file.
#[derive(Debug, Default)]
struct Kept {
    seal: Option<Seal>,
    is_settled: bool,
    /// The texts of it.
    texts: Vec<TextId>,
}

impl Slot {
    /// A file that was not read yet.
    pub fn new(input: Input) -> Self {
        Self {
            holds: if input.is_list() { Holds::Actors } else { Holds::Briefings },
            input,
            doubted: true,
            place: None,
            reading: Arc::default(),
            seal: None,
            is_settled: false,
            is_read: false,
            late: None,
            kept: Kept::default(),
            placed: None,
        }
    }

    /// A file as the index has it.
    pub fn recalled(input: Input, seal: Seal, is_settled: bool, reading: Reading) -> Self {
        let texts = reading.briefings.iter().filter_map(|text| text.id()).collect();
        Self {
            seal: Some(seal),
            is_settled,
            is_read: true,
            reading: Arc::new(reading),
            kept: Kept { seal: Some(seal), is_settled, texts },
            ..Self::new(input)
        }
    }

    /// Its path, and that as shown.
    pub fn placed(&mut self) -> (&Arc<Path>, &Arc<str>) {
        let path = &self.input.path;
        let Placed { path, shown } = self.placed.get_or_insert_with(|| Placed {
            path: path.as_path().into(),
            shown: shown_path(path).into(),
        });
        (path, shown)
    }

    /// Its path as shown.
    pub fn shown(&self) -> String {
        shown_path(&self.input.path)
    }

    /// Whether it is a list of actors.
    pub fn is_list(&self) -> bool {
        self.holds == Holds::Actors
    }

    /// By what it is known to be unchanged; `None` of what cannot be read.
    pub fn seal(&self) -> Option<Seal> {
        self.seal
    }

    /// Whether its stamp alone tells that it is unchanged.
    pub fn is_settled(&self) -> bool {
        self.is_settled
    }

    /// Whether the index holds it as it was read.
    pub fn is_kept(&self) -> bool {
        self.seal.is_some() && self.kept.seal == self.seal
    }

    /// Its texts that the index holds.
    pub fn kept_texts(&self) -> &[TextId] {
        &self.kept.texts
    }

    /// Whether the index has it otherwise than it is.
    pub fn is_to_be_kept(&self) -> bool {
        let is_other = self.kept.seal != self.seal || self.kept.is_settled != self.is_settled;
        self.is_read && self.seal.is_some() && is_other
    }

    /// Its texts have been put into the index under these numbers.
    pub fn kept(&mut self, index: &Arc<Index>, ids: &[TextId]) {
        self.kept = Kept { seal: self.seal, is_settled: self.is_settled, texts: ids.to_vec() };
        if self.reading.briefings.iter().all(|text| text.id().is_some()) {
            return;
        }
        let texts = self.reading.briefings.iter().zip(ids);
        let kept =
            |(text, id): (&Arc<Text>, &TextId)| Arc::new(Text::kept(text.head.clone(), *id, index));
        let briefings = texts.map(kept).collect();
        let mut reading = std::mem::take(&mut self.reading);
        let was = Arc::make_mut(&mut reading);
        was.briefings = briefings;
        was.text = None;
        self.reading = reading;
        self.place = None;
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
        self.place = None;
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
