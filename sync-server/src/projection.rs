//! The rows the office reads, made from documents and events alone: applying writes them, a rebuild
//! makes them again and compares.

mod plate;
mod words;

use std::collections::BTreeSet;

use minqing_core::{
    Id,
    document::{Content, Doc, Told, conflicts, form_answers::survey_of},
    envelope::Hash,
    event::{Covered, Event, Fact, Register, Verdict},
    frame::from_cbor,
    model::{
        Affected, Category, Channel, Clock, HandlingType, MatterKind, MatterOutcome, MatterState, Patch, PublicationState, RefusalCode, Role, community_of_grid,
    },
    pipeline::Matter,
    public::PublicId,
    view,
};

pub use plate::{plate_begins, plate_parts};
pub use words::{WordsShown, key, words};

use crate::storage::{RefusedShown, log::StreamId};

/// A door.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HouseholdShown {
    /// The household.
    pub id: [u8; 16],
    /// Its home.
    pub stream: StreamId,
    /// What its card says.
    pub row: view::HouseholdRow,
    /// How many of its fields hold two values.
    pub reviews: u32,
    /// The door that it turned out to be.
    pub merged_into: Option<[u8; 16]>,
    /// By what other doors are found behind which the same people live; none once it is merged.
    pub who: BTreeSet<[u8; 16]>,
}

/// A field that holds two values.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReviewShown {
    /// The document.
    pub doc: [u8; 16],
    /// The field.
    pub field: String,
    /// When its newest value was written, by that device's clock, seconds since 1970.
    pub newest_s: i64,
}

/// A visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisitShown {
    /// The visit.
    pub id: [u8; 16],
    /// The door.
    pub household: [u8; 16],
    /// Who went.
    pub officer: [u8; 16],
    /// Word of the purpose.
    pub purpose: String,
    /// Word of the outcome.
    pub outcome: String,
    /// What was heard and seen.
    pub note: String,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
}

/// A photo or voice note that a document names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttachmentShown {
    /// The document.
    pub doc: [u8; 16],
    /// Its own id.
    pub id: [u8; 16],
    /// The visit or matter.
    pub record: [u8; 16],
    /// What its bytes hash to.
    pub sha256: [u8; 32],
    /// Media type.
    pub media: String,
    /// How many bytes, as its author says.
    pub bytes: u32,
}

/// What was made of a photo of a matter, to be seen by everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverShown {
    /// The fact that says so.
    pub id: [u8; 16],
    /// The matter.
    pub doc: [u8; 16],
    /// What the photo's bytes hash to.
    pub photo: [u8; 32],
    /// What those of the covered copy hash to; `None` = it was taken back.
    pub sha256: Option<[u8; 32]>,
    /// How many bytes the copy has.
    pub bytes: u32,
    /// What was painted over.
    pub patches: Vec<Patch>,
    /// Who of the office did it.
    pub by: [u8; 16],
    /// When, milliseconds since 1970: of the same photo the newest holds.
    pub at_ms: i64,
}

/// The row of a fact about a matter's photo.
pub fn cover(matter: Id, fact: Id, at_ms: i64, covered: Covered) -> CoverShown {
    let Covered { photo, by, copy } = covered;
    let (sha256, bytes, patches) = copy.map_or_else(Default::default, |copy| (Some(copy.sha256), copy.bytes, copy.patches));
    CoverShown { id: fact.0, doc: matter.0, photo, sha256, bytes, patches, by: by.0, at_ms }
}

/// Of what was made of photos, the oldest first, what holds of each.
pub fn newest(covers: &[CoverShown]) -> impl Iterator<Item = &CoverShown> {
    covers.iter().enumerate().filter(|(at, cover)| covers[at + 1..].iter().all(|later| later.photo != cover.photo)).map(|(_, cover)| cover)
}

/// One value of an answer; of a question with many choices one choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnswerShown {
    /// The visit.
    pub visit: [u8; 16],
    /// The door.
    pub household: [u8; 16],
    /// The form.
    pub form: [u8; 16],
    /// The version that was asked.
    pub version: u32,
    /// The question; empty in the row that says that the form was filled in.
    pub question: String,
    /// The text, number, word, day or hash.
    pub value: String,
}

/// A matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatterShown {
    /// The matter.
    pub id: [u8; 16],
    /// Its community.
    pub community: String,
    /// The door, if it has one.
    pub household: Option<[u8; 16]>,
    /// The door that the office found for it.
    pub door: Option<[u8; 16]>,
    /// Word of who else has the same trouble.
    pub affected: String,
    /// The residents' code, without the dash.
    pub code: String,
    /// Word of the kind.
    pub kind: String,
    /// Word of the channel.
    pub channel: String,
    /// Word of the category.
    pub category: String,
    /// What it is about.
    pub text: String,
    /// Where.
    pub place: String,
    /// Word of the main state.
    pub state: String,
    /// Word of the handling type; empty until it is accepted.
    pub handling: String,
    /// 办理轮次
    pub cycle: u16,
    /// Word of the lamp.
    pub lamp: String,
    /// Word of the level of supervision.
    pub supervision: String,
    /// Word of the outcome; empty until there is one.
    pub outcome: String,
    /// The department that answers for it.
    pub department: Option<[u8; 16]>,
    /// Who registered it.
    pub officer: [u8; 16],
    /// When the server holds it done, milliseconds since 1970.
    pub at_ms: i64,
    /// The event whose text says what it is about.
    pub register: [u8; 16],
}

/// A text of a matter that is read outside of the office: by its resident, or by everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicShown {
    /// The matter.
    pub matter: [u8; 16],
    /// The event it was written for.
    pub event: [u8; 16],
    /// The text.
    pub text: String,
}

/// A matter of which everybody may read, as far as its publication goes: what its category allows is asked when it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardShown {
    /// The matter.
    pub matter: [u8; 16],
    /// How everybody names it.
    pub id: [u8; 16],
    /// Since when it is shown, milliseconds since 1970.
    pub shown_ms: i64,
}

/// The row of a matter that is shown to everybody; `None` for any other.
pub fn board(matter: &Matter) -> Option<BoardShown> {
    let is_shown = matter.publication.state == PublicationState::Shown;
    let since = matter.clocks.get(Clock::Publicity).filter(|_| is_shown)?;
    Some(BoardShown { matter: matter.id.0, id: PublicId::of(matter.id).id().0, shown_ms: since.started_ms })
}

/// What is read of a matter outside of the office: the reply of a result that was passed, which goes to its resident, and the text
/// that is shown to everybody.
pub fn public_texts(matter: &Matter, texts: &Content) -> Vec<PublicShown> {
    let told = matches!(matter.state, MatterState::Feedback | MatterState::FollowUp | MatterState::Closed);
    let passed = matter.result.as_ref().filter(|result| told && result.passed.is_some());
    let reply = passed.map(|r| (r.event, texts.root.text(&format!("public:{}", r.event))));
    let shown = matter.publication.draft.filter(|_| matter.publication.state == PublicationState::Shown);
    let text = shown.map(|(event, _)| (event, view::texts(texts).of(event)));
    let both = reply.into_iter().chain(text).filter(|(_, text)| !text.is_empty());
    both.map(|(event, text)| PublicShown { matter: matter.id.0, event: event.0, text }).collect()
}

/// The row of a card whose home is `stream`, named `home`. Where it lies the log says, not the card.
pub fn household(id: Id, stream: StreamId, home: &str, doc: &Doc) -> HouseholdShown {
    let content = doc.content();
    let reviews = if content.disputed.is_empty() { 0 } else { conflicts(doc).len() };
    let grid = home.split_once(':').map_or(home, |(_, grid)| grid).to_owned();
    let card = view::card(id, &content);
    let merged_into = content.root.text("into").parse::<Id>().ok().map(|door| door.0);
    let who = if merged_into.is_none() { who(&card.residents) } else { BTreeSet::new() };
    let row = view::HouseholdRow { community: community_of(home).to_owned(), grid, ..card.household };
    HouseholdShown { id: id.0, stream, row, reviews: u32::try_from(reviews).unwrap_or(u32::MAX), merged_into, who }
}

/// Name with telephone, and name with year of birth, of each who lives there: a name alone says nothing.
fn who(residents: &[view::ResidentRow]) -> BTreeSet<[u8; 16]> {
    let at_home = residents.iter().filter(|r| !r.moved_out && !r.name.is_empty());
    let said = at_home.flat_map(|r| {
        let digits: String = r.phone.chars().filter(char::is_ascii_digit).collect();
        let phone = (!digits.is_empty()).then(|| format!("phone/{}/{digits}", r.name));
        let born = (r.birth_year != 0).then(|| format!("born/{}/{}", r.name, r.birth_year));
        phone.into_iter().chain(born)
    });
    said.filter_map(|said| Hash::of(said.as_bytes()).0.first_chunk().copied()).collect()
}

/// The review cards of a document.
pub fn reviews(id: Id, doc: &Doc) -> Vec<ReviewShown> {
    let newest = |values: &[Told]| values.iter().map(|told| told.time_s).max().unwrap_or_default();
    // What only the office writes, or two persons answer for, is settled by no card.
    let is_ours = |field: &str| matches!(field, "into" | "household") || field.starts_with("public:");
    conflicts(doc).into_iter().filter(|c| !is_ours(&c.field)).map(|c| ReviewShown { doc: id.0, newest_s: newest(&c.values), field: c.field }).collect()
}

/// The refused events of a matter's officers.
pub fn all_refused<'f>(matter: Id, community: &str, events: &[Event], facts: impl Iterator<Item = &'f Fact>) -> Vec<RefusedShown> {
    let of = |v: Verdict| events.iter().find(|event| event.id == v.event).and_then(|event| refused(matter, community, event, &v));
    facts.filter_map(|fact| of(fact.verdict()?)).collect()
}

/// A refused event of an officer; `None` for any other.
pub fn refused(matter: Id, community: &str, event: &Event, verdict: &Verdict) -> Option<RefusedShown> {
    let reason = RefusalCode::from_number(verdict.refused?)?.word().to_owned();
    let row = RefusedShown {
        event: event.id.0,
        matter: matter.0,
        community: community.to_owned(),
        officer: event.by.0,
        code: event.code,
        reason,
        at_ms: verdict.done_at,
    };
    (event.role == Role::Officer.number()).then_some(row)
}

/// The rows of a visit volume.
pub fn visits(volume: &Content) -> Vec<VisitShown> {
    let id = |text: &str| Id::or_zero(text).0;
    view::visits(volume)
        .visits
        .into_iter()
        .map(|v| VisitShown {
            id: id(&v.id),
            household: id(&v.household),
            officer: id(&v.officer),
            purpose: v.purpose,
            outcome: v.outcome,
            note: v.note,
            at_ms: v.at_ms,
        })
        .collect()
}

/// The photos and voice notes that a document names.
pub fn attachments(id: Id, content: &Content) -> Vec<AttachmentShown> {
    let rows = view::attachments(id, content).into_iter();
    rows.filter_map(|a| {
        let (own, record) = (Id::or_zero(&a.id).0, Id::or_zero(&a.record).0);
        Some(AttachmentShown { doc: id.0, id: own, record, sha256: Hash::from_hex(&a.sha256)?.0, media: a.media, bytes: a.bytes })
    })
    .collect()
}

/// The answers in a visit volume.
pub fn answers(content: &Content) -> Vec<AnswerShown> {
    let household = Id::or_zero(&content.root.text("home")).0;
    let surveys = content.items_of("visit").filter_map(|(visit, fields)| Some((visit.0, survey_of(fields)?)));
    let mut rows = Vec::new();
    for (visit, survey) in surveys {
        let form = Id::or_zero(&survey.form).0;
        let row = |question: &str, value| AnswerShown { visit, household, form, version: survey.version, question: question.to_owned(), value };
        // That it was filled in, were it without any answer.
        rows.push(row("", String::new()));
        for answer in survey.answers {
            rows.extend(answer.values.into_iter().map(|value| row(&answer.question, value)));
        }
    }
    rows
}

/// The community of a grid's or a desk's stream.
pub fn community_of(stream: &str) -> &str {
    let area = stream.split_once(':').map_or(stream, |(_, area)| area);
    community_of_grid(area)
}

/// The row of a matter that `register` brought about; `None` if its payload cannot be read.
pub fn matter(id: Id, community: &str, event: &Event, done_at: i64, matter: &Matter) -> Option<MatterShown> {
    let payload: Register = from_cbor(&event.payload).ok()?;
    let row = MatterShown {
        id: id.0,
        community: community.to_owned(),
        household: payload.household.map(|h| h.0),
        affected: Affected::from_number(payload.affected).map_or("", Affected::word).to_owned(),
        code: payload.code,
        kind: MatterKind::from_number(payload.kind).map_or("", MatterKind::word).to_owned(),
        channel: Channel::from_number(payload.channel).map_or("", Channel::word).to_owned(),
        category: Category::from_number(payload.category).map_or("", Category::word).to_owned(),
        text: String::new(),
        place: String::new(),
        officer: event.by.0,
        at_ms: done_at,
        register: event.id.0,
        ..MatterShown::default()
    };
    Some(row.with_fold(matter))
}

impl MatterShown {
    /// Puts in how it stands.
    #[must_use]
    pub fn with_fold(self, matter: &Matter) -> Self {
        Self {
            state: matter.state.word().to_owned(),
            category: matter.about.category.map_or(self.category, |category| category.word().to_owned()),
            handling: matter.handling.map_or("", HandlingType::word).to_owned(),
            cycle: matter.cycle,
            lamp: matter.lamp().word().to_owned(),
            supervision: matter.order().word().to_owned(),
            outcome: matter.outcome.map_or("", MatterOutcome::word).to_owned(),
            department: matter.department.map(|d| d.0),
            ..self
        }
    }

    /// Puts in who else has the same trouble, from what it was registered with.
    pub fn read_affected(&mut self, events: &[Event]) {
        let register = events.iter().find(|event| event.id.0 == self.register).and_then(|event| from_cbor::<Register>(&event.payload).ok());
        self.affected = register.and_then(|r| Affected::from_number(r.affected)).map_or("", Affected::word).to_owned();
    }

    /// Puts in the texts of its document.
    pub fn read_texts(&mut self, document: &Content) {
        let texts = view::texts(document);
        self.text = texts.of(Id(self.register));
        self.place = texts.place;
        self.door = document.root.text("household").parse::<Id>().ok().map(|door| door.0);
    }
}
