//! `chancery dossier`: everything that briefings have of one actor, or of two together.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::process::ExitCode;

use super::arguments::{DossierArguments, DossierFormat, SharedArguments};
use super::corpus::{Told, print_answer};
use super::failure::Failure;
use crate::briefing::words::{KINDS, nearest, word_for};
use crate::corpus::concordance::Meant;
use crate::corpus::dossier::{Dossier, Subject};
use crate::corpus::{ActorId, Corpus};
use crate::export::dossier::{Record, as_json, as_markdown, as_text};
use crate::text::{clean_line, fold_key};

/// Most candidates that are listed where several are called so.
const MOST_LISTED: usize = 12;
/// Most that are offered for a name that is nobody's.
const MOST_MEANT: usize = 4;

/// Prints it; exit status 1 where no briefing has the actor, or both.
pub fn run(arguments: &DossierArguments, shared: &SharedArguments) -> Result<ExitCode, Failure> {
    print_answer(&arguments.paths, shared, |corpus| told(arguments, &corpus))
}

fn told(arguments: &DossierArguments, corpus: &Corpus) -> Result<Told, Failure> {
    let names = std::iter::once(&arguments.actor).chain(&arguments.with);
    let mut actors = Vec::new();
    for name in names {
        match find(corpus, name)? {
            Some(actor) => actors.push(actor),
            None => return Ok(nobody(&format!("no briefing has {}", clean_line(name)))),
        }
    }
    let subject = match actors.as_slice() {
        [one, other] if one == other => {
            return Err(Failure::new("`--with` means the same actor")
                .help("name another one, or leave it out"));
        }
        [one, other] => Subject::Dyad(*one, *other),
        [one] => Subject::Actor(*one),
        _ => return Err(Failure::new("no actor was named")),
    };
    let dossier = Dossier::about(corpus, subject, !arguments.named);
    if dossier.groups.is_empty() {
        let both = if actors.len() == 2 { "both " } else { "" };
        return Ok(nobody(&format!("no briefing has {both}{}", clean_line(&dossier.title()))));
    }
    let record = Record::of(corpus, &dossier);
    let printed = match arguments.format {
        DossierFormat::Text => as_text(&record),
        DossierFormat::Md => as_markdown(&record),
        DossierFormat::Json => as_json(&record),
    };
    Ok(Told { printed, said: String::new(), code: ExitCode::SUCCESS })
}

fn nobody(message: &str) -> Told {
    Told { printed: String::new(), said: format!("{message}\n"), code: ExitCode::FAILURE }
}

/// Whom a name means; `None` is somebody who is known, but stands in no briefing.
fn find(corpus: &Corpus, name: &str) -> Result<Option<ActorId>, Failure> {
    let all = &corpus.concordance;
    match all.meant_by(name) {
        Meant::One(actor) => Ok(Some(actor)),
        Meant::Several(several) => Err(ambiguous(corpus, name, &several)),
        Meant::Nobody if corpus.finder.registry().find(name).is_some() => Ok(None),
        Meant::Nobody => {
            let failure = Failure::new(format!("nobody is called `{name}`"));
            Err(match likely(corpus, name) {
                Some(meant) => failure.help(format!("did you mean {meant}?")),
                None => failure.help("`chancery actors` lists everybody"),
            })
        }
    }
}

/// Who may be meant by a name that is nobody's: a slip of the pen away, else with the word in his name.
fn likely(corpus: &Corpus, name: &str) -> Option<String> {
    let key = fold_key(name.trim());
    let actors = || corpus.concordance.actors().iter().filter(|known| !known.briefings.is_empty());
    let mut spellings: BTreeMap<String, &str> = BTreeMap::new();
    for known in actors() {
        let aliases = known.actor.aliases.iter().map(|alias| alias.text.as_str());
        let names = [known.actor.name.as_str(), known.actor.id.as_str()].into_iter();
        for spelling in names.chain(aliases) {
            spellings.entry(fold_key(spelling)).or_insert(spelling);
        }
    }
    let near = nearest(&key, spellings.keys().map(String::as_str));
    if let Some(spelling) = near.and_then(|near| spellings.get(near)) {
        return Some(format!("`{spelling}`"));
    }
    let has_word =
        |name: &str| fold_key(name).split_whitespace().any(|word| word.starts_with(&key));
    let mut with_word: Vec<_> = actors()
        .filter(|known| !key.is_empty() && has_word(&known.actor.name))
        .map(|known| (Reverse(known.briefings.len()), known.actor.name.as_str()))
        .collect();
    with_word.sort_unstable();
    let names: Vec<String> =
        with_word.iter().take(MOST_MEANT).map(|(_, name)| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| names.join(" or "))
}

fn ambiguous(corpus: &Corpus, name: &str, several: &[ActorId]) -> Failure {
    let mut lines = vec!["name one of them by his id:".to_owned()];
    for id in several.iter().take(MOST_LISTED) {
        let Some(known) = corpus.concordance.actor(*id) else { continue };
        lines.push(format!(
            "  {}  {} ({}, {} briefings)",
            known.actor.id,
            known.actor.name,
            word_for(KINDS, &known.actor.kind),
            known.briefings.len()
        ));
    }
    if several.len() > MOST_LISTED {
        lines.push(format!("  and {} more", several.len() - MOST_LISTED));
    }
    Failure::new(format!("several are called `{name}`")).help(lines.join("\n"))
}
