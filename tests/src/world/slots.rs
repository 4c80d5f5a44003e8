//! The slots of a complaint: what may stand for {place}, {floor} and {time}.

use super::pick;
use rand::Rng;
use serde::Deserialize;

/// The values of each slot, as they are spoken.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slots {
    place: Vec<String>,
    floor: Vec<String>,
    time: Vec<String>,
}

impl Slots {
    /// Replaces every slot of the sentence by one of its values; a slot that stands twice gets one value.
    pub(super) fn fill(&self, sentence: &str, rng: &mut impl Rng) -> String {
        let mut filled = sentence.to_owned();
        for (mark, values) in self.marks() {
            if filled.contains(mark) {
                let value = pick(values, rng);
                filled = filled.replace(mark, value);
            }
        }
        filled
    }

    fn marks(&self) -> [(&'static str, &[String]); 3] {
        [("{place}", &self.place), ("{floor}", &self.floor), ("{time}", &self.time)]
    }

    /// Asserts that a sentence of the bank has a slot, and none twice.
    #[cfg(test)]
    pub(super) fn check(&self, sentence: &str) {
        let counts = self.marks().map(|(mark, _)| sentence.matches(mark).count());
        let right = counts.contains(&1) && counts.iter().all(|count| *count <= 1);
        assert!(right, "{sentence}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use std::collections::HashSet;

    fn slots() -> Slots {
        #[derive(Deserialize)]
        struct Bank {
            slots: Slots,
        }
        let bank = include_str!("../../data/phrases.zh.toml");
        toml::from_str::<Bank>(bank).expect("the bank has slots").slots
    }

    #[test]
    fn each_slot_has_twelve_values() {
        let different = |values: &[String]| values.iter().collect::<HashSet<_>>().len();
        assert_eq!(slots().marks().map(|(_, values)| different(values)), [12, 12, 12]);
    }

    #[test]
    fn every_value_is_used_and_no_slot_stays_open() {
        let (slots, mut rng) = (slots(), ChaCha8Rng::seed_from_u64(1));
        let mut seen = HashSet::new();
        for _ in 0..1_000 {
            let filled = slots.fill("{time}，{floor}，{place}", &mut rng);
            let parts: Vec<&str> = filled.split('，').collect();
            assert!(slots.time.iter().any(|value| value == parts[0]), "{filled}");
            assert!(slots.floor.iter().any(|value| value == parts[1]), "{filled}");
            assert!(slots.place.iter().any(|value| value == parts[2]), "{filled}");
            seen.extend(parts.into_iter().map(str::to_owned));
        }
        assert_eq!(seen.len(), 36);
    }
}
