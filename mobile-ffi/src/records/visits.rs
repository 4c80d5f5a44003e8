//! Visits, what was asked and seen there.

use minqing_core::{
    client::FormRow,
    model::{Answer, Choice, FollowUpEdit, Form, NewFollowUp, NewVisit, Prepared, Question, Said, Survey, VisitEdit, When},
    view::{AttachmentRow, FileState, FollowUpRow, RecordState, VisitRow},
};

/// A visit as first written down.
#[uniffi::remote(Record)]
pub struct NewVisit {
    /// At which door.
    #[uniffi(default)]
    pub household: String,
    /// A word of [`Purpose`].
    #[uniffi(default)]
    pub purpose: String,
    /// A word of [`Outcome`].
    #[uniffi(default)]
    pub outcome: String,
    /// What was heard and seen.
    #[uniffi(default)]
    pub note: String,
    /// What to come back for.
    #[uniffi(default)]
    pub follow_ups: Vec<NewFollowUp>,
    /// Officers who came along.
    #[uniffi(default)]
    pub with: Vec<String>,
    /// Photos and voice notes, made ready by `Minqing::prepare`.
    #[uniffi(default)]
    pub attachments: Vec<Prepared>,
    /// A form that was filled in.
    #[uniffi(default)]
    pub survey: Option<Survey>,
}

/// Something to come back for.
#[uniffi::remote(Record)]
pub struct NewFollowUp {
    /// What.
    #[uniffi(default)]
    pub what: String,
    /// By when, as `2026-09-21`; empty = no day set.
    #[uniffi(default)]
    pub due: String,
}

/// What a person changed on a visit; `None` = left alone.
#[uniffi::remote(Record)]
pub struct VisitEdit {
    /// New purpose.
    #[uniffi(default)]
    pub purpose: Option<String>,
    /// New outcome.
    #[uniffi(default)]
    pub outcome: Option<String>,
    /// New note.
    #[uniffi(default)]
    pub note: Option<String>,
    /// Follow-ups thought of later.
    #[uniffi(default)]
    pub new_follow_ups: Vec<NewFollowUp>,
}

/// What a person changed on a follow-up; `None` = left alone.
#[uniffi::remote(Record)]
pub struct FollowUpEdit {
    /// New wording.
    #[uniffi(default)]
    pub what: Option<String>,
    /// New day; empty = no day set.
    #[uniffi(default)]
    pub due: Option<String>,
    /// Done or not.
    #[uniffi(default)]
    pub done: Option<bool>,
}

/// A file that lies ready on this phone under its own hash, to be written down with a record.
#[uniffi::remote(Record)]
pub struct Prepared {
    /// SHA-256 of the bytes, 64 characters of hexadecimal.
    #[uniffi(default)]
    pub sha256: String,
    /// The media type.
    #[uniffi(default)]
    pub media: String,
    /// How many bytes.
    #[uniffi(default)]
    pub bytes: u32,
    /// In pixels as people see it; 0 for voice.
    #[uniffi(default)]
    pub width: u32,
    /// In pixels as people see it; 0 for voice.
    #[uniffi(default)]
    pub height: u32,
    /// When the camera says it was taken, milliseconds since 1970; 0 if it does not.
    #[uniffi(default)]
    pub taken_ms: i64,
    /// Latitude and longitude as `36.06134,103.83417`, only if kept on purpose; else empty.
    #[uniffi(default)]
    pub place: String,
}

/// A form as it was filled in at a door.
#[uniffi::remote(Record)]
pub struct Survey {
    /// The form's document.
    #[uniffi(default)]
    pub form: String,
    /// The version that was asked.
    #[uniffi(default)]
    pub version: u32,
    /// What was answered.
    #[uniffi(default)]
    pub answers: Vec<Answer>,
}

/// One answer.
#[uniffi::remote(Record)]
pub struct Answer {
    /// The question's name.
    #[uniffi(default)]
    pub question: String,
    /// One value: the text, the number in digits, the word chosen, the day as 2026-09-21, the photo's hash (64 hexadecimal digits);
    /// of `many` all words chosen.
    #[uniffi(default)]
    pub values: Vec<String>,
}

/// A form in one version. A version is never changed: who is asked anew gets the next.
#[uniffi::remote(Record)]
pub struct Form {
    /// The stable name, as `social_opinion`: small letters, digits, underscores.
    pub name: String,
    /// Counts from 1.
    pub version: u32,
    /// What it is called.
    pub title: Said,
    /// The questions, in the order in which they are asked.
    pub questions: Vec<Question>,
}

/// A question.
#[uniffi::remote(Record)]
pub struct Question {
    /// The stable name in its form.
    pub id: String,
    /// What is asked.
    pub title: Said,
    /// A word of [`QuestionKind`].
    pub kind: String,
    /// Whether it must be answered where it is asked.
    pub required: bool,
    /// What can be chosen, for `one` and `many`.
    pub choices: Vec<Choice>,
    /// The least number, of a `text` its fewest characters, of `many` the fewest chosen.
    pub min: Option<i64>,
    /// The greatest, likewise.
    pub max: Option<i64>,
    /// When it is asked; always, where this is not said.
    pub when: Option<When>,
}

/// What can be chosen.
#[uniffi::remote(Record)]
pub struct Choice {
    /// The stable name in its question.
    pub word: String,
    /// What it is called.
    pub title: Said,
}

/// A question is asked when an earlier one was answered by one of these.
#[uniffi::remote(Record)]
pub struct When {
    /// The earlier question.
    pub question: String,
    /// Words of its choices; of a number, numbers.
    pub one_of: Vec<String>,
}

/// What is read, in both languages.
#[uniffi::remote(Record)]
pub struct Said {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A visit.
#[uniffi::remote(Record)]
pub struct VisitRow {
    /// The visit.
    pub id: String,
    /// The door.
    pub household: String,
    /// Who went.
    pub officer: String,
    /// Who came along.
    pub companions: Vec<String>,
    /// Word of the purpose.
    pub purpose: String,
    /// Word of the outcome.
    pub outcome: String,
    /// What was heard and seen.
    pub note: String,
    /// When.
    pub at_ms: i64,
    /// Where the record stands.
    pub state: RecordState,
}

/// Something to come back for.
#[uniffi::remote(Record)]
pub struct FollowUpRow {
    /// The follow-up.
    pub id: String,
    /// The door.
    pub household: String,
    /// The visit it came from.
    pub visit: String,
    /// Who wrote it down.
    pub officer: String,
    /// What.
    pub what: String,
    /// By when, as `2026-09-21`, empty if no day is set.
    pub due: String,
    /// Done or not.
    pub done: bool,
    /// Where the record stands.
    pub state: RecordState,
}

/// A photo or voice note of a record.
#[uniffi::remote(Record)]
pub struct AttachmentRow {
    /// Its own id.
    pub id: String,
    /// The visit or matter.
    pub record: String,
    /// Who made it.
    pub officer: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// The media type.
    pub media: String,
    /// How many bytes.
    pub bytes: u32,
    /// In pixels; 0 for voice.
    pub width: u32,
    /// In pixels; 0 for voice.
    pub height: u32,
    /// When it was taken, milliseconds since 1970; 0 if not known.
    pub taken_ms: i64,
    /// Latitude and longitude if kept on purpose.
    pub place: String,
    /// Where the file lies on this phone; empty if it is not here.
    pub path: String,
    /// Where its thumbnail lies on this phone; empty if there is none.
    pub thumbnail: String,
    /// Where the file stands.
    pub state: FileState,
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

/// A form in the list.
#[uniffi::remote(Record)]
pub struct FormRow {
    /// The form.
    pub id: String,
    /// Its stable name.
    pub name: String,
    /// Its newest version.
    pub version: u32,
    /// What it is called.
    pub title: Said,
    /// How many questions it has.
    pub questions: u32,
}
