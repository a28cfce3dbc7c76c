//! Which part of a person's name stands for him once he has been named.

/// Where the family name is written first.
const FAMILY_FIRST: [&str; 5] = ["CHN", "PRK", "KOR", "TWN", "HKG"];

/// Where people are called by what they were given, which is written first.
const GIVEN_FIRST: [&str; 2] = ["ETH", "ERI"];

/// Family names by which a name of two or three words is taken for a Chinese or Korean one where no
/// country is given.
const COMMON_FAMILIES: [&str; 28] = [
    "Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang", "Zhou", "Wu", "Xu", "Sun", "Hu",
    "Zhu", "Gao", "Lin", "He", "Guo", "Ma", "Luo", "Xi", "Qin", "Deng", "Jiang", "Kim", "Choe",
    "Moon", "Yoon",
];

const PARTICLES: [&str; 14] =
    ["von", "van", "der", "den", "de", "di", "da", "del", "della", "le", "la", "du", "dos", "ter"];

/// The family name within a full name, such as `von der Leyen` or the `Wang` of Wang Yi; `None`
/// for a single word, a ruler with a number, or a name in which no part stands for the whole.
/// `country` is ISO 3166-1 alpha-3.
pub fn surname_of<'a>(name: &'a str, country: Option<&str>) -> Option<&'a str> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_suffix = |word: &&str| matches!(*word, "Jr." | "Jr" | "Sr." | "Sr");
    let count = words.iter().rposition(|word| !is_suffix(word))? + 1;
    let words = words.get(..count)?;
    let (first, last) = (*words.first()?, *words.last()?);
    let patronymic = |word: &&str| matches!(*word, "bin" | "ibn" | "bint" | "Al");
    if count < 2 || words.iter().any(patronymic) || is_number(last) {
        return None;
    }
    let found = if is_written_first(words, country) { first } else { with_particles(name, words)? };
    let long_enough = found.chars().filter(|c| c.is_alphabetic()).count() > 1;
    (long_enough && found.starts_with(|c: char| c.is_alphabetic())).then_some(found)
}

fn is_written_first(words: &[&str], country: Option<&str>) -> bool {
    let (first, second) = (words[0], words[1]);
    match country {
        Some("TWN") => second.contains('-') || words.len() == 3,
        Some(code) => FAMILY_FIRST.contains(&code) || GIVEN_FIRST.contains(&code),
        None => words.len() < 4 && COMMON_FAMILIES.contains(&first),
    }
}

fn with_particles<'a>(name: &'a str, words: &[&'a str]) -> Option<&'a str> {
    let is_particle = |word: &str| PARTICLES.contains(&word.to_lowercase().as_str());
    let mut at = words.len() - 1;
    while at > 1 && is_particle(words[at - 1]) {
        at -= 1;
    }
    let start = words[at].as_ptr() as usize - name.as_ptr() as usize;
    let last = words[words.len() - 1];
    let end = last.as_ptr() as usize - name.as_ptr() as usize + last.len();
    name.get(start..end)
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_countrys_way() {
        for (name, country, surname) in [
            ("Wang Yi", Some("CHN"), Some("Wang")),
            ("Wang Yi", None, Some("Wang")),
            ("Kim Jong Un", Some("PRK"), Some("Kim")),
            ("Tsai Ing-wen", Some("TWN"), Some("Tsai")),
            ("Joseph Wu", Some("TWN"), Some("Wu")),
            ("Antony Blinken", Some("USA"), Some("Blinken")),
            ("Ursula von der Leyen", None, Some("von der Leyen")),
            ("Jean-Yves Le Drian", Some("FRA"), Some("Le Drian")),
            ("Ferdinand Marcos Jr.", Some("PHL"), Some("Marcos")),
            ("Fumio Kishida", Some("JPN"), Some("Kishida")),
            ("Abiy Ahmed", Some("ETH"), Some("Abiy")),
            ("Charles III", Some("GBR"), None),
            ("Mohammed bin Salman", Some("SAU"), None),
            ("Naruhito", Some("JPN"), None),
            ("", None, None),
        ] {
            assert_eq!(surname_of(name, country), surname, "{name}");
        }
    }
}
