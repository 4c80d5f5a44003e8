//! A name as everybody may read it: the surname and two stars.

use serde::Serialize;

/// Surnames of two characters.
const DOUBLE: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "司徒", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "轩辕", "独孤", "端木", "西门", "南宫",
    "申屠", "闻人", "太史", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "鲜于", "闾丘", "亓官", "司寇", "司空", "呼延", "拓跋", "赫连", "万俟", "钟离",
    "东郭", "第五", "左丘", "公羊", "公西", "谷梁", "梁丘", "仲孙", "叔孙", "完颜", "纳兰", "耶律", "百里", "漆雕", "乐正", "巫马", "颛孙", "子车", "段干",
    "壤驷", "羊舌", "微生", "东门", "南门", "西陵",
];
/// What stands for the rest of it, however long.
const REST: &str = "**";

/// A masked name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Masked(String);

impl Masked {
    /// Masks a name. Of one in parts (阿依古丽·买买提, Tashi Dorje), which has no surname, the first character stays.
    pub fn of(name: &str) -> Self {
        let name = name.trim();
        // 欧阳 alone is 阳 of the family 欧: two characters would be all of the name.
        let double = DOUBLE.iter().find(|surname| name.strip_prefix(**surname).is_some_and(|given| given.starts_with(char::is_alphabetic)));
        let shown = match (double, name.chars().next()) {
            (Some(surname), _) => (*surname).to_owned(),
            (None, first) => first.into_iter().collect(),
        };
        Self(shown + REST)
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surname_stays_and_nothing_else() {
        for (name, masked) in [
            ("欧阳文", "欧阳**"),
            ("欧阳秀英", "欧阳**"),
            ("王梅", "王**"),
            ("王秀兰", "王**"),
            ("王", "王**"),
            ("欧阳", "欧**"),
            ("欧阳·文", "欧**"),
            (" 诸葛亮 ", "诸葛**"),
            ("阿依古丽·买买提", "阿**"),
            ("Tashi Dorje", "T**"),
            ("བསོད་ནམས", "བ**"),
            ("", "**"),
            ("  ", "**"),
        ] {
            assert_eq!(Masked::of(name).as_str(), masked, "{name}");
        }
    }

    #[test]
    fn every_surname_of_the_list_has_two_characters_and_stands_once() {
        let all: std::collections::BTreeSet<_> = DOUBLE.iter().collect();
        assert!(all.len() == DOUBLE.len() && DOUBLE.iter().all(|surname| surname.chars().count() == 2));
    }
}
