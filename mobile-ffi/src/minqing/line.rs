//! The line at the door: what to know, what to tell, and what an officer does that moves a matter.

use minqing_core::{
    client::{DoorBrief, ErrandRow, LineRow, Lists, NewFeedback, RefusedRow, TellRow},
    model::Prepared,
};

use crate::{Minqing, MinqingError};

#[uniffi::export]
impl Minqing {
    /// How a matter stands on the line, and what may be done with it here.
    pub fn line_of(&self, matter: String) -> Result<LineRow, MinqingError> {
        self.see(|lists| lists.line_of(matter))
    }

    /// What to know of a door before ringing, in `lang`.
    pub fn door_brief(&self, household: String, lang: String) -> Result<DoorBrief, MinqingError> {
        self.see(|lists| lists.door_brief(household, lang))
    }

    /// What is new for a door, the oldest first, in `lang`; what was told is never offered again.
    pub fn to_tell(&self, household: String, lang: String) -> Result<Vec<TellRow>, MinqingError> {
        self.see(|lists| lists.to_tell(household, lang))
    }

    /// Ticks a matter's row of `to_tell`: the resident was told. Returns the event.
    pub fn tell_resident(&self, matter: String, event: String) -> Result<String, MinqingError> {
        self.act(|client| client.tell_resident(matter, event))
    }

    /// Ticks a notice of `to_tell`: it was told at a door.
    pub fn tell_notice(&self, household: String, notice: String) -> Result<(), MinqingError> {
        self.act(|client| client.tell_notice(household, notice))
    }

    /// This officer's errands that are not at their end, those first that wait for the officer.
    pub fn errands(&self) -> Result<Vec<ErrandRow>, MinqingError> {
        self.see(Lists::errands)
    }

    /// Ticks papers that were brought, with their photos; returns the event.
    pub fn bring_papers(&self, matter: String, items: Vec<String>, photos: Vec<Prepared>) -> Result<String, MinqingError> {
        self.act(|client| client.bring_papers(matter, items, photos))
    }

    /// Notes what a resident was told of the result, or that nobody was reached; returns the event.
    pub fn give_feedback(&self, matter: String, new: NewFeedback) -> Result<String, MinqingError> {
        self.act(|client| client.give_feedback(matter, new))
    }

    /// Hands the phone over for a rating of one to five stars; `accept`: not to be taken up once more whatever the stars. Returns the event.
    pub fn rate_assisted(&self, matter: String, stars: u8, accept: bool) -> Result<String, MinqingError> {
        self.act(|client| client.rate_assisted(matter, stars, accept))
    }

    /// Asks on a resident's behalf that a matter be urged; returns the event.
    pub fn ask_to_urge(&self, matter: String, text: String) -> Result<String, MinqingError> {
        self.act(|client| client.ask_to_urge(matter, text))
    }

    /// What the office did not take and nobody here has dealt with, the newest first, with reasons in `lang`.
    pub fn refused_work(&self, lang: String) -> Result<Vec<RefusedRow>, MinqingError> {
        self.see(|lists| lists.refused_work(lang))
    }

    /// Does once more what was refused, with new words where `text` is given; returns the new event.
    pub fn send_refused_again(&self, event: String, text: Option<String>) -> Result<String, MinqingError> {
        self.act(|client| client.send_refused_again(event, text))
    }

    /// Takes what was refused out of the inbox: it was read, and is not done again.
    pub fn leave_refused(&self, event: String) -> Result<(), MinqingError> {
        self.act(|client| client.leave_refused(event))
    }
}
