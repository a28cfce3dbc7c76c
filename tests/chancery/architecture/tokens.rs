//! Rust text as words and signs with their lines; comments, strings, characters and lifetimes are
//! left out. No parser: enough to find paths, modules and attributes in code that compiles.

/// A word, `::`, or one other sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// As it stands there.
    pub text: &'a str,
    /// From 1.
    pub line: usize,
}

impl Token<'_> {
    /// Whether it is a name or a keyword, not a number or a sign.
    pub fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c == '_' || c.is_alphabetic())
    }
}

/// All tokens of a file.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let (mut tokens, mut rest, mut line) = (Vec::new(), text, 1);
    while let Some(first) = rest.chars().next() {
        let (length, kept) = next(rest, first);
        let (token, behind) = rest.split_at(length);
        if kept {
            tokens.push(Token { text: token, line });
        }
        line += token.matches('\n').count();
        rest = behind;
    }
    tokens
}

/// Bytes of what stands first, and whether it is a token.
fn next(rest: &str, first: char) -> (usize, bool) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), false);
    }
    if let Some(length) = string(rest) {
        return (length, false);
    }
    match first {
        '\'' => (quoted(rest), false),
        ':' if rest.starts_with("::") => (2, true),
        _ if first.is_whitespace() => (first.len_utf8(), false),
        _ if is_of_word(first) => (word(rest), true),
        _ => (first.len_utf8(), true),
    }
}

fn is_of_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn word(rest: &str) -> usize {
    rest.find(|c| !is_of_word(c)).unwrap_or(rest.len())
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (1, 2);
    while depth > 0 {
        let Some(found) = rest[at..].find(['*', '/']) else { return rest.len() };
        at += found;
        let step = match rest.get(at..at + 2) {
            Some("/*") => 1,
            Some("*/") => -1,
            _ => 0,
        };
        depth += step;
        at += if step == 0 { 1 } else { 2 };
    }
    at
}

/// Length of the string that begins here, prefix and hashes included.
fn string(rest: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r"].into_iter().find(|prefix| {
        rest.strip_prefix(prefix).is_some_and(|behind| behind.starts_with(['"', '#']))
    });
    let prefix = prefix.unwrap_or("");
    let behind = &rest[prefix.len()..];
    let hashes = behind.len() - behind.trim_start_matches('#').len();
    let body = behind[hashes..].strip_prefix('"')?;
    let start = rest.len() - body.len();
    if prefix.ends_with('r') {
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(body.find(&end).map_or(rest.len(), |at| start + at + end.len()));
    }
    (hashes == 0).then(|| start + up_to(body, '"'))
}

/// Length of the character or lifetime that begins here.
fn quoted(rest: &str) -> usize {
    let body = &rest[1..];
    let mut chars = body.chars();
    match (chars.next(), chars.next()) {
        (Some('\\'), _) | (_, Some('\'')) => 1 + up_to(body, '\''),
        _ => 1 + word(body),
    }
}

/// Bytes up to and with the closing quote; what a backslash hides does not close.
fn up_to(body: &str, quote: char) -> usize {
    let mut hidden = false;
    for (at, c) in body.char_indices() {
        if !hidden && c == quote {
            return at + 1;
        }
        hidden = !hidden && c == '\\';
    }
    body.len()
}

#[test]
fn words_and_signs_are_found_and_nothing_in_strings_or_comments() {
    let text = r##"use a::b; // crate::no
/* crate::no /* nested */ */ let s = "\" crate::no"; let r = r#"" crate::no"#;
let c = ('"', '\'', b'x', 'é'); fn f<'a>(x: &'a str) {} "##;
    let found: Vec<&str> = tokens(text).iter().map(|token| token.text).collect();
    let found = found.join(" ");
    assert_eq!(
        found,
        "use a :: b ; let s = ; let r = ; let c = ( , , b , ) ; fn f < > ( x : & str ) { }"
    );
    let lines: Vec<usize> = tokens("a\n\"x\ny\" b\n// c\nd").iter().map(|t| t.line).collect();
    assert_eq!(lines, [1, 3, 5]);
}
