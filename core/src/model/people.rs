//! Officers and their devices.

use serde::{Deserialize, Serialize};

use crate::ids::{Device, Id};

/// Where an officer comes from (DOMAIN.md, `Officer.background`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Background {
    /// 街道社区干部
    Cadre,
    /// 退休人员
    Retiree,
    /// 下岗职工
    LaidOff,
    /// 退伍军人
    ExSoldier,
    /// 大学毕业生
    Graduate,
}

/// A volunteer information officer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    /// Version 7 id.
    pub id: Id,
    /// The person's name.
    pub name: String,
    /// The community the officer works for.
    pub community: String,
    /// The grids the officer walks.
    pub grids: Vec<String>,
    /// Where the officer comes from, if known.
    pub background: Option<Background>,
    /// Party member or not, if known.
    pub party_member: Option<bool>,
}

/// A phone that was enrolled for an officer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneDevice {
    /// The number that names everything this phone writes.
    pub number: Device,
    /// Whose phone it is.
    pub officer: Id,
    /// The app's version at the last exchange.
    pub app: String,
}
