//! Handing over without any network.

use minqing_core::client::{BundleFile, Client, CourierRow, Lists, TakenBundle};

use crate::{Minqing, MinqingError};

#[uniffi::export]
impl Minqing {
    /// Seals everything that waits for the office into files in `directory`, mostly one, for a colleague to take along unread.
    pub fn courier_bundles(&self, directory: String) -> Result<Vec<BundleFile>, MinqingError> {
        self.act(|client| client.courier_bundles(directory))
    }

    /// The text of the QR code that a colleague scans to hand over to this phone directly.
    pub fn merge_address(&self) -> Result<String, MinqingError> {
        self.act(|client| client.merge_address())
    }

    /// As `courier_bundles`, for the phone whose address was scanned: it applies them and carries them on.
    pub fn merge_bundles(&self, directory: String, address: String) -> Result<Vec<BundleFile>, MinqingError> {
        self.act(|client| client.merge_bundles(directory, address))
    }

    /// Takes a bundle in: one for the office is kept until the next contact, one for this phone is applied and carried on.
    pub fn take_bundle(&self, path: String) -> Result<TakenBundle, MinqingError> {
        self.act(|client| client.take_bundle(path))
    }

    /// The sealed bundles that this phone carries, and those that the office refused.
    pub fn carried_bundles(&self) -> Result<Vec<CourierRow>, MinqingError> {
        self.see(Lists::carried_bundles)
    }

    /// How many items of colleagues this phone carries that were merged here.
    pub fn carried_items(&self) -> Result<u32, MinqingError> {
        self.see(Lists::carried_items)
    }

    /// Takes a bundle off this phone, as one that the office refused.
    pub fn forget_bundle(&self, id: i64) -> Result<(), MinqingError> {
        self.act(|client: &mut Client| client.forget_bundle(id))
    }
}
