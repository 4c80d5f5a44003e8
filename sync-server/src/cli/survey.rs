//! `minqing survey [FORM]`: what was answered, summed up; without a form the list of forms.

use std::sync::Arc;

use minqing_core::{
    Id,
    model::{QuestionKind, QuestionSummary, Summary},
    words::FluentValue,
};
use serde_json::json;

use super::Out;
use crate::{app::App, clock::SystemClock, config::Config, entropy::SystemEntropy, fault::Fault};

/// Prints a form's summary, or all forms.
pub fn run(form: Option<&str>, config: Config, out: &Out) -> Result<(), Fault> {
    let app = App::open(config, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    match form {
        None => list(&app, out),
        Some(form) => summary(&app, form, out),
    }
}

fn list(app: &App, out: &Out) -> Result<(), Fault> {
    let forms = app.store.forms("")?;
    let newest: Vec<_> = forms.iter().filter_map(|(id, versions)| Some((id.to_string(), versions.last_key_value()?.1))).collect();
    let value: Vec<_> = newest.iter().map(|(id, form)| json!({"form": id, "name": form.name, "version": form.version, "title": form.title})).collect();
    out.done(&json!(value), "cli-survey-forms", &[("n", newest.len().into())]);
    for (id, form) in &newest {
        let args = [("form", id.as_str().into()), ("title", form.title.of(out.lang).into()), ("version", form.version.into())];
        out.also(2, "cli-survey-form", &args);
    }
    Ok(())
}

fn summary(app: &App, form: &str, out: &Out) -> Result<(), Fault> {
    let unknown = || Fault::new("form.unknown", form);
    let id: Id = form.parse().map_err(|_| unknown())?;
    let versions = app.store.form(id)?.ok_or_else(unknown)?;
    let summary = Summary::of(&versions, &app.store.surveys(id)?);
    let head = [("title", summary.title.of(out.lang).into()), ("version", summary.version.into()), ("n", summary.surveys.into())];
    out.done(&json!(summary), "cli-survey-head", &head);
    summary.questions.iter().for_each(|question| tell(question, out));
    Ok(())
}

fn tell(q: &QuestionSummary, out: &Out) {
    let counts = [("title", FluentValue::from(q.title.of(out.lang))), ("asked", q.asked.into()), ("answered", q.answered.into())];
    out.also(0, "cli-survey-question", &counts);
    for choice in &q.choices {
        out.also(4, "cli-survey-choice", &[("title", choice.title.of(out.lang).into()), ("n", choice.count.into())]);
    }
    if let (Some(mean), Some(min), Some(max)) = (q.mean, q.min, q.max) {
        // As text: the catalogue would round and group.
        out.also(4, "cli-survey-number", &[("mean", mean.to_string().into()), ("min", min.to_string().into()), ("max", max.to_string().into())]);
    }
    if QuestionKind::from_word(&q.kind) == Some(QuestionKind::Text) {
        out.also(4, "cli-survey-texts", &[("n", q.texts.into())]);
    }
}
