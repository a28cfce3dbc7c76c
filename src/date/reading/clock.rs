//! The time of day behind a date, with its zone.

use std::ops::Range;

use super::DateProblem;

/// A time of day as EDTF has it.
pub(super) struct Clock {
    /// `14:05:00+03:00`.
    pub edtf: String,
    /// What EDTF has no room for and was left out.
    pub left_out: Option<&'static str>,
}

/// Splits off the time of day, if the text has one: the text of the date, and the byte at which the
/// time begins.
pub(super) fn split(text: &str) -> Option<(&str, usize)> {
    let before = text.get(..text.find(':')?)?;
    let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if before.len() == start {
        return None;
    }
    let date = before.get(..start)?;
    let date = date.strip_suffix(['T', 't']).unwrap_or(date).trim_end();
    let date = date.strip_suffix(" at").unwrap_or(date).trim_end();
    Some((date.strip_suffix(',').unwrap_or(date).trim_end(), start))
}

/// Reads the time of day that begins at byte `start` of the text and ends with it.
pub(super) fn read(text: &str, start: usize) -> Result<Clock, DateProblem> {
    let mut cursor = Cursor { text, at: start };
    let hour = cursor.number(23, "hour")?;
    cursor.expect(':')?;
    let minute = cursor.number(59, "minute")?;
    let second = if cursor.eat(':') { cursor.number(60, "second")? } else { 0 };
    let mut left_out = None;
    if second_has_fraction(cursor.rest()) {
        cursor.eat_any();
        cursor.skip(|c| c.is_ascii_digit());
        left_out = Some("EDTF has no parts of a second");
    }
    let zone = cursor.zone()?;
    if cursor.zone_name() {
        left_out = Some("EDTF has the offset of a zone, not its name");
    }
    cursor.skip(char::is_whitespace);
    if !cursor.rest().is_empty() {
        return Err(left_over(cursor.rest(), cursor.at..text.len()));
    }
    Ok(Clock { edtf: format!("{hour:02}:{minute:02}:{second:02}{zone}"), left_out })
}

fn left_over(rest: &str, span: Range<usize>) -> DateProblem {
    if rest.starts_with(['/', '–', '—']) || rest.contains(':') {
        return DateProblem::unreadable(span, "a range of dates has no times of day")
            .with_help("leave the times out, as in `2023-03-20/2023-03-22`");
    }
    DateProblem::unreadable(span, "this is not understood as a zone of the time")
        .with_help("write the offset from UTC, as in `2023-03-17T14:05:00+03:00`")
}

fn second_has_fraction(rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(chars.next(), Some('.' | ',')) && chars.next().is_some_and(|c| c.is_ascii_digit())
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, is: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        self.at += self.rest().find(|c| !is(c)).unwrap_or(self.rest().len());
        start..self.at
    }

    fn eat(&mut self, sign: char) -> bool {
        let is = self.rest().starts_with(sign);
        self.at += if is { sign.len_utf8() } else { 0 };
        is
    }

    fn eat_any(&mut self) -> Option<char> {
        let first = self.rest().chars().next()?;
        self.at += first.len_utf8();
        Some(first)
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let is = self.rest().get(..word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word))
            && !self
                .rest()
                .get(word.len()..)
                .unwrap_or_default()
                .starts_with(char::is_alphanumeric);
        self.at += if is { word.len() } else { 0 };
        is
    }

    fn expect(&mut self, sign: char) -> Result<(), DateProblem> {
        if self.eat(sign) {
            return Ok(());
        }
        let end = self.at + self.rest().chars().next().map_or(0, char::len_utf8);
        Err(DateProblem::unreadable(self.at..end, "this is not understood as a time of day")
            .with_help("write it as in `2023-03-17T14:05:00+03:00`"))
    }

    /// One or two digits that make no more than `most`.
    fn number(&mut self, most: u8, what: &str) -> Result<u8, DateProblem> {
        let span = self.skip(|c| c.is_ascii_digit());
        let digits = self.text.get(span.clone()).unwrap_or_default();
        match digits.parse::<u8>() {
            Ok(value) if digits.len() <= 2 && value <= most => Ok(value),
            Ok(value) if digits.len() <= 2 => {
                Err(DateProblem::impossible(span, format!("there is no {what} {value}")))
            }
            _ => Err(DateProblem::unreadable(span, format!("the {what} needs two digits"))
                .with_help("write it as in `2023-03-17T14:05:00+03:00`")),
        }
    }

    /// `Z`, `UTC`, `+03:00`, `+0300`, `UTC+3`; nothing where no zone follows.
    fn zone(&mut self) -> Result<String, DateProblem> {
        self.skip(char::is_whitespace);
        let start = self.at;
        let named = ["Z", "UTC", "GMT", "UT"].into_iter().any(|name| self.eat_word(name));
        let sign = match self.rest().chars().next() {
            Some('+') => '+',
            Some('-' | '\u{2212}') => '-',
            _ => return Ok(if named { "Z".to_owned() } else { String::new() }),
        };
        self.eat_any();
        let digits = self.skip(|c| c.is_ascii_digit());
        let digits = self.text.get(digits).unwrap_or_default();
        let (hours, minutes) = match digits.len() {
            4 => digits.split_at(2),
            1 | 2 if self.eat(':') => {
                let minutes = self.skip(|c| c.is_ascii_digit());
                (digits, self.text.get(minutes).unwrap_or_default())
            }
            1 | 2 => (digits, "00"),
            _ => ("", ""),
        };
        let strange = || DateProblem::unreadable(start..self.at, "this is no offset from UTC");
        let hours: u16 = hours.parse().map_err(|_| strange())?;
        let minutes: u16 = minutes.parse().map_err(|_| strange())?;
        if minutes > 59 || hours * 60 + minutes > 14 * 60 {
            let message = "no zone is further from UTC than 14:00";
            return Err(DateProblem::impossible(start..self.at, message));
        }
        // RFC 5322 §3.3: `-0000` is UTC told by a machine that has no zone.
        let unknown = sign == '-' && hours + minutes == 0;
        Ok(if unknown { "Z".to_owned() } else { format!("{sign}{hours:02}:{minutes:02}") })
    }

    /// Skips `[Europe/Moscow]` (RFC 9557) and `(MSK)` (RFC 5322).
    fn zone_name(&mut self) -> bool {
        self.skip(char::is_whitespace);
        let Some(close) = [('[', ']'), ('(', ')')]
            .into_iter()
            .find(|(open, _)| self.rest().starts_with(*open))
            .map(|(_, close)| close)
        else {
            return false;
        };
        let Some(end) = self.rest().find(close) else { return false };
        self.at += end + close.len_utf8();
        true
    }
}
