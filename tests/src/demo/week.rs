//! The plan of the week, drawn from the seed before anything happens: who knocks where and says what.

use minqing_core::{
    clock::local_date,
    model::{Affected, NewFollowUp, NewMatter, NewVisit},
};
use minqing_tests::{deeds::Deed, world::Phrases};
use rand::{RngExt, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::{
    args::{Args, Sabotage},
    life::LOST,
    opinion::opinion,
    setup::{COMMUNITY, Office, at},
};

/// Doors an officer knocks at in a day.
pub const DOORS: usize = 12;
/// Pairs a day that edit one household unseen by each other.
const PAIRS: usize = 3;
/// The phone that gets an old copy of its file back (index).
pub const RESTORED: usize = 4;
/// The phone that is killed (index).
pub const KILLED: usize = 2;

/// One door: the visit, and what came of it.
pub type Door = Vec<Deed>;

/// One day.
pub struct Day {
    /// For each officer the doors, in order.
    pub rounds: Vec<Vec<Door>>,
    /// (officer, remark) twice for each household that is edited by two.
    pub remarks: Vec<(usize, Deed)>,
    /// The order in which phones find the network.
    pub order: Vec<usize>,
}

/// Plans all days.
pub fn plan(args: &Args, office: &Office) -> Vec<Day> {
    let mut rng = ChaCha8Rng::seed_from_u64(args.seed ^ 0x77ee_6b5e_eed0);
    let phrases = Phrases::load();
    let mut counts = Counts::default();
    let mut edited = std::collections::BTreeSet::new();
    (0..args.days)
        .map(|day| {
            let rounds = (0..office.officers.len())
                .map(|officer| (0..doors(args, day, officer)).map(|i| door(office, day, officer, i, &phrases, &mut counts, &mut rng)).collect())
                .collect();
            let remarks = (0..PAIRS).filter_map(|_| pair(office, day, &mut edited, &phrases, &mut rng)).flatten().collect();
            let mut order: Vec<usize> = (0..office.officers.len()).collect();
            order.shuffle(&mut rng);
            Day { rounds, remarks, order }
        })
        .collect()
}

/// On Thursday the restored phone records more than on Tuesday and Wednesday together.
fn doors(args: &Args, day: u16, officer: usize) -> usize {
    if day == 3 && officer == RESTORED && args.sabotage != Some(Sabotage::Restore) { 2 * DOORS + 2 } else { DOORS }
}

#[derive(Default)]
struct Counts {
    visits: u64,
    matters: u64,
}

fn door(office: &Office, day: u16, officer: usize, i: usize, phrases: &Phrases, counts: &mut Counts, rng: &mut ChaCha8Rng) -> Door {
    let grids = &office.officers[officer].1;
    let mine: Vec<&String> = office.households.iter().filter(|(_, grid)| grids.contains(grid)).map(|(id, _)| id).collect();
    let household = mine[(officer * 17 + usize::from(day) * 31 + i) % mine.len()].clone();
    counts.visits += 1;
    let outcome = match rng.random_range(0..100) {
        0..5 => "nobody_in",
        5..7 => "refused",
        _ => "talked",
    };
    let talked = outcome == "talked";
    let follow_up =
        rng.random_ratio(35, 100).then(|| NewFollowUp { what: phrases.follow_up(rng), due: local_date(at(day + rng.random_range(2..9), 12, 0)).to_string() });
    let note = if talked { format!("{}{}", phrases.visit_note(rng), phrases.outcome(rng)) } else { String::new() };
    let survey = (talked && counts.visits.is_multiple_of(4)).then(|| opinion(counts.visits));
    let visit = NewVisit {
        household: household.clone(),
        purpose: if survey.is_some() { "survey" } else { "routine" }.into(),
        outcome: outcome.into(),
        note,
        follow_ups: follow_up.into_iter().collect(),
        with: Vec::new(),
        attachments: Vec::new(),
        survey,
        draft: String::new(),
    };
    let with_file = talked && counts.visits.is_multiple_of(8);
    let mut deeds = vec![if with_file { Deed::VisitWith(visit, counts.visits / 8) } else { Deed::Visit(visit) }];
    if counts.visits.is_multiple_of(6) {
        deeds.extend(matter(office, household, phrases, counts, rng));
    }
    deeds
}

fn matter(office: &Office, household: String, phrases: &Phrases, counts: &mut Counts, rng: &mut ChaCha8Rng) -> Vec<Deed> {
    let slip = office.slips.get(counts.matters as usize).map_or_else(String::new, |slip| slip.code.clone());
    counts.matters += 1;
    let categories = phrases.categories();
    let category = categories[rng.random_range(0..categories.len())].clone();
    let affected = Affected::ALL[rng.random_range(0..3)];
    let text = phrases.complaint(&category, rng);
    let new = NewMatter {
        kind: "complaint".into(),
        channel: "door".into(),
        // What needs papers is an errand that its officer runs.
        errand: category == "old_age_allowance",
        category,
        text,
        household,
        community: COMMUNITY.into(),
        affected: affected.word().into(),
        slip,
        ..NewMatter::default()
    };
    let mut deeds = vec![Deed::Matter(new)];
    if counts.matters.is_multiple_of(2) {
        deeds.push(Deed::MatterFile((1 << 32) + counts.matters / 2));
    }
    if counts.matters.is_multiple_of(3) {
        deeds.push(Deed::Note(phrases.note(rng)));
    }
    if counts.matters.is_multiple_of(5) {
        deeds.push(Deed::Solve(phrases.solved(rng)));
    }
    deeds
}

/// Two officers of one grid write a different remark on one household that nobody edited before.
fn pair(office: &Office, day: u16, edited: &mut std::collections::BTreeSet<String>, phrases: &Phrases, rng: &mut ChaCha8Rng) -> Option<[(usize, Deed); 2]> {
    // The phone that is killed on Wednesday, the one restored and the one lost on Thursday have accidents enough.
    let free = |o: &usize| !matches!((day, *o), (2, KILLED) | (3, LOST) | (2.., RESTORED));
    for _ in 0..200 {
        let (household, grid) = &office.households[rng.random_range(0..office.households.len())];
        let mut there: Vec<usize> = (0..office.officers.len()).filter(free).filter(|o| office.officers[*o].1.contains(grid)).collect();
        if there.len() < 2 || edited.contains(household) {
            continue;
        }
        there.shuffle(rng);
        let first = phrases.household_note(rng);
        let second = std::iter::repeat_with(|| phrases.household_note(rng)).take(50).find(|n| *n != first)?;
        edited.insert(household.clone());
        // With the day in it the remark differs from the office's.
        let remark = |note| Deed::Remark { household: household.clone(), note: format!("第{}天：{note}", day + 1) };
        return Some([(there[0], remark(first)), (there[1], remark(second))]);
    }
    None
}
