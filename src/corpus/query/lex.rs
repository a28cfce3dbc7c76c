//! A query's text cut into terms, signs and parentheses.

use std::ops::Range;

use super::date_test::sign_of;
use super::field::find_field;
use super::value::parse_value;
use super::{FIELDS, FieldRow, QueryProblem, Takes, Term, Test, Typed};
use crate::briefing::words::nearest;

/// A piece of a query.
#[derive(Debug)]
pub enum Token {
    Open,
    Close,
    Or,
    And,
    Not,
    Term(Term),
}

/// Whether a character opens and closes quotes, typographic ones as pasted included.
pub fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// Whether a bare word ends before this.
pub fn ends_word(c: char) -> bool {
    c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')')
}

/// Cuts a query.
pub fn lex(text: &str) -> Result<Vec<(Token, Range<usize>)>, QueryProblem> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    while let Some(c) = lexer.rest().chars().next() {
        let start = lexer.at;
        if c.is_whitespace() {
            lexer.at += c.len_utf8();
            continue;
        }
        let token = match c {
            '(' => lexer.sign(Token::Open),
            ')' => lexer.sign(Token::Close),
            '-' => lexer.minus()?,
            c if is_quote(c) => lexer.words_in_quotes()?,
            _ => lexer.bare()?,
        };
        tokens.push((token, start..lexer.at));
    }
    Ok(tokens)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn sign(&mut self, token: Token) -> Token {
        self.at += 1;
        token
    }

    fn minus(&mut self) -> Result<Token, QueryProblem> {
        let start = self.at;
        self.at += 1;
        let stands_alone = |c: char| c.is_whitespace() || c == ')';
        if self.rest().chars().next().is_none_or(stands_alone) {
            let message = "`-` excludes what it touches, and it touches nothing";
            let help = "write `-word` to exclude a word, or leave the `-` out";
            return Err(QueryProblem::new(start..self.at, message).help(help));
        }
        Ok(Token::Not)
    }

    fn words_in_quotes(&mut self) -> Result<Token, QueryProblem> {
        let start = self.at;
        let (text, value) = self.quoted()?;
        let prefix = self.rest().starts_with('*');
        self.at += usize::from(prefix);
        words(text, prefix, Typed { term: start..self.at, value })
    }

    /// What stands in quotes, and where; the quotes are behind the lexer then.
    fn quoted(&mut self) -> Result<(String, Range<usize>), QueryProblem> {
        let open = self.at;
        let mut chars = self.rest().char_indices();
        let quote = chars.next().map_or('"', |(_, c)| c);
        let start = open + quote.len_utf8();
        let mut text = String::new();
        let mut escaped = false;
        while let Some((offset, c)) = chars.next() {
            let closes = if quote == '"' { c == '"' } else { is_quote(c) };
            if escaped {
                text.push(c);
                escaped = false;
            } else if c == '\\' && chars.as_str().starts_with(['"', '\\']) {
                escaped = true;
            } else if closes {
                self.at = open + offset + c.len_utf8();
                return Ok((text, start..open + offset));
            } else {
                text.push(c);
            }
        }
        Err(QueryProblem::new(open..start, "this quote is not closed")
            .help("put a `\"` behind the last word of the phrase"))
    }

    fn bare(&mut self) -> Result<Token, QueryProblem> {
        let start = self.at;
        let length = self.rest().find(ends_word).unwrap_or(self.rest().len());
        let run = self.rest().get(..length).unwrap_or_default();
        self.at += length;
        if run.eq_ignore_ascii_case("or") {
            return Ok(Token::Or);
        }
        if run.eq_ignore_ascii_case("and") {
            return Ok(Token::And);
        }
        if let Some((name, rest)) = run.split_once(':')
            && let Some(row) = field_named(name, rest, start)?
        {
            return self.field(row, start, start + name.len() + 1);
        }
        let (text, prefix) = run.strip_suffix('*').map_or((run, false), |text| (text, true));
        let value = start..start + text.len();
        words(text.to_owned(), prefix, Typed { term: start..self.at, value })
    }

    /// A field's term; its value, bare or in quotes, begins at `value`.
    fn field(
        &mut self,
        row: &'static FieldRow,
        start: usize,
        value: usize,
    ) -> Result<Token, QueryProblem> {
        let run = self.text.get(value..self.at).unwrap_or_default();
        let sign = if row.takes == Takes::Date { sign_of(run).0 } else { "" };
        let next = self.rest().chars().next();
        let (written, at) = if run == sign && next.is_some_and(is_quote) {
            let (text, at) = self.quoted()?;
            let at = if sign.is_empty() { at } else { value..self.at };
            (format!("{sign}{text}"), at)
        } else {
            (run.to_owned(), value..self.at)
        };
        if written.is_empty() && next == Some('(') {
            let message = format!("`{}:` takes one value, not a group", row.name);
            let help = format!("write ({0}:… or {0}:…)", row.name);
            return Err(QueryProblem::new(self.at..self.at + 1, message).help(help));
        }
        let test = Test::Field { field: row.field, value: parse_value(row, &written, &at)? };
        Ok(Token::Term(Term { test, typed: Typed { term: start..self.at, value: at } }))
    }
}

fn words(text: String, prefix: bool, typed: Typed) -> Result<Token, QueryProblem> {
    if !text.chars().any(char::is_alphanumeric) {
        let shown = text.trim();
        let message = if shown.is_empty() {
            "there is nothing to look for here".to_owned()
        } else {
            format!("`{shown}` has no letter or figure to look for")
        };
        return Err(QueryProblem::new(typed.term, message));
    }
    Ok(Token::Term(Term { test: Test::Words { text, prefix }, typed }))
}

/// The field before a colon; `None` where the colon is one of prose, such as `12:30`, `TLP:RED` or a
/// colon at the end of a word.
fn field_named(
    name: &str,
    rest: &str,
    start: usize,
) -> Result<Option<&'static FieldRow>, QueryProblem> {
    if let Some(row) = find_field(name) {
        return Ok(Some(row));
    }
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase());
    if !is_name || rest.starts_with("//") {
        return Ok(None);
    }
    let likely = nearest(name, FIELDS.iter().map(|row| row.name));
    if likely.is_none() && rest.is_empty() {
        return Ok(None);
    }
    let help = match likely {
        Some(likely) => format!("did you mean `{likely}:`?"),
        None => format!("to look for the words, put them in quotes: \"{name}:{rest}\""),
    };
    let message = format!("there is no field `{name}`");
    Err(QueryProblem::new(start..start + name.len(), message).help(help))
}
