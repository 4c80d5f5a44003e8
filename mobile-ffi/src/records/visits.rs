//! Visits, what was asked and seen there.

use minqing_core::{
    client::FormRow,
    model::{Answer, Choice, FollowUpEdit, Form, NewFollowUp, NewVisit, Prepared, Question, Said, Survey, VisitEdit, When},
    view::{AttachmentRow, FileState, FollowUpRow, HouseholdRow, RecordState, VisitRow, WantedRow, WhyRow},
};

written! {
    /// A visit as first written down.
    NewVisit {
        household: String = "At which door.",
        purpose: String = "A word of [`Purpose`].",
        outcome: String = "A word of [`Outcome`].",
        note: String = "What was heard and seen.",
        follow_ups: Vec<NewFollowUp> = "What to come back for.",
        with: Vec<String> = "Officers who came along.",
        attachments: Vec<Prepared> = "Photos and voice notes, made ready by `Minqing::prepare`.",
        survey: Option<Survey> = "A form that was filled in.",
        draft: String = "The draft that this was, which goes when this is written; empty = none.",
    }
    /// Something to come back for.
    NewFollowUp {
        what: String = "What.",
        due: String = "By when, as `2026-09-21`; empty = no day set.",
    }
    /// What a person changed on a visit; `None` = left alone.
    VisitEdit {
        purpose: Option<String> = "New purpose.",
        outcome: Option<String> = "New outcome.",
        note: Option<String> = "New note.",
        new_follow_ups: Vec<NewFollowUp> = "Follow-ups thought of later.",
    }
    /// What a person changed on a follow-up; `None` = left alone.
    FollowUpEdit {
        what: Option<String> = "New wording.",
        due: Option<String> = "New day; empty = no day set.",
        done: Option<bool> = "Done or not.",
    }
    /// A file that lies ready on this phone under its own hash, to be written down with a record.
    Prepared {
        sha256: String = "SHA-256 of the bytes, 64 characters of hexadecimal.",
        media: String = "The media type.",
        bytes: u32 = "How many bytes.",
        width: u32 = "In pixels as people see it; 0 for voice.",
        height: u32 = "In pixels as people see it; 0 for voice.",
        taken_ms: i64 = "When the camera says it was taken, milliseconds since 1970; 0 if it does not.",
        place: String = "Latitude and longitude as `36.06134,103.83417`, only if kept on purpose; else empty.",
    }
    /// A form as it was filled in at a door.
    Survey {
        form: String = "The form's document.",
        version: u32 = "The version that was asked.",
        answers: Vec<Answer> = "What was answered.",
    }
    /// One answer.
    Answer {
        question: String = "The question's name.",
        values: Vec<String> = "One value: the text, the number in digits, the word chosen, the day as 2026-09-21, the photo's hash (64 hexadecimal digits); of `many` all words chosen.",
    }
}

shown! {
    /// A form in one version. A version is never changed: who is asked anew gets the next.
    Form {
        name: String = "The stable name, as `social_opinion`: small letters, digits, underscores.",
        version: u32 = "Counts from 1.",
        title: Said = "What it is called.",
        questions: Vec<Question> = "The questions, in the order in which they are asked.",
    }
    /// A question.
    Question {
        id: String = "The stable name in its form.",
        title: Said = "What is asked.",
        kind: String = "A word of [`QuestionKind`].",
        required: bool = "Whether it must be answered where it is asked.",
        choices: Vec<Choice> = "What can be chosen, for `one` and `many`.",
        min: Option<i64> = "The least number, of a `text` its fewest characters, of `many` the fewest chosen.",
        max: Option<i64> = "The greatest, likewise.",
        when: Option<When> = "When it is asked; always, where this is not said.",
    }
    /// What can be chosen.
    Choice {
        word: String = "The stable name in its question.",
        title: Said = "What it is called.",
    }
    /// A question is asked when an earlier one was answered by one of these.
    When {
        question: String = "The earlier question.",
        one_of: Vec<String> = "Words of its choices; of a number, numbers.",
    }
    /// What is read, in both languages.
    Said {
        zh: String = "Chinese.",
        en: String = "English.",
    }
    /// A visit.
    VisitRow {
        id: String = "The visit.",
        household: String = "The door.",
        officer: String = "Who went.",
        companions: Vec<String> = "Who came along.",
        purpose: String = "Word of the purpose.",
        outcome: String = "Word of the outcome.",
        note: String = "What was heard and seen.",
        at_ms: i64 = "When.",
        state: RecordState = "Where the record stands.",
    }
    /// Something to come back for.
    FollowUpRow {
        id: String = "The follow-up.",
        household: String = "The door.",
        visit: String = "The visit it came from.",
        officer: String = "Who wrote it down.",
        what: String = "What.",
        due: String = "By when, as `2026-09-21`, empty if no day is set.",
        done: bool = "Done or not.",
        state: RecordState = "Where the record stands.",
    }
    /// A door at which somebody is to knock.
    WantedRow {
        household: HouseholdRow = "The door.",
        reasons: Vec<WhyRow> = "Why, the most pressing first; at least one.",
        first: bool = "Whether somebody there is old, ill or disabled, and comes first.",
        minutes: u16 = "How long it will take, in minutes.",
        appointment_ms: i64 = "An appointment there in the next seven days, milliseconds since 1970; 0 = none.",
    }
    /// One reason to knock.
    WhyRow {
        why: String = "Word of [`WhyVisit`].",
        about: String = "The matter, follow-up or notice; empty for a cycle.",
        said: String = "The sentence to show, with its days.",
    }
    /// A photo or voice note of a record.
    AttachmentRow {
        id: String = "Its own id.",
        record: String = "The visit or matter.",
        officer: String = "Who made it.",
        sha256: String = "SHA-256 of the file, hexadecimal.",
        media: String = "The media type.",
        bytes: u32 = "How many bytes.",
        width: u32 = "In pixels; 0 for voice.",
        height: u32 = "In pixels; 0 for voice.",
        taken_ms: i64 = "When it was taken, milliseconds since 1970; 0 if not known.",
        place: String = "Latitude and longitude if kept on purpose.",
        path: String = "Where the file lies on this phone; empty if it is not here.",
        thumbnail: String = "Where its thumbnail lies on this phone; empty if there is none.",
        state: FileState = "Where the file stands.",
    }
}

/// Where a file stands on its way to the office.
#[uniffi::remote(Enum)]
pub enum FileState {
    /// 已到办公室, or another phone's file.
    AtOffice,
    /// 待上传: on this phone, not yet at the office.
    Waiting,
    /// 上传中: begun.
    Uploading,
    /// 办公室不收: the office will not take these bytes; they stay on this phone.
    Refused,
}

shown! {
    /// A form in the list.
    FormRow {
        id: String = "The form.",
        name: String = "Its stable name.",
        version: u32 = "Its newest version.",
        title: Said = "What it is called.",
        questions: u32 = "How many questions it has.",
    }
}
