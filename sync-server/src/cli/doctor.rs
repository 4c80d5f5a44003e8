//! `minqing doctor`: looks at everything, says what is wrong and what to do.

use std::process::ExitCode;

use super::Out;
use crate::{
    clock::SystemClock,
    config::Config,
    doctor::{self, State},
};

/// Says what was found; 1 where something is wrong.
pub fn run(config: &Config, out: &Out) -> ExitCode {
    let findings = doctor::examine(config, &SystemClock);
    let wrong = findings.iter().any(|f| f.state == State::Wrong);
    if out.json {
        println!("{}", doctor::json(&findings, out.lang));
    } else {
        findings.iter().for_each(|f| println!("{}", f.say(out.lang)));
    }
    ExitCode::from(u8::from(wrong))
}
