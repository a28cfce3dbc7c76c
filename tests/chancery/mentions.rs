//! How well the finder finds: against briefings in which every mention was labelled by hand.
//!
//! A file of `tests/mentions/` is named for its briefing and has a line for each mention, in the
//! order of the text: the words, a tab, the actor's id. What is labelled: names and aliases,
//! surnames, adjectives and what peoples are called, capitals (as places), and descriptions by
//! state and office. `-` for an actor is a name of somebody who is none here. What only the context tells ("the ministry", "the two") is not.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use chancery::actor::{FactSource, PartyRef, Via};
use chancery::corpus::{Corpus, Origin, load};

/// They only ever rise.
const PRECISION: f64 = 0.98;
const RECALL: f64 = 0.95;

type Labelled = (String, usize, usize, String);

#[test]
fn the_finder_is_as_good_as_it_was() {
    let corpus = load(&Origin::BuiltIn, &|_, _| ()).with_gazetteer();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mentions");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 15);
    let (mut labelled, mut found) = (BTreeSet::new(), BTreeSet::new());
    for file in files {
        let slug = file.file_stem().unwrap().to_string_lossy().into_owned();
        labelled.extend(labels(&corpus, &slug, &fs::read_to_string(&file).unwrap()));
        found.extend(mentions(&corpus, &slug));
    }
    let right = labelled.intersection(&found).count();
    let share = |of: usize| {
        f64::from(u32::try_from(right).unwrap()) / f64::from(u32::try_from(of).unwrap())
    };
    let (precision, recall) = (share(found.len()), share(labelled.len()));
    println!("{} labelled, precision {precision:.4}, recall {recall:.4}", labelled.len());
    let show = |what: &str, only: Vec<&Labelled>| {
        for (slug, start, end, actor) in only {
            let body = &corpus.entry(corpus.find(slug).unwrap()).unwrap().briefing().body.clone();
            println!("{what} {slug} {start}: {:?} = {actor}", &body[*start..*end]);
        }
    };
    show("missed", labelled.difference(&found).collect());
    show("wrong ", found.difference(&labelled).collect());
    assert!(precision >= PRECISION, "precision {precision:.4}");
    assert!(recall >= RECALL, "recall {recall:.4}");
}

fn mentions(corpus: &Corpus, slug: &str) -> Vec<Labelled> {
    let cast = corpus.cast(corpus.find(slug).unwrap());
    let by_itself = cast.mentions.iter().filter(|mention| mention.via != Via::Metonym);
    by_itself
        .map(|mention| {
            let id = cast.actors[mention.actor].id.clone();
            (slug.to_owned(), mention.range.start, mention.range.end, id)
        })
        .collect()
}

/// Each label is the next place with its words, as whole words, behind the one before.
fn labels(corpus: &Corpus, slug: &str, table: &str) -> Vec<Labelled> {
    let body = &corpus.entry(corpus.find(slug).unwrap()).unwrap().briefing().body.clone();
    let in_one_line = body.replace('\n', " ");
    let mut at = 0;
    let label = |line: &str| {
        let (words, actor) = line.split_once('\t').unwrap();
        let is_whole = |start: &usize| {
            let after = &in_one_line[start + words.len()..];
            let after = after.strip_prefix("'s").unwrap_or(after);
            !in_one_line[..*start].ends_with(char::is_alphanumeric)
                && !after.starts_with(|c: char| c.is_alphanumeric() || c == '\'')
        };
        let mut starts = in_one_line[at..].match_indices(words).map(|(found, _)| at + found);
        let start =
            starts.find(is_whole).unwrap_or_else(|| panic!("{slug}: no {words:?} behind {at}"));
        at = start + words.len();
        (slug.to_owned(), start, at, actor.to_owned())
    };
    table.lines().map(label).filter(|(.., actor)| actor != "-").collect()
}

fn run(folder: &Path, arguments: &[&str], code: i32) -> String {
    let mut command = Command::cargo_bin("chancery").unwrap();
    command
        .current_dir(folder)
        .env("XDG_CONFIG_HOME", folder)
        .env_remove("XDG_CACHE_HOME")
        .env("HOME", folder);
    let done = command.args(arguments).assert().code(code);
    String::from_utf8(done.get_output().stdout.clone()).unwrap()
}

#[test]
fn the_commands_print_mentions_and_actors() {
    let folder = tempfile::tempdir().unwrap();
    let text = "title: Ça\ndate: 2023-03-21\nbody: |\n  Ça va: the Russian president in\n  Kyiv.\n";
    fs::write(folder.path().join("a.yaml"), text).unwrap();
    fs::write(folder.path().join("b.yaml"), "title: B\ndate: 2023\nbody: Nobody.\n").unwrap();
    let jsonl = run(folder.path(), &["mentions", "a.yaml", "b.yaml", "--format", "jsonl"], 0);
    let lines: Vec<&str> = jsonl.lines().collect();
    assert_eq!(
        lines,
        [
            r#"{"briefing":"a","file":"a.yaml","start":11,"end":28,"text":"Russian president","actor":"vladimir-putin","name":"Vladimir Putin","kind":"person","country":"RUS","via":"role","inferred":true}"#,
            r#"{"briefing":"a","file":"a.yaml","start":32,"end":36,"text":"Kyiv","actor":"kyiv","name":"Kyiv","kind":"place","country":"UKR","via":"name","inferred":false}"#,
            r#"{"briefing":"a","file":"a.yaml","start":32,"end":36,"text":"Kyiv","actor":"ukraine","name":"Ukraine","kind":"state","country":"UKR","via":"metonym","inferred":true}"#,
        ]
    );
    let actors = run(folder.path(), &["actors", "a.yaml", "b.yaml", "--format", "jsonl"], 0);
    assert_eq!(
        actors.lines().next(),
        Some(
            r#"{"actor":"kyiv","name":"Kyiv","kind":"place","mentions":1,"briefings":1,"first":"2023-03-21","last":"2023-03-21"}"#
        )
    );
    assert_eq!(actors.lines().count(), 2);
    for command in ["mentions", "actors"] {
        assert_eq!(run(folder.path(), &[command, "b.yaml"], 1), "", "{command}");
        run(folder.path(), &[command, "absent.yaml"], 2);
        let text = run(folder.path(), &[command, "a.yaml"], 0);
        assert!(text.contains("Vladimir Putin") && !text.contains('{'), "{text}");
    }
}

#[test]
fn a_list_counts_in_its_folder_and_below_and_the_nearest_first() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let body = "date: 2023-03-21\nevents: [{what: talks, by: Wang, to: Old Man}]\nbody: |\n  Wang met the Old Man; and Putin.\n";
    let person = |id: &str, name: &str, aliases: &str| {
        format!("- {{id: {id}, name: {name}, kind: person, aliases: [{aliases}]}}\n")
    };
    let root = person("old-man", "Somebody Old", "the Old Man");
    write("actors.yaml", &(root + &person("first-wang", "Some Wang", "Wang")));
    write("a/actors.yaml", &person("wang-yi", "Wang Yi", "Wang"));
    write("b/actors.yaml", &person("wang-qishan", "Wang Qishan", "Wang"));
    write("c/actors.yaml", "- {id: vladimir-putin, aliases: [{text: Putin, match: never}]}\n");
    for place in ["a", "b/deep", "c", "."] {
        write(
            &format!("{place}/{}.yaml", place.replace(['/', '.'], "x")),
            &format!("title: t\n{body}"),
        );
    }
    let corpus = load(&Origin::Paths(vec![folder.path().to_owned()]), &|_, _| ()).with_gazetteer();
    for (slug, expected) in [
        ("a", "Wang=wang-yi Old Man=old-man Putin=vladimir-putin"),
        ("bxdeep", "Wang=wang-qishan Old Man=old-man Putin=vladimir-putin"),
        ("c", "Wang=first-wang Old Man=old-man"),
        ("x", "Wang=first-wang Old Man=old-man Putin=vladimir-putin"),
    ] {
        let id = corpus.find(slug).unwrap();
        let entry = corpus.entry(id).unwrap();
        let (body, cast) = (&entry.briefing().body, corpus.cast(id));
        let show = |one: &chancery::actor::Mention| {
            format!("{}={}", &body[one.range.clone()], cast.actors[one.actor].id)
        };
        let found: Vec<_> = cast.mentions.iter().map(show).collect();
        assert_eq!(found.join(" "), expected, "{slug}");
        let Some(PartyRef::Known(at)) = corpus.party(entry, "wang") else { panic!("{slug}") };
        let known = &corpus.finder.registry().actors()[at];
        let first = expected.split(['=', ' ']).nth(1);
        assert_eq!(known.entity.id.as_deref(), first, "{slug}");
    }
}

#[test]
fn each_fact_of_an_actor_tells_its_source() {
    let corpus = load(&Origin::BuiltIn, &|_, _| ()).with_gazetteer();
    let registry = corpus.finder.registry();
    let known = &registry.actors()[registry.find("wang-yi").unwrap()];
    let words = |sources: &[FactSource]| {
        let all = sources.iter().map(|source| registry.source_in_words(*source));
        all.collect::<Vec<_>>().join(", ")
    };
    assert!(words(&known.facts.name).starts_with("actors.yaml:"), "{}", words(&known.facts.name));
    assert!(words(&known.facts.declared).ends_with(", built-in gazetteer"));
    assert_eq!(known.facts.aliases.len(), known.entity.aliases.len());
    assert_eq!(known.facts.roles.len(), known.entity.roles.len());
    let place = known.entity.aliases.iter().position(|alias| alias.text == "وانغ يي").unwrap();
    assert_eq!(words(&known.facts.aliases[place]), "built-in gazetteer");
}
