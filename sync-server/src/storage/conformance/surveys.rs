//! `Surveys`: forms from their documents, surveys from what was answered.

use minqing_core::{
    Id,
    document::{Doc, DocKind, form},
    ids::{Device, Opening, actor},
    model::{Answer, Form},
};

use super::{
    Make, Office,
    office::{COMMUNITY, OFFICER},
};
use crate::{projection::AnswerShown, storage::log::DocumentHead};

pub fn forms_are_those_of_a_community_and_answers_stand_by_visit(make: Make<'_>) {
    let office = Office::of(make);
    let shipped: Form = serde_json::from_str(include_str!("../../../data/forms/social_opinion.json")).unwrap();
    let id = form::form_id(COMMUNITY, &shipped.name);
    let mut doc = Doc::empty();
    let now = doc.content();
    doc.change(actor(Device(0), Opening([1; 5])), 0, |w| form::put(w, &now, COMMUNITY, &shipped)).unwrap();
    let row = |visit: u8, question: &str, value: &str| AnswerShown {
        visit: [visit; 16],
        form: id.0,
        version: 1,
        question: question.into(),
        value: value.into(),
        ..AnswerShown::default()
    };
    office.apply(|unit| {
        let stream = unit.stream(&format!("commons:{COMMUNITY}"))?.expect("a stream");
        unit.keep_document(id, &DocumentHead { kind: DocKind::Form, stream, creator: OFFICER, version: 0 }, &doc.save())?;
        for answer in [row(2, "", ""), row(1, "", ""), row(1, "worries", "parking"), row(1, "worries", "care"), row(1, "satisfied", "very")] {
            unit.show_answer(&answer)?;
        }
        Ok(())
    });
    let forms = office.store.forms(COMMUNITY).unwrap();
    assert_eq!(forms.len(), 1);
    assert_eq!((forms[0].0, forms[0].1.get(&1)), (id, Some(&shipped)));
    assert_eq!((office.store.forms("").unwrap(), office.store.forms("620102001002").unwrap()), (forms.clone(), vec![]));
    assert_eq!((office.store.form(id).unwrap().as_ref(), office.store.form(Id([9; 16])).unwrap()), (Some(&forms[0].1), None));
    let answer = |question: &str, values: &[&str]| Answer { question: question.into(), values: values.iter().map(|v| (*v).to_owned()).collect() };
    let surveys: Vec<_> = office.store.surveys(id).unwrap().into_iter().map(|survey| (survey.version, survey.answers)).collect();
    assert_eq!(surveys, [(1, vec![answer("satisfied", &["very"]), answer("worries", &["care", "parking"])]), (1, vec![])]);
    assert_eq!(office.store.surveys(Id([9; 16])).unwrap(), []);
}
