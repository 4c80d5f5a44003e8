//! The closed lists of the domain. Each code has a word for documents and rows and a number for
//! the wire; neither is ever re-used. What people read comes from the catalogue under `<list>-<word>`.

/// Declares one list of codes.
macro_rules! codes {
    ($(#[$doc:meta])* $list:ident $prefix:literal { $($(#[$about:meta])* $name:ident = $number:literal $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $list { $($(#[$about])* #[serde(rename = $word)] $name,)+ }

        impl $list {
            /// All of them, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The catalogue's name of this list.
            pub const LIST: &'static str = $prefix;

            /// The stable word.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// The stable number.
            pub fn number(self) -> u8 {
                match self { $(Self::$name => $number),+ }
            }

            /// Finds a code by its word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)+ _ => None }
            }

            /// Finds a code by its number.
            pub fn from_number(number: u8) -> Option<Self> {
                match number { $($number => Some(Self::$name),)+ _ => None }
            }

            /// The catalogue's key for this code.
            pub fn key(self) -> String {
                Self::key_of(self.word())
            }

            /// The catalogue's key for a word of this list, also one of a newer version.
            pub fn key_of(word: &str) -> String {
                key_in(Self::LIST, word)
            }
        }

        impl<C> minicbor::Encode<C> for $list {
            fn encode<W: minicbor::encode::Write>(&self, e: &mut minicbor::Encoder<W>, _: &mut C) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.u8(self.number())?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $list {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                Self::from_number(d.u8()?).ok_or_else(|| minicbor::decode::Error::message("a code of a newer version"))
            }
        }
    };
}

mod appointment;
mod line;
mod rounds;

pub use appointment::*;
pub use line::*;
pub use rounds::*;

codes! {
    /// Whose duty a category of matters is.
    Duty "duty" {
        /// A department of the district or the city.
        Department = 1 "department",
        /// The street's office.
        Street = 2 "street",
        /// The community itself.
        Community = 3 "community",
    }
}

codes! {
    /// Why an officer knocks.
    Purpose "purpose" {
        /// The regular round.
        Routine = 1 "routine",
        /// To come back for something.
        FollowUp = 2 "follow_up",
        /// To ask for opinions.
        Survey = 3 "survey",
        /// To bring an answer or papers.
        Feedback = 4 "feedback",
        /// To look after somebody who needs it.
        Care = 5 "care",
    }
}

codes! {
    /// How a visit ended.
    Outcome "outcome" {
        /// Somebody opened and talked.
        Talked = 1 "talked",
        /// Nobody in.
        NobodyIn = 2 "nobody_in",
        /// The door was not opened, or the talk refused.
        Refused = 3 "refused",
    }
}

codes! {
    /// What a matter is.
    MatterKind "matter-kind" {
        /// 办事
        Application = 1 "application",
        /// 投诉
        Complaint = 2 "complaint",
        /// 求助
        Help = 3 "help",
        /// 建议
        Suggestion = 4 "suggestion",
        /// 咨询
        Enquiry = 5 "enquiry",
    }
}

codes! {
    /// By which of the five ways a matter came in.
    Channel "channel" {
        /// 构筑平台
        Platform = 1 "platform",
        /// 走家入户
        Door = 2 "door",
        /// 搭建桥梁
        Liaison = 3 "liaison",
        /// 民情通
        CallCentre = 4 "call_centre",
        /// 政(居)务大厅
        Hall = 5 "hall",
    }
}

codes! {
    /// What a matter is about.
    Category "category" {
        /// 治安
        Safety = 1 "safety",
        /// 邻里纠纷
        Mediation = 2 "mediation",
        /// 水电气暖
        Utilities = 3 "utilities",
        /// 医疗卫生; sensitive
        Health = 4 "health",
        /// 公共卫生
        Sanitation = 5 "sanitation",
        /// 环境绿化
        Environment = 6 "environment",
        /// 贫困救助; sensitive
        Relief = 7 "relief",
        /// 高龄补助
        OldAgeAllowance = 8 "old_age_allowance",
        /// 廉租住房; sensitive
        Housing = 9 "housing",
        /// 文体活动
        Culture = 10 "culture",
        /// 征兵
        Enlistment = 11 "enlistment",
        /// 计划生育; sensitive
        Family = 12 "family",
        /// 优抚
        Servicemen = 13 "servicemen",
        /// 就业社保
        Employment = 14 "employment",
        /// 一老一小
        Care = 15 "care",
    }
}

impl Category {
    /// Whether the neighbours' officers are not to read of it: such a matter lives at the desk and is shared with those
    /// who handle it, its author first.
    pub fn is_sensitive(self) -> bool {
        matches!(self, Self::Health | Self::Relief | Self::Housing | Self::Family)
    }
}

codes! {
    /// Who else has the same trouble.
    Affected "affected" {
        /// Only this household.
        Household = 1 "household",
        /// The stairwell.
        Stairwell = 2 "stairwell",
        /// The building.
        Building = 3 "building",
        /// The estate.
        Estate = 4 "estate",
        /// The whole community.
        Community = 5 "community",
    }
}

codes! {
    /// Whom to call before anything is written down.
    Emergency "emergency" {
        /// 110
        Police = 1 "police",
        /// 119
        Fire = 2 "fire",
        /// 120
        Medical = 3 "medical",
    }
}

impl Emergency {
    /// The number to dial, anywhere in the country.
    pub fn telephone(self) -> &'static str {
        match self {
            Self::Police => "110",
            Self::Fire => "119",
            Self::Medical => "120",
        }
    }
}

codes! {
    /// What a resident needs at the door.
    Need "need" {
        /// 独居
        LivesAlone = 1 "lives_alone",
        /// 耳背
        HardOfHearing = 2 "hard_of_hearing",
        /// 视力差
        PoorEyesight = 3 "poor_eyesight",
        /// 行动不便
        WalksBadly = 4 "walks_badly",
        /// 慢性病
        ChronicIllness = 5 "chronic_illness",
        /// 孕产
        Pregnant = 6 "pregnant",
        /// 婴幼儿
        Infant = 7 "infant",
    }
}

impl Need {
    /// Whether somebody is ill or disabled, and so comes first where there is not time for everybody.
    pub fn is_ill_or_disabled(self) -> bool {
        matches!(self, Self::HardOfHearing | Self::PoorEyesight | Self::WalksBadly | Self::ChronicIllness)
    }
}

codes! {
    /// What somebody's data may be used for as long as they agree (个人信息保护法, articles 13, 15, 29).
    Consent "consent" {
        /// 电话联系: their number is kept, to be called and written to.
        Contact = 1 "contact",
        /// 特殊需要: their needs and their health are kept.
        Needs = 2 "needs",
        /// 拍照: they and their home are photographed.
        Photos = 3 "photos",
    }
}

impl Consent {
    /// Whether it is one of the words that somebody refuses.
    pub fn is_among(self, refused: &[String]) -> bool {
        refused.iter().any(|word| word == self.word())
    }
}

codes! {
    /// How a question of a form is answered.
    QuestionKind "question-kind" {
        /// In words.
        Text = 1 "text",
        /// By a whole number.
        Number = 2 "number",
        /// By one of several choices.
        One = 3 "one",
        /// By one or more of several choices.
        Many = 4 "many",
        /// By a day.
        Date = 5 "date",
        /// By a photo.
        Photo = 6 "photo",
    }
}

codes! {
    /// What a resident speaks.
    Language "language" {
        /// 普通话
        Mandarin = 1 "mandarin",
        /// 兰州话
        Lanzhou = 2 "lanzhou",
        /// 回族话
        Hui = 3 "hui",
        /// 藏语
        Tibetan = 4 "tibetan",
    }
}

codes! {
    /// Who does something (docs/DOMAIN.md, role codes).
    Role "role" {
        /// R
        Resident = 1 "resident",
        /// O
        Officer = 2 "officer",
        /// C
        Clerk = 3 "clerk",
        /// L
        Lead = 4 "lead",
        /// H
        Department = 5 "department",
        /// S
        Supervisor = 6 "supervisor",
        /// D
        Delegate = 7 "delegate",
        /// A
        Administrator = 8 "administrator",
        /// Y
        System = 9 "system",
    }
}

codes! {
    /// What a day is in the office's calendar.
    DayKind "day-kind" {
        /// 工作日
        Working = 1 "working",
        /// 补班日: a day of the weekend that is worked for a holiday.
        MakeUp = 2 "make_up",
        /// 周末
        Weekend = 3 "weekend",
        /// 节假日
        Holiday = 4 "holiday",
    }
}

impl DayKind {
    /// Whether it counts as a working day.
    pub fn counts(self) -> bool {
        matches!(self, Self::Working | Self::MakeUp)
    }
}

/// The catalogue's key for a word of a list, both by name.
pub fn key_in(list: &str, word: &str) -> String {
    format!("{list}-{}", word.replace('_', "-"))
}

/// All lists by name, with their words in order.
fn lists() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    macro_rules! all {
        ($($list:ident)+) => { [$(($list::LIST, $list::ALL.iter().map(|code| code.word()).collect())),+] };
    }
    let all = all!(QuestionKind Purpose Outcome MatterKind Channel Category Affected Emergency Need Consent Language Role EventCode MatterState Stage HandlingType FeedbackWay Clock
            Lamp SupervisionOrder PublicationState MatterOutcome RefuseReason Solved Proof CallBackResult Contributor RefusalCode DayKind DoorNeed WhyVisit Bring
            AppointmentState AppointmentEvent AppointmentPurpose CancelReason NoRoomReason SignedBy);
    all.into_iter()
}

/// The words of the list of this name, in its order; none where there is no such list.
pub fn words_of(list: &str) -> Vec<&'static str> {
    lists().find(|(name, _)| *name == list).map(|(_, words)| words).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_read_back() {
        for c in Category::ALL {
            assert_eq!(Category::from_word(c.word()), Some(*c));
            assert_eq!(Category::from_number(c.number()), Some(*c));
        }
        assert_eq!(Category::ALL.len(), 15);
        assert_eq!(Category::ALL.iter().filter(|c| c.is_sensitive()).count(), 4);
        assert_eq!(MatterKind::Application.key(), "matter-kind-application");
    }

    #[test]
    fn a_list_is_found_by_its_name() {
        assert_eq!(words_of("outcome"), ["talked", "nobody_in", "refused"]);
        assert_eq!((words_of("category").len(), words_of("song").len()), (15, 0));
    }

    #[test]
    fn every_code_has_a_word_in_the_catalogue() {
        let keys: std::collections::BTreeSet<_> = crate::words::keys().collect();
        for key in lists().flat_map(|(list, words)| words.into_iter().map(move |word| key_in(list, word))) {
            assert!(keys.contains(key.as_str()), "{key}");
        }
    }
}
