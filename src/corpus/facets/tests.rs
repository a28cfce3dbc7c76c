//! Rows and whose they are.

use proptest::prelude::*;

use super::*;

/// Facets of briefings with so many events each.
fn facets(counts: &[u32]) -> Facets {
    let mut starts = vec![0];
    starts.extend(counts.iter().scan(0, |sum, count| {
        *sum += count;
        Some(*sum)
    }));
    let rows = counts.iter().sum::<u32>() as usize;
    let sort = Sort { class: None, status: EventStatus::Done };
    Facets { starts: starts.into(), sorts: vec![sort; rows], ..Facets::default() }
}

proptest! {
    #[test]
    fn rows_are_those_of_their_briefings(
        counts in prop::collection::vec(prop_oneof![3 => Just(0_u32), 5 => 0_u32..4, 1 => 90_u32..200], 0..40),
        picked in prop::collection::btree_set(0_u32..900, 0..60),
        wanted in prop::collection::btree_set(0_u32..44, 0..20),
    ) {
        let facets = facets(&counts);
        let owners: Vec<u32> =
            (0..).zip(&counts).flat_map(|(id, count)| vec![id; *count as usize]).collect();
        prop_assert_eq!(facets.owners(), owners.clone());
        let rows: RoaringBitmap = picked.into_iter().collect();
        let known: Vec<(u32, u32)> = rows
            .iter()
            .filter_map(|row| Some((row, *owners.get(row as usize)?)))
            .collect();
        let of: RoaringBitmap = known.iter().map(|(_, owner)| *owner).collect();
        prop_assert_eq!(facets.owner_count(&rows), of.len());
        prop_assert_eq!(facets.owners_of(&rows), of);
        let briefings: RoaringBitmap = wanted.into_iter().collect();
        let within = known.iter().filter(|(_, owner)| briefings.contains(*owner));
        prop_assert_eq!(
            facets.within(&rows, &briefings),
            within.map(|(row, _)| *row).collect::<RoaringBitmap>()
        );
        for id in 0..44 {
            let count = counts.get(id as usize).copied().unwrap_or(0) as usize;
            prop_assert_eq!(facets.row_count_of(BriefingId(id)), count);
        }
    }
}
