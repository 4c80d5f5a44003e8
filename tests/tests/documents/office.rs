//! A few phones and an office that pass one document's changes around, and the memory of what was typed.

use std::collections::{BTreeMap, BTreeSet};

use minqing_core::{
    document::{Admission, Doc, admit},
    envelope::Hash,
    ids::{Device, Opening, actor},
};

use super::typing::{Entry, Subject};

/// One step of a story; numbers are taken modulo what there is.
#[derive(Clone, Debug)]
pub enum Step {
    /// A phone writes.
    Write { phone: u8, what: u8, which: u8, word: u8 },
    /// A phone takes a change of another, after all it rests on.
    Fetch { phone: u8, change: u8 },
    /// A phone is closed and opened again.
    Reopen { phone: u8 },
}

pub struct Phone {
    pub device: Device,
    pub opening: Opening,
    pub doc: Doc,
    /// Changes it holds, by place in the log.
    pub held: BTreeSet<usize>,
    clock_s: i64,
}

/// A change and what its author's document held before it.
#[derive(Clone)]
pub struct Logged {
    pub device: Device,
    pub opening: Opening,
    pub bytes: Vec<u8>,
    pub past: BTreeSet<usize>,
}

/// A value that somebody typed into a field (`None`: took out of a set), in which change.
struct Typed {
    field: String,
    value: Option<String>,
    device: Device,
    change: usize,
}

pub struct Office {
    pub subject: Subject,
    pub phones: Vec<Phone>,
    /// In the order of writing, which is an order the server could have received them in.
    pub log: Vec<Logged>,
    typed: Vec<Typed>,
    ids: u32,
}

impl Office {
    /// One phone for each clock, whose hand stands at so many seconds.
    pub fn new(subject: Subject, clocks: &[i64]) -> Self {
        let phone = |(i, clock_s): (usize, &i64)| Phone {
            device: Device(100 + i as u32),
            opening: Opening([i as u8; 5]),
            doc: Doc::empty(),
            held: BTreeSet::new(),
            clock_s: *clock_s,
        };
        Self { subject, phones: clocks.iter().enumerate().map(phone).collect(), log: vec![], typed: vec![], ids: 0 }
    }

    /// Lets a whole story happen.
    pub fn play(mut self, story: &[Step]) -> Self {
        for step in story {
            let of = |phone: &u8| usize::from(*phone) % self.phones.len();
            match step {
                Step::Write { phone, what, which, word } => self.write(of(phone), *what, *which, *word),
                Step::Fetch { phone, change } if !self.log.is_empty() => self.fetch(of(phone), usize::from(*change) % self.log.len()),
                Step::Fetch { .. } => {}
                Step::Reopen { phone } => self.reopen(of(phone)),
            }
        }
        self
    }

    pub fn write(&mut self, phone: usize, what: u8, which: u8, word: u8) {
        self.ids += 1;
        let p = &mut self.phones[phone];
        let now = p.doc.content();
        let mut entries: Vec<Entry> = vec![];
        let subject = self.subject;
        let bytes = p
            .doc
            .change(actor(p.device, p.opening), p.clock_s, |w| {
                entries = subject.write(w, &now, self.ids, what, which, word)?;
                Ok(())
            })
            .unwrap();
        let (held, device, change) = (p.held.clone(), p.device, self.log.len());
        // What stands there already and undisputed is left alone, and nothing is taken out of where nothing is.
        let entries: Vec<Entry> = entries
            .into_iter()
            .filter(|(field, value)| {
                let standing = self.standing(field, &held);
                value.as_ref().map_or(!standing.is_empty(), |value| standing.is_empty() || standing.iter().any(|(now, _)| now != value))
            })
            .collect();
        assert_eq!(bytes.is_some(), !entries.is_empty(), "a change holds what was typed, and is not made for nothing: {entries:?}");
        self.typed.extend(entries.into_iter().map(|(field, value)| Typed { field, value, device, change }));
        if let Some(bytes) = bytes {
            let p = &mut self.phones[phone];
            self.log.push(Logged { device, opening: p.opening, bytes, past: p.held.clone() });
            p.held.insert(change);
        }
    }

    /// Gives a phone a change, and before it all that it rests on.
    pub fn fetch(&mut self, phone: usize, change: usize) {
        let p = &mut self.phones[phone];
        for i in self.log[change].past.iter().copied().chain([change]) {
            if p.held.insert(i) {
                p.doc.apply(&[self.log[i].bytes.clone()]).unwrap();
            }
        }
    }

    /// All phones get everything.
    pub fn meet(&mut self) {
        for phone in 0..self.phones.len() {
            (0..self.log.len()).for_each(|change| self.fetch(phone, change));
        }
    }

    fn reopen(&mut self, phone: usize) {
        let p = &mut self.phones[phone];
        p.doc = Doc::load(&p.doc.save()).unwrap();
        p.opening.0[4] = p.opening.0[4].wrapping_add(16);
    }

    /// What the server makes of the log.
    pub fn admitted(&self) -> Doc {
        self.log.iter().enumerate().fold(Doc::empty(), |doc, (i, change)| match admit(&doc, &doc.content(), &change.bytes, change.device, change.opening) {
            Admission::Applied(admitted) => {
                let loaded = Doc::load(&admitted.saved).expect("what is admitted loads");
                assert_eq!((&admitted.content, loaded.heads()), (&loaded.content(), admitted.doc.heads()), "change {i}");
                admitted.doc
            }
            Admission::Known => panic!("change {i} is taken for a known one"),
            Admission::Missing(hash) => panic!("change {i} is said to miss {}", Hash(hash)),
            Admission::Refused(why) => panic!("change {i} is refused as {why:?}"),
        })
    }

    /// The values of a field, with who typed them, that nobody overwrote who had them before his eyes.
    fn standing(&self, field: &str, among: &BTreeSet<usize>) -> Vec<(String, Device)> {
        let seen: Vec<&Typed> = self.typed.iter().filter(|t| t.field == field && among.contains(&t.change)).collect();
        let stands = |t: &&&Typed| !seen.iter().any(|later| self.log[later.change].past.contains(&t.change));
        seen.iter().filter(stands).filter_map(|t| Some((t.value.clone()?, t.device))).collect()
    }

    /// As [`Office::standing`], for all fields ever typed into and the whole log.
    pub fn all_standing(&self) -> BTreeMap<&str, Vec<(String, Device)>> {
        let all = (0..self.log.len()).collect();
        self.typed.iter().map(|t| (t.field.as_str(), self.standing(&t.field, &all))).collect()
    }
}
