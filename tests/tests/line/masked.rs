//! Property 10: what everybody may read of a matter holds none of its names, telephones, identity numbers and rooms.

use std::collections::BTreeMap;

use minqing_core::{
    Id,
    model::{Address, Category, Channel, EventCode as E, HandlingType, MatterKind, Solved},
    public::{Known, Person, PublicMatter, is_never_public, public_view},
};
use minqing_tests::{
    line::{
        Case,
        people::{CLERK, HANDLER, LEAD},
        words::{accept, plain, result},
    },
    world::{Names, person},
};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What the office wrote for everybody.
const CLEAN: [&str; 3] = ["路灯已修好，请放心通行。", "已请专业队伍处理，9月20日前完成。", "情况属实，已列入计划。"];
const DEPARTMENT: &str = "城管办";
const ESTATE: &str = "福利路小区";

/// A matter with all that is known of it.
struct Story {
    case: Case,
    address: Address,
    living: Vec<(String, u16)>,
    texts: BTreeMap<Id, String>,
    public: bool,
}

impl Story {
    /// Handled, passed by the lead, and shown after two had read the text.
    fn shown(category: Category, living: &[(&str, u16)]) -> Self {
        let mut case = Case::in_hand("2026-09-14 09:00", category, accept(HandlingType::Promised));
        let written = case.does(HANDLER, result(Solved::Yes));
        case.does(LEAD, plain(E::Pass));
        let draft = case.does(CLERK, plain(E::DraftPublic));
        case.does(LEAD, plain(E::ApprovePublic));
        case.does(CLERK, plain(E::ShowPublic));
        let texts = BTreeMap::from([(written, CLEAN[0].to_owned()), (draft, CLEAN[1].to_owned())]);
        let address = Address { estate: ESTATE.into(), building: "3号楼".into(), room: "502".into(), ..Address::default() };
        Self { case, address, living: living.iter().map(|(name, year)| ((*name).to_owned(), *year)).collect(), texts, public: true }
    }

    fn view(&self) -> Option<PublicMatter> {
        let living: Vec<Person<'_>> = self.living.iter().map(|(name, birth_year)| Person { name, birth_year: *birth_year }).collect();
        let text_of = |event: Id| self.texts.get(&event).cloned().unwrap_or_default();
        let known = Known {
            matter: self.case.m(),
            public: self.public,
            kind: Some(MatterKind::Complaint),
            channel: Some(Channel::Door),
            received_ms: self.case.now_ms,
            due_ms: Some(self.case.now_ms),
            department: Some(DEPARTMENT),
            address: Some(&self.address),
            raised_by: Person::of_door(&living),
            text_of: &text_of,
            reply_of: &text_of,
            copies: &[],
            since_ms: self.case.now_ms,
        };
        public_view(&known, self.case.now_ms)
    }

    fn raised_by(&self) -> Option<String> {
        self.view().unwrap().raised_by.map(|name| name.as_str().to_owned())
    }
}

/// What must not be read by everybody.
struct Secrets {
    names: Vec<String>,
    phone: String,
    identity: String,
    room: String,
}

/// A story that is full of it wherever somebody may type.
fn told(rng: &mut impl Rng, names: &Names) -> (Story, Secrets) {
    let category = Category::ALL[rng.random_range(0..Category::ALL.len())];
    let residents: Vec<_> = (0..rng.random_range(1..4)).map(|_| person(names, rng)).collect();
    let living: Vec<(&str, u16)> =
        residents.iter().map(|r| (r.name.full.as_str(), [r.birth_year, rng.random_range(2005..2027), 0][rng.random_range(0..3)])).collect();
    let mut story = Story::shown(category, &living);
    let phone = residents[0].phone.clone();
    let identity = format!("620102{}0101{:04}", residents[0].birth_year, rng.random_range(0..10_000));
    let room = format!("{}{:02}", rng.random_range(1..19), rng.random_range(1..5));
    let building = ["3号楼".to_owned(), format!("3号楼{room}"), format!("3-2-{room}室"), "3号楼2单元".into()][rng.random_range(0..4)].clone();
    let estate = [ESTATE.to_owned(), format!("{ESTATE}{room}"), format!("{ESTATE}{}", phone.replace(' ', "")), String::new()][rng.random_range(0..4)].clone();
    let (stairwell, floor, lane, door) = (format!("{room}单元"), room.clone(), phone.clone(), room.clone());
    story.address = Address { estate, building, stairwell, floor, room: room.clone(), lane, door, ..Address::default() };
    // Whatever was written for another event than the two that were approved.
    let words = format!("{}住{room}，电话{phone}，身份证{identity}", living[0].0);
    let others: Vec<Id> = story.case.events.iter().map(|event| event.id).filter(|id| !story.texts.contains_key(id)).collect();
    story.texts.extend(others.into_iter().map(|id| (id, words.clone())));
    story.public = rng.random_ratio(3, 4);
    let names = residents.iter().map(|r| r.name.full.clone()).collect();
    (story, Secrets { names, phone, identity, room })
}

fn held(view: &PublicMatter, secrets: &Secrets) -> Vec<String> {
    let mut json = serde_json::to_value(view).unwrap();
    json["id"].take();
    let json = json.to_string();
    let digits = |text: &str| text.split(|c: char| !c.is_ascii_digit()).map(str::to_owned).collect::<Vec<_>>();
    let plain = [&secrets.phone, &secrets.identity].into_iter().chain(&secrets.names);
    let mut held: Vec<String> = plain.filter(|secret| json.contains(*secret) || json.contains(&secret.replace(' ', ""))).cloned().collect();
    held.extend(digits(&json).into_iter().filter(|run| *run == secrets.room || run.len() >= 7));
    held
}

#[test]
fn property_10_the_public_view_of_a_random_matter_holds_nothing_personal() {
    let names = Names::load(&[CLEAN[0], CLEAN[1], CLEAN[2], DEPARTMENT, ESTATE]);
    let mut rng = ChaCha8Rng::seed_from_u64(10);
    let (mut shown, mut named, mut placed) = (0, 0, 0);
    for turn in 0..1_500 {
        let (story, secrets) = told(&mut rng, &names);
        let view = story.view();
        let category = story.case.m().about.category.unwrap();
        assert_eq!(view.is_some(), story.public && !is_never_public(category), "{turn}: {}", category.word());
        let Some(view) = view else { continue };
        assert_eq!(held(&view, &secrets), [""; 0], "{turn}: {view:?}");
        assert_eq!((view.text.as_ref().unwrap().as_str(), view.reply.as_ref().unwrap().as_str()), (CLEAN[1], CLEAN[0]));
        shown += 1;
        named += u32::from(view.raised_by.is_some());
        placed += u32::from(view.place.is_some_and(|place| !place.building().is_empty()));
    }
    assert!(shown > 300 && named > 30 && placed > 30, "{shown} shown, {named} with a name, {placed} with a building");
}

#[test]
fn the_surname_of_the_only_one_who_lives_there_and_is_of_age() {
    let by = |living: &[(&str, u16)]| Story::shown(Category::Sanitation, living).raised_by();
    assert_eq!(by(&[("欧阳文", 1990)]).as_deref(), Some("欧阳**"));
    assert_eq!(by(&[("王", 1990)]).as_deref(), Some("王**"));
    assert_eq!(by(&[("王梅", 2007)]).as_deref(), Some("王**"));
    assert_eq!(by(&[("王梅", 2008)]), None, "perhaps seventeen still");
    assert_eq!(by(&[("王梅", 2015)]), None, "a child");
    assert_eq!(by(&[("王梅", 0)]), None, "nobody knows");
    assert_eq!(by(&[("王梅", 1990), ("欧阳文", 1988)]), None, "nobody knows which of them");
    assert_eq!(by(&[]), None);
}

#[test]
fn what_is_sensitive_a_quarrel_or_about_safety_is_never_shown_one_by_one() {
    for category in [Category::Health, Category::Relief, Category::Housing, Category::Family, Category::Mediation, Category::Safety] {
        assert_eq!(Story::shown(category, &[]).view(), None, "{}, though the office has set it public", category.word());
    }
    let mut story = Story::shown(Category::Culture, &[]);
    assert!(story.view().is_some());
    story.public = false;
    assert_eq!(story.view(), None, "the office has set it");
}

#[test]
fn only_what_is_shown_now_and_only_texts_that_two_have_read() {
    let mut story = Story::shown(Category::Sanitation, &[]);
    story.case.does(CLERK, plain(E::TakeDownPublic));
    assert_eq!(story.view(), None);
    story.case.does(CLERK, plain(E::ShowPublic));
    assert!(story.view().is_some());

    // Settled on the spot: nobody else has read what was written for the resident.
    let mut case = Case::registered("2026-09-14 09:00", Category::Sanitation);
    let settled = case.does(CLERK, plain(E::SolveOnSpot));
    case.does(CLERK, plain(E::DraftPublic));
    let mut alone = Story { case, ..Story::shown(Category::Sanitation, &[]) };
    alone.texts.insert(settled, "王梅家已修好".into());
    assert_eq!(alone.view(), None, "only drafted");
    alone.case.does(LEAD, plain(E::ApprovePublic));
    assert_eq!(alone.view(), None, "only approved");
    alone.case.does(CLERK, plain(E::ShowPublic));
    assert_eq!(alone.view().unwrap().reply, None);

    // Sent back: what the lead did not find good is no reply.
    let mut case = Case::in_hand("2026-09-14 09:00", Category::Sanitation, accept(HandlingType::Promised));
    case.does(HANDLER, result(Solved::Yes));
    assert_eq!(case.m().result.as_ref().unwrap().passed, None);
    case.does(LEAD, plain(E::SendBack));
    assert_eq!(case.m().result.as_ref().unwrap().passed, None);
    case.does(HANDLER, result(Solved::Yes));
    case.does(LEAD, plain(E::Pass));
    assert_eq!(case.m().result.as_ref().unwrap().passed, Some(LEAD.id));
}
