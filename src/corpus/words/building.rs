//! Texts become a segment: one pass cuts them into words and tells how much room each will take, a
//! second writes all words in their order into it.

use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::Arc;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::held::{Ends, Held, Lexicon};
use super::segment::Lengths;
use super::units::{grams, last_char, units};
use super::varint::{put, size};
use super::{Part, texts};
use crate::briefing::Briefing;
use crate::text::fold_key;

/// In the place of a word: a text ends.
const TEXT_END: u32 = u32::MAX;
/// In the place of a word: a briefing ends.
const BRIEFING_END: u32 = u32::MAX - 1;
/// Words after which a segment should be finished: they and their places stay far below what 32
/// bits can count, and below 300 MB while they are read.
const FULL: usize = 1 << 26;

/// Reads briefings into a [`Segment`](super::Segment), one after the other. Beside what the segment
/// will take itself it takes four bytes for each word of the texts.
#[derive(Debug, Default)]
pub struct SegmentBuilder {
    hasher: DefaultHashBuilder,
    /// The numbers of all different words, by the words.
    numbers: HashTable<u32>,
    words: Vec<Word>,
    /// The texts of all different words.
    text: String,
    /// Every word of every text, and where texts and briefings end.
    said: Vec<u32>,
    lengths: Lengths,
}

#[derive(Debug)]
struct Word {
    text: Range<usize>,
    all: Room,
    titles: Room,
}

/// How far the bytes of a word have got.
#[derive(Clone, Copy, Debug, Default)]
struct Room {
    /// One more than the number of its last briefing; 0 before the first.
    behind: u32,
    /// Its last place in that.
    place: u32,
    briefings: u32,
    places: u32,
}

/// What one more place adds to the bytes of a word.
struct Step {
    /// From its last briefing to this one, if this is another.
    briefing: Option<u32>,
    /// Whether it has an earlier briefing to be parted from.
    is_parted: bool,
    place: u32,
}

impl Room {
    #[inline]
    fn step(&mut self, briefing: u32, place: u32) -> Step {
        let step = briefing + 1 - self.behind;
        let is_parted = step > 0 && self.behind > 0;
        if step > 0 {
            (self.behind, self.place) = (briefing + 1, 0);
        }
        let place = place - std::mem::replace(&mut self.place, place);
        Step { briefing: Some(step).filter(|step| *step > 0), is_parted, place }
    }

    #[inline]
    fn measure(&mut self, briefing: u32, place: u32) {
        let step = self.step(briefing, place);
        self.briefings += step.briefing.map_or(0, size);
        self.places += u32::from(step.is_parted) + size(step.place);
    }

    #[inline]
    fn write(&mut self, briefing: u32, place: u32, lexicon: &mut Lexicon) {
        let step = self.step(briefing, place);
        if let Some(step) = step.briefing {
            put(&mut lexicon.briefings, &mut self.briefings, step);
        }
        // What parts two briefings is a 0, which is there already.
        self.places += u32::from(step.is_parted);
        put(&mut lexicon.places, &mut self.places, step.place);
    }
}

impl SegmentBuilder {
    /// One that has read nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many briefings it has read: the number that the next one gets.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.lengths.count()
    }

    /// Whether it should be finished before it reads more.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.said.len() > FULL
    }

    /// Reads all texts of a briefing.
    pub fn add(&mut self, briefing: &Briefing) {
        let number = self.count();
        let (mut place, mut words, mut in_title) = (1, 0, 0);
        for (at, text) in texts(briefing, Part::All).enumerate() {
            let folded = fold_key(text);
            let mut say = |word: &str| {
                self.say(word, number, place, at == 0);
                (place, words) = (place + 1, words + 1);
            };
            for (range, is_run) in units(&folded) {
                let unit = folded.get(range).unwrap_or_default();
                if is_run {
                    grams(unit).into_iter().chain([last_char(unit)]).for_each(&mut say);
                } else {
                    say(unit);
                }
            }
            if at == 0 {
                in_title = words;
            }
            place += 1;
            self.said.push(TEXT_END);
        }
        self.said.push(BRIEFING_END);
        self.lengths.all.push(words);
        self.lengths.titles.push(in_title);
    }

    #[inline]
    fn say(&mut self, word: &str, briefing: u32, place: u32, is_title: bool) {
        let number = self.number(word);
        if let Some(word) = self.words.get_mut(number as usize) {
            word.all.measure(briefing, place);
            if is_title {
                word.titles.measure(briefing, place);
            }
            self.said.push(number);
        }
    }

    /// The number of a word, which gets one if it has none.
    #[inline]
    fn number(&mut self, word: &str) -> u32 {
        let (words, text) = (&self.words, self.text.as_bytes());
        let text_of = |number: u32| text.get(words.get(number as usize)?.text.clone());
        let hash = self.hasher.hash_one(word.as_bytes());
        let known = self.numbers.find(hash, |number| text_of(*number) == Some(word.as_bytes()));
        if let Some(number) = known {
            return *number;
        }
        let number = u32::try_from(words.len()).unwrap_or(u32::MAX);
        let rehash = |number: &u32| self.hasher.hash_one(text_of(*number).unwrap_or_default());
        self.numbers.insert_unique(hash, number, rehash);
        let start = self.text.len();
        self.text.push_str(word);
        let text = start..self.text.len();
        self.words.push(Word { text, all: Room::default(), titles: Room::default() });
        number
    }

    /// The words of all that was read.
    #[must_use]
    pub fn finish(mut self) -> Held {
        self.numbers = HashTable::new();
        let order = self.order();
        let all = self.lexicon(&order, Part::All);
        let titles = self.lexicon(&order, Part::Title);
        Held { all, titles, lengths: Arc::new(self.lengths) }
    }

    /// The numbers of all words in the order of their bytes.
    fn order(&self) -> Vec<u32> {
        let text = |word: &Word| self.text.as_bytes().get(word.text.clone()).unwrap_or_default();
        let first = |word: &[u8]| {
            let mut first = [0; 8];
            first.iter_mut().zip(word).for_each(|(slot, byte)| *slot = *byte);
            u64::from_be_bytes(first)
        };
        let mut order: Vec<(u64, &[u8], u32)> = (0..)
            .zip(&self.words)
            .map(|(number, word)| (first(text(word)), text(word), number))
            .collect();
        order.sort_unstable();
        order.into_iter().map(|(_, _, number)| number).collect()
    }

    fn lexicon(&self, order: &[u32], part: Part) -> Lexicon {
        let (mut lexicon, mut rooms) = self.empty(order, part);
        let (mut briefing, mut place, mut is_in) = (0, 1, true);
        for said in &self.said {
            match *said {
                TEXT_END => {
                    place += 1;
                    is_in = part == Part::All;
                }
                BRIEFING_END => (briefing, place, is_in) = (briefing + 1, 1, true),
                word => {
                    if let Some(room) = rooms.get_mut(word as usize).filter(|_| is_in) {
                        room.write(briefing, place, &mut lexicon);
                    }
                    place += 1;
                }
            }
        }
        lexicon
    }

    /// A lexicon with room for all words of a part, and where the room of each word begins.
    fn empty(&self, order: &[u32], part: Part) -> (Lexicon, Vec<Room>) {
        let mut rooms = vec![Room::default(); self.words.len()];
        let (mut text, mut ends, mut end) = (String::new(), Vec::new(), Ends::default());
        for number in order {
            let at = *number as usize;
            let Some((word, room)) = self.words.get(at).zip(rooms.get_mut(at)) else { continue };
            let wanted = if part == Part::All { word.all } else { word.titles };
            if wanted.places == 0 {
                continue;
            }
            *room = Room { briefings: end.briefings, places: end.places, ..Room::default() };
            text.push_str(self.text.get(word.text.clone()).unwrap_or_default());
            end.word = u32::try_from(text.len()).unwrap_or(u32::MAX);
            end.briefings += wanted.briefings;
            end.places += wanted.places;
            ends.push(end);
        }
        let lexicon = Lexicon {
            words: text.into(),
            briefings: vec![0; end.briefings as usize].into(),
            places: vec![0; end.places as usize].into(),
            ends: ends.into(),
        };
        (lexicon, rooms)
    }
}
