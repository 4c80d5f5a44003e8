//! A new phone is filled with a community and its year.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, bail, ensure};
use minqing_sync_server::pack;
use serde::{Deserialize, Serialize};

use super::{
    corpus::Corpus,
    machine::{peak_mib, rounded},
    report::FirstSync,
};
use crate::{hands::Hands, phone::Phone};

/// How a program that can be a new phone is called.
pub const PHONE: &str = "--as-phone";
/// Rows a list gives at once.
pub(super) const PAGE: u32 = 1_000;
/// The phone's number; those of authors begin with 1.
pub const NUMBER: u64 = 1 << 20;

/// What the phone's process says at its end.
#[derive(Serialize, Deserialize)]
struct Filled {
    bytes: u64,
    requests: u64,
    list_s: f64,
    verified_s: f64,
    rss_mib: Option<f64>,
}

/// Fills a phone that may see everything; returns where its file lies, too.
pub fn measure(corpus: &mut Corpus) -> Result<(FirstSync, PathBuf)> {
    let office = &mut corpus.office;
    let app = office.app()?;
    let grids: Vec<u16> = (1..=u16::try_from(app.store.areas_below(super::office::COMMUNITY)?.len())?).collect();
    let code = office.officer(&app, 0, &grids)?;
    // Off the request path, as a running server does from time to time.
    pack::pack_all(&app)?;
    drop(app);
    let server = office.serve()?;
    let dir = office.dir.join("phone");
    let said = Command::new(&office.program)
        .arg(PHONE)
        .arg(&dir)
        .args([server.url.clone(), code, office.hands.now().to_string(), office.seed.to_string()])
        .args([corpus.doors.len().to_string(), corpus.matters.to_string()])
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(said.status.success(), "the phone's process failed");
    let filled: Filled = serde_json::from_slice(&said.stdout)?;
    let entropy = corpus.bits / 8.0;
    let first_sync = FirstSync {
        requests: filled.requests,
        bytes: filled.bytes,
        entropy_bytes: entropy.round() as u64,
        ratio: rounded(filled.bytes as f64 / entropy, 2),
        list_s: rounded(filled.list_s, 2),
        verified_s: rounded(filled.verified_s, 2),
        phone_rss_mib: filled.rss_mib,
    };
    Ok((first_sync, dir))
}

/// The child's side. The list is there once every door and every matter is in it; verified is when everything has
/// come and the sums of server and phone agree.
pub fn be_the_phone(args: &[String]) -> Result<()> {
    let [dir, url, code, now, seed, doors, matters] = args else { bail!("wrong use of {PHONE}") };
    let (doors, matters): (usize, usize) = (doors.parse()?, matters.parse()?);
    let mut phone = Phone::open(&PathBuf::from(dir), &Hands::at(now.parse()?), seed.parse()?, NUMBER, 0)?;
    phone.enrol(url, code)?;
    let (before, begun, mut list_s) = (phone.traffic, Instant::now(), None);
    let mut look = |phone: &Phone| {
        if list_s.is_none()
            && count(|o| Ok(phone.client.households(o, PAGE)?.len()))? == doors
            && count(|o| Ok(phone.client.matters(o, PAGE)?.len()))? == matters
        {
            list_s = Some(begun.elapsed().as_secs_f64());
        }
        Ok(())
    };
    loop {
        let exchanged = phone.exchange(url)?;
        ensure!(!exchanged.differs, "phone and server differ");
        look(&phone)?;
        if !phone.fetch_and(url, &mut look)? && !exchanged.more {
            break;
        }
    }
    let verified_s = begun.elapsed().as_secs_f64();
    let bytes = phone.traffic.up + phone.traffic.down - before.up - before.down;
    let requests = phone.traffic.requests - before.requests;
    let filled = Filled { bytes, requests, list_s: list_s.context("doors or matters are missing")?, verified_s, rss_mib: peak_mib(std::process::id()) };
    println!("{}", serde_json::to_string(&filled)?);
    Ok(())
}

/// How many a list holds.
pub(super) fn count(page: impl Fn(u32) -> Result<usize>) -> Result<usize> {
    let mut found = 0;
    loop {
        let some = page(u32::try_from(found)?)?;
        found += some;
        if some < PAGE as usize {
            return Ok(found);
        }
    }
}
