//! Every briefing has a name that is its own: links and a reader's marks refer to it.

use std::collections::{HashMap, HashSet};

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

/// Who wants a slug.
struct Wish {
    /// The first of them.
    first: usize,
    is_alone: bool,
}

fn free(want: &Wanted, is_taken: impl Fn(&str) -> bool) -> String {
    let whole = if want.folder.is_empty() {
        want.slug.clone()
    } else {
        format!("{}/{}", want.folder, want.slug)
    };
    let numbered = (2..).map(|n| format!("{whole}-{n}"));
    std::iter::once(whole.clone()).chain(numbered).find(|slug| !is_taken(slug)).unwrap_or(whole)
}

#[cfg(test)]
mod tests {
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
}
