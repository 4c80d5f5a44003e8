//! What somebody wrote freely, after another person had read it.

use serde::Serialize;

use crate::{
    Id,
    model::{MatterState, PublicationState},
    pipeline::Matter,
};

/// A text that two persons answer for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Approved(String);

impl Approved {
    /// The text that is shown, as `text_of` finds it under its event; `None` unless it was approved and is shown now.
    pub fn shown(matter: &Matter, text_of: impl FnOnce(Id) -> String) -> Option<Self> {
        let (event, _) = matter.publication.draft.filter(|_| matter.publication.state == PublicationState::Shown)?;
        Self::some(text_of(event))
    }

    /// The public reply of a result, as `reply_of` finds it under its event; `None` unless somebody else than its author found it good.
    pub fn reply(matter: &Matter, reply_of: impl FnOnce(Id) -> String) -> Option<Self> {
        let told = matches!(matter.state, MatterState::Feedback | MatterState::FollowUp | MatterState::Closed);
        let result = matter.result.as_ref().filter(|result| told && result.passed.is_some_and(|reader| reader != result.author))?;
        Self::some(reply_of(result.event))
    }

    fn some(text: String) -> Option<Self> {
        (!text.trim().is_empty()).then_some(Self(text))
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
