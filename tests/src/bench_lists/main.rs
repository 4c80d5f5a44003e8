//! `cargo bench-lists`: what each list and search of a phone takes over 100,000 records. Figures to read, not a test:
//! the plans that keep them small are held by tests beside the lists.

mod fill;
mod measure;
mod words;

use std::{path::Path, process::ExitCode, time::Instant};

use anyhow::{Context, Result};
use clap::Parser;
use minqing_core::{
    client::Client,
    model::{NewHousehold, NewVisit},
};
use minqing_tests::{hands::Hands, hands::PhoneSystem, phone::key_of};

use measure::Table;

/// Fills a phone's file and prints what each list takes.
#[derive(Debug, Parser)]
#[command(name = "cargo bench-lists")]
struct Args {
    /// Records: a tenth doors, a quarter residents, most of the rest visits
    #[arg(long, default_value_t = 100_000)]
    records: usize,
    /// How often each list is asked for
    #[arg(long, default_value_t = 20)]
    times: usize,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("bench-lists: {e:#}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let hands = Hands::at(fill::NOW_MS);
    let filled = fill::old_file(dir.path(), args.records)?;
    let begin = Instant::now();
    drop(open(dir.path(), &hands)?);
    println!("{} records; index of an older file filled in {:.1} s; file {} MB", filled, begin.elapsed().as_secs_f64(), size(dir.path())? >> 20);
    let mut phone = open(dir.path(), &hands)?;
    phone.take_enrolment(fill::enrolment())?;
    let mut table = Table::new(args.times);
    lists(&mut table, &phone)?;
    searches(&mut table, &phone)?;
    saves(&mut table, &mut phone)
}

fn open(dir: &Path, hands: &Hands) -> Result<Client> {
    let dir = dir.to_str().context("a directory with a name that is text")?;
    Ok(Client::open(dir, Box::new(PhoneSystem::new(hands.clone(), 1, 1, 0)), key_of(1, 1))?)
}

fn size(dir: &Path) -> Result<u64> {
    std::fs::read_dir(dir)?.map(|file| Ok(file?.metadata()?.len())).sum()
}

fn lists(table: &mut Table, phone: &Client) -> Result<()> {
    let doors = phone.households(0, 1)?;
    let door = &doors[0];
    let stairwell = phone.stairwells(None, None, 0, 1)?.remove(0);
    table.time("households(0, 50)", || Ok(phone.households(0, 50)?.len()))?;
    table.time("households(9000, 1000)", || Ok(phone.households(9_000, 1_000)?.len()))?;
    table.time("household", || Ok(phone.household(door.id.clone())?.visits.len()))?;
    table.time("visits_today", || Ok(phone.visits_today()?.len()))?;
    table.time("today", || Ok(phone.today("zh".into())?.visits as usize))?;
    table.time("open_follow_ups(1000)", || Ok(phone.open_follow_ups(1_000)?.len()))?;
    table.time("to_visit(50)", || Ok(phone.to_visit("zh".into(), 50)?.len()))?;
    table.time("matters(0, 50)", || Ok(phone.matters(0, 50)?.len()))?;
    table.time("matters(4000, 1000)", || Ok(phone.matters(4_000, 1_000)?.len()))?;
    table.time("outbox(0, 50)", || Ok(phone.outbox(0, 50, false)?.len()))?;
    table.time("outbox(0, 50, all)", || Ok(phone.outbox(0, 50, true)?.len()))?;
    table.time("outbox(50000, 1000, all)", || Ok(phone.outbox(50_000, 1_000, true)?.len()))?;
    table.time("reviews", || Ok(phone.reviews()?.len()))?;
    table.time("stairwells(all, 0, 500)", || Ok(phone.stairwells(None, None, 0, 500)?.len()))?;
    table.time("stairwells(one estate)", || Ok(phone.stairwells(Some(door.estate.clone()), None, 0, 500)?.len()))?;
    table.time("stairwell", || Ok(phone.stairwell(stairwell.clone())?.floors.len()))
}

fn searches(table: &mut Table, phone: &Client) -> Result<()> {
    let name = phone.households(40, 1)?.remove(0).names;
    let name = name.split('、').next().unwrap_or_default().to_owned();
    let typed = ["的", "一", "工作", "问题", "电梯", "槐荫小区3号楼2单元", "3-2-502", "l", "lxm", "wangx", "0931", "1", name.as_str(), "3号楼 工作 问题"];
    for text in typed {
        let search = |kinds: &[&str], offset, limit| phone.search(text.to_owned(), kinds.iter().map(|k| (*k).to_owned()).collect(), offset, limit);
        table.time(&format!("search {text}, 50"), || Ok(search(&[], 0, 50)?.len()))?;
        table.time(&format!("search {text}, 500 of visits"), || Ok(search(&["visit"], 0, 500)?.len()))?;
    }
    table.time("search 的, 50 from 20000", || Ok(phone.search("的".into(), vec![], 20_000, 50)?.len()))
}

fn saves(table: &mut Table, phone: &mut Client) -> Result<()> {
    let mut new = NewHousehold { grid: fill::GRID.into(), ..NewHousehold::default() };
    (new.address.community, new.address.estate, new.address.building) = (fill::COMMUNITY.into(), "新增小区".into(), "1".into());
    let mut room = 100;
    let mut door = String::new();
    table.time("record_household", || {
        room += 1;
        new.address.room = room.to_string();
        door = phone.record_household(new.clone())?;
        Ok(1)
    })?;
    let visit = NewVisit { household: door, purpose: "routine".into(), outcome: "talked".into(), note: "楼道漏水".into(), ..NewVisit::default() };
    table.time("record_visit", || Ok(phone.record_visit(visit.clone())?.len().min(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_first_version_is_filled_and_every_list_of_it_timed() {
        run(&Args { records: 400, times: 1 }).unwrap();
    }
}
