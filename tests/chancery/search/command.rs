//! `chancery search`, run as a program.

use crate::program::{Program, Run};

const FILES: [(&str, &str); 4] = [
    (
        "corridor.yaml",
        "title: The grain corridor\ndate: 2022-07-22\nbody: |\n  Ships may leave.\n\n  The *corridor* for grain is open.\n",
    ),
    (
        "two.yaml",
        "title: First\ndate: 2023-01\ntags: [trade]\nbody: No word.\n---\ntitle: Second of the grain\nbody: |\n  Nothing.\n  And then grain.\n",
    ),
    ("sub/习近平.yaml", "title: 习近平访问莫斯科\ndate: 2023-03-20\nbody: |\n  三月二十日抵达。\n"),
    ("escape.yaml", "title: \"an \\e[31mescape\"\ndate: 2023-02-02\nbody: \"grain \\x07 rang\"\n"),
];

fn run(arguments: &[&str]) -> Run {
    let program = Program::new();
    for (name, text) in FILES {
        program.write(name, text);
    }
    Run::of(&program.command("search").args(arguments).output().unwrap())
}

#[test]
fn hits_are_lines_that_editors_jump_to() {
    let cases: [(&[&str], &str); 8] = [
        (
            &["grain corridor", "."],
            "./corridor.yaml:6: The grain corridor — The corridor for grain is open.\n",
        ),
        (
            &["in:title grain", "corridor.yaml"],
            "corridor.yaml:1: The grain corridor — Ships may leave.\n",
        ),
        (&["trade", "."], "./two.yaml:1: First — trade\n"),
        (&["then", "."], "./two.yaml:9: Second of the grain — Nothing. And then grain.\n"),
        (&["习近平", "."], "./sub/习近平.yaml:1: 习近平访问莫斯科 — 三月二十日抵达。\n"),
        (&["rang", "."], "./escape.yaml:3: an ␛[31mescape — grain ␇ rang\n"),
        (&["--count", "grain", "."], "3\n"),
        (
            &["--sort", "date", "--limit", "2", "-moscow", "."],
            "./sub/习近平.yaml:1: 习近平访问莫斯科 — 三月二十日抵达。\n./escape.yaml:1: an ␛[31mescape — grain ␇ rang\n",
        ),
    ];
    for (arguments, expected) in cases {
        let run = run(arguments);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}");
        assert_eq!(run.out, expected, "{arguments:?}");
    }
}

#[test]
fn the_best_come_first_and_a_limit_cuts_the_rest() {
    let all = run(&["grain", "."]).out;
    let files: Vec<&str> = all.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(files, ["./corridor.yaml", "./two.yaml", "./escape.yaml"]);
    let newest = run(&["grain", ".", "--sort", "date"]).out;
    let files: Vec<&str> = newest.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(files, ["./escape.yaml", "./corridor.yaml", "./two.yaml"]);
    let first = run(&["grain", ".", "--limit", "1"]).out;
    assert_eq!(first.lines().next(), all.lines().next());
    assert_eq!(first.lines().count(), 1);
}

#[test]
fn json_has_the_promised_keys() {
    let run = run(&["corridor", ".", "--format", "jsonl"]);
    assert_eq!(
        run.out,
        "{\"briefing\":\"corridor\",\"file\":\"./corridor.yaml\",\"line\":6,\"date\":\"2022-07-22\",\
         \"title\":\"The grain corridor\",\"snippet\":\"The corridor for grain is open.\"}\n"
    );
}

#[test]
fn hits_are_lit_only_where_colour_is_wanted() {
    let lit = run(&["grain", "corridor.yaml", "--color", "always"]).out;
    assert_eq!(lit.matches("\u{1b}[1;31mgrain\u{1b}[m").count(), 2, "{lit}");
    for arguments in [&["grain", "."][..], &["grain", ".", "--color", "never"]] {
        assert!(!run(arguments).out.contains('\u{1b}'));
    }
}

#[test]
fn the_status_is_that_of_grep() {
    let cases: [(&[&str], i32, &str, &str); 6] = [
        (&["grain", "."], 0, "", ""),
        (&["frigate", "."], 1, "", "no briefing is found: frigate alone finds 0\n"),
        (&["--count", "frigate", "."], 1, "0\n", "no briefing is found: frigate alone finds 0\n"),
        (
            &["grain actr:xi", "."],
            2,
            "",
            "error: there is no field `actr`\n  grain actr:xi\n        ^^^^\nhelp: did you mean `actor:`?\n",
        ),
        (
            &["actor:nobody-here", "."],
            2,
            "",
            "error: no briefing here has an actor `nobody-here`\n  actor:nobody-here\n        ^^^^^^^^^^^\n",
        ),
        (
            &["is:unread", "."],
            2,
            "",
            "error: what has been read or starred is known in the reader alone\n  is:unread\n  ^^^^^^^^^\nhelp: leave `is:` out on the command line\n",
        ),
    ];
    for (arguments, code, out, err) in cases {
        let run = run(arguments);
        assert_eq!((run.code, run.err.as_str()), (code, err), "{arguments:?}");
        assert!(code == 0 || run.out == out, "{arguments:?}: {}", run.out);
    }
    assert_eq!(run(&["grain", "nowhere"]).code, 2);
    assert_eq!(run(&[]).code, 2);
}

#[test]
fn the_help_lists_every_field() {
    let help = Program::new().run("search --help");
    for row in chancery::corpus::query::FIELDS {
        assert!(help.out.contains(row.example), "{}", row.example);
    }
}
