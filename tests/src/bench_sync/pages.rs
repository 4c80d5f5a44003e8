//! The office's pages over many matters: clerks click through board, inbox, search and matters of an office that is served, each at the
//! pace of a hurried person. Measured is what a browser waits for: from the request until the last byte of the page.

use std::{
    collections::BTreeSet,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use minqing_core::{
    Id,
    clock::At,
    document::Doc,
    envelope::ItemKind,
    event::Event,
    model::{Category, EventCode, HandlingType, Role},
};
use minqing_sync_server::{App, admin};
use serde_json::json;

use super::{
    author::Author,
    cards,
    corpus::enrol_all,
    draw::Draw,
    machine::{percentile_ms, rounded},
    matters::MatterDoc,
    office::{COMMUNITY, NEW_YEAR, Office},
    report::Pages,
    scale::Scale,
    words::Words,
};
use crate::{
    desk,
    line::words::{Word, accept_with, feedback, plain, rate_with},
    staff::{Staff, text},
};

/// Doors of the community.
const DOORS: usize = 2_000;
const GRIDS: u16 = 5;
/// Matters of an upload.
const BATCH: usize = 2_000;
/// Two officers' remarks on one door, unseen by each other: cards of the inbox.
const QUARRELS: usize = 200;
/// Between two clicks of a clerk.
const CLICK: Duration = Duration::from_millis(1_000);
/// Of 100 clicks so many are at the board, the inbox, the search; the rest is at matters.
const SHARES: [u64; 3] = [30, 20, 20];

/// What is clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Page {
    Board,
    Inbox,
    Search,
    Matter,
}

/// Writes the matters, serves them, and lets the clerks click.
pub fn measure(program: &Path, dir: &Path, seed: u64, scale: &Scale) -> Result<Pages> {
    let mut office = Office::open(program, dir, seed, GRIDS)?;
    let (mut draw, sentences) = (Draw::new(seed, 8), Words::load());
    let grids: Vec<u16> = (1..=GRIDS).collect();
    let mut authors = enrol_all(&mut office, &mut draw, &[grids.clone(), grids])?;
    let app = office.app()?;
    let doors = cards::write(&app, &mut draw, &sentences, DOORS.min(scale.paged), GRIDS)?;
    let author = authors.first_mut().context("nobody is enrolled")?;
    let matters = write(&app, author, &mut draw, &sentences, &doors, scale.paged)?;
    quarrel(&app, &mut authors, &doors[..QUARRELS.min(doors.len())])?;
    let cookies: Vec<String> = (0..scale.clerks).map(|n| desk::sign_in_as(&app, &format!("clerk {n}"), Role::Clerk, COMMUNITY)).collect::<Result<_>>()?;
    let people = staff(&app)?;
    drop(app);
    let server = office.serve()?;
    on_their_way(&server.url, &people, &matters[..(scale.paged / 100).min(matters.len())])?;
    let first_load = first_load(&server.url, &cookies[0], &matters)?;
    let click = |(n, cookie): (usize, &String)| clerk(&server.url, cookie, &matters, &sentences, Draw::new(seed, 100 + n as u64), scale.clicks);
    let all: Vec<(Page, Duration)> = thread::scope(|scope| {
        let clerks: Vec<_> = cookies.iter().enumerate().map(|clerk| scope.spawn(move || click(clerk))).collect();
        let done: Result<Vec<_>> = clerks.into_iter().map(|clerk| clerk.join().map_err(|_| anyhow::anyhow!("a clerk panicked"))?).collect();
        done.map(|all| all.into_iter().flatten().collect())
    })?;
    let p95 = |page: Page| percentile_ms(&all.iter().filter(|(p, _)| *p == page).map(|(_, time)| *time).collect::<Vec<_>>(), 0.95);
    Ok(Pages {
        matters: matters.len() as u64,
        clerks: cookies.len() as u64,
        clicks: all.len() as u64,
        board_p95_ms: p95(Page::Board),
        inbox_p95_ms: p95(Page::Inbox),
        search_p95_ms: p95(Page::Search),
        matter_p95_ms: p95(Page::Matter),
        first_load_kb: rounded(first_load as f64 / 1_000.0, 1),
    })
}

/// Writes matters at doors: of ten one waits to be accepted, one to be told, one to be rated, and the rest is closed.
fn write(app: &App, author: &mut Author, draw: &mut Draw, sentences: &Words, doors: &[Id], count: usize) -> Result<Vec<Id>> {
    let mut ids = Vec::new();
    for k in 0..count {
        let mut doc = MatterDoc::of(draw, doors[k % doors.len()], NEW_YEAR);
        doc.happen(author, draw, sentences, NEW_YEAR, NEW_YEAR, false)?;
        let id = doc.id();
        let all: [Word; 4] = [
            accept_with(HandlingType::Immediate, None, None, Some(Category::Environment)),
            plain(EventCode::SolveOnSpot),
            feedback(id, true),
            rate_with(id, Id::named(&["resident", &id.to_string()]), 5, false, true),
        ];
        let so_far = [0, 2, 3, 4, 4, 4, 4, 4, 4, 4][k % 10];
        for (saw, word) in (1..).zip(&all[..so_far]) {
            let (by, role, at) = (author.officer, Role::Officer.number(), At::by_server(NEW_YEAR));
            let event = Event { id: draw.id(NEW_YEAR), code: word.code.number(), by, role, at, saw, after: None, payload: word.payload.clone() };
            author.put(ItemKind::Event, id, event.encode());
        }
        ids.push(id);
        if ids.len() % BATCH == 0 || k + 1 == count {
            author.bring(app)?;
        }
    }
    Ok(ids)
}

/// Two officers write different remarks on doors, not knowing of each other.
fn quarrel(app: &App, authors: &mut [Author], doors: &[Id]) -> Result<()> {
    for author in authors.iter_mut() {
        for door in doors {
            let card = app.store.document(*door)?.context("a door's card")?.doc.save();
            let mut card = Doc::load(&card)?;
            let remark = format!("信息员 {} 的话", author.device.0);
            let change = card.change(author.actor(), NEW_YEAR / 1_000, |w| w.put("note", remark.as_str()))?;
            author.put(ItemKind::Change, *door, change.context("a change")?);
        }
    }
    authors.iter_mut().try_for_each(|author| author.bring(app))
}

/// Who moves matters on: a clerk, a lead and somebody of a department, each with a password.
struct People {
    clerk: String,
    lead: String,
    handler: String,
}

const DEPARTMENT: &str = "市政养护所";

fn staff(app: &App) -> Result<People> {
    let (store, clock, entropy) = (app.store.as_ref(), &*app.clock, &*app.entropy);
    let add = |name: &str, role| anyhow::Ok(admin::add_staff(store, clock, entropy, name, role, COMMUNITY)?.0);
    let people = People { clerk: add("clerk", Role::Clerk)?, lead: add("lead", Role::Lead)?, handler: add("handler", Role::Department)? };
    admin::add_department(store, clock, entropy, COMMUNITY, DEPARTMENT, "")?;
    admin::put_to_work(store, COMMUNITY, DEPARTMENT, "handler")?;
    Ok(people)
}

/// Moves some of those that wait on, so that every state of the line has some.
fn on_their_way(url: &str, people: &People, matters: &[Id]) -> Result<()> {
    let clerk = Staff::sign_in(url, Role::Clerk, "clerk", &people.clerk)?;
    let lead = Staff::sign_in(url, Role::Lead, "lead", &people.lead)?;
    let handler = Staff::sign_in(url, Role::Department, "handler", &people.handler)?;
    let departments = clerk.departments()?;
    let to = departments.first().map(|d| text(&d["id"])).context("a department")?;
    let deeds = [
        (&clerk, json!({"event": "accept", "said": {"handling": "promised", "days": 5}})),
        (&clerk, json!({"event": "assign", "said": {"to": to}})),
        (&handler, json!({"event": "sign"})),
        (&handler, json!({"event": "result", "said": {"solved": "yes", "fen": 0, "contributions": []}, "text": "已办", "public": "已办"})),
    ];
    // Every tenth was only registered.
    for (n, id) in matters.iter().step_by(10).enumerate() {
        let id = id.to_string();
        for (who, deed) in &deeds[..n % 5] {
            let mut deed = deed.clone();
            deed["saw"] = who.matter(&id)?["ordinal"].clone();
            who.act(&id, &deed)?.map_err(|why| anyhow::anyhow!("{} was refused: {why}", deed["event"]))?;
        }
        if n % 5 == 3 && n % 2 == 0 {
            let saw = lead.matter(&id)?["ordinal"].clone();
            lead.act(&id, &json!({"event": "escalate", "text": "请上级办", "saw": saw}))?.map_err(|why| anyhow::anyhow!("refused: {why}"))?;
        }
    }
    Ok(())
}

/// Bytes of the largest of the four pages with all that it loads, each file once.
fn first_load(url: &str, cookie: &str, matters: &[Id]) -> Result<usize> {
    let agent = agent();
    let mut most = 0;
    for page in [Page::Board, Page::Inbox, Page::Search, Page::Matter] {
        let html = read(&agent, &format!("{url}{}", address(page, matters, 0, "漏水")), cookie)?;
        let quoted = html.split('"').filter(|part| part.starts_with("/static/"));
        let files: BTreeSet<&str> = quoted.filter_map(|part| part.split('#').next()).collect();
        ensure!(files.iter().any(|file| file.ends_with(".css")), "a page without a style sheet");
        let mut bytes = html.len();
        for file in files {
            bytes += read(&agent, &format!("{url}{file}"), cookie)?.len();
        }
        most = most.max(bytes);
    }
    Ok(most)
}

/// One clerk's clicks, with how long each took.
fn clerk(url: &str, cookie: &str, matters: &[Id], sentences: &Words, mut draw: Draw, clicks: usize) -> Result<Vec<(Page, Duration)>> {
    let agent = agent();
    let mut times = Vec::new();
    // Not all at the same moment.
    thread::sleep(CLICK.mul_f64(draw.below(100) as f64 / 100.0));
    for _ in 0..clicks {
        let mut at = draw.below(100);
        let mut page = Page::Matter;
        for (share, of) in SHARES.into_iter().zip([Page::Board, Page::Inbox, Page::Search]) {
            if at < share {
                page = of;
                break;
            }
            at -= share;
        }
        let asked = address(page, matters, draw.below(matters.len() as u64) as usize, &sentences.text(&mut draw, 2));
        let begun = Instant::now();
        read(&agent, &format!("{url}{asked}"), cookie)?;
        let taken = begun.elapsed();
        times.push((page, taken));
        thread::sleep(CLICK.saturating_sub(taken));
    }
    Ok(times)
}

fn address(page: Page, matters: &[Id], n: usize, words: &str) -> String {
    const BOARDS: [&str; 6] = ["", "?mine=1", "?due=overdue", "?state=handling", "?category=environment", "?lamp=red"];
    match page {
        Page::Board => format!("/office/line{}", BOARDS[n % BOARDS.len()]),
        Page::Inbox => "/office/inbox".to_owned(),
        Page::Search => format!("/office/search?q={}", words.bytes().map(|b| format!("%{b:02X}")).collect::<String>()),
        Page::Matter => matters.get(n).map_or_else(String::new, |id| format!("/office/matters/{id}")),
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into()
}

fn read(agent: &ureq::Agent, url: &str, cookie: &str) -> Result<String> {
    let mut answer = agent.get(url).header("cookie", cookie).call()?;
    ensure!(answer.status() == 200, "{url} was answered with {}", answer.status());
    Ok(answer.body_mut().read_to_string()?)
}
