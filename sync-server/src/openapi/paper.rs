//! What comes back on paper. The functions are never called.
#![allow(dead_code)]

use super::aside::{Refusal, Trouble};
use crate::console::papers::{PaperEntered, PaperRow};

/// Enters a row of a paper round: an event of its appointment, a visit, or both. 409 `paper.entered` where it is there already; `appointment.refused`
/// says in `path` which rule refuses it, and nothing was written then.
#[utoipa::path(post, path = "/v1/paper/rows", tag = "staff", security(("session" = [])), request_body = PaperRow, responses(
    (status = 200, description = "It is entered", body = PaperEntered), Refusal, Trouble,
))]
pub(super) fn enter() {}
