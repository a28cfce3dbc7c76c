//! A key that is not of the format, perhaps by a slip of the pen.

use super::super::typing::{Findings, UnknownKey};
use super::super::words::nearest;
use super::word::shortened;
use crate::diagnostic::{Code, Diagnostic, Fix, Source};

/// One finding for each such key.
pub fn check(source: &Source<'_>, findings: &Findings) -> impl Iterator<Item = Diagnostic> {
    findings.unknown.iter().map(|unknown| finding(source, unknown))
}

fn finding(source: &Source<'_>, unknown: &UnknownKey) -> Diagnostic {
    let place = source.place(unknown.span.clone());
    let message = format!("`{}` is not a key of the format", shortened(&unknown.key));
    let finding = Diagnostic::new(Code::UNKNOWN_KEY, message).at(place.clone());
    match nearest(&unknown.key, unknown.known.iter().copied()) {
        Some(key) if unknown.present.contains(&key) => {
            finding.help(format!("`{key}` is given already; join the two, or remove this one"))
        }
        Some(key) => {
            finding.help(format!("did you mean `{key}`?")).fix(Fix { place, text: key.to_owned() })
        }
        None => finding.help(format!("known here: {}", unknown.known.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use crate::briefing::rule::carets::{carets, fixed};
    use crate::briefing::{read_file, written};

    #[test]
    fn slips_are_mended_and_strangers_kept() {
        let text = "entites: [Xi]\nevents:\n  - waht: talks\n    what: talks\nregion: {of: east}\n";
        assert_eq!(
            carets(text),
            "E021 |entites: [Xi]\n     |^^^^^^^\n\
             E021 |  - waht: talks\n     |    ^^^^\n\
             E021 |region: {of: east}\n     |^^^^^^\n"
        );
        let fixed = fixed(text);
        assert!(fixed.contains("entities: [Xi]\n") && fixed.contains("- waht: talks"));
        let kept = &read_file("x", text.as_bytes()).briefings[0].unknown;
        let kept: Vec<_> = kept.iter().map(|(key, value)| (key.as_str(), written(value))).collect();
        assert_eq!(kept, [("entites", "- Xi".to_owned()), ("region", "of: east".to_owned())]);
    }
}
