//! Matters that follow one, through the server's own transactions; phones fold the same.

use minqing_core::{
    Id,
    event::{Accept, Assign, Feedback, Other, Outcome, Proposed, Rate, Refuse, Said},
    model::{Category, EventCode as E, FeedbackWay, HandlingType, NewMatter, Proof, RefuseReason, Role, Solved},
};
use minqing_sync_server::{
    pipeline::{Deed, Explained, Happening, Looker, Texts, act, explain, reply_to_all},
    rebuild,
};
use minqing_tests::sim::{Plot, Sim, for_seeds};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const CLERK: (Role, u8) = (Role::Clerk, 31);
const LEAD: (Role, u8) = (Role::Lead, 41);
const RESIDENT: (Role, u8) = (Role::Resident, 11);
const WATER: Id = Id([71; 16]);

/// An office and its matters, the oldest first.
struct Town {
    sim: Sim,
    ids: Vec<Id>,
}

impl Town {
    fn open(seed: u64, category: Category, matters: usize) -> Self {
        let mut sim = Sim::open(Plot { phones: 1, ..Plot::quiet(seed) }).unwrap();
        sim.settle().unwrap();
        let mut ids = Vec::new();
        for _ in 0..matters {
            let household = sim.phone(0).client.households(0, 1).unwrap().remove(0).id;
            let new = NewMatter {
                kind: "complaint".into(),
                channel: "door".into(),
                category: category.word().into(),
                text: "下水道堵了".into(),
                household,
                affected: "building".into(),
                ..NewMatter::default()
            };
            ids.push(sim.phone(0).client.register_matter(new).unwrap().parse().unwrap());
            sim.hands().turn(60_000);
        }
        sim.settle().unwrap();
        Self { sim, ids }
    }

    fn deed(&self, (role, by): (Role, u8), n: usize, code: E, said: &Said) -> Deed {
        let (by, works_for, texts) = (Id([by; 16]), vec![WATER], Texts { text: "说明".into(), ..Texts::default() });
        Deed { matter: self.ids[n], by, role, works_for, code, payload: said.encode(), texts, saw: u64::MAX >> 1 }
    }

    fn tries(&self, who: (Role, u8), n: usize, code: E, said: Said) -> Result<Id, String> {
        act(self.sim.app(), &self.deed(who, n, code, &said)).map_err(|fault| fault.what)
    }

    fn does(&self, who: (Role, u8), n: usize, code: E, said: Said) -> Id {
        self.tries(who, n, code, said).unwrap_or_else(|why| panic!("{}: {why}", code.word()))
    }

    fn merge(&self, member: usize, master: usize) -> Result<Id, String> {
        self.tries(CLERK, member, E::Merge, Said::Other(Other { matter: self.ids[master] }))
    }

    /// Proposed by a clerk or a resident, confirmed by the lead.
    fn by_two(&self, who: (Role, u8), n: usize, code: E, said: Said) {
        let proposal = self.does(who, n, code, said);
        self.does(LEAD, n, E::Confirm, Said::Proposed(Proposed { proposal }));
    }

    fn see(&self, n: usize) -> Explained {
        let looker = Looker { by: Id([0; 16]), roles: vec![Role::Clerk, Role::Lead], works_for: Vec::new() };
        explain(self.sim.app(), self.ids[n], &looker).unwrap().explained
    }

    fn state(&self, n: usize) -> &'static str {
        self.see(n).state
    }

    /// The number of the matter that one follows.
    fn master(&self, n: usize) -> Option<usize> {
        self.see(n).master.map(|master| self.number(&master))
    }

    /// The numbers of those that follow it.
    fn members(&self, n: usize) -> Vec<usize> {
        let mut all: Vec<_> = self.see(n).members.iter().map(|id| self.number(id)).collect();
        all.sort_unstable();
        all
    }

    fn number(&self, id: &str) -> usize {
        self.ids.iter().position(|known| known.to_string() == *id).expect("one of this town")
    }

    /// Event, role and whether somebody did it.
    fn last(&self, n: usize) -> (&'static str, &'static str, bool) {
        let Happening { event, role, by, .. } = self.see(n).history.pop().expect("something happened");
        (event, role, !by.is_empty())
    }

    /// To the department, signed, done, and passed.
    fn to_feedback(&self, n: usize) {
        let handler = (Role::Department, 61);
        self.does(CLERK, n, E::Accept, accept(HandlingType::Promised));
        self.does(CLERK, n, E::Assign, Said::Assign(Assign { to: WATER }));
        self.does(handler, n, E::Sign, Said::Nothing);
        self.does(handler, n, E::Result, Said::Outcome(Outcome { solved: Solved::Yes, fen: 0, contributions: vec![] }));
        self.does(LEAD, n, E::Pass, Said::Nothing);
    }

    fn reply(&self, n: usize) -> Result<Id, String> {
        let said = feedback(self.ids[n]);
        reply_to_all(self.sim.app(), &self.deed(CLERK, n, E::Feedback, &Said::Feedback(said.clone())), &said).map_err(|fault| fault.what)
    }

    fn rate(&self, n: usize, of: usize, stars: u8) {
        let (of, token) = (self.ids[of], Id([100 + of as u8; 16]));
        self.does((Role::Resident, token.0[0]), n, E::Rate, Said::Rate(Rate { of, token, stars, accept: false, assisted: false }));
    }

    /// Both sides say the same, nobody follows a follower, and no matter is lost.
    fn check(&self) -> Result<(), String> {
        for n in 0..self.ids.len() {
            let seen = self.see(n);
            if (seen.state == "merged") != seen.master.is_some() {
                return Err(format!("{n} is {} and follows {:?}", seen.state, seen.master));
            }
            if let Some(master) = self.master(n) {
                let counted = self.members(master).iter().filter(|member| **member == n).count();
                if counted != 1 || self.master(master).is_some() || !seen.members.is_empty() {
                    return Err(format!("{n} follows {master}, which counts it {counted} times"));
                }
                if ["withdrawn", "void", "refused"].contains(&self.state(master)) {
                    return Err(format!("{n} follows {master}, which came to nothing"));
                }
            }
            if let Some(stray) = self.members(n).into_iter().find(|member| self.master(*member) != Some(n)) {
                return Err(format!("{n} counts {stray}, which follows {:?}", self.master(stray)));
            }
        }
        Ok(())
    }

    /// The log says the same, and so does the phone.
    fn ends(mut self) {
        self.check().unwrap();
        let report = rebuild::check(self.sim.app().store.as_ref()).unwrap();
        assert!(report.is_good(), "{report:?}");
        self.sim.settle().unwrap();
        self.sim.check_same_everywhere().unwrap();
        for n in 0..self.ids.len() {
            let (id, state) = (self.ids[n].to_string(), self.state(n));
            assert_eq!(self.sim.phone(0).client.line_of(id).unwrap().state, state);
        }
    }
}

fn accept(handling: HandlingType) -> Said {
    Said::Accept(Accept { handling, days: Some(3), place: None, category: None })
}

fn feedback(of: Id) -> Feedback {
    Feedback { of, way: FeedbackWay::SpecialReply, reached: true, proof: Proof::None }
}

#[test]
fn a_merge_is_one_deed_for_both_and_leaves_nothing_behind_when_it_is_undone_or_refused() {
    let town = Town::open(41, Category::Environment, 3);
    let before = town.see(1);
    town.merge(1, 0).unwrap();
    assert_eq!((town.state(1), town.master(1), town.members(0)), ("merged", Some(0), vec![1]));
    assert_eq!((town.last(0), town.last(1)), (("take_in", "clerk", true), ("merge", "clerk", true)));
    let by_hand = |n: usize| town.see(n).moves.iter().any(|m| ["take_in", "let_go"].contains(&m.event));
    assert!(!by_hand(0) && !by_hand(1), "nobody has to write the master's side");

    let ordinals = || [0, 1, 2].map(|n| town.see(n).ordinal);
    let untouched = ordinals();
    for (member, master, why) in [(2, 2, "itself"), (2, 1, "it follows"), (0, 2, "it is followed"), (0, 1, "a circle"), (1, 2, "it follows already")] {
        assert!(town.merge(member, master).is_err(), "{why}");
    }
    assert_eq!(ordinals(), untouched, "what is refused leaves nothing on either side");

    town.does(LEAD, 1, E::Detach, Said::Nothing);
    let after = town.see(1);
    assert_eq!((after.state, after.master.as_ref(), town.members(0)), (before.state, None, vec![]));
    let clocks = |seen: &Explained| seen.clocks.iter().map(|k| (k.clock, k.started_ms, k.due_ms, k.ended_ms)).collect::<Vec<_>>();
    assert_eq!(clocks(&after), clocks(&before), "merged time counts");
    assert_eq!((town.last(0), town.last(1)), (("let_go", "lead", true), ("detach", "lead", true)));

    town.merge(2, 0).unwrap();
    town.does(LEAD, 0, E::LetGo, Said::Other(Other { matter: town.ids[2] }));
    assert_eq!((town.state(2), town.master(2)), ("registered", None), "from the master's side too");
    town.ends();
}

#[test]
fn the_oldest_that_follows_takes_the_place_of_a_master_that_comes_to_nothing() {
    let refuse = Said::Refuse(Refuse { reason: RefuseReason::InCourt });
    for (seed, state) in [(42, "withdrawn"), (43, "void"), (44, "refused")] {
        let town = Town::open(seed, Category::Environment, 4);
        town.does(CLERK, 1, E::Accept, accept(HandlingType::Promised));
        // Whoever followed first is not the oldest.
        for member in [3, 2, 1] {
            town.merge(member, 0).unwrap();
        }
        match state {
            "withdrawn" => drop(town.does(RESIDENT, 0, E::Withdraw, Said::Nothing)),
            "void" => town.by_two(CLERK, 0, E::Void, Said::Nothing),
            _ => town.by_two(CLERK, 0, E::Refuse, refuse.clone()),
        }
        assert_eq!((town.state(0), town.members(0), town.state(1), town.members(1)), (state, vec![], "accepted", vec![2, 3]));
        assert_eq!((town.last(1), town.last(2)), (("take_in", "system", false), ("merge", "system", false)));
        town.to_feedback(1);
        town.reply(1).unwrap();
        for of in [1, 2, 3] {
            town.rate(1, of, 5);
        }
        assert_eq!(town.state(1), "closed");
        town.ends();
    }
}

#[test]
fn where_a_second_person_is_asked_nothing_moves_until_then() {
    let town = Town::open(45, Category::Safety, 3);
    for member in [1, 2] {
        town.merge(member, 0).unwrap();
    }
    let proposal = town.does(RESIDENT, 0, E::Withdraw, Said::Nothing);
    assert_eq!((town.state(0), town.members(0)), ("registered", vec![1, 2]), "the lead has not agreed");
    town.does(LEAD, 0, E::Confirm, Said::Proposed(Proposed { proposal }));
    assert_eq!((town.state(0), town.members(0), town.members(1)), ("withdrawn", vec![], vec![2]));
    // A member's withdrawal waits in the same way.
    let proposal = town.does(RESIDENT, 2, E::Withdraw, Said::Nothing);
    assert_eq!(town.members(1), [2]);
    town.does(LEAD, 2, E::Confirm, Said::Proposed(Proposed { proposal }));
    assert_eq!((town.state(2), town.members(1)), ("withdrawn", vec![]));
    town.ends();
}

#[test]
fn who_does_not_fit_the_new_master_goes_on_alone() {
    let town = Town::open(46, Category::Environment, 3);
    town.merge(1, 0).unwrap();
    let sanitation = Said::Accept(Accept { handling: HandlingType::Promised, days: Some(3), place: None, category: Some(Category::Sanitation) });
    town.does(CLERK, 0, E::Accept, sanitation.clone());
    assert!(town.merge(2, 0).is_err(), "of another category now");
    town.does(CLERK, 2, E::Accept, sanitation);
    town.merge(2, 0).unwrap();
    town.does(RESIDENT, 0, E::Withdraw, Said::Nothing);
    assert_eq!((town.state(1), town.members(1), town.state(2), town.master(2)), ("registered", vec![], "accepted", None));
    town.ends();
}

#[test]
fn one_special_reply_reaches_whoever_was_not_told_and_stands_in_each_history() {
    let mut town = Town::open(47, Category::Environment, 4);
    for member in [1, 2, 3] {
        town.merge(member, 0).unwrap();
    }
    assert!(town.reply(0).is_err(), "there is nothing to say yet");
    town.to_feedback(0);
    town.sim.settle().unwrap();
    // One is told at the door before.
    let new = minqing_core::client::NewFeedback { way: "appointment".into(), reached: true, proof: "none".into(), ..Default::default() };
    town.sim.phone(0).client.give_feedback(town.ids[2].to_string(), new).unwrap();
    town.sim.settle().unwrap();
    assert_eq!((town.state(0), town.last(2)), ("feedback", ("tell", "system", false)));
    let told = town.see(2).ordinal;

    town.reply(0).unwrap();
    let feedback = town.see(0).history.into_iter().filter(|h| h.event == "feedback").map(|h| h.said["of"].as_str().unwrap().to_owned());
    let mut reached: Vec<usize> = feedback.map(|of| town.number(&of)).collect();
    reached.sort_unstable();
    assert_eq!((town.state(0), reached), ("follow_up", vec![0, 1, 2, 3]), "each once");
    assert_eq!(town.see(2).ordinal, told, "who was told is left alone");
    for n in [1, 3] {
        let told = town.see(n).history.pop().unwrap();
        let by_master = town.see(0).history.into_iter().find(|h| h.id == told.said["event"]).expect("the master's feedback");
        assert_eq!((told.event, by_master.event, by_master.said["of"].as_str()), ("tell", "feedback", Some(town.ids[n].to_string().as_str())));
    }
    assert_eq!(town.reply(0).unwrap_err(), "nothing_such");
    town.sim.settle().unwrap();
    let door = town.sim.phone(0).client.households(0, 1).unwrap().remove(0).id;
    let news = town.sim.phone(0).client.to_tell(door, "zh".into()).unwrap();
    assert!(news.is_empty(), "{news:?}");

    for (of, stars) in [(0, 5), (1, 4), (2, 3)] {
        town.rate(0, of, stars);
    }
    assert_eq!(town.state(0), "follow_up", "the fourth has a word of their own");
    town.rate(0, 3, 5);
    assert_eq!(town.state(0), "closed");

    // Once the master is closed, a resident has the own matter taken up: the master lets it go.
    town.does(RESIDENT, 1, E::Reopen, Said::Nothing);
    assert_eq!((town.state(1), town.see(1).cycle, town.members(0), town.last(0)), ("accepted", 2, vec![2, 3], ("let_go", "resident", true)));
    town.ends();
}

#[test]
fn a_master_goes_on_when_the_last_that_was_not_told_leaves() {
    let town = Town::open(48, Category::Environment, 3);
    for member in [1, 2] {
        town.merge(member, 0).unwrap();
    }
    town.to_feedback(0);
    for of in [0, 1] {
        town.does(CLERK, 0, E::Feedback, Said::Feedback(feedback(town.ids[of])));
    }
    assert_eq!(town.state(0), "feedback");
    town.does(RESIDENT, 2, E::Withdraw, Said::Nothing);
    assert_eq!((town.state(2), town.state(0), town.members(0)), ("withdrawn", "follow_up", vec![1]));
    town.ends();
}

#[test]
fn property_09_whoever_is_merged_detached_or_withdrawn_depth_is_one_and_nobody_is_lost() {
    for_seeds(6, "property_09_whoever", |seed| {
        let town = Town::open(seed, Category::Environment, 7);
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut did = 0;
        for _ in 0..70 {
            let (n, other) = (rng.random_range(0..7_usize), rng.random_range(0..7_usize));
            let before = [n, other].map(|n| town.see(n).ordinal);
            let done = match rng.random_range(0..16) {
                0 => town.tries(RESIDENT, n, E::Withdraw, Said::Nothing),
                1 => town.tries(CLERK, n, E::Accept, accept(HandlingType::Promised)),
                2..=4 => town.tries(LEAD, n, E::Detach, Said::Nothing),
                5 => town.tries(LEAD, n, E::LetGo, Said::Other(Other { matter: town.ids[other] })),
                6 => town.tries(LEAD, n, E::TakeIn, Said::Other(Other { matter: town.ids[other] })),
                7 => town.tries(CLERK, n, E::Void, Said::Nothing).and_then(|proposal| town.tries(LEAD, n, E::Confirm, Said::Proposed(Proposed { proposal }))),
                _ => town.merge(n, other),
            };
            town.check().map_err(anyhow::Error::msg)?;
            did += usize::from(done.is_ok());
            if done.is_err() && before != [n, other].map(|n| town.see(n).ordinal) {
                anyhow::bail!("what was refused left something behind");
            }
        }
        anyhow::ensure!(did > 8, "only {did} deeds say nothing");
        town.ends();
        Ok(())
    });
}
