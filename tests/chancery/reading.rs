//! What keys do: (keys typed, what is then so), on the sample corpus.

use std::time::Duration;

use chancery::app::command::Scope;
use chancery::app::layout::PaneId;
use chancery::app::{Msg, Task};
use chancery::desk::Change;

use crate::reader::Reader;

const TO_THE_VISIT: &str = "/in:title \"visit Moscow\"<Enter><Esc>";

fn open_slug(reader: &Reader) -> String {
    reader.app.open().map(|(_, entry)| entry.slug.clone()).unwrap_or_default()
}

fn on_the_visit() -> Reader {
    let mut reader = Reader::on_samples(120, 40);
    reader.keys(TO_THE_VISIT);
    assert_eq!(open_slug(&reader), "2023-03-17-xi-to-visit-moscow");
    reader
}

#[test]
fn keys_move_between_panes_and_briefings() {
    use PaneId::{Briefings, Entities, Text, Timeline};
    let cases = [
        ("", Briefings, "2023-11-16-biden-and-xi-at-woodside"),
        ("j", Briefings, "2023-10-18-belt-and-road-forum"),
        ("5jk", Briefings, "2023-08-24-prigozhin-plane-crash"),
        ("<Enter>", Text, "2023-11-16-biden-and-xi-at-woodside"),
        ("<Enter>JJ", Text, "2023-09-14-kim-at-vostochny"),
        ("<Enter>JJK", Text, "2023-10-18-belt-and-road-forum"),
        ("<Enter>q", Briefings, "2023-11-16-biden-and-xi-at-woodside"),
        ("<Tab>", Text, "2023-11-16-biden-and-xi-at-woodside"),
        ("<S-Tab>", Timeline, "2023-11-16-biden-and-xi-at-woodside"),
        ("l", Text, "2023-11-16-biden-and-xi-at-woodside"),
        ("g3", Entities, "2023-11-16-biden-and-xi-at-woodside"),
        ("g3g4", Timeline, "2023-11-16-biden-and-xi-at-woodside"),
        ("G", Briefings, "2022-02-04-xi-and-putin-no-limits"),
        ("Ggg", Briefings, "2023-11-16-biden-and-xi-at-woodside"),
        ("3G", Briefings, "2023-09-14-kim-at-vostochny"),
        ("К", Briefings, "2023-11-16-biden-and-xi-at-woodside"),
        ("о", Briefings, "2023-10-18-belt-and-road-forum"),
        ("п3", Entities, "2023-11-16-biden-and-xi-at-woodside"),
    ];
    for (keys, focus, slug) in cases {
        let mut reader = Reader::on_samples(120, 40);
        reader.keys(keys);
        assert_eq!((reader.app.focus, open_slug(&reader).as_str()), (focus, slug), "{keys}");
    }
}

#[test]
fn q_closes_what_is_on_top_then_goes_to_the_list_then_quits() {
    let mut reader = on_the_visit();
    reader.keys("<Enter>gd");
    assert_eq!(reader.app.scope(), Scope::Overlay);
    reader.keys("q");
    assert_eq!((reader.app.scope(), reader.app.focus), (Scope::Text, PaneId::Text));
    reader.keys("q");
    assert_eq!(reader.app.focus, PaneId::Briefings);
    assert!(!reader.tasks.contains(&Task::Quit));
    reader.keys("q");
    assert_eq!(reader.tasks.last(), Some(&Task::Quit));
}

#[test]
fn neither_escape_nor_control_c_ever_quits() {
    let mut reader = on_the_visit();
    reader.keys("<Esc><Esc><Esc><Ctrl-c><Ctrl-c>:<Ctrl-c>/x<Ctrl-c>");
    assert!(!reader.tasks.contains(&Task::Quit));
    assert_eq!(reader.app.scope(), Scope::Briefings);
}

#[test]
fn a_text_is_read_when_it_had_the_focus_not_when_it_was_passed() {
    let mut reader = Reader::on_samples(120, 40);
    let read = |reader: &Reader, slug: &str| reader.app.shelf.get(slug).read;
    reader.keys("jj");
    assert!(!read(&reader, "2023-10-18-belt-and-road-forum"));
    reader.keys("<Enter>");
    assert!(read(&reader, "2023-09-14-kim-at-vostochny"));
    reader.keys("J");
    assert!(read(&reader, "2023-09-10-g20-in-new-delhi"), "{}", open_slug(&reader));
}

#[test]
fn marks_can_be_taken_back_one_command_at_a_time() {
    let mut reader = Reader::on_samples(120, 40);
    let starred = |reader: &Reader| {
        reader.app.corpus.entries.iter().filter(|e| reader.app.shelf.get(&e.slug).starred).count()
    };
    let read = |reader: &Reader| {
        reader.app.corpus.entries.iter().filter(|e| reader.app.shelf.get(&e.slug).read).count()
    };
    let all = reader.app.corpus.entries.len();
    reader.keys("s<Space><Space>s");
    assert_eq!(starred(&reader), 2, "the star on one, then on both selected");
    reader.keys("<Esc>A");
    assert_eq!(read(&reader), all);
    reader.keys("u");
    assert_eq!((read(&reader), starred(&reader)), (0, 2));
    reader.keys("uu");
    assert_eq!(starred(&reader), 0);
    reader.keys("u");
    assert!(reader.app.notice.is_some());
}

#[test]
fn marks_and_places_are_kept_within_the_second_and_before_the_end() {
    let mut reader = on_the_visit();
    reader.tasks.clear();
    reader.keys("s");
    assert!(reader.tasks.is_empty());
    reader.wait(Duration::from_secs(1));
    let slug = "2023-03-17-xi-to-visit-moscow".to_owned();
    assert_eq!(
        reader.tasks,
        [Task::Keep(vec![Change::Starred { slug: slug.clone(), starred: true }])]
    );
    assert_eq!(reader.app.deadline(), None, "nothing wakes an idle session");
    reader.tasks.clear();
    reader.keys("<Enter><PgDn>").send(Msg::Hangup);
    let Some(Task::Keep(changes)) = reader.tasks.first() else { panic!("{:?}", reader.tasks) };
    assert!(
        changes
            .iter()
            .any(|change| matches!(change, Change::Place { place, .. } if place.offset > 0))
    );
    assert_eq!(reader.tasks.last(), Some(&Task::Quit));
}

#[test]
fn a_text_reopens_where_it_was_left() {
    let mut reader = on_the_visit();
    reader.resize(80, 24).keys("<Enter>13j");
    let (place, screen) = (reader.app.text.top_offset(), reader.row(9));
    assert!(place > 0);
    reader.keys("JK");
    assert_eq!((reader.app.text.top_offset(), reader.row(9)), (place, screen));
}

#[test]
fn the_same_words_stay_at_the_top_through_any_size() {
    let mut reader = on_the_visit();
    reader.resize(80, 24).keys("<Enter>12j");
    let place = reader.app.text.top_offset();
    let first = reader.row(8);
    for (columns, rows) in [(160, 48), (50, 15), (20, 5), (119, 30), (80, 24)] {
        reader.resize(columns, rows);
        assert_eq!(reader.app.text.top_offset(), place, "at {columns}x{rows}");
    }
    assert_eq!(reader.row(8), first);
}

#[test]
fn a_search_finds_from_here_walks_around_and_is_given_up() {
    let mut reader = on_the_visit();
    reader.resize(80, 24).keys("<Enter>");
    let top = reader.app.text.top_offset();
    reader.keys("/MOSCOW");
    assert_eq!(reader.app.text.hit_position(), None, "capitals are meant");
    reader.keys("<Ctrl-u>moscow");
    let (at, of) = reader.app.text.hit_position().unwrap();
    assert!(at == 1 && of > 3, "{at} of {of}");
    reader.keys("<Esc>");
    assert_eq!(reader.app.text.top_offset(), top);
    reader.keys("/moscow<Enter>nn");
    assert_eq!(reader.app.text.hit_position(), Some((3, of)));
    reader.keys("2N");
    assert_eq!(reader.app.text.hit_position(), Some((1, of)));
    reader.keys("<Esc>");
    assert!(!reader.app.text.has_hits());
}

#[test]
fn hits_and_mentions_go_on_into_the_next_briefing_and_back() {
    for keys in ["/moscow<Enter>", "fg"] {
        let mut reader = on_the_visit();
        reader.resize(80, 24).keys("<Enter>").keys(keys);
        let visit = reader.app.open().unwrap().1.slug.clone();
        let position = |reader: &Reader| {
            reader.app.text.hit_position().or(reader.app.text.mention_position()).unwrap()
        };
        let (at, of) = position(&reader);
        reader.keys(&format!("{}n", of + 1 - at));
        let next = reader.app.open().unwrap().1.slug.clone();
        assert!(next != visit, "{keys}: past the last one the next briefing is opened");
        assert_eq!(position(&reader).0, 1, "at its first");
        reader.keys("N");
        assert_eq!(reader.app.open().unwrap().1.slug, visit);
        assert_eq!(position(&reader), (of, of), "{keys}: back at the last one");
        reader.keys("}");
        assert_eq!(reader.app.open().unwrap().1.slug, next, "{keys}: a whole briefing on");
        reader.keys("{");
        assert_eq!((reader.app.open().unwrap().1.slug.clone(), position(&reader).0), (visit, 1));
    }
}

#[test]
fn the_foot_names_the_key_to_the_next_hit_where_it_leads_to_one() {
    let cases = [
        ("<Enter>", false),
        ("<Enter>/Putin<Enter>j", true),
        ("<Enter>/Putin<Enter><Esc>j", false),
        ("<Enter>/nowhere in it<Enter>j", true),
        ("g3", false),
        ("g3*j", true),
        ("g3*<Esc>j", false),
        ("/visit<Enter><Enter>j", true),
        ("/visit<Enter><Esc><Enter>j", false),
    ];
    for (keys, is_named) in cases {
        let mut reader = Reader::on_samples(120, 40);
        reader.keys(keys);
        let foot = reader.row(39);
        assert!(foot.contains("help"), "{keys}: {foot}");
        assert_eq!(foot.contains("next hit"), is_named, "{keys}: {foot}");
    }
}

#[test]
fn the_words_of_the_lens_are_lit_and_walked_through_its_briefings() {
    let mut reader = Reader::on_samples(120, 40);
    reader.keys("/sanctions<Enter>");
    let found = reader.app.lens.briefings.len();
    assert!(found > 1 && reader.app.text.hit_position().is_some(), "{}", reader.screen());
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..60 {
        reader.keys("n");
        seen.insert(open_slug(&reader));
        assert!(reader.app.text.hit_position().is_some_and(|(at, _)| at > 0));
    }
    assert!(seen.len() > 1 && seen.len() as u64 <= found, "{seen:?} of {found}");
}

#[test]
fn a_lens_is_narrowed_by_what_is_under_the_cursor_and_taken_back_term_by_term() {
    let mut reader = on_the_visit();
    let all = reader.app.corpus.entries.len() as u64;
    let id = |reader: &Reader| reader.app.lens.query.to_string();
    reader.keys("g3i");
    assert_eq!(id(&reader), "actor:xi-jinping");
    let of_one = reader.app.lens.briefings.len();
    reader.keys("jI");
    assert_eq!(id(&reader), "actor:xi-jinping -actor:vladimir-putin");
    assert!(reader.app.lens.briefings.len() < of_one);
    reader.keys("<Esc>");
    assert_eq!((id(&reader), reader.app.lens.briefings.len()), ("actor:xi-jinping".into(), of_one));
    reader.keys("<Esc>");
    assert_eq!((id(&reader), reader.app.lens.briefings.len()), (String::new(), all));
    reader.keys("HH");
    assert_eq!(id(&reader), "actor:xi-jinping -actor:vladimir-putin", "a lens is a place");
}

#[test]
fn a_narrow_screen_tells_whole_what_a_lens_found_and_how_to_leave_it() {
    let cases = [
        (80, "kishida date:2022", "kishida date:2022 · 0 of 51 · Esc drops the last term"),
        (50, "kishida date:2022", "kishida date… · 0 of 51 · Esc drops the last term"),
        (40, "kishida date:2022", "0 of 51 · Esc drops the last term"),
        (40, "qq", "qq* · 0 of 51 · Esc drops the last term"),
        (30, "kishida date:2022", "0 of 51 · Esc back"),
    ];
    for (columns, lens, told) in cases {
        let mut reader = Reader::on_samples(columns, 15);
        reader.keys(&format!("/{lens}<Enter>"));
        assert_eq!(reader.row(14).trim(), told, "{columns}");
    }
}

#[test]
fn a_mistake_in_the_lens_keeps_what_was_found_and_stays_to_be_mended() {
    let mut reader = Reader::on_samples(120, 40);
    reader.keys("/actor:xi-jinping");
    let found = reader.app.lens.briefings.len();
    reader.keys(" classs:x");
    assert_eq!(reader.app.lens.briefings.len(), found);
    let slip = reader.app.prompt.as_ref().and_then(|prompt| prompt.slip.clone()).unwrap();
    assert!(slip.message.contains("class"), "{slip:?}");
    reader.keys("<Enter>");
    assert!(reader.app.prompt.is_some(), "a mistake is not taken");
    reader.keys("<Ctrl-w><Enter>");
    assert!(reader.app.prompt.is_none());
    assert_eq!(reader.app.lens.query.to_string(), "actor:xi-jinping");
}

#[test]
fn names_fields_and_tags_are_completed() {
    for (typed, expected) in [
        ("/actor:erdo<Tab>", "actor:recep-tayyip-erdogan"),
        ("/actor:xi on:2023 act<Tab>pu<Tab>", "actor:xi-jinping on:2023 actor:vladimir-putin"),
        ("/tag:black<Tab>", "tag:black-sea"),
        ("/clas<Tab>cons<Tab>", "class:CONSULT"),
    ] {
        let mut reader = Reader::on_samples(120, 40);
        reader.keys(typed);
        let line = reader.app.prompt.as_ref().unwrap().line.text().trim().to_owned();
        let line = line.replace("actor:xi ", "actor:xi-jinping ");
        assert_eq!(line, expected, "{typed}");
    }
}

#[test]
fn a_dossier_leads_to_every_place_in_it_and_back_to_its_row() {
    let mut reader = on_the_visit();
    reader.keys("<Enter>Fa");
    let rows = reader.app.dossier.as_ref().unwrap().view.rows.len();
    assert!(rows > 100);
    for steps in (0..rows).step_by(9) {
        reader.keys(&format!("{}j", steps.max(1)));
        let place = |reader: &Reader| {
            let view = &reader.app.dossier.as_ref().unwrap().view;
            (view.subject_ids().to_vec(), view.cursor, view.under_cursor())
        };
        let before = place(&reader);
        reader.keys("<Enter>");
        if before.2.is_none() {
            continue;
        }
        let moved = reader
            .app
            .dossier
            .as_ref()
            .is_none_or(|open| open.view.subject_ids() != before.0.as_slice());
        assert!(moved, "row {} leads somewhere", before.1.at);
        reader.keys("H");
        assert_eq!(place(&reader), before);
        reader.keys("gg");
    }
    reader.keys("q");
    assert!(reader.app.dossier.is_none());
    assert_eq!(open_slug(&reader), "2023-03-17-xi-to-visit-moscow");
}

#[test]
fn the_point_goes_from_mention_to_mention_and_is_what_the_star_lights() {
    let mut reader = on_the_visit();
    reader.keys("<Enter>]]");
    let named = reader.app.text.mention_at_point().map(|mention| mention.actor).unwrap();
    let id = reader.app.entities.actors[named].id.clone();
    reader.keys("[w*");
    assert_eq!(reader.app.active.as_ref().map(|active| active.id.clone()), Some(id));
    reader.keys("99b");
    assert!(reader.screen().contains("first mention"), "{}", reader.screen());
}

#[test]
fn inferred_mentions_can_be_switched_off_and_on() {
    let mut reader = on_the_visit();
    let all = reader.app.text.mentions().len();
    reader.keys("gi");
    let plain = reader.app.text.mentions().len();
    assert!(plain > 0 && plain < all, "{plain} of {all}");
    assert!(reader.app.text.mentions().iter().all(|mention| !mention.is_inferred()));
    reader.keys("gi");
    assert_eq!(reader.app.text.mentions().len(), all);
}

#[test]
fn entities_turn_to_those_of_the_lens_and_to_its_topics() {
    let mut reader = on_the_visit();
    reader.resize(160, 48).keys("g3t");
    assert!(reader.screen().contains("Actors of the lens"), "{}", reader.screen());
    let first = reader.app.entities.under_cursor().unwrap();
    assert!(first.count > 20 && first.count < reader.app.corpus.entries.len() as u64);
    reader.keys("t");
    assert!(reader.screen().contains("Topics of the lens"), "{}", reader.screen());
    reader.keys("t");
    assert!(reader.screen().contains(" Entities "), "{}", reader.screen());
}

#[test]
fn diacritics_need_not_be_typed() {
    let mut reader = Reader::on_samples(120, 40);
    reader.keys("/in:title grain<Enter><Esc><Enter>/erdogan<Enter>");
    assert!(reader.app.text.hit_position().is_some(), "{}", reader.screen());
}

#[test]
fn an_active_actor_is_walked_and_let_go() {
    let mut reader = on_the_visit();
    reader.keys("g3*");
    assert_eq!(reader.app.active.as_ref().map(|active| active.name.as_str()), Some("Xi Jinping"));
    let (first, of) = reader.app.text.mention_position().unwrap();
    reader.keys("n");
    assert_eq!(reader.app.text.mention_position(), Some((first + 1, of)));
    reader.keys("J");
    assert_eq!(
        reader.app.active.as_ref().map(|active| active.id.as_str()),
        Some("xi-jinping"),
        "he stays active"
    );
    reader.keys("<Esc>");
    assert_eq!(reader.app.active, None);
}

#[test]
fn an_actors_letter_makes_him_active_and_shows_his_next_mention() {
    let mut reader = on_the_visit();
    let active = |reader: &Reader| reader.app.active.as_ref().map(|active| active.name.clone());
    let keys = [("fa", "China"), ("fs", "Xi Jinping"), ("fф", "China"), ("fS", "Xi Jinping")];
    for (keys, name) in keys {
        reader.keys(keys);
        assert_eq!(active(&reader).as_deref(), Some(name), "{keys}");
    }
    let before = reader.app.text.mention_position();
    reader.keys("fs");
    assert_ne!(reader.app.text.mention_position(), before, "the same letter again walks on");
    reader.keys("f<Esc>");
    assert_eq!(active(&reader).as_deref(), Some("Xi Jinping"));
    reader.keys("f1");
    assert!(reader.app.notice.as_ref().is_some_and(|notice| notice.warning));
}

#[test]
fn letters_do_not_move_the_text() {
    let mut reader = on_the_visit();
    reader.keys("<Enter>");
    let before = reader.screen();
    reader.keys("f");
    let with_letters = reader.screen();
    assert_ne!(with_letters, before);
    let same = |one: &str, other: &str| one.chars().count().abs_diff(other.chars().count()) <= 1;
    assert!(before.lines().zip(with_letters.lines()).take(39).all(|(one, other)| same(one, other)));
}

#[test]
fn the_world_may_become_known_while_one_reads() {
    let folder = tempfile::tempdir().unwrap();
    let text = "title: t\ndate: 2023-03-17\nbody: |\n  Moscow.\n\n  The Russian president left.\n\n  x\nentities: [Vladimir Putin]\n";
    std::fs::write(folder.path().join("a.yaml"), text).unwrap();
    let mut reader = Reader::on_folder(folder.path(), 60, 14);
    reader.keys("<Enter>2j");
    let before = (reader.app.text.top_offset(), reader.app.text.mentions().len());
    let corpus = (*reader.app.corpus).clone().with_gazetteer();
    reader.send(Msg::Done(chancery::app::Done::Recast(std::sync::Arc::new(corpus))));
    let after = (reader.app.text.top_offset(), reader.app.text.mentions().len());
    assert_eq!(after.0, before.0, "the text stays where it is");
    assert!(after.1 > before.1, "{before:?} {after:?}");
}

#[test]
fn space_reads_on_to_the_next_unread() {
    let mut reader = Reader::on_samples(80, 24);
    reader.keys("<Enter>");
    let first = open_slug(&reader);
    for _ in 0..20 {
        reader.keys("<Space>");
        if open_slug(&reader) != first {
            break;
        }
    }
    assert_eq!(open_slug(&reader), "2023-10-18-belt-and-road-forum");
    assert!(reader.app.shelf.get(&first).read);
}

#[test]
fn the_list_is_filtered_and_sorted_in_place() {
    let mut reader = Reader::on_samples(120, 40);
    reader.keys("/in:title zelenskyy");
    assert!(reader.app.briefings.listed().count() < 10);
    reader.keys("<Enter>");
    let open = open_slug(&reader);
    reader.keys("<Esc>");
    assert_eq!(
        (reader.app.briefings.listed().count(), open_slug(&reader)),
        (reader.app.corpus.entries.len(), open)
    );
    reader.keys("ggS");
    assert_eq!(reader.app.briefings.sort.name(), "title");
    reader.keys("S");
    assert_eq!(reader.app.briefings.sort.name(), "source");
}

#[test]
fn every_jump_can_be_undone_to_the_line() {
    for (jump, back) in [
        ("G", "H"),
        ("gg", "<Ctrl-o>"),
        ("J", "<Backspace>"),
        ("5J", "H"),
        ("/what to watch<Enter>", "H"),
        ("g4gg<Enter>", "HH"),
        ("g1/in:title finland<Enter><Enter>", "HHH"),
        ("g3*", "HH"),
        ("JJ", "''''HHHH"),
        ("G", "''"),
        ("G", "gh<Enter>"),
    ] {
        let mut reader = on_the_visit();
        reader.resize(80, 24).keys("<Enter>17j");
        let (place, line) = (reader.app.text.top_offset(), reader.row(8));
        reader.keys(jump).keys(back);
        let back_at = (reader.app.text.top_offset(), reader.row(8));
        assert_eq!(back_at, (place, line), "{jump} {back}");
    }
}

#[test]
fn what_was_left_by_going_back_lies_ahead() {
    let mut reader = on_the_visit();
    reader.keys("<Enter>JJ");
    let far = open_slug(&reader);
    reader.keys("HH");
    assert_eq!(open_slug(&reader), "2023-03-17-xi-to-visit-moscow");
    reader.keys("2L");
    assert_eq!(open_slug(&reader), far);
    reader.keys("HK");
    reader.keys("L");
    assert!(reader.app.notice.is_some(), "a new jump forgets what lay ahead");
}

fn rows(reader: &Reader) -> Vec<chancery::app::pane::timeline::Row> {
    reader.app.timeline.rows.from(0).collect()
}

#[test]
fn time_turned_round_twice_is_as_it_was() {
    let mut reader = on_the_visit();
    reader.keys("g4");
    let (before, event) = (rows(&reader), reader.app.timeline.under_cursor());
    reader.keys("S");
    assert_ne!(rows(&reader), before);
    assert_eq!(reader.app.timeline.under_cursor(), event);
    reader.keys("S");
    assert_eq!((rows(&reader), reader.app.timeline.under_cursor()), (before, event));
}

#[test]
fn an_event_opens_its_briefing() {
    let mut reader = on_the_visit();
    reader.keys("g4gg<Enter>");
    assert_eq!(reader.app.focus, PaneId::Text);
    let (_, entry) = reader.app.open().unwrap();
    assert!(!entry.briefing().events.is_empty());
}

#[test]
fn the_help_runs_what_it_lists() {
    let mut reader = on_the_visit();
    reader.keys("?star<Enter>");
    assert!(reader.app.shelf.get("2023-03-17-xi-to-visit-moscow").starred);
    reader.keys(":zoom-in<Enter>");
    assert_eq!(reader.app.focus, PaneId::Timeline, "a command of a pane goes to it");
}

#[test]
fn the_menu_of_a_prefix_opens_after_a_moment() {
    let mut reader = on_the_visit();
    reader.keys("g");
    assert!(!reader.screen().contains("Problems found in the files"));
    reader.wait(Duration::from_millis(300));
    assert!(reader.screen().contains("Problems found in the files"));
    reader.keys("<Esc>");
    assert!(!reader.screen().contains("Problems found in the files"));
    assert_eq!(reader.app.scope(), Scope::Briefings);
}

#[test]
fn a_mistyped_key_says_where_help_is() {
    let mut reader = on_the_visit();
    reader.keys("X");
    assert!(reader.app.notice.as_ref().is_some_and(|notice| notice.text.contains('?')));
}

#[test]
fn a_paste_goes_into_the_prompt_and_nowhere_else() {
    let mut reader = on_the_visit();
    reader.send(Msg::Paste("qqq".into()));
    assert!(!reader.tasks.contains(&Task::Quit));
    reader.keys("/").send(Msg::Paste("Xi\nMoscow".into()));
    assert_eq!(reader.app.lens.query.to_string(), "Xi Moscow");
}

#[test]
fn a_hundred_keys_end_where_one_by_one_they_would() {
    let mut one = Reader::on_samples(120, 40);
    let mut many = Reader::on_samples(120, 40);
    one.keys(&"j".repeat(30));
    many.keys("30j");
    assert_eq!(one.screen(), many.screen());
}

#[test]
fn away_and_back_at_once_is_away_and_back() {
    let (mut one, mut many) = (Reader::on_samples(160, 48), Reader::on_samples(160, 48));
    for keys in ["fa", "5j5k", "n"] {
        one.keys(keys);
    }
    many.keys_at_once("fa5j5kn");
    assert_eq!(one.screen(), many.screen());
}
