//! Which of the slips that were handed out shows a resident most.

use anyhow::{Context, Result};
use minqing_core::model::{MatterState, Role};
use minqing_sync_server::slip::Made;
use minqing_tests::staff::{Staff, text};

use super::setup::Office;

/// What is most worth a look, first: a reply to be rated, one on its way, papers that lack, work in hand.
const BEST: [MatterState; 4] = [MatterState::FollowUp, MatterState::Feedback, MatterState::Papers, MatterState::Handling];

/// The slip of a matter that is worth a look; none where none of them was used.
pub fn worth_a_look<'o>(url: &str, office: &'o Office) -> Result<Option<&'o Made>> {
    let clerk = office.sign_ins.iter().find(|s| s.role == Role::Clerk).context("a clerk")?;
    let matters = Staff::sign_in(url, Role::Clerk, &clerk.name, &clerk.password)?.matters()?;
    let rank = |slip: &Made| {
        let state = matters.iter().find(|m| text(&m["code"]) == slip.code).map(|m| text(&m["state"]))?;
        Some(BEST.iter().position(|best| best.word() == state).unwrap_or(BEST.len()))
    };
    Ok(office.slips.iter().filter_map(|slip| Some((rank(slip)?, slip))).min_by_key(|(rank, _)| *rank).map(|(_, slip)| slip))
}
