//! The table of codes: each stable code with its severity, a title and an explanation.
//!
//! Every code begins with `E`, whatever its severity: the code names what was found and stays the
//! same for ever, how bad it is may be judged anew.

use std::borrow::Cow;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Severity;
use Severity::{Error, Note, Warning};

/// A stable code such as `E012`; an index into [`CODES`] cannot be wrong because only the table
/// makes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub(crate) &'static str);

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct CodeEntry {
    /// The code.
    pub code: Code,
    /// How bad a finding of it is.
    pub severity: Severity,
    /// What it is about, in a few words.
    pub title: &'static str,
    /// Why it matters and how to mend it, in a sentence or two.
    pub explanation: &'static str,
}

impl Code {
    /// The code as it is printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// How bad a finding of this code is.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.entry().map_or(Error, |entry| entry.severity)
    }

    /// Its row in the table.
    #[must_use]
    pub fn entry(self) -> Option<&'static CodeEntry> {
        CODES.iter().find(|entry| entry.code == self)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Code {
    /// The code of this name; an error is one that the table does not have.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = Cow::<str>::deserialize(from)?;
        let row = CODES.iter().find(|entry| entry.code.0 == name);
        row.map(|entry| entry.code).ok_or_else(|| D::Error::custom("a code that is not known"))
    }
}

macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $title:literal $explanation:literal)*) => {
        impl Code {
            $(#[doc = $title] pub const $name: Self = Self($code);)*
        }

        /// Every code that chancery knows, in order.
        pub const CODES: &[CodeEntry] = &[$(CodeEntry {
            code: Code::$name,
            severity: $severity,
            title: $title,
            explanation: $explanation,
        },)*];
    };
}

codes! {
    UNREADABLE_FILE "E001" Error "the file could not be read"
        "It may have vanished, be a folder or a device, be too large, or not be yours to read. Nothing of it is shown."
    NOT_TEXT "E002" Error "the file is not a text"
        "It holds NUL bytes, as programs, pictures and archives do. A briefing is a text in UTF-8 (or UTF-16 with a byte order mark)."
    COLON_IN_VALUE "E003" Warning "a text with a colon in it needs quotes"
        "To YAML a colon followed by a blank separates a key from its value. The text was read as if it stood in quotes; put them there."
    RESERVED_START "E004" Warning "a text begins with a character that YAML keeps for itself"
        "A value that begins with @ ` % * & ! [ { > | or a dash and a blank means something else to YAML. It was read as if it stood in quotes; put them there."
    TAB_INDENT "E005" Warning "a tab indents the line"
        "YAML indents with spaces only. The tab was read as spaces."
    DUPLICATE_KEY "E006" Warning "a key is given twice"
        "Only the first of the two is read. Remove one, or join their values into one list."
    COMMENT_CUT "E007" Warning "the rest of the line is a comment"
        "To YAML a blank followed by # begins a comment, and what follows is not part of the value. Put the value in quotes, or put a blank behind the # if a comment is meant."
    UNCLOSED_QUOTE "E008" Error "a quote is opened and not closed"
        "The value was read up to the end of its line. Close the quote there, or remove it."
    TEXT_AFTER_QUOTE "E009" Warning "text follows the closing quote"
        "A value that begins with a quote ends where the quote is closed. It was read as if the whole stood in quotes; put them there."
    MISSING_SPACE "E010" Warning "a blank is missing after a colon or a dash"
        "`key: value` and `- item` need the blank. It was read as if it stood there."
    LOST_PARAGRAPHS "E011" Warning "without | the text loses its paragraphs"
        "YAML joins the lines of such a text, and blank lines no longer part its paragraphs. It was read as if `|` stood behind the colon; put it there."
    BAD_SYNTAX "E012" Error "this is not YAML, and what is meant is not certain"
        "The briefing could not be read from here. Its raw text is shown; other briefings of the file are read."
    TOO_DEEP "E013" Error "values are nested too deep"
        "Lists and maps within each other are read down to 64 levels; a briefing needs four."
    TOO_LARGE "E014" Error "there are too many values, or aliases repeat too many"
        "A document is read up to three hundred thousand values, and what its aliases (*name) repeat counts. Split the file."
    TAG_IGNORED "E015" Warning "a YAML tag has no meaning here"
        "Every value is a text until its field says otherwise, so !!int and the like change nothing. Remove the tag, or put the value in quotes if it is meant as text."
    CURLY_QUOTES "E016" Note "curly quotes do not delimit a text"
        "They are read as part of the value. If they are meant to delimit it, write straight ones."
    ODD_KEY "E017" Warning "a list or a map stands where a key should"
        "A key is a word. The entry is not read."
    NOT_UTF8 "E018" Warning "the file is not in UTF-8"
        "A byte that is not UTF-8 was met, and the whole file was read as Windows-1252 (which holds Latin-1). Save it as UTF-8."
    CONTROL_CHARACTER "E019" Warning "an invisible control character stands in the text"
        "Terminals obey such characters and readers are deceived by them; they are shown as visible symbols. Remove them."
    NOT_A_BRIEFING "E020" Error "the document is not a map of fields"
        "A briefing consists of `key: value` lines, at least `title`, `date` and `body`."
    UNKNOWN_KEY "E021" Warning "a key is not of the format"
        "Its value is kept and shown, but nothing is done with it. Often it is a slip of the pen."
    WRONG_SHAPE "E022" Error "a value has the wrong shape"
        "A list or a map stands where a text is meant, or the other way round. This value is not used; everything else is."
    MISSING_PART "E023" Error "a part is missing without which the rest means nothing"
        "An entity needs a name, an event needs what happened, a relation its two ends, a link its target. The item is not used."
    UNKNOWN_WORD "E024" Warning "a word is not one of those the field knows"
        "Kinds, statuses, confidence, link relations and ways of matching are each one of a few words. The value is not used."
    UNKNOWN_CLASS "E025" Warning "an event class is not one of PLOVER's"
        "An event's class is one of the sixteen of PLOVER, or of the four older ones. The event is kept without a class."
    BAD_GRADE "E026" Warning "a grade is not an Admiralty grade"
        "It is a letter A to F for the source and a figure 1 to 6 for the information, such as B2. The value is not used."
    BAD_URL "E027" Warning "an address is not a web address"
        "Only http:// and https:// addresses can be opened. The value is kept and shown."
    BAD_IDENTIFIER "E028" Warning "an identifier is not well formed"
        "A country is three capital letters (ISO 3166-1 alpha-3, such as CHN), a Wikidata id is Q and figures, an id is letters, figures and dashes."
    BAD_MARKING "E029" Warning "a marking looks like the Traffic Light Protocol but is none of its labels"
        "The labels of TLP 2.0 are TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT and TLP:RED. The marking is kept as written."
    HAND_WRITTEN_DATE "E030" Warning "a date is not written as EDTF"
        "It was understood, but programs and other readers may not. Write 2023-03-17, 2023-03 or 2023."
    AMBIGUOUS_DATE "E031" Warning "a date can be read in two ways"
        "Day and month can be told apart only by custom. Write year, month, day: 2023-03-17."
    IMPOSSIBLE_DATE "E032" Error "a date does not exist"
        "There is no such day, or the span ends before it begins. What it dates is kept, undated."
    UNREADABLE_DATE "E033" Error "a date is not understood"
        "Dates are EDTF (2023-03-17, 2023-03, 2022-02~, 2023-03-20/2023-03-22) or written out (17 March 2023). What it dates is kept, undated."
    NO_TITLE "E034" Warning "the briefing has no title"
        "The first line of its body, or the name of its file, stands in for it."
    NO_DATE "E035" Warning "the briefing has no date"
        "It is shown as undated. Give it a date, or a file name that begins with one."
    EMPTY_BODY "E036" Warning "the briefing has no body"
        "There is nothing to read. The body is block text: `body: |` and indented lines below it."
    ENDS_BEFORE_IT_BEGINS "E037" Warning "a time ends before it begins"
        "`until` is the day after the last, and must be later than `since`."
    UNKNOWN_ACTOR "E038" Note "an actor of an event is declared nowhere"
        "Neither the briefing's entities nor actors.yaml nor the built-in gazetteer know the name, so the event does not count as his. Declare it, or write it as declared."
    UNKNOWN_LINK "E039" Note "a link leads to no briefing"
        "No briefing of the corpus has this id."
    CLASHING_ID "E040" Warning "two briefings have the same id"
        "Links cannot tell them apart, so the folder was put before it. Give one of them another id."
    TOO_MANY_FINDINGS "E041" Warning "there is more to say than anybody reads"
        "Of one file a thousand findings are told. Mend some of them and look again."
    SHARED_NAME "E042" Warning "two actors have the same name"
        "A text that uses it cannot say which of them is meant; the first is taken. Give one of them another name, or say `match: never`."
    SHARED_ITEM "E043" Warning "two actors have the same Wikidata item"
        "An item is one actor, so the two are taken for one. Correct the item, or make them one."
    OTHER_ITEM "E044" Warning "an id has two Wikidata items"
        "An id is one actor and so is an item: here one id is given to two. Correct the item, or take another id."
    NAME_TAKEN "E045" Note "a nearer list gives a name to another actor"
        "Two actors.yaml that hold here have the name; for this folder the nearer one's actor is meant."
    OUTDATED_ROLE "E046" Note "a role was not held on the briefing's date"
        "actors.yaml or the built-in gazetteer says when who held it. A briefing's role is the one on its own date."
    BAD_SETTING "E061" Warning "a setting has a value that it cannot have"
        "The configuration says what each setting may be. The default holds instead."
    BAD_BINDING "E062" Warning "a key cannot be bound so"
        "A binding is a key (or keys in a row, parted by a blank) and the name of a command that means something in that scope. The default holds instead."
    HIDDEN_BINDING "E063" Warning "a binding hides another"
        "A key that is a command by itself cannot begin a longer sequence. Take one of the two away with `none`."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_sorted_and_explained() {
        for pair in CODES.windows(2) {
            assert!(pair[0].code < pair[1].code, "{:?} {:?}", pair[0].code, pair[1].code);
        }
        for entry in CODES {
            let digits = entry.code.as_str().strip_prefix('E').unwrap();
            assert!(digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()));
            assert!(!entry.title.ends_with('.') && entry.explanation.ends_with('.'));
            assert_eq!(entry.code.severity(), entry.severity);
        }
    }
}
