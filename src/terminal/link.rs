//! Opening a source's link: in a browser where there is one, else on the reader's clipboard.

use std::process::{Command, Stdio};

/// What becomes of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A program with its arguments, the link among them.
    Run(Vec<String>),
    /// To the clipboard: the screen is somewhere else, or there is none for a browser.
    Copy,
}

/// How this link is to be opened: by `$BROWSER`, or what the system has for it; without a
/// display, or over ssh (the browser would open in another room), it is copied. A link is an
/// argument of its own, never part of a shell's line.
///
/// # Errors
/// A sentence for the reader, when it is no http(s) link.
pub fn parse_link(
    variable: &dyn Fn(&str) -> Option<String>,
    link: &str,
) -> Result<Way, &'static str> {
    let scheme = link.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    if !matches!(scheme.as_deref(), Some("http" | "https")) {
        return Err("only http and https links are opened");
    }
    if link.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err("not opened: this link has blanks or control characters in it");
    }
    let given = |name: &str| variable(name).filter(|value| !value.is_empty());
    let display = cfg!(target_os = "macos")
        || ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(|name| given(name).is_some());
    let far = ["SSH_CONNECTION", "SSH_TTY"].into_iter().any(|name| given(name).is_some());
    if far || !display {
        return Ok(Way::Copy);
    }
    let system = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let browser = given("BROWSER").and_then(|browsers| browser_words(&browsers, link));
    Ok(Way::Run(browser.unwrap_or_else(|| vec![system.to_owned(), link.to_owned()])))
}

/// The first of the commands parted by `:`, with the link for `%s`, or behind the others.
fn browser_words(browsers: &str, link: &str) -> Option<Vec<String>> {
    let first = browsers.split(':').find(|browser| !browser.trim().is_empty())?;
    let words = shlex::split(first).filter(|words| !words.is_empty())?;
    let named = words.iter().any(|word| word.contains("%s"));
    let mut words: Vec<String> = words.iter().map(|word| word.replace("%s", link)).collect();
    if !named {
        words.push(link.to_owned());
    }
    Some(words)
}

/// Runs the browser without the terminal and waits for what it says. Some end at once, some with
/// their last window: not for the session's thread.
///
/// # Errors
/// A sentence for the reader, when it could not be started or failed.
pub fn open(words: &[String]) -> Result<(), String> {
    let (program, arguments) = words.split_first().ok_or("no browser")?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{program}` could not open it ({status})")),
        Err(e) => Err(format!("`{program}` could not be started ({e})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://example.org/a?b=c&d";

    fn way(environment: &[(&str, &str)], link: &str) -> Result<Way, &'static str> {
        let variable = |name: &str| {
            environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        parse_link(&variable, link)
    }

    fn run(words: &[&str]) -> Way {
        Way::Run(words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn a_link_goes_where_the_reader_is() {
        let display = ("DISPLAY", ":0");
        let cases: [(&[(&str, &str)], _); 8] = [
            (&[], Way::Copy),
            (&[("DISPLAY", "")], Way::Copy),
            (&[display], run(&["xdg-open", LINK])),
            (&[("WAYLAND_DISPLAY", "wayland-0")], run(&["xdg-open", LINK])),
            (&[display, ("SSH_CONNECTION", "1 2 3 4")], Way::Copy),
            (&[display, ("BROWSER", "firefox -P x:w3m")], run(&["firefox", "-P", "x", LINK])),
            (&[display, ("BROWSER", "lynx '%s' -x")], run(&["lynx", LINK, "-x"])),
            (&[display, ("BROWSER", "'open")], run(&["xdg-open", LINK])),
        ];
        for (environment, expected) in cases {
            assert_eq!(way(environment, LINK), Ok(expected), "{environment:?}");
        }
    }

    #[test]
    fn only_links_of_the_web_are_opened() {
        for link in ["file:///etc/passwd", "javascript:alert(1)", "-h", "", "ftp://x", "http:x"] {
            assert!(way(&[("DISPLAY", ":0")], link).is_err(), "{link}");
        }
        for link in ["https://x/\x1b[2J", "https://x/ --private", "https://x/\n"] {
            assert!(way(&[("DISPLAY", ":0")], link).is_err(), "{link:?}");
        }
        assert!(way(&[], "HTTPS://EXAMPLE.ORG").is_ok());
    }

    #[test]
    fn a_browser_that_fails_is_said() {
        assert_eq!(open(&["true".to_owned()]), Ok(()));
        assert!(open(&["false".to_owned()]).is_err());
        assert!(open(&["/no/such/browser".to_owned()]).unwrap_err().contains("/no/such/browser"));
    }
}
