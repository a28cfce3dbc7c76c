//! Keys as a configuration binds them: scope, then key, then command.

use serde::Deserialize;

use super::pairs::Pairs;
use crate::app::command::Scope;
use crate::app::keymap::Keymap;
use crate::briefing::read_typed;
use crate::briefing::typing::{Field, Spanned};
use crate::diagnostic::{Code, Diagnostic, Source};

/// The keys that hold where a configuration says nothing.
const SHIPPED: &str = include_str!("../../../assets/keymap.yaml");

impl Keymap {
    /// The keys of `assets/keymap.yaml`.
    #[must_use]
    pub fn shipped() -> Self {
        read_shipped().0
    }
}

fn read_shipped() -> (Keymap, Vec<Diagnostic>) {
    let mut keymap = Keymap::default();
    let read = read_typed::<Keys>(SHIPPED);
    let mut diagnostics = read.diagnostics;
    if let Some(keys) = read.value {
        diagnostics.extend(keys.bind(&mut keymap, &Source::new(SHIPPED)));
    }
    (keymap, diagnostics)
}

/// Bindings by scope.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Keys {
    everywhere: Field<Pairs>,
    briefings: Field<Pairs>,
    text: Field<Pairs>,
    entities: Field<Pairs>,
    timeline: Field<Pairs>,
    overlay: Field<Pairs>,
    prompt: Field<Pairs>,
    picker: Field<Pairs>,
    dossier: Field<Pairs>,
}

impl Keys {
    /// Lays the bindings over a keymap. What cannot be bound leaves what was there, with a finding
    /// at its place; so does a binding that hides another.
    pub fn bind(&self, keymap: &mut Keymap, source: &Source<'_>) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let mut bound = Vec::new();
        for (scope, key, command) in self.all() {
            match bind(keymap, source, scope, key, command) {
                Ok(Some(place)) => bound.push(place),
                Ok(None) => {}
                Err(finding) => findings.push(*finding),
            }
        }
        findings.extend(hidden(keymap, source, &bound));
        findings
    }

    fn all(&self) -> impl Iterator<Item = (Scope, &Field<String>, &Field<String>)> {
        let scopes = [
            (Scope::Everywhere, &self.everywhere),
            (Scope::Briefings, &self.briefings),
            (Scope::Text, &self.text),
            (Scope::Entities, &self.entities),
            (Scope::Timeline, &self.timeline),
            (Scope::Overlay, &self.overlay),
            (Scope::Prompt, &self.prompt),
            (Scope::Picker, &self.picker),
            (Scope::Dossier, &self.dossier),
        ];
        scopes.into_iter().flat_map(|(scope, field)| {
            let bindings = field.0.iter().flat_map(|bindings| &bindings.value.0);
            bindings.map(move |(key, command)| (scope, key, command))
        })
    }
}

/// The keys that were bound, or nothing where the value's shape has been complained of already.
fn bind<'a>(
    keymap: &mut Keymap,
    source: &Source<'_>,
    scope: Scope,
    key: &'a Field<String>,
    command: &Field<String>,
) -> Result<Option<&'a Spanned<String>>, Box<Diagnostic>> {
    let (Some(key), Some(command)) = (&key.0, &command.0) else {
        return unwritten(source, key, command);
    };
    match keymap.bind(scope, &key.value, command.value.trim()) {
        Ok(()) => Ok(Some(key)),
        Err(error) => {
            let about_command =
                error.message.contains("command") || error.message.contains("does nothing");
            let span = if about_command { &command.span } else { &key.span };
            let finding = Diagnostic::new(Code::BAD_BINDING, error.message);
            Err(finding.at(source.place(span.clone())).help(error.help).into())
        }
    }
}

fn unwritten<'a>(
    source: &Source<'_>,
    key: &Field<String>,
    command: &Field<String>,
) -> Result<Option<&'a Spanned<String>>, Box<Diagnostic>> {
    let finding = |message: &str, help: &str, at: &Spanned<String>| {
        Err(Diagnostic::new(Code::BAD_BINDING, message)
            .at(source.place(at.span.clone()))
            .help(help)
            .into())
    };
    match (&key.0, &command.0) {
        (None, Some(command)) => finding(
            "a key is missing before this command",
            "write keys such as `~` in quotes",
            command,
        ),
        (Some(key), None) if follows_nothing(source, key) => {
            finding("no command stands behind this key", "name one; `none` takes the key away", key)
        }
        _ => Ok(None),
    }
}

/// Whether nothing stands behind the key on its line; else its value's shape is what is wrong.
fn follows_nothing(source: &Source<'_>, key: &Spanned<String>) -> bool {
    let rest = source.text().get(key.span.end..).unwrap_or_default();
    let rest = rest.lines().next().unwrap_or_default();
    let value = rest.trim_start_matches(['"', '\'']).trim().trim_start_matches(':').trim();
    matches!(value, "" | "~" | "null") || value.starts_with('#')
}

/// One finding for each binding of the file that hides others or is hidden.
fn hidden(keymap: &Keymap, source: &Source<'_>, bound: &[&Spanned<String>]) -> Vec<Diagnostic> {
    let conflicts = keymap.conflicts();
    let mut findings = Vec::new();
    let mut told = 0;
    for key in bound.iter().rev() {
        let name = format!("`{}`", key.value.split_whitespace().collect::<String>());
        let about = |message: &&String| message.replace(' ', "").contains(&name);
        let all: Vec<&String> = conflicts.iter().filter(about).collect();
        let Some(first) = all.first() else { continue };
        told += all.len();
        let more =
            if all.len() > 1 { format!(" (and {} more)", all.len() - 1) } else { String::new() };
        findings.push(
            Diagnostic::new(Code::HIDDEN_BINDING, format!("{first}{more}"))
                .at(source.place(key.span.clone()))
                .help("take one of them away with `none`"),
        );
    }
    if told == 0 {
        findings.extend(
            conflicts.into_iter().map(|message| Diagnostic::new(Code::HIDDEN_BINDING, message)),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_that_are_shipped_are_bound_without_a_finding() {
        let (keymap, findings) = read_shipped();
        assert_eq!(findings, []);
        assert_eq!(keymap.conflicts(), Vec::<String>::new());
        assert!(keymap.bindings().count() > 100);
        assert_eq!(keymap.unbound(), Vec::<&str>::new());
    }
}
