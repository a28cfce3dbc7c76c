//! Made-up briefings of the usual size, the same on every machine and in every run.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

const WORDS: [&str; 48] = [
    "talks",
    "ministry",
    "border",
    "sanctions",
    "the",
    "of",
    "and",
    "to",
    "summit",
    "delegation",
    "on",
    "in",
    "ceasefire",
    "proposal",
    "a",
    "corridor",
    "grain",
    "said",
    "that",
    "exports",
    "reserve",
    "for",
    "with",
    "statement",
    "agreement",
    "not",
    "has",
    "convoy",
    "strait",
    "patrol",
    "will",
    "after",
    "monitors",
    "treaty",
    "gas",
    "port",
    "by",
    "visit",
    "envoy",
    "council",
    "was",
    "its",
    "parliament",
    "vote",
    "deadline",
    "inspectors",
    "frigate",
    "loan",
];
const GIVEN: [&str; 20] = [
    "Olena", "Dmytro", "Irina", "Wei", "Hiroshi", "Arjun", "Leila", "Omar", "Zeynep", "Avi",
    "Kofi", "Amélie", "Jürgen", "Søren", "Zuzana", "László", "Giulia", "María", "João", "Tane",
];
const FAMILY: [&str; 20] = [
    "Petrenko",
    "Volkov",
    "Zhang",
    "Tanaka",
    "Sharma",
    "Haddad",
    "Nasser",
    "Yılmaz",
    "Cohen",
    "Mensah",
    "Dubois",
    "Müller",
    "Lindström",
    "Kowalski",
    "Nagy",
    "Rossi",
    "Peña",
    "Silva",
    "Murphy",
    "Parata",
];
const CLASSES: [&str; 6] = ["CONSULT", "AGREE", "ACCUSE", "SANCTION", "THREATEN", "AID"];

/// A row of numbers that looks like chance and is always the same for one seed.
struct Numbers(u64);

impl Numbers {
    /// Below `bound`. (Knuth's constants for a linear congruence of 64 bits, MMIX.)
    fn below(&mut self, bound: usize) -> usize {
        let Self(state) = self;
        *state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(*state >> 33).unwrap_or(0) % bound
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// A sentence of common words, one name in every second.
    fn sentence(&mut self, names: &[String]) -> String {
        let mut sentence = String::from("Yesterday");
        let place = self.below(16);
        for at in 0..8 + self.below(14) {
            sentence.push(' ');
            if at == place && !names.is_empty() {
                sentence.push_str(&names[self.below(names.len())]);
            } else {
                sentence.push_str(self.one_of(&WORDS));
            }
        }
        sentence + "."
    }
}

/// This many different names of people, at most 400.
pub fn names(many: usize) -> Vec<String> {
    let all = FAMILY.iter().enumerate().flat_map(|(turn, family)| {
        let given = move |at: usize| GIVEN[(at + turn) % GIVEN.len()];
        (0..GIVEN.len()).map(move |at| format!("{} {family}", given(at)))
    });
    all.step_by(7).take(many).collect()
}

/// This many different names of people whose surnames are rarely alike, at most 40,000.
pub fn people(many: usize) -> Vec<String> {
    const ENDS: [&str; 10] = ["", "a", "ov", "is", "ek", "man", "son", "ini", "aldo", "oglu"];
    let name = |at: usize| {
        let (family, end) = (FAMILY[at % 20], ENDS[at / 20 % 10]);
        let middle = ["", "el", "ar", "un", "ist", "ol", "em", "ad", "ik", "or"][at / 200 % 10];
        format!("{} {family}{middle}{end}", GIVEN[at / 2_000 % 20])
    };
    (0..many.min(40_000)).map(name).collect()
}

/// The same names with the given name cut to its first letter.
pub fn initials(names: &[String]) -> Vec<String> {
    let initial = |name: &String| {
        let (given, family) = name.split_once(' ')?;
        Some(format!("{}. {family}", given.chars().next()?))
    };
    names.iter().filter_map(initial).collect()
}

/// Prose of at least so many bytes, in paragraphs of one line each, that speaks of these people.
pub fn prose(seed: u64, bytes: usize, names: &[String]) -> String {
    let mut numbers = Numbers(seed);
    let mut prose = String::with_capacity(bytes + 256);
    while prose.len() < bytes {
        let end = if numbers.below(5) == 0 { "\n\n" } else { " " };
        prose.push_str(&numbers.sentence(names));
        prose.push_str(end);
    }
    prose
}

/// One briefing file of about 2.5 to 4 KB without a mistake in it.
pub fn briefing(number: u64) -> String {
    briefing_on(number, &names(57))
}

/// The same on some of these people, more than seven.
pub fn briefing_on(number: u64, people: &[String]) -> String {
    let mut numbers = Numbers(number);
    let first = numbers.below(people.len() - 7);
    let people: Vec<String> = people.iter().skip(first).take(7).cloned().collect();
    let (year, month, day) =
        (2015 + numbers.below(10), 1 + numbers.below(12), 1 + numbers.below(28));
    let mut file = format!(
        "id: b{number:06}\ntitle: {} on the {} and the {}\ndate: {year}-{month:02}-{day:02}\n\
         source: The {} Review\ngrade: B{}\ntags: [{}, {}]\nentities:\n",
        people[0],
        numbers.one_of(&WORDS[20..]),
        numbers.one_of(&WORDS[30..]),
        people[1],
        1 + numbers.below(6),
        numbers.one_of(&WORDS[20..30]),
        numbers.one_of(&WORDS[30..]),
    );
    for name in &people {
        let _ = writeln!(file, "  - {{name: {name}, kind: person, role: Envoy}}");
    }
    file.push_str("events:\n");
    for at in 0..2 + numbers.below(4) {
        let _ = writeln!(
            file,
            "  - date: {year}-{month:02}\n    what: {} meets {}\n    class: {}\n    by: {}\n    to: {}",
            people[at],
            people[at + 1],
            numbers.one_of(&CLASSES),
            people[at],
            people[at + 1],
        );
    }
    file.push_str("body: |\n");
    let length = 1_700 + numbers.below(1_300);
    for line in prose(number, length, &people).lines() {
        let _ = writeln!(file, "{}{line}", if line.is_empty() { "" } else { "  " });
    }
    file
}

/// Writes so many briefings into a folder, a thousand to a folder of its own.
pub fn write_corpus(folder: &Path, many: u64) -> io::Result<()> {
    write_corpus_on(folder, many, &names(57))
}

/// The same on these people.
pub fn write_corpus_on(folder: &Path, many: u64, people: &[String]) -> io::Result<()> {
    for number in 0..many {
        let inner = folder.join(format!("{:02}", number / 1_000));
        if number % 1_000 == 0 {
            fs::create_dir(&inner)?;
        }
        fs::write(inner.join(format!("b{number:06}.yaml")), briefing_on(number, people))?;
    }
    Ok(())
}

/// The title and the body, of about 2.5 KB, of a report in whose language the second most frequent
/// word is about half as frequent as the first and so on (Zipf's law), of 65,535. `grain` stands in 39 %
/// of the reports, three times each, and in half of these once before `corridor`.
pub fn report(number: u64) -> (String, String) {
    let mut numbers = Numbers(number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut word = || {
        let power = 1 << numbers.below(16);
        let mut rank = power + numbers.below(power);
        let mut word = String::new();
        while rank > 0 {
            word.push_str(
                ["ka", "lo", "mi", "ten", "ru", "sha", "e", "vor", "pi", "on"][rank % 10],
            );
            rank /= 10;
        }
        word
    };
    let mut words = |many: usize| (0..many).map(|_| word()).collect::<Vec<_>>();
    let title = words(7).join(" ");
    let mut body = words(380);
    if number % 100 < 39 {
        for at in [40, 170, 300] {
            body.insert(at, "Grain".to_owned());
        }
        if number.is_multiple_of(2) {
            body.insert(171, "corridor,".to_owned());
        }
    }
    (title, body.join(" "))
}
