//! A phone in a process of its own, so that it can be killed in the middle of a commit.

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use anyhow::{Context, Result, bail};
use minqing_tests::{
    deeds::{Deed, carry_out},
    hands::Hands,
    ledger::Entry,
    phone::Phone,
};

/// How the demo calls itself to be a phone.
pub const PHONE: &str = "--as-phone";
/// The commit in which the phone dies, counted after it sent.
const LAST_COMMIT: u32 = 7;

/// Runs a phone's exchange and deeds in a child process that is killed by SIGKILL at its 7th commit after
/// sending. Returns the rows of each save that had returned.
pub fn run_until_killed(dir: &Path, url: &str, now_ms: i64, seed: u64, number: u64, starts: u64, deeds: &[Deed]) -> Result<Vec<Vec<Entry>>> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg(PHONE)
        .arg(dir)
        .args([url.to_owned(), now_ms.to_string(), seed.to_string(), number.to_string(), starts.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    serde_json::to_writer(child.stdin.take().context("stdin")?, deeds)?;
    let mut saved = Vec::new();
    for line in BufReader::new(child.stdout.take().context("stdout")?).lines() {
        let line = line?;
        match line.strip_prefix("saved ") {
            Some(rows) => saved.push(serde_json::from_str(rows)?),
            None if line == "committing" => break,
            None => bail!("the phone said: {line}"),
        }
    }
    child.kill()?;
    child.wait()?;
    Ok(saved)
}

/// The child's side.
pub fn be_the_phone(args: &[String]) -> Result<()> {
    let [dir, url, now, seed, number, starts] = args else { bail!("wrong use of {PHONE}") };
    let mut plan = String::new();
    std::io::stdin().read_to_string(&mut plan)?;
    let deeds: Vec<Deed> = serde_json::from_str(&plan)?;
    let hands = Hands::at(now.parse()?);
    let mut phone = Phone::open(&PathBuf::from(dir), &hands, seed.parse()?, number.parse()?, starts.parse()?)?;
    let body = phone.client.next_exchange()?;
    let answer = phone.send(url, &body)?;
    let commits = Arc::new(AtomicU32::new(0));
    phone.client.store().on_commit(move || {
        if commits.fetch_add(1, Ordering::SeqCst) + 1 == LAST_COMMIT {
            println!("committing");
            // Killed from outside, between the last write and its becoming durable.
            loop {
                std::thread::park();
            }
        }
        false
    })?;
    phone.client.take_answer(answer)?;
    for deed in &deeds {
        hands.turn(60_000);
        let rows = carry_out(&mut phone, deed)?;
        println!("saved {}", serde_json::to_string(&rows)?);
    }
    bail!("the phone was not killed")
}
