//! A source file as the rules see it: the module it is, the paths it names, what of it is test.

use std::path::{Path as FilePath, PathBuf};

use super::tokens::{Token, tokens};

/// A Rust file of the package.
#[derive(Debug)]
pub struct SourceFile {
    /// From the package's folder, with `/`.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// A path that a file names, as `std::fs::File`; each leaf of a group is one.
#[derive(Debug)]
pub struct Path {
    /// Its words as written.
    pub words: Vec<String>,
    /// From 1.
    pub line: usize,
    /// Whether it stands in code that only tests compile.
    pub in_test: bool,
    /// Modules of the same file around it.
    inline: usize,
}

impl SourceFile {
    /// The modules that lead to it, `["app", "pane"]` for `src/app/pane.rs`; none for the roots.
    pub fn module(&self) -> Vec<String> {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let stem = inner.strip_suffix(".rs").unwrap_or(inner);
        if matches!(stem, "lib" | "main") {
            return Vec::new();
        }
        stem.split('/').map(str::to_owned).collect()
    }

    /// The room that it belongs to, or `lib` or `main`.
    pub fn room(&self) -> String {
        let root = if self.path.ends_with("main.rs") { "main" } else { "lib" };
        self.module().into_iter().next().unwrap_or_else(|| root.to_owned())
    }

    /// Every path in it.
    pub fn paths(&self) -> Vec<Path> {
        let tokens = tokens(&self.text);
        let of_tests = test_parts(&tokens);
        let (mut found, mut at) = (Vec::new(), 0);
        let mut open: Vec<bool> = Vec::new();
        while let Some(token) = tokens.get(at) {
            let before = at.checked_sub(1).map_or("", |at| tokens[at].text);
            match token.text {
                "{" => open.push(at > 1 && tokens[at - 2].text == "mod"),
                "}" => {
                    open.pop();
                }
                _ => {}
            }
            if !token.is_word() || matches!(before, "::" | ".") {
                at += 1;
                continue;
            }
            let mut leaves = Vec::new();
            let next = read_path(&tokens, at, &mut Vec::new(), &mut leaves);
            let inline = open.iter().filter(|of_module| **of_module).count();
            let in_test = of_tests[at];
            found.extend(leaves.into_iter().map(|(words, line)| Path {
                words,
                line,
                in_test,
                inline,
            }));
            at = next.max(at + 1);
        }
        found
    }

    /// Modules of other files that this one declares for tests only: `#[cfg(test)] mod tests;`.
    pub fn test_modules(&self) -> Vec<Vec<String>> {
        let tokens = tokens(&self.text);
        let of_tests = test_parts(&tokens);
        let declared = tokens.windows(3).zip(of_tests).filter_map(|(part, in_test)| match part {
            [key, name, end] if in_test && key.text == "mod" && end.text == ";" => Some(name.text),
            _ => None,
        });
        declared
            .map(|name| {
                let mut module = self.module();
                module.push(name.to_owned());
                module
            })
            .collect()
    }

    /// Lines of attributes that hold this word, `#[ignore]` or `#[cfg_attr(x, ignore)]`.
    pub fn lines_of_attribute(&self, word: &str) -> Vec<usize> {
        let tokens = tokens(&self.text);
        let begins =
            |at: usize| tokens[at].text == "#" && tokens.get(at + 1).is_some_and(|t| t.text == "[");
        let starts = (0..tokens.len()).filter(|&at| begins(at));
        let attributes = starts.map(|at| {
            let end = tokens[at..].iter().position(|t| t.text == "]").unwrap_or(0);
            &tokens[at..at + end]
        });
        attributes.flatten().filter(|token| token.text == word).map(|token| token.line).collect()
    }
}

impl Path {
    /// Its place in the crate, from the root, if it leads into the crate.
    pub fn in_crate(&self, module: &[String]) -> Option<Vec<String>> {
        let mut words = self.words.iter().map(String::as_str).peekable();
        let mut place = match words.peek().copied()? {
            "crate" | "chancery" => {
                words.next();
                Vec::new()
            }
            "self" | "super" => {
                let inline = std::iter::repeat_n("", self.inline);
                module.iter().map(String::as_str).chain(inline).collect()
            }
            _ => return None,
        };
        for word in words {
            match word {
                "self" => {}
                "super" => {
                    place.pop();
                }
                name => place.push(name),
            }
        }
        Some(place.into_iter().map(str::to_owned).collect())
    }
}

/// All Rust files under some folders of the package, sorted.
pub fn files_under(package: &FilePath, folders: &[&str]) -> Vec<SourceFile> {
    let entries = folders.iter().flat_map(|folder| walkdir::WalkDir::new(package.join(folder)));
    let mut paths: Vec<PathBuf> = entries.flatten().map(walkdir::DirEntry::into_path).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "rs"));
    paths.sort();
    let read = |path: PathBuf| SourceFile {
        path: path.strip_prefix(package).unwrap_or(&path).to_string_lossy().replace('\\', "/"),
        text: std::fs::read_to_string(&path).expect("a source file is readable text"),
    };
    paths.into_iter().map(read).collect()
}

/// Reads the path that begins at a token, groups and all; gives the token behind it.
fn read_path(
    tokens: &[Token<'_>],
    mut at: usize,
    before: &mut Vec<String>,
    leaves: &mut Vec<(Vec<String>, usize)>,
) -> usize {
    let kept = before.len();
    while let Some(token) = tokens.get(at) {
        if token.text == "{" && !before.is_empty() {
            at += 1;
            while tokens.get(at).is_some_and(|token| token.text != "}") {
                at = read_path(tokens, at, before, leaves).max(at + 1);
            }
            at += 1;
            break;
        }
        let is_word = token.is_word();
        if is_word {
            before.push(token.text.to_owned());
            at += 1;
        }
        let goes_on = is_word && tokens.get(at).is_some_and(|token| token.text == "::");
        if !goes_on {
            if is_word || before.len() > kept || token.text == "*" {
                leaves.push((before.clone(), token.line));
            }
            break;
        }
        at += 1;
    }
    before.truncate(kept);
    at
}

/// Which tokens belong to an item under `#[cfg(test)]`.
fn test_parts(tokens: &[Token<'_>]) -> Vec<bool> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut parts = vec![false; tokens.len()];
    for start in 0..tokens.len() {
        let is_marked = tokens[start..].iter().map(|token| token.text).take(7).eq(MARK);
        if is_marked {
            let end = end_of_item(tokens, start + MARK.len());
            parts[start..end].fill(true);
        }
    }
    parts
}

/// The token behind an item: behind its `;`, or behind the block that ends it.
fn end_of_item(tokens: &[Token<'_>], start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match token.text {
            "{" => depth += 1,
            "}" if depth <= 1 => {
                let more = tokens.get(at + 1).is_some_and(|token| token.text == ";");
                return at + 1 + usize::from(more);
            }
            "}" => depth -= 1,
            ";" if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}
