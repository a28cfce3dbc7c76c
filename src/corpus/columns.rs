//! Rows of different lengths without a box for each: all values behind one another, and where each
//! row ends.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use roaring::RoaringBitmap;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// Rows of values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
pub(super) struct Runs<T> {
    #[serde(deserialize_with = "exactly")]
    ends: Vec<u32>,
    #[serde(deserialize_with = "exactly")]
    all: Vec<T>,
}

impl<T> Default for Runs<T> {
    fn default() -> Self {
        Self { ends: Vec::new(), all: Vec::new() }
    }
}

impl<T> Runs<T> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// One of them; empty where there is no such row.
    pub fn get(&self, at: usize) -> &[T] {
        let Some(end) = self.ends.get(at) else { return &[] };
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.all.get(start.unwrap_or(0) as usize..*end as usize).unwrap_or_default()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &[T]> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Adds a row.
    pub fn push(&mut self, row: impl IntoIterator<Item = T>) {
        self.all.extend(row);
        self.ends.push(short(self.all.len()));
    }

    /// Room for so many rows of so many values in all.
    pub fn with_capacity(rows: usize, values: usize) -> Self {
        Self { ends: Vec::with_capacity(rows), all: Vec::with_capacity(values) }
    }

    /// How many values there are in all rows.
    pub fn value_count(&self) -> usize {
        self.all.len()
    }

    /// Gives back room that is not needed.
    pub fn shrink(&mut self) {
        self.ends.shrink_to_fit();
        self.all.shrink_to_fit();
    }
}

impl Runs<u32> {
    /// Rows of numbers by what each belongs to, below `rows`, of pairs in which those of one row come
    /// with their numbers rising. A number stands once in a row.
    pub fn gathered(rows: usize, pairs: &[(u32, u32)]) -> Self {
        let mut last = vec![u32::MAX; rows];
        let mut is_new = |row: u32, value: u32| {
            let last = last.get_mut(row as usize);
            last.is_some_and(|last| std::mem::replace(last, value) != value)
        };
        let pairs: Vec<(u32, u32)> =
            pairs.iter().copied().filter(|(row, value)| is_new(*row, *value)).collect();
        let mut ends = vec![0u32; rows];
        for (row, _) in &pairs {
            if let Some(count) = ends.get_mut(*row as usize) {
                *count += 1;
            }
        }
        let mut sum = 0;
        let mut next: Vec<u32> = Vec::with_capacity(rows);
        for end in &mut ends {
            next.push(sum);
            sum += *end;
            *end = sum;
        }
        let mut all = vec![0; pairs.len()];
        for (row, value) in pairs {
            if let Some(next) = next.get_mut(row as usize) {
                if let Some(slot) = all.get_mut(*next as usize) {
                    *slot = value;
                }
                *next += 1;
            }
        }
        Self { ends, all }
    }
}

/// Texts behind one another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Texts {
    #[serde(deserialize_with = "exactly")]
    ends: Vec<u32>,
    all: String,
}

impl Texts {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// One of them; empty where there is no such text.
    pub fn get(&self, at: usize) -> &str {
        let Some(end) = self.ends.get(at) else { return "" };
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.all.get(start.unwrap_or(0) as usize..*end as usize).unwrap_or_default()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Adds one.
    pub fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(short(self.all.len()));
    }

    /// Where a text stands among texts that are sorted.
    pub fn range_of(&self, text: &str) -> std::ops::Range<usize> {
        let from = self.first_where(|other| other >= text);
        from..self.first_where(|other| other > text).max(from)
    }

    fn first_where(&self, holds: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if holds(self.get(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

impl<T: AsRef<str>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut all = Self::default();
        texts.into_iter().for_each(|text| all.push(text.as_ref()));
        all.ends.shrink_to_fit();
        all.all.shrink_to_fit();
        all
    }
}

/// Room is made at once for no more bytes than this, whatever length is said to come.
const MOST_ROOM: usize = 64 << 20;

/// Reads a column into as much room as it takes: serde's own way doubles it as it goes, and leaves up to
/// half of it empty.
pub(super) fn exactly<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Column<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Column<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a column")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Vec<T>, A::Error> {
            let most = MOST_ROOM / size_of::<T>().max(1);
            let mut all = Vec::with_capacity(values.size_hint().unwrap_or(0).min(most));
            while let Some(value) = values.next_element()? {
                all.push(value);
            }
            all.shrink_to_fit();
            Ok(all)
        }
    }

    from.deserialize_seq(Column(PhantomData))
}

/// Reads a set of numbers: roaring's own way wants to borrow its bytes of what they are read from.
pub(super) fn read_set<'de, D: Deserializer<'de>>(from: D) -> Result<RoaringBitmap, D::Error> {
    struct Bytes;

    impl Visitor<'_> for Bytes {
        type Value = RoaringBitmap;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a set of numbers")
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<RoaringBitmap, E> {
            RoaringBitmap::deserialize_from(bytes).map_err(E::custom)
        }
    }

    from.deserialize_byte_buf(Bytes)
}

/// Reads sets by what their numbers have in common.
pub(super) fn read_sets<'de, D, K>(from: D) -> Result<BTreeMap<K, RoaringBitmap>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord,
{
    #[derive(Deserialize)]
    struct Set(#[serde(deserialize_with = "read_set")] RoaringBitmap);

    let sets = BTreeMap::<K, Set>::deserialize(from)?;
    Ok(sets.into_iter().map(|(of, Set(set))| (of, set)).collect())
}

/// Adds a number in as many bytes as it needs: seven bits in each, the lowest first, and a mark where
/// there are more.
pub(super) fn push_number(bytes: &mut Vec<u8>, mut number: u32) {
    while let Some(low) = u8::try_from(number & 0x7F).ok().filter(|_| number > 0x7F) {
        bytes.push(low | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap_or(0));
}

/// A count in four bytes.
pub(super) fn short(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_what_was_put_into_them() {
        let mut runs = Runs::default();
        for row in [&[1, 2][..], &[], &[3]] {
            runs.push(row.iter().copied());
        }
        let rows: Vec<&[i32]> = runs.iter().collect();
        assert_eq!(rows, [&[1, 2][..], &[], &[3]]);
        assert_eq!((runs.get(3), runs.len(), runs.value_count()), (&[][..], 3, 3));
    }

    #[test]
    fn numbers_are_gathered_by_row_each_once() {
        let pairs = [(2, 0), (0, 0), (2, 0), (2, 1), (0, 5), (9, 9)];
        let runs = Runs::gathered(3, &pairs);
        let rows: Vec<&[u32]> = runs.iter().collect();
        assert_eq!(rows, [&[0, 5][..], &[], &[0, 1]]);
    }

    #[test]
    fn sorted_texts_are_found() {
        let texts: Texts = ["a", "b", "b", "d"].into_iter().collect();
        for (text, range) in [("", 0..0), ("a", 0..1), ("b", 1..3), ("c", 3..3), ("e", 4..4)] {
            assert_eq!(texts.range_of(text), range, "{text}");
        }
    }
}
