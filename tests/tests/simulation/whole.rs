//! Whole stories with every fault, and all invariants that hold at the end of any.

use minqing_tests::sim::{Plot, for_seeds, tell};

#[test]
fn whole_stories_break_no_invariant() {
    for_seeds(24, "whole_stories", |seed| match tell(Plot::whole(seed)).broken {
        None => Ok(()),
        Some(broken) => Err(broken.into()),
    });
}
