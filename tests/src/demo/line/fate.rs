//! What a matter of the week meets on the line: drawn by its place among the matters, so that every way is gone.

use minqing_core::model::{Category, HandlingType};

/// What happens to a matter besides the usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    Usual,
    /// Its papers never come.
    PapersLapse,
    /// Its papers are ticked in time, on a phone that comes back only after they have lapsed.
    PapersLate,
    /// The superior replies the day before National Day, and the answer comes on the third working day after.
    AcrossTheHoliday,
    /// Two departments give it back; then it is assigned for good.
    GivenBackTwice,
    /// Others with the same trouble follow it.
    Master,
    /// It follows the first of its kind.
    Follows,
    /// The resident is not content, and it is taken up once more.
    Reopened,
    /// Nobody does anything about it until it is named.
    Named,
    /// It is not taken on.
    Refused,
    /// The resident takes it back.
    Withdrawn,
    /// It was registered by mistake.
    Void,
    /// Two persons give it more time.
    Extended,
}

/// The type that an office would choose, by whose duty the category is (docs/PIPELINE.md).
pub fn usual_type(category: Category) -> HandlingType {
    match category {
        Category::Safety | Category::Enlistment | Category::Family => HandlingType::Escalated,
        Category::Relief | Category::OldAgeAllowance | Category::Housing | Category::Servicemen => HandlingType::Papers,
        Category::Culture | Category::Employment => HandlingType::Advice,
        Category::Mediation | Category::Utilities | Category::Health | Category::Sanitation | Category::Environment | Category::Care => HandlingType::Promised,
    }
}

/// The type that it gets: a fate may ask for another.
pub fn type_of(fate: Fate, category: Category) -> HandlingType {
    match fate {
        Fate::PapersLapse | Fate::PapersLate => HandlingType::Papers,
        Fate::AcrossTheHoliday => HandlingType::Escalated,
        Fate::GivenBackTwice | Fate::Master | Fate::Follows | Fate::Reopened | Fate::Named | Fate::Extended => HandlingType::Promised,
        Fate::Usual | Fate::Refused | Fate::Withdrawn | Fate::Void => usual_type(category),
    }
}
