//! Local search: 2-opt and or-opt, within routes and between them, until nothing makes the walk shorter.

use super::{
    draft::Draft,
    field::Field,
    or_opt::move_some,
    two_opt::{exchange_ends, turn},
};

/// Makes the walk shorter for as long as it can, or `go_on` says that time is up.
pub(super) fn improve(field: &Field<'_>, draft: &mut Draft, go_on: &mut dyn FnMut() -> bool) {
    let routes = draft.routes.len();
    loop {
        let mut better = false;
        for one in 0..routes {
            while go_on() && (turn(field, draft, one) || move_some(field, draft, one, one)) {
                better = true;
            }
            for other in (0..routes).filter(|other| *other != one) {
                while go_on() && (move_some(field, draft, one, other) || (one < other && exchange_ends(field, draft, one, other))) {
                    better = true;
                }
            }
        }
        if !better || !go_on() {
            return;
        }
    }
}
