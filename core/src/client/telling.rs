//! What to tell at this door (告知): the newest of each of its matters that its residents have not been told, and the office's notices.

use serde::{Deserialize, Serialize};

use super::Lists;
use crate::{
    Id, Result,
    clock::local_date,
    event::Said,
    model::{EventCode, MatterOutcome, MatterState, RefuseReason, Role},
    pipeline::{Happened, Matter, Step},
    speech::said,
    store::{events, lists},
    view::MatterRow,
    words::{Lang, say},
};

/// Something new for a door.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellRow {
    /// The door's matter; empty for a notice.
    pub matter: String,
    /// A notice of the office: to be ticked with [`super::Client::tell_notice`]; empty for a matter.
    pub notice: String,
    /// What happened: to be ticked with [`super::Client::tell_resident`]; empty for a notice.
    pub event: String,
    /// Word of the state to which that led; `extend` where there is more time, `notice` for a notice.
    pub news: String,
    /// The sentence to say.
    pub said: String,
    /// When it happened; of a notice, since when it is told.
    pub at_ms: i64,
}

/// Something that happened and that the resident is told.
struct News {
    event: Id,
    at_ms: i64,
    /// `None`: more time was given.
    state: Option<MatterState>,
}

impl Lists {
    /// What is new for a door, the oldest first; what was told is never offered again. `lang` is `zh` or `en`.
    ///
    /// # Errors
    /// `household.unknown`, `device.not_enrolled`, `store.failed`.
    pub fn to_tell(&self, household: String, lang: String) -> Result<Vec<TellRow>> {
        let lang: Lang = lang.parse().unwrap_or_default();
        let door = self.known_household(&household)?;
        let mut rows = Vec::new();
        for row in lists::matters_of(self.store.read(), door)? {
            let id: Id = row.id.parse()?;
            if let Some((news, answering)) = self.news(id)? {
                let said = self.sentence(&row, &news, answering, lang)?;
                let word = news.state.map_or(EventCode::Extend.word(), MatterState::word);
                rows.push(TellRow { matter: row.id, notice: String::new(), event: news.event.to_string(), news: word.to_owned(), said, at_ms: news.at_ms });
            }
        }
        rows.extend(self.notices_to_tell(door, lang)?);
        rows.sort_by(|a, b| (a.at_ms, &a.event, &a.notice).cmp(&(b.at_ms, &b.event, &b.notice)));
        Ok(rows)
    }

    /// Whether an event is the result that has still to reach a matter's resident.
    pub(super) fn is_result(&self, id: Id, event: Id) -> Result<bool> {
        let Some((news, answering)) = self.news(id)? else { return Ok(false) };
        let Some((m, _)) = self.fold(answering)? else { return Ok(false) };
        let open = matches!(m.state, MatterState::Feedback | MatterState::FollowUp);
        Ok(open && news.event == event && news.state == Some(MatterState::Feedback))
    }

    /// The newest that a matter's resident was not told, and the matter to which it happened: the result of the one that it follows
    /// comes before its own news.
    fn news(&self, id: Id) -> Result<Option<(News, Id)>> {
        let answering = self.answering(id)?;
        if let Some((master, _)) = self.fold(answering)?.filter(|_| answering != id) {
            if master.told.iter().any(|told| told.of == id && told.reached) {
                return Ok(None);
            }
            let result = self.untold(answering, id)?.pop().filter(|news| news.state == Some(MatterState::Feedback));
            if let Some(result) = result {
                return Ok(Some((result, answering)));
            }
        }
        Ok(self.untold(id, id)?.pop().map(|news| (news, id)))
    }

    /// What happened to a matter that the resident of `of` was not told.
    fn untold(&self, id: Id, of: Id) -> Result<Vec<News>> {
        let me = self.me()?.officer;
        let judged = events::of_matter(self.store.read(), id)?;
        let mut before: Option<Matter> = None;
        let mut untold: Vec<News> = Vec::new();
        for next in events::happened(self.store.read(), id, &judged)? {
            let step = match &next {
                Happened::Step(step) => Some(step.clone()),
                Happened::Undone(timer) => {
                    untold.retain(|news| news.event != *timer);
                    None
                }
            };
            let after = Matter::and(before.as_ref(), id, next).or_else(|| before.clone());
            if let (Some(step), Some(after)) = (step, &after) {
                forget(&mut untold, &step, of);
                // Whoever goes alone again follows nobody.
                if after.merged.is_none() {
                    untold.retain(|news| news.state != Some(MatterState::Merged));
                }
                let state = before.as_ref().and_then(|before| became(before, after));
                // What this officer did at the door needs no telling, but a result has to be fed back.
                let news = state.filter(|state| step.by != me || *state == Some(MatterState::Feedback));
                untold.extend(news.map(|state| News { event: step.id, at_ms: step.times.done_at, state }));
            }
            before = after;
        }
        Ok(untold)
    }

    fn sentence(&self, row: &MatterRow, news: &News, answering: Id, lang: Lang) -> Result<String> {
        let line = self.line_of(answering.to_string())?;
        let category = say(lang, &crate::model::Category::key_of(&row.category), &[]);
        let due = if line.due_ms == 0 { String::new() } else { said::day(lang, local_date(line.due_ms)) };
        let missing: Vec<_> = line.papers.iter().filter(|p| !p.ticked).map(|p| p.name.as_str()).collect();
        let reason = self.fold(answering)?.and_then(|(m, _)| m.refused).map(|r| say(lang, &RefuseReason::key(r), &[])).unwrap_or_default();
        let reply = if line.public_reply.is_empty() { say(lang, &MatterOutcome::key_of(&line.outcome), &[]) } else { line.public_reply };
        let key = match news.state {
            Some(MatterState::Accepted) if due.is_empty() => "tell-accepted-open".to_owned(),
            Some(state) => format!("tell-{}", state.word().replace('_', "-")),
            None => "tell-extend".to_owned(),
        };
        let papers = missing.join(if lang == Lang::Zh { "、" } else { ", " });
        Ok(say(
            lang,
            &key,
            &[("category", category.into()), ("due", due.into()), ("papers", papers.into()), ("reason", reason.into()), ("reply", reply.into())],
        ))
    }
}

/// Takes away what a step says was told.
fn forget(untold: &mut Vec<News>, step: &Step, of: Id) {
    match &step.said {
        // The result of the matter that it follows has reached the resident.
        Said::Tell(_) if step.role == Role::System => untold.clear(),
        Said::Tell(told) => {
            if let Some(last) = untold.iter().position(|news| news.event == told.event) {
                untold.drain(..=last);
            }
        }
        Said::Feedback(feedback) if feedback.of == of && feedback.reached => untold.clear(),
        _ => {}
    }
}

/// The state to which a matter came, if its resident is told of it; the inner `None`: the same, with more time.
fn became(before: &Matter, after: &Matter) -> Option<Option<MatterState>> {
    use MatterState as S;
    if after.counts.extensions > before.counts.extensions {
        return Some(None);
    }
    let told = match after.state {
        S::Accepted => before.state == S::Registered,
        S::Handling => after.cycle > before.cycle,
        S::Papers | S::Escalated | S::Answered | S::Feedback | S::Refused | S::Merged => true,
        _ => false,
    };
    (told && after.state != before.state).then_some(Some(after.state))
}
