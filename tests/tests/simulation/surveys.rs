//! A form reaches every phone of its community; what is answered at a door is summed up at the office; what does not fit its form,
//! or is no form of the office, is put aside.

use minqing_core::{
    Id,
    document::{Doc, form::form_id},
    envelope::Quarantine,
    model::{Answer, Form, NewVisit, Summary, Survey},
    wire::ItemState,
};
use minqing_sync_server::{
    rebuild,
    sync::{add_form, shipped_form},
};
use minqing_tests::sim::Sim;

use super::intruder::{Intruder, MALFORMED, doc_of, door, exchange, quiet, visit};

const COMMUNITY: &str = "620102001001";

/// A quiet story whose phones have the form 社情民意.
fn asked(seed: u64) -> (Sim, Form, Id) {
    let mut sim = quiet(3, seed);
    let form = shipped_form().unwrap();
    let (id, _) = add_form(sim.app(), COMMUNITY, &form).unwrap();
    sim.settle().unwrap();
    (sim, form, id)
}

fn survey(form: Id, version: u32, answers: &[(&str, &[&str])]) -> Survey {
    let answer = |(question, values): &(&str, &[&str])| Answer { question: (*question).into(), values: values.iter().map(|v| (*v).into()).collect() };
    Survey { form: form.to_string(), version, answers: answers.iter().map(answer).collect() }
}

fn filled_in(household: &str, survey: Survey) -> NewVisit {
    NewVisit { purpose: "survey".into(), survey: Some(survey), ..visit(household, "") }
}

/// The log's and the document's rows of the form are gone, as from a server that was restored.
fn forget_form(sim: &Sim, form: Id) {
    let db = rusqlite::Connection::open(sim.server_dir().join("minqing.db")).unwrap();
    for table in ["log WHERE doc", "document WHERE id", "doc_sum WHERE doc"] {
        db.execute(&format!("DELETE FROM {table} = ?"), [form.0]).unwrap();
    }
}

/// How often each choice of the first question was chosen, and the mean of the points.
fn summed_up(sim: &Sim, form: Id) -> (u64, Vec<u64>, Option<f64>) {
    let store = &sim.app().store;
    let summary = Summary::of(&store.form(form).unwrap().unwrap(), &store.surveys(form).unwrap());
    let points = summary.questions.iter().find(|q| q.id == "score").unwrap();
    (summary.surveys, summary.questions[0].choices.iter().map(|c| c.count).collect(), points.mean)
}

#[test]
fn an_answer_at_the_door_is_summed_up_at_the_office() {
    let (mut sim, form, id) = asked(801);
    for phone in 0..3 {
        let row = sim.phone(phone).client.forms().unwrap().remove(0);
        assert_eq!((row.id.parse(), row.name.as_str(), row.version), (Ok(id), "social_opinion", 1));
        assert_eq!(sim.phone(phone).client.form(row.id, 0).unwrap(), form);
    }
    let doors: Vec<String> = (0..3).map(|phone| door(&mut sim, phone)).collect();
    let content = survey(id, 1, &[("satisfied", &["very"]), ("concerns", &["parking", "old_age"]), ("old_at_home", &["2"]), ("score", &["9"])]);
    let cross = survey(id, 1, &[("satisfied", &["not"]), ("why_not", &["没有回音"]), ("score", &["2"])]);
    let heard = sim.phone(0).client.record_visit(filled_in(&doors[0], content.clone())).unwrap();
    sim.phone(1).client.record_visit(filled_in(&doors[1], cross)).unwrap();
    sim.phone(2).client.record_visit(visit(&doors[2], "没问")).unwrap();
    assert_eq!(summed_up(&sim, id), (0, vec![0; 4], None));
    sim.settle().unwrap();
    assert_eq!(summed_up(&sim, id), (2, vec![1, 0, 0, 1], Some(5.5)));
    assert!(rebuild::check(sim.app().store.as_ref()).unwrap().is_good());
    let read = sim.phone(0).client.survey(heard).unwrap().unwrap();
    let sorted = |mut survey: Survey| {
        survey.answers.sort_by(|a, b| a.question.cmp(&b.question));
        survey.answers.iter_mut().for_each(|a| a.values.sort());
        survey
    };
    assert_eq!(sorted(read), sorted(content));
}

#[test]
fn the_next_version_asks_anew_and_what_was_answered_before_counts() {
    let (mut sim, mut form, id) = asked(802);
    let at = door(&mut sim, 0);
    sim.phone(0).client.record_visit(filled_in(&at, survey(id, 1, &[("satisfied", &["very"]), ("score", &["10"])]))).unwrap();
    form.version = 2;
    form.questions.retain(|q| q.id != "advice");
    add_form(sim.app(), COMMUNITY, &form).unwrap();
    assert_eq!(sim.phone(0).client.record_visit(filled_in(&at, survey(id, 2, &[]))).unwrap_err().code(), "form.unknown");
    sim.settle().unwrap();
    sim.phone(0).client.record_visit(filled_in(&at, survey(id, 2, &[("satisfied", &["mostly"]), ("score", &["5"])]))).unwrap();
    let error = sim.phone(0).client.record_visit(filled_in(&at, survey(id, 2, &[("satisfied", &["mostly"]), ("score", &["5"]), ("advice", &["x"])])));
    assert_eq!(error.unwrap_err().code(), "answer.unknown");
    sim.settle().unwrap();
    assert_eq!(summed_up(&sim, id), (2, vec![1, 1, 0, 0], Some(7.5)));
}

#[test]
fn what_does_not_fit_is_not_saved_and_its_place_is_named() {
    let (mut sim, _, id) = asked(803);
    let at = door(&mut sim, 0);
    let mut refused = |answers: &[(&str, &[&str])]| {
        let error = sim.phone(0).client.record_visit(filled_in(&at, survey(id, 1, answers))).unwrap_err();
        (error.code(), error.path().unwrap_or_default().to_owned())
    };
    assert_eq!(refused(&[("score", &["5"])]), ("answer.missing", "survey.answers.satisfied".into()));
    assert_eq!(refused(&[("satisfied", &["very"]), ("score", &["11"])]), ("answer.range", "survey.answers[1].values".into()));
    assert_eq!(refused(&[("satisfied", &["great"]), ("score", &["5"])]), ("code.unknown", "survey.answers[0].values".into()));
    assert_eq!(refused(&[("satisfied", &["not"]), ("score", &["5"])]), ("answer.missing", "survey.answers.why_not".into()));
    assert!(sim.phone(0).client.household(at).unwrap().visits.is_empty());
}

#[test]
fn a_phone_that_skips_the_checks_is_put_aside() {
    let (mut sim, _, id) = asked(804);
    let at = door(&mut sim, 0);
    let household: Id = at.parse().unwrap();
    sim.phone(0).client.record_visit(filled_in(&at, survey(id, 1, &[("satisfied", &["very"]), ("score", &["9"])]))).unwrap();
    sim.settle().unwrap();
    let volume = Id::visits(household, 2026);
    let mut intruder = Intruder::new(&mut sim, 0, 9);
    let officer = intruder.carrier.officer.to_string();
    let doc = doc_of(&mut sim, 0, volume);
    let mut number = 0;
    let mut writes = |sim: &Sim, fields: &[(&str, &str)], points: i64| {
        number += 1;
        let item = format!("visit:{}", Id([number; 16]));
        intruder.writes(sim, volume, doc.clone(), |w| {
            w.item(&item, &[("officer", officer.as_str().into()), ("at", 1.into()), ("purpose", "survey".into()), ("outcome", "talked".into())])?;
            w.put_in(&item, "form_version", 1)?;
            w.put_in(&item, "answer:score", points)?;
            fields.iter().try_for_each(|(name, value)| w.put_in(&item, name, *value))
        })
    };
    let (form, other) = (id.to_string(), form_id("620102001002", "social_opinion").to_string());
    assert_eq!(writes(&sim, &[("form", &form), ("answer:satisfied", "very")], 11), MALFORMED, "out of range");
    assert_eq!(writes(&sim, &[("form", &form)], 5), MALFORMED, "a required answer is missing");
    assert_eq!(writes(&sim, &[("form", &form), ("answer:satisfied", "very"), ("answer:why_not", "x")], 5), MALFORMED, "not asked");
    let waits = writes(&sim, &[("form", &other), ("answer:satisfied", "very")], 5);
    assert_eq!(waits, ItemState::Held(form_id("620102001002", "social_opinion").0.to_vec()), "a form that is not here");
    assert_eq!(writes(&sim, &[("form", &at), ("answer:satisfied", "very")], 5), MALFORMED, "a card is no form");
    assert_eq!(writes(&sim, &[("answer:satisfied", "very")], 5), MALFORMED, "answers to nothing");
    assert_eq!(summed_up(&sim, id), (1, vec![1, 0, 0, 0], Some(9.0)));
    assert!(matches!(writes(&sim, &[("form", &form), ("answer:satisfied", "not"), ("answer:why_not", "x")], 5), ItemState::Seq(_)));
    assert_eq!(summed_up(&sim, id).0, 2);
}

#[test]
fn a_survey_whose_form_is_not_here_waits_for_it() {
    let (mut sim, form, id) = asked(806);
    let at = door(&mut sim, 0);
    sim.phone(0).client.record_visit(filled_in(&at, survey(id, 1, &[("satisfied", &["very"]), ("score", &["9"])]))).unwrap();
    forget_form(&sim, id);
    let body = sim.phone(0).client.next_exchange().unwrap();
    sim.serve(0, &body).unwrap();
    assert_eq!(sim.app().store.surveys(id).unwrap().len(), 0);
    add_form(sim.app(), COMMUNITY, &form).unwrap();
    assert_eq!(summed_up(&sim, id), (1, vec![1, 0, 0, 0], Some(9.0)));
}

#[test]
fn only_the_office_writes_forms() {
    let (mut sim, mut form, id) = asked(805);
    let mut intruder = Intruder::new(&mut sim, 0, 9);
    let out_of_scope = ItemState::Quarantined(Quarantine::OutOfScope);
    let known = doc_of(&mut sim, 0, id);
    form.version = 2;
    let json = serde_json::to_string(&form).unwrap();
    assert_eq!(intruder.writes(&sim, id, known, |w| w.put("form:2", json.as_str())), out_of_scope);
    let own = form_id(COMMUNITY, "own");
    let begin = |w: &mut minqing_core::document::Writer<'_>| {
        w.put("kind", 5)?;
        w.put("v", 1)?;
        w.put("home", COMMUNITY)?;
        w.put("form:1", json.as_str())
    };
    assert_eq!(intruder.writes(&sim, own, Doc::empty(), begin), out_of_scope);
    for phone in 0..3 {
        assert!(!exchange(&mut sim, phone).unwrap().differs);
    }
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
    assert_eq!(sim.phone(1).client.forms().unwrap().len(), 1);
}
