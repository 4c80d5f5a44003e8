//! An item's name stands for its bytes, and only the device it names can sign for it.

use minqing_core::{
    Id,
    envelope::{Envelope, Item, ItemKind, Quarantine},
    frame::MAX_ITEM,
    ids::{Device, Opening},
    wire::ItemState,
};

use super::{
    office::{document, places, rows},
    signer::{Signer, a_door, at_rest},
};

const OPENING: Opening = Opening([9; 5]);

#[test]
fn invariant_04_an_item_sent_again_is_a_duplicate_of_its_place_and_another_of_its_name_is_refused() {
    let mut sim = at_rest(41);
    let (signer, door) = (Signer::of(&mut sim, 0), a_door(&mut sim, 0));
    let item = signer.remark(&sim, OPENING, door, "狗凶");
    let first = signer.send(&mut sim, OPENING, 1, std::slice::from_ref(&item));
    let [place] = places(&sim, &item)[..] else { panic!("in the log once") };
    assert_eq!(first, [ItemState::Seq(place)]);
    let [log, inbox, unsigned] = rows(&sim);
    assert_eq!(inbox, 0, "what is in the log waits no longer");
    assert_eq!(signer.send(&mut sim, OPENING, 1, std::slice::from_ref(&item)), [ItemState::Duplicate(place)]);

    let other = signer.remark(&sim, Opening([8; 5]), door, "在家");
    let moved = Item { doc: Id([1; 16]), ..item.clone() };
    for reused in [other.clone(), moved] {
        assert_eq!(signer.send(&mut sim, OPENING, 1, &[reused]), [ItemState::Reused]);
    }
    assert_eq!(rows(&sim), [log, inbox, unsigned], "nothing of it was stored");
    assert_eq!(document(&sim, door).content().root.text("note"), "狗凶");
    // The refused words are free to come under a name of their own.
    assert!(matches!(signer.send(&mut sim, Opening([8; 5]), 1, &[other])[..], [ItemState::Seq(_)]));
    sim.settle().unwrap();
    sim.check_same_everywhere().unwrap();
}

#[test]
fn a_name_is_taken_while_its_item_waits_or_is_put_aside() {
    let mut sim = at_rest(42);
    let (signer, door) = (Signer::of(&mut sim, 0), a_door(&mut sim, 0));
    let honest = signer.remark(&sim, OPENING, door, "狗凶");
    let waits = Item { doc: Id([7; 16]), ..signer.remark(&sim, OPENING, door, "在家") };
    let broken = Item { bytes: vec![1, 2, 3], ..honest.clone() };
    let sent = [waits, broken];
    let states = signer.send(&mut sim, OPENING, 1, &sent);
    assert!(matches!(&states[..], [ItemState::Held(_), ItemState::Quarantined(Quarantine::Malformed)]), "{states:?}");
    let before = rows(&sim);
    assert_eq!(signer.send(&mut sim, OPENING, 1, &sent), states, "each is where it was");
    assert_eq!(signer.send(&mut sim, OPENING, 1, &[honest.clone(), honest]), [ItemState::Reused, ItemState::Reused]);
    assert_eq!(rows(&sim), before);
}

#[test]
fn what_its_device_did_not_sign_is_kept_aside_and_takes_no_name() {
    let mut sim = at_rest(43);
    let (victim, forger, door) = (Signer::of(&mut sim, 0), Signer::of(&mut sim, 2), a_door(&mut sim, 2));
    let item = victim.remark(&sim, OPENING, door, "不是我写的");
    let [log, inbox, _] = rows(&sim);
    let forged = Envelope { device: victim.device, ..forger.seal(OPENING, 1, std::slice::from_ref(&item)) };
    let nobody = Envelope { device: Device(victim.device.0 ^ forger.device.0), ..forger.seal(OPENING, 1, std::slice::from_ref(&item)) };
    let swapped = {
        let sealed = victim.seal(OPENING, 1, &[victim.remark(&sim, OPENING, door, "我写的")]);
        Envelope { items: vec![item.clone()], ..sealed }
    };
    for envelope in [forged, nobody, swapped] {
        assert_eq!(forger.carry(&mut sim, &envelope), [ItemState::Quarantined(Quarantine::Signature)]);
        assert_eq!(rows(&sim), [log, inbox, 1], "the bytes are kept once, under no name");
    }
    // Whoever carries it, what the device signed is taken, and under the name that the forger wanted.
    let honest = victim.seal(OPENING, 1, &[item]);
    assert!(matches!(forger.carry(&mut sim, &honest)[..], [ItemState::Seq(_)]));
}

#[test]
fn what_phones_never_write_is_put_aside_unread() {
    let mut sim = at_rest(44);
    let signer = Signer::of(&mut sim, 0);
    let log = rows(&sim)[0];
    let item = |kind, len| Item { kind, doc: Id([5; 16]), bytes: vec![0x80; len] };
    let [change, event, fact] = [ItemKind::Change, ItemKind::Event, ItemKind::Fact].map(ItemKind::number);
    let items = [item(fact, 9), item(200, 9), item(change, MAX_ITEM + 1), item(event, MAX_ITEM + 1), item(change, 0), item(event, 0)];
    let (malformed, oversize) = (ItemState::Quarantined(Quarantine::Malformed), ItemState::Quarantined(Quarantine::Oversize));
    let expected = [malformed.clone(), malformed.clone(), oversize.clone(), oversize, malformed.clone(), malformed];
    assert_eq!(signer.send(&mut sim, OPENING, 1, &items), expected);
    assert_eq!(rows(&sim), [log, items.len() as i64, 0]);
}

#[test]
fn a_request_that_unpacks_to_too_much_or_asks_for_other_streams_is_refused_as_a_whole() {
    let mut sim = at_rest(45);
    let signer = Signer::of(&mut sim, 0);
    // Three MB of zeros are a few bytes on the way; all of them are put aside where they are looked at.
    let zeros = vec![Item { kind: ItemKind::Change.number(), doc: Id([5; 16]), bytes: vec![0; 45_000] }; 70];
    let large: Vec<Envelope> = (0..3).map(|i| signer.seal(OPENING, 1 + 70 * i, &zeros)).collect();
    let honest = signer.remark(&sim, Opening([8; 5]), Id([6; 16]), "狗凶");
    let small = signer.seal(Opening([8; 5]), 1, &[honest]);
    let before = rows(&sim);
    assert_eq!(signer.ask(&mut sim, signer.streams, &large), None);
    for streams in [0, signer.streams - 1, signer.streams + 1] {
        assert_eq!(signer.ask(&mut sim, streams, std::slice::from_ref(&small)), None, "{streams} streams");
    }
    assert_eq!(rows(&sim), before, "nothing of it was stored");
    assert_eq!(signer.ask(&mut sim, signer.streams, &large[..2]).map(|states| states.len()), Some(140));
}
