//! A matter that somebody at the office registers (T1): words, event and verdict in one transaction, in the office's own name; and what follows
//! at once, where it is settled on the spot or goes with another.

use minqing_core::{
    Id,
    clock::At,
    document::{
        Doc, DocKind,
        matter::{Home, put_text},
    },
    envelope::{Item, ItemKind},
    event::{Event, Other, Register, Said},
    ids::actor,
    model::{Category, EventCode, NewMatter, Role},
    pipeline::Judgement,
};

use super::{
    act::{note_hand, refusal},
    timers::keep,
    verdict::{Case, give_own},
};
use crate::{
    app::App,
    fault::Fault,
    storage::{
        StoreError,
        log::{DocumentHead, KeptMatter, StreamId},
    },
    sync::{Applying, SERVER, append_shared, card_in, desk, in_one, share_like_household, show_new_matter},
};

/// What follows a registration at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// Nothing: it waits to be accepted.
    Waits,
    /// It was settled on the spot, as is said here.
    Settled(String),
    /// It goes with this matter.
    Follows(Id),
}

/// A matter that is registered at the office.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Its id, from a clock: sent twice, it is registered once.
    pub id: Id,
    /// The community of the desk.
    pub community: String,
    /// Who registers it, and in which role.
    pub by: Id,
    /// See `by`.
    pub role: Role,
    /// What it is about.
    pub new: NewMatter,
    /// The residents' code, eight characters.
    pub code: String,
    /// What follows at once.
    pub then: Then,
}

/// Registers it.
///
/// # Errors
/// What [`NewMatter::check`] says; `household.unknown`, also for one of another community; `matter.registered` where this id is there already;
/// `line.refused` with the word of a refusal where what follows is refused, and then nothing was written; `change.too_large`, `store.failed`.
pub fn register(app: &App, r: &Registration) -> Result<(), Fault> {
    r.new.check()?;
    let household = if r.new.household.is_empty() { None } else { Some(r.new.household.parse()?) };
    let payload = Register::of(&r.new, household, r.code.clone())?;
    let mut refused = None;
    in_one(app, &mut |a| {
        let (home, stream) = home(a, r, household)?;
        if a.unit.matter(r.id)?.is_some() || a.unit.document_head(r.id)?.is_some() || a.unit.appointment(r.id)?.is_some() {
            return Err(StoreError::Refused("matter.registered"));
        }
        let mut kept = KeptMatter::new(stream, r.by);
        let (event, settled) = (a.pen.id(a.entropy, a.now_ms), a.pen.id(a.entropy, a.now_ms));
        share_like_household(a, stream, r.id, household)?;
        write_texts(a, r, &home, stream, (event, settled))?;
        let registered = Said::Register(payload.clone());
        refused = happen(a, &mut kept, r, (event, EventCode::Register, &registered))?;
        a.unit.bind_slip(&r.code, r.id, a.now_ms)?;
        let next = match &r.then {
            Then::Waits => None,
            Then::Settled(_) => Some((settled, EventCode::SolveOnSpot, Said::Nothing)),
            Then::Follows(master) => Some((settled, EventCode::Merge, Said::Other(Other { matter: *master }))),
        };
        if let Some((id, code, said)) = next.filter(|_| refused.is_none()) {
            refused = happen(a, &mut kept, r, (id, code, &said))?;
        }
        if refused.is_some() { Err(StoreError::Refused("line.refused")) } else { note_hand(a, r.id, r.by, r.role) }
    })
    .map_err(|e| refused.unwrap_or_else(|| e.into()))
}

/// Where it belongs: by its document, and by the log.
fn home(a: &mut Applying<'_>, r: &Registration, household: Option<Id>) -> Result<(Home, StreamId), StoreError> {
    let home = Home::of(Category::from_word(&r.new.category), household, &r.community);
    // What lies at the desk is of a door of the same community all the same.
    let card = household.map(|household| card_in(a, household, &r.community)).transpose()?;
    if let (Home::Household(_), Some(card)) = (&home, card) {
        return Ok((home, card));
    }
    let desk = a.unit.stream(&desk(&r.community))?.ok_or_else(|| StoreError::Unknown { what: "community", id: r.community.clone() })?;
    Ok((home, desk))
}

/// Puts what was said into the matter's document.
fn write_texts(a: &mut Applying<'_>, r: &Registration, home: &Home, stream: StreamId, (event, settled): (Id, Id)) -> Result<(), StoreError> {
    let mut doc = Doc::empty();
    let place = Some(r.new.place.as_str()).filter(|place| !place.is_empty());
    let change = doc.change(actor(SERVER, a.pen.opening()), a.now_ms / 1000, |w| {
        put_text(w, home, event, Some(&r.new.text), place)?;
        match &r.then {
            Then::Settled(how) => put_text(w, home, settled, Some(how), None),
            Then::Waits | Then::Follows(_) => Ok(()),
        }
    });
    let Some(bytes) = change.map_err(|_| StoreError::Refused("change.too_large"))? else { return Ok(()) };
    let item = Item { kind: ItemKind::Change.number(), doc: r.id, bytes };
    append_shared(a.unit, stream, &a.pen.row(&item, a.now_ms))?;
    a.unit.keep_document(r.id, &DocumentHead { kind: DocKind::Matter, stream, creator: r.by, version: 0 }, &doc.save())
}

/// Judges and logs one event of it; why it is refused, if it is.
fn happen(a: &mut Applying<'_>, kept: &mut KeptMatter, r: &Registration, (id, code, said): (Id, EventCode, &Said)) -> Result<Option<Fault>, StoreError> {
    let at = At::by_server(a.now_ms);
    let event = Event { id, code: code.number(), by: r.by, role: r.role.number(), at, saw: kept.judged, after: None, payload: said.encode() };
    let case = Case { id: r.id, event: &event, done_at: a.now_ms, works_for: &[] };
    if let Judgement::Refused { code, .. } = give_own(a, kept, &case)? {
        return Ok(Some(refusal(code)));
    }
    show_new_matter(a, &case, kept)?;
    keep(a, r.id, kept)?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use minqing_core::model::{Address, NewHousehold};

    use super::*;
    use crate::{
        rebuild, slip,
        sync::add_households,
        testing::{COMMUNITY, World},
    };

    fn complaint(household: &str, text: &str) -> NewMatter {
        let community = if household.is_empty() { COMMUNITY } else { "" };
        let [kind, channel, category, affected] = ["complaint", "hall", "utilities", "household"].map(str::to_owned);
        NewMatter { kind, channel, category, affected, text: text.into(), household: household.into(), community: community.into(), ..NewMatter::default() }
    }

    fn registration(world: &World, new: NewMatter, code: &str, then: Then) -> Registration {
        let id = world.app.pen.id(&*world.app.entropy, world.app.clock.now_ms());
        Registration { id, community: COMMUNITY.into(), by: Id([9; 16]), role: Role::Clerk, new, code: code.into(), then }
    }

    fn door(world: &World) -> String {
        let address = Address { community: COMMUNITY.into(), building: "3".into(), stairwell: "2".into(), room: "501".into(), ..Address::default() };
        let new = NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() };
        add_households(&world.app, &[new]).unwrap()[0].0.to_string()
    }

    fn state(world: &World, id: Id) -> String {
        world.store().matter_row(id).unwrap().map_or_else(String::new, |row| row.state)
    }

    #[test]
    fn what_the_office_registers_stands_on_the_line_as_what_phones_bring() {
        let world = World::open();
        let door = door(&world);
        let made = slip::make(&world.app, COMMUNITY, 1).unwrap().remove(0);
        let one = registration(&world, complaint(&door, "楼道灯不亮"), &made.code, Then::Waits);
        register(&world.app, &one).unwrap();
        assert_eq!(register(&world.app, &one).unwrap_err().code, "matter.registered", "sent twice, it is there once");
        let row = world.store().matter_row(one.id).unwrap().unwrap();
        assert_eq!((row.text.as_str(), row.state.as_str(), row.channel.as_str(), row.code), ("楼道灯不亮", "registered", "hall", made.code.clone()));
        assert_eq!(world.store().slip(&made.code).unwrap().unwrap().matter, Some(one.id));

        let settled = registration(&world, complaint("", "问几点开门"), "K7021151", Then::Settled("告诉了".into()));
        register(&world.app, &settled).unwrap();
        let follows = registration(&world, complaint(&door, "灯坏了"), "K7021152", Then::Follows(one.id));
        register(&world.app, &follows).unwrap();
        assert_eq!([settled.id, follows.id].map(|id| state(&world, id)), ["feedback", "merged"]);
        let report = rebuild::check(world.store()).unwrap();
        assert!(report.is_good(), "{report:?}");
    }

    #[test]
    fn what_cannot_follow_leaves_nothing() {
        let world = World::open();
        let one = registration(&world, complaint(&door(&world), "楼道灯不亮"), "K7021150", Then::Waits);
        register(&world.app, &one).unwrap();
        // Of no door, and so not beside it.
        let other = registration(&world, complaint("", "灯坏了"), "K7021151", Then::Follows(one.id));
        let refused = register(&world.app, &other).unwrap_err();
        assert_eq!((refused.code, state(&world, other.id).as_str()), ("line.refused", ""));
        let nowhere = registration(&world, complaint(&Id([7; 16]).to_string(), "x"), "K7021152", Then::Waits);
        assert_eq!(register(&world.app, &nowhere).unwrap_err().code, "household.unknown");
        assert_eq!(register(&world.app, &registration(&world, complaint("", ""), "K7021153", Then::Waits)).unwrap_err().code, "text.empty");
        let report = rebuild::check(world.store()).unwrap();
        assert!(report.is_good(), "{report:?}");
    }

    #[test]
    fn a_sensitive_one_lies_at_the_desk_and_none_at_another_communitys_door() {
        let world = World::open();
        let door = door(&world);
        let of = |category: &str| NewMatter { category: category.into(), ..complaint(&door, "请帮忙") };
        let [open, sensitive] = ["utilities", "relief"].map(|category| registration(&world, of(category), "K7021150", Then::Waits));
        register(&world.app, &open).unwrap();
        register(&world.app, &sensitive).unwrap();
        let home = |id| world.store().document(id).unwrap().unwrap().head.stream;
        assert_ne!(home(open.id), home(sensitive.id));
        let elsewhere = |new| Registration { community: "620102001002".into(), ..registration(&world, new, "K7021151", Then::Waits) };
        assert_eq!(register(&world.app, &elsewhere(of("utilities"))).unwrap_err().code, "household.unknown");
        let nowhere = NewMatter { community: "620102001002".into(), ..complaint("", "请帮忙") };
        assert_eq!(register(&world.app, &elsewhere(nowhere)).unwrap_err().code, "community.unknown");
        assert!(rebuild::check(world.store()).unwrap().is_good());
    }
}
