//! Where a reader is in the list while a lens is typed, and after.

use crate::reader::Reader;

#[test]
fn a_lens_leads_to_the_same_row_however_its_letters_came() {
    let place =
        |reader: &Reader| (reader.app.open().map(|(id, _)| id), reader.app.briefings.cursor);
    for typed in [
        "/moscow",
        "/ceasefire",
        "/xi moscow<Backspace><Backspace>",
        "/in:title (",
        "/in:nowhere xi",
    ] {
        let (mut slowly, mut at_once) = (Reader::on_samples(160, 24), Reader::on_samples(160, 24));
        slowly.keys("30j").keys(typed);
        at_once.keys("30j").keys_at_once(typed);
        assert_eq!(place(&slowly), place(&at_once), "{typed}");
        assert_eq!(place(slowly.keys("<Enter>")), place(at_once.keys("<Enter>")), "{typed}");
    }
}

#[test]
fn where_the_lens_hides_the_open_briefing_the_next_that_it_shows_opens() {
    let mut reader = Reader::on_samples(160, 48);
    reader.keys("40j");
    let all: Vec<_> = reader.app.briefings.listed().collect();
    let before = reader.app.briefings.open();
    reader.keys("/ceasefire");
    let found: Vec<_> = reader.app.briefings.listed().collect();
    assert!(!found.contains(&before.unwrap()), "the open one is hidden");
    let after = all.iter().skip_while(|id| Some(**id) != before).find(|id| found.contains(id));
    assert_eq!(reader.app.briefings.open().as_ref(), after.or(found.last()));
}

#[test]
fn escape_from_a_lens_gives_the_list_back_to_the_row_at_the_top() {
    let mut reader = Reader::on_samples(160, 24);
    reader.keys("G20k");
    let list = |reader: &Reader| {
        reader.screen().lines().map(|line| line.chars().take(46).collect()).collect::<Vec<String>>()
    };
    let (before, shown) = (reader.app.briefings.cursor, list(&reader));
    for typed in ["/moscow", "/putin 2022", "@2023-03"] {
        reader.keys(typed).keys("<Esc>");
        assert_eq!(reader.app.briefings.cursor, before, "{typed}");
        assert_eq!(list(&reader), shown, "{typed}");
    }
}
