//! What may be done now, each with what it does, and the form that does it.

use minqing_core::{
    document::Content,
    model::{EventCode, MatterState},
    pipeline::{Matter, TABLE},
    speech::Speech,
    words::{Lang, say},
};

use super::{Tried, names::Names};
use crate::{
    pipeline::{Explained, MoveSeen},
    storage::Result,
};

/// Something that may be done.
pub struct MoveLine {
    /// The event.
    pub event: &'static str,
    /// In which role.
    pub role: &'static str,
    pub label: String,
    /// What then happens.
    pub effect: String,
    pub fields: Vec<FieldLine>,
    /// Whether it is what mostly comes next.
    pub is_next: bool,
    /// Whether it was tried and refused: then its form is open.
    pub open: bool,
    /// Sentence and code.
    pub error: Option<(String, &'static str)>,
}

/// A field of a form.
pub struct FieldLine {
    pub name: &'static str,
    pub label: String,
    /// May be empty.
    pub hint: String,
    pub kind: FieldKind,
    pub required: bool,
    pub value: String,
}

/// How it is filled in.
pub enum FieldKind {
    Text,
    Line,
    Number,
    Date,
    Select(Vec<Choice>),
    Radios(Vec<Choice>),
    Boxes(Vec<Choice>),
}

/// Something to choose.
pub struct Choice {
    pub value: String,
    pub said: String,
}

/// What mostly comes next in a state.
const NEXT: &[(MatterState, EventCode)] = &[
    (MatterState::Registered, EventCode::Accept),
    (MatterState::Accepted, EventCode::Assign),
    (MatterState::Assigned, EventCode::Sign),
    (MatterState::Handling, EventCode::Result),
    (MatterState::Papers, EventCode::PapersIn),
    (MatterState::Escalated, EventCode::SuperiorAnswers),
    (MatterState::Answered, EventCode::Result),
    (MatterState::Review, EventCode::Pass),
    (MatterState::Feedback, EventCode::Feedback),
    (MatterState::FollowUp, EventCode::CallBack),
];

/// What the page offers, what mostly comes next first.
pub struct Offer<'a> {
    pub lang: Lang,
    pub explained: &'a Explained,
    pub matter: &'a Matter,
    pub texts: &'a Content,
    pub names: &'a Names<'a>,
    pub tried: &'a Tried,
}

impl Offer<'_> {
    /// All moves, each event once.
    pub fn moves(&self) -> Result<Vec<MoveLine>> {
        let mut lines: Vec<MoveLine> = Vec::new();
        for m in &self.explained.moves {
            let Some(code) = EventCode::from_word(m.event) else { continue };
            let has_task = self.matter.tasks.iter().any(|task| task.done.is_none());
            if code == EventCode::EndTask && !has_task {
                continue;
            }
            // Phones tell at doors; residents rate, object and withdraw on their own pages.
            if matches!(code, EventCode::Tell | EventCode::Rate | EventCode::Appeal) || lines.iter().any(|line| line.event == m.event) {
                continue;
            }
            lines.push(self.line(m, code)?);
        }
        lines.sort_by_key(|line| (!line.is_next, line.event == "note"));
        Ok(lines)
    }

    fn line(&self, m: &MoveSeen, code: EventCode) -> Result<MoveLine> {
        let open = self.tried.event == m.event;
        // Accepted once, it is its type that is chosen again.
        let again = code == EventCode::Accept && self.matter.state != MatterState::Registered;
        let name = if again { "accept-again".to_owned() } else { m.event.replace('_', "-") };
        let mut effect = say(self.lang, &format!("effect-{name}"), &[]);
        if m.proposal {
            effect = format!("{effect} {}", say(self.lang, "effect-second", &[]));
        }
        Ok(MoveLine {
            event: m.event,
            role: m.role,
            label: say(self.lang, &format!("move-{name}"), &[]),
            effect,
            fields: self.fields(code)?,
            is_next: NEXT.contains(&(self.matter.state, code)),
            open,
            error: self.tried.why.clone().filter(|_| open),
        })
    }

    /// Events of the line that are not offered now, with the states in which they are.
    pub fn not_now(&self, roles: &[minqing_core::model::Role]) -> Vec<(String, String)> {
        let offered = |code: EventCode| self.explained.moves.iter().any(|m| m.event == code.word());
        let mut seen: Vec<EventCode> = Vec::new();
        for row in TABLE.iter().filter(|row| row.who.iter().any(|role| roles.contains(role)) && !row.from.is_empty()) {
            if !offered(row.event) && !seen.contains(&row.event) && !matches!(row.event, EventCode::TakeIn | EventCode::LetGo | EventCode::Tell) {
                seen.push(row.event);
            }
        }
        let states = |code: EventCode| {
            let mut states: Vec<MatterState> = TABLE.iter().filter(|row| row.event == code).flat_map(|row| row.from.iter().copied()).collect();
            states.sort_unstable();
            states.dedup();
            let words: Vec<String> = states.iter().take(4).map(|state| say(self.lang, &state.key(), &[])).collect();
            let more = if states.len() > 4 { "…" } else { "" };
            format!("{}{more}", words.join("、"))
        };
        let here = |code: EventCode| TABLE.iter().any(|row| row.event == code && row.from.contains(&self.matter.state));
        let why = |code: EventCode| {
            if here(code) { say(self.lang, "not-now-rule", &[]) } else { say(self.lang, "not-now-state", &[("states", states(code).into())]) }
        };
        seen.into_iter().map(|code| (say(self.lang, &code.key(), &[]), why(code))).collect()
    }

    fn fields(&self, code: EventCode) -> Result<Vec<FieldLine>> {
        use FieldKind::{Boxes, Date, Line, Number, Radios, Select, Text};
        let event = code.word();
        let field = |name: &'static str, kind: FieldKind, required: bool, value: &str| FieldLine {
            name,
            label: say(self.lang, &format!("said-{}", name.replace('_', "-")), &[]),
            hint: self.hint(event, name),
            kind,
            required,
            value: self.tried.typed(event, name).unwrap_or(value).to_owned(),
        };
        let text = |required| field("text", Text, required, "");
        let departments =
            || self.names.departments.iter().filter(|d| !d.closed).map(|d| Choice { value: d.id.to_string(), said: d.name.clone() }).collect::<Vec<_>>();
        let proposed = self.explained.proposed_department.as_deref().unwrap_or_default();
        let whether = || ["true", "false"].map(|v| Choice { value: v.to_owned(), said: say(self.lang, &format!("value-{v}"), &[]) }).into();
        let fields = match code {
            EventCode::Accept => vec![
                field("handling", Radios(self.words("handling-type")), true, self.explained.proposed_handling.unwrap_or_default()),
                field("days", Number, false, ""),
                field("place", Select(self.optional(departments())), false, ""),
                field("category", Select(self.optional(self.words("category"))), false, ""),
            ],
            EventCode::Refuse => vec![field("reason", Radios(self.words("refuse-reason")), true, ""), text(true)],
            EventCode::ExplainRefer => vec![field("place", Select(departments()), true, proposed), field("minutes", Number, false, ""), text(false)],
            EventCode::Assign | EventCode::Transfer => vec![field("to", Select(departments()), true, proposed), text(false)],
            EventCode::CoAssign => vec![field("to", Select(departments()), true, ""), field("due", Date, false, ""), text(false)],
            EventCode::EndTask => vec![field("task", Select(self.tasks()?), true, ""), field("done", Radios(whether()), true, "true"), text(false)],
            EventCode::NeedPapers => vec![field("papers", Text, true, ""), text(false)],
            EventCode::PapersIn => vec![field("items", Boxes(self.papers()), true, "")],
            EventCode::SuperiorAnswers => vec![field("approved", Radios(whether()), true, ""), field("replied_on", Date, true, ""), text(false)],
            EventCode::Result => {
                vec![field("solved", Radios(self.words("solved")), true, ""), text(true), field("public", Text, true, ""), field("yuan", Number, false, "")]
            }
            EventCode::Extend => vec![field("days", Number, true, ""), text(true)],
            EventCode::Feedback => {
                let mut fields = vec![
                    field("way", Radios(self.words("feedback-way")), true, ""),
                    field("reached", Radios(whether()), true, "true"),
                    field("proof", Select(self.words("proof")), true, ""),
                    text(false),
                ];
                if !self.matter.members.is_empty() {
                    fields.insert(0, field("of", Select(self.cluster()?), true, ""));
                }
                fields
            }
            EventCode::CallBack => vec![field("result", Radios(self.words("call-back")), true, ""), text(false)],
            EventCode::Merge => vec![field("matter", Line, true, ""), text(false)],
            EventCode::Confirm | EventCode::Decline => vec![field("proposal", Radios(self.proposals()?), true, ""), text(false)],
            EventCode::DraftPublic => vec![field("text", Text, true, &self.draft())],
            EventCode::Sign | EventCode::Pass | EventCode::ShowPublic | EventCode::ApprovePublic | EventCode::Detach | EventCode::TakeDownPublic => Vec::new(),
            EventCode::Note | EventCode::SendBack | EventCode::Return | EventCode::Void | EventCode::AnswerOrder | EventCode::Reopen => vec![text(true)],
            _ => vec![text(false)],
        };
        Ok(fields)
    }

    fn hint(&self, event: &str, name: &str) -> String {
        for key in [format!("hint-{event}-{name}"), format!("hint-{name}")] {
            let key = key.replace('_', "-");
            let said = say(self.lang, &key, &[]);
            if said != key {
                return said;
            }
        }
        String::new()
    }

    fn words(&self, list: &str) -> Vec<Choice> {
        Speech(self.lang).choices(list).into_iter().map(|term| Choice { value: term.word, said: term.said }).collect()
    }

    fn optional(&self, mut choices: Vec<Choice>) -> Vec<Choice> {
        choices.insert(0, Choice { value: String::new(), said: say(self.lang, "choose-none", &[]) });
        choices
    }

    fn tasks(&self) -> Result<Vec<Choice>> {
        let open = self.matter.tasks.iter().filter(|task| task.done.is_none());
        open.map(|task| Ok(Choice { value: task.id.to_string(), said: self.names.name(&task.to.to_string())? })).collect()
    }

    fn papers(&self) -> Vec<Choice> {
        let lacking = self.matter.papers.iter().filter(|paper| !paper.ticked);
        lacking.map(|paper| Choice { value: paper.id.to_string(), said: self.texts.root.text(&format!("text:{}", paper.id)) }).collect()
    }

    fn cluster(&self) -> Result<Vec<Choice>> {
        let mut choices =
            vec![Choice { value: "cluster".to_owned(), said: say(self.lang, "feedback-to-all", &[("n", (self.matter.members.len() + 1).into())]) }];
        for id in [self.matter.id].iter().chain(&self.matter.members) {
            let code = self.names.code(*id)?;
            choices.push(Choice { value: id.to_string(), said: say(self.lang, "feedback-to-one", &[("code", code.into())]) });
        }
        Ok(choices)
    }

    fn proposals(&self) -> Result<Vec<Choice>> {
        let said = |p: &crate::pipeline::Proposed| -> Result<Choice> {
            let event = EventCode::from_word(p.code).map_or_else(String::new, |code| say(self.lang, &code.key(), &[]));
            let said = say(self.lang, "proposal-by", &[("event", event.into()), ("name", self.names.name(&p.by)?.into())]);
            Ok(Choice { value: p.event.clone(), said })
        };
        self.explained.proposals.iter().map(said).collect()
    }

    /// What was drafted last, or the public reply of the result.
    fn draft(&self) -> String {
        let drafted = self.matter.publication.draft.map(|(event, _)| self.texts.root.text(&format!("text:{event}")));
        let reply = self.matter.result.as_ref().map(|result| self.texts.root.text(&format!("public:{}", result.event)));
        drafted.filter(|text| !text.is_empty()).or(reply).unwrap_or_default()
    }
}
