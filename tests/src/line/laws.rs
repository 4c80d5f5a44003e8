//! What holds of a matter in every state, and between a state and the next: read from the design, not from the code.

use minqing_core::{
    model::{Clock as K, MatterOutcome, MatterState as S, PublicationState},
    pipeline::Matter,
};

/// Whether the state is a legal one.
///
/// # Errors
/// The law that it breaks.
pub fn legal(m: &Matter) -> Result<(), String> {
    let own = m.own_state();
    let open = |clock: K| m.clocks.open(clock).is_some();
    let at = |states: &[S]| states.contains(&own);
    let ended = m.state.is_terminal();
    let law = |holds: bool, says: &str| if holds { Ok(()) } else { Err(format!("{says}: {:?} as {own:?}, {:?}", m.state, m.clocks)) };

    law(m.merged.is_some() == (m.state == S::Merged), "only a merged matter follows another")?;
    law(m.merged.is_none_or(|(master, _)| master != m.id && m.members.is_empty()), "a merge has depth 1")?;
    law(!m.members.contains(&m.id), "nothing follows itself")?;
    law(open(K::Total) != ended, "K0 runs until the end")?;
    law(m.clocks.iter().all(|k| !ended || k.clock == K::Publicity || k.ended.is_some()), "nothing runs after the end")?;
    law(m.clocks.get(K::Total).is_some_and(|k| k.pauses.is_empty()), "K0 never pauses")?;
    law(open(K::Accept) == at(&[S::Registered]), "K1 runs while nobody has decided")?;
    let before_papers = m.back.filter(|_| own == S::Papers);
    law(open(K::Sign) == (own == S::Assigned || before_papers == Some(S::Assigned)), "K2 runs while it is unsigned")?;
    let in_work = at(&[S::Assigned, S::Handling, S::Escalated]) || (own == S::Papers && before_papers != Some(S::Accepted));
    law(!in_work || open(K::Handling), "K3 is there while somebody works on it")?;
    law(!at(&[S::Feedback, S::FollowUp, S::Answered]) || !open(K::Handling), "K3 has ended once there is an answer")?;
    let waits = at(&[S::Papers, S::Escalated]);
    law(m.clocks.open(K::Handling).is_none_or(|k3| k3.is_paused() == waits), "K3 is paused exactly in PAPERS and ESCALATED")?;
    law(m.clocks.open(K::Sign).is_none_or(|k2| k2.is_paused() == (own == S::Papers)), "K2 is paused in PAPERS alone")?;
    law(open(K::Papers) == at(&[S::Papers]), "K4 runs in PAPERS alone")?;
    law(open(K::Superior) == at(&[S::Escalated]), "K5 runs in ESCALATED alone")?;
    law(!open(K::Answer) || at(&[S::Answered, S::Review, S::Feedback]), "K6 runs from the reply until the resident knows")?;
    law(m.clocks.get(K::Answer).is_none_or(|k6| k6.pauses.is_empty()), "K6 never pauses")?;
    law(open(K::Feedback) == at(&[S::Feedback]), "K7 runs in FEEDBACK alone")?;
    law(open(K::Rating) == at(&[S::FollowUp]), "K8 runs in FOLLOWUP alone")?;

    let type_chosen = !at(&[S::Registered, S::Refused]) && m.state != S::Withdrawn && m.state != S::Void;
    // A matter that was merged before anybody decided is taken up without one (T26): the lead gives it.
    let undecided = own == S::Accepted && m.cycle > 1;
    law(!type_chosen || undecided || m.handling.is_some(), "past acceptance there is a type")?;
    let worked_on = at(&[S::Assigned, S::Handling, S::Escalated, S::Answered, S::Review]);
    law(!worked_on || (m.assigned.is_some() && m.department.is_some()), "somebody answers for what is worked on")?;
    law(m.outcome.is_some() || !at(&[S::Feedback, S::FollowUp, S::Closed]), "there is an outcome to tell")?;
    law(m.closed_ms.is_some() == (m.state == S::Closed), "closed is closed")?;
    law(m.refused.is_some() || m.state != S::Refused, "a refusal has a reason")?;
    law(own != S::Papers || m.papers.iter().any(|p| !p.ticked), "in PAPERS something is missing")?;
    law(m.outcome != Some(MatterOutcome::Lapsed) || m.counts.reminders >= 2, "nothing lapses without two reminders")?;
    if m.state == S::Closed || m.state == S::FollowUp {
        let told = |of| m.told.iter().any(|t| t.of == of && (t.reached || t.tries >= 3));
        law(m.cluster().all(told), "each resident of the cluster was told, or tried three times")?;
    }
    let mut cast: Vec<_> = m.ratings.iter().map(|r| (r.cycle, r.token)).collect();
    cast.sort_unstable();
    cast.dedup();
    law(cast.len() == m.ratings.len(), "one rating for each token and cycle")?;
    law(m.ratings.iter().all(|r| (1..=5).contains(&r.stars) && r.cycle <= m.cycle), "ratings are of this cycle or before")?;
    let c = &m.counts;
    law(c.escalations <= 2 && c.extensions <= 1 && c.appeals <= 1 && c.reopened <= 2, "bounds")?;
    law((m.publication.state == PublicationState::Shown) == open(K::Publicity), "K9 runs while it is shown")
}

/// Whether one state may follow another; `taken_back`: a timer was taken back between them.
///
/// # Errors
/// The law that it breaks.
pub fn follows(before: &Matter, after: &Matter, taken_back: bool) -> Result<(), String> {
    let law = |holds: bool, says: &str| if holds { Ok(()) } else { Err(format!("{says}: {before:#?} to {after:#?}")) };
    law(after.cycle == before.cycle || after.cycle == before.cycle + 1, "cycles are counted one by one")?;
    if after.cycle == before.cycle && !taken_back {
        law(after.lamp() >= before.lamp(), "the lamp does not fall")?;
        law(after.order() >= before.order(), "supervision does not fall")?;
    }
    law(after.counts.hops >= before.counts.hops && after.counts.reopened >= before.counts.reopened, "what is counted over all cycles is kept")?;
    law(after.ratings.len() >= before.ratings.len(), "no rating is lost")?;
    let kept = before.ratings.iter().zip(&after.ratings).all(|(old, new)| (old.token, old.cycle, old.stars) == (new.token, new.cycle, new.stars));
    law(kept, "no rating is changed")?;
    law(after.about.register == before.about.register, "it stays the same matter")?;
    let (old, new) = (before.clocks.get(K::Total), after.clocks.get(K::Total));
    law(old.map(|k| k.started_ms) == new.map(|k| k.started_ms), "K0 starts once")
}
