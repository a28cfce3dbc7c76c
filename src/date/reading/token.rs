//! The words and signs of a date written by hand.

use std::ops::Range;

use jiff::civil::Weekday;

use super::DateProblem;
use crate::date::names;

/// A word, number or sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Whether a space stands before it.
    pub spaced: bool,
}

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its value and how many digits it has, one to eight.
    Number(u32, usize),
    /// `2010s`: its first year.
    Decade(u32),
    /// 1 to 12.
    Month(u8),
    /// An EDTF code, 21 to 41.
    Season(u8),
    Weekday(Weekday),
    /// One of `-/.,`; an en or em dash is `–`.
    Joint(char),
    Approximate,
    Uncertain,
    /// `to`, `until`, `till`, `through`.
    To,
    And,
    From,
    Between,
    Since,
    /// `on`, `onwards`.
    On,
    /// `..`, `present`, `now`.
    Open,
}

/// Splits a text; what is neither word nor sign of a date is where it fails.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, DateProblem> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut spaced = false;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, kinds) = next(rest).ok_or_else(|| {
            let length = length_of_strange(rest);
            DateProblem::unreadable(at..at + length, "this is not understood as part of a date")
        })?;
        let span = at..at + length;
        match kinds {
            Found::Space => spaced = true,
            Found::Filler => {}
            Found::One(kind) => {
                tokens.push(Token { kind, span, spaced });
                spaced = false;
            }
            Found::Both => {
                let doubted = Token { kind: Kind::Approximate, span, spaced };
                tokens.push(doubted.clone());
                tokens.push(Token { kind: Kind::Uncertain, spaced: false, ..doubted });
                spaced = false;
            }
        }
        at += length;
    }
    Ok(tokens)
}

enum Found {
    Space,
    /// `the`, `of`: says nothing.
    Filler,
    One(Kind),
    /// `%`.
    Both,
}

fn next(rest: &str) -> Option<(usize, Found)> {
    let first = rest.chars().next()?;
    if first.is_ascii_digit() {
        return number(rest);
    }
    if first.is_ascii_alphabetic() {
        return word(rest);
    }
    if rest.starts_with("..") {
        return Some((2, Found::One(Kind::Open)));
    }
    if rest.starts_with("(?)") {
        return Some((3, Found::One(Kind::Uncertain)));
    }
    let found = match first {
        '-' | '/' | '.' | ',' => Found::One(Kind::Joint(first)),
        // Hyphens and the minus sign of Unicode stand where a keyboard has only one.
        '\u{2010}' | '\u{2011}' | '\u{2212}' => Found::One(Kind::Joint('-')),
        '–' | '—' => Found::One(Kind::Joint('–')),
        '~' | '≈' => Found::One(Kind::Approximate),
        '?' => Found::One(Kind::Uncertain),
        '%' => Found::Both,
        _ if first.is_whitespace() => Found::Space,
        _ => return None,
    };
    Some((first.len_utf8(), found))
}

fn number(rest: &str) -> Option<(usize, Found)> {
    let digits = length_while(rest, |c| c.is_ascii_digit());
    let value: u32 = rest.get(..digits).filter(|_| digits <= 8)?.parse().ok()?;
    let letters = length_while(rest.get(digits..)?, |c| c.is_ascii_alphabetic());
    let suffix = rest.get(digits..digits + letters)?.to_ascii_lowercase();
    match suffix.as_str() {
        "st" | "nd" | "rd" | "th" if digits <= 2 => {
            Some((digits + letters, Found::One(Kind::Number(value, digits))))
        }
        "s" if digits == 4 && value.is_multiple_of(10) => {
            Some((digits + letters, Found::One(Kind::Decade(value))))
        }
        _ => Some((digits, Found::One(Kind::Number(value, digits)))),
    }
}

fn word(rest: &str) -> Option<(usize, Found)> {
    let letters = length_while(rest, |c| c.is_ascii_alphabetic());
    let word = rest.get(..letters)?.to_ascii_lowercase();
    if let Some((length, code)) = part_of_year(rest, &word) {
        return Some((length, Found::One(Kind::Season(code))));
    }
    let kind = match word.as_str() {
        "the" | "of" => return Some((letters, Found::Filler)),
        "to" | "until" | "till" | "through" => Kind::To,
        "and" => Kind::And,
        "from" => Kind::From,
        "between" => Kind::Between,
        "since" => Kind::Since,
        "on" | "onward" | "onwards" => Kind::On,
        "now" | "present" => Kind::Open,
        "c" | "ca" | "circa" | "about" | "around" | "approx" | "approximately" | "roughly" => {
            Kind::Approximate
        }
        "perhaps" | "possibly" | "probably" | "maybe" => Kind::Uncertain,
        _ => named(&word)?,
    };
    let cut = matches!(kind, Kind::Month(_) | Kind::Weekday(_) | Kind::Approximate);
    let rest = rest.get(letters..)?;
    let dot = cut && rest.starts_with('.') && !rest.starts_with("..");
    Some((letters + usize::from(dot), Found::One(kind)))
}

fn named(word: &str) -> Option<Kind> {
    names::month_named(word)
        .map(Kind::Month)
        .or_else(|| names::weekday_named(word).map(Kind::Weekday))
        .or_else(|| names::season_named(word).map(Kind::Season))
}

/// `Q1` to `Q4`, `H1`, `H2`: length and EDTF code.
fn part_of_year(rest: &str, word: &str) -> Option<(usize, u8)> {
    let digit = rest.get(1..2)?.parse::<u8>().ok()?;
    let ends = !rest.get(2..)?.starts_with(|c: char| c.is_ascii_alphanumeric());
    match (word, digit) {
        ("q", 1..=4) if ends => Some((2, 32 + digit)),
        ("h", 1..=2) if ends => Some((2, 39 + digit)),
        _ => None,
    }
}

/// To the end of the word, so that a caret underlines all of it.
fn length_of_strange(rest: &str) -> usize {
    let word = length_while(rest, char::is_alphanumeric);
    if word > 0 { word } else { rest.chars().next().map_or(0, char::len_utf8) }
}

fn length_while(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is(c)).unwrap_or(text.len())
}
