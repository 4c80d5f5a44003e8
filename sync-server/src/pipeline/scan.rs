//! The last gate before a text is made public: no name of a resident, no telephone or identity number, no room of the matter's door.
//! Masking is by field; this finds what somebody typed all the same.

use std::collections::HashSet;

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

/// Digits in a row, whatever stands between them, that may be a telephone number.
const NUMBER: usize = 7;
/// Longest name that is looked for, in characters.
const NAME: usize = 6;

/// Residents' names to look for.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    names: HashSet<String>,
}

impl Scan {
    /// Of names; one character alone is no name.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let plain = names.into_iter().map(normal).filter(|name| (2..=NAME).contains(&name.chars().count()));
        Self { names: plain.collect() }
    }

    /// What a text holds that it must not; `room`: of the door it is about, empty where there is none.
    pub fn leaks(&self, text: &str, room: &str) -> Vec<Leak> {
        let text = normal(text);
        let chars: Vec<char> = text.chars().collect();
        let mut leaks = Vec::new();
        let named = (2..=NAME).any(|n| chars.windows(n).any(|window| self.names.contains(&window.iter().collect::<String>())));
        if named {
            leaks.push(Leak::Name);
        }
        let runs: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
        if runs.iter().any(|run| run.len() >= NUMBER) {
            leaks.push(Leak::Number);
        }
        let room = normal(room);
        if room.len() >= 3 && runs.contains(&room.as_str()) {
            leaks.push(Leak::Room);
        }
        leaks
    }
}

/// Full-width digits as digits, without what people put between them.
fn normal(text: &str) -> String {
    let digit = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        _ => c,
    };
    text.chars().map(digit).filter(|c| !c.is_whitespace() && !['-', '－', '·', '_', '.'].contains(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_numbers_and_rooms_are_found_however_they_are_written() {
        let scan = Scan::of(["马桂英", "欧阳 文", "王"]);
        assert_eq!(scan.leaks("已为马桂英家修好", ""), [Leak::Name]);
        assert_eq!(scan.leaks("欧阳文来过", ""), [Leak::Name]);
        assert_eq!(scan.leaks("请打 138 0013-8000", ""), [Leak::Number]);
        assert_eq!(scan.leaks("电话１３８００１３８０００", ""), [Leak::Number]);
        assert_eq!(scan.leaks("3号楼502室漏水", "502"), [Leak::Room]);
        assert_eq!(scan.leaks("3号楼1502户漏水", "502"), []);
        assert_eq!(scan.leaks("王某反映的路灯已修好，9月20日验收", "502"), []);
    }
}
