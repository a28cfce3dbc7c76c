//! Letters of other keyboard layouts do what the key in that place does on a Latin one.
//!
//! The rows are the national standard layouts: ЙЦУКЕН (Russian, and the letters in which the
//! Ukrainian one differs), Greek, Arabic (101) and Hebrew (SI-1452).

/// The keys of a US keyboard, row by row.
const LATIN: [&str; 2] =
    ["qwertyuiop[]asdfghjkl;'zxcvbnm,./", "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"];

/// The same places on other keyboards; `\0` where a place gives no letter of that script.
const OTHERS: &[[&str; 2]] = &[
    ["йцукенгшщзхъфывапролджэячсмитьбю.", "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"],
    [
        "\0\0\0\0\0\0\0\0\0\0\0ї\0і\0\0\0\0\0\0\0\0є\0\0\0\0\0\0\0\0\0\0",
        "\0\0\0\0\0\0\0\0\0\0\0Ї\0І\0\0\0\0\0\0\0\0Є\0\0\0\0\0\0\0\0\0\0",
    ],
    ["\0ςερτυθιοπ\0\0ασδφγηξκλ\0\0ζχψωβνμ\0\0\0", "\0\0ΕΡΤΥΘΙΟΠ\0\0ΑΣΔΦΓΗΞΚΛ\0\0ΖΧΨΩΒΝΜ\0\0\0"],
    [
        "ضصثقفغعهخحجدشسيبلاتنمكطئءؤر\0ىةوزظ",
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    ],
    [
        "\0\0קראטוןםפ\0\0שדגכעיחלךף\0זסבהנמצתץ\0",
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    ],
];

/// The character in the same place of a Latin keyboard; `None` for one that is on no other layout.
#[must_use]
pub fn latin_in_place_of(c: char) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    OTHERS.iter().flat_map(|rows| rows.iter().zip(LATIN)).find_map(|(row, latin)| {
        let at = row.chars().position(|other| other == c)?;
        latin.chars().nth(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_of_another_layout_stands_for_its_place() {
        let cases = [
            ('о', 'j'),
            ('л', 'k'),
            ('О', 'J'),
            ('ф', 'a'),
            ('п', 'g'),
            ('й', 'q'),
            ('я', 'z'),
            ('і', 's'),
            ('є', '\''),
            ('ξ', 'j'),
            ('κ', 'k'),
            ('γ', 'g'),
            ('Ξ', 'J'),
            ('ت', 'j'),
            ('ن', 'k'),
            ('ל', 'k'),
            ('ח', 'j'),
            ('ע', 'g'),
        ];
        for (typed, meant) in cases {
            assert_eq!(latin_in_place_of(typed), Some(meant), "{typed}");
        }
        assert_eq!(latin_in_place_of('j'), None);
        assert_eq!(latin_in_place_of('é'), None);
    }

    #[test]
    fn every_row_has_a_place_for_each_latin_key() {
        for rows in OTHERS {
            for (row, latin) in rows.iter().zip(LATIN) {
                assert_eq!(row.chars().count(), latin.chars().count(), "{row}");
            }
        }
    }
}
