//! Notices: written by the office and taken back by it, in its community's commons, which every phone of the community takes.

use minqing_core::{
    Id,
    document::{
        DocKind,
        notice::{notice_id, put, withdraw},
    },
    model::{MAX_OPEN_NOTICES, Notice},
};

use super::commons::{read, write};
use crate::{app::App, fault::Fault};

/// Largest notice that is read, in bytes.
const MAX_BYTES: usize = 16 << 10;

/// Reads a notice as it lies in a file.
///
/// # Errors
/// `notice.malformed`, and what [`Notice::check`] says.
pub fn read_notice(text: &str) -> Result<Notice, Fault> {
    let notice: Notice = read(text, MAX_BYTES, "notice.malformed")?;
    notice.check()?;
    Ok(notice)
}

/// Gives a community a notice; returns its id and whether it was new.
///
/// # Errors
/// What [`Notice::check`] says; `notice.withdrawn` for one that was taken back, `notice.too_many`; `community.unknown`, `store.failed`.
pub fn add_notice(app: &App, community: &str, notice: &Notice) -> Result<(Id, bool), Fault> {
    notice.check()?;
    let id = notice_id(community, notice)?;
    let today = minqing_core::clock::local_date(app.clock.now_ms());
    let all = app.store.notices(community)?;
    let open = all.iter().filter(|n| !n.withdrawn && !n.notice.is_over(today)).count();
    if open >= MAX_OPEN_NOTICES && all.iter().all(|n| n.id != id) {
        return Err(Fault::new("notice.too_many", ""));
    }
    let added = write(app, community, (DocKind::Notice, id), |w, now| put(w, now, community, notice))?;
    Ok((id, added))
}

/// Takes a notice back, of `community` only where one is named; whether it was still told.
///
/// # Errors
/// `notice.unknown`, `store.failed`.
pub fn withdraw_notice(app: &App, community: Option<&str>, id: Id) -> Result<bool, Fault> {
    let known = app.store.notice(id)?.filter(|known| community.is_none_or(|community| known.community == community));
    let known = known.ok_or_else(|| Fault::new("notice.unknown", id.to_string()))?;
    write(app, &known.community, (DocKind::Notice, id), |w, _| withdraw(w))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        rebuild,
        testing::{COMMUNITY, World},
    };

    const EXAMPLE: &str = include_str!("../../data/notices/old_age_allowance.json");

    #[test]
    fn a_notice_is_added_once_and_taken_back_for_good() {
        let world = World::open();
        let mut notice = read_notice(EXAMPLE).unwrap();
        let (id, added) = add_notice(&world.app, COMMUNITY, &notice).unwrap();
        assert!(added && add_notice(&world.app, COMMUNITY, &notice).unwrap() == (id, false));
        assert_eq!(add_notice(&world.app, "999999999999", &notice).unwrap_err().code, "community.unknown");
        let kept = || world.store().notice(id).unwrap().map(|n| (n.community, n.notice, n.withdrawn));
        assert_eq!(kept(), Some((COMMUNITY.into(), notice.clone(), false)));
        assert_eq!(withdraw_notice(&world.app, Some("620102001002"), id).unwrap_err().code, "notice.unknown", "of another community");
        assert_eq!(withdraw_notice(&world.app, None, Id([9; 16])).unwrap_err().code, "notice.unknown");
        assert!(withdraw_notice(&world.app, Some(COMMUNITY), id).unwrap() && !withdraw_notice(&world.app, None, id).unwrap());
        assert!(kept().unwrap().2);
        assert_eq!(add_notice(&world.app, COMMUNITY, &notice).unwrap_err().code, "notice.withdrawn");
        notice.min_age = Some(90);
        assert!(add_notice(&world.app, COMMUNITY, &notice).unwrap().1, "other words are another notice");
        assert_eq!(world.store().notices(COMMUNITY).unwrap().len(), 2);
        assert!(rebuild::check(world.store()).unwrap().is_good());
    }

    #[test]
    fn only_so_many_are_open_at_a_time() {
        let world = World::open();
        let numbered = |n: usize| Notice { min_age: Some(u16::try_from(n).unwrap()), ..read_notice(EXAMPLE).unwrap() };
        let first = add_notice(&world.app, COMMUNITY, &numbered(0)).unwrap().0;
        (1..MAX_OPEN_NOTICES).for_each(|n| assert!(add_notice(&world.app, COMMUNITY, &numbered(n)).unwrap().1));
        let add = |notice: &Notice| add_notice(&world.app, COMMUNITY, notice).map(|(_, added)| added).map_err(|fault| fault.code);
        assert_eq!(add(&numbered(MAX_OPEN_NOTICES)), Err("notice.too_many"));
        assert_eq!(add(&numbered(0)), Ok(false), "it is there");
        withdraw_notice(&world.app, None, first).unwrap();
        assert_eq!(add(&numbered(MAX_OPEN_NOTICES)), Ok(true));
        world.clock.turn(60 * 24 * 3_600_000);
        assert_eq!(add(&Notice { until: "2026-12-31".into(), ..numbered(0) }), Ok(true), "the others are over");
    }

    #[test]
    fn what_is_no_notice_is_refused_by_its_place() {
        let refused = |text: &str| read_notice(text).map_err(|f| (f.code, f.what)).unwrap_err();
        assert_eq!(refused("{\n \"title\": 5}"), ("notice.malformed", "2:11".into()));
        assert_eq!(refused(&EXAMPLE.replace("2026-10-31", "2026-08-31")), ("notice.period", "until".into()));
        assert_eq!(refused(&" ".repeat(MAX_BYTES + 1)).0, "notice.malformed");
    }
}
