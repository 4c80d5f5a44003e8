//! From a shown matter as it is kept to what everybody may read of it.

use minqing_core::{
    Id,
    model::{Category, Channel, Clock, MatterKind},
    public::{CoveredCopy, Known, Person, PublicMatter, public_view},
};

use crate::{
    projection::newest,
    settings::Rules,
    storage::{Board, Boards, OnBoard, Result},
};

/// What everybody may read of a matter at an instant, by the rules in force; `None` where that is nothing.
pub fn view(kept: &OnBoard, rules: &Rules, now_ms: i64) -> Option<PublicMatter> {
    let category = Category::from_word(&kept.row.category)?;
    let text_of = |event: Id| kept.texts.iter().find(|text| text.event == event.0).map(|text| text.text.clone()).unwrap_or_default();
    let due_ms = kept.matter.clocks.get(Clock::Handling).and_then(|running| running.due_ms(rules.calendar_for(running)));
    let alone = kept.alone.as_ref().map(|(name, birth_year)| Person { name, birth_year: *birth_year });
    let copies: Vec<CoveredCopy> = newest(&kept.covers).filter_map(|cover| cover.sha256.map(|sha256| CoveredCopy { sha256, made_ms: cover.at_ms })).collect();
    let known = Known {
        matter: &kept.matter,
        public: rules.category(category).rule.public,
        kind: MatterKind::from_word(&kept.row.kind),
        channel: Channel::from_word(&kept.row.channel),
        received_ms: kept.row.at_ms,
        due_ms,
        department: kept.department.as_deref(),
        address: kept.address.as_ref(),
        raised_by: alone.as_slice().first().copied(),
        text_of: &text_of,
        reply_of: &text_of,
        copies: &copies,
        since_ms: if kept.until.shown_ms == 0 { now_ms } else { kept.until.shown_ms },
    };
    public_view(&known, now_ms)
}

/// All that everybody may read, each beside its matter: for a proof.
///
/// # Errors
/// `store.failed`, `store.damaged`.
pub fn everything(store: &(impl Boards + ?Sized), rules: &Rules, now_ms: i64) -> Result<Vec<(Id, PublicMatter)>> {
    let all = Board { categories: rules.public_categories(), community: None, after: None, limit: u32::MAX };
    let kept = store.board(&all)?;
    Ok(kept.iter().filter_map(|kept| Some((kept.matter.id, view(kept, rules, now_ms)?))).collect())
}
