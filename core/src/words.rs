//! One catalogue of words for phones, pages and errors: Simplified Chinese first, English second.

use std::{borrow::Cow, str::FromStr, sync::LazyLock};

pub use fluent_bundle::FluentValue;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

/// What phones say too comes first; the rest is the office's, and with the feature `office` alone.
const ZH_SOURCES: &[&str] = &[
    include_str!("../locales/zh-CN.ftl"),
    #[cfg(feature = "office")]
    include_str!("../locales/office/zh-CN.ftl"),
    #[cfg(feature = "office")]
    include_str!("../locales/program/zh-CN.ftl"),
];
const EN_SOURCES: &[&str] = &[
    include_str!("../locales/en.ftl"),
    #[cfg(feature = "office")]
    include_str!("../locales/office/en.ftl"),
    #[cfg(feature = "office")]
    include_str!("../locales/program/en.ftl"),
];
static ZH: LazyLock<Bundle> = LazyLock::new(|| bundle("zh-CN", ZH_SOURCES));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle("en", EN_SOURCES));

/// The languages of screens and pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The tag that belongs into `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-Hans",
            Self::En => "en",
        }
    }
}

impl FromStr for Lang {
    type Err = std::convert::Infallible;

    /// Anything that begins with `en` is English, everything else Chinese.
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Ok(if tag.to_ascii_lowercase().starts_with("en") { Self::En } else { Self::Zh })
    }
}

/// The sentence of a key; the key itself where the catalogue lacks it, so that nothing is silently blank.
pub fn say(lang: Lang, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    let bundle = match lang {
        Lang::Zh => &*ZH,
        Lang::En => &*EN,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else { return key.to_owned() };
    let mut named = FluentArgs::new();
    for (name, value) in args {
        named.set(Cow::Owned((*name).to_owned()), value.clone());
    }
    bundle.format_pattern(pattern, Some(&named), &mut Vec::new()).into_owned()
}

/// All keys of the catalogue, in the order of the Chinese files.
pub fn keys() -> impl Iterator<Item = &'static str> {
    message_keys(ZH_SOURCES)
}

/// All Chinese sentences without their variables, for those who must avoid them (the demo's names).
pub fn all_chinese() -> impl Iterator<Item = &'static str> {
    lines(ZH_SOURCES).filter_map(|l| l.split_once(" = ").map(|(_, text)| text))
}

fn lines(sources: &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    sources.iter().flat_map(|source| source.lines())
}

fn message_keys(sources: &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    lines(sources).filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase())).filter_map(|l| l.split_once(" =").map(|(k, _)| k))
}

fn bundle(tag: &str, sources: &[&str]) -> Bundle {
    // They are compiled in and read by a test, so a fault here is a fault of the build.
    let language: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    for source in sources {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, _)| partial);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn both_languages_have_the_same_keys_and_parse() {
        for source in ZH_SOURCES.iter().chain(EN_SOURCES) {
            assert!(FluentResource::try_new((*source).to_owned()).is_ok(), "a catalogue does not parse");
        }
        assert_eq!(ZH_SOURCES.len(), EN_SOURCES.len());
        for (zh, en) in ZH_SOURCES.chunks(1).zip(EN_SOURCES.chunks(1)) {
            assert_eq!(message_keys(zh).collect::<BTreeSet<_>>(), message_keys(en).collect());
        }
        assert_eq!(keys().collect::<BTreeSet<_>>().len(), keys().count(), "a key stands twice");
    }

    #[test]
    fn counts_are_said_as_people_say_them() {
        let args = [("n", 14.into()), ("office", 13.into())];
        assert_eq!(say(Lang::Zh, "today-visits", &args), "今天走访 14 户：13 户已到办公室");
        assert_eq!(say(Lang::En, "today-visits", &[("n", 1.into()), ("office", 1.into())]), "Today 1 visit: 1 at the office");
    }
}
