//! Bundles: handing over what waits where there is no network at all, and taking in what colleagues hand over (docs/SYNC.md, "No network at all").

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Client, Lists, merge::merge};
use crate::{
    Error, Result,
    bundle::{Contents, Header, MAX_BUNDLE, MAX_FRAMES, MergeAddress, Mode, open, seal},
    envelope::Hash,
    frame::{MAX_ENVELOPES, MAX_ITEMS},
    store::{
        carried, courier,
        files::{read_within, write_private},
        meta::{self, OfficeKeys},
        outbox,
    },
    sync::{Runs, Waiting},
};

/// Bytes of items in one envelope of a bundle, and in one bundle: however badly they compress, either fits its limits.
const ENVELOPE: usize = 128 << 10;
const BUNDLE: usize = 6 << 20;

/// A bundle that was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleFile {
    /// Where it lies; the app hands it over and deletes it.
    pub path: String,
    /// Items in it.
    pub items: u32,
}

/// A bundle that was taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBundle {
    /// `courier`: kept for the office, unread. `merge`: applied here.
    pub mode: String,
    /// The phone that made it.
    pub device: u32,
    /// Items that this phone carries to the office now and did not before; 0 of a courier's, which nobody can count.
    pub carried: u32,
    /// Records that lists show now.
    pub shown: u32,
}

/// A sealed bundle on its way to the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourierRow {
    /// Its number on this phone.
    pub id: i64,
    /// The phone that made it.
    pub device: u32,
    /// When it came here, milliseconds since 1970.
    pub at_ms: i64,
    /// Its size in bytes; 0 once the office refused it for good.
    pub bytes: u64,
    /// The code with which the office refused it; empty if it did not.
    pub problem: String,
}

impl Client {
    /// Seals everything that waits for the office, and writes it into a directory: mostly one file, more where it does not fit. A colleague takes it along
    /// unread. Nothing changes its state by that: what comes to the office so is at the office once this phone hears it.
    ///
    /// # Errors
    /// `bundle.empty` if nothing waits; `bundle.no_office` on a phone that never spoke to an office that knows bundles; `device.not_enrolled`,
    /// `store.failed`.
    pub fn courier_bundles(&mut self, directory: String) -> Result<Vec<BundleFile>> {
        let office = self.office_keys()?;
        self.bundles(Mode::Courier, &office.seal, &directory)
    }

    /// The text of the QR code that a colleague scans to hand over to this phone directly ([`Client::merge_bundles`]).
    ///
    /// # Errors
    /// `device.not_enrolled`.
    pub fn merge_address(&self) -> Result<String> {
        self.not_in_practice()?;
        Ok(MergeAddress(self.me()?.certificate.clone()).text())
    }

    /// As [`Client::courier_bundles`], for the phone whose address was scanned: it applies them and carries them on.
    ///
    /// # Errors
    /// As there; `bundle.address` for a text that is no address; `bundle.signer_unknown` where this phone does not know the office's key by which that one was
    /// enrolled; `bundle.own` for this phone's own address.
    pub fn merge_bundles(&mut self, directory: String, address: String) -> Result<Vec<BundleFile>> {
        let to = MergeAddress::read(&address)?.phone(&self.office_keys()?.sign)?;
        if to.device == self.me()?.device() {
            return Err(Error::State("bundle.own"));
        }
        self.bundles(Mode::Merge, &to.seal_key, &directory)
    }

    /// Takes a bundle in: what is for the office is kept and sent at the next contact, what is for this phone is applied, shown as carried, and sent before
    /// what is written on top of it.
    ///
    /// # Errors
    /// `file.missing`; `bundle.too_large`, `bundle.malformed`, `bundle.newer`, `bundle.not_for_me`, `bundle.signature`, `bundle.signer_unknown`,
    /// `bundle.own`, `bundle.too_many`, `bundle.no_office`; `device.not_enrolled`, `store.failed`. Nothing of it was taken then.
    pub fn take_bundle(&mut self, path: String) -> Result<TakenBundle> {
        self.not_in_practice()?;
        let me = self.me()?.device();
        let bundle = read_within(Path::new(&path), MAX_BUNDLE)?.ok_or(Error::Malformed("bundle.too_large"))?;
        let Header { mode, author, .. } = Header::read(&bundle)?;
        if author == me {
            return Err(Error::State("bundle.own"));
        }
        let mut taken = TakenBundle { mode: mode.word().into(), device: author.0, ..TakenBundle::default() };
        if mode == Mode::Courier {
            let at_ms = self.at()?.estimate();
            self.lists.store.write(|tx| courier::put(tx, author, at_ms, &bundle))?;
            return Ok(taken);
        }
        let (_, contents) = open(&bundle, [self.keys.opens()])?;
        let verified = contents.verified(&self.office_keys()?.sign)?;
        let merged = self.lists.store.write(|tx| merge(tx, me, &verified))?;
        (taken.carried, taken.shown) = (merged.carried, merged.shown);
        Ok(taken)
    }

    /// Takes a bundle that is carried off this phone; one that the office refused leaves the list so.
    ///
    /// # Errors
    /// `bundle.unknown`, `store.failed`.
    pub fn forget_bundle(&mut self, id: i64) -> Result<()> {
        let was_here = self.lists.store.write(|tx| courier::forget(tx, id))?;
        if was_here { Ok(()) } else { Err(Error::Missing { code: "bundle.unknown", id: id.to_string() }) }
    }

    fn office_keys(&self) -> Result<OfficeKeys> {
        self.me()?;
        self.not_in_practice()?;
        meta::get_as(self.store.read(), meta::OFFICE_KEYS)?.ok_or(Error::State("bundle.no_office"))
    }

    fn bundles(&mut self, mode: Mode, to: &[u8; 32], directory: &str) -> Result<Vec<BundleFile>> {
        let scope = self.me()?.scope;
        // All that waits, also what is not due yet.
        let waiting = self.hand_over(|db| outbox::waiting(db, i64::MAX as u64, usize::MAX, scope))?;
        let mut made = Vec::new();
        for (items, contents) in self.contents(waiting)? {
            let bundle = seal(mode, to, self.me()?.device(), &contents, self.random())?;
            let name = Hash::of(&bundle).to_string();
            let path = Path::new(directory).join(format!("minqing-{}-{}.mqb", mode.word(), &name[..8]));
            write_private(&path, &bundle).map_err(|e| Error::Store(format!("bundle: {}", e.kind())))?;
            made.push(BundleFile { path: path.display().to_string(), items });
        }
        if made.is_empty() { Err(Error::State("bundle.empty")) } else { Ok(made) }
    }

    /// All that waits, in as many bundles as that takes: what is carried of others first.
    fn contents(&self, waiting: Vec<Waiting>) -> Result<Vec<(u32, Contents)>> {
        let me = self.me()?;
        let mut all = vec![(0, Contents::default())];
        let mut size = 0;
        let mut add = |envelope: Vec<u8>, certificate: &[u8], items: usize, bytes: usize| {
            size += bytes;
            let is_full = all.last().is_some_and(|(held, contents)| {
                size > BUNDLE || *held as usize + items > MAX_FRAMES * MAX_ITEMS || contents.envelopes.len() == MAX_FRAMES * MAX_ENVELOPES
            });
            if is_full {
                all.push((0, Contents::default()));
                size = bytes;
            }
            if let Some((held, contents)) = all.last_mut() {
                *held += u32::try_from(items).unwrap_or(u32::MAX);
                contents.envelopes.push(envelope.into());
                if !contents.certificates.iter().any(|known| known[..] == *certificate) {
                    contents.certificates.push(certificate.to_vec().into());
                }
            }
        };
        for (carried, certificate) in carried::all(self.store.read())? {
            add(carried.bytes, &certificate, carried.names.len(), carried.size);
        }
        let mut runs = Runs::new(ENVELOPE);
        waiting.into_iter().for_each(|waits| runs.push(waits));
        for (envelope, items, bytes) in runs.seal(&self.keys, me.device()) {
            add(envelope, &me.certificate, items, bytes);
        }
        all.retain(|(items, _)| *items > 0);
        Ok(all)
    }
}

impl Lists {
    /// The sealed bundles that this phone carries to the office, and those that the office refused, in the order in which they came.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn carried_bundles(&self) -> Result<Vec<CourierRow>> {
        let row = |kept: courier::Kept| CourierRow {
            id: kept.id,
            device: kept.device,
            at_ms: kept.at_ms,
            bytes: kept.bytes,
            problem: kept.problem.unwrap_or_default(),
        };
        Ok(courier::all(self.store.read())?.into_iter().map(row).collect())
    }

    /// How many items of colleagues this phone carries that were merged here.
    ///
    /// # Errors
    /// `store.failed`.
    pub fn carried_items(&self) -> Result<u32> {
        carried::count(self.store.read())
    }
}
