//! What has happened, or what is to come: stretches of the rows of all stories, and rows of its own
//! where a day parts what would stand together.

use std::ops::Range;

use super::super::row::{EventRow, Lane, Row};
use super::base::Base;
use super::machine::{LOOKED_AT, Machine, State};
use super::plans::Split;

/// Rows behind one another.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pieces: Vec<(usize, Piece)>,
    len: usize,
}

#[derive(Clone, Debug)]
enum Piece {
    /// Rows of the base.
    Base(Range<u32>),
    Own(Vec<Row>),
}

/// Reads rows of a base, those near one another at once.
pub(super) struct Reader<'a> {
    machine: Machine<'a>,
    base: &'a Base,
    start: u32,
    held: Vec<Row>,
}

impl<'a> Reader<'a> {
    pub fn new(machine: Machine<'a>, base: &'a Base) -> Self {
        Self { machine, base, start: 0, held: Vec::new() }
    }

    fn row(&mut self, at: u32) -> Option<Row> {
        let is_held = |one: &Self| at >= one.start && ((at - one.start) as usize) < one.held.len();
        if !is_held(self) {
            self.start = self.base.around(self.machine, at, &mut self.held);
        }
        self.held.get(at.checked_sub(self.start)? as usize).copied()
    }
}

impl Section {
    /// All stories, of which none is to come.
    pub fn of_all(base: &Base) -> Self {
        let mut all = Self::default();
        all.push(Piece::Base(0..base.row_count()));
        all
    }

    /// What has happened and what is to come.
    pub fn parted(base: &Base, machine: Machine<'_>, split: &Split) -> (Self, Self) {
        let (happened, state) = Self::happened(base, machine, split);
        (happened, Self::to_come(base, machine, split, state.below_divider()))
    }

    /// The stories before the split without those that are late. Rows are those of the base but near
    /// what is left out.
    fn happened(base: &Base, machine: Machine<'_>, split: &Split) -> (Self, State) {
        let Split { at: end, late } = split;
        let mut all = Self::default();
        let mut state = State::default();
        let (mut at, mut left) = (0, late.as_slice());
        let next = |left: &[u32]| left.first().copied().unwrap_or(*end);
        while at < *end {
            let looked_at = u32::try_from(LOOKED_AT).unwrap_or(0);
            let same_until = next(left).saturating_sub(looked_at).max(at);
            let above = base.before(machine, at).1;
            let (before, rows) = base.before(machine, same_until);
            all.push(Piece::Base(above..rows));
            let (mut in_base, mut own) = (before, Vec::new());
            (state, at) = (before, same_until);
            while at < *end {
                if left.first() == Some(&at) {
                    left = left.get(1..).unwrap_or_default();
                } else {
                    let mut behind =
                        (at + 1..*end).filter(|other| left.binary_search(other).is_err());
                    machine.step(&mut state, at, &mut behind, &mut |row| own.push(row));
                }
                base.step(machine, &mut in_base, at, &mut |_| ());
                at += 1;
                if state == in_base && at + looked_at <= next(left) {
                    break;
                }
            }
            all.push(Piece::Own(own));
        }
        (all, state)
    }

    /// The late ones, then the stories from the split on.
    fn to_come(base: &Base, machine: Machine<'_>, split: &Split, mut state: State) -> Self {
        let Split { at: start, late } = split;
        let count = base.story_count();
        let mut own = Vec::new();
        for (place, number) in late.iter().enumerate() {
            let others = late.get(place + 1..).unwrap_or_default();
            let mut behind = others.iter().copied().chain(*start..count);
            machine.step(&mut state, *number, &mut behind, &mut |row| own.push(row));
        }
        let mut in_base = base.before(machine, *start).0;
        let mut at = *start;
        while at < count && state != in_base {
            base.step(machine, &mut state, at, &mut |row| own.push(row));
            base.step(machine, &mut in_base, at, &mut |_| ());
            at += 1;
        }
        let mut all = Self::default();
        all.push(Piece::Own(own));
        all.push(Piece::Base(base.before(machine, at).1..base.row_count()));
        all
    }

    fn push(&mut self, piece: Piece) {
        let count = match &piece {
            Piece::Base(rows) => (rows.end.saturating_sub(rows.start)) as usize,
            Piece::Own(rows) => rows.len(),
        };
        if count > 0 {
            self.pieces.push((self.len, piece));
            self.len += count;
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// A row, with the oldest first.
    fn forward(&self, reader: &mut Reader<'_>, at: usize) -> Option<Row> {
        let piece = self.pieces.partition_point(|(start, _)| *start <= at).checked_sub(1)?;
        let (start, piece) = self.pieces.get(piece)?;
        match piece {
            Piece::Own(rows) => rows.get(at - start).copied(),
            Piece::Base(rows) => {
                let row = rows.start.checked_add(u32::try_from(at - start).ok()?)?;
                if row < rows.end { reader.row(row) } else { None }
            }
        }
    }

    /// A row, with the newest first where it is turned: groups and the rows in them turned round,
    /// brackets upside down, a gap still between what it parts.
    pub fn row(&self, reader: &mut Reader<'_>, at: usize, is_turned: bool) -> Option<Row> {
        if !is_turned {
            return self.forward(reader, at);
        }
        let group = self.group(reader, self.len.checked_sub(at + 1)?);
        let place = at - (self.len - group.rows.end);
        if group.has_gap && place == 0 {
            return self.forward(reader, group.rows.end - 1);
        }
        if group.has_heading && place == usize::from(group.has_gap) {
            return self.forward(reader, group.rows.start);
        }
        let from_last = place - usize::from(group.has_gap) - usize::from(group.has_heading);
        let last = group.rows.end - 1 - usize::from(group.has_gap);
        self.forward(reader, last - from_last).map(upside_down)
    }

    /// The row of a story's event.
    pub fn row_of(&self, reader: &mut Reader<'_>, story: u32, is_turned: bool) -> Option<usize> {
        let is_it = |row: &Row| matches!(row, Row::Event(EventRow { story: Some(number), .. }) if *number == story as usize);
        let in_base = reader.base.row_of(reader.machine, story);
        let at = self.pieces.iter().find_map(|(start, piece)| match piece {
            Piece::Own(rows) => Some(start + rows.iter().position(is_it)?),
            Piece::Base(rows) => {
                let at = in_base.filter(|at| rows.contains(at))?;
                Some(start + (at - rows.start) as usize)
            }
        })?;
        if !is_turned {
            return Some(at);
        }
        let group = self.group(reader, at);
        let above = usize::from(group.has_gap) + usize::from(group.has_heading);
        let last = group.rows.end - 1 - usize::from(group.has_gap);
        Some(self.len - group.rows.end + above + (last - at))
    }

    /// The rows under one heading.
    fn group(&self, reader: &mut Reader<'_>, at: usize) -> Group {
        let headings = reader.base.headings();
        let start = self.pieces.iter().rev().filter(|(start, _)| *start <= at);
        let start = start.into_iter().find_map(|(start, piece)| match piece {
            Piece::Own(rows) => {
                let rows = rows.get(..=(at - start).min(rows.len() - 1))?;
                Some(start + rows.iter().rposition(is_heading)?)
            }
            Piece::Base(rows) => {
                let last = (rows.start + u32::try_from(at - start).ok()?).min(rows.end - 1);
                let before = headings.partition_point(|row| *row <= last).checked_sub(1)?;
                let row = headings.get(before).filter(|row| **row >= rows.start)?;
                Some(start + (row - rows.start) as usize)
            }
        });
        let end = self.pieces.iter().find_map(|(start, piece)| match piece {
            Piece::Own(rows) => {
                let from = (at + 1).saturating_sub(*start);
                let found = rows.get(from..)?.iter().position(is_heading)?;
                Some(start + from + found)
            }
            Piece::Base(rows) => {
                let from = rows.start + u32::try_from((at + 1).saturating_sub(*start)).ok()?;
                let next = headings.partition_point(|row| *row < from);
                let row = headings.get(next).filter(|row| **row < rows.end)?;
                Some(start + (row - rows.start) as usize)
            }
        });
        let rows = start.unwrap_or(0)..end.unwrap_or(self.len);
        let has_gap = matches!(self.forward(reader, rows.end - 1), Some(Row::Gap(..)));
        let has_heading = self.forward(reader, rows.start).as_ref().is_some_and(is_heading);
        Group { rows, has_gap, has_heading }
    }
}

/// Rows under one heading, which may lack it, and end with a gap.
struct Group {
    rows: Range<usize>,
    has_gap: bool,
    has_heading: bool,
}

fn is_heading(row: &Row) -> bool {
    matches!(row, Row::Heading(_))
}

pub(super) fn upside_down(row: Row) -> Row {
    let turn = |row: EventRow| match row.lane {
        Lane::Opens => EventRow { lane: Lane::Closes, ..row },
        Lane::Closes => EventRow { lane: Lane::Opens, ..row },
        Lane::Free | Lane::Within | Lane::Spans | Lane::Onward => row,
    };
    match row {
        Row::Event(row) => Row::Event(turn(row)),
        Row::End(row) => Row::End(turn(row)),
        other => other,
    }
}
