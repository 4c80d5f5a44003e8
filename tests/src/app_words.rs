//! The app's sentences as Android reads them: `res/values` and `res/values-en`, each file made from the one of its name in `core/locales/app`. `{ $name }` becomes
//! `%1$s`, in the order in which Chinese names them; a message that tells numbers apart in either language becomes `<plurals>`.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey},
    parser,
};

/// Both files' contents: Chinese, English.
///
/// # Errors
/// A catalogue that does not parse; a key that one of them lacks; what Android has nothing for, with its key.
pub fn resources(zh: &str, en: &str) -> Result<[String; 2]> {
    let (zh, en) = (messages(zh)?, messages(en)?);
    let known: BTreeMap<&str, &Pattern<String>> = en.iter().map(|(key, pattern)| (key.as_str(), pattern)).collect();
    ensure!(zh.len() == en.len(), "{} keys in Chinese, {} in English", zh.len(), en.len());
    let mut files = [String::new(), String::new()];
    for (key, chinese) in &zh {
        let english = known.get(key.as_str()).with_context(|| format!("English lacks {key}"))?;
        let said = Said::of([chinese, english]).with_context(|| key.clone())?;
        for (file, pattern) in files.iter_mut().zip([chinese, *english]) {
            file.push_str(&said.entry(key, pattern).with_context(|| key.clone())?);
        }
    }
    Ok(files.map(|entries| format!("{HEAD}{entries}</resources>\n")))
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- Made from core/locales/app: change it there. -->\n<resources>\n";

fn messages(source: &str) -> Result<Vec<(String, Pattern<String>)>> {
    let parsed = parser::parse(source.to_owned()).map_err(|(_, errors)| anyhow::anyhow!("{errors:?}"))?;
    let message = |entry| match entry {
        Entry::Message(message) => message.value.map(|value| (message.id.name, value)),
        _ => None,
    };
    Ok(parsed.body.into_iter().filter_map(message).collect())
}

/// What both languages' patterns have in common.
struct Said {
    /// Names of what is filled in, in order.
    names: Vec<String>,
    /// Whether numbers are told apart.
    counts: bool,
}

impl Said {
    fn of(patterns: [&Pattern<String>; 2]) -> Result<Self> {
        let (mut names, mut counts) = (Vec::new(), false);
        for pattern in patterns {
            for element in &pattern.elements {
                let PatternElement::Placeable { expression } = element else { continue };
                let (of, variants): (_, &[Variant<String>]) = match expression {
                    Expression::Inline(inline) => (inline, &[]),
                    Expression::Select { selector, variants } => (selector, variants),
                };
                counts |= !variants.is_empty();
                let inner = variants.iter().flat_map(|v| &v.value.elements).filter_map(|element| match element {
                    PatternElement::Placeable { expression: Expression::Inline(inline) } => Some(inline),
                    _ => None,
                });
                for name in [of].into_iter().chain(inner).filter_map(name) {
                    if !names.iter().any(|known| known == name) {
                        names.push(name.to_owned());
                    }
                }
            }
        }
        Ok(Self { names, counts })
    }

    fn entry(&self, key: &str, pattern: &Pattern<String>) -> Result<String> {
        let key = key.replace('-', "_");
        if !self.counts {
            return Ok(format!("    <string name=\"{key}\">{}</string>\n", self.text(pattern, None)?));
        }
        let quantities: Vec<&str> = match pattern.elements.iter().find_map(select) {
            None => vec!["other"],
            Some(variants) => variants.iter().map(quantity).collect::<Result<_>>()?,
        };
        let items = quantities.iter().map(|of| Ok(format!("        <item quantity=\"{of}\">{}</item>\n", self.text(pattern, Some(of))?)));
        Ok(format!("    <plurals name=\"{key}\">\n{}    </plurals>\n", items.collect::<Result<String>>()?))
    }

    fn text(&self, pattern: &Pattern<String>, of: Option<&str>) -> Result<String> {
        let mut said = String::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => said.push_str(&escaped(value, !self.names.is_empty())),
                PatternElement::Placeable { expression: Expression::Inline(inline) } => said.push_str(&self.filled(inline)?),
                PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                    let variant = variants.iter().find(|v| quantity(v).ok() == of).context("no such number")?;
                    said.push_str(&self.text(&variant.value, None)?);
                }
            }
        }
        // Android takes spaces off both ends.
        let said = match (said.strip_prefix(' '), said.strip_suffix(' ')) {
            (Some(rest), _) => format!("\\u0020{rest}"),
            (None, Some(rest)) => format!("{rest}\\u0020"),
            (None, None) => said,
        };
        Ok(if said.starts_with(['@', '?']) { format!("\\{said}") } else { said })
    }

    fn filled(&self, inline: &InlineExpression<String>) -> Result<String> {
        match inline {
            InlineExpression::StringLiteral { value } => Ok(escaped(value, !self.names.is_empty())),
            InlineExpression::VariableReference { id } => {
                let at = self.names.iter().position(|name| *name == id.name).context("a name that nobody gives")?;
                Ok(format!("%{}$s", at + 1))
            }
            _ => bail!("only names and texts can be filled in"),
        }
    }
}

fn name(inline: &InlineExpression<String>) -> Option<&str> {
    if let InlineExpression::VariableReference { id } = inline { Some(&id.name) } else { None }
}

fn select(element: &PatternElement<String>) -> Option<&Vec<Variant<String>>> {
    match element {
        PatternElement::Placeable { expression: Expression::Select { variants, .. } } => Some(variants),
        _ => None,
    }
}

fn quantity(variant: &Variant<String>) -> Result<&str> {
    match &variant.key {
        VariantKey::Identifier { name } if ["zero", "one", "two", "few", "many", "other"].contains(&name.as_str()) => Ok(name),
        _ => bail!("numbers are told apart by one and other"),
    }
}

/// As resource files want it. Two spaces would become one, so there are none.
fn escaped(text: &str, is_format: bool) -> String {
    let mut said = String::new();
    for c in text.chars() {
        match c {
            '&' => said.push_str("&amp;"),
            '<' => said.push_str("&lt;"),
            '\'' | '"' | '\\' => said.extend(['\\', c]),
            '\n' => said.push_str("\\n"),
            '%' if is_format => said.push_str("%%"),
            c => said.push(c),
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_become_resources_with_numbered_places_and_numbers_told_apart() {
        assert!(resources("comma = ，", "comma = { \", \" }").unwrap()[1].contains(">,\\u0020<"));
        let zh = "sync-line = 今天 { $visits } 次，办公室 { $received } 次\ndays = 还有 { $n } 天\nplain = 100% 好\nat = @家";
        let en = "sync-line = { $received } at the office, { $visits } visits\ndays = { $n ->\n    [one] one day\n   *[other] { $n } days\n } left\nplain = It's \"100%\"\nat = @home";
        let [zh, en] = resources(zh, en).unwrap();
        assert!(zh.contains("<string name=\"sync_line\">今天 %1$s 次，办公室 %2$s 次</string>"), "{zh}");
        assert!(en.contains("<string name=\"sync_line\">%2$s at the office, %1$s visits</string>"), "{en}");
        assert!(zh.contains("<plurals name=\"days\">\n        <item quantity=\"other\">还有 %1$s 天</item>"), "{zh}");
        assert!(en.contains("<item quantity=\"one\">one day left</item>\n        <item quantity=\"other\">%1$s days left</item>"), "{en}");
        assert!(zh.contains(">100% 好<") && en.contains(">It\\'s \\\"100%\\\"<") && en.contains(">\\@home<"), "{en}");
        assert!(resources("a = 甲", "b = b").is_err() && resources("a = { -b }", "a = x").is_err());
    }
}
