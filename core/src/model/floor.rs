//! Floors and doors in the order in which a stairwell is climbed: 10 after 9, the cellar first.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;

use super::{Address, normal_part};

/// The number of a floor as people write it: `5`, `5层`, `十二楼`, `-1`, `B1`, `负一层`, `地下二层`; `None` for other names.
pub fn floor_number(written: &str) -> Option<i32> {
    let name = normal_part(written).to_uppercase();
    let below = ["地下", "负", "-", "−", "B"].iter().find_map(|sign| name.strip_prefix(sign));
    let number = whole(below.unwrap_or(&name).trim_start_matches('第'))?;
    Some(if below.is_some() { -number } else { number })
}

/// The floor that a room's number tells: 5 for 502, 12 for 1203, -1 for B101; `None` where it tells none.
pub fn floor_of(room: &str) -> Option<i32> {
    let name = normal_part(room).to_uppercase();
    let (sign, digits) = name.strip_prefix('B').map_or((1, name.as_str()), |rest| (-1, rest));
    let fits = (3..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let floor: i32 = fits.then(|| digits[..digits.len() - 2].parse().ok()).flatten()?;
    (floor > 0).then_some(sign * floor)
}

/// The floor that an address tells, by its own number or by that of the room.
pub fn storey(address: &Address) -> Option<i32> {
    floor_number(&address.floor).or_else(|| floor_of(&address.room))
}

/// Orders names by the numbers in them: 9号 before 10号, 二 before 十.
pub fn by_number(a: &str, b: &str) -> Ordering {
    pieces(a).cmp(&pieces(b)).then_with(|| a.cmp(b))
}

/// Numbers before words, so that 3 stands before 东.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Number(i64),
    Word(String),
}

fn pieces(name: &str) -> Vec<Piece> {
    // A name that is a number as a whole: 十二.
    if let Some(number) = whole(&normal_part(name)) {
        return vec![Piece::Number(number.into())];
    }
    let mut found = Vec::new();
    let mut digits = String::new();
    let mut word = String::new();
    for c in name.nfkc().filter(|c| !c.is_whitespace()).chain(std::iter::once('\0')) {
        // Longer ones are names, not numbers.
        if c.is_ascii_digit() && digits.len() < 18 {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            if !word.is_empty() {
                found.push(Piece::Word(std::mem::take(&mut word)));
            }
            found.push(Piece::Number(digits.parse().unwrap_or(i64::MAX)));
            digits.clear();
        }
        if c != '\0' {
            word.push(c);
        }
    }
    if !word.is_empty() {
        found.push(Piece::Word(word));
    }
    found
}

/// A whole number up to 999, in digits or in Chinese: 十, 十二, 二十, 三十五, 一百零二.
fn whole(text: &str) -> Option<i32> {
    if !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let (mut total, mut digit) = (0, None);
    for c in text.chars() {
        match c {
            '十' => total += digit.take().unwrap_or(1) * 10,
            '百' => total += digit.take()? * 100,
            // As in 一百零二; 五零二 is a room and not a number.
            '零' | '〇' if digit.is_none() => {}
            _ => {
                // Two digits side by side are none either.
                if digit.is_some() {
                    return None;
                }
                digit = Some("一二三四五六七八九".chars().position(|d| d == c).or((c == '两').then_some(1))? as i32 + 1);
            }
        }
    }
    let number = total + digit.unwrap_or(0);
    (number > 0 && number < 1_000).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_are_read_as_people_write_them() {
        let read = [("5", 5), ("5层", 5), ("１０楼", 10), ("十二层", 12), ("二十", 20), ("第三层", 3), ("一百零二", 102), ("B1", -1), ("b2层", -2), ("-1", -1)];
        for (written, number) in read.into_iter().chain([("负一层", -1), ("地下二层", -2)]) {
            assert_eq!(floor_number(written), Some(number), "{written}");
        }
        for written in ["", "东", "阁楼间", "楼", "1234", "B", "五零二"] {
            assert_eq!(floor_number(written), None, "{written}");
        }
    }

    #[test]
    fn a_room_tells_its_floor() {
        let told: Vec<_> = ["502", "1203室", "B101", "12", "东户", "001", "12345"].into_iter().map(floor_of).collect();
        assert_eq!(told, [Some(5), Some(12), Some(-1), None, None, None, None]);
    }

    #[test]
    fn ten_comes_after_nine() {
        let mut doors = ["10号", "东", "9号", "2期", "十一", "B10", "B9", "1"];
        doors.sort_by(|a, b| by_number(a, b));
        assert_eq!(doors, ["1", "2期", "9号", "10号", "十一", "B9", "B10", "东"]);
        assert_eq!(by_number("3", "3号楼"), Ordering::Less, "equal numbers by their text");
    }
}
