//! A survey in its visit's map: `form`, `form_version`, and `answer:<question>` as text or number; of `many`
//! `answer:<question>:<word>` = true. Made with the visit, and never changed.

use std::collections::BTreeMap;

use super::{Fields, Scalar, Writer, key};
use crate::{
    Error, Id, Result,
    model::{Answer, Form, QuestionKind, Survey, is_word},
};

/// Most fields of a survey: every choice of as many questions as a form may have.
const MAX_FIELDS: usize = 1_600;
/// Longest answer that the server takes, in bytes.
const MAX_BYTES: usize = 4_000;

/// Puts a survey that was checked into the visit made in the same change.
///
/// # Errors
/// `answer.malformed` where a number is none; `document.malformed` if there is no such visit.
pub fn put(w: &mut Writer<'_>, visit: Id, form: &Form, survey: &Survey) -> Result<()> {
    let item = key("visit", visit);
    w.put_in(&item, "form", survey.form.as_str())?;
    w.put_in(&item, "form_version", i64::from(survey.version))?;
    for answer in &survey.answers {
        let name = format!("answer:{}", answer.question);
        let kind = form.question(&answer.question).map(|q| q.kind());
        for value in &answer.values {
            match kind {
                Some(QuestionKind::Many) => w.put_in(&item, &format!("{name}:{value}"), true)?,
                Some(QuestionKind::Number) => w.put_in(&item, &name, value.parse::<i64>().map_err(|_| Error::invalid("answer.malformed", &name))?)?,
                _ => w.put_in(&item, &name, value.as_str())?,
            }
        }
    }
    Ok(())
}

/// The survey of a visit, `None` if no form was filled in. Answers by their questions' names.
pub fn survey_of(visit: &Fields) -> Option<Survey> {
    visit.0.get("form")?;
    let mut answers: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, value) in visit.0.iter() {
        let Some(rest) = name.strip_prefix("answer:") else { continue };
        match rest.split_once(':') {
            Some((question, word)) => answers.entry(question).or_default().push(word.to_owned()),
            None => answers.entry(rest).or_default().push(value.to_string()),
        }
    }
    let answers = answers.into_iter().map(|(question, values)| Answer { question: question.to_owned(), values }).collect();
    Some(Survey { form: visit.text("form"), version: u32::try_from(visit.int("form_version")).unwrap_or(0), answers })
}

/// Whether a change leaves a visit's survey as it was, or makes one with a new visit that has the shape of one.
pub(super) fn is_sound(before: Option<&Fields>, after: &Fields) -> bool {
    match before {
        Some(before) => of_survey(before).eq(of_survey(after)),
        None => of_survey(after).next().is_none() || has_shape(after),
    }
}

fn of_survey(fields: &Fields) -> impl Iterator<Item = (&String, &Scalar)> {
    fields.0.iter().filter(|(name, _)| *name == "form" || *name == "form_version" || name.starts_with("answer:"))
}

fn has_shape(fields: &Fields) -> bool {
    let answer = |(name, value): (&String, &Scalar)| match (name.strip_prefix("answer:").map(|rest| rest.split_once(':').unwrap_or((rest, ""))), value) {
        (None, _) => true,
        (Some((question, "")), Scalar::Text(text)) => is_word(question) && text.len() <= MAX_BYTES && !name.ends_with(':'),
        (Some((question, "")), Scalar::Int(_)) => is_word(question) && !name.ends_with(':'),
        (Some((question, word)), Scalar::Bool(true)) => is_word(question) && is_word(word),
        _ => false,
    };
    let form = matches!(fields.0.get("form"), Some(Scalar::Text(id)) if id.parse::<Id>().is_ok());
    let version = matches!(fields.0.get("form_version"), Some(Scalar::Int(n)) if u32::try_from(*n).is_ok_and(|n| n > 0));
    form && version && of_survey(fields).count() <= MAX_FIELDS && of_survey(fields).all(answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::{Doc, visits},
        model::NewVisit,
    };

    fn visit() -> (Doc, Survey) {
        let answer = |question: &str, values: &[&str]| Answer { question: question.into(), values: values.iter().map(|v| (*v).into()).collect() };
        let answers = vec![answer("at_home", &["3"]), answer("content", &["no"]), answer("why", &["5"]), answer("wishes", &["lift", "trees"])];
        let survey = Survey { form: Id([8; 16]).to_string(), version: 1, answers };
        let mut doc = Doc::empty();
        doc.change([1; 8], 0, |w| {
            let made = visits::Made { officer: Id([5; 16]), at_ms: 7 };
            visits::add(w, Id([2; 16]), 2026, Id([3; 16]), &NewVisit::default(), made, &[])?;
            put(w, Id([3; 16]), &crate::model::tests_form(), &survey)
        })
        .unwrap()
        .unwrap();
        (doc, survey)
    }

    #[test]
    fn a_survey_reads_back_and_is_part_of_its_visit() {
        let (doc, survey) = visit();
        let content = doc.content();
        let fields = content.item("visit", Id([3; 16])).unwrap();
        assert_eq!(survey_of(fields), Some(survey));
        assert_eq!((fields.int("answer:at_home"), fields.text("answer:why")), (3, "5".to_owned()));
        assert_eq!(fields.0["answer:why"], Scalar::Text("5".into()), "a text of digits is a text");
        assert_eq!(survey_of(&Fields::default()), None);
        assert!(is_sound(None, fields) && is_sound(Some(fields), fields) && is_sound(None, &Fields::default()));
    }

    #[test]
    fn a_survey_that_is_none_is_not_sound() {
        let (doc, _) = visit();
        let good = doc.content().item("visit", Id([3; 16])).unwrap().clone();
        let with = |name: &str, value: Option<Scalar>| {
            let mut fields = good.clone();
            match value {
                Some(value) => fields.0.insert(name.into(), value),
                None => fields.0.remove(name),
            };
            fields
        };
        let text = |t: &str| Some(Scalar::Text(t.into()));
        for (name, value) in [
            ("form", None),
            ("form", text("x")),
            ("form_version", None),
            ("form_version", Some(Scalar::Int(0))),
            ("answer:Why", text("x")),
            ("answer:", text("x")),
            ("answer:why:", text("x")),
            ("answer:why:no", text("x")),
            ("answer:why", text(&"x".repeat(MAX_BYTES + 1))),
            ("answer:why", Some(Scalar::Bool(true))),
            ("answer:why", Some(Scalar::Other("x".into()))),
            ("answer:wishes:lift", Some(Scalar::Bool(false))),
        ] {
            let bad = with(name, value);
            assert!(!is_sound(None, &bad), "{name}: {:?}", bad.0.get(name));
        }
        let later = with("answer:since", text("1998-03-01"));
        assert!(is_sound(None, &later) && !is_sound(Some(&good), &later), "answers are made with their visit");
        assert!(!is_sound(Some(&Fields::default()), &good));
    }
}
