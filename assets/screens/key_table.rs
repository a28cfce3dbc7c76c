//! The README's table of keys, made from the commands and the shipped keymap.

use std::fmt::Write as _;

use chancery::app::command::{COMMANDS, Command, Scope, Topic};

use chancery::app::keymap::Keymap;

/// Lines between which the README holds the table.
pub const BEGIN: &str = "<!-- keys: made by `cargo run --example screens` -->";
pub const END: &str = "<!-- end of keys -->";

/// The README with the table as it is to be.
pub fn with_table(readme: &str) -> Option<String> {
    let (before, rest) = readme.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{}\n{END}{after}", table()))
}

fn table() -> String {
    let keymap = Keymap::shipped();
    let mut table = "| keys | where | what |\n| --- | --- | --- |\n".to_owned();
    for command in COMMANDS.iter().filter(|command| command.topic != Topic::Typing) {
        let keys = keys(command, &keymap);
        if !keys.is_empty() {
            let _ = writeln!(table, "| {} | {} | {} |", keys.join(" "), places(command), command.doc);
        }
    }
    table
}

fn keys(command: &Command, keymap: &Keymap) -> Vec<String> {
    let scopes = [Scope::Everywhere, Scope::Briefings, Scope::Text, Scope::Entities, Scope::Timeline];
    let mut keys: Vec<String> = Vec::new();
    for key in scopes.into_iter().flat_map(|scope| keymap.keys_of(command.name, scope)) {
        let key = format!("`{}`", key.replace('|', "\\|"));
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

fn places(command: &Command) -> String {
    if command.scopes.contains(&Scope::Everywhere) {
        return String::new();
    }
    let panes = [(Scope::Briefings, "list"), (Scope::Text, "text"), (Scope::Entities, "entities"), (Scope::Timeline, "timeline")];
    let names: Vec<&str> = panes.iter().filter(|(scope, _)| command.scopes.contains(scope)).map(|(_, name)| *name).collect();
    names.join(", ")
}
