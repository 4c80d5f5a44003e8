//! How the line does, for programs of the office. The functions are never called.
#![allow(dead_code)]

use super::aside::Trouble;
use crate::console::figures::{CallBackList, FiguresSeen, WhichFigures};

/// Figures of an area and a period: in total, and by area, department, channel, category, type and month.
/// A matter is received in the period in which it came; everything else counts where it ended. Whoever has a desk may read them: they hold no
/// residents.
#[utoipa::path(get, path = "/v1/figures", tag = "staff", security(("session" = [])), params(WhichFigures), responses(
    (status = 200, description = "All of them", body = FiguresSeen),
    Trouble,
))]
pub(super) fn figures() {}

/// Who is to be asked again after rating (回访): all with two stars or fewer, all who rated with the help of staff, one in five of the others.
#[utoipa::path(get, path = "/v1/call-backs", tag = "staff", security(("session" = [])), responses(
    (status = 200, description = "Who was not asked yet", body = CallBackList),
    Trouble,
))]
pub(super) fn call_backs() {}
