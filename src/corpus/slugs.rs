//! Every briefing has a name that is its own: links and a reader's marks refer to it.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

/// What a briefing would be called, and where it lies.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its `id`, else its file's stem.
    pub slug: String,
    /// Its folder within the corpus, parts joined by `/`; empty at the top.
    pub folder: String,
}

/// What a briefing is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// Unique in the corpus.
    pub slug: String,
    /// The first briefing that wanted the same, where it is another.
    pub clashes_with: Option<usize>,
}

/// Gives each its own: what it wants where it is alone with that, else its folder before it, and a
/// number where that is not enough. The order of the briefings decides ties only.
#[must_use]
pub fn assign(wanted: &[Wanted]) -> Vec<Assigned> {
    let mut wishes: HashMap<&str, Wish> = HashMap::with_capacity(wanted.len());
    for (at, want) in wanted.iter().enumerate() {
        let wish = wishes.entry(&want.slug).or_insert(Wish { first: at, is_alone: true });
        wish.is_alone = wish.first == at;
    }
    // What those who are alone with their wish take is known from the wishes.
    let mut given: HashSet<String> = HashSet::new();
    let mut assigned = Vec::with_capacity(wanted.len());
    for (at, want) in wanted.iter().enumerate() {
        let Some(wish) = wishes.get(want.slug.as_str()).filter(|wish| !wish.is_alone) else {
            assigned.push(Assigned { slug: want.slug.clone(), clashes_with: None });
            continue;
        };
        let is_taken = |slug: &str| {
            given.contains(slug) || wishes.get(slug).is_some_and(|other| other.is_alone)
        };
        let slug = free(want, is_taken);
        let clashes_with = Some(wish.first).filter(|&first| first != at);
        given.insert(slug.clone());
        assigned.push(Assigned { slug, clashes_with });
    }
    assigned
}

/// What several want to be called, and what they are called.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Contested {
    names: HashSet<String>,
    /// Whether one of them is called otherwise for a name that was taken.
    has_numbers: bool,
}

impl Contested {
    /// Of all that have a name.
    #[must_use]
    pub fn of(wanted: &[Wanted], assigned: &[Assigned]) -> Self {
        let all = || wanted.iter().zip(assigned);
        let wishes = all().filter(|(_, name)| name.clashes_with.is_some());
        let names: HashSet<String> = wishes.map(|(want, _)| want.slug.clone()).collect();
        let mut contested = Self { names, has_numbers: false };
        let given: Vec<_> =
            all().filter(|(want, _)| contested.names.contains(&want.slug)).collect();
        for (want, name) in given {
            contested.has_numbers |= name.slug != whole(want);
            contested.names.insert(name.slug.clone());
        }
        contested
    }

    /// Whether those who stay might be called otherwise where some came and others went: `is_there` tells
    /// whether one of those who were there is called so.
    pub fn may_change(
        &self,
        came: &[&str],
        went: &HashSet<&str>,
        is_there: impl Fn(&str) -> bool,
    ) -> bool {
        let own: HashSet<&str> = came.iter().copied().collect();
        own.len() < came.len()
            || own.union(went).any(|slug| self.names.contains(*slug))
            || own.difference(went).any(|slug| is_there(slug))
            || (self.has_numbers && !went.is_subset(&own))
    }
}

/// Who wants a slug.
struct Wish {
    /// The first of them.
    first: usize,
    is_alone: bool,
}

fn free(want: &Wanted, is_taken: impl Fn(&str) -> bool) -> String {
    let whole = whole(want);
    let numbered = (2..).map(|n| format!("{whole}-{n}"));
    std::iter::once(whole.clone()).chain(numbered).find(|slug| !is_taken(slug)).unwrap_or(whole)
}

fn whole(want: &Wanted) -> String {
    if want.folder.is_empty() {
        want.slug.clone()
    } else {
        format!("{}/{}", want.folder, want.slug)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_unique_and_clashes_know_the_first() {
        let wanted = [
            ("", "a"),
            ("2022", "a"),
            ("2023", "a"),
            ("2023", "b"),
            ("2023", "c"),
            ("2023", "c"),
            ("", "2023/c-2"),
        ];
        let wanted =
            wanted.map(|(folder, slug)| Wanted { slug: slug.into(), folder: folder.into() });
        let assigned = assign(&wanted);
        let got: Vec<_> = assigned.iter().map(|a| (a.slug.as_str(), a.clashes_with)).collect();
        let expected = [
            ("a", None),
            ("2022/a", Some(0)),
            ("2023/a", Some(0)),
            ("b", None),
            ("2023/c", None),
            ("2023/c-3", Some(4)),
            ("2023/c-2", None),
        ];
        assert_eq!(got, expected);
    }

    /// Who wants what; whether he was there, and whether he is there now.
    type Member = ((usize, usize), bool, bool);

    const FOLDERS: [&str; 3] = ["", "in", "b"];
    const SLUGS: [&str; 6] = ["a", "b", "in/a", "in/a-2", "a-2", "c"];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn who_stays_keeps_his_name_unless_it_is_said_that_he_may_not(
            all in proptest::collection::vec(
                ((0..FOLDERS.len(), 0..SLUGS.len()), any::<bool>(), any::<bool>()),
                0..7,
            ),
        ) {
            let wanted = |of: &dyn Fn(&Member) -> bool| -> (Vec<usize>, Vec<Wanted>) {
                let all = all.iter().enumerate().filter(|(_, member)| of(member));
                let want = |(at, ((folder, slug), ..)): (usize, &Member)| {
                    (at, Wanted { slug: SLUGS[*slug].into(), folder: FOLDERS[*folder].into() })
                };
                all.map(want).unzip()
            };
            let ((old, before), (new, after)) = (wanted(&|one| one.1), wanted(&|one| one.2));
            let (assigned, now) = (assign(&before), assign(&after));
            let came: Vec<&str> = new
                .iter()
                .zip(&after)
                .filter(|(at, _)| !old.contains(at))
                .map(|(_, want)| want.slug.as_str())
                .collect();
            let went: HashSet<&str> = old
                .iter()
                .zip(&assigned)
                .filter(|(at, _)| !new.contains(at))
                .map(|(_, name)| name.slug.as_str())
                .collect();
            let is_there = |slug: &str| assigned.iter().any(|name| name.slug == slug);
            if Contested::of(&before, &assigned).may_change(&came, &went, is_there) {
                return Ok(());
            }
            for ((at, want), name) in new.iter().zip(&after).zip(&now) {
                let Some(was) = old.iter().position(|other| other == at) else {
                    prop_assert_eq!((&name.slug, name.clashes_with), (&want.slug, None));
                    continue;
                };
                let first = |found: Option<usize>, of: &[usize]| found.map(|first| of[first]);
                prop_assert_eq!(&name.slug, &assigned[was].slug);
                prop_assert_eq!(
                    first(name.clashes_with, &new),
                    first(assigned[was].clashes_with, &old)
                );
            }
        }
    }
}
