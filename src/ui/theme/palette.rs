//! The colours of each theme.

use ratatui::style::Color;

use crate::app::config::ThemeName;
use crate::briefing::Kind;

/// The colours of one theme. `Reset` and `None` leave a thing to the terminal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    pub(super) text: Color,
    pub(super) ground: Color,
    pub(super) dim: Option<Color>,
    pub(super) rule: Option<Color>,
    pub(super) focus: Color,
    pub(super) heading: Color,
    pub(super) star: Color,
    pub(super) code: Color,
    pub(super) link: Color,
    pub(super) planned: Color,
    pub(super) doubtful: Color,
    pub(super) warning: Color,
    pub(super) error: Color,
    person: Color,
    state: Color,
    organisation: Color,
    place: Color,
    /// Text and ground of what is lit; reverse where there is none.
    pub(super) cursor: Option<(Color, Color)>,
    pub(super) active: Option<(Color, Color)>,
    pub(super) hit: Option<(Color, Color)>,
    /// Ground of the cursor of a pane without the keys.
    pub(super) aside: Option<Color>,
    pub(super) tlp_in_true_colour: bool,
}

const fn rgb(hex: u32) -> Color {
    let [_, r, g, b] = hex.to_be_bytes();
    Color::Rgb(r, g, b)
}

const NONE: Palette = Palette {
    text: Color::Reset,
    ground: Color::Reset,
    dim: None,
    rule: None,
    focus: Color::Reset,
    heading: Color::Reset,
    star: Color::Reset,
    code: Color::Reset,
    link: Color::Reset,
    planned: Color::Reset,
    doubtful: Color::Reset,
    warning: Color::Reset,
    error: Color::Reset,
    person: Color::Reset,
    state: Color::Reset,
    organisation: Color::Reset,
    place: Color::Reset,
    cursor: None,
    active: None,
    hit: None,
    aside: None,
    tlp_in_true_colour: false,
};

const TERMINAL: Palette = Palette {
    rule: Some(Color::DarkGray),
    focus: Color::Cyan,
    heading: Color::Cyan,
    star: Color::Yellow,
    code: Color::Magenta,
    link: Color::Blue,
    planned: Color::Blue,
    doubtful: Color::Magenta,
    warning: Color::Yellow,
    error: Color::Red,
    person: Color::Green,
    state: Color::Blue,
    organisation: Color::Magenta,
    place: Color::Cyan,
    active: Some((Color::Black, Color::Green)),
    hit: Some((Color::Black, Color::Yellow)),
    ..NONE
};

const DARK: Palette = Palette {
    text: rgb(0x00d8_dee9),
    ground: rgb(0x0016_1a21),
    dim: Some(rgb(0x008f_9bae)),
    rule: Some(rgb(0x003b_4454)),
    focus: rgb(0x0088_c0f0),
    heading: rgb(0x008f_bcbb),
    star: rgb(0x00eb_cb8b),
    code: rgb(0x00c8_a6d8),
    link: rgb(0x0088_b4e8),
    planned: rgb(0x0088_b4e8),
    doubtful: rgb(0x00d0_a0d8),
    warning: rgb(0x00eb_cb8b),
    error: rgb(0x00ff_8a8a),
    person: rgb(0x00a3_d08c),
    state: rgb(0x0088_b4e8),
    organisation: rgb(0x00c8_a6d8),
    place: rgb(0x008f_bcbb),
    cursor: Some((rgb(0x00ff_ffff), rgb(0x0034_506e))),
    active: Some((rgb(0x0010_1408), rgb(0x00a3_d08c))),
    hit: Some((rgb(0x0014_1005), rgb(0x00eb_cb8b))),
    aside: Some(rgb(0x0025_2c38)),
    tlp_in_true_colour: true,
};

const LIGHT: Palette = Palette {
    text: rgb(0x0022_262d),
    ground: rgb(0x00fb_faf6),
    dim: Some(rgb(0x005e_6673)),
    rule: Some(rgb(0x00c4_c6c8)),
    focus: rgb(0x0000_5a9c),
    heading: rgb(0x0000_6a6a),
    star: rgb(0x0080_5500),
    code: rgb(0x007a_2f8f),
    link: rgb(0x0000_4fb0),
    planned: rgb(0x0000_4fb0),
    doubtful: rgb(0x007a_2f8f),
    warning: rgb(0x0080_5500),
    error: rgb(0x00b0_1f1f),
    person: rgb(0x0026_6b1f),
    state: rgb(0x0000_4fb0),
    organisation: rgb(0x007a_2f8f),
    place: rgb(0x0000_6a6a),
    cursor: Some((rgb(0x0000_0000), rgb(0x00bd_dcf5))),
    active: Some((rgb(0x0010_2008), rgb(0x00a8_dc96))),
    hit: Some((rgb(0x0020_1800), rgb(0x00ff_d866))),
    aside: Some(rgb(0x00e9_e7df)),
    tlp_in_true_colour: true,
};

const HIGH_CONTRAST: Palette = Palette {
    text: rgb(0x00ff_ffff),
    ground: rgb(0x0000_0000),
    dim: Some(rgb(0x00d0_d0d0)),
    rule: Some(rgb(0x00ff_ffff)),
    focus: rgb(0x00ff_ff00),
    heading: rgb(0x0000_ffff),
    star: rgb(0x00ff_ff00),
    code: rgb(0x00ff_a0ff),
    link: rgb(0x0080_d0ff),
    planned: rgb(0x0080_d0ff),
    doubtful: rgb(0x00ff_a0ff),
    warning: rgb(0x00ff_ff00),
    error: rgb(0x00ff_9090),
    person: rgb(0x0080_ff80),
    state: rgb(0x0080_d0ff),
    organisation: rgb(0x00ff_a0ff),
    place: rgb(0x0000_ffff),
    cursor: Some((rgb(0x0000_0000), rgb(0x00ff_ffff))),
    active: Some((rgb(0x0000_0000), rgb(0x0080_ff80))),
    hit: Some((rgb(0x0000_0000), rgb(0x00ff_ff00))),
    aside: Some(rgb(0x0030_3030)),
    tlp_in_true_colour: true,
};

impl Palette {
    pub(super) fn named(name: ThemeName) -> Self {
        match name {
            ThemeName::Terminal => TERMINAL,
            ThemeName::Dark => DARK,
            ThemeName::Light => LIGHT,
            ThemeName::HighContrast => HIGH_CONTRAST,
            ThemeName::None => NONE,
        }
    }

    pub(super) fn kind(&self, kind: Kind) -> Color {
        match kind {
            Kind::Person => self.person,
            Kind::State => self.state,
            Kind::Organisation
            | Kind::Alliance
            | Kind::ArmedGroup
            | Kind::Company
            | Kind::Media => self.organisation,
            Kind::Place => self.place,
            Kind::Other => self.text,
        }
    }
}

/// The colour of xterm's cube or grey ramp that is nearest.
pub(super) fn nearest_of_256(r: u8, g: u8, b: u8) -> Color {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let nearest =
        |c: u8| (0u8..6).min_by_key(|step| STEPS[usize::from(*step)].abs_diff(c)).unwrap_or(0);
    let distance = |one: [u8; 3]| -> u32 {
        one.iter().zip([r, g, b]).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    let cube = [nearest(r), nearest(g), nearest(b)];
    let cube_distance = distance(cube.map(|step| STEPS[usize::from(step)]));
    let grey = (0u8..24).min_by_key(|step| distance([8 + 10 * step; 3])).unwrap_or(0);
    if distance([8 + 10 * grey; 3]) < cube_distance {
        Color::Indexed(232 + grey)
    } else {
        Color::Indexed(16 + 36 * cube[0] + 6 * cube[1] + cube[2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn true_colours_fall_on_their_neighbours() {
        assert_eq!(nearest_of_256(0, 0, 0), Color::Indexed(16));
        assert_eq!(nearest_of_256(255, 255, 255), Color::Indexed(231));
        assert_eq!(nearest_of_256(255, 0, 0), Color::Indexed(196));
        assert_eq!(nearest_of_256(128, 128, 128), Color::Indexed(244));
    }
}
