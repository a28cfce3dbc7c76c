//! Numbers as they are said.

/// With commas, as in `12,000`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// As in `1 file`, `12,000 files`.
pub fn several(number: usize, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {what}{ending}", grouped(number as u64))
}

/// As in `212 MB`; a thousand of one are one of the next.
pub fn bytes(number: u64) -> String {
    match number {
        0..1_000_000 => format!("{} kB", number.div_ceil(1_000)),
        1_000_000..10_000_000 => {
            let tenths = number / 100_000;
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
        _ => format!("{} MB", grouped(number / 1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_easy_to_read() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678")];
        for (number, said) in cases {
            assert_eq!(grouped(number), said);
        }
        assert_eq!(
            (several(1, "file"), several(2_000, "file")),
            ("1 file".into(), "2,000 files".into())
        );
        let cases = [
            (0, "0 kB"),
            (1, "1 kB"),
            (999_999, "1000 kB"),
            (1_000_000, "1.0 MB"),
            (9_990_000, "9.9 MB"),
            (212_400_000, "212 MB"),
            (2_120_000_000, "2,120 MB"),
        ];
        for (number, said) in cases {
            assert_eq!(bytes(number), said);
        }
    }
}
