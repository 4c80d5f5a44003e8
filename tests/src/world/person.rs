//! Who lives behind a door.

use super::{Name, Names, needs::needs};
use rand::{Rng, RngExt};

/// The codes in [`Person::languages`].
pub const LANGUAGES: [&str; 4] = ["mandarin", "lanzhou", "hui", "tibetan"];

/// What is spoken at a hundred doors, the language spoken best first.
const SPOKEN: [(u32, &[&str]); 6] =
    [(45, &["mandarin"]), (30, &["lanzhou", "mandarin"]), (15, &["lanzhou"]), (6, &["hui", "lanzhou"]), (2, &["tibetan", "mandarin"]), (2, &["tibetan"])];

/// A made-up resident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The drawn name.
    pub name: Name,
    /// A number of the shape 0931 0XX XXXX: a local number never begins with 0, so it cannot be anybody's.
    pub phone: String,
    /// Between 1932 and 2006: a grown-up in 2026.
    pub birth_year: u16,
    /// Up to two of [`NEEDS`](super::NEEDS), in that order; about one person in five has any.
    pub needs: Vec<&'static str>,
    /// One or two of [`LANGUAGES`], the one spoken best first.
    pub languages: Vec<&'static str>,
}

/// Draws a resident whose needs suit sex and age.
///
/// Two residents may get one number: there are 800,000. Numbers from 0931 000 0000 to 0931 019 9999 are left to
/// offices and hotlines, such as the 0931 012 3456 on every slip.
pub fn person(names: &Names, rng: &mut impl Rng) -> Person {
    let name = names.draw(rng);
    let birth_year = rng.random_range(1932..=2006);
    let (exchange, line) = (rng.random_range(20..100), rng.random_range(0..10_000));
    Person { phone: format!("0931 0{exchange:02} {line:04}"), needs: needs(name.female, birth_year, rng), languages: languages(rng), name, birth_year }
}

fn languages(rng: &mut impl Rng) -> Vec<&'static str> {
    let mut ticket = rng.random_range(0..SPOKEN.iter().map(|(share, _)| share).sum());
    for (share, spoken) in SPOKEN {
        if ticket < share {
            return spoken.to_vec();
        }
        ticket -= share;
    }
    unreachable!("the ticket is smaller than the sum of the shares")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    fn people(count: usize, seed: u64) -> Vec<Person> {
        let (names, mut rng) = (Names::load(&[]), ChaCha8Rng::seed_from_u64(seed));
        (0..count).map(|_| person(&names, &mut rng)).collect()
    }

    #[test]
    fn one_seed_is_one_list_of_people() {
        assert_eq!(people(200, 1), people(200, 1));
        assert_ne!(people(200, 1), people(200, 2));
    }

    #[test]
    fn a_phone_number_is_nobodys() {
        for phone in people(2_000, 3).into_iter().map(|person| person.phone) {
            let parts: Vec<&str> = phone.split(' ').collect();
            let [area, exchange, line] = parts[..] else {
                panic!("{phone}");
            };
            assert!(area == "0931" && exchange.len() == 3 && line.len() == 4, "{phone}");
            assert!(parts.concat().chars().all(|c| c.is_ascii_digit()), "{phone}");
            assert!(exchange.starts_with('0') && exchange >= "020", "{phone}");
        }
    }

    #[test]
    fn everybody_is_grown_up() {
        let years: Vec<u16> = people(10_000, 4).iter().map(|person| person.birth_year).collect();
        assert_eq!((years.iter().min(), years.iter().max()), (Some(&1932), Some(&2006)));
    }

    #[test]
    fn everybody_speaks_a_known_language_and_each_is_spoken() {
        let spoken: Vec<Vec<&str>> = people(2_000, 5).into_iter().map(|person| person.languages).collect();
        let known = |language: &&str| LANGUAGES.contains(language);
        assert!(spoken.iter().all(|languages| !languages.is_empty() && languages.iter().all(known)));
        assert!(LANGUAGES.iter().all(|code| spoken.concat().contains(code)));
    }
}
