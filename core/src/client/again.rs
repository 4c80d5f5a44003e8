//! Sending again what the office put aside or returned.

use super::{
    Client,
    rebuild::{Pen, send_again},
};
use crate::{Error, Id, Result, store::outbox};

impl Client {
    /// Writes what the office put aside of a record once more, on the documents as they now stand, and lets it wait for
    /// the next exchange. The office is told that it need not look at the old one.
    ///
    /// # Errors
    /// `record.unknown` if nothing of it was put aside; `item.unreadable` where what was kept of it cannot be read:
    /// then it must be typed again; `device.not_enrolled`, `store.failed`.
    pub fn send_again(&mut self, record: String) -> Result<()> {
        let unknown = || Error::Missing { code: "record.unknown", id: record.clone() };
        let id: Id = record.parse().map_err(|_| unknown())?;
        let device = self.me()?.device();
        let time_s = self.at()?.estimate() / 1000;
        let (opening, next) = self.pen();
        let mut pen = Pen { device, opening, next, time_s, used: false };
        self.lists.store.write(|tx| {
            let aside = outbox::aside_of(tx, id)?;
            if aside.is_empty() {
                return Err(unknown());
            }
            aside.iter().try_for_each(|(kind, doc, kept)| send_again(tx, *kind, *doc, kept, &mut pen))
        })?;
        self.opening = Some((pen.opening, pen.next));
        Ok(())
    }
}
