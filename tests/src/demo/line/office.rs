//! What the office does next with a matter, from what the server says of it and nothing else.

use minqing_core::{
    Id,
    model::{HandlingType, Role},
};
use minqing_tests::staff::text;
use serde_json::{Value, json};

use super::fate::{Fate, type_of};

/// Somebody's next step.
pub struct Next {
    /// In which role.
    pub role: Role,
    /// The request's body.
    pub deed: Value,
}

/// What the office knows of a matter.
pub struct Desk<'a> {
    /// As the server explained it last.
    pub matter: &'a Value,
    /// What it meets.
    pub fate: Fate,
    /// Its place among all matters.
    pub number: usize,
    /// Working days of the line that are over.
    pub day: u32,
    /// Today, as 2026-10-10.
    pub date: &'a str,
    /// The departments' ids.
    pub departments: &'a [String],
}

impl Desk<'_> {
    /// The next step, if it is time for one.
    pub fn next(&self) -> Option<Next> {
        let m = self.matter;
        if let Some(proposal) = m["proposals"].as_array().and_then(|list| list.first()) {
            return Some(by(Role::Lead, "confirm", json!({"proposal": proposal["event"]}), "同意"));
        }
        match text(&m["state"]).as_str() {
            "registered" => self.registered(),
            "accepted" => self.accepted(),
            "assigned" => self.assigned(),
            "handling" => self.handling(),
            "papers" => self.papers(),
            "escalated" => self.escalated(),
            "answered" => (self.fate != Fate::AcrossTheHoliday || self.date >= "2026-10-10").then(|| self.result()),
            "review" => Some(self.review()),
            _ => None,
        }
    }

    fn registered(&self) -> Option<Next> {
        if self.number % 3 == 2 && self.day == 0 {
            return None;
        }
        match self.fate {
            Fate::Refused => return Some(by(Role::Clerk, "refuse", json!({"reason": "in_court"}), "已经在法院立案")),
            Fate::Void => return Some(by(Role::Clerk, "void", Value::Null, "重复登记")),
            _ => {}
        }
        let handling = self.handling_type();
        let mut said = json!({"handling": handling.word()});
        match handling {
            HandlingType::Promised => said["days"] = json!(3 + self.number % 5),
            HandlingType::Advice => said["place"] = json!(self.departments[1]),
            _ => {}
        }
        Some(by(Role::Clerk, "accept", said, ""))
    }

    fn accepted(&self) -> Option<Next> {
        match text(&self.matter["handling"]).as_str() {
            "advice" => Some(by(Role::Clerk, "explain_refer", json!({"place": self.departments[1], "minutes": 9}), "政策和去处都讲清楚了")),
            "immediate" => Some(by(Role::Clerk, "solve_on_spot", Value::Null, "当场办好了")),
            _ => {
                let returned = self.count("return");
                let role = if returned >= 2 { Role::Lead } else { Role::Clerk };
                Some(by(role, "assign", json!({"to": self.departments[(self.number + returned) % 2]}), ""))
            }
        }
    }

    fn assigned(&self) -> Option<Next> {
        match self.fate {
            Fate::GivenBackTwice if self.count("return") < 2 => Some(by(Role::Department, "return", Value::Null, "不是我们的职责")),
            _ => Some(by(Role::Department, "sign", Value::Null, "")),
        }
    }

    fn handling(&self) -> Option<Next> {
        let (m, is) = (self.matter, text(&self.matter["handling"]));
        let again = m["cycle"].as_u64().unwrap_or(1) > 1;
        if self.fate == Fate::Named && text(&m["supervision"]) != "named" {
            return None;
        }
        if self.fate == Fate::Named && self.count("answer_order") == 0 {
            return Some(by(Role::Lead, "answer_order", Value::Null, "今天就办"));
        }
        if self.fate == Fate::Extended && self.count("extend") == 0 {
            return Some(by(Role::Department, "extend", json!({"days": 3}), "等配件到货"));
        }
        if is == "papers" && self.count("need_papers") == 0 && !again {
            let items = [item(m, 1), item(m, 2)];
            let mut next = by(Role::Department, "need_papers", json!({"items": items}), "");
            next.deed["items"] = json!({items[0].clone(): "户口本", items[1].clone(): "收入证明"});
            return Some(next);
        }
        if is == "escalated" && self.count("escalate") == 0 {
            return Some(by(Role::Department, "escalate", Value::Null, "要上级解决"));
        }
        // Now and then somebody writes a note first.
        if self.number % 4 == 1 && self.count("note") == 0 {
            return Some(by(Role::Department, "note", Value::Null, "已到现场看过"));
        }
        Some(self.result())
    }

    fn papers(&self) -> Option<Next> {
        let wait = matches!(self.fate, Fate::PapersLapse | Fate::PapersLate);
        let waited = self.day.checked_sub(3 + u32::try_from(self.number % 4).ok()?).is_some();
        (!wait && waited).then(|| {
            let (first, second) = (item(self.matter, 1), item(self.matter, 2));
            // In two parts: each brings one.
            let one = if self.count("papers_in") == 0 { first } else { second };
            by(Role::Clerk, "papers_in", json!({"items": [one]}), "")
        })
    }

    fn escalated(&self) -> Option<Next> {
        let due = match self.fate {
            Fate::AcrossTheHoliday => self.date == "2026-09-30",
            _ => self.day >= 4 + u32::try_from(self.number % 3).ok()?,
        };
        let replied: u32 = self.date.replace('-', "").parse().ok()?;
        due.then(|| by(Role::Lead, "superior_answers", json!({"approved": true, "replied_on": replied}), "上级同意了"))
    }

    fn result(&self) -> Next {
        let solved = ["yes", "yes", "yes", "partly", "yes", "yes", "no"][self.number % 7];
        let contributions = json!([{"who": "unit", "fen": 5_000, "goods": 2_000, "hours": 2}]);
        let fen = 10_000 * (1 + self.number as u64 % 5);
        let mut next = by(Role::Department, "result", json!({"solved": solved, "fen": fen, "contributions": contributions}), "已安排人员到场处理");
        next.deed["public"] = json!("已派人处理，结果请以现场为准；有疑问请凭查询码到窗口询问。");
        next
    }

    fn review(&self) -> Next {
        if self.number % 9 == 4 && self.count("send_back") == 0 {
            return by(Role::Lead, "send_back", Value::Null, "请写清楚什么时候办好的");
        }
        by(Role::Lead, "pass", Value::Null, "")
    }

    fn handling_type(&self) -> HandlingType {
        let category = text(&self.matter["category"]);
        minqing_core::model::Category::from_word(&category).map_or(HandlingType::Promised, |category| type_of(self.fate, category))
    }

    /// How often something was done.
    pub fn count(&self, event: &str) -> usize {
        let history = self.matter["history"].as_array().into_iter().flatten();
        history.filter(|h| h["event"] == event && h["refused"].is_null()).count()
    }
}

/// The id of a paper of a matter's letter.
pub fn item(matter: &Value, number: u8) -> String {
    Id::named(&["paper", &text(&matter["id"]), &number.to_string()]).to_string()
}

/// A step.
pub fn by(role: Role, event: &str, said: Value, words: &str) -> Next {
    Next { role, deed: json!({"event": event, "said": said, "text": words}) }
}
