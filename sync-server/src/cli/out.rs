//! How a command answers: words for people, or one line of JSON.

use std::process::ExitCode;

use minqing_core::words::{FluentValue, Lang, say};
use serde_json::Value;

use crate::fault::Fault;

/// How a command answers.
#[derive(Clone, Copy, Debug)]
pub struct Out {
    /// One line of JSON on stdout instead of words.
    pub json: bool,
    /// The language of the words.
    pub lang: Lang,
}

impl Out {
    /// Says what was done. `value` is the JSON; `key` and `args` are the words.
    pub fn done(&self, value: &Value, key: &str, args: &[(&str, FluentValue<'_>)]) {
        if self.json {
            println!("{value}");
        } else {
            println!("{}", say(self.lang, key, args));
        }
    }

    /// Says one line more, for people only, `deep` spaces from the left.
    pub fn also(&self, deep: usize, key: &str, args: &[(&str, FluentValue<'_>)]) {
        if !self.json {
            println!("{:deep$}{}", "", say(self.lang, key, args));
        }
    }

    /// Says what went wrong on stderr, with its code; 2 for wrong use, 1 where the machine failed.
    pub fn fail(&self, fault: &Fault) -> ExitCode {
        if self.json {
            println!("{}", serde_json::json!({"error": fault.code, "what": fault.what}));
        }
        match fault.is_failure() {
            true => eprintln!("{} ({fault})", fault.say(self.lang)),
            false => eprintln!("{} ({})", fault.say(self.lang), fault.code),
        }
        ExitCode::from(if fault.is_failure() { 1 } else { 2 })
    }
}
