//! What an officer must know about a resident before the bell.

use super::pick;
use rand::{Rng, RngExt};

/// The codes in [`Person::needs`](super::Person::needs).
pub const NEEDS: [&str; 7] = ["lives_alone", "hard_of_hearing", "poor_eyesight", "walks_badly", "chronic_illness", "pregnant", "infant"];

/// Draws up to two needs that suit sex and age, for about one person in five.
pub(super) fn needs(female: bool, birth_year: u16, rng: &mut impl Rng) -> Vec<&'static str> {
    if !rng.random_ratio(1, 5) {
        return Vec::new();
    }
    let mut likely = NEEDS.to_vec();
    likely.retain(|need| suits(need, female, birth_year));
    let two = [*pick(&likely, rng), *pick(&likely, rng)];
    likely.retain(|need| two.contains(need));
    likely
}

/// Tells whether somebody of this sex and birth year is likely to have the need; everybody is for one at least.
fn suits(need: &str, female: bool, birth_year: u16) -> bool {
    match need {
        "lives_alone" => birth_year <= 1975,
        "hard_of_hearing" | "poor_eyesight" | "walks_badly" => birth_year <= 1966,
        "pregnant" => female && (1984..=2004).contains(&birth_year),
        "infant" => (1980..=2004).contains(&birth_year),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use std::collections::HashSet;

    fn draw(count: usize, female: bool, birth_year: u16) -> Vec<Vec<&'static str>> {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        (0..count).map(|_| needs(female, birth_year, &mut rng)).collect()
    }

    #[test]
    fn one_in_five_has_one_or_two_different_needs() {
        let drawn = draw(10_000, true, 1950);
        let with = |count: usize| drawn.iter().filter(|needs| needs.len() == count).count();
        assert!((1_800..=2_200).contains(&(with(1) + with(2))));
        assert!(with(1) > 100 && with(2) > 100 && with(0) + with(1) + with(2) == drawn.len());
        assert!(drawn.iter().all(|needs| needs.first() != needs.get(1) || needs.is_empty()));
    }

    #[test]
    fn needs_suit_sex_and_age() {
        let known = |female, year| draw(10_000, female, year).concat().into_iter().collect::<HashSet<_>>();
        let of = |codes: &[&'static str]| codes.iter().copied().collect::<HashSet<_>>();
        assert_eq!(known(true, 1940), of(&NEEDS[..5]));
        assert_eq!(known(true, 1995), of(&NEEDS[4..]));
        assert_eq!(known(false, 1995), of(&["chronic_illness", "infant"]));
        assert_eq!(known(false, 2006), of(&["chronic_illness"]));
    }
}
