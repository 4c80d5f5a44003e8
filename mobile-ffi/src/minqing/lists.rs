//! What screens show.

use minqing_core::{
    client::{FormRow, HouseholdDetail, Lists, MatterDetail},
    model::{Form, Survey},
    view::{
        DraftRow, FollowUpRow, FoundRow, HouseholdRow, MatterRow, NoticeRow, OutboxRow, ReviewRow, Room, Stairwell, StairwellRow, Today, VisitRow, WantedRow,
    },
};

use crate::{Minqing, MinqingError};

#[uniffi::export]
impl Minqing {
    /// Doors in walking order.
    pub fn households(&self, offset: u32, limit: u32) -> Result<Vec<HouseholdRow>, MinqingError> {
        self.see(|lists| lists.households(offset, limit))
    }

    /// One door with everything about it.
    pub fn household(&self, household: String) -> Result<HouseholdDetail, MinqingError> {
        self.see(|lists| lists.household(household))
    }

    /// Asks for the visits of one of a door's `archived_years`; the next sync fetches them.
    pub fn ask_history(&self, household: String, year: i16) -> Result<(), MinqingError> {
        self.act(|client| client.ask_history(household, year))
    }

    /// The visits of such a year, newest first, to read only; `None` while they are not here.
    pub fn history(&self, household: String, year: i16) -> Result<Option<Vec<VisitRow>>, MinqingError> {
        self.see(|lists| lists.history(household, year))
    }

    /// One visit.
    pub fn visit(&self, visit: String) -> Result<VisitRow, MinqingError> {
        self.see(|lists| lists.visit(visit))
    }

    /// This officer's visits of today, newest first.
    pub fn visits_today(&self) -> Result<Vec<VisitRow>, MinqingError> {
        self.see(Lists::visits_today)
    }

    /// What to come back for, by day.
    pub fn open_follow_ups(&self, limit: u32) -> Result<Vec<FollowUpRow>, MinqingError> {
        self.see(|lists| lists.open_follow_ups(limit))
    }

    /// The doors to visit next, the most pressing first, each with its reasons in `lang`; one with an appointment soon says so.
    pub fn to_visit(&self, lang: String, limit: u32) -> Result<Vec<WantedRow>, MinqingError> {
        self.see(|lists| lists.to_visit(lang, limit))
    }

    /// Matters, newest first.
    pub fn matters(&self, offset: u32, limit: u32) -> Result<Vec<MatterRow>, MinqingError> {
        self.see(|lists| lists.matters(offset, limit))
    }

    /// One matter with what happened to it.
    pub fn matter(&self, matter: String) -> Result<MatterDetail, MinqingError> {
        self.see(|lists| lists.matter(matter))
    }

    /// Fields with more than one value.
    pub fn reviews(&self) -> Result<Vec<ReviewRow>, MinqingError> {
        self.see(Lists::reviews)
    }

    /// The count to compare, with its sentence in `lang`.
    pub fn today(&self, lang: String) -> Result<Today, MinqingError> {
        self.see(|lists| lists.today(lang))
    }

    /// Doors, residents, visits and matters by words, names, pinyin initials, telephones and plates; `kinds` none = all.
    pub fn search(&self, text: String, kinds: Vec<String>, offset: u32, limit: u32) -> Result<Vec<FoundRow>, MinqingError> {
        self.see(|lists| lists.search(text, kinds, offset, limit))
    }

    /// Stairwells, of one estate or building where it is named.
    pub fn stairwells(&self, estate: Option<String>, building: Option<String>, offset: u32, limit: u32) -> Result<Vec<StairwellRow>, MinqingError> {
        self.see(|lists| lists.stairwells(estate, building, offset, limit))
    }

    /// A stairwell as a wall of floors and doors.
    pub fn stairwell(&self, of: StairwellRow) -> Result<Stairwell, MinqingError> {
        self.see(|lists| lists.stairwell(of))
    }

    /// What is half filled in, the newest first.
    pub fn drafts(&self) -> Result<Vec<DraftRow>, MinqingError> {
        self.see(Lists::drafts)
    }

    /// One draft.
    pub fn draft(&self, draft: String) -> Result<DraftRow, MinqingError> {
        self.see(|lists| lists.draft(draft))
    }

    /// What was done on this phone and has no final place at the office, the newest first; `all`: also what has.
    #[uniffi::method(default(all = false))]
    pub fn outbox(&self, offset: u32, limit: u32, all: bool) -> Result<Vec<OutboxRow>, MinqingError> {
        self.see(|lists| lists.outbox(offset, limit, all))
    }

    /// The office's notices of today, to be read out, in `lang`.
    pub fn notices(&self, lang: String) -> Result<Vec<NoticeRow>, MinqingError> {
        self.see(|lists| lists.notices(lang))
    }

    /// How far this phone's clock is ahead of the office's, in milliseconds; 0 where it is right, or nobody knows.
    pub fn clock_off_ms(&self) -> Result<i64, MinqingError> {
        self.see(Lists::clock_off_ms)
    }

    /// How much room is left on the device.
    pub fn room(&self) -> Result<Room, MinqingError> {
        self.see(|lists| Ok(lists.room()))
    }

    /// The forms that can be filled in.
    pub fn forms(&self) -> Result<Vec<FormRow>, MinqingError> {
        self.see(Lists::forms)
    }

    /// One form in one version.
    pub fn form(&self, form: String, version: u32) -> Result<Form, MinqingError> {
        self.see(|lists| lists.form(form, version))
    }

    /// What was answered at a visit.
    pub fn survey(&self, visit: String) -> Result<Option<Survey>, MinqingError> {
        self.see(|lists| lists.survey(visit))
    }

    /// The names of the questions that are asked after the answers so far, in order.
    pub fn questions_asked(&self, survey: Survey) -> Result<Vec<String>, MinqingError> {
        self.see(|lists| lists.questions_asked(survey))
    }
}
