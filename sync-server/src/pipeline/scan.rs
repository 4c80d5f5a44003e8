//! The last gate before a text is made public: no name of a resident, no telephone or identity number, no room of the matter's door.
//! Masking is by field; this finds what somebody typed all the same.

use std::collections::{BTreeSet, HashSet};

/// What a public text must not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leak {
    /// A resident's name.
    Name,
    /// So many digits that they may be a telephone or an identity number.
    Number,
    /// The room of the door it is about.
    Room,
}

/// Digits in a row, whatever stands between them, that may be a telephone number. 110, 119, 120, 122 and 12345 are shorter; the
/// hall's own number is not, for nothing tells it from a resident's.
const NUMBER: usize = 7;

/// Residents' names to look for.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    names: HashSet<String>,
    /// How long they are, in characters.
    lengths: BTreeSet<usize>,
}

impl Scan {
    /// Of names; one character alone is no name.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut scan = Self::default();
        for name in names.into_iter().map(normal) {
            let length = name.chars().count();
            if length >= 2 {
                scan.lengths.insert(length);
                scan.names.insert(name);
            }
        }
        scan
    }

    /// What a text holds that it must not; `room`: of the door it is about, empty where there is none.
    pub fn leaks(&self, text: &str, room: &str) -> Vec<Leak> {
        let text = normal(text);
        let chars: Vec<char> = text.chars().collect();
        let mut leaks = Vec::new();
        let named = self.lengths.iter().any(|n| chars.windows(*n).any(|window| self.names.contains(&window.iter().collect::<String>())));
        if named {
            leaks.push(Leak::Name);
        }
        let runs: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
        if runs.iter().any(|run| run.len() >= NUMBER) {
            leaks.push(Leak::Number);
        }
        let room = normal(room);
        let room = room.trim_end_matches(['室', '号']);
        if room.len() >= 3 && runs.contains(&room) {
            leaks.push(Leak::Room);
        }
        leaks
    }
}

/// Full-width and Chinese digits as digits, small letters, and nothing of what people put between them.
fn normal(text: &str) -> String {
    let between = |c: char| c.is_whitespace() || "-－‐‑–—−·•_.．()（）".contains(c) || ('\u{200b}'..='\u{200f}').contains(&c) || c == '\u{feff}';
    text.chars().filter(|c| !between(*c)).map(digit).flat_map(char::to_lowercase).collect()
}

fn digit(c: char) -> char {
    let from = |zero: char| char::from_u32(u32::from(c) - u32::from(zero) + u32::from('0')).unwrap_or(c);
    match c {
        '０'..='９' => from('０'),
        '〇' | '零' => '0',
        '一' | '幺' => '1',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_numbers_and_rooms_are_found_however_they_are_written() {
        let scan = Scan::of(["马桂英", "欧阳 文", "王", "丁一", "阿依古丽·买买提", "Tashi Dorje"]);
        assert_eq!(scan.leaks("已为马桂英家修好", ""), [Leak::Name]);
        assert_eq!(scan.leaks("已为马 桂\u{200b}英家修好", ""), [Leak::Name]);
        assert_eq!(scan.leaks("欧阳文来过", ""), [Leak::Name]);
        assert_eq!(scan.leaks("丁一来过", ""), [Leak::Name]);
        assert_eq!(scan.leaks("阿依古丽买买提家", ""), [Leak::Name]);
        assert_eq!(scan.leaks("请找 TASHI DORJE", ""), [Leak::Name]);
        assert_eq!(scan.leaks("请打 138 0013-8000", ""), [Leak::Number]);
        assert_eq!(scan.leaks("电话１３８００１３８０００", ""), [Leak::Number]);
        assert_eq!(scan.leaks("电话一三八〇零幺三八零零零", ""), [Leak::Number]);
        assert_eq!(scan.leaks("大厅电话（0931）012．7765", ""), [Leak::Number]);
        assert_eq!(scan.leaks("6201021944—0101—2234", ""), [Leak::Number]);
        assert_eq!(scan.leaks("3号楼502室漏水", "502"), [Leak::Room]);
        assert_eq!(scan.leaks("3号楼五〇二漏水", "502室"), [Leak::Room]);
        assert_eq!(scan.leaks("3号楼1502户漏水", "502"), []);
        assert_eq!(scan.leaks("王某反映的路灯已修好，9月20日验收", "502"), []);
        assert_eq!(scan.leaks("有事请拨12345、110、119、120或122，周一至周五，二〇二六年九月二十日起", "502"), []);
    }
}
