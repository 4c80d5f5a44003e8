//! How names are typed by those who write them in pinyin: lixiaoming, xiaoming, lxm, xm.

use std::collections::BTreeSet;

use pinyin::ToPinyin;

/// Surnames that are read otherwise than the character is elsewhere.
const SURNAMES: [(&str, &[&str]); 36] = [
    ("万俟", &["mo", "qi"]),
    ("尉迟", &["yu", "chi"]),
    ("单于", &["chan", "yu"]),
    ("澹台", &["tan", "tai"]),
    ("长孙", &["zhang", "sun"]),
    ("单", &["shan"]),
    ("曾", &["zeng"]),
    ("解", &["xie"]),
    ("仇", &["qiu"]),
    ("朴", &["piao"]),
    ("查", &["zha"]),
    ("任", &["ren"]),
    ("区", &["ou"]),
    ("盖", &["ge"]),
    ("种", &["chong"]),
    ("乐", &["yue"]),
    ("翟", &["zhai"]),
    ("缪", &["miao"]),
    ("宓", &["fu"]),
    ("折", &["she"]),
    ("黑", &["he"]),
    ("秘", &["bi"]),
    ("冼", &["xian"]),
    ("逄", &["pang"]),
    ("隗", &["wei"]),
    ("员", &["yun"]),
    ("葛", &["ge"]),
    ("华", &["hua"]),
    ("纪", &["ji"]),
    ("覃", &["qin"]),
    ("晁", &["chao"]),
    ("郗", &["xi"]),
    ("牟", &["mu"]),
    ("臧", &["zang"]),
    ("尹", &["yin"]),
    ("么", &["yao"]),
];

/// The words by which names can be typed, with a space between; `names` as they are written, 、 between them.
pub(super) fn readings(names: &str) -> String {
    let words: BTreeSet<String> = names.split(['、', ' ', '，', ',']).flat_map(of_name).collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// Whole and initials, of the name and of the given name; with ü both as v and as u.
fn of_name(name: &str) -> Vec<String> {
    let surname = SURNAMES.iter().find_map(|(surname, read)| Some((name.strip_prefix(surname)?, *read)));
    let (rest, mut syllables) = surname.map_or((name, Vec::new()), |(rest, read)| (rest, read.to_vec()));
    let first = syllables.len().max(1);
    syllables.extend(rest.chars().filter_map(|c| c.to_pinyin()).map(|p| p.plain()));
    let mut words = Vec::new();
    for from in [0, first].into_iter().filter(|from| *from < syllables.len()) {
        let whole = syllables[from..].concat();
        let initials: String = syllables[from..].iter().filter_map(|s| s.chars().next()).collect();
        // A single initial says nothing.
        if initials.chars().count() > 1 {
            words.push(initials);
        }
        for letter in ["v", "u"] {
            words.push(whole.replace('ü', letter));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_whole_and_by_initials() {
        assert_eq!(readings("李小明"), "lixiaoming lxm xiaoming xm");
        assert_eq!(readings("欧阳秀英、吕布"), "bu lb lubu lvbu ouyangxiuying oyxy yangxiuying yxy");
        assert_eq!(readings("Tom"), "");
    }

    #[test]
    fn surnames_have_readings_of_their_own() {
        for (name, word) in [("单田芳", "shantianfang"), ("曾志伟", "zengzhiwei"), ("解晓东", "xiexiaodong"), ("尉迟恭", "yuchigong"), ("翟天", "zhaitian")]
        {
            assert!(readings(name).split(' ').any(|w| w == word), "{name}: {}", readings(name));
        }
        // Elsewhere in a name the character is read as always.
        assert!(readings("王解").contains("wangjie"));
    }
}
