//! A phone's file is copied and both go on at the same time, under one device: nothing of either is lost, nothing is
//! taken for the other's, and the office is told.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use axum::{body::Body, http::Request};
use http_body_util::BodyExt;
use minqing_core::{
    Id,
    client::Exchanged,
    model::Role,
    words::{Lang, say},
};
use minqing_sync_server::{rebuild, router};
use minqing_tests::{
    deeds::{Deed, broken_lamp, carry_out},
    desk::sign_in,
    file::read_only,
    ledger::Entry,
    phone::Phone,
    proof::{Found, find_rows, rebuilt, unsettled},
    sim::{Plot, Sim, copy_files, for_seeds},
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tower::ServiceExt;

use super::intruder::visit;

/// Starts of the copy's app after this many.
const STARTS: u64 = 1 << 33;
const COMMUNITY: &str = "620102001001";

struct Story {
    sim: Sim,
    copy: Phone,
    ledger: Vec<Entry>,
    visits: usize,
}

impl Story {
    /// A phone with a visit at the office, a visit unsent, and perhaps a request under way, is copied: closed, or while it runs.
    fn begin(seed: u64) -> Result<(Self, String, String)> {
        let mut sim = Sim::open(Plot { phones: 3, ..Plot::quiet(seed) })?;
        sim.settle()?;
        let door = sim.phone(0).client.households(0, 1)?.remove(0).id;
        let known = sim.phone(0).client.record_visit(visit(&door, "两部都知道的"))?;
        sim.settle()?;
        let ledger = carry_out(sim.phone(0), &Deed::Visit(visit(&door, "还没上报的")))?;
        if seed.is_multiple_of(2) {
            sim.phone(0).client.next_exchange()?;
        }
        if seed.is_multiple_of(3) {
            sim.reopen(0)?;
        }
        let (live, copied) = (sim.phone(0).dir.clone(), sim.scratch().join("copy"));
        copy_files(&live, &copied)?;
        let copy = Phone::open(&copied, sim.hands(), seed, 0, STARTS)?;
        Ok((Self { sim, copy, ledger, visits: 2 }, door, known))
    }

    fn phone(&mut self, copy: bool) -> &mut Phone {
        if copy { &mut self.copy } else { self.sim.phone(0) }
    }

    fn save(&mut self, copy: bool, deed: &Deed) -> Result<()> {
        self.visits += usize::from(matches!(deed, Deed::Visit(_)));
        let rows = carry_out(self.phone(copy), deed)?;
        self.ledger.extend(rows);
        Ok(())
    }

    fn exchange(&mut self, copy: bool) -> Result<Exchanged> {
        let body = self.phone(copy).client.next_exchange()?;
        let Some(answer) = self.sim.serve(0, &body)? else { anyhow::bail!("an honest request was refused") };
        let taken = self.phone(copy).client.take_answer(answer)?;
        ensure!(!taken.differs, "a phone and the server differ at the same cursors");
        Ok(taken)
    }

    /// Both come to rest, and whoever else reads what they wrote.
    fn settle(&mut self) -> Result<()> {
        for _ in 0..20 {
            self.sim.settle()?;
            let taken = self.exchange(true)?;
            if taken.rows == 0 && taken.settled == 0 && !taken.more && self.copy.client.today("zh".into())?.waiting == 0 {
                return Ok(());
            }
        }
        anyhow::bail!("no rest")
    }
}

/// Both write on the same fields unseen by each other, then go on, in an order that the seed tells.
fn story(seed: u64) -> Result<Story> {
    let (mut story, door, known) = Story::begin(seed)?;
    let volume = Id::visits(door.parse()?, 2026).to_string();
    for copy in [false, true] {
        let whose = if copy { "抄本" } else { "原机" };
        story.save(copy, &Deed::Remark { household: door.clone(), note: format!("{whose}的备注") })?;
        story.save(copy, &Deed::VisitNote { visit: known.clone(), volume: volume.clone(), note: format!("{whose}改过") })?;
        story.save(copy, &Deed::Matter(broken_lamp(&door)))?;
    }
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    for step in 0..40 {
        story.sim.hands().turn(60_000);
        let copy = rng.random_ratio(1, 2);
        match rng.random_range(0..10) {
            0..3 => story.save(copy, &Deed::Visit(visit(&door, &format!("第{step}步"))))?,
            3 => story.save(copy, &Deed::Matter(broken_lamp(&door)))?,
            4 => story.save(copy, &Deed::Note(format!("第{step}步打过电话")))?,
            _ => drop(story.exchange(copy)?),
        }
    }
    story.settle()?;
    Ok(story)
}

#[test]
fn two_copies_of_a_phone_go_on_at_the_same_time_and_nothing_of_either_is_lost_or_taken_for_the_others() {
    for_seeds(6, "two_copies_of_a_phone", |seed| {
        let story = story(seed)?;
        let sim = &story.sim;
        let (built, report) = rebuilt(&*sim.app().store)?;
        ensure!(report.is_good(), "{report:?}");
        let lost = find_rows(&story.ledger, &built, &BTreeSet::new(), &BTreeSet::new(), &mut Found::default());
        ensure!(lost.is_empty(), "lost: {lost:?}");
        ensure!(unsettled(&story.copy.dir)?.is_empty(), "the copy still waits");
        sim.check_nothing_put_aside()?;
        sim.check_actors()?;
        sim.check_nothing_twice()?;
        sim.check_causally_closed()?;
        sim.check_same_everywhere()?;
        sim.check_same(&story.copy)?;
        let office = read_only(&sim.server_dir())?;
        let count = |sql: &str| office.query_row(sql, [], |row| row.get::<_, i64>(0));
        ensure!(usize::try_from(count("SELECT count(*) FROM visit_row")?)? == story.visits, "a visit is doubled");
        // One remark of each, side by side on one card, for somebody to decide.
        ensure!(count("SELECT sum(reviews) FROM household_row")? == 1, "no review card");
        let device = story.copy.client.enrolment()?.device;
        ensure!(count(&format!("SELECT count(DISTINCT opening) FROM log WHERE device = {device}"))? >= 2, "both wrote under one name");
        Ok(())
    });
}

#[test]
fn the_office_sees_that_a_phone_looks_like_two() {
    let story = story(7).unwrap();
    let app = story.sim.app().clone();
    let suspected = app.store.phones(COMMUNITY).unwrap().into_iter().filter(|phone| phone.clone_suspected_ms.is_some());
    let device = story.copy.client.enrolment().unwrap().device;
    assert_eq!(suspected.map(|phone| phone.number.unwrap().0).collect::<Vec<_>>(), [device], "that phone and no other");
    let cookie = sign_in(&app, Role::Clerk, COMMUNITY).unwrap();
    let request = Request::get("/office/devices").header("cookie", cookie).body(Body::empty()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let page = runtime.block_on(async { router(app.clone()).oneshot(request).await.unwrap().into_body().collect().await.unwrap().to_bytes() });
    let page = String::from_utf8(page.to_vec()).unwrap();
    assert_eq!(page.matches(&say(Lang::Zh, "office-clone", &[])).count(), 1, "{page}");
    assert!(rebuild::check(&*app.store).unwrap().is_good());
}
