//! Notes drawn from how often words occur: what a search meets is as frequent as in real text.

use rand::{Rng, RngExt};

const WORDS: &str = include_str!("../../data/words/words_jieba.txt");
/// How many of them, the most frequent first, make up notes.
const COMMON: usize = 2_000;

/// Words, each with the sum of the counts up to and including its own.
pub struct Words(Vec<(&'static str, u64)>);

impl Words {
    /// Loads the embedded list.
    pub fn load() -> Self {
        let mut sum = 0;
        let mut read = |line: &'static str| {
            let (word, count) = line.split_once('\t')?;
            sum += count.trim().parse::<u64>().ok()?;
            Some((word, sum))
        };
        Self(WORDS.lines().take(COMMON).filter_map(&mut read).collect())
    }

    /// A note of at least `chars` characters, a comma after every few words.
    pub fn note(&self, chars: usize, rng: &mut impl Rng) -> String {
        let (mut note, mut length, mut words) = (String::new(), 0, 0);
        let all = self.0.last().map_or(1, |(_, sum)| *sum);
        while length < chars {
            let ticket = rng.random_range(0..all);
            let word = self.0[self.0.partition_point(|(_, sum)| *sum <= ticket)].0;
            note.push_str(word);
            length += word.chars().count();
            words += 1;
            if words % 6 == 0 {
                note.push('，');
            }
        }
        note
    }
}
