//! The README's pictures and its table of keys are those of this very program.

#[path = "../../assets/screens/key_table.rs"]
mod key_table;
#[path = "../../assets/screens/scenes.rs"]
mod scenes;
#[path = "../../assets/screens/svg.rs"]
mod svg;

use std::fs;
use std::path::Path;

use crate::reader::Reader;

const MEND: &str = "is stale: `cargo run --example screens` makes it anew";

#[test]
fn the_pictures_show_what_the_program_draws() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, columns, rows, keys) in scenes::SCENES {
        let mut reader = Reader::on_samples(*columns, *rows);
        let (buffer, _) = reader.keys(keys).buffer();
        let kept = fs::read_to_string(root.join("assets/screens").join(name).with_extension("svg"))
            .unwrap();
        assert!(kept == svg::svg(&buffer), "assets/screens/{name}.svg {MEND}");
    }
}

#[test]
fn the_readme_lists_the_keys_that_are_bound() {
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    assert!(key_table::with_table(&readme).as_ref() == Some(&readme), "README.md {MEND}");
}

#[test]
fn the_readme_shows_every_picture() {
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for (name, ..) in scenes::SCENES {
        assert!(
            readme.contains(&format!("assets/screens/{name}.svg")),
            "README.md shows no {name}.svg"
        );
    }
}
