//! What officers tell at doors, for programs of the office. The functions are never called.
#![allow(dead_code)]

use super::aside::{Refusal, Trouble};
use crate::console::notices::{NoticeAdded, NoticeList, NoticeNew, NoticeSure, NoticeWithdrawn};

/// The notices of the session's desk.
#[utoipa::path(get, path = "/v1/notices", tag = "staff", security(("session" = [])), responses(
    (status = 200, description = "Those first that are told last", body = NoticeList),
    Trouble,
))]
pub(super) fn list() {}

/// Gives the community of the session's desk a notice: officers tell it once at each door behind which it concerns somebody. By clerks and leads.
/// 409 `notice.withdrawn`: the same words for the same days were taken back; `notice.too_many`: 50 are open.
#[utoipa::path(post, path = "/v1/notices", tag = "staff", security(("session" = [])), request_body = NoticeNew, responses(
    (status = 200, description = "It is in the community", body = NoticeAdded),
    Refusal,
    Trouble,
))]
pub(super) fn add() {}

/// Takes a notice back: it is told no more.
#[utoipa::path(post, path = "/v1/notices/{id}/withdraw", tag = "staff", security(("session" = [])), params(
    ("id" = String, Path, description = "The notice"),
), request_body = NoticeSure, responses((status = 200, description = "It is told no more", body = NoticeWithdrawn), Refusal, Trouble))]
pub(super) fn withdraw() {}
