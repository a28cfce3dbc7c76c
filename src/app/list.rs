//! The cursor of any list: where it is, which row is the first in view, how it moves.

/// A cursor over rows of which some (headings) cannot be stood on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListCursor {
    /// Row under the cursor, from 0. Means nothing in an empty list.
    pub at: usize,
    /// First row in view.
    pub top: usize,
}

/// How a cursor moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// So many rows down, or up where negative; headings are passed over.
    By(isize),
    /// To the n-th row that can be stood on, from 1.
    To(usize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

/// Rows kept in view above and below the cursor where there is room.
const MARGIN: usize = 2;

impl ListCursor {
    /// Moves over `count` rows; stands still where there is no row to stand on.
    pub fn go(&mut self, motion: Motion, count: usize, stands: impl Fn(usize) -> bool) {
        let mut rows = (0..count).filter(|row| stands(*row));
        let target = match motion {
            Motion::First => rows.next(),
            Motion::Last => rows.next_back(),
            Motion::To(n) => rows.clone().nth(n.max(1) - 1).or_else(|| rows.next_back()),
            Motion::By(delta) if delta >= 0 => {
                let ahead = (self.at + 1..count).filter(|row| stands(*row));
                ahead.take(delta.unsigned_abs()).last()
            }
            Motion::By(delta) => {
                let behind = (0..self.at.min(count)).rev().filter(|row| stands(*row));
                behind.take(delta.unsigned_abs()).last()
            }
        };
        self.at = target.unwrap_or(self.at).min(count.saturating_sub(1));
    }

    /// Puts the cursor on a row that can be stood on: its own, else the next, else the one before.
    pub fn settle(&mut self, count: usize, stands: impl Fn(usize) -> bool) {
        let next = (self.at..count).find(|row| stands(*row));
        self.at =
            next.or_else(|| (0..self.at.min(count)).rev().find(|row| stands(*row))).unwrap_or(0);
    }

    /// Stands on a row that has moved, at the height above which `above` rows were in view: as far
    /// as there are rows, nothing moves on the screen.
    pub fn stay(&mut self, at: usize, above: usize, count: usize, height: usize) {
        let above = above.min(height.saturating_sub(1));
        self.at = at;
        self.top = at.saturating_sub(above).min(count.saturating_sub(height));
    }

    /// Scrolls so that the cursor is among `height` rows in view, with the heading right above it
    /// where there is one, and no further than needed.
    pub fn keep_in_view(&mut self, count: usize, height: usize, stands: impl Fn(usize) -> bool) {
        let margin = MARGIN.min(height.saturating_sub(1) / 2);
        let highest = self.at.saturating_sub(margin);
        let lowest = (self.at + margin + 1).saturating_sub(height);
        self.top = self.top.min(highest).max(lowest).min(count.saturating_sub(height));
        if height > 1
            && self.top == self.at
            && self.top.checked_sub(1).is_some_and(|above| !stands(above))
        {
            self.top -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A heading every fourth row, beginning with row 0.
    fn stands(row: usize) -> bool {
        !row.is_multiple_of(4)
    }

    #[test]
    fn headings_are_passed_over() {
        let cases = [
            (1, Motion::By(1), 2),
            (3, Motion::By(1), 5),
            (5, Motion::By(-1), 3),
            (1, Motion::By(-1), 1),
            (1, Motion::By(0), 1),
            (1, Motion::By(100), 11),
            (9, Motion::First, 1),
            (1, Motion::Last, 11),
            (1, Motion::To(4), 5),
            (1, Motion::To(99), 11),
        ];
        for (from, motion, to) in cases {
            let mut cursor = ListCursor { at: from, top: 0 };
            cursor.go(motion, 12, stands);
            assert_eq!(cursor.at, to, "{motion:?} from {from}");
        }
    }

    #[test]
    fn the_cursor_is_always_in_view_and_no_room_is_wasted() {
        for count in 0..30 {
            for height in 1..12 {
                for at in 0..count {
                    let mut cursor = ListCursor { at, top: 29 };
                    cursor.keep_in_view(count, height, stands);
                    assert!(cursor.top <= at && at < cursor.top + height);
                    assert!(cursor.top + height <= count.max(height));
                }
            }
        }
    }

    #[test]
    fn a_row_that_moved_stays_at_its_height_while_there_are_rows() {
        let cases = [
            ((20, 3, 40, 10), (20, 17)),
            ((20, 9, 40, 10), (20, 11)),
            ((1, 3, 40, 10), (1, 0)),
            ((39, 3, 40, 10), (39, 30)),
            ((20, 30, 40, 10), (20, 11)),
            ((2, 1, 3, 10), (2, 0)),
        ];
        for ((at, above, count, height), expected) in cases {
            let mut cursor = ListCursor::default();
            cursor.stay(at, above, count, height);
            assert_eq!((cursor.at, cursor.top), expected, "{at} {above}");
        }
    }

    #[test]
    fn an_empty_list_is_no_trouble() {
        let mut cursor = ListCursor { at: 7, top: 3 };
        for motion in [Motion::By(1), Motion::By(-1), Motion::First, Motion::Last, Motion::To(1)] {
            cursor.go(motion, 0, |_| true);
        }
        cursor.settle(0, |_| true);
        cursor.keep_in_view(0, 5, |_| true);
        assert_eq!(cursor, ListCursor { at: 0, top: 0 });
    }
}
