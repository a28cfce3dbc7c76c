//! A letter for each actor of the open briefing: by first appearance, home row first.

use crate::actor::Mention;

/// Letters of a US keyboard, those under resting fingers first, then the row above, then below.
const LETTERS: &str = "asdfghjklqwertyuiopzxcvbnm";

/// What a letter is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LetterFor {
    /// To follow the actor through the texts.
    #[default]
    Follow,
    /// To open the actor's dossier.
    Dossier,
    /// For the lens to become the active actor and this one together.
    Dyad,
}

/// A letter that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lettering {
    /// What it is asked for.
    pub purpose: LetterFor,
    /// The letters typed so far, where actors have two.
    pub typed: String,
}

/// The letters of so many actors, in the order of the actors: one each, two where there are more
/// than 26. Mentioned ones come first, by first appearance.
#[must_use]
pub fn assign_letters(actors: usize, mentions: &[Mention]) -> Vec<String> {
    let mut order: Vec<usize> = Vec::with_capacity(actors);
    for actor in mentions.iter().map(|mention| mention.actor).chain(0..actors) {
        if actor < actors && !order.contains(&actor) {
            order.push(actor);
        }
    }
    let mut letters = vec![String::new(); actors];
    for (actor, letter) in order.into_iter().zip(combinations(actors)) {
        letters[actor] = letter;
    }
    letters
}

fn combinations(count: usize) -> Box<dyn Iterator<Item = String>> {
    if count <= LETTERS.len() {
        return Box::new(LETTERS.chars().map(String::from));
    }
    Box::new(
        LETTERS
            .chars()
            .flat_map(|first| LETTERS.chars().map(move |second| format!("{first}{second}"))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(actor: usize) -> Mention {
        Mention { range: 0..1, actor, via: crate::actor::Via::Name }
    }

    #[test]
    fn the_first_to_appear_has_the_first_key_of_the_home_row() {
        let letters = assign_letters(4, &[mention(2), mention(0), mention(2), mention(9)]);
        assert_eq!(letters, ["s", "d", "a", "f"]);
    }

    #[test]
    fn many_actors_have_two_letters_each_and_none_the_same() {
        let letters = assign_letters(300, &[]);
        let distinct: std::collections::HashSet<_> = letters.iter().collect();
        assert_eq!(distinct.len(), 300);
        assert!(letters.iter().all(|letter| letter.len() == 2));
        assert_eq!(assign_letters(0, &[]), Vec::<String>::new());
    }
}
