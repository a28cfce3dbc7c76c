//! All stories as one row of rows, without keeping the rows: how many there are before every so many
//! stories, and what the state is there, so that any of them can be made at once.

use super::super::row::Row;
use super::machine::{Machine, State};

/// Stories from one mark to the next: making a row costs half as many.
const STEP: u32 = 64;

/// The rows of all stories of a timeline at one zoom, as if none were still to come.
#[derive(Clone, Debug, Default)]
pub(super) struct Base {
    stories: u32,
    rows: u32,
    /// State and number of rows before every [`STEP`]th story.
    marks: Vec<(State, u32)>,
    /// The rows that are headings.
    headings: Vec<u32>,
}

impl Base {
    /// Goes through all stories once.
    pub fn of(machine: Machine<'_>) -> Self {
        let stories = u32::try_from(machine.stories.len()).unwrap_or(u32::MAX);
        let mut base = Self { stories, ..Self::default() };
        base.marks.reserve_exact((stories / STEP + 1) as usize);
        let mut state = State::default();
        for number in 0..stories {
            if number % STEP == 0 {
                base.marks.push((state, base.rows));
            }
            let (rows, headings) = (&mut base.rows, &mut base.headings);
            machine.step(&mut state, number, &mut (number + 1..stories), &mut |row| {
                if matches!(row, Row::Heading(_)) {
                    headings.push(*rows);
                }
                *rows += 1;
            });
        }
        base
    }

    /// How many stories there are.
    pub fn story_count(&self) -> u32 {
        self.stories
    }

    /// How many rows there are.
    pub fn row_count(&self) -> u32 {
        self.rows
    }

    /// The rows that are headings, ascending.
    pub fn headings(&self) -> &[u32] {
        &self.headings
    }

    /// The state before a story, and the number of rows above.
    pub fn before(&self, machine: Machine<'_>, story: u32) -> (State, u32) {
        let last = u32::try_from(self.marks.len()).unwrap_or(0).saturating_sub(1);
        let mark = (story / STEP).min(last);
        let (mut state, mut rows) = self.marks.get(mark as usize).copied().unwrap_or_default();
        for number in mark * STEP..story.min(self.stories) {
            self.step(machine, &mut state, number, &mut |_| rows += 1);
        }
        (state, rows)
    }

    /// The rows of a story.
    pub fn step(
        &self,
        machine: Machine<'_>,
        state: &mut State,
        number: u32,
        emit: &mut dyn FnMut(Row),
    ) {
        machine.step(state, number, &mut (number + 1..self.stories), emit);
    }

    /// The rows around one: where they begin, and all up to the next mark.
    pub fn around(&self, machine: Machine<'_>, row: u32, rows: &mut Vec<Row>) -> u32 {
        rows.clear();
        let mark = self.marks.partition_point(|(_, rows)| *rows <= row).saturating_sub(1);
        let (mut state, start) = self.marks.get(mark).copied().unwrap_or_default();
        let first = u32::try_from(mark).unwrap_or(0) * STEP;
        for number in first..(first + STEP).min(self.stories) {
            self.step(machine, &mut state, number, &mut |row| rows.push(row));
        }
        start
    }

    /// The row of a story's event.
    pub fn row_of(&self, machine: Machine<'_>, story: u32) -> Option<u32> {
        let (mut state, rows) = self.before(machine, story);
        let mut at = None;
        let mut row = rows;
        self.step(machine, &mut state, story, &mut |emitted| {
            if matches!(emitted, Row::Event(_)) {
                at = Some(row);
            }
            row += 1;
        });
        at
    }
}
