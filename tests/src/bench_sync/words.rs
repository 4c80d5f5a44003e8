//! Texts of Chinese words, drawn as often as they are used, with their exact self-information.

use std::collections::HashMap;

use super::draw::Draw;

/// The 8,000 most frequent words and how often they were counted (CREDITS.md).
const LIST: &str = include_str!("../../data/words/words_jieba.txt");
const COMMA: char = '，';
/// A word that is not the last is followed by a comma so often: once in this many times.
const COMMA_ONE_IN: u64 = 6;

/// The words.
pub struct Words {
    /// Each with the sum of the counts up to and including its own.
    all: Vec<(&'static str, u64)>,
    total: u64,
    chance: HashMap<&'static str, f64>,
    longest: usize,
}

impl Words {
    /// Loads the embedded list.
    ///
    /// # Panics
    /// When a line of it is not a word and a number.
    pub fn load() -> Self {
        let rows: Vec<(&'static str, u64)> =
            LIST.lines().map(|l| l.split_once('\t').and_then(|(w, n)| Some((w, n.parse().ok()?))).expect("a word and a number")).collect();
        let total = rows.iter().map(|(_, n)| n).sum();
        let longest = rows.iter().map(|(w, _)| w.chars().count()).max().unwrap_or(1);
        let chance = rows.iter().map(|(w, n)| (*w, *n as f64 / total as f64)).collect();
        let mut sum = 0;
        let add = |(word, count): (&'static str, u64)| {
            sum += count;
            (word, sum)
        };
        let all = rows.into_iter().map(add).collect();
        Self { all, total, chance, longest }
    }

    /// Draws words, and commas between them, until the text has `least` characters without its commas.
    pub fn text(&self, draw: &mut Draw, least: usize) -> String {
        let (mut text, mut chars) = (String::new(), 0);
        loop {
            let ticket = draw.uncounted(self.total);
            let word = self.all[self.all.partition_point(|(_, sum)| *sum <= ticket)].0;
            text.push_str(word);
            chars += word.chars().count();
            if chars >= least {
                draw.count(self.bits(&text, least));
                return text;
            }
            if draw.uncounted(COMMA_ONE_IN) == 0 {
                text.push(COMMA);
            }
        }
    }

    /// −log2 of the probability of a text, over all the ways in which it can fall into words: fewer bits than the words that were
    /// drawn would add up to, for nobody is told where one ends and the next begins.
    fn bits(&self, text: &str, least: usize) -> f64 {
        let chars: Vec<char> = text.chars().collect();
        let comma = 1.0 / COMMA_ONE_IN as f64;
        // Of each place, the probability to come by it at the end of a word.
        let mut by = vec![0.0; chars.len() + 1];
        by[0] = 1.0;
        let mut whole = 0.0;
        for from in 0..chars.len() {
            let before = chars[..from].iter().filter(|c| **c != COMMA).count();
            for to in (from + 1..=chars.len()).take(self.longest) {
                let word: String = chars[from..to].iter().collect();
                let Some(chance) = self.chance.get(word.as_str()) else { continue };
                let p = by[from] * chance;
                if before + (to - from) >= least {
                    whole += if to == chars.len() { p } else { 0.0 };
                } else if chars.get(to) == Some(&COMMA) {
                    by[to + 1] += p * comma;
                } else {
                    by[to] += p * (1.0 - comma);
                }
            }
        }
        -f64::log2(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_about_seven_bits_a_character() {
        let (words, mut draw) = (Words::load(), Draw::new(1, 1));
        let texts: Vec<String> = (0..500).map(|_| words.text(&mut draw, 60)).collect();
        let chars: usize = texts.iter().map(|t| t.chars().filter(|c| *c != COMMA).count()).sum();
        assert!((60.0..62.0).contains(&(chars as f64 / 500.0)));
        let bits = draw.take_bits() / chars as f64;
        assert!((6.0..8.0).contains(&bits), "{bits}");
    }

    #[test]
    fn all_ways_to_fall_into_words_count() {
        let words = Words::load();
        let p = |word: &str| words.chance[word];
        // 我们 is a word, and so are 我 and 们.
        let told = -(p("我们") + p("我") * p("们") * 5.0 / 6.0).log2();
        assert!((words.bits("我们", 2) - told).abs() < 1e-9);
        let told = -(p("我") * p("们") / 6.0).log2();
        assert!((words.bits("我，们", 2) - told).abs() < 1e-9);
    }
}
