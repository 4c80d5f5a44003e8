//! Names of residents and officers who do not exist.

use super::{forbidden::Forbidden, pick};
use rand::{Rng, RngExt};

const SURNAMES: &str = include_str!("../../data/names/surnames_faker_zh_CN.csv");
const GIVEN_NAMES: &str = include_str!("../../data/names/given_names_faker_zh_CN.csv");
/// Names are drawn again this often before [`Names::draw`] gives up.
const TRIES: u32 = 1_000;

/// A drawn name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// Surname and given name without a space, as they are written: 欧阳秀英.
    pub full: String,
    /// The surname alone, one or two characters: 欧阳.
    pub surname: String,
    /// Whether the given name came from the list of women's names.
    pub female: bool,
}

/// The lists names are drawn from, and the texts a name must not be mistaken for.
#[derive(Clone, Debug)]
pub struct Names {
    /// Each surname with the sum of the weights up to and including its own, in units of 0.0001 %.
    surnames: Vec<(String, u32)>,
    men: GivenNames,
    women: GivenNames,
    forbidden: Forbidden,
}

/// Given names of one sex: the whole list, and those of one character, two of which make another name.
#[derive(Clone, Debug)]
struct GivenNames {
    all: Vec<String>,
    single: Vec<String>,
}

impl Names {
    /// Loads the embedded lists; `forbidden` are texts no name may contain, equal or stand in, such as words on the screen.
    ///
    /// Empty texts forbid nothing. A text of one character forbids every name with that character.
    ///
    /// # Panics
    /// When an embedded list is not what this file expects.
    pub fn load(forbidden: &[&str]) -> Names {
        let mut sum = 0;
        let add = |(surname, percent): (String, f64)| {
            sum += (percent * 10_000.0).round() as u32;
            (surname, sum)
        };
        let surnames = rows(SURNAMES).into_iter().map(add).collect();
        let given: Vec<(String, String)> = rows(GIVEN_NAMES);
        Names { surnames, men: GivenNames::of_sex("m", &given), women: GivenNames::of_sex("f", &given), forbidden: Forbidden::new(forbidden) }
    }

    /// Draws a name: surnames by how common they are, a given name of one or two characters.
    ///
    /// # Panics
    /// When no name in 1,000 draws avoids the forbidden texts.
    pub fn draw(&self, rng: &mut impl Rng) -> Name {
        for _ in 0..TRIES {
            let female = rng.random_ratio(1, 2);
            let surname = self.surname(rng).to_owned();
            let list = if female { &self.women } else { &self.men };
            let full = format!("{surname}{}", list.draw(rng));
            if !self.forbidden.clashes(&full) {
                return Name { full, surname, female };
            }
        }
        panic!("{TRIES} draws gave no name that avoids the forbidden texts: forbid fewer");
    }

    fn surname(&self, rng: &mut impl Rng) -> &str {
        let total = self.surnames[self.surnames.len() - 1].1;
        let ticket = rng.random_range(0..total);
        &self.surnames[self.surnames.partition_point(|(_, sum)| *sum <= ticket)].0
    }
}

impl GivenNames {
    fn of_sex(sex: &str, rows: &[(String, String)]) -> GivenNames {
        let names = || rows.iter().filter(|row| row.1 == sex).map(|row| row.0.clone());
        GivenNames { all: names().collect(), single: names().filter(|name| name.chars().count() == 1).collect() }
    }

    /// Draws from the list, or joins two different single characters; most given names have two.
    fn draw(&self, rng: &mut impl Rng) -> String {
        if rng.random_ratio(2, 5) {
            return pick(&self.all, rng).clone();
        }
        let first = rng.random_range(0..self.single.len());
        let second = (first + rng.random_range(1..self.single.len())) % self.single.len();
        format!("{}{}", self.single[first], self.single[second])
    }
}

/// Returns the rows of an embedded table of two columns, without its head.
fn rows<V: serde::de::DeserializeOwned>(table: &str) -> Vec<(String, V)> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows = reader.deserialize().collect::<Result<_, _>>();
    rows.expect("an embedded list of names has two columns")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    fn draw(names: &Names, count: usize, seed: u64) -> Vec<Name> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        (0..count).map(|_| names.draw(&mut rng)).collect()
    }

    #[test]
    fn one_seed_is_one_list_of_names() {
        let names = Names::load(&[]);
        assert_eq!(draw(&names, 200, 1), draw(&names, 200, 1));
        assert_ne!(draw(&names, 200, 1), draw(&names, 200, 2));
    }

    #[test]
    fn a_name_is_a_surname_and_one_or_two_characters() {
        let drawn = draw(&Names::load(&[]), 20_000, 3);
        for name in &drawn {
            let given = name.full.strip_prefix(&name.surname).unwrap_or_default();
            assert!((1..=2).contains(&given.chars().count()), "{name:?}");
        }
        assert!(drawn.iter().any(|name| name.surname == "欧阳"));
    }

    #[test]
    fn surnames_come_as_often_as_in_the_list_and_both_sexes_alike() {
        let drawn = draw(&Names::load(&[]), 20_000, 4);
        let share = |chosen: &dyn Fn(&Name) -> bool| drawn.iter().filter(|name| chosen(name)).count() as f64 / 20_000.0;
        // 7.17 of the 96.6 per cent that the list adds up to.
        assert!((share(&|name| name.surname == "王") - 0.0742).abs() < 0.01);
        assert!((share(&|name| name.female) - 0.5).abs() < 0.02);
    }

    #[test]
    #[should_panic(expected = "avoids the forbidden texts")]
    fn a_list_that_forbids_everybody_ends_in_a_message() {
        let surnames: Vec<&str> = SURNAMES.split(['\n', ',']).collect();
        draw(&Names::load(&surnames), 1, 6);
    }
}
