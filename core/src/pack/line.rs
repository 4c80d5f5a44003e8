//! What lists show, ahead of the documents: a phone has its doors and matters on the screen before it has opened one.

use minicbor::{Decode, Encode};

use crate::{Id, event::Register};

/// One row of a list. The document that follows says the same and more.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Line {
    /// A door.
    #[n(0)]
    Door(#[n(0)] DoorLine),
    /// A matter.
    #[n(1)]
    Matter(#[n(0)] MatterLine),
}

/// A door; its grid and community are the stream's.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct DoorLine {
    /// The household.
    #[n(0)]
    pub id: Id,
    /// 小区
    #[n(1)]
    pub estate: String,
    /// 楼栋
    #[n(2)]
    pub building: String,
    /// 单元
    #[n(3)]
    pub stairwell: String,
    /// 楼层
    #[n(4)]
    pub floor: String,
    /// 室
    #[n(5)]
    pub room: String,
    /// 巷
    #[n(6)]
    pub lane: String,
    /// 门牌
    #[n(7)]
    pub door: String,
    /// The remark.
    #[n(8)]
    pub note: String,
    /// Names of those who live there.
    #[n(9)]
    pub names: String,
    /// How many.
    #[n(10)]
    pub residents: u32,
}

/// A matter.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct MatterLine {
    /// The matter.
    #[n(0)]
    pub id: Id,
    /// What it was registered as.
    #[n(1)]
    pub register: Register,
    /// What it is about.
    #[n(2)]
    pub text: String,
    /// Where.
    #[n(3)]
    pub place: String,
    /// Number of the main state.
    #[n(4)]
    pub state: u8,
    /// Who registered it.
    #[n(5)]
    pub officer: Id,
    /// When, milliseconds since 1970.
    #[n(6)]
    pub at_ms: i64,
}
