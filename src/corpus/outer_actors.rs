//! `actors.yaml` files above the given paths: they hold for what lies below them, so also for one
//! file or folder that is read by itself. They are read for their actors only; what is wrong in
//! them shows when their own folder is read.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bytes::read_bytes;
use crate::briefing::{Entity, read_actors};

/// The actors of one outer file, and the given paths for which they hold.
#[derive(Debug, PartialEq)]
pub struct OuterList {
    /// Where it is.
    pub file: PathBuf,
    /// The given paths below it.
    pub holds_for: Vec<PathBuf>,
    /// How many folders it lies above the nearest of them.
    pub distance: usize,
    /// Its actors.
    pub actors: Arc<[Entity]>,
}

/// Reads the outer lists of `paths`, nearest first. `read_already` are the lists that were found
/// below the paths.
pub fn outer_lists(paths: &[PathBuf], read_already: &[&Path]) -> Vec<OuterList> {
    let inner: HashSet<PathBuf> =
        read_already.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let mut above: HashMap<PathBuf, (usize, Vec<PathBuf>)> = HashMap::new();
    for path in paths {
        let Ok(whole) = fs::canonicalize(path) else { continue };
        for (distance, folder) in whole.ancestors().skip(1).enumerate() {
            let (nearest, held) = above.entry(folder.to_owned()).or_insert((distance, Vec::new()));
            *nearest = distance.min(*nearest);
            held.push(path.clone());
        }
    }
    let mut lists: Vec<OuterList> = above
        .into_iter()
        .flat_map(|(folder, (distance, holds_for))| {
            let files = ["actors.yaml", "actors.yml"].map(|name| folder.join(name));
            files.map(|file| (file, distance, holds_for.clone()))
        })
        .filter(|(file, ..)| file.is_file() && !inner.contains(file))
        .filter_map(|(file, distance, holds_for)| {
            let actors: Arc<[Entity]> = read_actors(&read_bytes(&file).ok()?).actors.into();
            (!actors.is_empty()).then_some(OuterList { file, holds_for, distance, actors })
        })
        .collect();
    lists.sort_by(|a, b| (a.distance, &a.file).cmp(&(b.distance, &b.file)));
    lists
}
