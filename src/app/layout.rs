//! Which panes stand where: a pure function of the size, the focus and the zoom.

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Column of its left edge, from 0.
    pub x: u16,
    /// Row of its top edge, from 0.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// Columns and rows of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// The largest side that is believed: a client may claim four billion columns.
const MAX_SIDE: u16 = 1_000;

impl Size {
    /// A size as a terminal claims it, held within what can be drawn: at least 1×1.
    #[must_use]
    pub fn clamped(columns: u32, rows: u32) -> Self {
        let side = |n: u32| u16::try_from(n).unwrap_or(MAX_SIDE).clamp(1, MAX_SIDE);
        Self { columns: side(columns), rows: side(rows) }
    }
}

/// One of the four views.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaneId {
    /// The list.
    #[default]
    Briefings,
    /// The open briefing.
    Text,
    /// Who is in it.
    Entities,
    /// What happened when.
    Timeline,
}

impl PaneId {
    /// All, in the order of `Tab` and of `g1` to `g4`.
    pub const ALL: [Self; 4] = [Self::Briefings, Self::Text, Self::Entities, Self::Timeline];

    /// Its name on the screen.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Briefings => "Briefings",
            Self::Text => "Text",
            Self::Entities => "Entities",
            Self::Timeline => "Timeline",
        }
    }

    /// The pane `steps` further in the order of `Tab`, around the end.
    #[must_use]
    pub fn step(self, forward: bool) -> Self {
        let at = Self::ALL.iter().position(|pane| *pane == self).unwrap_or(0);
        Self::ALL[(at + if forward { 1 } else { 3 }) % 4]
    }
}

/// How the panes are arranged, from the least room to the most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arrangement {
    /// One pane at a time.
    Single,
    /// One pane over the text, both as wide as the screen (60 to 119).
    Stacked,
    /// List over entities beside text over timeline (120 to 159).
    TwoColumns,
    /// List, text, and entities over timeline (160 columns and more).
    #[default]
    ThreeColumns,
}

impl Arrangement {
    /// All, with the names that a configuration gives them.
    pub const NAMED: [(&'static str, Self); 4] = [
        ("auto", Self::ThreeColumns),
        ("two-columns", Self::TwoColumns),
        ("stacked", Self::Stacked),
        ("single", Self::Single),
    ];
}

/// A pane's share of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaneArea {
    /// Which pane.
    pub pane: PaneId,
    /// The row with its title.
    pub title: Area,
    /// Where its content goes, below the title.
    pub inner: Area,
}

/// Where everything stands. Computed when size, focus or zoom change; read by paging and drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The whole screen.
    pub size: Size,
    /// How the panes are arranged.
    pub arrangement: Arrangement,
    /// First row: corpus, lens, count. Absent on screens of under four rows.
    pub header: Option<Area>,
    /// Last row: keys, or a notice.
    pub footer: Option<Area>,
    /// The visible panes.
    pub panes: Vec<PaneArea>,
    /// Columns that hold a vertical rule, each with its first row and its height.
    pub rules: Vec<Area>,
}

/// Narrowest screens of the arrangements, in columns.
const THREE_COLUMNS: u16 = 160;
const TWO_COLUMNS: u16 = 120;
const STACKED: u16 = 60;
/// Fewest rows in which one pane may stand over another.
const ROWS_FOR_TWO: u16 = 14;

impl Layout {
    /// Lays the panes out. `focus` decides which panes show where not all have room; `most` is the
    /// most spacious arrangement wanted, `Single` for a zoomed pane.
    #[must_use]
    pub fn new(size: Size, focus: PaneId, most: Arrangement) -> Self {
        let arrangement = Self::fitting(size).min(most);
        let header =
            (size.rows >= 4).then_some(Area { x: 0, y: 0, width: size.columns, height: 1 });
        let footer = (size.rows >= 3).then_some(Area {
            x: 0,
            y: size.rows - 1,
            width: size.columns,
            height: 1,
        });
        let top = u16::from(header.is_some());
        let height = size.rows - top - u16::from(footer.is_some());
        let body = Area { x: 0, y: top, width: size.columns, height };
        let mut layout =
            Self { size, arrangement, header, footer, panes: Vec::new(), rules: Vec::new() };
        match arrangement {
            Arrangement::ThreeColumns => layout.three_columns(body),
            Arrangement::TwoColumns => layout.two_columns(body),
            Arrangement::Stacked => layout.stacked(body, focus),
            Arrangement::Single => layout.place(focus, body),
        }
        layout
    }

    fn fitting(size: Size) -> Arrangement {
        if size.columns < STACKED || size.rows < ROWS_FOR_TWO {
            return Arrangement::Single;
        }
        match size.columns {
            THREE_COLUMNS.. => Arrangement::ThreeColumns,
            TWO_COLUMNS.. => Arrangement::TwoColumns,
            _ => Arrangement::Stacked,
        }
    }

    fn three_columns(&mut self, body: Area) {
        let left = (body.width * 29 / 100).clamp(38, 60);
        let right = (body.width * 24 / 100).clamp(38, 56);
        let middle = body.width - left - right - 2;
        let (left_x, middle_x, right_x) = (body.x, body.x + left + 1, body.x + left + middle + 2);
        self.place(PaneId::Briefings, Area { x: left_x, width: left, ..body });
        self.rule(body, middle_x - 1);
        self.place(PaneId::Text, Area { x: middle_x, width: middle, ..body });
        self.rule(body, right_x - 1);
        let column = Area { x: right_x, width: right, ..body };
        self.split(column, body.height * 2 / 5, PaneId::Entities, PaneId::Timeline);
    }

    fn two_columns(&mut self, body: Area) {
        let left = (body.width * 2 / 5).clamp(44, 60);
        let column = Area { width: left, ..body };
        self.split(column, body.height * 11 / 20, PaneId::Briefings, PaneId::Entities);
        self.rule(body, body.x + left);
        let column = Area { x: body.x + left + 1, width: body.width - left - 1, ..body };
        self.split(column, body.height * 13 / 20, PaneId::Text, PaneId::Timeline);
    }

    /// The upper pane is the list, or whichever of entities and timeline has the focus, which then
    /// gets half the height.
    fn stacked(&mut self, body: Area, focus: PaneId) {
        match focus {
            PaneId::Entities | PaneId::Timeline => {
                self.split(body, body.height / 2, focus, PaneId::Text);
            }
            _ => self.split(body, (body.height * 3 / 10).max(5), PaneId::Briefings, PaneId::Text),
        }
    }

    fn split(&mut self, area: Area, upper: u16, over: PaneId, under: PaneId) {
        let upper = upper.clamp(1, area.height.saturating_sub(1).max(1));
        self.place(over, Area { height: upper, ..area });
        self.place(under, Area { y: area.y + upper, height: area.height - upper, ..area });
    }

    fn place(&mut self, pane: PaneId, area: Area) {
        let title = Area { height: area.height.min(1), ..area };
        let inner = Area { y: area.y + title.height, height: area.height - title.height, ..area };
        self.panes.push(PaneArea { pane, title, inner });
    }

    fn rule(&mut self, body: Area, x: u16) {
        self.rules.push(Area { x, width: 1, ..body });
    }

    /// The share of a pane, if it is on the screen.
    #[must_use]
    pub fn pane(&self, pane: PaneId) -> Option<&PaneArea> {
        self.panes.iter().find(|area| area.pane == pane)
    }

    /// Rows of a pane's content; of a hidden pane what it would have alone on the screen.
    #[must_use]
    pub fn rows(&self, pane: PaneId) -> u16 {
        self.pane(pane).map_or(self.size.rows.saturating_sub(3), |area| area.inner.height)
    }

    /// Columns of a pane's content; of a hidden pane those of the screen.
    #[must_use]
    pub fn columns(&self, pane: PaneId) -> u16 {
        self.pane(pane).map_or(self.size.columns, |area| area.inner.width)
    }

    /// Where a view goes that lies over list and text: their columns where these are columns of
    /// their own, else all between header and footer.
    #[must_use]
    pub fn over_list_and_text(&self) -> Area {
        let top = self.header.map_or(0, |header| header.y + header.height);
        let bottom = self.footer.map_or(self.size.rows, |footer| footer.y);
        let aside = (self.arrangement == Arrangement::ThreeColumns)
            .then(|| self.pane(PaneId::Entities).map(|pane| pane.title.x.saturating_sub(1)))
            .flatten();
        let width = aside.unwrap_or(self.size.columns);
        Area { x: 0, y: top, width, height: bottom.saturating_sub(top) }
    }

    /// The visible pane that lies next to `from` on the left or on the right, or above and below
    /// it where the screen has one column.
    #[must_use]
    pub fn beside(&self, from: PaneId, right: bool) -> Option<PaneId> {
        let here = self.pane(from)?.title;
        let candidates = self.panes.iter().filter(|area| area.pane != from);
        let beside = candidates
            .filter(|area| if right { area.title.x > here.x } else { area.title.x < here.x });
        let distance =
            |area: &&PaneArea| (area.title.x.abs_diff(here.x), area.title.y.abs_diff(here.y));
        beside.min_by_key(distance).map(|area| area.pane)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panes(columns: u32, rows: u32, focus: PaneId) -> Vec<PaneId> {
        Layout::new(Size::clamped(columns, rows), focus, Arrangement::default())
            .panes
            .iter()
            .map(|p| p.pane)
            .collect()
    }

    #[test]
    fn the_width_decides_which_panes_show() {
        use PaneId::{Briefings, Entities, Text, Timeline};
        assert_eq!(panes(160, 48, Briefings), [Briefings, Text, Entities, Timeline]);
        assert_eq!(panes(120, 40, Briefings), [Briefings, Entities, Text, Timeline]);
        assert_eq!(panes(80, 24, Briefings), [Briefings, Text]);
        assert_eq!(panes(80, 24, Timeline), [Timeline, Text]);
        assert_eq!(panes(50, 15, Entities), [Entities]);
        assert_eq!(panes(200, 6, Text), [Text]);
    }

    fn cells(area: Area) -> impl Iterator<Item = (u16, u16)> {
        (area.y..area.y + area.height)
            .flat_map(move |y| (area.x..area.x + area.width).map(move |x| (x, y)))
    }

    #[test]
    fn no_pane_leaves_the_screen_or_covers_another_at_any_size() {
        for columns in
            [1, 2, 5, 20, 39, 40, 50, 59, 60, 79, 80, 119, 120, 121, 159, 160, 161, 199, 220]
        {
            for rows in [1, 2, 3, 4, 5, 7, 13, 14, 15, 24, 48] {
                for (focus, (_, most)) in PaneId::ALL.into_iter().zip(Arrangement::NAMED) {
                    let size = Size::clamped(columns, rows);
                    let layout = Layout::new(size, focus, most);
                    assert!(layout.pane(focus).is_some(), "{focus:?} is hidden at {size:?}");
                    let areas = layout.panes.iter().flat_map(|p| [p.title, p.inner]);
                    let mut taken = vec![false; usize::from(size.columns) * usize::from(size.rows)];
                    for (x, y) in areas
                        .chain(layout.header)
                        .chain(layout.footer)
                        .chain(layout.rules.clone())
                        .flat_map(cells)
                    {
                        assert!(
                            x < size.columns && y < size.rows,
                            "({x}, {y}) is outside {size:?}"
                        );
                        let cell =
                            &mut taken[usize::from(y) * usize::from(size.columns) + usize::from(x)];
                        assert!(
                            !std::mem::replace(cell, true),
                            "({x}, {y}) is taken twice at {size:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn left_and_right_follow_the_screen() {
        let wide = Layout::new(Size::clamped(160, 48), PaneId::Briefings, Arrangement::default());
        assert_eq!(wide.beside(PaneId::Briefings, true), Some(PaneId::Text));
        assert_eq!(wide.beside(PaneId::Text, true), Some(PaneId::Entities));
        assert_eq!(wide.beside(PaneId::Timeline, false), Some(PaneId::Text));
        assert_eq!(wide.beside(PaneId::Briefings, false), None);
    }
}
