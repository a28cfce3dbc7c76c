//! The one table of commands. Help, palette, footer, keymap, README and the check for conflicts
//! are all made from it.

use super::layout::PaneId;

/// Where a key means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// In all four panes.
    Everywhere,
    /// In the list.
    Briefings,
    /// In the text.
    Text,
    /// In the entities pane.
    Entities,
    /// In the timeline.
    Timeline,
    /// In a list or page that lies over the panes.
    Overlay,
    /// Where one types.
    Prompt,
    /// In the picker of actors, where one types too.
    Picker,
    /// In a dossier.
    Dossier,
}

impl Scope {
    /// All scopes, in the order in which help shows them.
    pub const ALL: [Self; 9] = [
        Self::Everywhere,
        Self::Briefings,
        Self::Text,
        Self::Entities,
        Self::Timeline,
        Self::Overlay,
        Self::Prompt,
        Self::Picker,
        Self::Dossier,
    ];

    /// Its name in a keymap.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Briefings => "briefings",
            Self::Text => "text",
            Self::Entities => "entities",
            Self::Timeline => "timeline",
            Self::Overlay => "overlay",
            Self::Prompt => "prompt",
            Self::Picker => "picker",
            Self::Dossier => "dossier",
        }
    }

    /// The scope with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }

    /// The scope and those in which a key is looked up after it, nearest first.
    pub fn and_outer(self) -> impl Iterator<Item = Self> {
        let outer = |scope: &Self| match scope {
            Self::Everywhere | Self::Overlay | Self::Prompt => None,
            Self::Briefings | Self::Text | Self::Entities | Self::Timeline => {
                Some(Self::Everywhere)
            }
            Self::Picker => Some(Self::Prompt),
            Self::Dossier => Some(Self::Overlay),
        };
        std::iter::successors(Some(self), outer)
    }

    /// Whether characters are typed in it rather than meant as keys.
    #[must_use]
    pub fn is_typing(self) -> bool {
        matches!(self, Self::Prompt | Self::Picker)
    }

    /// The scope of a pane.
    #[must_use]
    pub fn of(pane: PaneId) -> Self {
        match pane {
            PaneId::Briefings => Self::Briefings,
            PaneId::Text => Self::Text,
            PaneId::Entities => Self::Entities,
            PaneId::Timeline => Self::Timeline,
        }
    }
}

/// What a key, the palette or the help can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is documented by its row of COMMANDS")]
pub enum Action {
    Down,
    Up,
    HalfPageDown,
    HalfPageUp,
    PageDown,
    PageUp,
    First,
    Last,
    NextBriefing,
    PreviousBriefing,
    NextPane,
    PreviousPane,
    PaneLeft,
    PaneRight,
    Pane(PaneId),
    Zoom,
    Open,
    ReadOn,
    Select,
    ToggleRead,
    ToggleStar,
    ReadAll,
    Undo,
    Sort,
    Find,
    NextHit,
    Back,
    Forward,
    SwapPlaces,
    Places,
    PreviousHit,
    MakeActive,
    Follow,
    NextMention,
    PreviousMention,
    NextWithOne,
    PreviousWithOne,
    ToggleInferred,
    TurnEntities,
    Lens,
    Lenses,
    Narrow,
    Exclude,
    Dyad,
    GoToDate,
    FindActor,
    TurnScope,
    Dossier,
    DossierOf,
    DyadDossier,
    ToggleReports,
    ZoomIn,
    ZoomOut,
    ZoomFit,
    Details,
    OpenSource,
    Edit,
    Reload,
    Problems,
    NextTheme,
    Help,
    Palette,
    Redraw,
    Escape,
    Quit,
    Interrupt,
    Suspend,
    Accept,
    Cancel,
    Complete,
    CursorLeft,
    CursorRight,
    CursorStart,
    CursorEnd,
    EraseLeft,
    EraseRight,
    EraseWord,
    EraseAll,
}

/// What a command is about; the headings of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Moving within a pane.
    Moving,
    /// Between panes and briefings.
    Panes,
    /// Reading and marking.
    Reading,
    /// Finding words and actors.
    Finding,
    /// The timeline.
    Time,
    /// Files and the program itself.
    Program,
    /// Typing in a prompt.
    Typing,
}

impl Topic {
    /// The heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Moving => "Moving",
            Self::Panes => "Panes and briefings",
            Self::Reading => "Reading and marking",
            Self::Finding => "Finding",
            Self::Time => "Timeline",
            Self::Program => "Files and program",
            Self::Typing => "While typing",
        }
    }
}

/// One thing that can be done.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Its name in a keymap and in the palette.
    pub name: &'static str,
    /// One line for help and palette.
    pub doc: &'static str,
    /// A word or two for the footer; empty where it never shows there.
    pub short: &'static str,
    /// The heading under which help lists it.
    pub topic: Topic,
    /// Where it does something.
    pub scopes: &'static [Scope],
    /// What it does.
    pub action: Action,
}

const EVERYWHERE: &[Scope] = &[Scope::Everywhere];
const MOVING: &[Scope] = &[Scope::Everywhere, Scope::Overlay, Scope::Prompt];
const PAGING: &[Scope] = &[Scope::Everywhere, Scope::Overlay, Scope::Picker];
const LEAVING: &[Scope] = &[Scope::Everywhere, Scope::Overlay];
const TYPING: &[Scope] = &[Scope::Prompt];

macro_rules! commands {
    ($($name:literal $topic:ident $scopes:expr, $action:expr, $short:literal, $doc:literal;)*) => {
        /// Every command, in the order of the help.
        pub const COMMANDS: &[Command] = &[$(Command {
            name: $name,
            doc: $doc,
            short: $short,
            topic: Topic::$topic,
            scopes: $scopes,
            action: $action,
        }),*];
    };
}

commands! {
    "down" Moving MOVING, Action::Down, "", "Down a row; in the text, scroll a line";
    "up" Moving MOVING, Action::Up, "", "Up a row; in the text, scroll a line";
    "half-page-down" Moving PAGING, Action::HalfPageDown, "", "Down half a page";
    "half-page-up" Moving PAGING, Action::HalfPageUp, "", "Up half a page";
    "page-down" Moving PAGING, Action::PageDown, "", "Down a page";
    "page-up" Moving PAGING, Action::PageUp, "", "Up a page";
    "first" Moving PAGING, Action::First, "", "First row, or the row of the count (5gg)";
    "last" Moving PAGING, Action::Last, "", "Last row, or the row of the count";
    "next-briefing" Panes EVERYWHERE, Action::NextBriefing, "next", "Next briefing of the list, from any pane";
    "previous-briefing" Panes EVERYWHERE, Action::PreviousBriefing, "previous", "Previous briefing of the list, from any pane";
    "next-pane" Panes EVERYWHERE, Action::NextPane, "pane", "Next pane";
    "previous-pane" Panes EVERYWHERE, Action::PreviousPane, "", "Previous pane";
    "pane-left" Panes EVERYWHERE, Action::PaneLeft, "", "Pane on the left";
    "pane-right" Panes EVERYWHERE, Action::PaneRight, "", "Pane on the right";
    "briefings" Panes EVERYWHERE, Action::Pane(PaneId::Briefings), "list", "Go to the list of briefings";
    "text" Panes EVERYWHERE, Action::Pane(PaneId::Text), "text", "Go to the text";
    "entities" Panes EVERYWHERE, Action::Pane(PaneId::Entities), "entities", "Go to the entities";
    "timeline" Panes EVERYWHERE, Action::Pane(PaneId::Timeline), "timeline", "Go to the timeline";
    "back" Panes EVERYWHERE, Action::Back, "back", "Back to where the last jump began, to the line";
    "forward" Panes EVERYWHERE, Action::Forward, "forward", "Forward again";
    "swap-places" Panes EVERYWHERE, Action::SwapPlaces, "", "Between here and where the last jump began";
    "places" Panes EVERYWHERE, Action::Places, "history", "All the places you have been";
    "zoom" Panes EVERYWHERE, Action::Zoom, "zoom", "Give this pane the whole screen, or back";
    "open" Reading &[Scope::Briefings, Scope::Timeline, Scope::Overlay], Action::Open, "open", "Open what the cursor is on";
    "read-on" Reading &[Scope::Text], Action::ReadOn, "read on", "A page down; at the end, the next unread briefing";
    "details" Reading EVERYWHERE, Action::Details, "details", "Everything the file says of this briefing: grade in words, sources, links, markings";
    "toggle-read" Reading EVERYWHERE, Action::ToggleRead, "read", "Mark read or unread: the selected briefings, else the open one";
    "toggle-star" Reading EVERYWHERE, Action::ToggleStar, "star", "Star or unstar: the selected briefings, else the open one";
    "read-all" Reading EVERYWHERE, Action::ReadAll, "", "Mark all listed briefings read";
    "undo" Reading EVERYWHERE, Action::Undo, "undo", "Take back the last change of marks";
    "select" Reading &[Scope::Briefings], Action::Select, "select", "Select this briefing for what comes next, or let it go";
    "sort" Reading &[Scope::Briefings, Scope::Timeline, Scope::Dossier], Action::Sort, "sort", "Sort the list by date, relevance, title or source; turn the time of timeline or dossier round";
    "find" Finding &[Scope::Briefings, Scope::Text, Scope::Entities, Scope::Timeline, Scope::Dossier], Action::Find, "find", "In the list, the lens: words, actor:… on:…; in the text find, elsewhere only rows with it";
    "lens" Finding EVERYWHERE, Action::Lens, "lens", "Edit the lens from any pane: which briefings all four panes show";
    "find-actor" Finding EVERYWHERE, Action::FindActor, "find actor", "Any actor of the corpus, by any part of any name, in any script";
    "go-to-date" Finding EVERYWHERE, Action::GoToDate, "date", "Narrow the lens to a date: 2023-03, mar 20-25, last week";
    "narrow" Finding &[Scope::Everywhere, Scope::Picker], Action::Narrow, "narrow", "Narrow the lens to what is under the cursor: actor, topic, date";
    "exclude" Finding EVERYWHERE, Action::Exclude, "exclude", "Narrow the lens to all but what is under the cursor";
    "dyad" Finding EVERYWHERE, Action::Dyad, "and actor", "Then an actor's letter: the lens becomes the active one and him together";
    "dossier" Finding &[Scope::Text, Scope::Entities], Action::Dossier, "dossier", "Everything on the actor at the point or under the cursor";
    "dossier-of" Finding EVERYWHERE, Action::DossierOf, "dossier", "Then an actor's letter: everything on him";
    "dyad-dossier" Finding EVERYWHERE, Action::DyadDossier, "both", "Everything on two actors together: those of the lens, else the active one and the one here";
    "lenses" Finding EVERYWHERE, Action::Lenses, "lenses", "Saved lenses, with what each finds now";
    "next-hit" Finding EVERYWHERE, Action::NextHit, "next hit", "Next mention of the active actor, or next hit, on into the next briefing that has one";
    "previous-hit" Finding EVERYWHERE, Action::PreviousHit, "", "Previous mention or hit";
    "next-with-one" Finding EVERYWHERE, Action::NextWithOne, "briefing", "Next briefing of the list that has such a mention or hit";
    "previous-with-one" Finding EVERYWHERE, Action::PreviousWithOne, "", "Previous briefing that has one";
    "next-mention" Finding &[Scope::Text], Action::NextMention, "mention", "Next mention of any actor: the point, on which Enter and * act";
    "previous-mention" Finding &[Scope::Text], Action::PreviousMention, "", "Previous mention of any actor";
    "toggle-inferred" Finding EVERYWHERE, Action::ToggleInferred, "", "Show inferred mentions (surname, role, people, seat of government), or names alone";
    "turn-entities" Finding &[Scope::Entities], Action::TurnEntities, "turn", "Actors of the briefing, of the whole lens, or its topics: classes, kinds, tags, sources, months";
    "follow" Finding EVERYWHERE, Action::Follow, "actor", "Then an actor's letter: he becomes active, and his next mention is shown";
    "make-active" Finding &[Scope::Text, Scope::Entities, Scope::Picker, Scope::Dossier], Action::MakeActive, "light up", "Light up the actor under the cursor, or at the point of the text, for n and N";
    "toggle-reports" Time &[Scope::Timeline], Action::ToggleReports, "reports", "Unfold the reports of the event under the cursor, or fold them";
    "zoom-in" Time &[Scope::Timeline], Action::ZoomIn, "finer", "Finer: year, quarter, month, week, day";
    "zoom-out" Time &[Scope::Timeline], Action::ZoomOut, "coarser", "Coarser: day, week, month, quarter, year";
    "zoom-fit" Time &[Scope::Timeline], Action::ZoomFit, "fit", "The zoom that shows the whole span best";
    "problems" Program EVERYWHERE, Action::Problems, "problems", "Problems found in the files";
    "edit" Program &[Scope::Everywhere, Scope::Overlay], Action::Edit, "edit", "Edit the file at this line in $VISUAL or $EDITOR, then read it again";
    "open-source" Program EVERYWHERE, Action::OpenSource, "source", "Open the source's link; without a display, copy it";
    "reload" Program EVERYWHERE, Action::Reload, "reload", "Read the files again";
    "next-theme" Program EVERYWHERE, Action::NextTheme, "", "Next theme: terminal, dark, light, high-contrast, none";
    "help" Program &[Scope::Everywhere, Scope::Overlay], Action::Help, "help", "All keys: type to search, Enter runs one";
    "palette" Program &[Scope::Everywhere, Scope::Overlay], Action::Palette, "command", "Run a command by name";
    "redraw" Program &[Scope::Everywhere, Scope::Overlay, Scope::Prompt], Action::Redraw, "", "Draw the screen afresh";
    "suspend" Program &[Scope::Everywhere, Scope::Overlay, Scope::Prompt], Action::Suspend, "", "Stop the program as the shell does; fg goes on";
    "escape" Program LEAVING, Action::Escape, "back", "Leave one thing: overlay, hits, active actor, selection, filter, last term of the lens; never quits";
    "quit" Program LEAVING, Action::Quit, "quit", "Close the overlay; from the text, entities and timeline back to the list; in the list, quit";
    "interrupt" Program &[Scope::Everywhere, Scope::Overlay, Scope::Prompt], Action::Interrupt, "", "Leave a prompt; never quits";
    "accept" Typing TYPING, Action::Accept, "take", "Take what is typed or chosen";
    "cancel" Typing TYPING, Action::Cancel, "leave", "Leave as it was";
    "complete" Typing TYPING, Action::Complete, "complete", "Fill in the best of what could follow; again, the next";
    "turn-scope" Typing TYPING, Action::TurnScope, "scope", "Search everything or within the lens; dates by what happened or by issue";
    "cursor-left" Typing TYPING, Action::CursorLeft, "", "Left";
    "cursor-right" Typing TYPING, Action::CursorRight, "", "Right";
    "cursor-start" Typing TYPING, Action::CursorStart, "", "To the start";
    "cursor-end" Typing TYPING, Action::CursorEnd, "", "To the end";
    "erase-left" Typing TYPING, Action::EraseLeft, "", "Erase to the left; on an empty line, leave";
    "erase-right" Typing TYPING, Action::EraseRight, "", "Erase to the right";
    "erase-word" Typing TYPING, Action::EraseWord, "", "Erase the word to the left";
    "erase-all" Typing TYPING, Action::EraseAll, "", "Erase everything to the left";
}

/// The command with this name.
#[must_use]
pub fn command_named(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// Commands that matter in a pane, most useful first, the help last: what the footer shows as far
/// as it has room.
#[must_use]
pub fn hints(pane: PaneId) -> &'static [&'static str] {
    match pane {
        PaneId::Briefings => &[
            "open",
            "follow",
            "find-actor",
            "find",
            "go-to-date",
            "entities",
            "timeline",
            "toggle-star",
            "sort",
            "palette",
            "quit",
            "help",
        ],
        PaneId::Text => &[
            "follow",
            "dossier",
            "next-hit",
            "find-actor",
            "read-on",
            "find",
            "back",
            "next-briefing",
            "entities",
            "timeline",
            "details",
            "help",
        ],
        PaneId::Entities => &[
            "dossier",
            "make-active",
            "narrow",
            "next-hit",
            "turn-entities",
            "find",
            "text",
            "help",
        ],
        PaneId::Timeline => &[
            "open",
            "toggle-reports",
            "zoom-in",
            "zoom-out",
            "go-to-date",
            "narrow",
            "find",
            "help",
        ],
    }
}

/// Commands that matter in a dossier, in the same order.
pub const DOSSIER_HINTS: [&str; 9] =
    ["open", "next-with-one", "next-pane", "dyad", "narrow", "sort", "find", "back", "help"];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_and_actions_are_unique_and_docs_fit_a_line() {
        let (mut names, mut actions) = (HashSet::new(), HashSet::new());
        for command in COMMANDS {
            assert!(names.insert(command.name), "{} stands twice", command.name);
            assert!(actions.insert(command.action), "{:?} stands twice", command.action);
            assert!(command.doc.len() <= 100, "{}'s line is too long", command.name);
            assert!(command.short.len() <= 12, "{}'s short name is too long", command.name);
            assert!(!command.scopes.is_empty());
        }
    }
}
