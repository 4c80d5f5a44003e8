//! Answers to a form, and whether they fit it: held against it on the phone and again by the server.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Form, MAX_ANSWER, Question};
use crate::{
    Result,
    model::{Check, QuestionKind},
};

/// A form as it was filled in at a door.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Survey {
    /// The form's document.
    pub form: String,
    /// The version that was asked.
    pub version: u32,
    /// What was answered.
    pub answers: Vec<Answer>,
}

/// One answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// The question's name.
    pub question: String,
    /// One value: the text, the number in digits, the word chosen, the day as 2026-09-21, the photo's hash (64 hexadecimal digits);
    /// of `many` all words chosen.
    pub values: Vec<String>,
}

/// Values by question.
pub(super) type Values<'a> = BTreeMap<&'a str, &'a [String]>;

impl Survey {
    pub(super) fn values(&self) -> Values<'_> {
        self.answers.iter().map(|a| (a.question.as_str(), a.values.as_slice())).collect()
    }
}

impl Form {
    /// Whether a question is asked, after these answers.
    pub(super) fn is_asked(&self, question: &Question, values: &Values<'_>) -> bool {
        let Some(when) = &question.when else { return true };
        let told = values.get(when.question.as_str()).is_some_and(|values| values.iter().any(|v| when.one_of.contains(v)));
        // An answer to a question that was not asked itself decides nothing. Earlier ones only, so this ends.
        told && self.question(&when.question).is_some_and(|earlier| self.is_asked(earlier, values))
    }

    /// Checks that a survey's answers fit this form.
    ///
    /// # Errors
    /// `answer.unknown` for a question that is not there, or twice; `answer.not_asked`; `answer.missing`; `answer.malformed`;
    /// `answer.range`; `code.unknown`, `date.malformed`, `text.*`.
    pub fn check_answers(&self, survey: &Survey, at: &Check) -> Result<()> {
        let values = survey.values();
        self.check_given(&survey.answers, &values, at)?;
        let missing = self.questions.iter().find(|q| q.required && self.is_asked(q, &values) && !values.contains_key(q.id.as_str()));
        // The path names the question, for there is no answer whose place could be named.
        missing.map_or(Ok(()), |question| at.field("answers").field(&question.id).fail("answer.missing"))
    }

    /// The questions that are asked after these answers, in order, whether answered or not. Answers to others are not looked at: who
    /// corrects an earlier one may have given them.
    ///
    /// # Errors
    /// As [`Form::check_answers`], but for `answer.not_asked` and `answer.missing`.
    pub fn asked(&self, survey: &Survey, at: &Check) -> Result<Vec<&Question>> {
        let values = survey.values();
        let counts = |answer: &&Answer| self.question(&answer.question).is_none_or(|question| self.is_asked(question, &values));
        let answers: Vec<_> = survey.answers.iter().filter(counts).cloned().collect();
        self.check_given(&answers, &values, at)?;
        Ok(self.questions.iter().filter(|question| self.is_asked(question, &values)).collect())
    }

    fn check_given(&self, answers: &[Answer], values: &Values<'_>, at: &Check) -> Result<()> {
        for (i, answer) in answers.iter().enumerate() {
            let at = at.at("answers", i);
            let twice = answers[..i].iter().any(|a| a.question == answer.question);
            let Some(question) = self.question(&answer.question).filter(|_| !twice) else { return at.field("question").fail("answer.unknown") };
            if !self.is_asked(question, values) {
                return at.field("question").fail("answer.not_asked");
            }
            question.check_values(&answer.values, &at.field("values"))?;
        }
        Ok(())
    }
}

impl Question {
    fn check_values(&self, values: &[String], at: &Check) -> Result<()> {
        let inside = |n: i64| self.min.is_none_or(|min| n >= min) && self.max.is_none_or(|max| n <= max);
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let ranged = |n: i64| if inside(n) { Ok(()) } else { at.fail("answer.range") };
        let known = |value: &String| at.code(self.choices.iter().find(|c| c.word == *value)).map(drop);
        match (self.kind(), values) {
            (QuestionKind::Many, [_, ..]) => {
                values.iter().try_for_each(known)?;
                if values.iter().enumerate().any(|(i, v)| values[..i].contains(v)) {
                    return at.fail("answer.malformed");
                }
                ranged(count(values.len()))
            }
            (QuestionKind::One, [value]) => known(value),
            (QuestionKind::Text, [value]) => {
                at.some_text(value, MAX_ANSWER)?;
                ranged(count(value.chars().count()))
            }
            (QuestionKind::Number, [value]) => match value.parse::<i64>() {
                Ok(number) if number.to_string() == *value => ranged(number),
                _ => at.fail("answer.malformed"),
            },
            (QuestionKind::Date, [value]) => at.date(value),
            (QuestionKind::Photo, [value]) if value.len() == 64 && value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) => Ok(()),
            _ => at.fail("answer.malformed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::form;
    use super::*;

    fn check(answers: &[(&str, &[&str])]) -> Result<(), (&'static str, String)> {
        let answer = |(question, values): &(&str, &[&str])| Answer { question: (*question).into(), values: values.iter().map(|v| (*v).into()).collect() };
        let survey = Survey { form: String::new(), version: 1, answers: answers.iter().map(answer).collect() };
        form().check_answers(&survey, &Check::root().field("survey")).map_err(|e| (e.code(), e.path().unwrap_or_default().to_owned()))
    }

    #[test]
    fn answers_that_fit() {
        let photo = "0".repeat(64);
        check(&[("content", &["yes"])]).unwrap();
        check(&[
            ("content", &["no"]),
            ("why", &["太吵"]),
            ("at_home", &["20"]),
            ("wishes", &["trees", "lift"]),
            ("since", &["1998-03-01"]),
            ("stairs", &[&photo]),
        ])
        .unwrap();
    }

    #[test]
    fn answers_that_do_not_fit_are_named() {
        type Given<'a> = &'a [(&'a str, &'a [&'a str])];
        let refused: [(Given<'_>, &str, &str); 14] = [
            (&[], "answer.missing", "survey.answers.content"),
            (&[("content", &["no"])], "answer.missing", "survey.answers.why"),
            (&[("content", &["yes"]), ("why", &["太吵"])], "answer.not_asked", "survey.answers[1].question"),
            (&[("content", &["yes"]), ("stairs", &["x"])], "answer.not_asked", "survey.answers[1].question"),
            (&[("content", &["maybe"])], "code.unknown", "survey.answers[0].values"),
            (&[("content", &["yes", "no"])], "answer.malformed", "survey.answers[0].values"),
            (&[("content", &[])], "answer.malformed", "survey.answers[0].values"),
            (&[("content", &["no"]), ("why", &["吵"])], "answer.range", "survey.answers[1].values"),
            (&[("content", &["yes"]), ("at_home", &["0"])], "answer.range", "survey.answers[1].values"),
            (&[("content", &["yes"]), ("at_home", &["03"])], "answer.malformed", "survey.answers[1].values"),
            (&[("content", &["yes"]), ("wishes", &["lift", "light", "trees"])], "answer.range", "survey.answers[1].values"),
            (&[("content", &["yes"]), ("wishes", &["lift", "lift"])], "answer.malformed", "survey.answers[1].values"),
            (&[("content", &["yes"]), ("since", &["1.3.1998"])], "date.malformed", "survey.answers[1].values"),
            (&[("content", &["yes"]), ("content", &["yes"])], "answer.unknown", "survey.answers[1].question"),
        ];
        for (answers, code, path) in refused {
            assert_eq!(check(answers), Err((code, path.to_owned())), "{answers:?}");
        }
    }

    #[test]
    fn what_is_asked_next_follows_from_the_answers_so_far() {
        let form = form();
        let asked = |answers: &[(&str, &str)]| {
            let answer = |(question, value): &(&str, &str)| Answer { question: (*question).into(), values: vec![(*value).into()] };
            let survey = Survey { form: String::new(), version: 1, answers: answers.iter().map(answer).collect() };
            form.asked(&survey, &Check::root()).map(|asked| asked.into_iter().map(|q| q.id.clone()).collect::<Vec<_>>()).map_err(|e| e.code())
        };
        let at_first = asked(&[]).unwrap();
        let discontent = asked(&[("content", "no")]).unwrap();
        assert!(!at_first.contains(&"why".into()) && discontent.contains(&"why".into()));
        assert_eq!(asked(&[("content", "yes"), ("why", "太吵")]).unwrap(), at_first, "an answer that no longer counts");
        assert_eq!(asked(&[("content", "no"), ("why", "吵")]), Err("answer.range"));
        assert_eq!(asked(&[("nothing", "x")]), Err("answer.unknown"));
    }

    #[test]
    fn what_rests_on_a_question_that_was_not_asked_is_not_asked() {
        let mut form = form();
        form.questions[1].kind = "number".into();
        form.questions[2].when = Some(super::super::When { question: "why".into(), one_of: vec!["5".into()] });
        let yes = ["yes".to_owned()];
        let five = ["5".to_owned()];
        let values: Values<'_> = [("content", &yes[..]), ("why", &five[..])].into_iter().collect();
        assert!(!form.is_asked(&form.questions[2], &values));
    }
}
