//! What several of a people are called.

/// Several of a people: `Russians`, `Turks`; `None` for `Chinese`, `Finnish`, `French`.
pub fn plural(demonym: &str) -> Option<String> {
    if let Some(stem) = demonym.strip_suffix("man") {
        let is_person = ["woman", "hman", "chman"].iter().any(|end| demonym.ends_with(end));
        if is_person {
            return Some(format!("{stem}men"));
        }
    }
    let has_none = ["ese", "ish", "s", "ench", "utch", "x", "z"];
    let none = demonym.contains(' ') && !demonym.ends_with('n');
    (!none && !has_none.iter().any(|end| demonym.ends_with(end))).then(|| format!("{demonym}s"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_people_has_a_plural_where_english_makes_one() {
        for (one, several) in [
            ("Russian", Some("Russians")),
            ("Turk", Some("Turks")),
            ("Frenchman", Some("Frenchmen")),
            ("Chinese", None),
            ("French", None),
            ("Swiss", None),
        ] {
            assert_eq!(plural(one).as_deref(), several, "{one}");
        }
    }
}
