//! Ids, made once: from clock and random bytes where a person writes something down, from a name
//! where two phones must agree without talking (WIRE.md, "Ids and keys").

use std::{fmt, str::FromStr, sync::LazyLock};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use minicbor::{Decode, Encode};
use uuid::Uuid;

use crate::{Error, Result};

mod code;

pub use code::{crockford, normal_code, shown};

/// The id of a document, record, event or person: 16 bytes, shown as 22 characters of base64url.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Id(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

/// The namespace of all ids that come from a name.
pub static NAMESPACE: LazyLock<Uuid> = LazyLock::new(|| Uuid::new_v5(&Uuid::nil(), b"minqing/1"));

impl Id {
    /// A version 7 id from a clock (milliseconds since 1970) and ten random bytes.
    pub fn timed(ms: i64, random: &[u8; 10]) -> Self {
        let ms = u64::try_from(ms).unwrap_or(0);
        Self(uuid::Builder::from_unix_timestamp_millis(ms, random).into_uuid().into_bytes())
    }

    /// A version 5 id from the parts of a name, joined by U+001F.
    pub fn named(parts: &[&str]) -> Self {
        Self(Uuid::new_v5(&NAMESPACE, parts.join("\u{1f}").as_bytes()).into_bytes())
    }

    /// The volume that holds one household's visits of one year.
    pub fn visits(household: Id, year: i16) -> Self {
        Self::named(&["visits", &household.to_string(), &year.to_string()])
    }

    /// An officer's round of a day, as `2026-09-16`.
    pub fn round(officer: Id, day: &str) -> Self {
        Self::named(&["round", &officer.to_string(), day])
    }

    /// Who acts as the resident of a matter, whoever that is: to the log there is one.
    pub fn resident(matter: Id) -> Self {
        Self::named(&["resident", &matter.to_string()])
    }

    /// Whether it was made from a clock, by [`Id::timed`].
    pub fn is_timed(self) -> bool {
        self.0[6] >> 4 == 7
    }

    /// When it was made, by the clock of whoever made it: milliseconds since 1970; `None` for an id from a name.
    pub fn made_ms(self) -> Option<i64> {
        let ms = self.0[..6].iter().fold(0, |ms, byte| ms << 8 | i64::from(*byte));
        self.is_timed().then_some(ms)
    }

    /// Reads an id that a document names; sixteen zeros where it is not one.
    pub fn or_zero(text: &str) -> Self {
        text.parse().unwrap_or(Self([0; 16]))
    }

    /// Reads an id out of bytes that came from elsewhere.
    ///
    /// # Errors
    /// `id.malformed` if it is not 16 bytes long.
    pub fn from_slice(bytes: &[u8]) -> Result<Self> {
        bytes.try_into().map(Self).map_err(|_| Error::Malformed("id.malformed"))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Id {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::Malformed("id.malformed"))?;
        Self::from_slice(&bytes)
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A device's number: 24 random bits, never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, Encode, Decode)]
#[cbor(transparent)]
pub struct Device(#[n(0)] pub u32);

impl Device {
    /// The greatest number.
    pub const MAX: u32 = (1 << 24) - 1;
}

/// Five fresh random bytes, drawn at the first write of each opening of a database.
///
/// Never stored for re-use: an opening used again after a restore would let two different changes
/// carry one name, and the second would vanish silently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Opening(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 5]);

impl fmt::Display for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Opening {
    type Err = Error;

    fn from_str(s: &str) -> Result<Self> {
        let digits = s.len() == 10 && s.bytes().all(|b| b.is_ascii_hexdigit());
        let number = digits.then(|| u64::from_str_radix(s, 16).ok()).flatten().ok_or(Error::Malformed("id.malformed"))?;
        let [_, _, _, opening @ ..] = number.to_be_bytes();
        Ok(Self(opening))
    }
}

/// The name of an uploaded item: who wrote it, in which opening, as the how-manieth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// The device that wrote it.
    pub device: Device,
    /// The opening in which it was written.
    pub opening: Opening,
    /// Counts from 1 in each opening.
    pub n: u64,
}

impl fmt::Display for Name {
    /// As people copy it, `device-opening-n`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.device.0, self.opening, self.n)
    }
}

impl FromStr for Name {
    type Err = Error;

    fn from_str(s: &str) -> Result<Self> {
        const MALFORMED: Error = Error::Malformed("id.malformed");
        let mut parts = s.split('-');
        let (Some(device), Some(opening), Some(n), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else { return Err(MALFORMED) };
        let (device, n) = (device.parse().map_err(|_| MALFORMED)?, n.parse().map_err(|_| MALFORMED)?);
        Ok(Self { device: Device(device), opening: opening.parse()?, n })
    }
}

/// The actor under which a device writes into documents: 3 bytes of device, 5 of opening.
pub fn actor(device: Device, opening: Opening) -> [u8; 8] {
    let d = device.0.to_be_bytes();
    let o = opening.0;
    [d[1], d[2], d[3], o[0], o[1], o[2], o[3], o[4]]
}

/// Device and opening of an actor; `None` if it is not eight bytes long.
pub fn device_of_actor(actor: &[u8]) -> Option<(Device, Opening)> {
    let [_, _, _, opening @ ..]: [u8; 8] = actor.try_into().ok()?;
    device_of(actor).map(|device| (device, Opening(opening)))
}

/// The device that an actor belongs to; `None` if it is not eight bytes long.
pub fn device_of(actor: &[u8]) -> Option<Device> {
    let [a, b, c, _, _, _, _, _] = actor else { return None };
    Some(Device(u32::from_be_bytes([0, *a, *b, *c])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_22_characters_and_reads_back() {
        let id = Id::timed(1_789_315_200_000, &[7; 10]);
        assert_eq!(id.to_string().len(), 22);
        assert_eq!(id.to_string().parse::<Id>().unwrap(), id);
        assert!("not an id".parse::<Id>().is_err());
        assert!(id.is_timed() && !Id::named(&["x"]).is_timed());
        assert_eq!((id.made_ms(), Id::named(&["x"]).made_ms()), (Some(1_789_315_200_000), None));
        assert_eq!(Id::or_zero("x"), Id([0; 16]));
        assert!(id < Id::timed(1_789_315_200_001, &[0; 10]));
        assert_eq!(serde_json::from_str::<Id>(&serde_json::to_string(&id).unwrap()).unwrap(), id);
    }

    #[test]
    fn an_actor_names_its_device() {
        let actor = actor(Device(0x00ab_cdef), Opening([1, 2, 3, 4, 5]));
        assert_eq!(actor, [0xab, 0xcd, 0xef, 1, 2, 3, 4, 5]);
        assert_eq!(device_of(&actor), Some(Device(0x00ab_cdef)));
        assert_eq!(device_of(&actor[..7]), None);
    }
}
