//! How an event stands, in a sign, a word and a colour.

use ratatui::style::Style;

use super::{ROOM_FOR_ALL, ROOM_FOR_STATUS};
use crate::corpus::timeline::Standing;
use crate::ui::paint::Pen;
use crate::ui::theme::{Role, Theme};

/// The word, where there is room for it and a space beside what happened.
pub(super) fn word_beside(
    standing: Standing,
    what: usize,
    room: usize,
    width: usize,
) -> &'static str {
    let word = standing.words();
    let fits = width >= ROOM_FOR_STATUS && what + word.len() + 4 <= room;
    if fits || width >= ROOM_FOR_ALL { word } else { "" }
}

/// How the event's words look.
pub(super) fn role(standing: Standing) -> Role {
    match standing {
        Standing::Done | Standing::CameToPass => Role::Done,
        Standing::Planned => Role::Planned,
        Standing::Denied | Standing::Alleged | Standing::Disputed => Role::Doubtful,
    }
}

fn sign(standing: Standing, theme: &Theme) -> &'static str {
    match standing {
        Standing::Done => " ",
        Standing::CameToPass => theme.glyph("✓", "v"),
        Standing::Planned => theme.glyph("○", "o"),
        Standing::Denied => theme.glyph("✗", "x"),
        Standing::Alleged => theme.glyph("“", "\""),
        Standing::Disputed => theme.glyph("≠", "!"),
    }
}

/// The sign of the standing and that of the open briefing; where there is room for one, the more
/// telling.
pub(super) fn write_signs(
    pen: &mut Pen<'_>,
    standing: Standing,
    own: bool,
    signs: usize,
    theme: &Theme,
    styled: impl Fn(Role) -> Style,
) {
    if signs > 1 || standing != Standing::Done {
        pen.sign(sign(standing, theme), styled(role(standing)));
    }
    if signs == 1 && standing != Standing::Done {
        return;
    }
    if own {
        pen.sign(theme.glyph("●", "*"), styled(Role::Strong));
    } else {
        pen.sign(theme.glyph("·", "."), styled(Role::Dim));
    }
}
