//! Which keys mean which command in which scope, and how a typed sequence is looked up.

use std::collections::BTreeMap;

use super::chord::Chord;
use super::command::{COMMANDS, Command, Scope, command_named};

/// Keys in a row that mean one command, such as `g` `d`.
pub type Sequence = Vec<Chord>;

/// Which keys mean what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    bindings: BTreeMap<(Scope, Sequence), &'static str>,
    /// The same by command, for the hints of every frame.
    by_command: BTreeMap<&'static str, Vec<(Scope, Sequence)>>,
}

/// What a sequence means so far.
#[derive(Clone, Copy, Debug)]
pub enum Lookup {
    /// It is a command.
    Found(&'static Command),
    /// It begins one.
    Prefix,
    /// It means nothing.
    Unbound,
}

/// A binding that cannot be taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindingError {
    /// What is wrong, as a plain sentence.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

impl Keymap {
    /// Binds a sequence (as written: `g d`, `Ctrl-f`) to a command by name; `none` unbinds.
    ///
    /// # Errors
    /// Where the key or the command does not exist, the command does nothing in that scope, or the
    /// sequence begins with a digit, which is a count.
    pub fn bind(&mut self, scope: Scope, keys: &str, command: &str) -> Result<(), BindingError> {
        let sequence = parse_sequence(keys)?;
        if command == "none" {
            self.unbind(&(scope, sequence));
            return Ok(());
        }
        let Some(found) = command_named(command) else { return Err(unknown_command(command)) };
        let reaches = found.scopes.contains(&scope)
            || (found.scopes.contains(&Scope::Everywhere)
                && !matches!(scope, Scope::Overlay | Scope::Prompt | Scope::Picker));
        if !reaches {
            let scopes: Vec<_> = found.scopes.iter().map(|scope| scope.name()).collect();
            return Err(BindingError {
                message: format!("`{command}` does nothing in `{}`", scope.name()),
                help: format!("bind it under {}", scopes.join(" or ")),
            });
        }
        let binding = (scope, sequence);
        self.unbind(&binding);
        self.by_command.entry(found.name).or_default().push(binding.clone());
        self.bindings.insert(binding, found.name);
        Ok(())
    }

    fn unbind(&mut self, binding: &(Scope, Sequence)) {
        let before = self.bindings.remove(binding);
        if let Some(all) = before.and_then(|command| self.by_command.get_mut(command)) {
            all.retain(|other| other != binding);
        }
    }

    /// What a sequence means in a scope; a pane's own bindings come before those of everywhere.
    #[must_use]
    pub fn look_up(&self, scope: Scope, sequence: &[Chord]) -> Lookup {
        let scopes: Vec<Scope> = scope.and_outer().collect();
        for scope in &scopes {
            if let Some(command) =
                self.bindings.get(&(*scope, sequence.to_vec())).and_then(|name| command_named(name))
            {
                return Lookup::Found(command);
            }
        }
        let begins = |scope: Scope| {
            let longer = self.bindings.range((scope, sequence.to_vec())..);
            let mut longer = longer.map(|((at, keys), _)| (*at, keys));
            longer.next().is_some_and(|(at, keys)| at == scope && keys.starts_with(sequence))
        };
        if scopes.into_iter().any(begins) { Lookup::Prefix } else { Lookup::Unbound }
    }

    /// What can follow a prefix in a scope: the rest of the keys, and the command.
    #[must_use]
    pub fn continuations(&self, scope: Scope, prefix: &[Chord]) -> Vec<(String, &'static Command)> {
        let fits = |at: Scope| scope.and_outer().any(|scope| scope == at);
        self.bindings
            .iter()
            .filter(|((at, keys), _)| {
                fits(*at) && keys.len() > prefix.len() && keys.starts_with(prefix)
            })
            .filter_map(|((_, keys), name)| {
                Some((written(&keys[prefix.len()..]), command_named(name)?))
            })
            .collect()
    }

    /// All keys of a command that hold in a scope as written: plain ones first, short ones first.
    #[must_use]
    pub fn keys_of(&self, command: &str, scope: Scope) -> Vec<String> {
        let all = self.by_command.get(command).into_iter().flatten();
        let mut bindings: Vec<&(Scope, Sequence)> =
            all.filter(|(at, _)| scope.and_outer().any(|scope| scope == *at)).collect();
        bindings.sort();
        let mut keys: Vec<&Sequence> = bindings.into_iter().map(|(_, keys)| keys).collect();
        keys.sort_by_key(|keys| {
            let named = keys.iter().any(|chord| chord.typed().is_none());
            (named, keys.len(), keys.iter().map(|chord| chord.to_string().len()).sum::<usize>())
        });
        keys.dedup();
        keys.into_iter().map(|keys| written(keys)).collect()
    }

    /// Bindings that hide each other: a sequence that is bound and also begins a longer one.
    #[must_use]
    pub fn conflicts(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (scope, keys) in self.bindings.keys() {
            for cut in 1..keys.len() {
                let is_bound =
                    |scope: Scope| self.bindings.contains_key(&(scope, keys[..cut].to_vec()));
                if scope.and_outer().any(is_bound) {
                    found.push(format!(
                        "`{}` can never be typed: `{}` is bound by itself",
                        written(keys),
                        written(&keys[..cut])
                    ));
                }
            }
        }
        found
    }

    /// Commands that no key reaches; the palette still does.
    #[must_use]
    pub fn unbound(&self) -> Vec<&'static str> {
        COMMANDS
            .iter()
            .map(|command| command.name)
            .filter(|name| !self.bindings.values().any(|bound| bound == name))
            .collect()
    }

    /// Every binding: scope, keys as written, command.
    pub fn bindings(&self) -> impl Iterator<Item = (Scope, String, &'static str)> + '_ {
        self.bindings.iter().map(|((scope, keys), name)| (*scope, written(keys), *name))
    }
}

/// A sequence as a person writes it; single characters stand together (`gd`), names apart.
#[must_use]
pub fn written(keys: &[Chord]) -> String {
    let parts: Vec<String> = keys.iter().map(ToString::to_string).collect();
    let together = parts.iter().all(|part| part.chars().count() == 1);
    parts.join(if together { "" } else { " " })
}

fn parse_sequence(keys: &str) -> Result<Sequence, BindingError> {
    let error = |message: String| BindingError {
        message,
        help: "write keys as in `j`, `g d`, `Ctrl-f`, `PgDn`".into(),
    };
    let sequence: Sequence =
        keys.split_whitespace().map(str::parse).collect::<Result<_, String>>().map_err(error)?;
    match sequence.first() {
        None => Err(error("a binding needs a key".into())),
        Some(Chord { key: super::chord::Key::Char('1'..='9'), ctrl: false }) => {
            Err(error(format!("`{keys}` begins with a digit, and digits are counts")))
        }
        Some(_) => Ok(sequence),
    }
}

fn unknown_command(name: &str) -> BindingError {
    let near = COMMANDS.iter().map(|c| (strsim::damerau_levenshtein(c.name, name), c.name)).min();
    let help = match near {
        Some((distance, near)) if distance <= 3 => format!("did you mean `{near}`?"),
        _ => "`:` lists all commands".into(),
    };
    BindingError { message: format!("there is no command `{name}`"), help }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chords(keys: &str) -> Sequence {
        keys.split_whitespace().map(|key| key.parse().unwrap()).collect()
    }

    #[test]
    fn a_panes_own_binding_comes_before_everywhere() {
        let mut keymap = Keymap::default();
        keymap.bind(Scope::Everywhere, "Enter", "zoom").unwrap();
        keymap.bind(Scope::Briefings, "Enter", "open").unwrap();
        let name = |scope| match keymap.look_up(scope, &chords("Enter")) {
            Lookup::Found(command) => command.name,
            other => panic!("{other:?}"),
        };
        assert_eq!(name(Scope::Briefings), "open");
        assert_eq!(name(Scope::Text), "zoom");
    }

    #[test]
    fn a_sequence_waits_for_its_end() {
        let mut keymap = Keymap::default();
        keymap.bind(Scope::Everywhere, "g d", "details").unwrap();
        assert!(matches!(keymap.look_up(Scope::Text, &chords("g")), Lookup::Prefix));
        assert!(matches!(keymap.look_up(Scope::Text, &chords("g d")), Lookup::Found(_)));
        assert!(matches!(keymap.look_up(Scope::Text, &chords("g x")), Lookup::Unbound));
        assert!(matches!(keymap.look_up(Scope::Prompt, &chords("g")), Lookup::Unbound));
        assert_eq!(keymap.keys_of("details", Scope::Text), ["gd"]);
    }

    #[test]
    fn mistakes_are_told_with_a_way_out() {
        let mut keymap = Keymap::default();
        let error = keymap.bind(Scope::Everywhere, "x", "detials").unwrap_err();
        assert_eq!(
            (error.message.as_str(), error.help.as_str()),
            ("there is no command `detials`", "did you mean `details`?")
        );
        assert!(
            keymap
                .bind(Scope::Everywhere, "5", "down")
                .unwrap_err()
                .message
                .contains("digits are counts")
        );
        assert!(keymap.bind(Scope::Text, "x", "sort").unwrap_err().help.contains("briefings"));
        assert!(keymap.bind(Scope::Text, "Foo", "find").is_err());
        keymap.bind(Scope::Everywhere, "g", "help").unwrap();
        keymap.bind(Scope::Everywhere, "g d", "details").unwrap();
        assert_eq!(keymap.conflicts(), ["`gd` can never be typed: `g` is bound by itself"]);
        keymap.bind(Scope::Everywhere, "g", "none").unwrap();
        assert_eq!(keymap.conflicts(), Vec::<String>::new());
    }
}
