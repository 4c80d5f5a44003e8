//! Texts a drawn name must not be mistaken for.

use std::collections::HashSet;

/// Characters in the longest name: two of a surname such as 欧阳 and two of a given name.
const LONGEST: usize = 4;

/// The texts, cut up in advance: a name is checked by a few look-ups however many texts there are.
#[derive(Clone, Debug)]
pub(super) struct Forbidden {
    /// Every run of at most [`LONGEST`] characters in any text: a name among them equals a text or stands in one.
    runs: HashSet<String>,
    /// Texts short enough to stand inside a name.
    short: HashSet<String>,
}

impl Forbidden {
    /// Cuts up the texts; blank ones forbid nothing.
    pub(super) fn new(texts: &[&str]) -> Forbidden {
        let texts = || texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        Forbidden { runs: texts().flat_map(runs).collect(), short: texts().filter(|text| text.chars().count() <= LONGEST).map(str::to_owned).collect() }
    }

    /// Tells whether a name contains, equals or stands in any of the texts.
    pub(super) fn clashes(&self, name: &str) -> bool {
        self.runs.contains(name) || runs(name).iter().any(|run| self.short.contains(run))
    }
}

/// Returns every run of one to [`LONGEST`] neighbouring characters.
fn runs(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let windows = (1..=LONGEST).flat_map(|length| chars.windows(length));
    windows.map(|run| run.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{Name, Names};
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    fn draw(forbidden: &[&str]) -> Vec<Name> {
        let (names, mut rng) = (Names::load(forbidden), ChaCha8Rng::seed_from_u64(1));
        (0..20_000).map(|_| names.draw(&mut rng)).collect()
    }

    #[test]
    fn a_name_clashes_in_three_ways() {
        let forbidden = Forbidden::new(&["安宁区", "高强", "好"]);
        assert!(forbidden.clashes("安宁"), "it stands in a text");
        assert!(forbidden.clashes("高强"), "it equals a text");
        assert!(forbidden.clashes("高强东") && forbidden.clashes("郝好"), "it contains a text");
        assert!(!forbidden.clashes("安强") && !forbidden.clashes("宁区安"));
    }

    #[test]
    fn blank_texts_forbid_nothing() {
        assert!(!Forbidden::new(&["", " ", "\n"]).clashes("王伟"));
    }

    #[test]
    fn no_name_is_longer_than_was_thought() {
        assert!(draw(&[]).iter().all(|name| name.full.chars().count() <= LONGEST));
    }

    #[test]
    fn forbidden_names_are_drawn_again() {
        let before = draw(&[]);
        let (equal, around) = (before[0].full.as_str(), format!("请到{}社区办理", before[1].full));
        let clash = |name: &Name| {
            let full = name.full.as_str();
            full == equal || around.contains(full) || full.contains("秀英")
        };
        assert!(before.iter().filter(|name| clash(name)).count() > 20);
        assert!(!draw(&[equal, &around, "秀英"]).iter().any(clash));
    }

    #[test]
    fn names_of_areas_can_be_avoided() {
        let villages = include_str!("../../../sync-server/data/lanzhou/villages.csv");
        let areas = Forbidden::new(&[villages]);
        let clash = |name: &Name| areas.clashes(&name.full);
        assert!(draw(&[]).iter().any(clash), "or this test tells nothing");
        assert!(!draw(&[villages]).iter().any(clash));
    }

    #[test]
    fn no_name_stands_in_a_sentence_of_the_phrase_bank() {
        let sentences = Forbidden::new(&[include_str!("../../data/phrases.zh.toml")]);
        let found = draw(&[]).into_iter().find(|name| sentences.clashes(&name.full));
        assert_eq!(found, None);
    }
}
