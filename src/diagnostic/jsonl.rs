//! A diagnostic as one JSON object on one line, for editors and pipes.

use serde::Serialize;

use super::{Diagnostic, Fix, Place};

#[derive(Serialize)]
struct Record<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    fix: Option<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

/// One object without a newline: `{file,line,column,end_line,end_column,severity,code,message,help,fix}`.
/// Lines and columns count from 1, columns in Unicode scalar values, ends are exclusive; what is not
/// known is `null`. Controls beyond ASCII are escaped, so that a terminal may be shown it.
#[must_use]
pub fn render(file: &str, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place.as_ref();
    let of = |pick: fn(&Place) -> usize| place.map(pick);
    let record = Record {
        file,
        line: of(|place| place.start.line),
        column: of(|place| place.start.column),
        end_line: of(|place| place.end.line),
        end_column: of(|place| place.end.column),
        severity: diagnostic.severity().word(),
        code: diagnostic.code.as_str(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        fix: diagnostic.fix.as_ref().map(edit),
    };
    let json = serde_json::to_string(&record).unwrap_or_default();
    escape_beyond_ascii(&json)
}

fn edit(fix: &Fix) -> Edit<'_> {
    let Place { start, end, .. } = fix.place;
    Edit {
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        text: &fix.text,
    }
}

/// JSON escapes C0 controls itself; DEL, C1 and bidi controls are left to us.
fn escape_beyond_ascii(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                escaped.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Source};
    use super::*;

    #[test]
    fn an_object_has_all_keys_and_only_them() {
        let source = Source::new("a: ж\nb: c\n");
        let place = source.place(3..5);
        let fix = Fix { place: place.clone(), text: "\"x\"".into() };
        let found = Diagnostic::new(Code("E003"), "m \u{9b}").at(place).help("h").fix(fix);
        assert_eq!(
            render("a.yaml", &found),
            r#"{"file":"a.yaml","line":1,"column":4,"end_line":1,"end_column":5,"severity":"error","code":"E003","message":"m \u009b","help":"h","fix":{"line":1,"column":4,"end_line":1,"end_column":5,"text":"\"x\""}}"#
        );
        assert_eq!(
            render("a.yaml", &Diagnostic::new(Code("E001"), "whole file")),
            r#"{"file":"a.yaml","line":null,"column":null,"end_line":null,"end_column":null,"severity":"error","code":"E001","message":"whole file","help":null,"fix":null}"#
        );
    }
}
