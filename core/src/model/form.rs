//! A form: the questions an officer asks at doors. Written by the office, filled in with a visit.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Check, QuestionKind};
use crate::{Result, words::Lang};

mod answers;
mod summary;

pub use answers::{Answer, Survey};
pub use summary::{ChoiceCount, QuestionSummary, Summary};

/// Most questions of a form.
pub const MAX_QUESTIONS: usize = 50;
/// Most choices of a question.
pub const MAX_CHOICES: usize = 30;
/// Longest title, in characters.
const MAX_TITLE: usize = 200;
/// Longest name of a form, question or choice, in characters.
const MAX_WORD: usize = 40;
/// Longest text that is typed as an answer, in characters.
pub const MAX_ANSWER: usize = 1_000;

/// What is read, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Said {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Said {
    /// In a language.
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// A form in one version. A version is never changed: who is asked anew gets the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Form {
    /// The stable name, as `social_opinion`: small letters, digits, underscores.
    pub name: String,
    /// Counts from 1.
    pub version: u32,
    /// What it is called.
    pub title: Said,
    /// The questions, in the order in which they are asked.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Question {
    /// The stable name in its form.
    pub id: String,
    /// What is asked.
    pub title: Said,
    /// A word of [`QuestionKind`].
    pub kind: String,
    /// Whether it must be answered where it is asked.
    pub required: bool,
    /// What can be chosen, for `one` and `many`.
    pub choices: Vec<Choice>,
    /// The least number, of a `text` its fewest characters, of `many` the fewest chosen.
    pub min: Option<i64>,
    /// The greatest, likewise.
    pub max: Option<i64>,
    /// When it is asked; always, where this is not said.
    pub when: Option<When>,
}

/// What can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choice {
    /// The stable name in its question.
    pub word: String,
    /// What it is called.
    pub title: Said,
}

/// A question is asked when an earlier one was answered by one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// The earlier question.
    pub question: String,
    /// Words of its choices; of a number, numbers.
    pub one_of: Vec<String>,
}

impl Form {
    /// Checks a form as the office wrote it.
    ///
    /// # Errors
    /// `form.name`, `form.version`, `list.too_long`, `text.*`, `code.unknown`, `question.name`, `question.choices`, `question.range`,
    /// `question.when`.
    pub fn check(&self) -> Result<()> {
        let root = Check::root();
        if !is_word(&self.name) {
            return root.field("name").fail("form.name");
        }
        if self.version == 0 {
            return root.field("version").fail("form.version");
        }
        check_said(&self.title, &root.field("title"))?;
        if self.questions.is_empty() || self.questions.len() > MAX_QUESTIONS {
            return root.field("questions").fail(if self.questions.is_empty() { "list.empty" } else { "list.too_long" });
        }
        for (i, question) in self.questions.iter().enumerate() {
            question.check(&self.questions[..i], &root.at("questions", i))?;
        }
        Ok(())
    }

    /// A question by its name.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|q| q.id == id)
    }
}

impl Question {
    /// What kind of question it is; text where this version does not know it, which [`Form::check`] refuses.
    pub fn kind(&self) -> QuestionKind {
        QuestionKind::from_word(&self.kind).unwrap_or(QuestionKind::Text)
    }

    fn check(&self, earlier: &[Self], at: &Check) -> Result<()> {
        if !is_word(&self.id) || earlier.iter().any(|q| q.id == self.id) {
            return at.field("id").fail("question.name");
        }
        check_said(&self.title, &at.field("title"))?;
        let kind = at.field("kind").code(QuestionKind::from_word(&self.kind))?;
        let chosen = matches!(kind, QuestionKind::One | QuestionKind::Many);
        let words: BTreeSet<&str> = self.choices.iter().map(|c| c.word.as_str()).collect();
        let fits = if chosen { (2..=MAX_CHOICES).contains(&self.choices.len()) } else { self.choices.is_empty() };
        if !fits || words.len() != self.choices.len() || !words.iter().all(|w| is_word(w)) {
            return at.field("choices").fail("question.choices");
        }
        for (i, choice) in self.choices.iter().enumerate() {
            check_said(&choice.title, &at.at("choices", i).field("title"))?;
        }
        let ranged = matches!(kind, QuestionKind::Text | QuestionKind::Number | QuestionKind::Many);
        let (min, max) = (self.min, self.max);
        let counts = kind != QuestionKind::Number && [min, max].into_iter().flatten().any(|n| n < 0);
        if (!ranged && (min.is_some() || max.is_some())) || counts || min.zip(max).is_some_and(|(min, max)| min > max) {
            return at.field("min").fail("question.range");
        }
        match &self.when {
            Some(when) if !when.fits(earlier) => at.field("when").fail("question.when"),
            _ => Ok(()),
        }
    }
}

impl When {
    fn fits(&self, earlier: &[Question]) -> bool {
        let Some(asked) = earlier.iter().find(|q| q.id == self.question) else { return false };
        let can_be = |value: &String| match asked.kind() {
            QuestionKind::One | QuestionKind::Many => asked.choices.iter().any(|c| c.word == *value),
            QuestionKind::Number => value.parse::<i64>().is_ok(),
            QuestionKind::Text | QuestionKind::Date | QuestionKind::Photo => false,
        };
        (1..=MAX_CHOICES).contains(&self.one_of.len()) && self.one_of.iter().all(can_be)
    }
}

/// Whether a text can name a form, a question or a choice.
pub fn is_word(text: &str) -> bool {
    (1..=MAX_WORD).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn check_said(said: &Said, at: &Check) -> Result<()> {
    at.field("zh").some_text(&said.zh, MAX_TITLE)?;
    at.field("en").some_text(&said.en, MAX_TITLE)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A form with one question of each kind; `why` only for those who are not content.
    pub(crate) fn form() -> Form {
        let text = include_str!("form/example.json");
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn what_does_not_fit_is_named() {
        form().check().unwrap();
        type Damage = fn(&mut Form);
        let damaged: [(&str, &str, Damage); 12] = [
            ("form.name", "name", |f| f.name = "No Name".into()),
            ("form.version", "version", |f| f.version = 0),
            ("text.empty", "title.en", |f| f.title.en.clear()),
            ("list.empty", "questions", |f| f.questions.clear()),
            ("question.name", "questions[1].id", |f| f.questions[1].id = "content".into()),
            ("code.unknown", "questions[1].kind", |f| f.questions[1].kind = "song".into()),
            ("question.choices", "questions[0].choices", |f| f.questions[0].choices.truncate(1)),
            ("question.choices", "questions[1].choices", |f| f.questions[1].choices = f.questions[0].choices.clone()),
            ("question.range", "questions[0].min", |f| f.questions[0].min = Some(1)),
            ("question.range", "questions[1].min", |f| f.questions[1].min = Some(-1)),
            ("question.when", "questions[0].when", |f| f.questions[0].when = f.questions[1].when.clone()),
            ("question.when", "questions[1].when", |f| f.questions[1].when = Some(When { question: "content".into(), one_of: vec!["maybe".into()] })),
        ];
        for (code, path, damage) in damaged {
            let mut form = form();
            damage(&mut form);
            let error = form.check().unwrap_err();
            assert_eq!((error.code(), error.path()), (code, Some(path)));
        }
    }

    #[test]
    fn an_unknown_field_is_no_form() {
        assert!(serde_json::from_str::<Form>(r#"{"name":"x","script":"y"}"#).is_err());
    }
}
