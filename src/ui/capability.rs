//! What a screen can show.

/// How many colours a screen has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colours {
    /// None: weight, underline and reverse only.
    None,
    /// The sixteen of ECMA-48 and aixterm.
    #[default]
    Ansi16,
    /// The 256 of xterm.
    Ansi256,
    /// 24 bits.
    True,
}

/// What a screen can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capability {
    /// How many colours.
    pub colours: Colours,
    /// Whether characters beyond ASCII are shown.
    pub unicode: bool,
}

impl Default for Capability {
    fn default() -> Self {
        Self { colours: Colours::default(), unicode: true }
    }
}
