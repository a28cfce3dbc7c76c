//! The tables of `ARCHITECTURE.md`, as the rules that the test holds the code to.

/// A room and the rooms that it may use.
#[derive(Debug, PartialEq, Eq)]
pub struct Room {
    /// Its name.
    pub name: String,
    /// Names of the rooms it may use.
    pub may_use: Vec<String>,
}

/// Things that only some places may touch.
#[derive(Debug, PartialEq, Eq)]
pub struct Limit {
    /// Paths such as `std::fs` or `ratatui`, or a keyword such as `static`.
    pub things: Vec<String>,
    /// Modules with `/`, such as `corpus/scan`; what lies below them may too.
    pub only_in: Vec<String>,
    /// Why.
    pub because: String,
}

/// The rules that the page states.
#[derive(Debug)]
pub struct Page {
    /// In its order.
    pub rooms: Vec<Room>,
    /// In its order.
    pub limits: Vec<Limit>,
}

impl Page {
    /// Reads the tables under the headings `Rooms` and `What only some may touch`.
    pub fn read(text: &str) -> Self {
        let rooms = rows(text, "Rooms")
            .into_iter()
            .map(|row| Room { name: in_ticks(&row[0]).concat(), may_use: in_ticks(&row[2]) });
        let limits = rows(text, "What only some may touch").into_iter().map(|row| Limit {
            things: in_ticks(&row[0]),
            only_in: in_ticks(&row[1]),
            because: row[2].clone(),
        });
        Self { rooms: rooms.collect(), limits: limits.collect() }
    }

    /// The row of a room.
    pub fn room(&self, name: &str) -> Option<&Room> {
        self.rooms.iter().find(|room| room.name == name)
    }
}

/// What stands between back ticks.
pub fn in_ticks(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The cells of the first table under a heading, three a row; its own head is left out.
fn rows(text: &str, heading: &str) -> Vec<[String; 3]> {
    let section = text.split("\n## ").find(|section| section.starts_with(heading));
    let lines = section.unwrap_or_default().lines().skip_while(|line| !line.starts_with('|'));
    let rows = lines.take_while(|line| line.starts_with('|')).skip(2);
    rows.map(|line| {
        let mut cells = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned());
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    })
    .collect()
}
