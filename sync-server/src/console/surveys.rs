//! `/office/surveys`: what was answered at doors, question by question. Counts and means only: what somebody wrote in
//! words stands with the visit.

use axum::extract::State;
use minqing_core::{
    model::{QuestionKind, QuestionSummary, Summary},
    words::{FluentValue, Lang, say},
};

use super::{
    desk::AtDesk,
    pages::{AnswerLine, FormView, Place, QuestionLine, SurveysPage},
    tongue::Tongue,
};
use crate::{app::App, problem::Problem, storage::Result};

/// The page.
pub async fn surveys(State(app): State<App>, desk: AtDesk, Tongue(lang): Tongue) -> Result<SurveysPage, Problem> {
    let rail = desk.rail(&app, lang, Place::Surveys).await?;
    let page = app.work(move |app| -> Result<_> {
        let mut forms = Vec::new();
        for (id, versions) in app.store.forms(&desk.community)? {
            forms.push(form(lang, &Summary::of(&versions, &app.store.surveys(id)?)));
        }
        Ok(SurveysPage { lang, desk: rail, forms })
    });
    Ok(page.await?)
}

fn form(lang: Lang, summary: &Summary) -> FormView {
    let title = [("title", summary.title.of(lang).into()), ("version", summary.version.into())];
    FormView {
        title: say(lang, "office-form-title", &title),
        filled: say(lang, "office-form-filled", &[("n", summary.surveys.into())]),
        questions: summary.questions.iter().map(|q| question(lang, q)).collect(),
    }
}

fn question(lang: Lang, q: &QuestionSummary) -> QuestionLine {
    let line = |key: &str, args: &[(&str, FluentValue<'_>)], share| AnswerLine { said: say(lang, key, args), share };
    let mut lines: Vec<AnswerLine> = Vec::new();
    for choice in &q.choices {
        let share = (q.answered > 0).then(|| (choice.count * 100 + q.answered / 2) / q.answered.max(1));
        lines.push(line("cli-survey-choice", &[("title", choice.title.of(lang).into()), ("n", choice.count.into())], share));
    }
    if let (Some(mean), Some(min), Some(max)) = (q.mean, q.min, q.max) {
        let args = [("mean", mean.to_string().into()), ("min", min.to_string().into()), ("max", max.to_string().into())];
        lines.push(line("cli-survey-number", &args, None));
    }
    if QuestionKind::from_word(&q.kind) == Some(QuestionKind::Text) {
        lines.push(line("cli-survey-texts", &[("n", q.texts.into())], None));
    }
    let answered = say(lang, "office-answered", &[("answered", q.answered.into()), ("asked", q.asked.into())]);
    QuestionLine { title: q.title.of(lang).to_owned(), answered, lines }
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use minqing_core::{Id, document::form::form_id, model::Role};

    use super::super::today::tests::session;
    use crate::{
        sync::{add_form, shipped_form},
        testing::{COMMUNITY, World},
    };

    fn answer(world: &World, visit: u8, question: &str, value: &str) {
        let hex = |id: Id| id.0.iter().map(|b| format!("{b:02x}")).collect::<String>();
        let form = hex(form_id(COMMUNITY, "social_opinion"));
        world.sql(&format!("INSERT INTO answer_row VALUES(x'{}', zeroblob(16), x'{form}', 1, '{question}', '{value}')", hex(Id([visit; 16]))));
    }

    #[tokio::test]
    async fn counts_and_means_are_shown_and_no_words_of_residents() {
        let world = World::open();
        add_form(&world.app, COMMUNITY, &shipped_form().unwrap()).unwrap();
        for (visit, satisfied, score) in [(1, "very", "9"), (2, "very", "8"), (3, "not", "2")] {
            answer(&world, visit, "", "");
            answer(&world, visit, "satisfied", satisfied);
            answer(&world, visit, "score", score);
        }
        answer(&world, 3, "why_not", "楼上<天天>吵");
        let cookie = session(&world, Role::Clerk).await;
        let page = world.with_cookie(Method::GET, "/office/surveys", &cookie).await;
        assert_eq!(page.status, 200);
        for there in ["社情民意", "3 份", "很满意：2", "67 %", "不满意：1", "平均 6.33", "文字 1 条", "aria-current=\"page\""] {
            assert!(page.body.contains(there), "{there}: {}", page.body);
        }
        assert!(!page.body.contains("天天") && !page.body.contains("style="));
        assert!(world.with_cookie(Method::GET, "/office", &cookie).await.body.contains("/office/surveys"));
    }

    #[tokio::test]
    async fn without_a_form_it_says_what_to_do_and_strangers_are_sent_away() {
        let world = World::open();
        add_form(&world.app, COMMUNITY, &shipped_form().unwrap()).unwrap();
        world.sql("UPDATE stream SET name = 'commons:620102001002' WHERE name = 'commons:620102001001'");
        let cookie = session(&world, Role::Lead).await;
        let page = world.with_cookie(Method::GET, "/office/surveys?lang=en", &cookie).await;
        assert!(page.body.contains("minqing admin form add"), "a form of another community is not shown");
        assert_ne!(world.get("/office/surveys").await.status, 200);
    }
}
