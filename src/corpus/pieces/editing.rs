//! A list after some of its rows went and others came: what is packed stays so but for the pieces in
//! which something is other.

use std::collections::HashMap;
use std::iter::Peekable;
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use std::vec::IntoIter;

use super::{Piece, Pieces};

/// Rows that go and rows that come.
pub(in crate::corpus) struct Edit<T> {
    /// The numbers of those that go, ascending.
    pub went: Vec<usize>,
    /// Those that come, each before the old row with this number; in order.
    pub came: Vec<(usize, T)>,
}

/// Other numbers of what rows point to.
pub(in crate::corpus) struct Renumbered<T> {
    /// The new ones, by the old ones.
    pub now: Arc<Vec<u32>>,
    /// The row that points to the new one.
    pub apply: fn(T, &[u32]) -> T,
}

impl<T> Edit<T> {
    /// The new number of each of so many rows; `None` of what goes.
    pub fn now(&self, count: usize) -> Vec<Option<u32>> {
        let mut went = self.went.iter().copied().peekable();
        let mut came = self.came.iter().map(|(place, _)| *place).peekable();
        let mut next = 0;
        let now = |at: usize| {
            while came.next_if(|place| *place <= at).is_some() {
                next += 1;
            }
            if went.next_if_eq(&at).is_some() {
                return None;
            }
            next += 1;
            Some(next - 1)
        };
        (0..count).map(now).collect()
    }
}

impl<T> Clone for Renumbered<T> {
    fn clone(&self) -> Self {
        Self { now: Arc::clone(&self.now), apply: self.apply }
    }
}

impl<T> Renumbered<T> {
    pub(super) fn row(&self, row: T) -> T {
        (self.apply)(row, &self.now)
    }

    /// What comes of numbers that were others before.
    fn after(&self, before: Option<&Self>) -> Self {
        let Some(before) = before else { return self.clone() };
        let now = |at: &u32| self.now.get(*at as usize).copied().unwrap_or(*at);
        Self { now: Arc::new(before.now.iter().map(now).collect()), apply: self.apply }
    }
}

/// An edit on its way through the rows.
struct Course<T> {
    went: Peekable<IntoIter<usize>>,
    came: Peekable<IntoIter<(usize, T)>>,
    renumbered: Option<Renumbered<T>>,
}

impl<T: Clone> Course<T> {
    fn row(&self, row: &T) -> T {
        match &self.renumbered {
            Some(renumbered) => renumbered.row(row.clone()),
            None => row.clone(),
        }
    }

    /// What becomes of rows of which the first has this number.
    fn through(&mut self, rows: &[T], start: usize) -> Vec<T> {
        let mut all = Vec::with_capacity(rows.len() + 1);
        for (at, row) in (start..).zip(rows) {
            while let Some((_, new)) = self.came.next_if(|(place, _)| *place <= at) {
                all.push(new);
            }
            if self.went.next_if_eq(&at).is_none() {
                all.push(self.row(row));
            }
        }
        all
    }

    /// Whether something goes or comes among these.
    fn is_in(&mut self, rows: &Range<usize>) -> bool {
        self.went.peek().is_some_and(|at| *at < rows.end)
            || self.came.peek().is_some_and(|(place, _)| *place < rows.end)
    }
}

impl<T: Clone> Pieces<T> {
    /// The list after an edit, with what its rows point to renumbered. `is_marked` as of
    /// [`Pieces::packed`]. `None` where a piece that is to be changed cannot be unpacked.
    pub(in crate::corpus) fn edited(
        &self,
        edit: Edit<T>,
        renumbered: Option<&Renumbered<T>>,
        is_marked: impl Fn(&T) -> bool,
    ) -> Option<Self> {
        let mut course = Course {
            went: edit.went.into_iter().peekable(),
            came: edit.came.into_iter().peekable(),
            renumbered: renumbered.cloned(),
        };
        let Some(packed) = &self.packed else {
            let mut all = course.through(&self.whole, 0);
            all.extend(course.came.map(|(_, new)| new));
            return Some(all.into());
        };
        let held = |rows: Vec<T>| Piece {
            bytes: None,
            is_marked: rows.iter().any(&is_marked),
            rows: OnceLock::from(Arc::new(rows)),
        };
        let (mut starts, mut count, mut pieces) = (vec![0], 0, Vec::new());
        let mut add = |piece: Piece<T>, rows: usize| {
            if rows > 0 {
                count += rows;
                starts.push(count);
                pieces.push(piece);
            }
        };
        for (number, (piece, rows)) in packed.each_piece().enumerate() {
            if course.is_in(&rows) {
                let unpacked = packed.rows(number);
                if unpacked.len() != rows.len() {
                    return None;
                }
                let rows = course.through(unpacked, rows.start);
                let count = rows.len();
                add(held(rows), count);
                continue;
            }
            let count = rows.len();
            match (&piece.bytes, renumbered) {
                (_, None) => add(piece.clone(), count),
                (Some(bytes), _) => add(piece.packed(bytes.clone()), count),
                (None, _) => add(held(course.through(packed.rows(number), rows.start)), count),
            }
        }
        let rest: Vec<T> = course.came.map(|(_, new)| new).collect();
        let count = rest.len();
        add(held(rest), count);
        let before = packed.renumbered.as_ref();
        let renumbered = renumbered.map(|now| now.after(before)).or_else(|| before.cloned());
        Some(packed.with(starts, pieces, renumbered).into())
    }

    /// Changes one row; see [`Pieces::edited`].
    pub(in crate::corpus) fn change(
        &mut self,
        at: usize,
        change: impl FnOnce(&mut T),
        is_marked: impl Fn(&T) -> bool,
    ) {
        if self.packed.is_none() {
            return self.whole.get_mut(at).map_or((), change);
        }
        let Some(mut row) = self.get(at).cloned() else { return };
        change(&mut row);
        let edit = Edit { went: vec![at], came: vec![(at, row)] };
        if let Some(edited) = self.edited(edit, None, is_marked) {
            *self = edited;
        }
    }
}

impl<T> Pieces<T> {
    /// Where two lists may differ, in ranges of their rows: all others are the same bytes, but for what
    /// they point to. Nothing is unpacked.
    pub(in crate::corpus) fn apart(&self, other: &Self) -> Vec<(Range<usize>, Range<usize>)> {
        let is_same = |(one, other): (&Arc<_>, &Arc<_>)| Arc::ptr_eq(one, other);
        let both = self.packed.as_ref().zip(other.packed.as_ref());
        let Some((one, two)) = both.filter(|(one, two)| is_same((&one.bytes, &two.bytes))) else {
            return vec![(0..self.len(), 0..other.len())];
        };
        let begin = |piece: &Piece<T>| piece.bytes.as_ref().map(|bytes| bytes.start);
        let places: HashMap<usize, usize> = two
            .each_piece()
            .filter_map(|(piece, rows)| Some((begin(piece)?, rows.start)))
            .collect();
        let mut apart = Vec::new();
        let (mut behind, mut behind_other) = (0, 0);
        let ends = (self.len()..self.len(), other.len());
        let same = one.each_piece().filter_map(|(piece, rows)| {
            let place = *places.get(&begin(piece)?)?;
            Some((rows, place))
        });
        for (rows, place) in same.chain([ends]) {
            if behind < rows.start || behind_other < place {
                apart.push((behind..rows.start, behind_other..place));
            }
            (behind, behind_other) = (rows.end, place + rows.len());
        }
        apart
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn packed(rows: &[u8]) -> Pieces<u8> {
        let pieces = rows.chunks(3).map(|rows| (rows.len(), rows.contains(&7)));
        let unpack = |bytes: &[u8]| Some(bytes.to_vec());
        Pieces::packed((rows.len(), 3), rows.to_vec(), pieces, Box::new(unpack)).unwrap()
    }

    /// For each row whether it goes, and what comes before it; what comes behind all.
    type Step = (Vec<(bool, Vec<u8>)>, Vec<u8>);

    fn step() -> impl Strategy<Value = Step> {
        let came = || proptest::collection::vec(0..9u8, 0..2);
        let row = (proptest::bool::weighted(0.1), came());
        (proptest::collection::vec(row, 20), came())
    }

    fn edit_of((rows, behind): &Step, count: usize) -> Edit<u8> {
        let rows = || (0..).zip(rows).take(count);
        let came = rows().flat_map(|(at, (_, came))| came.iter().map(move |new| (at, *new)));
        Edit {
            went: rows().filter(|(_, (goes, _))| *goes).map(|(at, _)| at).collect(),
            came: came.chain(behind.iter().map(|new| (count, *new))).collect(),
        }
    }

    #[test]
    fn what_was_unpacked_before_an_edit_is_packed_again_after_it() {
        let all = packed(&[0; 30]);
        assert!((0..15).all(|at| all.get(at).is_some()));
        let edit = Edit { went: vec![29], came: Vec::new() };
        let after = all.edited(edit, None, |_| false).unwrap();
        let again = after.repacked(4).unwrap();
        assert_eq!((again.len(), again.repacked(0).is_none()), (29, true));
    }

    proptest! {
        #[test]
        fn what_is_packed_is_edited_as_what_is_whole(
            rows in proptest::collection::vec(0..9u8, 0..20),
            steps in proptest::collection::vec((step(), any::<bool>()), 0..4),
        ) {
            let mut one = packed(&rows);
            let mut other: Pieces<u8> = rows.into();
            let now: Vec<u32> = (0..9).map(|row| (row * 7 + 1) % 9).collect();
            let apply = |row: u8, now: &[u32]| u8::try_from(now[usize::from(row)]).unwrap();
            let renumbered = Renumbered { now: Arc::new(now), apply };
            let mut has_marks = true;
            for (step, is_renumbered) in steps {
                has_marks &= !is_renumbered;
                let renumbered = is_renumbered.then_some(&renumbered);
                let edit = || edit_of(&step, other.len());
                let now = edit().now(other.len());
                let after = one.edited(edit(), renumbered, |row| *row == 7).unwrap();
                let expected = other.edited(edit(), renumbered, |row| *row == 7).unwrap();
                for (was, now) in other.iter().zip(now) {
                    let is = now.map(|now| expected.get(now as usize).copied().unwrap());
                    let stays = renumbered.map_or(*was, |it| it.row(*was));
                    prop_assert!(is.is_none_or(|is| is == stays));
                }
                let (mut behind, mut behind_after) = (0, 0);
                let ends = (one.len()..one.len(), after.len()..after.len());
                for (was, is) in one.apart(&after).into_iter().chain([ends]) {
                    prop_assert_eq!(was.start - behind, is.start - behind_after);
                    for (was, is) in (behind..was.start).zip(behind_after..is.start) {
                        let stays = renumbered.map_or(one.get(was).copied(), |it| one.get(was).map(|row| it.row(*row)));
                        prop_assert_eq!(stays, after.get(is).copied());
                    }
                    (behind, behind_after) = (was.end, is.end);
                }
                one = after.repacked(0).unwrap_or(after);
                other = expected;
                prop_assert_eq!(one.len(), other.len());
                prop_assert!(one.iter().eq(other.iter()));
                prop_assert!((0..21).all(|at| one.passing().get(at) == other.get(at)));
                if has_marks {
                    let marked: Vec<usize> = one.marked().map(|(at, _)| at).collect();
                    let sevens = (0..).zip(&other).filter(|(_, row)| **row == 7);
                    prop_assert!(sevens.into_iter().all(|(at, _)| marked.contains(&at)));
                }
            }
        }
    }
}
