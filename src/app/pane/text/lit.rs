//! Places that are lit, and how one walks over them.

use std::ops::Range;

/// Places in a body, in its order.
#[derive(Clone, Debug, Default)]
pub(super) struct Lit {
    ranges: Vec<Range<usize>>,
}

impl Lit {
    pub(super) fn new(ranges: Vec<Range<usize>>) -> Self {
        Self { ranges }
    }

    pub(super) fn ranges(&self) -> &[Range<usize>] {
        &self.ranges
    }

    /// The first place that begins at an offset or behind it, or the last before it.
    pub(super) fn next(&self, offset: usize, forward: bool) -> Option<&Range<usize>> {
        let behind = self.ranges.partition_point(|range| range.start < offset);
        self.ranges.get(if forward { behind } else { behind.checked_sub(1)? })
    }

    /// The first or the last of all.
    pub(super) fn edge(&self, first: bool) -> Option<&Range<usize>> {
        if first { self.ranges.first() } else { self.ranges.last() }
    }

    /// Which of how many a place is, from 1; 0 where it is none of them. `None` without any.
    pub(super) fn position(&self, place: Option<&Range<usize>>) -> Option<(usize, usize)> {
        let at = place.and_then(|place| {
            self.ranges.binary_search_by_key(&place.start, |range| range.start).ok()
        });
        (!self.ranges.is_empty()).then(|| (at.map_or(0, |at| at + 1), self.ranges.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_walks_from_any_offset_and_stops_at_the_ends() {
        let lit = Lit::new(vec![0..1, 10..11, 20..21]);
        for (offset, forward, expected) in [
            (0, true, Some(0..1)),
            (1, true, Some(10..11)),
            (10, true, Some(10..11)),
            (21, true, None),
            (20, false, Some(10..11)),
            (0, false, None),
            (99, false, Some(20..21)),
        ] {
            assert_eq!(lit.next(offset, forward).cloned(), expected, "{offset} {forward}");
        }
        assert_eq!(lit.edge(true), Some(&(0..1)));
        assert_eq!(lit.edge(false), Some(&(20..21)));
        assert_eq!(lit.position(Some(&(10..11))), Some((2, 3)));
        assert_eq!(lit.position(Some(&(5..6))), Some((0, 3)));
        assert_eq!(Lit::default().position(None), None);
        assert_eq!(Lit::default().next(0, true), None);
    }
}
