//! Small checks that name the field they are about.

use crate::{Error, Result, ids::Id};

/// A place in a record, for errors: `residents[0].name`.
#[derive(Clone, Debug, Default)]
pub struct Check(String);

impl Check {
    /// The root of a record.
    pub fn root() -> Self {
        Self::default()
    }

    /// A field below this place.
    pub fn field(&self, name: &str) -> Self {
        Self(if self.0.is_empty() { name.to_owned() } else { format!("{}.{name}", self.0) })
    }

    /// An element of a list below this place.
    pub fn at(&self, list: &str, index: usize) -> Self {
        Self(format!("{}[{index}]", self.field(list).0))
    }

    /// An error at this place.
    pub fn fail<T>(&self, code: &'static str) -> Result<T> {
        Err(Error::invalid(code, self.0.clone()))
    }

    /// A text of at most `max` characters, without control characters but line breaks and tabs.
    ///
    /// # Errors
    /// `text.too_long`, `text.control`.
    pub fn text(&self, value: &str, max: usize) -> Result<()> {
        if value.chars().count() > max {
            return self.fail("text.too_long");
        }
        if value.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return self.fail("text.control");
        }
        Ok(())
    }

    /// As [`Check::text`], and not blank.
    ///
    /// # Errors
    /// `text.empty` as well.
    pub fn some_text(&self, value: &str, max: usize) -> Result<()> {
        if value.trim().is_empty() {
            return self.fail("text.empty");
        }
        self.text(value, max)
    }

    /// A word of one of the code lists.
    ///
    /// # Errors
    /// `code.unknown`.
    pub fn code<T>(&self, found: Option<T>) -> Result<T> {
        found.map_or_else(|| self.fail("code.unknown"), Ok)
    }

    /// A word of one of the code lists, or nothing.
    ///
    /// # Errors
    /// `code.unknown`.
    pub fn code_or_none<T>(&self, word: &str, of: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>> {
        if word.is_empty() { Ok(None) } else { self.code(of(word)).map(Some) }
    }

    /// An id as screens hold it.
    ///
    /// # Errors
    /// `id.malformed`.
    pub fn id(&self, text: &str) -> Result<Id> {
        text.parse().or_else(|_| self.fail("id.malformed"))
    }

    /// A date as `2026-09-14`, or nothing.
    ///
    /// # Errors
    /// `date.malformed`.
    pub fn date(&self, text: &str) -> Result<()> {
        match text.parse::<jiff::civil::Date>() {
            Ok(date) if date.to_string() == text => Ok(()),
            _ => self.fail("date.malformed"),
        }
    }
}
