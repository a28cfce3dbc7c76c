//! Certain fixes are applied to a file's text, byte for byte the same elsewhere.

use crate::diagnostic::Fix;

/// A text after its fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many fixes were applied.
    pub applied: usize,
    /// How many were left out because they touch one that was applied; reading the text again
    /// offers them anew.
    pub skipped: usize,
}

/// Applies fixes that do not overlap, in the order of the text; of two that do the first. A fix
/// that is not one of this text (out of range, inside a character) is skipped.
#[must_use]
pub fn apply_fixes(text: &str, fixes: &[&Fix]) -> Fixed {
    let mut in_order: Vec<&Fix> = fixes.to_vec();
    in_order.sort_by_key(|fix| (fix.place.span.start, fix.place.span.end));
    in_order.dedup();
    let mut result = Fixed { text: String::with_capacity(text.len()), applied: 0, skipped: 0 };
    let mut copied = 0;
    let mut last_was_insert_at = None;
    for fix in in_order {
        let span = fix.place.span.clone();
        let kept = text.get(copied..span.start);
        let Some(kept) = kept
            .filter(|_| text.get(span.clone()).is_some() && last_was_insert_at != Some(span.start))
        else {
            result.skipped += 1;
            continue;
        };
        result.text.push_str(kept);
        result.text.push_str(&fix.text);
        result.applied += 1;
        last_was_insert_at = span.is_empty().then_some(span.start);
        copied = span.end;
    }
    result.text.push_str(text.get(copied..).unwrap_or_default());
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;

    #[test]
    fn fixes_that_overlap_wait_for_the_next_time() {
        let text = "aéb cd";
        let source = Source::new(text);
        let fix =
            |start, end, text: &str| Fix { place: source.place(start..end), text: text.to_owned() };
        let (first, second, third) = (fix(1, 3, "e"), fix(1, 4, "x"), fix(7, 7, "!"));
        let fixed = apply_fixes(text, &[&third, &second, &first, &first]);
        assert_eq!(fixed, Fixed { text: "aeb cd!".to_owned(), applied: 2, skipped: 1 });
        let nothing = apply_fixes(text, &[]);
        assert_eq!(nothing.text, text);
    }
}
