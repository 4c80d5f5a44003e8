//! What officers type: the embedded phrase bank.

use super::{pick, slots::Slots};
use rand::Rng;
use serde::Deserialize;
use std::collections::BTreeMap;

const BANK: &str = include_str!("../../data/phrases.zh.toml");

/// Sentences to draw from, in plain Chinese as it is typed on a phone.
#[derive(Clone, Debug, Deserialize)]
pub struct Phrases {
    outcomes: Vec<String>,
    visit_notes: Vec<String>,
    follow_ups: Vec<String>,
    solved: Vec<String>,
    notes: Vec<String>,
    household_notes: Vec<String>,
    slots: Slots,
    /// Every other table is a category.
    #[serde(flatten)]
    categories: BTreeMap<String, Category>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Category {
    complaints: Vec<String>,
}

impl Phrases {
    /// Loads the embedded bank.
    ///
    /// # Panics
    /// When the bank is not the TOML this file expects.
    pub fn load() -> Phrases {
        toml::from_str(BANK).expect("the phrase bank has its lists, slots and categories")
    }

    /// Returns the codes of the categories that have complaints, in alphabetical order.
    pub fn categories(&self) -> Vec<String> {
        self.categories.keys().cloned().collect()
    }

    /// Draws a complaint of the category, with place, floor and time filled in.
    ///
    /// # Panics
    /// When the bank has no such category.
    pub fn complaint(&self, category: &str, rng: &mut impl Rng) -> String {
        let Some(Category { complaints }) = self.categories.get(category) else {
            panic!("the phrase bank has no category {category:?}");
        };
        let sentence = pick(complaints, rng);
        self.slots.fill(sentence, rng)
    }

    /// Draws what a visit found or what was done at the door.
    pub fn outcome(&self, rng: &mut impl Rng) -> String {
        pick(&self.outcomes, rng).clone()
    }

    /// Draws a remark on a visit.
    pub fn visit_note(&self, rng: &mut impl Rng) -> String {
        pick(&self.visit_notes, rng).clone()
    }

    /// Draws what to come back for.
    pub fn follow_up(&self, rng: &mut impl Rng) -> String {
        pick(&self.follow_ups, rng).clone()
    }

    /// Draws the evidence that something was settled on the spot.
    pub fn solved(&self, rng: &mut impl Rng) -> String {
        pick(&self.solved, rng).clone()
    }

    /// Draws an internal remark on a matter.
    pub fn note(&self, rng: &mut impl Rng) -> String {
        pick(&self.notes, rng).clone()
    }

    /// Draws a remark on a door.
    pub fn household_note(&self, rng: &mut impl Rng) -> String {
        pick(&self.household_notes, rng).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use std::collections::HashSet;

    /// Returns the lists whose sentences have no slots.
    fn plain(bank: &Phrases) -> [&[String]; 6] {
        let lists = [&bank.outcomes, &bank.visit_notes, &bank.follow_ups, &bank.solved, &bank.notes, &bank.household_notes];
        lists.map(Vec::as_slice)
    }

    /// Returns every sentence as an officer would have typed it.
    fn typed(bank: &Phrases, seed: u64) -> Vec<String> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let categories = bank.categories.values();
        let complaints = categories.flat_map(|category| &category.complaints);
        let filled = complaints.map(|text| bank.slots.fill(text, &mut rng));
        filled.chain(plain(bank).concat()).collect()
    }

    #[test]
    fn the_bank_holds_what_was_promised() {
        let bank = Phrases::load();
        let codes = "care culture employment enlistment environment family health housing mediation \
                     old_age_allowance relief safety sanitation servicemen utilities";
        assert_eq!(bank.categories().join(" "), codes);
        for Category { complaints } in bank.categories.values() {
            assert_eq!(complaints.len(), 10);
            complaints.iter().for_each(|sentence| bank.slots.check(sentence));
        }
        assert_eq!(plain(&bank).map(<[_]>::len), [30, 20, 20, 15, 15, 12]);
        let different: HashSet<String> = typed(&bank, 1).into_iter().collect();
        assert_eq!(different.len(), 150 + 112, "a sentence stands twice");
    }

    #[test]
    fn nothing_but_chinese_is_left_in_any_sentence() {
        let chinese = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | '，' | '。' | '、');
        for text in typed(&Phrases::load(), 2) {
            assert!(!text.is_empty() && text.chars().all(chinese), "{text}");
        }
    }

    #[test]
    fn each_draw_comes_from_its_own_list() {
        let (bank, mut rng) = (Phrases::load(), ChaCha8Rng::seed_from_u64(5));
        let drawn = [
            bank.outcome(&mut rng),
            bank.visit_note(&mut rng),
            bank.follow_up(&mut rng),
            bank.solved(&mut rng),
            bank.note(&mut rng),
            bank.household_note(&mut rng),
        ];
        for (list, text) in plain(&bank).into_iter().zip(drawn) {
            assert!(list.contains(&text), "{text}");
        }
    }

    #[test]
    #[should_panic(expected = "no category \"weather\"")]
    fn an_unknown_category_is_named_in_the_message() {
        Phrases::load().complaint("weather", &mut ChaCha8Rng::seed_from_u64(6));
    }
}
