//! What was just done, or could not be done, as a page says it at its next showing.

use minqing_core::words::{Lang, say};
use serde::Deserialize;

use crate::fault::{Fault, sentence};

/// What was just done, as a word of ours.
#[derive(Clone, Default, Deserialize)]
pub struct Did {
    #[serde(default)]
    did: String,
}

/// All that can have been done.
const DEEDS: [&str; 12] =
    ["rate", "rate_again", "withdraw", "withdraw_asked", "appeal", "reopen", "detach", "ask_order", "chosen", "confirm", "cancel", "missed"];

impl Did {
    /// As a sentence; empty for nothing.
    pub fn said(&self, lang: Lang) -> String {
        let known = DEEDS.iter().find(|deed| **deed == self.did);
        known.map_or_else(String::new, |deed| say(lang, &format!("home-did-{}", deed.replace('_', "-")), &[]))
    }
}

/// Why something could not be done: sentence and code.
pub fn why(lang: Lang, fault: &Fault) -> (String, &'static str) {
    let said = match fault.code {
        "line.refused" | "appointment.refused" => say(lang, "home-refused", &[]),
        "appointment.no_room" => {
            let why = say(lang, &minqing_core::model::NoRoomReason::key_of(&fault.what), &[]);
            say(lang, "home-no-room", &[("why", why.into())])
        }
        code => sentence(lang, code, &fault.what),
    };
    (said, fault.code)
}
