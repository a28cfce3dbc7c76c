//! Draws the README's pictures anew: `cargo run --example screens`.

#[path = "../../tests/chancery/reader.rs"]
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
mod reader;
mod scenes;
mod svg;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screens");
    for (name, columns, rows, keys) in scenes::SCENES {
        let mut reader = reader::Reader::on_samples(*columns, *rows);
        let (buffer, _) = reader.keys(keys).buffer();
        let file = folder.join(name).with_extension("svg");
        std::fs::write(&file, svg::svg(&buffer))?;
        println!("drew {}", file.display());
    }
    Ok(())
}
