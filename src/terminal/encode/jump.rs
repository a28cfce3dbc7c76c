//! How the cursor gets from one place to another in the fewest bytes.

use ratatui::layout::Position;

use crate::terminal::pen::push_number;

/// A sequence that moves the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Jump {
    To(Position),
    /// To the beginning of the line so many lines down.
    Lines(u16),
    Right(u16),
    Left(u16),
}

/// The shortest from one place, if it is known, to another.
pub(super) fn jump(from: Option<Position>, to: Position) -> Jump {
    let step = from.and_then(|from| step(from, to));
    step.filter(|step| step.len() <= Jump::To(to).len()).unwrap_or(Jump::To(to))
}

fn step(from: Position, to: Position) -> Option<Jump> {
    if to.x == 0 && to.y >= from.y {
        let lines = to.y - from.y;
        return (lines < 4).then_some(Jump::Lines(lines));
    }
    let right = to.x > from.x;
    let columns = to.x.abs_diff(from.x);
    (to.y == from.y).then_some(if right { Jump::Right(columns) } else { Jump::Left(columns) })
}

impl Jump {
    pub(super) fn len(self) -> usize {
        match self {
            Self::To(Position { x: 0, y: 0 }) => 3,
            Self::To(Position { x: 0, y }) => 3 + digits(y + 1),
            Self::To(Position { x, y }) => 4 + digits(y + 1) + digits(x + 1),
            Self::Lines(lines) => 1 + usize::from(lines),
            Self::Right(1) => 3,
            Self::Left(n @ 0..=3) => n.into(),
            Self::Right(n) | Self::Left(n) => 3 + digits(n),
        }
    }

    pub(super) fn write(self, out: &mut Vec<u8>) {
        let mut sequence = |numbers: &[u16], end: u8| {
            out.extend_from_slice(b"\x1b[");
            for (at, number) in numbers.iter().enumerate() {
                if at > 0 {
                    out.push(b';');
                }
                push_number(*number, out);
            }
            out.push(end);
        };
        match self {
            Self::To(Position { x: 0, y: 0 }) => sequence(&[], b'H'),
            Self::To(Position { x: 0, y }) => sequence(&[y + 1], b'H'),
            Self::To(Position { x, y }) => sequence(&[y + 1, x + 1], b'H'),
            Self::Lines(lines) => {
                out.push(b'\r');
                out.extend(std::iter::repeat_n(b'\n', lines.into()));
            }
            Self::Right(1) => sequence(&[], b'C'),
            Self::Right(n) => sequence(&[n], b'C'),
            Self::Left(n @ 0..=3) => out.extend(std::iter::repeat_n(8, n.into())),
            Self::Left(n) => sequence(&[n], b'D'),
        }
    }
}

fn digits(number: u16) -> usize {
    number.checked_ilog10().map_or(1, |log| log as usize + 1)
}
