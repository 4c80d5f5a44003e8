//! A matter that is registered at the server itself: in the electronic letter box, at a window, on the telephone. It lies in the log like one
//! that a phone brought.

use minqing_core::{
    Id,
    clock::At,
    document::{
        Doc, DocKind,
        matter::{Home, put_text},
    },
    envelope::{Item, ItemKind},
    event::{Event, Register},
    frame::to_cbor,
    ids::{actor, crockford},
    model::{CODE_LENGTH, Category, EventCode, NewMatter, Role},
    pipeline::Judgement,
};

use super::{
    apply::Applying,
    event::{bind_slip, show_new},
    moved::card_of,
    pen::SERVER,
    place::desk,
    share,
    trial::Trials,
};
use crate::{
    app::App,
    entropy::bytes,
    fault::Fault,
    pipeline::{Case, Told, give, keep},
    projection::community_of,
    storage::{
        Result, StoreError,
        log::{DocumentHead, KeptMatter, StreamId},
    },
};

/// Who registers a matter, for which community, and under which id: the same id sent twice is registered once.
#[derive(Clone, Debug)]
pub struct Registering {
    /// The matter, an id made from a clock.
    pub matter: Id,
    /// Who.
    pub by: Id,
    /// In which role.
    pub role: Role,
    /// The community's 12 digits.
    pub community: String,
}

/// Registers it; its code is that of `new.slip`, which is bound to it where it is a slip's and free, or a fresh one. Returns the code.
///
/// # Errors
/// What [`NewMatter::check`] says; `household.unknown`, also for one of another community; `community.unknown`; `line.refused` with the word
/// of a [`minqing_core::model::RefusalCode`], `already_registered` for an id that is there already: then nothing was written; `store.failed`.
pub fn register(app: &App, who: &Registering, new: &NewMatter) -> std::result::Result<String, Fault> {
    new.check()?;
    let household = if new.household.is_empty() { None } else { Some(new.household.parse()?) };
    let code = new.slip_code()?.unwrap_or_else(|| crockford(&bytes::<CODE_LENGTH>(&*app.entropy)));
    let payload = Register::of(new, household, code.clone())?;
    let now_ms = app.clock.now_ms();
    let event = Event {
        id: app.pen.id(&*app.entropy, now_ms),
        code: EventCode::Register.number(),
        by: who.by,
        role: who.role.number(),
        at: At::by_server(now_ms),
        saw: 0,
        after: None,
        payload: to_cbor(&payload),
    };
    let mut refused = None;
    let done = app.store.apply(&mut |unit| {
        let mut trials = Trials::default();
        let mut a = Applying::new(app, unit, &mut trials, now_ms);
        let home = Home::of(Category::from_number(payload.category), household, &who.community);
        let stream = stream_of(&mut a, &home, household, &who.community)?;
        let mut kept = match a.unit.matter(who.matter)? {
            Some(kept) => kept,
            None => KeptMatter::new(stream, who.by),
        };
        let is_new = kept.matter.is_none();
        if is_new {
            share::like_household(&mut a, stream, who.matter, household)?;
            write(&mut a, (who, stream), (&home, event.id), new)?;
        }
        let item = Item { kind: ItemKind::Event.number(), doc: who.matter, bytes: event.encode() };
        let entry = a.pen.row(&item, now_ms);
        let case = Case { id: who.matter, event: &event, done_at: now_ms, works_for: &[] };
        if let Judgement::Refused { code, .. } = give(&mut a, &mut kept, &case, &entry, Told::Nobody)? {
            refused = Some(Fault::new("line.refused", code.word()));
            return Err(StoreError::Refused("line.refused"));
        }
        bind_slip(&mut a, who.matter, &event)?;
        show_new(&mut a, &case, &kept)?;
        keep(&mut a, who.matter, &kept)
    });
    done.map_err(|e| refused.unwrap_or_else(|| e.into()))?;
    Ok(code)
}

/// Where the matter belongs.
fn stream_of(a: &mut Applying<'_>, home: &Home, household: Option<Id>, community: &str) -> Result<StreamId> {
    if let Some(household) = household {
        let card = card_of(a, household)?;
        if community_of(&a.unit.stream_name(card)?) != community {
            return Err(StoreError::Unknown { what: "household", id: household.to_string() });
        }
        if matches!(home, Home::Household(_)) {
            return Ok(card);
        }
    }
    a.unit.stream(&desk(community))?.ok_or_else(|| StoreError::Unknown { what: "community", id: community.to_owned() })
}

/// Writes what was said, and where, as the first change of the matter's document.
fn write(a: &mut Applying<'_>, (who, stream): (&Registering, StreamId), (home, event): (&Home, Id), new: &NewMatter) -> Result<()> {
    if a.unit.document_head(who.matter)?.is_some() {
        return Err(StoreError::Refused("document.malformed"));
    }
    let mut doc = Doc::empty();
    let place = Some(new.place.as_str()).filter(|place| !place.is_empty());
    let change = doc.change(actor(SERVER, a.pen.opening()), a.now_ms / 1000, |w| put_text(w, home, event, Some(&new.text), place));
    let Some(bytes) = change.map_err(|_| StoreError::Refused("change.too_large"))? else { return Ok(()) };
    let item = Item { kind: ItemKind::Change.number(), doc: who.matter, bytes };
    share::append(a.unit, stream, &a.pen.row(&item, a.now_ms))?;
    a.unit.keep_document(who.matter, &DocumentHead { kind: DocKind::Matter, stream, creator: who.by, version: 0 }, &doc.save())
}

#[cfg(test)]
mod tests {
    use minqing_core::model::{Address, NewHousehold};

    use super::*;
    use crate::{
        rebuild, slip,
        sync::add_households,
        testing::{COMMUNITY, MORNING, World},
    };

    fn new(category: &str) -> NewMatter {
        NewMatter {
            kind: "complaint".into(),
            channel: "platform".into(),
            category: category.into(),
            text: "楼道灯不亮".into(),
            place: "3 号楼 2 单元".into(),
            community: COMMUNITY.into(),
            affected: "stairwell".into(),
            ..NewMatter::default()
        }
    }

    fn who(n: u8) -> Registering {
        let matter = Id::timed(MORNING, &[n; 10]);
        Registering { matter, by: Id::resident(matter), role: Role::Resident, community: COMMUNITY.into() }
    }

    #[test]
    fn it_stands_on_the_line_with_its_words_and_its_slip_and_the_log_says_the_same() {
        let world = World::open();
        let made = slip::make(&world.app, COMMUNITY, 1).unwrap().remove(0);
        let told = NewMatter { slip: made.code.clone(), ..new("utilities") };
        assert_eq!(register(&world.app, &who(1), &told).unwrap(), made.code);
        let row = world.store().matter_row(who(1).matter).unwrap().unwrap();
        assert_eq!((row.text.as_str(), row.place.as_str(), row.state.as_str(), row.code.as_str()), ("楼道灯不亮", "3 号楼 2 单元", "registered", &*made.code));
        assert_eq!(world.store().slip(&made.code).unwrap().unwrap().matter, Some(who(1).matter));
        let again = register(&world.app, &who(1), &told).unwrap_err();
        assert_eq!((again.code, again.what.as_str()), ("line.refused", "already_registered"));
        let report = rebuild::check(world.store()).unwrap();
        assert!(report.is_good(), "{report:?}");
    }

    #[test]
    fn at_a_door_it_lies_with_the_door_and_a_sensitive_one_at_the_desk() {
        let world = World::open();
        let address = Address { community: COMMUNITY.into(), room: "501".into(), ..Address::default() };
        let card = NewHousehold { grid: format!("{COMMUNITY}001"), address, ..NewHousehold::default() };
        let (household, _) = add_households(&world.app, &[card]).unwrap()[0];
        let at_door = |category| NewMatter { household: household.to_string(), community: String::new(), ..new(category) };
        register(&world.app, &who(1), &at_door("utilities")).unwrap();
        register(&world.app, &who(2), &at_door("relief")).unwrap();
        let homes = [1, 2].map(|n| world.store().document(who(n).matter).unwrap().unwrap().head.stream);
        assert_ne!(homes[0], homes[1]);
        let nowhere = NewMatter { household: Id([9; 16]).to_string(), ..at_door("utilities") };
        assert_eq!(register(&world.app, &who(3), &nowhere).unwrap_err().code, "household.unknown");
        let elsewhere = Registering { community: "620102001002".into(), ..who(3) };
        assert_eq!(register(&world.app, &elsewhere, &at_door("utilities")).unwrap_err().code, "household.unknown");
        assert_eq!(register(&world.app, &elsewhere, &new("utilities")).unwrap_err().code, "community.unknown");
        assert!(rebuild::check(world.store()).unwrap().is_good());
    }
}
