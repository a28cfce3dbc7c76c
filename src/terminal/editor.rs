//! The reader's own editor: which program, with which words, at which line.

use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Command, Stdio};

/// Editors that take `file:line`, with the words that make them go there and wait. Others get
/// `+line file`, which POSIX has for `vi` and `ex` and most have taken over.
const COLON: &[(&str, &[&str])] = &[
    ("code", &["--wait", "--goto"]),
    ("code-insiders", &["--wait", "--goto"]),
    ("codium", &["--wait", "--goto"]),
    ("cursor", &["--wait", "--goto"]),
    ("hx", &[]),
    ("helix", &[]),
    ("subl", &["--wait"]),
    ("zed", &["--wait"]),
];

/// The editor's words for opening `file` at `line` (from 1): `$VISUAL`, `$EDITOR` or `vi`, split
/// as a shell would but never given to one.
///
/// # Errors
/// A sentence for the reader, when the variable has an open quote.
pub fn parse_editor(
    variable: &dyn Fn(&str) -> Option<String>,
    file: &Path,
    line: usize,
) -> Result<Vec<OsString>, String> {
    let given = |name| variable(name).filter(|value| !value.trim().is_empty());
    let editor = given("VISUAL").or_else(|| given("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    let words = shlex::split(&editor).filter(|words| !words.is_empty());
    let words = words.ok_or_else(|| format!("an open quote in the editor's name: {editor}"))?;
    let name = words.first().map(Path::new).and_then(Path::file_name).unwrap_or_default();
    let known = COLON.iter().find(|(editor, _)| name == *editor);
    let mut all: Vec<OsString> = words.iter().map(OsString::from).collect();
    let file = no_option(file);
    match known {
        Some((_, flags)) => {
            all.extend(flags.iter().map(OsString::from));
            let mut place = file;
            place.push(format!(":{line}"));
            all.push(place);
        }
        None => all.extend([format!("+{line}").into(), file]),
    }
    Ok(all)
}

/// A file whose name an editor could take for an option, written so that it cannot.
fn no_option(file: &Path) -> OsString {
    let bytes = file.as_os_str().as_encoded_bytes();
    if bytes.starts_with(b"-") || bytes.starts_with(b"+") {
        return Path::new(".").join(file).into_os_string();
    }
    file.into()
}

/// Runs the editor on the terminal (`input`, else standard input) and waits for its end. How it
/// ended is the editor's affair.
///
/// # Errors
/// A sentence for the reader, when it could not be started.
pub fn edit(words: &[OsString], input: Option<OwnedFd>) -> Result<(), String> {
    let (program, arguments) = words.split_first().ok_or("no editor")?;
    let name = program.to_string_lossy();
    let mut command = Command::new(program);
    command.args(arguments).stdin(input.map_or_else(Stdio::inherit, Stdio::from));
    let ended = command.status();
    let hint = "set EDITOR to one that can be";
    ended.map(drop).map_err(|e| format!("`{name}` could not be started ({e}): {hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(visual: &str, editor: &str, file: &str) -> Result<String, String> {
        let variable = |name: &str| match name {
            "VISUAL" => Some(visual.to_owned()),
            "EDITOR" => Some(editor.to_owned()),
            _ => None,
        };
        let words = parse_editor(&variable, Path::new(file), 7)?;
        let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
        Ok(words.join("|"))
    }

    #[test]
    fn every_editor_is_told_the_line_in_its_own_way() {
        let cases = [
            ("", "", "a b.yaml", "vi|+7|a b.yaml"),
            ("", "nano", "a.yaml", "nano|+7|a.yaml"),
            ("vim", "nano", "a.yaml", "vim|+7|a.yaml"),
            (" ", "nvim -R", "a.yaml", "nvim|-R|+7|a.yaml"),
            ("", "'/opt/my editor/ed' -x", "a.yaml", "/opt/my editor/ed|-x|+7|a.yaml"),
            ("", "code", "a.yaml", "code|--wait|--goto|a.yaml:7"),
            ("", "/usr/bin/hx", "a.yaml", "/usr/bin/hx|a.yaml:7"),
            ("", "vi", "-c!reboot.yaml", "vi|+7|./-c!reboot.yaml"),
            ("", "vi", "+x.yaml", "vi|+7|./+x.yaml"),
            ("", "vi; reboot", "$(x).yaml", "vi;|reboot|+7|$(x).yaml"),
        ];
        for (visual, editor, file, expected) in cases {
            assert_eq!(words(visual, editor, file).as_deref(), Ok(expected), "{visual}|{editor}");
        }
    }

    #[test]
    fn what_cannot_be_started_is_said() {
        assert!(words("", "vi 'x", "a.yaml").unwrap_err().contains("open quote"));
        let error = edit(&["/no/such/editor".into()], None).unwrap_err();
        assert!(error.contains("`/no/such/editor`"), "{error}");
        assert_eq!(edit(&["false".into()], None), Ok(()), "it ran");
    }
}
