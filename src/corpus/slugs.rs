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
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut count: HashMap<&str, usize> = HashMap::new();
    for (at, want) in wanted.iter().enumerate() {
        first.entry(&want.slug).or_insert(at);
        *count.entry(&want.slug).or_default() += 1;
    }
    let alone = |want: &&Wanted| count.get(want.slug.as_str()) == Some(&1);
    let mut taken: HashSet<String> =
        wanted.iter().filter(alone).map(|want| want.slug.clone()).collect();
    let mut assigned = Vec::with_capacity(wanted.len());
    for (at, want) in wanted.iter().enumerate() {
        if alone(&want) {
            assigned.push(Assigned { slug: want.slug.clone(), clashes_with: None });
            continue;
        }
        let slug = free(want, &taken);
        taken.insert(slug.clone());
        let clashes_with = first.get(want.slug.as_str()).copied().filter(|&first| first != at);
        assigned.push(Assigned { slug, clashes_with });
    }
    assigned
}

fn free(want: &Wanted, taken: &HashSet<String>) -> String {
    let whole = if want.folder.is_empty() {
        want.slug.clone()
    } else {
        format!("{}/{}", want.folder, want.slug)
    };
    let numbered = (2..).map(|n| format!("{whole}-{n}"));
    std::iter::once(whole.clone())
        .chain(numbered)
        .find(|slug| !taken.contains(slug))
        .unwrap_or(whole)
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
