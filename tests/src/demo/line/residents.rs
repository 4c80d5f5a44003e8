//! What residents do: rate, object, take back. They have no account; a token stands for each.

use minqing_core::Id;
use minqing_tests::staff::text;
use serde_json::{Value, json};

use super::fate::Fate;

/// What the resident of a matter does next in the state it is in.
pub fn next(matter: &Value, of: &str, fate: Fate, number: usize) -> Option<Value> {
    let state = text(&matter["state"]);
    let act = |event: &str, said: Value, words: &str| {
        let by = token(of);
        Some(json!({"matter": matter["id"], "by": by, "event": event, "said": said, "text": words}))
    };
    match (state.as_str(), fate) {
        ("handling" | "accepted", Fate::Withdrawn) => act("withdraw", Value::Null, "已经自己解决了"),
        ("follow_up", _) if rated(matter, of) < matter["cycle"].as_u64() => {
            let stars = stars(matter, fate, number)?;
            act("rate", json!({"of": of, "token": token(of), "stars": stars, "accept": stars == 2, "assisted": false}), "")
        }
        _ => None,
    }
}

/// Every fourth says nothing; one is not content the first time.
fn stars(matter: &Value, fate: Fate, number: usize) -> Option<u8> {
    match fate {
        Fate::Reopened if matter["cycle"] == 1 => Some(1),
        Fate::Reopened => Some(4),
        Fate::Usual if number % 4 == 3 => None,
        _ => Some([5, 4, 5, 3, 4, 5, 2][number % 7]),
    }
}

/// How often a resident has rated: once a cycle, also where the first result was a lapse that was taken back.
fn rated(matter: &Value, of: &str) -> Option<u64> {
    let history = matter["history"].as_array()?;
    Some(history.iter().filter(|h| h["event"] == "rate" && h["refused"].is_null() && h["said"]["of"] == of).count() as u64)
}

/// The token of a matter's resident.
fn token(matter: &str) -> String {
    Id::named(&["token", matter]).to_string()
}
