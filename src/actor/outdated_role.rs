//! A role that a briefing gives somebody, against who held what on the briefing's date.

use jiff::{Span, civil};

use super::Registry;
use super::mention::{MentionFinder, is_same_title, named_owners};
use super::period::{Days, Period};
use super::source::{FactSource, Scope};
use crate::briefing::{Entity, Role};
use crate::date::EdtfDate;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::fold_key;

/// Notes the roles that their holders had laid down by the briefing's date, or did not yet have.
///
/// It is silent where it is not sure: where the role is not, word for word, the title of a dated
/// office that is known of him; where another office of his then is worded alike; where nothing
/// else is known of that time; on the day of the change and in the month before he took office,
/// when he may be called by what he is about to be.
#[must_use]
pub fn find_outdated_roles(
    finder: &MentionFinder,
    scope: &Scope,
    date: &EdtfDate,
    entities: &[Entity],
) -> Vec<Diagnostic> {
    let asked = Asked { finder, registry: finder.registry(), scope, date, days: Days::of(date) };
    entities.iter().filter_map(|entity| asked.find(entity)).collect()
}

/// A briefing's date, and who may say what held then.
struct Asked<'a> {
    finder: &'a MentionFinder,
    registry: &'a Registry,
    scope: &'a Scope,
    date: &'a EdtfDate,
    days: Days,
}

/// An office of somebody, and who says so.
type Office<'a> = (&'a Role, FactSource);

#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Over,
    ToCome,
}

impl Asked<'_> {
    fn find(&self, entity: &Entity) -> Option<Diagnostic> {
        let written = entity.role.as_deref()?;
        let holder = self.registry.meant_within(self.scope, entity)?;
        let known = self.registry.actors().get(holder)?;
        let best = |sources: &Vec<FactSource>| {
            let ranked = sources.iter().filter_map(|one| Some((self.scope.rank(*one)?, *one)));
            ranked.min().map(|(_, source)| source)
        };
        let offices = known.entity.roles.iter().zip(&known.facts.roles);
        let offices: Vec<Office<'_>> =
            offices.filter_map(|(role, said_by)| Some((role, best(said_by)?))).collect();
        let mut others = Vec::new();
        for office in &offices {
            if !self.is_apart(office.0) {
                if self.is_meant(written, office.0) || is_alike(written, office.0) {
                    return None;
                }
                others.push(*office);
            }
        }
        let meant = offices.iter().filter(|(role, _)| self.is_meant(written, role));
        let (role, source, when) = meant
            .filter_map(|(role, source)| Some((*role, *source, self.when(role)?)))
            .max_by_key(|(role, _, when)| {
                (*when == When::Over, role.since.as_ref().map(EdtfDate::sort_key))
            })?;
        let successor = self.holder_of(role).filter(|(other, _)| *other != holder);
        let is_sure = successor.is_some() || when == When::Over && !others.is_empty();
        is_sure.then(|| self.finding(entity, (role, source), when, &others, successor))
    }

    /// Whether what is written is the title of an office, with the same owner or none.
    fn is_meant(&self, written: &str, role: &Role) -> bool {
        let written = fold_key(written);
        let readings = self.finder.offices().readings(self.registry, role);
        let owned = named_owners(self.registry, &written);
        let is_titled = |title: &str| {
            readings.iter().any(|(_, own)| is_same_title(own, title))
                || is_same_title(&fold_key(&role.role), title)
        };
        let is_owned = |(owner, title): &(usize, String)| {
            readings.iter().any(|(own, office)| own == owner && is_same_title(office, title))
        };
        owned.iter().any(is_owned) || owned.is_empty() && is_titled(&written)
    }

    /// Whether an office is known not to go on in these days.
    fn is_apart(&self, role: &Role) -> bool {
        let period = Period::new(role.since.as_ref(), role.until.as_ref());
        !period.touches(self.days)
    }

    /// Whether an office is over for sure, or still to come.
    fn when(&self, role: &Role) -> Option<When> {
        let is_vague = |date: &EdtfDate| date.is_approximate() || date.is_uncertain();
        if role.since.iter().chain(&role.until).any(is_vague) {
            return None;
        }
        let until = role.until.as_ref().map(|until| until.latest().clamped());
        if until.is_some_and(|until| until < self.days.first()) {
            return Some(When::Over);
        }
        let since = role.since.as_ref()?.earliest().clamped();
        (since > later(self.days.last(), Span::new().months(1))).then_some(When::ToCome)
    }

    fn holder_of(&self, role: &Role) -> Option<(usize, FactSource)> {
        let offices = self.finder.offices();
        let readings = offices.readings(self.registry, role);
        let when = (self.scope, self.days);
        readings.iter().find_map(|(owner, title)| offices.held_by(*owner, title, when))
    }

    fn finding(
        &self,
        entity: &Entity,
        (role, source): Office<'_>,
        when: When,
        others: &[Office<'_>],
        successor: Option<(usize, FactSource)>,
    ) -> Diagnostic {
        let said_by = |source| self.registry.source_in_words(source);
        let (name, office) = (&entity.name, &role.role);
        let (on, not) =
            (self.date.in_words(), if when == When::Over { "no longer" } else { "not yet" });
        let message = format!("as of {on}, {name} is {not} {office}");
        let finding = Diagnostic::new(Code::OUTDATED_ROLE, message);
        let bound =
            if when == When::Over { ("until", &role.until) } else { ("since", &role.since) };
        let day = bound.1.as_ref().map(EdtfDate::in_words).unwrap_or_default();
        let finding = finding.label(format!("{} {day}, says {}", bound.0, said_by(source)));
        let mut then: Vec<String> = others
            .iter()
            .map(|(role, source)| format!("{name} was {} ({})", role.role, said_by(*source)))
            .collect();
        let successor =
            successor.and_then(|(at, source)| Some((self.registry.actors().get(at)?, source)));
        then.extend(successor.map(|(known, source)| {
            format!("{} was {office} ({})", known.entity.name, said_by(source))
        }));
        let finding = finding.help(format!("then {}", then.join(", and ")));
        match entity.role_place.clone() {
            Some(place) => finding.at(place),
            None => finding,
        }
    }
}

/// Whether a role is an office's title with words added or left out.
fn is_alike(written: &str, role: &Role) -> bool {
    let (written, office) = (fold_key(written), fold_key(&role.role));
    written.contains(&office) || office.contains(&written)
}

fn later(day: civil::Date, by: Span) -> civil::Date {
    day.checked_add(by).unwrap_or(civil::Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::{Registry, read_gazetteer};
    use crate::briefing::read_file;

    #[test]
    fn only_a_title_of_another_time_is_noted() {
        let finder = MentionFinder::new(Registry::new(&[], read_gazetteer()));
        for (date, name, role, expected) in [
            ("2023-02-22", "Wang Yi", "Foreign Minister of China", "no longer"),
            ("2023-02-22", "Wang Yi", "Foreign Minister", "no longer"),
            ("2023-02-22", "Wang Yi", "Chinese foreign minister", "no longer"),
            ("2023-02-22", "Wang Yi", "China's Minister of Foreign Affairs", "no longer"),
            ("2023-02-22", "Wang Yi", "Former Foreign Minister of China", ""),
            ("2023-02-22", "Wang Yi", "Director of the Foreign Affairs Commission Office", ""),
            ("2023-02-22", "Wang Yi", "China's top diplomat", ""),
            ("2023-02-22", "Wang Yi", "Foreign Minister of Mongolia", ""),
            ("2022-12", "Wang Yi", "Foreign Minister of China", ""),
            ("2022-10-01", "Wang Yi", "Foreign Minister of China", ""),
            ("2023-08", "Wang Yi", "Foreign Minister of China", ""),
            ("2022-10-01", "Qin Gang", "Foreign Minister of China", "not yet"),
            ("2022-12-15", "Qin Gang", "Foreign Minister of China", ""),
            ("2023-07-25", "Qin Gang", "Foreign Minister of China", ""),
            ("2023-10-01", "Qin Gang", "Foreign Minister of China", "no longer"),
            ("2023-03-21", "Vladimir Putin", "President of Russia", ""),
            ("1999-01-01", "Xi Jinping", "President of China", ""),
        ] {
            let text = format!(
                "title: t\ndate: {date}\nentities:\n  - {{name: {name}, role: {role}}}\nbody: b\n"
            );
            let read = read_file("x", text.as_bytes());
            let briefing = &read.briefings[0];
            let date = briefing.date.as_ref().unwrap();
            let found = find_outdated_roles(&finder, &Scope::Everywhere, date, &briefing.entities);
            let shown: Vec<_> = found.iter().map(|one| one.message.as_str()).collect();
            assert_eq!(found.len(), usize::from(!expected.is_empty()), "{text} {shown:?}");
            for one in found {
                assert!(one.message.contains(expected), "{}", one.message);
                assert_eq!(&read.text[one.place.unwrap().span], role);
                assert!(one.help.is_some_and(|help| help.contains("built-in gazetteer")));
            }
        }
    }
}
