//! 通知: what the office lets officers say at the doors of those whom it concerns.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Check, Need, Said};
use crate::{Result, words::Lang};

/// Most notices of a community that are open at a time: neither taken back nor over.
pub const MAX_OPEN_NOTICES: usize = 50;
/// Longest title, in characters.
const MAX_TITLE: usize = 60;
/// Longest text, in characters: it is read out at a door.
const MAX_TEXT: usize = 500;
/// Longest time for which one is told, in days.
const MAX_DAYS: i32 = 366;
/// Nobody is older.
const MAX_AGE: u16 = 150;

/// A notice as the office writes it; it is never changed, only taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Notice {
    /// What it is called; the English may lack.
    pub title: Said,
    /// What is said; the English may lack.
    pub text: Said,
    /// The first local day on which it is told, as `2026-09-14`.
    pub from: String,
    /// The last.
    pub until: String,
    /// Words of [`Need`]: for residents with any of them; empty = whatever they need.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// For residents of this age or older, in years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_age: Option<u16>,
    /// For residents of this age or younger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age: Option<u16>,
}

impl Notice {
    /// Checks a notice as the office wrote it.
    ///
    /// # Errors
    /// `text.*`, `date.malformed`, `notice.period`, `list.too_long`, `code.unknown`, `notice.age`.
    pub fn check(&self) -> Result<()> {
        let root = Check::root();
        for (name, said, max) in [("title", &self.title, MAX_TITLE), ("text", &self.text, MAX_TEXT)] {
            let at = root.field(name);
            at.field("zh").some_text(&said.zh, max)?;
            at.field("en").text(&said.en, max)?;
        }
        root.field("from").date(&self.from)?;
        root.field("until").date(&self.until)?;
        if !self.days().is_some_and(|days| (0..MAX_DAYS).contains(&days)) {
            return root.field("until").fail("notice.period");
        }
        if self.needs.len() > Need::ALL.len() {
            return root.field("needs").fail("list.too_long");
        }
        for (i, need) in self.needs.iter().enumerate() {
            root.at("needs", i).code(Need::from_word(need))?;
        }
        let (min, max) = (self.min_age.unwrap_or(0), self.max_age.unwrap_or(MAX_AGE));
        if min > MAX_AGE || max > MAX_AGE || min > max {
            return root.field(if min > MAX_AGE { "min_age" } else { "max_age" }).fail("notice.age");
        }
        Ok(())
    }

    /// How many days the last lies after the first.
    fn days(&self) -> Option<i32> {
        let (from, until): (Date, Date) = (self.from.parse().ok()?, self.until.parse().ok()?);
        Some(from.until(until).ok()?.get_days())
    }

    /// Whether its last day is past on a local day.
    pub fn is_over(&self, today: Date) -> bool {
        self.until.parse::<Date>().is_ok_and(|until| until < today)
    }

    /// Whether it is for certain residents only.
    pub fn is_for_some(&self) -> bool {
        !self.needs.is_empty() || self.min_age.is_some() || self.max_age.is_some()
    }

    /// Whether it concerns a resident with these needs, born in a year (0 = not known), in the year in which it is told. Somebody whose
    /// year of birth is not known has no age.
    pub fn concerns(&self, needs: &[String], birth_year: u16, year: i16) -> bool {
        let needed = self.needs.is_empty() || self.needs.iter().any(|need| needs.contains(need));
        let age = (birth_year != 0).then(|| i32::from(year) - i32::from(birth_year));
        let aged = age.is_some_and(|age| self.min_age.is_none_or(|min| age >= i32::from(min)) && self.max_age.is_none_or(|max| age <= i32::from(max)));
        needed && (aged || (self.min_age.is_none() && self.max_age.is_none()))
    }
}

/// What is said in a language, in Chinese where the office wrote nothing else.
pub fn said_or_zh(said: &Said, lang: Lang) -> &str {
    Some(said.of(lang)).filter(|text| !text.trim().is_empty()).unwrap_or(&said.zh)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// For those of 80 and older.
    pub(crate) fn notice() -> Notice {
        let said = |zh: &str| Said { zh: zh.into(), en: String::new() };
        Notice {
            title: said("高龄津贴认证"),
            text: said("请在月底前到社区认证。"),
            from: "2026-09-01".into(),
            until: "2026-09-30".into(),
            min_age: Some(80),
            ..Notice::default()
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        notice().check().unwrap();
        type Damage = fn(&mut Notice);
        let damaged: [(&str, &str, Damage); 11] = [
            ("text.empty", "title.zh", |n| n.title.zh.clear()),
            ("text.too_long", "title.en", |n| n.title.en = "x".repeat(MAX_TITLE + 1)),
            ("text.too_long", "text.zh", |n| n.text.zh = "x".repeat(MAX_TEXT + 1)),
            ("text.control", "text.en", |n| n.text.en = "\u{1f}".into()),
            ("date.malformed", "from", |n| n.from = "2026-9-1".into()),
            ("notice.period", "until", |n| n.until = "2026-08-31".into()),
            ("notice.period", "until", |n| n.until = "2027-09-02".into()),
            ("list.too_long", "needs", |n| n.needs = vec!["infant".into(); 8]),
            ("code.unknown", "needs[1]", |n| n.needs = vec!["infant".into(), "rich".into()]),
            ("notice.age", "min_age", |n| n.min_age = Some(151)),
            ("notice.age", "max_age", |n| n.max_age = Some(79)),
        ];
        for (code, path, damage) in damaged {
            let mut notice = notice();
            damage(&mut notice);
            let error = notice.check().unwrap_err();
            assert_eq!((error.code(), error.path()), (code, Some(path)));
        }
        assert!(Notice { until: "2027-09-01".into(), ..notice() }.check().is_ok(), "a year and its first day again");
    }

    #[test]
    fn needs_and_age_say_whom_it_concerns() {
        let aged = notice();
        let concerns = |notice: &Notice, need: &str, born| notice.concerns(&[need.to_owned()], born, 2026);
        assert!(concerns(&aged, "", 1946) && !concerns(&aged, "", 1947) && !concerns(&aged, "", 0));
        let young = Notice { min_age: None, max_age: Some(3), needs: vec!["infant".into(), "pregnant".into()], ..notice() };
        assert!(concerns(&young, "infant", 2023) && !concerns(&young, "infant", 2022) && !concerns(&young, "lives_alone", 2024));
        let needy = Notice { min_age: None, needs: vec!["walks_badly".into()], ..notice() };
        assert!(concerns(&needy, "walks_badly", 0) && !concerns(&needy, "infant", 1930));
        let all = Notice { min_age: None, ..notice() };
        assert!(concerns(&all, "", 0) && !all.is_for_some() && aged.is_for_some() && needy.is_for_some());
    }

    #[test]
    fn english_may_lack_and_the_last_day_counts() {
        let notice = notice();
        assert_eq!((said_or_zh(&notice.title, Lang::En), said_or_zh(&notice.title, Lang::Zh)), ("高龄津贴认证", "高龄津贴认证"));
        assert!(!notice.is_over("2026-09-30".parse().unwrap()) && notice.is_over("2026-10-01".parse().unwrap()));
        assert!(serde_json::from_str::<Notice>(r#"{"languages":["hui"]}"#).is_err());
    }
}
