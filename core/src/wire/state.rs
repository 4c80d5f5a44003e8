//! What became of an uploaded item.

use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};

use crate::envelope::Quarantine;

/// The state of an item on the server. A code this version does not know is not final.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemState {
    /// In the log, at this place of its document's stream. Final.
    Seq(u64),
    /// It was in the log before. Final.
    Duplicate(u64),
    /// Put aside; the bytes are kept and the office sees it. Final.
    Quarantined(Quarantine),
    /// Kept sealed for a device that may no longer write. Final.
    Escrowed,
    /// The name was used before for other bytes; nothing was stored. Final.
    Reused,
    /// Its phone wrote it again under another name. Final.
    Superseded,
    /// Safe at the office, not in the log yet.
    Received,
    /// Safe at the office, waits for an item, document or matter with this id or hash.
    Held(Vec<u8>),
    /// Waits with a quarantined item of the same document.
    ParkedWith(Vec<u8>),
    /// Of a newer version.
    Unknown(u8),
}

impl ItemState {
    /// Whether the phone may stop sending the item.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Seq(_) | Self::Duplicate(_) | Self::Quarantined(_) | Self::Escrowed | Self::Reused | Self::Superseded)
    }

    /// The number on the wire.
    pub fn number(&self) -> u8 {
        match self {
            Self::Seq(_) => 0,
            Self::Duplicate(_) => 1,
            Self::Quarantined(_) => 2,
            Self::Escrowed => 3,
            Self::Reused => 4,
            Self::Superseded => 5,
            Self::Received => 16,
            Self::Held(_) => 17,
            Self::ParkedWith(_) => 18,
            Self::Unknown(n) => *n,
        }
    }

    /// The place in the log, if it has one.
    pub fn seq(&self) -> Option<u64> {
        match self {
            Self::Seq(seq) | Self::Duplicate(seq) => Some(*seq),
            _ => None,
        }
    }
}

impl<C> Encode<C> for ItemState {
    fn encode<W: encode::Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
        let number = self.number();
        match self {
            Self::Seq(seq) | Self::Duplicate(seq) => e.array(2)?.u8(number)?.u64(*seq)?,
            Self::Quarantined(reason) => e.array(2)?.u8(number)?.u8(reason.number())?,
            Self::Held(missing) | Self::ParkedWith(missing) => e.array(2)?.u8(number)?.bytes(missing)?,
            _ => e.array(1)?.u8(number)?,
        };
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for ItemState {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        let len = d.array()?.ok_or_else(|| decode::Error::message("indefinite state"))?;
        let number = if len == 0 { u8::MAX } else { d.u8()? };
        let mut rest = len.saturating_sub(1);
        let mut with_argument = || {
            rest = rest.checked_sub(1).ok_or_else(|| decode::Error::message("state without argument"))?;
            Ok::<_, decode::Error>(())
        };
        let state = match number {
            0 => with_argument().and_then(|()| d.u64().map(Self::Seq))?,
            1 => with_argument().and_then(|()| d.u64().map(Self::Duplicate))?,
            2 => with_argument().and_then(|()| d.u8().map(|n| Self::Quarantined(Quarantine::from_number(n))))?,
            3 => Self::Escrowed,
            4 => Self::Reused,
            5 => Self::Superseded,
            16 => Self::Received,
            17 => with_argument().and_then(|()| d.bytes().map(|b| Self::Held(b.to_vec())))?,
            18 => with_argument().and_then(|()| d.bytes().map(|b| Self::ParkedWith(b.to_vec())))?,
            n => Self::Unknown(n),
        };
        for _ in 0..rest {
            d.skip()?;
        }
        Ok(state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{from_cbor, to_cbor};

    #[test]
    fn states_read_back_and_unknown_ones_are_not_final() {
        let all = vec![
            ItemState::Seq(300),
            ItemState::Duplicate(2),
            ItemState::Quarantined(Quarantine::OutOfScope),
            ItemState::Escrowed,
            ItemState::Reused,
            ItemState::Superseded,
            ItemState::Received,
            ItemState::Held(vec![1; 32]),
            ItemState::ParkedWith(vec![2; 16]),
        ];
        assert_eq!(from_cbor::<Vec<ItemState>>(&to_cbor(&all)).unwrap(), all);
        assert_eq!(all.iter().filter(|s| s.is_final()).count(), 6);
        // [99, "later"]: a state of a newer version.
        let newer: ItemState = from_cbor(&[0x82, 0x18, 99, 0x65, b'l', b'a', b't', b'e', b'r']).unwrap();
        assert_eq!(newer, ItemState::Unknown(99));
        assert!(!newer.is_final());
        assert!(from_cbor::<ItemState>(&[0x81, 0x00]).is_err());
    }
}
