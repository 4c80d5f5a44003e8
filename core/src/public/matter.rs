//! A matter as everybody may read it.

use serde::Serialize;

use super::{Approved, Day, DepartmentName, FieldClass, Masked, Pictures, Place, PublicId};
use crate::model::{Category, Channel, HandlingType, MatterKind, MatterOutcome, MatterState, Stage};

/// Declares the fields, each of a class: a `String` among them does not compile.
macro_rules! public_matter {
    ($($(#[$about:meta])* $field:ident: $class:ty,)+) => {
        /// A matter as everybody may read it: no code, no id, no telephone, no name but a masked one.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        pub struct PublicMatter { $($(#[$about])* pub $field: $class,)+ }

        const _: fn() = || {
            fn is_of_a_class<T: FieldClass>() {}
            $(is_of_a_class::<$class>();)+
        };
    };
}

public_matter! {
    /// How everybody names it.
    id: PublicId,
    /// What it is about.
    category: Category,
    /// What it is.
    kind: Option<MatterKind>,
    /// How it came in.
    channel: Option<Channel>,
    /// Stage; none where it has left the line.
    stage: Option<Stage>,
    /// Main state.
    state: MatterState,
    /// Type; none until it is accepted.
    handling: Option<HandlingType>,
    /// What came of it.
    outcome: Option<MatterOutcome>,
    /// When it was received.
    received: Day,
    /// When it is to be handled, or was; none where that is not counted.
    due: Option<Day>,
    /// When it was closed.
    closed: Option<Day>,
    /// Since when it is shown.
    shown: Option<Day>,
    /// Who handles it.
    department: Option<DepartmentName>,
    /// Where; none without a door.
    place: Option<Place>,
    /// Who raised it; none unless that is known, and that they are of age.
    raised_by: Option<Masked>,
    /// What the office writes for everybody.
    text: Option<Approved>,
    /// The reply of its result.
    reply: Option<Approved>,
    /// Covered copies of its photos.
    photos: Pictures,
}

impl PublicMatter {
    /// Everything in it that somebody typed: what a scan looks through.
    pub fn typed(&self) -> impl Iterator<Item = &str> {
        let place = self.place.iter().flat_map(|place| [place.estate(), place.building()]);
        let texts = self.text.iter().chain(&self.reply).map(Approved::as_str);
        let names = self.department.iter().map(DepartmentName::as_str).chain(self.raised_by.iter().map(Masked::as_str));
        place.chain(texts).chain(names)
    }
}
