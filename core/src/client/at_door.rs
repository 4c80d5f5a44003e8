//! What an officer does at the door that moves a matter on the line.

use serde::{Deserialize, Serialize};

use super::{Client, Lists};
use crate::{
    Error, Id, Result,
    document::{attachment, matter::put_text},
    event::{self, Said},
    ids::normal_code,
    model::{Check, EventCode, FeedbackWay, MAX_MATTER_TEXT, Prepared, Proof},
    store::{attachments, events, lists},
};

/// What was told to a resident of a result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewFeedback {
    /// A word of [`FeedbackWay`].
    pub way: String,
    /// Whether the resident was reached.
    pub reached: bool,
    /// A word of [`Proof`].
    pub proof: String,
    /// The code on the resident's slip, where that is the proof.
    pub code: String,
    /// The picture of the signature, made ready by [`Client::prepare`], where that is the proof.
    pub signature: Option<Prepared>,
    /// Who was told, and what they said; may be empty.
    pub text: String,
}

/// What goes beside an event, in the same action.
#[derive(Default)]
pub(super) struct Beside<'a> {
    /// What was typed.
    pub(super) text: &'a str,
    /// Files that were made ready.
    pub(super) files: &'a [Prepared],
    /// The refused event that it is done again for.
    pub(super) instead_of: Option<Id>,
}

impl Client {
    /// Ticks papers that were brought, with their photos; returns the event.
    ///
    /// # Errors
    /// `matter.unknown`; `edit.empty` for none, `papers.unknown` for an item that is not in the letter; `file.unknown`;
    /// `device.not_enrolled`, `store.failed`.
    pub fn bring_papers(&mut self, matter: String, items: Vec<String>, photos: Vec<Prepared>) -> Result<String> {
        if items.is_empty() {
            return Err(Error::invalid("edit.empty", "items"));
        }
        let known = self.line_of(matter.clone())?.papers;
        let mut brought = Vec::new();
        for (i, item) in items.iter().enumerate() {
            let paper = known.iter().find(|p| p.id == *item).ok_or_else(|| Error::invalid("papers.unknown", format!("items[{i}]")))?;
            brought.push(paper.id.parse()?);
        }
        self.move_on(&matter, EventCode::PapersIn, &Said::Papers(event::Papers { items: brought }), Beside { files: &photos, ..Beside::default() })
    }

    /// Notes what a resident was told of the result, or that nobody was reached; returns the event. The resident of a matter that
    /// follows another is told of that one's result.
    ///
    /// # Errors
    /// `code.unknown`, `text.*`, `matter.unknown`; `proof.missing` for a signature without its picture, `proof.code` for another matter's
    /// code; `file.unknown`; `device.not_enrolled`, `store.failed`.
    pub fn give_feedback(&mut self, matter: String, new: NewFeedback) -> Result<String> {
        let root = Check::root();
        let way = root.field("way").code(FeedbackWay::from_word(&new.way))?;
        let proof = root.field("proof").code(Proof::from_word(&new.proof))?;
        let of = self.known_matter(&matter)?.0;
        match proof {
            Proof::Signature if new.signature.is_none() => return root.field("signature").fail("proof.missing"),
            Proof::Code if normal_code(&new.code) != self.code_of(of)? => return root.field("code").fail("proof.code"),
            _ => {}
        }
        let said = Said::Feedback(event::Feedback { of, way, reached: new.reached, proof });
        let answering = self.answering(of)?.to_string();
        self.move_on(&answering, EventCode::Feedback, &said, Beside { text: &new.text, files: new.signature.as_slice(), ..Beside::default() })
    }

    /// Hands the phone over for a rating of one to five stars; `accept`: not to be taken up once more whatever the stars. Returns the event.
    ///
    /// # Errors
    /// `stars.range`, `matter.unknown`; `device.not_enrolled`, `store.failed`.
    pub fn rate_assisted(&mut self, matter: String, stars: u8, accept: bool) -> Result<String> {
        if !(1..=5).contains(&stars) {
            return Err(Error::invalid("stars.range", "stars"));
        }
        let of = self.known_matter(&matter)?.0;
        let token = Id::resident(of);
        let answering = self.answering(of)?.to_string();
        self.move_on(&answering, EventCode::Rate, &Said::Rate(event::Rate { of, token, stars, accept, assisted: true }), Beside::default())
    }

    /// Asks on a resident's behalf that a matter be urged; returns the event.
    ///
    /// # Errors
    /// `text.*`, `matter.unknown`; `device.not_enrolled`, `store.failed`.
    pub fn ask_to_urge(&mut self, matter: String, text: String) -> Result<String> {
        self.move_on(&matter, EventCode::AskOrder, &Said::Nothing, Beside { text: &text, ..Beside::default() })
    }

    /// Ticks a matter's row of [`Lists::to_tell`]: the resident was told; returns the event. Of a result that still has to reach the resident
    /// it is the feedback, in person and without proof; of everything else a note that it was told.
    ///
    /// # Errors
    /// `id.malformed`, `matter.unknown`; `device.not_enrolled`, `store.failed`.
    pub fn tell_resident(&mut self, matter: String, event: String) -> Result<String> {
        let told = Check::root().field("event").id(&event)?;
        let of = self.known_matter(&matter)?.0;
        if self.is_result(of, told)? {
            let (way, proof) = (FeedbackWay::Individual.word().into(), Proof::None.word().into());
            return self.give_feedback(matter, NewFeedback { way, proof, reached: true, ..NewFeedback::default() });
        }
        self.move_on(&matter, EventCode::Tell, &Said::Tell(event::Tell { event: told }), Beside::default())
    }

    /// Writes an event with what goes beside it, in one action.
    pub(super) fn move_on(&mut self, matter: &str, code: EventCode, said: &Said, beside: Beside<'_>) -> Result<String> {
        let Beside { text, files, instead_of } = beside;
        let root = Check::root();
        root.field("text").text(text, MAX_MATTER_TEXT)?;
        let (id, home) = self.known_matter(matter)?;
        let mut known = Vec::new();
        for (i, file) in files.iter().enumerate() {
            file.check(&root.at("files", i))?;
            known.push((self.new_id(), self.known_file(file)?, file));
        }
        let event = self.new_id();
        self.act(&[event, id], code.word(), &(matter, said.to_json(), text, files), |action| {
            if !text.is_empty() {
                action.change(id, |w, _| put_text(w, &home, event, Some(text), None))?;
            }
            for (attachment, hash, file) in known {
                let officer = action.officer;
                attachments::keep(action.tx, hash, file)?;
                action.change(id, |w, _| attachment::add_to_matter(w, &home, attachment, officer, file))?;
            }
            if let Some(refused) = instead_of {
                events::replace_refused(action.tx, refused, event)?;
            }
            action.event(event, id, code, said.encode())
        })?;
        Ok(event.to_string())
    }
}

impl Lists {
    /// The matter whose result a matter's resident gets: the one that it follows, where this phone has it.
    pub(super) fn answering(&self, id: Id) -> Result<Id> {
        let master = self.fold(id)?.and_then(|(m, _)| m.merged).map(|(master, _)| master);
        Ok(match master {
            Some(master) if lists::one_matter(self.store.read(), master)?.is_some() => master,
            _ => id,
        })
    }

    fn code_of(&self, id: Id) -> Result<Option<String>> {
        Ok(lists::one_matter(self.store.read(), id)?.map(|row| row.code))
    }
}
