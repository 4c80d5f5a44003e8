//! The made-up neighbourhood: the people, doors and sentences that stories, simulations and the demo are played with.
//!
//! Nobody in it exists. Names are drawn from separate lists of surnames and given names, telephone numbers are never
//! assigned, estates are invented, and each sentence was written for this purpose (CREDITS.md names the lists).
//!
//! Chance comes in as an argument: the same seed gives the same neighbourhood. Nothing here reads a file or a clock.
//!
//! | to get | ask |
//! |---|---|
//! | a name that cannot be mistaken for a word on the screen | [`Names::draw`] |
//! | somebody to live behind a door | [`person()`] |
//! | the doors of a neighbourhood in walking order | [`doors`] |
//! | what an officer would type | [`Phrases`] |

mod addresses;
pub mod camera;
mod forbidden;
mod names;
mod needs;
mod person;
mod phrases;
mod slots;

pub use addresses::{Door, doors};
pub use names::{Name, Names};
pub use needs::NEEDS;
pub use person::{LANGUAGES, Person, person};
pub use phrases::Phrases;

use rand::{Rng, RngExt};

/// Picks one item, each with the same chance.
fn pick<'a, T>(items: &'a [T], rng: &mut impl Rng) -> &'a T {
    &items[rng.random_range(0..items.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    fn neighbourhood(seed: u64) -> Vec<(Door, Person, String)> {
        let (names, phrases) = (Names::load(&["城关区"]), Phrases::load());
        let categories = phrases.categories();
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut live_at = |door| {
            let person = person(&names, &mut rng);
            let category = pick(&categories, &mut rng);
            (door, person, phrases.complaint(category, &mut rng))
        };
        doors(500).into_iter().map(&mut live_at).collect()
    }

    #[test]
    fn one_seed_is_one_neighbourhood() {
        assert_eq!(neighbourhood(7), neighbourhood(7));
        assert_ne!(neighbourhood(7), neighbourhood(8));
    }
}
