//! What the terminal can show, as the environment tells: nothing is asked of the terminal, whose
//! answer would come late over a bad line, among the keys.

use crate::ui::{Capability, Colours};

/// What the reader wants of colours (`--color`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourChoice {
    /// As the terminal and `NO_COLOR` have it.
    #[default]
    Auto,
    /// As the terminal has it, whatever `NO_COLOR` says; sixteen where it is said to have none.
    Always,
    /// None.
    Never,
}

/// What a terminal can show, by its environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// What it can show.
    pub capability: Capability,
    /// Whether it has a second screen, so that leaving brings back what stood there before.
    pub second_screen: bool,
}

/// Names, or their beginnings, of terminals that show 24 bits of colour although neither
/// `COLORTERM` (which ssh does not pass on) nor their name says so.
const TRUE_COLOUR: &[&str] =
    &["xterm-kitty", "xterm-ghostty", "alacritty", "wezterm", "foot", "contour", "rio", "iterm"];

/// What the environment says of the terminal: `TERM`, `COLORTERM`, `NO_COLOR` (no-color.org), and
/// the locale. `None` where the terminal cannot place the cursor (`TERM` is `dumb` or missing).
#[must_use]
pub fn find_terminal(
    variable: &dyn Fn(&str) -> Option<String>,
    choice: ColourChoice,
) -> Option<Terminal> {
    let given = |name: &str| variable(name).filter(|value| !value.is_empty());
    let name = given("TERM").filter(|name| name != "dumb" && name != "unknown")?;
    let deep = given("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit");
    let able = if deep { Colours::True } else { colours_of(&name) };
    let colours = match choice {
        ColourChoice::Never => Colours::None,
        ColourChoice::Always => able.max(Colours::Ansi16),
        ColourChoice::Auto if given("NO_COLOR").is_some() => Colours::None,
        ColourChoice::Auto => able,
    };
    // The console draws from a font of 512 glyphs at most, and has one screen.
    let console = name == "linux";
    let unicode = !console && is_utf8(&given);
    Some(Terminal { capability: Capability { colours, unicode }, second_screen: !console })
}

fn colours_of(name: &str) -> Colours {
    let begins = |start: &&str| name.starts_with(*start);
    if TRUE_COLOUR.iter().any(begins) || name.ends_with("-direct") {
        Colours::True
    } else if name.contains("256color") {
        Colours::Ansi256
    } else if name.starts_with("vt") || name.ends_with("-mono") || name.ends_with("-m") {
        Colours::None
    } else {
        Colours::Ansi16
    }
}

/// The locale of characters by the order of POSIX (Base Definitions, 8.2); without one it is `C`.
fn is_utf8(given: &dyn Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(given);
    let locale = locale.unwrap_or_default().to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

#[cfg(test)]
mod tests {
    use super::*;
    use Colours::{Ansi16, Ansi256, True};

    /// `TERM=xterm LANG=C` and so on.
    fn terminal(environment: &str, choice: ColourChoice) -> Option<Terminal> {
        let variable = |name: &str| {
            let mut pairs = environment.split(' ').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
        };
        find_terminal(&variable, choice)
    }

    #[test]
    fn colours_follow_the_terminal() {
        let cases = [
            ("TERM=xterm-256color", Ansi256),
            ("TERM=xterm-256color COLORTERM=truecolor", True),
            ("TERM=tmux-256color COLORTERM=24bit", True),
            ("TERM=xterm-256color COLORTERM=yes", Ansi256),
            ("TERM=xterm-kitty", True),
            ("TERM=xterm-direct", True),
            ("TERM=xterm", Ansi16),
            ("TERM=screen", Ansi16),
            ("TERM=linux", Ansi16),
            ("TERM=vt220", Colours::None),
            ("TERM=xterm-256color NO_COLOR=1", Colours::None),
            ("TERM=xterm-256color NO_COLOR=", Ansi256),
        ];
        for (environment, expected) in cases {
            let found = terminal(environment, ColourChoice::Auto).unwrap();
            assert_eq!(found.capability.colours, expected, "{environment}");
        }
    }

    #[test]
    fn what_the_reader_says_of_colours_goes_before() {
        let colours =
            |environment, choice| terminal(environment, choice).unwrap().capability.colours;
        assert_eq!(colours("TERM=xterm-256color NO_COLOR=1", ColourChoice::Always), Ansi256);
        assert_eq!(colours("TERM=vt100", ColourChoice::Always), Ansi16);
        assert_eq!(colours("TERM=xterm-kitty", ColourChoice::Never), Colours::None);
    }

    #[test]
    fn characters_follow_the_locale() {
        let cases = [
            ("TERM=xterm LANG=en_GB.UTF-8", true),
            ("TERM=xterm LANG=C.utf8", true),
            ("TERM=xterm LANG=en_GB.UTF-8 LC_CTYPE=C", false),
            ("TERM=xterm LANG=C LC_ALL=de_DE.utf-8", true),
            ("TERM=xterm LC_ALL= LANG=C.UTF-8", true),
            ("TERM=xterm LANG=de_DE.ISO-8859-1", false),
            ("TERM=xterm", false),
            ("TERM=linux LANG=C.UTF-8", false),
        ];
        for (environment, expected) in cases {
            let found = terminal(environment, ColourChoice::Auto).unwrap();
            assert_eq!(found.capability.unicode, expected, "{environment}");
        }
    }

    #[test]
    fn a_terminal_that_cannot_place_the_cursor_is_none() {
        for environment in ["TERM=dumb", "TERM=", "LANG=C.UTF-8", "TERM=dumb COLORTERM=truecolor"] {
            assert_eq!(terminal(environment, ColourChoice::Auto), None, "{environment}");
        }
        assert!(!terminal("TERM=linux", ColourChoice::Auto).unwrap().second_screen);
        assert!(terminal("TERM=xterm", ColourChoice::Auto).unwrap().second_screen);
    }
}
