//! Places that are lit, and which of them one is at.

use std::ops::Range;

/// Places in a body, in its order, and the one that is walked from.
#[derive(Clone, Debug, Default)]
pub(super) struct Lit {
    ranges: Vec<Range<usize>>,
    at: Option<usize>,
}

impl Lit {
    pub(super) fn new(ranges: Vec<Range<usize>>) -> Self {
        Self { ranges, at: None }
    }

    pub(super) fn ranges(&self) -> &[Range<usize>] {
        &self.ranges
    }

    pub(super) fn current(&self) -> Option<&Range<usize>> {
        self.ranges.get(self.at?)
    }

    /// Stands on the first place from an offset on, else on the very first.
    pub(super) fn first_from(&mut self, offset: usize) -> Option<Range<usize>> {
        let at = self.ranges.partition_point(|range| range.start < offset);
        self.at = if self.ranges.is_empty() {
            None
        } else {
            Some(if at == self.ranges.len() { 0 } else { at })
        };
        self.current().cloned()
    }

    /// Steps `count` places on or back, around the end; the flag says that it went around.
    pub(super) fn step(&mut self, forward: bool, count: usize) -> Option<(Range<usize>, bool)> {
        let length = self.ranges.len();
        if length == 0 {
            return None;
        }
        let steps = count % length;
        let (at, around) = match (self.at, forward) {
            (None, true) => (0, false),
            (None, false) => (length - 1, false),
            (Some(at), true) => ((at + steps) % length, at + count >= length),
            (Some(at), false) => ((at + length - steps) % length, count > at),
        };
        self.at = Some(at);
        Some((self.ranges[at].clone(), around))
    }

    /// Which of how many, from 1.
    pub(super) fn position(&self) -> Option<(usize, usize)> {
        if self.ranges.is_empty() {
            None
        } else {
            Some((self.at.map_or(0, |at| at + 1), self.ranges.len()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_around_and_say_so() {
        let mut lit = Lit::new(vec![0..1, 10..11, 20..21]);
        assert_eq!(lit.first_from(5), Some(10..11));
        assert_eq!(lit.step(true, 1), Some((20..21, false)));
        assert_eq!(lit.step(true, 1), Some((0..1, true)));
        assert_eq!(lit.step(false, 1), Some((20..21, true)));
        assert_eq!(lit.step(false, 2), Some((0..1, false)));
        assert_eq!(lit.position(), Some((1, 3)));
        assert_eq!(lit.first_from(50), Some(0..1));
        assert_eq!(Lit::default().step(true, 1), None);
        assert_eq!(Lit::default().position(), None);
    }
}
