//! Spans: places of a text with what they are, and their merging into segments to paint in order.

use std::collections::BTreeMap;
use std::ops::Range;

/// A place that has a role (a mention, a hit, emphasis): what roles there are is the painter's affair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span<R> {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What they are.
    pub role: R,
}

/// A stretch of text over which the same roles hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment<R> {
    /// Bytes of the text; never empty.
    pub range: Range<usize>,
    /// The roles, in the order in which their styles are laid over each other: the last one wins.
    pub roles: Vec<R>,
}

/// Parts `base` where a span begins or ends. The segments cover `base` in order, without gap or
/// overlap; a later layer is laid over an earlier one, within a layer a later span over an earlier.
/// What lies outside `base` is cut off; empty spans are nothing.
///
/// Takes O(n log n) for n spans, and what it gives.
#[must_use]
pub fn merge<R: Copy>(base: Range<usize>, layers: &[&[Span<R>]]) -> Vec<Segment<R>> {
    let mut edges = edges(&base, layers);
    edges.sort_by_key(|edge| edge.at);
    let mut segments = Vec::with_capacity(edges.len() + 1);
    let mut active: BTreeMap<usize, R> = BTreeMap::new();
    let mut start = base.start;
    for edge in edges {
        if edge.at > start {
            segments.push(segment(start..edge.at, &active));
            start = edge.at;
        }
        match edge.begins {
            Some(role) => active.insert(edge.rank, role),
            None => active.remove(&edge.rank),
        };
    }
    if start < base.end {
        segments.push(segment(start..base.end, &active));
    }
    segments
}

struct Edge<R> {
    at: usize,
    /// Of its span among all spans: the higher lies above.
    rank: usize,
    /// The role that begins here; `None` where a span ends.
    begins: Option<R>,
}

fn edges<R: Copy>(base: &Range<usize>, layers: &[&[Span<R>]]) -> Vec<Edge<R>> {
    let mut edges = Vec::new();
    for (rank, span) in layers.iter().flat_map(|layer| layer.iter()).enumerate() {
        let (start, end) = (span.range.start.max(base.start), span.range.end.min(base.end));
        if start < end {
            edges.push(Edge { at: start, rank, begins: Some(span.role) });
            edges.push(Edge { at: end, rank, begins: None });
        }
    }
    edges
}

fn segment<R: Copy>(range: Range<usize>, active: &BTreeMap<usize, R>) -> Segment<R> {
    Segment { range, roles: active.values().copied().collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(start: usize, end: usize, role: char) -> Span<char> {
        Span { range: start..end, role }
    }

    fn merged(base: Range<usize>, layers: &[&[Span<char>]]) -> Vec<(usize, usize, String)> {
        merge(base, layers)
            .into_iter()
            .map(|segment| {
                (segment.range.start, segment.range.end, segment.roles.into_iter().collect())
            })
            .collect()
    }

    fn expect(segments: &[(usize, usize, &str)]) -> Vec<(usize, usize, String)> {
        segments.iter().map(|&(start, end, roles)| (start, end, roles.to_owned())).collect()
    }

    #[test]
    fn layers() {
        assert_eq!(merged(0..9, &[]), expect(&[(0, 9, "")]));
        assert_eq!(merged(4..4, &[&[span(0, 9, 'a')]]), expect(&[]));
        assert_eq!(
            merged(0..20, &[&[span(5, 15, 'a')], &[span(0, 3, 'b'), span(10, 30, 'b')]]),
            expect(&[(0, 3, "b"), (3, 5, ""), (5, 10, "a"), (10, 15, "ab"), (15, 20, "b")])
        );
        assert_eq!(
            merged(2..8, &[&[span(0, 4, 'a'), span(4, 6, 'b'), span(3, 3, 'c')]]),
            expect(&[(2, 4, "a"), (4, 6, "b"), (6, 8, "")])
        );
        assert_eq!(
            merged(0..4, &[&[span(0, 4, 'a'), span(1, 3, 'b')], &[span(1, 2, 'c')]]),
            expect(&[(0, 1, "a"), (1, 2, "abc"), (2, 3, "ab"), (3, 4, "a")])
        );
    }

    proptest! {
        #[test]
        fn base_is_covered_and_roles_are_those_that_hold(
            (start, end) in (0usize..50, 0usize..50),
            spans in prop::collection::vec((0usize..60, 0usize..60, 0usize..99), 0..20),
            cut in 0usize..20,
        ) {
            let spans: Vec<_> =
                spans.into_iter().map(|(a, b, role)| Span { range: a..b, role }).collect();
            let (low, high) = spans.split_at(cut.min(spans.len()));
            let mut at = start;
            for segment in merge(start..end, &[low, high]) {
                prop_assert_eq!(segment.range.start, at);
                prop_assert!(segment.range.end > at);
                at = segment.range.end;
                for byte in segment.range {
                    let holding = spans.iter().filter(|span| span.range.contains(&byte));
                    let holding: Vec<_> = holding.map(|span| span.role).collect();
                    prop_assert_eq!(&segment.roles, &holding);
                }
            }
            prop_assert_eq!(at, end.max(start));
        }
    }
}
