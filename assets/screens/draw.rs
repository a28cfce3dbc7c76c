//! Draws the README's pictures and its table of keys anew: `cargo run --example screens`.

mod key_table;
#[path = "../../tests/chancery/reader.rs"]
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
mod reader;
mod scenes;
mod svg;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, columns, rows, keys) in scenes::SCENES {
        let mut reader = reader::Reader::on_samples(*columns, *rows);
        let (buffer, _) = reader.keys(keys).buffer();
        std::fs::write(root.join("assets/screens").join(name).with_extension("svg"), svg::svg(&buffer))?;
        println!("drew {name}.svg");
    }
    let readme = root.join("README.md");
    let text = std::fs::read_to_string(&readme)?;
    if let Some(text) = key_table::with_table(&text) {
        std::fs::write(&readme, text)?;
        println!("wrote the table of keys");
    }
    Ok(())
}
