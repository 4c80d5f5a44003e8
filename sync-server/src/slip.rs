//! Slips (回执单): printed in stock with code, QR and covered PIN; handed out at a door or window, bound to the first matter that is
//! registered with their code. The server keeps the PIN's hash alone.

mod check;
mod make;
mod print;
mod visit;

use minqing_core::model::Area;

pub use check::{Holder, check};
pub use make::{MAX_COUNT, Made, make, make_one};
pub use print::{page, shown_pin};
pub use visit::{Desk, visit_page};

use crate::{app::App, fault::Fault};

/// What a phone's camera reads: where the matter of a code is looked up.
pub fn address(public_url: &str, code: &str) -> String {
    format!("{}/m/{code}", public_url.trim_end_matches('/'))
}

/// An open community; the only one where none is named.
///
/// # Errors
/// `community.unknown`.
pub fn community(app: &App, named: Option<&str>) -> Result<Area, Fault> {
    let mut open = app.store.open_communities(named.unwrap_or_default())?;
    match (open.pop(), open.is_empty()) {
        (Some(only), true) if named.is_none_or(|id| id == only.id) => Ok(only),
        _ => Err(Fault::new("community.unknown", named.unwrap_or("--community"))),
    }
}
