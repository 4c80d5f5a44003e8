//! A form as a deed: what each event says, from what was typed.

use std::collections::BTreeMap;

use minqing_core::{Id, ids::normal_code, model::EventCode};
use serde_json::{Value, json};

use crate::{
    app::App,
    console::{desk::AtDesk, line::MatterDeed},
    entropy::bytes,
    fault::Fault,
};

/// What a form sends, in its order; a name may come several times.
#[derive(Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Takes them as they came.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        // Browsers end lines with two letters; texts here do with one.
        Self(fields.into_iter().map(|(name, value)| (name, value.replace("\r\n", "\n"))).collect())
    }

    /// A field; empty where it did not come.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.trim())
    }

    /// A field that is a word of ours; empty where it has other letters.
    pub fn word(&self, name: &str) -> &str {
        Some(self.text(name)).filter(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')).unwrap_or_default()
    }

    /// All that was typed, to stand in the form again.
    pub fn typed(&self) -> BTreeMap<String, String> {
        self.0.iter().filter(|(name, _)| name != "csrf").cloned().collect()
    }

    /// All of a field that came several times.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    fn some(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|value| !value.is_empty())
    }

    /// A whole number, if one was typed.
    fn number(&self, name: &str) -> Result<Option<u64>, Fault> {
        self.some(name).map(|typed| typed.parse().map_err(|_| Fault::new("request.malformed", name))).transpose()
    }

    fn flag(&self, name: &str) -> bool {
        self.text(name) == "true"
    }

    /// A day as 20260930, if one was typed.
    fn day(&self, name: &str) -> Result<Option<u64>, Fault> {
        self.some(name).map(|typed| typed.replace('-', "").parse().map_err(|_| Fault::new("request.malformed", name))).transpose()
    }
}

/// What is to be done.
///
/// # Errors
/// `code.unknown`, `request.malformed` with the field; `matter.unknown` for a code of another matter that is none here.
pub fn deed(app: &App, desk: &AtDesk, matter: &str, fields: &Fields) -> Result<MatterDeed, Fault> {
    let code = EventCode::from_word(fields.text("event")).ok_or_else(|| Fault::new("code.unknown", "event"))?;
    let mut items = BTreeMap::new();
    let whole = fields.text("of") == "cluster";
    let said = match code {
        EventCode::Accept => with(
            json!({"handling": fields.text("handling")}),
            &[
                ("days", fields.number("days")?.map(Value::from)),
                ("place", fields.some("place").map(Value::from)),
                ("category", fields.some("category").map(Value::from)),
            ],
        ),
        EventCode::Refuse => json!({"reason": fields.text("reason")}),
        EventCode::ExplainRefer => with(json!({"place": fields.text("place")}), &[("minutes", fields.number("minutes")?.map(Value::from))]),
        EventCode::Assign | EventCode::Transfer => json!({"to": fields.text("to")}),
        EventCode::CoAssign => with(json!({"task": fresh(app), "to": fields.text("to")}), &[("due", fields.day("due")?.map(Value::from))]),
        EventCode::EndTask => json!({"task": fields.text("task"), "done": fields.flag("done")}),
        EventCode::NeedPapers => {
            // In the order in which they were written down.
            let lines = fields.text("papers").lines().map(str::trim).filter(|line| !line.is_empty());
            let papers: Vec<(String, String)> = lines.map(|line| (fresh(app), line.to_owned())).collect();
            let said = json!({"items": papers.iter().map(|(id, _)| id).collect::<Vec<_>>()});
            items = papers.into_iter().collect();
            said
        }
        EventCode::PapersIn => json!({"items": fields.all("items").collect::<Vec<_>>()}),
        EventCode::SuperiorAnswers => json!({"approved": fields.flag("approved"), "replied_on": fields.day("replied_on")?.unwrap_or_default()}),
        EventCode::Result => json!({"solved": fields.text("solved"), "fen": fen(fields.text("yuan"))?, "contributions": []}),
        EventCode::Extend => json!({"days": fields.number("days")?.unwrap_or_default()}),
        // What is said to all that have the same trouble is a way of its own.
        EventCode::Feedback => with(
            json!({"way": if whole { "special_reply" } else { fields.text("way") }, "reached": fields.flag("reached"), "proof": fields.text("proof")}),
            &[("of", (!whole).then(|| Value::from(fields.some("of").unwrap_or(matter))))],
        ),
        EventCode::CallBack => json!({"of": fields.some("of").unwrap_or(matter), "result": fields.text("result")}),
        EventCode::Merge => json!({"matter": other(app, desk, fields.text("matter"))?}),
        EventCode::Confirm | EventCode::Decline => json!({"proposal": fields.text("proposal")}),
        _ => Value::Null,
    };
    Ok(MatterDeed {
        csrf: String::new(),
        event: code.word().to_owned(),
        role: fields.some("role").map(str::to_owned),
        said,
        cluster: whole && code == EventCode::Feedback,
        text: fields.text("text").to_owned(),
        public: fields.text("public").to_owned(),
        items,
        saw: fields.number("saw")?.unwrap_or_default(),
    })
}

/// An object with those of these fields that were filled in.
fn with(mut object: Value, more: &[(&str, Option<Value>)]) -> Value {
    for (name, value) in more {
        if let (Some(fields), Some(value)) = (object.as_object_mut(), value) {
            fields.insert((*name).to_owned(), value.clone());
        }
    }
    object
}

fn fresh(app: &App) -> String {
    Id::timed(app.clock.now_ms(), &bytes(app.entropy.as_ref())).to_string()
}

/// Yuan with at most two decimals, as fen.
fn fen(yuan: &str) -> Result<u64, Fault> {
    if yuan.is_empty() { Ok(0) } else { hundredths(yuan).ok_or_else(|| Fault::new("request.malformed", "yuan")) }
}

/// A number with at most two decimals, in hundredths.
pub(super) fn hundredths(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_number = part.len() <= 2 && whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit());
    format!("{whole}{part:0<2}").parse().ok().filter(|_| is_number && !text.is_empty())
}

/// Another matter of this desk, by its code or id.
fn other(app: &App, desk: &AtDesk, named: &str) -> Result<String, Fault> {
    let none = || Fault::new("line.refused", "other-matter");
    let by_code = normal_code(named).map(|code| app.store.matter_of_code(&code)).transpose()?.flatten();
    let id = by_code.or_else(|| named.parse().ok()).ok_or_else(none)?;
    let row = app.store.matter_row(id)?.filter(|row| row.community == desk.community);
    row.map(|_| id.to_string()).ok_or_else(none)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_as_people_type_it() {
        let said = |yuan: &str| fen(yuan).map_err(|f| f.code);
        assert_eq!([said(""), said("0"), said("12"), said("12.5"), said("12.05")], [Ok(0), Ok(0), Ok(1_200), Ok(1_250), Ok(1_205)]);
        for bad in ["x", "1.234", "-1", "1e9", "1.+5", "184467440737095516.99", "99999999999999999999"] {
            assert_eq!(said(bad), Err("request.malformed"), "{bad}");
        }
    }
}
