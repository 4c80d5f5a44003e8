//! Doors and who lives there.

use minqing_core::{
    client::HouseholdDetail,
    model::{Address, HouseholdEdit, NewHousehold, NewResident, ResidentEdit, WeekSpan, Wishes, WishesEdit},
    view::{
        Cell, CellMark, FloorRow, FollowUpRow, FoundKind, FoundRow, Hit, HouseholdRow, Marked, MatterRow, RecordState, ResidentRow, Stairwell, StairwellRow,
        VisitRow,
    },
};

written! {
    /// An address, in fields: a block (estate to room) or a lane (lane and door).
    Address {
        community: String = "社区, 12 digits.",
        estate: String = "小区",
        building: String = "楼栋",
        stairwell: String = "单元",
        floor: String = "楼层",
        room: String = "室",
        lane: String = "巷",
        door: String = "门牌",
    }
    /// A household as first written down.
    NewHousehold {
        grid: String = "The grid it lies in, 15 digits.",
        address: Address = "Where the door is.",
        note: String = "A remark for whoever knocks next.",
        residents: Vec<NewResident> = "Who lives there.",
    }
    /// A resident as first written down.
    NewResident {
        name: String = "The name.",
        phone: String = "A telephone number, as people write it.",
        birth_year: u16 = "Year of birth; 0 = not known.",
        languages: Vec<String> = "Words of [`Language`].",
        needs: Vec<String> = "Words of [`Need`].",
        refuses: Vec<String> = "What they do not agree to, words of [`Consent`].",
    }
    /// What a person changed on a household; `None` = left alone.
    HouseholdEdit {
        note: Option<String> = "New remark.",
        new_residents: Vec<NewResident> = "Residents that are new.",
        residents: Vec<ResidentEdit> = "Changes to residents.",
    }
    /// When and by whom a household would be called on, as far as a person changed it; what is not named is left alone.
    WishesEdit {
        lift: Option<bool> = "Whether there is a lift.",
        add_needs: Vec<String> = "Needs to add, words of [`DoorNeed`].",
        drop_needs: Vec<String> = "Needs that no longer hold.",
        add_spans: Vec<WeekSpan> = "Spans to add.",
        drop_spans: Vec<WeekSpan> = "Spans that no longer hold.",
    }
    /// A span of one day of the week, in minutes of the day.
    WeekSpan {
        weekday: u8 = "1 = Monday … 7 = Sunday.",
        from_minute: u16 = "From.",
        until_minute: u16 = "Until, 1440 at most.",
    }
    /// What a person changed on a resident; `None` = left alone.
    ResidentEdit {
        id: String = "Whom.",
        name: Option<String> = "New name.",
        phone: Option<String> = "New telephone number; empty = none.",
        birth_year: Option<u16> = "New year of birth; 0 = not known.",
        moved_out: Option<bool> = "Whether the person has moved out.",
        add_needs: Vec<String> = "Needs to add.",
        drop_needs: Vec<String> = "Needs that no longer hold.",
        add_languages: Vec<String> = "Languages to add.",
        drop_languages: Vec<String> = "Languages to take away.",
        refuses: Vec<String> = "What they no longer agree to, words of [`Consent`]; what was kept for it goes.",
        agrees: Vec<String> = "What they agree to again.",
    }
}

shown! {
    /// A door in a list.
    HouseholdRow {
        id: String = "The household.",
        grid: String = "Its grid.",
        community: String = "Its community.",
        estate: String = "小区",
        building: String = "楼栋",
        stairwell: String = "单元",
        floor: String = "楼层",
        room: String = "室",
        lane: String = "巷",
        door: String = "门牌",
        note: String = "Remark for whoever knocks next.",
        names: String = "Names of those who live there, joined by 、.",
        residents: u32 = "How many.",
        state: RecordState = "Where the record stands.",
    }
    /// A resident.
    ResidentRow {
        id: String = "The resident.",
        household: String = "The door.",
        name: String = "The name.",
        phone: String = "Telephone, empty if not known.",
        birth_year: u16 = "0 if not known.",
        languages: Vec<String> = "Words of the language list.",
        needs: Vec<String> = "Words of the need list.",
        moved_out: bool = "No longer lives there.",
        refuses: Vec<String> = "What they do not agree to, words of the consent list.",
    }
    /// A stairwell, or a lane, in the list.
    StairwellRow {
        estate: String = "小区",
        building: String = "楼栋",
        stairwell: String = "单元",
        lane: String = "巷, where there is no building.",
        households: u32 = "How many doors.",
        visited: u32 = "How many of them were ever visited, also when nobody was in.",
    }
    /// One stairwell with its doors.
    Stairwell {
        floors: Vec<FloorRow> = "The floors, the cellar first, those without a number last.",
    }
    /// One floor.
    FloorRow {
        floor: String = "Its name: the number, B1 for the first cellar, or what was written; empty where nothing was.",
        cells: Vec<Cell> = "Its doors, by number.",
    }
    /// One door.
    Cell {
        household: String = "The household.",
        label: String = "What stands on the door: the room, or the house number.",
        mark: CellMark = "What to know at a glance.",
        last_visit: String = "The local day of the last visit, as `2026-09-14`; empty if there was none.",
        residents: u32 = "How many live there.",
        old: bool = "Somebody of 60 or more (老年人, Law on the Protection of the Rights of the Elderly, article 2).",
        ill: bool = "Somebody with a chronic illness.",
        alone: bool = "Somebody who lives alone.",
        state: RecordState = "Where the card stands.",
    }
}

/// What a door's cell shows at a glance: of what holds, the last of this list.
#[uniffi::remote(Enum)]
pub enum CellMark {
    /// Never visited.
    None,
    /// The last visit was talked through.
    Visited,
    /// At the last visit nobody was in.
    NobodyIn,
    /// At the last visit the talk was refused.
    Refused,
    /// One of its matters has an answer to bring.
    FeedbackWaiting,
    /// Something was promised for today or earlier.
    FollowUpDue,
}

shown! {
    /// A line of a search's answer.
    FoundRow {
        kind: FoundKind = "What it is.",
        id: String = "The record.",
        household: String = "The door, empty if it has none.",
        title: Marked = "A resident's name; else the door, as 槐荫小区 3-2-502; else a matter's place.",
        snippet: Marked = "Part of the text that hit, at most 60 characters and … at a cut end.",
        at_ms: i64 = "When, milliseconds since 1970; 0 for doors and residents.",
        state: RecordState = "Where the record stands; a resident's is the door's.",
    }
}

/// What was found.
#[uniffi::remote(Enum)]
pub enum FoundKind {
    /// A visit.
    Visit,
    /// A matter.
    Matter,
    /// A door.
    Household,
    /// A resident.
    Resident,
}

shown! {
    /// A place in a text, in characters (Unicode scalar values): from `start` up to, not with, `end`.
    Hit {
        start: u32 = "The first character.",
        end: u32 = "The one behind the last.",
    }
    /// A text with the places that hit, in order and apart.
    Marked {
        text: String = "The text.",
        hits: Vec<Hit> = "Where it hits; empty where the hit lies elsewhere.",
    }
    /// When and by whom a household would be called on.
    Wishes {
        lift: Option<bool> = "Whether there is a lift; `None` = not known.",
        needs: Vec<String> = "Words of [`DoorNeed`], in the order of the list.",
        spans: Vec<WeekSpan> = "When somebody is in and may be called on, in the week's order; none = not known.",
    }
    /// One door with everything on it.
    HouseholdDetail {
        household: HouseholdRow = "The door.",
        residents: Vec<ResidentRow> = "Who lives there.",
        visits: Vec<VisitRow> = "Visits, newest first.",
        follow_ups: Vec<FollowUpRow> = "What to come back for, open ones first.",
        matters: Vec<MatterRow> = "Its matters, newest first.",
        archived_years: Vec<i16> = "Years of which there are visits at the office alone, the last first.",
        wishes: Wishes = "When and by whom it would be called on; as if nothing were known while its card is on the way.",
    }
}
