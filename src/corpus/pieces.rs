//! A list in pieces that are unpacked as they are asked for: what nobody looks at stays as small as it
//! was kept.

mod editing;

use std::fmt::{Debug, Formatter, Result};
use std::iter::once;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

pub(super) use editing::{Edit, Renumbered};

/// Rows in pieces, or whole. A clone of what is packed costs nothing.
#[derive(Clone)]
pub struct Pieces<T> {
    /// What is whole; nothing where it is packed.
    whole: Vec<T>,
    packed: Option<Arc<Packed<T>>>,
}

struct Packed<T> {
    /// Rows of each piece but the last, before any went or came.
    size: usize,
    /// The first row of each piece, and the number of all at the end.
    starts: Vec<usize>,
    bytes: Arc<Vec<u8>>,
    pieces: Vec<Piece<T>>,
    /// How many of them were unpacked.
    unpacked: AtomicUsize,
    unpack: Arc<Unpack<T>>,
    renumbered: Option<Renumbered<T>>,
}

struct Piece<T> {
    /// Its bytes; `None` where its rows are others by now.
    bytes: Option<Range<usize>>,
    is_marked: bool,
    rows: OnceLock<Arc<Vec<T>>>,
}

/// Makes the rows of a piece; `None` where its bytes are not those of one.
pub(super) type Unpack<T> = Box<dyn Fn(&[u8]) -> Option<Vec<T>> + Send + Sync>;

impl<T> Pieces<T> {
    /// Of `count` rows, `size` in each piece but the last. For each piece: how many of the bytes are its
    /// own, and whether it has a row that [`Pieces::marked`] is to give. `None` where these do not agree.
    pub(super) fn packed(
        (count, size): (usize, usize),
        bytes: Vec<u8>,
        pieces: impl IntoIterator<Item = (usize, bool)>,
        unpack: Unpack<T>,
    ) -> Option<Self> {
        let mut end = 0;
        let piece = |(length, is_marked): (usize, bool)| {
            let start = end;
            end += length;
            Piece { bytes: Some(start..end), is_marked, rows: OnceLock::new() }
        };
        let pieces: Vec<Piece<T>> = pieces.into_iter().map(piece).collect();
        if end != bytes.len() || size == 0 || pieces.len() != count.div_ceil(size) {
            return None;
        }
        let starts = (0..pieces.len()).map(|piece| piece * size).chain([count]).collect();
        let packed = Packed {
            size,
            starts,
            bytes: Arc::new(bytes),
            pieces,
            unpacked: AtomicUsize::new(0),
            unpack: Arc::new(unpack),
            renumbered: None,
        };
        Some(packed.into())
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.packed.as_ref().map_or(self.whole.len(), |packed| packed.count())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of them; `None` where there is no such row.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&T> {
        let Some(packed) = &self.packed else { return self.whole.get(at) };
        let (piece, row) = packed.place_of(at)?;
        packed.rows(piece).get(row)
    }

    /// All of them in their order.
    #[must_use]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { of: self, left: 0..self.len() }
    }

    /// Those that are marked, with their places, and perhaps others: no piece is unpacked that has none.
    pub fn marked(&self) -> impl Iterator<Item = (usize, &T)> {
        let of_pieces = self.packed.iter().flat_map(|packed| packed.each_piece());
        let of_pieces = of_pieces.filter(|(piece, _)| piece.is_marked).map(|(_, rows)| rows);
        let all = of_pieces.chain(once(0..self.whole.len())).flatten();
        all.filter_map(|at| Some((at, self.get(at)?)))
    }

    /// The same list with nothing unpacked, where more pieces of this one are than so many. Who went
    /// through all of it may do so again: then it stays as it is.
    pub(super) fn repacked(&self, most: usize) -> Option<Self> {
        let packed = self.packed.as_ref()?;
        let unpacked = packed.unpacked.load(Ordering::Relaxed);
        if unpacked <= most || unpacked >= packed.pieces.len() {
            return None;
        }
        let again = |piece: &Piece<T>| match &piece.bytes {
            Some(bytes) => piece.packed(bytes.clone()),
            None => piece.clone(),
        };
        let pieces = packed.pieces.iter().map(again).collect();
        Some(packed.with(packed.starts.clone(), pieces, packed.renumbered.clone()).into())
    }

    /// Looks at rows in passing.
    pub(super) fn passing(&self) -> Passing<'_, T> {
        Passing { of: self, piece: None, rows: Vec::new() }
    }

    /// The first of rows in order for which this holds, as it does for all behind it.
    pub(super) fn partition_point(&self, is_before: impl Fn(&T) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.get(middle).is_some_and(&is_before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

impl<T: Clone> Pieces<T> {
    /// All of them, to be changed.
    pub fn whole_mut(&mut self) -> &mut Vec<T> {
        if self.packed.is_some() {
            self.whole = self.iter().cloned().collect();
            self.packed = None;
        }
        &mut self.whole
    }
}

impl<T> Packed<T> {
    fn count(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// In which piece a row stands, and where in that.
    fn place_of(&self, at: usize) -> Option<(usize, usize)> {
        let holds = |piece: usize| match self.starts.get(piece..piece + 2) {
            Some(&[start, end]) if (start..end).contains(&at) => Some((piece, at - start)),
            _ => None,
        };
        // Where nothing went or came, this is it.
        let near = at / self.size;
        holds(near)
            .or_else(|| holds(self.starts.partition_point(|start| *start <= at).checked_sub(1)?))
    }

    /// All pieces, each with the numbers of its rows.
    fn each_piece(&self) -> impl Iterator<Item = (&Piece<T>, Range<usize>)> {
        let ends = self.starts.iter().skip(1);
        let rows = self.starts.iter().zip(ends).map(|(start, end)| *start..*end);
        self.pieces.iter().zip(rows)
    }

    /// Another list of the same bytes.
    fn with(
        &self,
        starts: Vec<usize>,
        pieces: Vec<Piece<T>>,
        renumbered: Option<Renumbered<T>>,
    ) -> Self {
        let unpacked = pieces.iter().filter(|piece| piece.is_unpacked()).count();
        Self {
            size: self.size,
            starts,
            bytes: Arc::clone(&self.bytes),
            pieces,
            unpacked: AtomicUsize::new(unpacked),
            unpack: Arc::clone(&self.unpack),
            renumbered,
        }
    }

    fn rows(&self, piece: usize) -> &[T] {
        let Some(known) = self.pieces.get(piece) else { return &[] };
        known.rows.get_or_init(|| {
            self.unpacked.fetch_add(1, Ordering::Relaxed);
            Arc::new(self.unpacked(known))
        })
    }

    fn unpacked(&self, piece: &Piece<T>) -> Vec<T> {
        let bytes = piece.bytes.as_ref().and_then(|bytes| self.bytes.get(bytes.clone()));
        let rows = (self.unpack)(bytes.unwrap_or_default()).unwrap_or_default();
        match &self.renumbered {
            Some(renumbered) => rows.into_iter().map(|row| renumbered.row(row)).collect(),
            None => rows,
        }
    }
}

impl<T> Piece<T> {
    /// Whether it could be packed again.
    fn is_unpacked(&self) -> bool {
        self.bytes.is_some() && self.rows.get().is_some()
    }

    /// The same with nothing unpacked.
    fn packed(&self, bytes: Range<usize>) -> Self {
        Self { bytes: Some(bytes), is_marked: self.is_marked, rows: OnceLock::new() }
    }
}

impl<T> Clone for Piece<T> {
    fn clone(&self) -> Self {
        Self { bytes: self.bytes.clone(), is_marked: self.is_marked, rows: self.rows.clone() }
    }
}

impl<T> From<Packed<T>> for Pieces<T> {
    fn from(packed: Packed<T>) -> Self {
        Self { whole: Vec::new(), packed: Some(Arc::new(packed)) }
    }
}

/// Gives rows of which nobody needs to be kept: it holds the piece of the last.
pub(super) struct Passing<'a, T> {
    of: &'a Pieces<T>,
    piece: Option<usize>,
    rows: Vec<T>,
}

impl<T> Passing<'_, T> {
    /// One row, as [`Pieces::get`].
    pub fn get(&mut self, at: usize) -> Option<&T> {
        let Some(packed) = &self.of.packed else { return self.of.get(at) };
        let (number, row) = packed.place_of(at)?;
        let piece = packed.pieces.get(number)?;
        if let Some(rows) = piece.rows.get() {
            return rows.get(row);
        }
        if self.piece.replace(number) != Some(number) {
            self.rows = packed.unpacked(piece);
        }
        self.rows.get(row)
    }
}

impl<T> Default for Pieces<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T> From<Vec<T>> for Pieces<T> {
    fn from(rows: Vec<T>) -> Self {
        Self { whole: rows, packed: None }
    }
}

impl<T> FromIterator<T> for Pieces<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        rows.into_iter().collect::<Vec<T>>().into()
    }
}

impl<T: Debug> Debug for Pieces<T> {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        to.debug_list().entries(self.iter()).finish()
    }
}

/// The rows of a list.
#[derive(Debug)]
pub struct Iter<'a, T> {
    of: &'a Pieces<T>,
    left: Range<usize>,
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        self.left.next().and_then(|at| self.of.get(at))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }
}

impl<T> ExactSizeIterator for Iter<'_, T> {}

impl<'a, T> IntoIterator for &'a Pieces<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// A list, and how often a piece of it was unpacked.
    fn seven_in_three_pieces() -> (Pieces<u8>, impl Fn() -> usize) {
        let unpacked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&unpacked);
        let unpack = move |bytes: &[u8]| {
            count.fetch_add(1, Ordering::Relaxed);
            Some(bytes.to_vec())
        };
        let pieces = [(3, false), (3, true), (1, false)];
        let all = Pieces::packed((7, 3), (0..7).collect(), pieces, Box::new(unpack)).unwrap();
        (all, move || unpacked.load(Ordering::Relaxed))
    }

    #[test]
    fn a_piece_is_unpacked_when_it_is_asked_for_and_once() {
        let (mut all, count) = seven_in_three_pieces();
        assert_eq!((all.len(), all.get(7), count()), (7, None, 0));
        assert_eq!((all.get(6), all.get(6), count()), (Some(&6), Some(&6), 1));
        assert_eq!(all.marked().collect::<Vec<_>>(), [(3, &3), (4, &4), (5, &5)]);
        assert_eq!(count(), 2);
        assert_eq!(all.clone().iter().copied().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!((all.partition_point(|row| *row < 5), count()), (5, 3));
        assert!(all.repacked(2).is_none(), "who went through all of it may do so again");
        all.whole_mut().push(7);
        assert_eq!((all.len(), all.iter().len(), all.get(7)), (8, 8, Some(&7)));
    }

    #[test]
    fn what_was_passed_is_packed_again_and_rows_looked_at_in_passing_are_not_kept() {
        let (all, count) = seven_in_three_pieces();
        let mut passing = all.passing();
        assert_eq!(
            [0, 1, 2, 6, 7].map(|at| passing.get(at).copied()),
            [Some(0), Some(1), Some(2), Some(6), None]
        );
        assert_eq!((count(), all.repacked(0).is_none()), (2, true));
        assert_eq!((all.get(0), all.get(3), count()), (Some(&0), Some(&3), 4));
        assert_eq!((all.passing().get(4), count()), (Some(&4), 4));
        assert!(all.repacked(2).is_none());
        let again = all.repacked(1).unwrap();
        assert_eq!(again.marked().map(|(at, _)| at).collect::<Vec<_>>(), [3, 4, 5]);
        assert_eq!((again.len(), again.get(6), count()), (7, Some(&6), 6));
    }

    #[test]
    fn bytes_that_do_not_fit_are_no_list() {
        let all = |count, pieces: &[(usize, bool)]| {
            let unpack = |bytes: &[u8]| Some(bytes.to_vec());
            let pieces = pieces.iter().copied();
            Pieces::packed((count, 2), vec![0; 3], pieces, Box::new(unpack)).is_some()
        };
        assert!(all(3, &[(2, false), (1, false)]));
        assert!(!all(5, &[(2, false), (1, false)]) && !all(3, &[(2, false), (2, false)]));
    }
}
