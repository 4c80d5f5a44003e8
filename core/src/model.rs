//! Plain types and words of the domain (docs/DOMAIN.md). No Automerge, no database in here.

mod address;
mod allowance;
mod area;
mod attachment;
mod codes;
mod field;
mod floor;
mod form;
mod household;
mod matter;
mod notice;
mod patch;
mod people;
mod valid;
mod visit;
mod week;
mod wishes;

pub use address::{address_name, normal_part};
pub use allowance::{Allowance, Started};
pub use area::{Area, AreaKind, check_area_id, community_of_grid, grid_id};
pub use attachment::{MAX_ATTACHMENTS, Media, Prepared, check_attachments};
pub use codes::*;
pub use field::check_field;
pub use floor::{by_number, floor_number, floor_of, storey};
#[cfg(test)]
pub(crate) use form::tests::form as tests_form;
pub use form::{Answer, Choice, ChoiceCount, Form, Question, QuestionSummary, Said, Summary, Survey, When, is_word};
pub(crate) use household::check_agreed;
pub use household::{Address, HouseholdEdit, MAX_NOTE, NewHousehold, NewResident, ResidentEdit};
pub use matter::{CODE_LENGTH, MAX_MATTER_TEXT, MatterEdit, NewMatter};
#[cfg(test)]
pub(crate) use notice::tests::notice as tests_notice;
pub use notice::{MAX_OPEN_NOTICES, Notice, said_or_zh};
pub use patch::{MAX_PATCHES, Patch};
pub use people::{Background, Officer, PhoneDevice};
pub use valid::Check;
pub use visit::{FollowUpEdit, NewFollowUp, NewVisit, VisitEdit};
pub use week::WeekSpan;
pub use wishes::{Wishes, WishesEdit};
