//! A marking that looks like the Traffic Light Protocol and is none of its labels.

use super::super::model::{Marking, Tlp};
use super::super::typing::Spanned;
use super::super::words::{Words, nearest, spelled};
use crate::diagnostic::{Code, Diagnostic, Fix, Source};

/// The labels of FIRST TLP 2.0.
const LABELS: Words<Tlp> = &[
    ("TLP:CLEAR", Tlp::Clear),
    ("TLP:GREEN", Tlp::Green),
    ("TLP:AMBER", Tlp::Amber),
    ("TLP:AMBER+STRICT", Tlp::AmberStrict),
    ("TLP:RED", Tlp::Red),
];

/// Reads a marking. `TLP:WHITE`, the name of TLP 1.0, is read as `TLP:CLEAR` with a finding.
pub fn read(source: &Source<'_>, item: &Spanned<String>) -> (Marking, Option<Diagnostic>) {
    let label: String = item.value.to_ascii_uppercase().split_whitespace().collect();
    if let Some(&(_, tlp)) = LABELS.iter().find(|(name, _)| *name == label) {
        return (Marking::Tlp(tlp), None);
    }
    if !label.starts_with("TLP") {
        return (Marking::Other(item.value.clone()), None);
    }
    let place = source.place(item.span.clone());
    let fix = |text: &str| Fix { place: place.clone(), text: text.to_owned() };
    if label == "TLP:WHITE" {
        let finding =
            Diagnostic::new(Code::BAD_MARKING, "TLP:WHITE is called TLP:CLEAR since TLP 2.0")
                .at(place.clone())
                .help("write TLP:CLEAR")
                .fix(fix("TLP:CLEAR"));
        return (Marking::Tlp(Tlp::Clear), Some(finding));
    }
    let message = format!("`{}` is not a label of TLP 2.0", super::word::shortened(&item.value));
    let finding = Diagnostic::new(Code::BAD_MARKING, message).at(place.clone());
    let finding = match nearest(&label, spelled(LABELS)) {
        Some(name) => finding.help(format!("did you mean `{name}`?")),
        None => finding.help(format!("one of {}", spelled(LABELS).join(", "))),
    };
    (Marking::Other(item.value.clone()), Some(finding))
}

#[cfg(test)]
mod tests {
    use crate::briefing::rule::carets::{carets, fixed};
    use crate::briefing::{Marking, Tlp, read_file};

    #[test]
    fn labels_are_read_and_strangers_kept() {
        let text = "title: t\ndate: 2023\nbody: b\nmarking: [tlp:amber+strict, TLP:WHITE, Internal, TLP:CLAER]\n";
        let read = read_file("x", text.as_bytes());
        assert_eq!(
            read.briefings[0].markings,
            [
                Marking::Tlp(Tlp::AmberStrict),
                Marking::Tlp(Tlp::Clear),
                Marking::Other("Internal".to_owned()),
                Marking::Other("TLP:CLAER".to_owned()),
            ]
        );
        assert_eq!(
            carets("marking: TLP:CLAER\n"),
            "E029 |marking: TLP:CLAER\n     |         ^^^^^^^^^\n"
        );
        assert!(fixed("marking: TLP:WHITE\n").contains("marking: TLP:CLEAR\n"));
    }
}
