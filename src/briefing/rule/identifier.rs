//! Ids, country codes and Wikidata ids that are not well formed.

use super::super::typing::Field;
use super::word::shortened;
use crate::diagnostic::{Code, Diagnostic, Source};

/// An id is what links are made of: letters, figures, `-`, `_`, `.` and `/`.
pub fn check_id(source: &Source<'_>, field: &Field<String>) -> Option<Diagnostic> {
    let well_formed = |id: &str| {
        id.starts_with(char::is_alphanumeric)
            && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
    };
    check(source, field, well_formed, "an id", "letters, figures and dashes: xi-jinping")
}

/// A country is ISO 3166-1 alpha-3; whether the code is assigned is not looked at.
pub fn check_country(source: &Source<'_>, field: &Field<String>) -> Option<Diagnostic> {
    let well_formed =
        |code: &str| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    check(source, field, well_formed, "a country code", "three letters (ISO 3166-1 alpha-3): CHN")
}

/// A Wikidata id is `Q` and figures.
pub fn check_wikidata(source: &Source<'_>, field: &Field<String>) -> Option<Diagnostic> {
    let well_formed = |id: &str| {
        id.strip_prefix('Q')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    check(source, field, well_formed, "a Wikidata id", "Q and figures: Q15031")
}

fn check(
    source: &Source<'_>,
    field: &Field<String>,
    well_formed: impl Fn(&str) -> bool,
    what: &str,
    help: &str,
) -> Option<Diagnostic> {
    let text = field.0.as_ref()?;
    (!well_formed(text.value.trim())).then(|| {
        let message = format!("`{}` is not {what}", shortened(&text.value));
        Diagnostic::new(Code::BAD_IDENTIFIER, message)
            .at(source.place(text.span.clone()))
            .help(help)
    })
}

#[cfg(test)]
mod tests {
    use crate::briefing::rule::carets::carets;

    #[test]
    fn identifiers_are_well_formed() {
        let good = "id: 2023/03-xi\nentities:\n  - {id: 习近平, name: x, country: CHN, wikidata: Q15031}\n";
        assert_eq!(carets(good), "");
        let bad =
            "id: Xi in Moscow\nentities:\n  - name: x\n    country: NO\n    wikidata: 15031\n";
        assert_eq!(
            carets(bad),
            "E028 |id: Xi in Moscow\n     |    ^^^^^^^^^^^^\n\
             E028 |    country: NO\n     |             ^^\n\
             E028 |    wikidata: 15031\n     |              ^^^^^\n"
        );
    }
}
