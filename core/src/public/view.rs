//! From all that is known of a matter to what everybody may read of it.

use super::{Approved, CoveredCopy, Day, DepartmentName, Person, Pictures, Place, PublicId, PublicMatter, may_be_public};
use crate::{
    Id,
    clock::local_date,
    model::{Address, Channel, Clock, MatterKind, MatterState, PublicationState},
    pipeline::Matter,
};

/// What is known of a matter, as it was typed.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The matter.
    pub matter: &'a Matter,
    /// Whether the office has set its category `public`.
    pub public: bool,
    /// What it is, as its registration says.
    pub kind: Option<MatterKind>,
    /// How it came in.
    pub channel: Option<Channel>,
    /// When it was received, milliseconds since 1970.
    pub received_ms: i64,
    /// When K3 is due, milliseconds since 1970.
    pub due_ms: Option<i64>,
    /// The name of the department that answers for it.
    pub department: Option<&'a str>,
    /// Its door.
    pub address: Option<&'a Address>,
    /// Who raised it.
    pub raised_by: Option<Person<'a>>,
    /// The text of an event: what was drafted for everybody.
    pub text_of: &'a dyn Fn(Id) -> String,
    /// The public reply of an event.
    pub reply_of: &'a dyn Fn(Id) -> String,
    /// Covered copies of its photos.
    pub copies: &'a [CoveredCopy],
    /// Since when it is shown, or would be, milliseconds since 1970.
    pub since_ms: i64,
}

/// What everybody may read at an instant; `None` unless the matter is shown, of a category that may be, and was not taken back.
pub fn public_view(known: &Known<'_>, now_ms: i64) -> Option<PublicMatter> {
    let matter = known.matter;
    let category = matter.about.category.filter(|category| may_be_public(*category, known.public))?;
    if matter.publication.state != PublicationState::Shown || matches!(matter.state, MatterState::Withdrawn | MatterState::Void) {
        return None;
    }
    Some(PublicMatter {
        id: PublicId::of(matter.id),
        category,
        kind: known.kind,
        channel: known.channel,
        stage: matter.state.stage(),
        state: matter.state,
        handling: matter.handling,
        outcome: matter.outcome,
        received: Day::of(known.received_ms),
        due: known.due_ms.map(Day::of),
        closed: matter.closed_ms.map(Day::of),
        shown: matter.clocks.get(Clock::Publicity).map(|running| Day::of(running.started_ms)),
        department: known.department.map(DepartmentName::of),
        place: known.address.map(Place::of),
        raised_by: known.raised_by.and_then(|person| person.masked(local_date(now_ms).year())),
        text: Approved::shown(matter, known.text_of),
        reply: Approved::reply(matter, known.reply_of),
        photos: Pictures::shown(known.copies, known.since_ms),
    })
}
