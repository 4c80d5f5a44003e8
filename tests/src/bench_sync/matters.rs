//! A matter and what happens to it, drawn with an account.

use anyhow::{Context, Result};
use minqing_core::{
    Id,
    clock::At,
    document::{
        Doc,
        matter::{Home, put_text},
    },
    envelope::ItemKind,
    event::{Event, Register},
    frame::to_cbor,
    ids::crockford,
    model::{Affected, Category, Channel, EventCode, MatterKind, Role},
};

use super::{
    author::Author,
    draw::{Draw, ID_BITS},
    words::Words,
};

/// Characters of a matter's text, and of a note's.
const TEXTS: [usize; 2] = [60, 30];

/// A matter that is being written.
pub struct MatterDoc {
    id: Id,
    home: Id,
    doc: Doc,
    events: u64,
}

impl MatterDoc {
    /// A matter of a door that nobody has written down yet.
    pub fn of(draw: &mut Draw, home: Id, at_ms: i64) -> Self {
        Self { id: draw.id(at_ms), home, doc: Doc::empty(), events: 0 }
    }

    /// The matter.
    pub fn id(&self) -> Id {
        self.id
    }

    /// An author registers it, or adds a note, or with the last event perhaps settles it; `synced_ms`: when the author last exchanged.
    pub fn happen(&mut self, author: &mut Author, draw: &mut Draw, words: &Words, at_ms: i64, synced_ms: i64, last: bool) -> Result<()> {
        let event = draw.id(at_ms);
        let first = self.events == 0;
        let text = words.text(draw, TEXTS[usize::from(!first)]);
        let home = Home::Household(self.home);
        let change = self.doc.change(author.actor(), at_ms / 1_000, |w| put_text(w, &home, event, Some(&text), None))?;
        author.put(ItemKind::Change, self.id, change.context("a change")?);
        let (code, payload) = if first {
            (EventCode::Register, to_cbor(&register(draw, self.home)))
        } else if last && draw.happens(50) {
            (EventCode::SolveOnSpot, vec![0xa0])
        } else {
            (EventCode::Note, vec![0xa0])
        };
        let event = Event {
            id: event,
            code: code.number(),
            by: author.officer,
            role: Role::Officer.number(),
            at: At { device_ms: at_ms, server_ms: Some(synced_ms), since_ms: Some(at_ms - synced_ms) },
            saw: self.events,
            after: None,
            payload,
        };
        author.put(ItemKind::Event, self.id, event.encode());
        // The id of the verdict, which the office draws.
        draw.count(ID_BITS);
        self.events += 1;
        Ok(())
    }
}

/// A registration at a door.
pub fn register(draw: &mut Draw, household: Id) -> Register {
    // The sensitive ones come to no other phone.
    let open: Vec<Category> = Category::ALL.iter().copied().filter(|category| !category.is_sensitive()).collect();
    Register {
        code: crockford(&[0u8; 8].map(|_| u8::try_from(draw.below(32)).unwrap_or(0))),
        kind: draw.one_of(MatterKind::ALL).number(),
        channel: draw.one_of(Channel::ALL).number(),
        category: draw.one_of(&open).number(),
        household: Some(household),
        affected: draw.one_of(Affected::ALL).number(),
        proposed: None,
        urgent: None,
        errand: None,
    }
}
