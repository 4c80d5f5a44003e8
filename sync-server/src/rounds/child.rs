//! The crate runs in a process of its own, so that whatever it does, it can be stopped: it is this program again, called
//! with an argument of its own. The question comes by stdin. The answer goes to stderr, for the crate prints to stdout.

use std::{
    ffi::OsStr,
    io::{self, Read, Write},
    path::Path,
    process::{self, Command, ExitCode, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use minqing_core::rounds::{Plan, Problem};
use serde::{Deserialize, Serialize};

use super::pragmatic;

/// What a program is called with to be the child process.
pub const ARGUMENT: &str = "plan-in-a-child-process";

/// More is no answer, in bytes.
const MOST_ANSWER: u64 = 16 << 20;

/// A question.
#[derive(Serialize, Deserialize)]
struct Question {
    problem: Problem,
    /// Where to begin.
    plan: Plan,
    /// How long to search.
    milliseconds: u64,
}

/// Whether this process was called to be the child.
pub fn is_meant(args: &[impl AsRef<OsStr>]) -> bool {
    args.get(1).is_some_and(|first| first.as_ref() == ARGUMENT)
}

/// Is the child process: reads the question, and answers once.
pub fn be() -> ExitCode {
    // What a panic says is no answer.
    std::panic::set_hook(Box::new(|_| {}));
    let question = io::read_to_string(io::stdin()).ok().and_then(|text| serde_json::from_str::<Question>(&text).ok());
    let plan = question.and_then(|q| pragmatic::solve(&q.problem, &q.plan, Duration::from_millis(q.milliseconds)).ok());
    let answer = plan.and_then(|plan| serde_json::to_vec(&plan).ok());
    match answer.map(|bytes| io::stderr().write_all(&bytes)) {
        Some(Ok(())) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Asks a child process to search for so long from a plan; `None` where it has not answered by `end`, when it is killed. Of
/// its plan only the orders count.
pub fn ask(program: &Path, problem: &Problem, plan: &Plan, search: Duration, end: Instant) -> Option<Plan> {
    let question = Question { problem: problem.clone(), plan: plan.clone(), milliseconds: u64::try_from(search.as_millis()).ok()? };
    let question = serde_json::to_vec(&question).ok()?;
    let mut command = Command::new(program);
    // The other core has work of its own.
    command.arg(ARGUMENT).env("RAYON_NUM_THREADS", "1");
    let mut child = Killed(command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().ok()?);
    let (mut to, from) = (child.0.stdin.take()?, child.0.stderr.take()?);
    let (tell, hear) = mpsc::channel();
    // Both pipes may block for as long as the child lives.
    thread::spawn(move || {
        let asked = to.write_all(&question);
        drop(to);
        let mut answer = Vec::new();
        let heard = asked.and_then(|()| from.take(MOST_ANSWER).read_to_end(&mut answer));
        // Nobody waits for it any more where the time was up.
        let _ = tell.send(heard.map(|_| answer));
    });
    let answer = hear.recv_timeout(end.saturating_duration_since(Instant::now())).ok()?.ok()?;
    serde_json::from_slice(&answer).ok()
}

/// A child process that ends with this value.
struct Killed(process::Child);

impl Drop for Killed {
    fn drop(&mut self) {
        // It may have ended by itself; it is waited for in any case, or it would stay as a zombie.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
