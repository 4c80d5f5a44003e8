//! What many answers say together, question by question.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Form, Said, Survey};
use crate::model::QuestionKind;

/// All surveys of a form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The form's name.
    pub name: String,
    /// Its newest version, whose questions these are.
    pub version: u32,
    /// What it is called.
    pub title: Said,
    /// How often it was filled in.
    pub surveys: u64,
    /// Question by question.
    pub questions: Vec<QuestionSummary>,
}

/// The answers to one question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct QuestionSummary {
    /// The question's name.
    pub id: String,
    /// What is asked.
    pub title: Said,
    /// A word of [`QuestionKind`].
    pub kind: String,
    /// How often it was asked.
    pub asked: u64,
    /// How often it was answered.
    pub answered: u64,
    /// How often each was chosen, in the order of the choices; of `many` their sum may be more than `answered`.
    pub choices: Vec<ChoiceCount>,
    /// Of a number, rounded to hundredths; `None` without answers.
    pub mean: Option<f64>,
    /// The least number.
    pub min: Option<i64>,
    /// The greatest number.
    pub max: Option<i64>,
    /// How many texts were typed.
    pub texts: u64,
}

/// How often something was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceCount {
    /// The choice's name.
    pub word: String,
    /// What it is called.
    pub title: Said,
    /// How often.
    pub count: u64,
}

impl Summary {
    /// Sums up surveys of any version. One of a version that is not there counts as a survey and answers nothing.
    pub fn of(versions: &BTreeMap<u32, Form>, surveys: &[Survey]) -> Self {
        let Some((version, form)) = versions.last_key_value() else { return Self::default() };
        let mut questions: Vec<QuestionSummary> = form.questions.iter().map(QuestionSummary::begin).collect();
        let mut numbers: Vec<Vec<i64>> = vec![Vec::new(); questions.len()];
        for survey in surveys {
            let (Some(asked_in), values) = (versions.get(&survey.version), survey.values()) else { continue };
            for (summary, numbers) in questions.iter_mut().zip(&mut numbers) {
                let Some(question) = asked_in.question(&summary.id).filter(|q| q.kind == summary.kind && asked_in.is_asked(q, &values)) else { continue };
                summary.asked += 1;
                if let Some(values) = values.get(summary.id.as_str()) {
                    summary.count(question.kind(), values);
                    numbers.extend(values.iter().filter_map(|v| v.parse::<i64>().ok()).filter(|_| question.kind() == QuestionKind::Number));
                }
            }
        }
        for (summary, numbers) in questions.iter_mut().zip(&numbers) {
            (summary.min, summary.max) = (numbers.iter().min().copied(), numbers.iter().max().copied());
            let total: i128 = numbers.iter().map(|n| i128::from(*n)).sum();
            summary.mean = (!numbers.is_empty()).then(|| (total as f64 / numbers.len() as f64 * 100.0).round() / 100.0);
        }
        Self { name: form.name.clone(), version: *version, title: form.title.clone(), surveys: surveys.len() as u64, questions }
    }
}

impl QuestionSummary {
    fn begin(question: &super::Question) -> Self {
        let choices = question.choices.iter().map(|c| ChoiceCount { word: c.word.clone(), title: c.title.clone(), count: 0 });
        Self { id: question.id.clone(), title: question.title.clone(), kind: question.kind.clone(), choices: choices.collect(), ..Self::default() }
    }

    fn count(&mut self, kind: QuestionKind, values: &[String]) {
        self.answered += 1;
        self.texts += u64::from(kind == QuestionKind::Text);
        self.choices.iter_mut().filter(|c| values.contains(&c.word)).for_each(|c| c.count += 1);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Answer, tests::form};
    use super::*;

    fn survey(version: u32, answers: &[(&str, &[&str])]) -> Survey {
        let answer = |(question, values): &(&str, &[&str])| Answer { question: (*question).into(), values: values.iter().map(|v| (*v).into()).collect() };
        Survey { form: String::new(), version, answers: answers.iter().map(answer).collect() }
    }

    #[test]
    fn each_kind_is_counted_in_its_way_and_asked_only_where_it_was() {
        let mut second = form();
        second.version = 2;
        second.questions[0].choices[0].word = "very".into();
        second.questions[4].id = "until".into();
        let versions = BTreeMap::from([(1, form()), (2, second)]);
        let surveys = [
            survey(1, &[("content", &["no"]), ("why", &["太吵"]), ("at_home", &["3"]), ("wishes", &["lift", "trees"])]),
            survey(1, &[("content", &["yes"]), ("at_home", &["5"]), ("since", &["1998-03-01"])]),
            survey(2, &[("content", &["very"]), ("at_home", &["2"]), ("wishes", &["lift"])]),
            survey(9, &[("content", &["no"])]),
        ];
        let summary = Summary::of(&versions, &surveys);
        assert_eq!((summary.surveys, summary.version, summary.questions.len()), (4, 2, 6));
        let told: Vec<_> = summary.questions.iter().map(|q| (q.id.as_str(), q.asked, q.answered, q.texts)).collect();
        let expected = [("content", 3, 3, 0), ("why", 1, 1, 1), ("at_home", 3, 3, 0), ("wishes", 3, 2, 0), ("until", 1, 0, 0), ("stairs", 2, 0, 0)];
        assert_eq!(told, expected);
        let counts = |i: usize| summary.questions[i].choices.iter().map(|c| (c.word.as_str(), c.count)).collect::<Vec<_>>();
        assert_eq!((counts(0), counts(3)), (vec![("very", 1), ("no", 1)], vec![("lift", 2), ("light", 0), ("trees", 1)]));
        let number = &summary.questions[2];
        assert_eq!((number.mean, number.min, number.max), (Some(3.33), Some(2), Some(5)));
        assert_eq!(Summary::of(&BTreeMap::new(), &surveys), Summary::default());
    }
}
