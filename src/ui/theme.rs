//! Roles and how they look: the only place that knows a colour.

mod palette;

use ratatui::style::{Color, Modifier, Style};

use self::palette::Palette;
use super::capability::{Capability, Colours};
use crate::app::config::ThemeName;
use crate::briefing::{Kind, Tlp};

/// What a stretch of the screen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Text to be read.
    Plain,
    /// What stands beside it.
    Dim,
    /// The lines between panes.
    Rule,
    /// The line over the pane that has the keys.
    RuleFocused,
    /// A pane's title.
    Title,
    /// The title of the pane that has the keys.
    TitleFocused,
    /// The program's own first row.
    Header,
    /// What rows have in common.
    Heading,
    /// A key to press.
    Key,
    /// The row under the cursor of the pane that has the keys.
    Cursor,
    /// The row under the cursor of another pane.
    CursorAside,
    /// Not read yet.
    Unread,
    /// A star or a selection.
    Star,
    /// A headline.
    Headline,
    /// Stressed words.
    Emphasis,
    /// Strongly stressed words.
    Strong,
    /// Words set verbatim.
    Code,
    /// A link.
    Link,
    /// A quotation.
    Quote,
    /// How far a text may be shared.
    Marking(Tlp),
    /// A mention of an actor, or his name.
    Mention(Kind),
    /// A mention of the active actor.
    Active,
    /// A hit of a search.
    Hit,
    /// An actor's letter, to be typed.
    Letter,
    /// The mention or hit that is walked from.
    Current,
    /// An event that happened.
    Done,
    /// An event to come.
    Planned,
    /// An event that somebody denies, or only claims.
    Doubtful,
    /// Columns that stand for many or few.
    Density,
    /// The part of such columns that is in view.
    Window,
    /// Something went well.
    Notice,
    /// Something is worth a look.
    Warning,
    /// Something could not be used.
    Error,
}

/// How roles look on one screen.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    palette: Palette,
    colours: Colours,
    /// Whether characters beyond ASCII are shown.
    pub unicode: bool,
}

impl Theme {
    /// The theme of this name on a screen that can show so much.
    #[must_use]
    pub fn new(name: ThemeName, capability: Capability) -> Self {
        let name = match capability.colours {
            Colours::None => ThemeName::None,
            Colours::Ansi16 if matches!(name, ThemeName::Dark | ThemeName::Light) => {
                ThemeName::Terminal
            }
            _ => name,
        };
        Self {
            palette: Palette::named(name),
            colours: capability.colours,
            unicode: capability.unicode,
        }
    }

    /// The style of the whole screen, which every other is laid over.
    #[must_use]
    pub fn base(&self) -> Style {
        self.pair(self.palette.text, self.palette.ground)
    }

    /// How a role looks.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        let p = &self.palette;
        let on = |colour: Color| self.pair(colour, Color::Reset);
        let plain = Style::new();
        match role {
            Role::Plain | Role::Done => plain,
            Role::Dim => self.dim(),
            Role::Rule => self.dim_rule(),
            Role::RuleFocused => on(p.focus),
            Role::Title | Role::Headline | Role::Strong | Role::Unread => {
                plain.add_modifier(Modifier::BOLD)
            }
            Role::TitleFocused => on(p.focus).add_modifier(Modifier::BOLD),
            Role::Header => plain.add_modifier(Modifier::BOLD),
            Role::Heading => on(p.heading).add_modifier(Modifier::BOLD),
            Role::Key => on(p.focus).add_modifier(Modifier::BOLD),
            Role::Cursor => self.lit(p.cursor),
            Role::CursorAside => self.aside(),
            Role::Star => on(p.star),
            Role::Emphasis => plain.add_modifier(Modifier::ITALIC),
            Role::Code => on(p.code),
            Role::Link => on(p.link).add_modifier(Modifier::UNDERLINED),
            Role::Quote | Role::Density => self.dim(),
            Role::Marking(tlp) => self.marking(tlp),
            Role::Mention(kind) => on(p.kind(kind)),
            Role::Active => self.lit(p.active).add_modifier(Modifier::BOLD),
            Role::Hit => self.lit(p.hit),
            Role::Letter => self.lit(p.hit).add_modifier(Modifier::BOLD),
            Role::Current => plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            Role::Planned => on(p.planned),
            Role::Doubtful => on(p.doubtful).add_modifier(Modifier::ITALIC),
            Role::Window => plain.add_modifier(Modifier::REVERSED),
            Role::Notice => plain,
            Role::Warning => on(p.warning).add_modifier(Modifier::BOLD),
            Role::Error => on(p.error).add_modifier(Modifier::BOLD),
        }
    }

    /// A glyph, or what stands for it where only ASCII is shown.
    #[must_use]
    pub fn glyph(&self, glyph: &'static str, ascii: &'static str) -> &'static str {
        if self.unicode { glyph } else { ascii }
    }

    fn dim(&self) -> Style {
        match self.palette.dim {
            Some(colour) => self.pair(colour, Color::Reset),
            None => Style::new().add_modifier(Modifier::DIM),
        }
    }

    fn dim_rule(&self) -> Style {
        match self.palette.rule {
            Some(colour) => self.pair(colour, Color::Reset),
            None => Style::new(),
        }
    }

    /// A pair of colours of its own, or reverse where there is none.
    fn lit(&self, pair: Option<(Color, Color)>) -> Style {
        match pair {
            Some((text, ground)) => self.pair(text, ground),
            None => Style::new().add_modifier(Modifier::REVERSED),
        }
    }

    fn aside(&self) -> Style {
        match self.palette.aside {
            Some(ground) => Style::new().bg(self.shown(ground)).add_modifier(Modifier::BOLD),
            None => Style::new().add_modifier(Modifier::BOLD),
        }
    }

    /// The colours that FIRST's TLP 2.0 prescribes, on black as it asks.
    fn marking(&self, tlp: Tlp) -> Style {
        let colour = match (self.palette.tlp_in_true_colour, tlp) {
            (_, _) if self.colours == Colours::None => {
                return Style::new().add_modifier(Modifier::BOLD);
            }
            (true, Tlp::Clear) => Color::Rgb(0xff, 0xff, 0xff),
            (true, Tlp::Green) => Color::Rgb(0x33, 0xff, 0x00),
            (true, Tlp::Amber | Tlp::AmberStrict) => Color::Rgb(0xff, 0xc0, 0x00),
            (true, Tlp::Red) => Color::Rgb(0xff, 0x2b, 0x2b),
            (false, Tlp::Clear) => Color::White,
            (false, Tlp::Green) => Color::LightGreen,
            (false, Tlp::Amber | Tlp::AmberStrict) => Color::LightYellow,
            (false, Tlp::Red) => Color::LightRed,
        };
        self.pair(colour, Color::Black).add_modifier(Modifier::BOLD)
    }

    fn pair(&self, text: Color, ground: Color) -> Style {
        let set = |colour: Color| (colour != Color::Reset).then(|| self.shown(colour));
        Style { fg: set(text), bg: set(ground), ..Style::new() }
    }

    /// A colour as this screen can show it.
    fn shown(&self, colour: Color) -> Color {
        match (colour, self.colours) {
            (Color::Rgb(r, g, b), Colours::Ansi256) => palette::nearest_of_256(r, g, b),
            (Color::Rgb(..), Colours::Ansi16) => Color::Reset,
            _ => colour,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Kind; 9] = [
        Kind::Person,
        Kind::State,
        Kind::Organisation,
        Kind::Alliance,
        Kind::ArmedGroup,
        Kind::Company,
        Kind::Media,
        Kind::Place,
        Kind::Other,
    ];

    fn roles() -> Vec<Role> {
        let plain = [
            Role::Plain,
            Role::Dim,
            Role::RuleFocused,
            Role::TitleFocused,
            Role::Heading,
            Role::Key,
            Role::Cursor,
            Role::CursorAside,
            Role::Star,
            Role::Code,
            Role::Link,
            Role::Quote,
            Role::Active,
            Role::Hit,
            Role::Letter,
            Role::Planned,
            Role::Doubtful,
            Role::Density,
            Role::Warning,
            Role::Error,
        ];
        let markings = [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::Red].map(Role::Marking);
        plain.into_iter().chain(markings).chain(KINDS.map(Role::Mention)).collect()
    }

    /// Contrast of two colours by WCAG 2.2.
    fn contrast(one: Color, other: Color) -> f64 {
        let luminance = |colour: Color| {
            let channels = match colour {
                Color::Rgb(r, g, b) => [r, g, b],
                Color::Black => [0; 3],
                other => panic!("{other:?} is not the theme's own"),
            };
            let linear = channels.map(|c| {
                let c = f64::from(c) / 255.0;
                if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        };
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_pair_of_a_theme_with_its_own_ground_is_readable() {
        for name in [ThemeName::Dark, ThemeName::Light, ThemeName::HighContrast] {
            let theme = Theme::new(name, Capability { colours: Colours::True, unicode: true });
            for role in roles() {
                let style = theme.base().patch(theme.style(role));
                let (Some(text), Some(ground)) = (style.fg, style.bg) else {
                    panic!("{name:?} {role:?} has no colour of its own")
                };
                let contrast = contrast(text, ground);
                assert!(contrast >= 4.5, "{name:?} {role:?}: {contrast:.2}:1");
            }
        }
    }

    #[test]
    fn no_colour_means_none_at_all() {
        let theme =
            Theme::new(ThemeName::Dark, Capability { colours: Colours::None, unicode: true });
        for role in roles() {
            let style = theme.base().patch(theme.style(role));
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
    }

    #[test]
    fn the_default_theme_leaves_the_ground_to_the_terminal() {
        let theme = Theme::new(ThemeName::Terminal, Capability::default());
        assert_eq!(theme.base().bg, None);
        for colours in [Colours::Ansi16, Colours::Ansi256] {
            for (_, name) in ThemeName::NAMED {
                let theme = Theme::new(name, Capability { colours, unicode: true });
                for role in roles() {
                    let style = theme.style(role);
                    let is_rgb = |colour: Option<Color>| matches!(colour, Some(Color::Rgb(..)));
                    assert!(
                        !is_rgb(style.fg) && !is_rgb(style.bg),
                        "{name:?} {role:?} on {colours:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn what_is_lit_is_seen_without_colour() {
        let theme = Theme::new(ThemeName::None, Capability::default());
        for role in [
            Role::Cursor,
            Role::Active,
            Role::Hit,
            Role::Current,
            Role::Window,
            Role::TitleFocused,
            Role::Unread,
        ] {
            assert!(!theme.style(role).add_modifier.is_empty(), "{role:?}");
        }
    }
}
