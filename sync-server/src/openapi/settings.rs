//! What the office has set, for programs of the office. The functions are never called.
#![allow(dead_code)]

use super::aside::{Refusal, Trouble};
use crate::console::settings::{SettingChange, SettingHistory, SettingSet, SettingsInForce};

/// What holds now: categories, lengths of clocks, the calendar, and the departments of the session's desk.
#[utoipa::path(get, path = "/v1/settings", tag = "staff", security(("session" = [])), responses(
    (status = 200, description = "All of it", body = SettingsInForce),
    Trouble,
))]
pub(super) fn list() {}

/// One thing that can be set, with its history.
#[utoipa::path(get, path = "/v1/settings/{kind}/{key}", tag = "staff", security(("session" = [])), params(
    ("kind" = String, Path, description = "`categories`, `terms`, `calendar` or `departments`"),
    ("key" = String, Path, description = "A word of the categories or clocks; a year, `own-days` or `hours`; a department"),
), responses(
    (status = 200, description = "Newest first", body = SettingHistory),
    (status = 404, content_type = "application/problem+json", description = "Nothing of this name can be set", body = crate::problem::Body<'static>),
    Trouble,
))]
pub(super) fn one() {}

/// Sets one thing. 409 `setting.changed`: somebody else has set it since. What holds for all communities is set by those who have the right in all.
/// A department of a new id is added. After a change of the calendar open clocks are counted anew; ended ones keep theirs.
#[utoipa::path(put, path = "/v1/settings/{kind}/{key}", tag = "staff", security(("session" = [])), params(
    ("kind" = String, Path, description = "`categories`, `terms`, `calendar` or `departments`"),
    ("key" = String, Path, description = "A word of the categories or clocks; a year, `own-days` or `hours`; a department"),
), request_body = SettingChange, responses((status = 200, description = "It is set", body = SettingSet), Refusal, Trouble))]
pub(super) fn set() {}
