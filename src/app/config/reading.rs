//! A configuration as text becomes settings and keys; a mistake in it is a finding, and the
//! default holds.

use std::path::PathBuf;

use serde::Deserialize;

use super::bindings::Keys;
use super::pairs::Pairs;
use super::{SavedLens, Settings, ThemeName};
use crate::app::keymap::Keymap;
use crate::app::layout::Arrangement;
use crate::app::pane::briefings::SortBy;
use crate::briefing::read_typed;
use crate::briefing::typing::{Field, Spanned};
use crate::briefing::words::nearest;
use crate::corpus::query::parse_query;
use crate::diagnostic::{Code, Diagnostic, Source};

/// What a configuration says.
#[derive(Clone, Debug)]
pub struct ConfigReading {
    /// What the reader chose; defaults for the rest.
    pub settings: Settings,
    /// The default keys with his changes.
    pub keymap: Keymap,
    /// The corpus that is opened when none is named, as written: perhaps relative to the
    /// configuration's folder, perhaps beginning with `~/`.
    pub corpus: Option<PathBuf>,
    /// Everything that is wrong in it, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// The keys of a configuration.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Config {
    theme: Field<String>,
    text_width: Field<String>,
    layout: Field<String>,
    sort: Field<String>,
    watch: Field<String>,
    corpus: Field<String>,
    lenses: Field<Pairs>,
    keys: Field<Keys>,
}

/// Narrowest and widest line of the text that can be asked for, in columns.
const TEXT_WIDTHS: std::ops::RangeInclusive<u16> = 40..=200;

/// What `watch` may be: the words of YAML 1.2, and those of 1.1 that people still write.
const SWITCHES: [(&str, bool); 6] =
    [("true", true), ("false", false), ("on", true), ("off", false), ("yes", true), ("no", false)];

const SORTS: [SortBy; 4] = [SortBy::Date, SortBy::Relevance, SortBy::Title, SortBy::Source];

/// Reads a configuration; never fails. An empty one is all defaults.
#[must_use]
pub fn read_config(text: &str) -> ConfigReading {
    let source = Source::new(text);
    let typed = read_typed::<Config>(text);
    let config = typed.value.unwrap_or_default();
    let mut mistakes = Mistakes { source: &source, found: typed.diagnostics };
    let mut settings = Settings::default();
    let sorts = SORTS.map(|sort| (sort.name(), sort));
    mistakes.choose(&mut settings.theme, "theme", &config.theme, &ThemeName::NAMED);
    mistakes.choose(&mut settings.layout, "layout", &config.layout, &Arrangement::NAMED);
    mistakes.choose(&mut settings.sort, "sort", &config.sort, &sorts);
    mistakes.choose(&mut settings.watch, "watch", &config.watch, &SWITCHES);
    mistakes.width(&mut settings.text_width, &config.text_width);
    settings.lenses = mistakes.lenses(&config.lenses);
    let mut keymap = Keymap::shipped();
    if let Some(keys) = &config.keys.0 {
        mistakes.found.extend(keys.value.bind(&mut keymap, &source));
    }
    let mut diagnostics = mistakes.found;
    diagnostics.sort_by_key(|found| found.place.as_ref().map_or(0, |place| place.span.start));
    let corpus = config.corpus.into_value().filter(|path| !path.is_empty()).map(PathBuf::from);
    ConfigReading { settings, keymap, corpus, diagnostics }
}

struct Mistakes<'a> {
    source: &'a Source<'a>,
    found: Vec<Diagnostic>,
}

impl Mistakes<'_> {
    fn choose<T: Copy>(
        &mut self,
        chosen: &mut T,
        key: &str,
        field: &Field<String>,
        named: &[(&str, T)],
    ) {
        let Some(word) = &field.0 else { return };
        let name = word.value.trim();
        if let Some((_, value)) = named.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            *chosen = *value;
            return;
        }
        let words: Vec<&str> = named.iter().map(|(word, _)| *word).collect();
        let help = match nearest(name, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is one of {}", words.join(", ")),
        };
        self.say(word, format!("there is no {key} `{name}`"), help);
    }

    fn width(&mut self, width: &mut u16, field: &Field<String>) {
        let Some(word) = &field.0 else { return };
        match word.value.trim().parse() {
            Ok(columns) if TEXT_WIDTHS.contains(&columns) => *width = columns,
            _ => {
                let (least, most) = TEXT_WIDTHS.into_inner();
                let help = format!("write a whole number from {least} to {most}");
                self.say(
                    word,
                    format!("`{}` is no width of a text in columns", word.value.trim()),
                    help,
                );
            }
        }
    }

    /// The saved lenses; one whose query has a mistake is told of and left out.
    fn lenses(&mut self, field: &Field<Pairs>) -> Vec<SavedLens> {
        let pairs = field.0.iter().flat_map(|pairs| &pairs.value.0);
        let mut lenses = Vec::new();
        for (name, query) in pairs {
            let (Some(name), Some(query)) = (&name.0, &query.0) else { continue };
            match parse_query(&query.value) {
                Ok(query) => lenses.push(SavedLens { name: name.value.clone(), query }),
                Err(problem) => {
                    let help = problem.help.unwrap_or_else(|| "write it as in `/`".to_owned());
                    let message = format!("the lens `{}`: {}", name.value, problem.message);
                    self.say(query, message, help);
                }
            }
        }
        lenses
    }

    fn say(&mut self, at: &Spanned<String>, message: String, help: String) {
        let place = self.source.place(at.span.clone());
        self.found.push(Diagnostic::new(Code::BAD_SETTING, message).at(place).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::chord::Chord;
    use crate::app::command::Scope;
    use crate::app::keymap::Lookup;

    fn means(keymap: &Keymap, scope: Scope, keys: &str) -> Option<&'static str> {
        let chords: Vec<Chord> = keys.split(' ').map(|key| key.parse().unwrap()).collect();
        match keymap.look_up(scope, &chords) {
            Lookup::Found(command) => Some(command.name),
            _ => None,
        }
    }

    #[test]
    fn an_empty_configuration_is_the_defaults() {
        for text in ["", "# nothing\n", "theme:\n"] {
            let read = read_config(text);
            assert_eq!(read.settings, Settings::default(), "{text:?}");
            assert_eq!(read.keymap, Keymap::shipped());
            assert_eq!((read.corpus, read.diagnostics), (None, Vec::new()), "{text:?}");
        }
    }

    #[test]
    fn every_setting_is_taken() {
        let text = "theme: dark\ntext-width: 72\nlayout: stacked\nsort: title\nwatch: false\ncorpus: ~/cables\n\
                    lenses:\n  Xi abroad: actor:xi-jinping -place:Beijing\n\
                    keys:\n  everywhere:\n    Ctrl-n: next-briefing\n    g g: none\n  text:\n    x: find\n";
        let read = read_config(text);
        assert_eq!(read.diagnostics, []);
        let chosen = Settings {
            theme: ThemeName::Dark,
            text_width: 72,
            layout: Arrangement::Stacked,
            sort: SortBy::Title,
            watch: false,
            lenses: vec![SavedLens {
                name: "Xi abroad".into(),
                query: parse_query("actor:xi-jinping -place:Beijing").unwrap(),
            }],
        };
        assert_eq!(read.settings, chosen);
        assert_eq!(read.corpus, Some(PathBuf::from("~/cables")));
        assert_eq!(means(&read.keymap, Scope::Timeline, "Ctrl-n"), Some("next-briefing"));
        assert_eq!(means(&read.keymap, Scope::Text, "x"), Some("find"));
        assert_eq!(means(&read.keymap, Scope::Text, "g g"), None);
        assert_eq!(means(&read.keymap, Scope::Text, "G"), Some("last"));
    }

    #[test]
    fn a_mistake_is_told_at_its_place_and_costs_itself_only() {
        let cases = [
            ("them: dark\n", (1, 1), "theme"),
            ("theme: drak\n", (1, 8), "did you mean `dark`?"),
            ("theme: dark\ntext-width: wide\n", (2, 13), "40 to 200"),
            ("theme: dark\ntext-width: 20\n", (2, 13), "40 to 200"),
            ("theme: dark\nlayout: [a]\n", (2, 9), ""),
            ("theme: dark\nwatch: maybe\n", (2, 8), "true, false"),
            ("theme: dark\nsort: size\n", (2, 7), "date, relevance, title, source"),
            ("theme: dark\nlenses:\n  mine: acter:xi\n", (3, 9), "actor"),
            ("theme: dark\nkeys:\n  txt: {x: find}\n", (3, 3), "text"),
            ("theme: dark\nkeys:\n  text:\n    x: fnid\n", (4, 8), "did you mean `find`?"),
            ("theme: dark\nkeys:\n  text:\n    Hyper-x: find\n", (4, 5), "write keys"),
            ("theme: dark\nkeys:\n  text:\n    5: find\n", (4, 5), "write keys"),
            ("theme: dark\nkeys:\n  text:\n    x: sort\n", (4, 8), "briefings"),
            ("theme: dark\nkeys:\n  text:\n    x:\n", (4, 5), "`none`"),
            ("theme: dark\nkeys:\n  text:\n    ~: find\n", (4, 8), "quotes"),
            ("theme: dark\nkeys:\n  text:\n    x: [find]\n", (4, 8), ""),
            ("theme: dark\nkeys:\n  everywhere:\n    g: help\n", (4, 5), "`none`"),
        ];
        for (text, place, help) in cases {
            let read = read_config(text);
            let [found] = read.diagnostics.as_slice() else {
                panic!("{text}: {:#?}", read.diagnostics)
            };
            let start = found.place.as_ref().unwrap_or_else(|| panic!("{text}: no place")).start;
            assert_eq!((start.line, start.column), place, "{text}: {found:?}");
            assert!(found.help.as_deref().unwrap_or_default().contains(help), "{text}: {found:?}");
            assert!(
                !text.starts_with("theme: dark") || read.settings.theme == ThemeName::Dark,
                "{text}"
            );
            assert_eq!(means(&read.keymap, Scope::Text, "j"), Some("down"), "{text}");
        }
    }

    #[test]
    fn what_is_no_configuration_at_all_is_told() {
        for text in ["- a\n- b\n", "just words\n", "theme: 'dark\n", "{{{{\n"] {
            let read = read_config(text);
            assert!(!read.diagnostics.is_empty(), "{text}");
            assert_eq!(read.keymap, Keymap::shipped());
        }
    }
}
