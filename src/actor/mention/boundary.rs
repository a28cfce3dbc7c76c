//! Where a word begins and ends, in scripts that part words and in those that do not.

use std::ops::Range;

/// Whether no word goes on at either end. Scripts that write without spaces have no such ends.
pub fn is_whole_word(text: &str, range: &Range<usize>) -> bool {
    let (Some(before), Some(found), Some(after)) =
        (text.get(..range.start), text.get(range.clone()), text.get(range.end..))
    else {
        return false;
    };
    if found.chars().all(writes_without_spaces) {
        return true;
    }
    is_begin(before, found) && (is_before_particle(found, after) || !goes_on(after))
}

/// Whether no word runs into a name; to Arabic and Hebrew names of some length a conjunction or
/// preposition of one letter may be joined.
fn is_begin(before: &str, found: &str) -> bool {
    let mut chars = before.chars().rev();
    let Some(last) = chars.next().filter(|c| joins(*c)) else { return true };
    let prefixes = match found.chars().next() {
        Some('\u{0620}'..='\u{064a}' | '\u{0671}'..='\u{06d3}') => "وفبلك",
        Some('\u{05d0}'..='\u{05ea}') => "ובלהמשכ",
        _ => return false,
    };
    let is_long = found.chars().count() > 3;
    is_long && prefixes.contains(last) && !chars.next().is_some_and(joins)
}

/// Whether a Korean name ends before one of the particles that are written onto a noun.
fn is_before_particle(found: &str, after: &str) -> bool {
    const PARTICLES: &str = "은는이가을를의와과에로도만께측";
    let is_hangul = |c: char| matches!(c, '가'..='힣');
    found.chars().all(is_hangul) && after.starts_with(|c| PARTICLES.contains(c))
}

fn joins(c: char) -> bool {
    (c.is_alphanumeric() || c == '_') && !writes_without_spaces(c)
}

fn goes_on(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        Some('\'' | '’' | 'ʼ' | '＇') => match (chars.next(), chars.next()) {
            (Some('s' | 'S'), next) => next.is_some_and(char::is_alphanumeric),
            (Some(c), _) => c.is_alphanumeric(),
            (None, _) => false,
        },
        Some(c) => joins(c),
        None => false,
    }
}

/// Han, kana, Thai, Lao, Burmese and Khmer, whose words stand without spaces between them.
fn writes_without_spaces(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}' | '·')
}

/// Whether a text may have any address at all.
pub fn has_addresses(text: &str) -> bool {
    text.contains('@') || text.contains("://") || text.contains("www.")
}

/// Whether a place lies within an address such as `https://example.org/Russia` or `a@b.cn`.
pub fn is_in_address(text: &str, range: &Range<usize>) -> bool {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"');
    let start = text[..range.start].rfind(ends).map_or(0, |at| at + 1);
    let Some(before) = text.get(start..range.start) else { return false };
    let after = text[range.end..].split(ends).next().unwrap_or_default();
    before.contains("://") || before.starts_with("www.") || before.contains('@') || {
        after.starts_with('@') && after.len() > 1
    }
}

/// Whether the line around a place is written in capitals, so that they tell nothing.
pub fn is_in_capitals(text: &str, range: &Range<usize>) -> bool {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at);
    let letters = || {
        let around = text[start..range.start].chars().chain(text[range.end..end].chars());
        around.filter(|c| c.is_alphabetic())
    };
    let (upper, all) = (letters().filter(|c| c.is_uppercase()).count(), letters().count());
    all >= 8 && upper * 10 >= all * 9
}
