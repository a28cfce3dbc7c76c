//! Tokens become the tree of a query.

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use super::lex::{Token, lex};
use super::{Node, Query, QueryProblem};

/// Parentheses within parentheses; what is deeper is a slip of the paste buffer.
const DEEPEST: usize = 64;

/// Reads a query: words, "phrases", prefix*, and fields such as `actor:xi-jinping`. Side by side is
/// *and*; `or` parts alternatives and binds less; `-` excludes the term or the group that it touches.
///
/// # Errors
/// What is wrong, and at which characters.
pub fn parse_query(text: &str) -> Result<Query, QueryProblem> {
    let mut parser = Parser { tokens: lex(text)?.into_iter().peekable(), end: text.len() };
    if parser.tokens.peek().is_none() {
        return Ok(Query::default());
    }
    let root = parser.alternatives(0)?;
    match parser.tokens.next() {
        None => Ok(Query::of(Some(root))),
        Some((_, span)) => Err(QueryProblem::new(span, "no parenthesis is open here")),
    }
}

struct Parser {
    tokens: Peekable<IntoIter<(Token, Range<usize>)>>,
    end: usize,
}

impl Parser {
    fn next_span(&mut self) -> Range<usize> {
        self.tokens.peek().map_or(self.end..self.end, |(_, span)| span.clone())
    }

    /// What stands between `or` and `or`, up to the end of the group.
    fn alternatives(&mut self, depth: usize) -> Result<Node, QueryProblem> {
        let mut parts = Vec::new();
        loop {
            let at = self.next_span();
            let part = self.conjunction(depth)?;
            let parted = self.tokens.next_if(|(token, _)| matches!(token, Token::Or));
            if part.is_switch() && (parted.is_some() || !parts.is_empty()) {
                let message = "`in:title` tells where words are looked for, and no word stands \
                               beside it";
                return Err(QueryProblem::new(at, message).help("write `in:title` beside words"));
            }
            parts.push(part);
            if parted.is_none() {
                break;
            }
        }
        Node::any(parts).ok_or_else(|| nothing_at(self.next_span()))
    }

    fn conjunction(&mut self, depth: usize) -> Result<Node, QueryProblem> {
        let mut parts = Vec::new();
        loop {
            match self.tokens.peek() {
                None | Some((Token::Or | Token::Close, _)) => break,
                Some((Token::And, _)) => self.and(!parts.is_empty())?,
                Some(_) => {}
            }
            parts.push(self.part(depth)?);
        }
        Node::all(parts).ok_or_else(|| match self.tokens.peek() {
            Some((Token::Or, span)) => {
                QueryProblem::new(span.clone(), "`or` has nothing before it")
                    .help("to look for the word, put it in quotes: \"or\"")
            }
            _ => nothing_at(self.next_span()),
        })
    }

    /// `and` says what standing side by side says already.
    fn and(&mut self, has_left: bool) -> Result<(), QueryProblem> {
        let Some((_, span)) = self.tokens.next() else { return Ok(()) };
        let has_right =
            !matches!(self.tokens.peek(), None | Some((Token::Or | Token::And | Token::Close, _)));
        if has_left && has_right {
            return Ok(());
        }
        let side = if has_left { "behind" } else { "before" };
        Err(QueryProblem::new(span, format!("`and` has nothing {side} it"))
            .help("to look for the word, put it in quotes: \"and\""))
    }

    /// A term or a group, with the `-` before it.
    fn part(&mut self, depth: usize) -> Result<Node, QueryProblem> {
        let mut excluded = None;
        while let Some((_, span)) = self.tokens.next_if(|(token, _)| matches!(token, Token::Not)) {
            excluded = excluded.is_none().then_some(span);
        }
        let node = match self.tokens.next() {
            Some((Token::Term(term), _)) => Node::Term(term),
            Some((Token::Open, span)) => self.group(depth, span)?,
            Some((_, span)) => return Err(nothing_at(span)),
            None => return Err(nothing_at(self.end..self.end)),
        };
        match excluded {
            Some(span) if node.is_switch() => {
                Err(QueryProblem::new(span, "`in:title` cannot be excluded")
                    .help("leave out the `-`, or exclude a word of titles: `-(in:title word)`"))
            }
            Some(_) => Ok(node.negated()),
            None => Ok(node),
        }
    }

    fn group(&mut self, depth: usize, open: Range<usize>) -> Result<Node, QueryProblem> {
        if depth >= DEEPEST {
            return Err(QueryProblem::new(open, "parentheses are nested too deeply here"));
        }
        if let Some((Token::Close, close)) = self.tokens.peek() {
            let span = open.start..close.end;
            return Err(QueryProblem::new(span, "nothing stands between these parentheses"));
        }
        let inner = self.alternatives(depth + 1)?;
        match self.tokens.next() {
            Some((Token::Close, _)) => Ok(inner),
            _ => Err(QueryProblem::new(open, "this parenthesis is not closed")),
        }
    }
}

fn nothing_at(span: Range<usize>) -> QueryProblem {
    QueryProblem::new(span, "a word or a field is missing here")
}
