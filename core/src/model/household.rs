//! A household is a door: its address as fields, and who lives behind it.

use serde::{Deserialize, Serialize};

use super::{AreaKind, Check, Consent, Language, Need, check_area_id, community_of_grid};
use crate::Result;

/// Longest part of an address, in characters.
pub const MAX_PART: usize = 40;
/// Longest remark, in characters.
pub const MAX_NOTE: usize = 2_000;
/// Most residents behind one door.
pub const MAX_RESIDENTS: usize = 40;

/// An address, in fields: a block (estate to room) or a lane (lane and door).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// 社区, 12 digits.
    pub community: String,
    /// 小区
    pub estate: String,
    /// 楼栋
    pub building: String,
    /// 单元
    pub stairwell: String,
    /// 楼层
    pub floor: String,
    /// 室
    pub room: String,
    /// 巷
    pub lane: String,
    /// 门牌
    pub door: String,
}

impl Address {
    fn check(&self, at: &Check) -> Result<()> {
        check_area_id(&self.community, AreaKind::Community, "address.community")?;
        for (name, part) in self.parts() {
            at.field(name).text(part, MAX_PART)?;
        }
        if self.parts().iter().all(|(_, part)| part.trim().is_empty()) {
            return at.fail("address.empty");
        }
        Ok(())
    }

    /// The parts below the community, with their field names.
    pub fn parts(&self) -> [(&'static str, &str); 7] {
        [
            ("estate", &self.estate),
            ("building", &self.building),
            ("stairwell", &self.stairwell),
            ("floor", &self.floor),
            ("room", &self.room),
            ("lane", &self.lane),
            ("door", &self.door),
        ]
    }
}

/// A resident as first written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewResident {
    /// The name.
    pub name: String,
    /// A telephone number, as people write it.
    pub phone: String,
    /// Year of birth; 0 = not known.
    pub birth_year: u16,
    /// Words of [`Language`].
    pub languages: Vec<String>,
    /// Words of [`Need`].
    pub needs: Vec<String>,
    /// What they do not agree to, words of [`Consent`].
    pub refuses: Vec<String>,
}

impl NewResident {
    /// Checks all fields.
    ///
    /// # Errors
    /// `text.empty`, `text.too_long`, `text.control`, `phone.malformed`, `year.malformed`, `code.unknown`; `consent.withdrawn` for what they
    /// refuse to have kept.
    pub fn check(&self, at: &Check) -> Result<()> {
        at.field("name").some_text(&self.name, MAX_PART)?;
        check_phone(&self.phone, &at.field("phone"))?;
        check_year(self.birth_year, &at.field("birth_year"))?;
        for (i, word) in self.languages.iter().enumerate() {
            at.at("languages", i).code(Language::from_word(word))?;
        }
        for (i, word) in self.needs.iter().enumerate() {
            at.at("needs", i).code(Need::from_word(word))?;
        }
        check_consents("refuses", &self.refuses, at)?;
        check_agreed(&self.refuses, Some(&self.phone), &self.needs, at)
    }
}

/// A household as first written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewHousehold {
    /// The grid it lies in, 15 digits.
    pub grid: String,
    /// Where the door is.
    pub address: Address,
    /// A remark for whoever knocks next.
    pub note: String,
    /// Who lives there.
    pub residents: Vec<NewResident>,
}

impl NewHousehold {
    /// Checks all fields.
    ///
    /// # Errors
    /// As the fields' own checks; `area.malformed`, `area.mismatch`, `address.empty`, `list.too_long`.
    pub fn check(&self) -> Result<()> {
        let root = Check::root();
        check_area_id(&self.grid, AreaKind::Grid, "grid")?;
        self.address.check(&root.field("address"))?;
        if community_of_grid(&self.grid) != self.address.community {
            return root.field("address").field("community").fail("area.mismatch");
        }
        root.field("note").text(&self.note, MAX_NOTE)?;
        if self.residents.len() > MAX_RESIDENTS {
            return root.field("residents").fail("list.too_long");
        }
        self.residents.iter().enumerate().try_for_each(|(i, r)| r.check(&root.at("residents", i)))
    }
}

/// What a person changed on a household; `None` = left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HouseholdEdit {
    /// New remark.
    pub note: Option<String>,
    /// Residents that are new.
    pub new_residents: Vec<NewResident>,
    /// Changes to residents.
    pub residents: Vec<ResidentEdit>,
}

impl HouseholdEdit {
    /// Checks what was changed.
    ///
    /// # Errors
    /// As [`NewHousehold::check`]; `id.malformed`; `edit.empty` if nothing was changed.
    pub fn check(&self) -> Result<()> {
        let root = Check::root();
        if self.note.is_none() && self.new_residents.is_empty() && self.residents.is_empty() {
            return root.fail("edit.empty");
        }
        if let Some(note) = &self.note {
            root.field("note").text(note, MAX_NOTE)?;
        }
        for (list, len) in [("new_residents", self.new_residents.len()), ("residents", self.residents.len())] {
            if len > MAX_RESIDENTS {
                return root.field(list).fail("list.too_long");
            }
        }
        self.new_residents.iter().enumerate().try_for_each(|(i, r)| r.check(&root.at("new_residents", i)))?;
        self.residents.iter().enumerate().try_for_each(|(i, r)| r.check(&root.at("residents", i)))
    }
}

/// What a person changed on a resident; `None` = left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResidentEdit {
    /// Whom.
    pub id: String,
    /// New name.
    pub name: Option<String>,
    /// New telephone number; empty = none.
    pub phone: Option<String>,
    /// New year of birth; 0 = not known.
    pub birth_year: Option<u16>,
    /// Whether the person has moved out.
    pub moved_out: Option<bool>,
    /// Needs to add.
    pub add_needs: Vec<String>,
    /// Needs that no longer hold.
    pub drop_needs: Vec<String>,
    /// Languages to add.
    pub add_languages: Vec<String>,
    /// Languages to take away.
    pub drop_languages: Vec<String>,
    /// What they no longer agree to, words of [`Consent`]; what was kept for it goes.
    pub refuses: Vec<String>,
    /// What they agree to again.
    pub agrees: Vec<String>,
}

impl ResidentEdit {
    fn check(&self, at: &Check) -> Result<()> {
        at.field("id").id(&self.id)?;
        if let Some(name) = &self.name {
            at.field("name").some_text(name, MAX_PART)?;
        }
        if let Some(phone) = &self.phone {
            check_phone(phone, &at.field("phone"))?;
        }
        check_year(self.birth_year.unwrap_or(0), &at.field("birth_year"))?;
        for (list, words) in [("add_needs", &self.add_needs), ("drop_needs", &self.drop_needs)] {
            for (i, word) in words.iter().enumerate() {
                at.at(list, i).code(Need::from_word(word))?;
            }
        }
        for (list, words) in [("add_languages", &self.add_languages), ("drop_languages", &self.drop_languages)] {
            for (i, word) in words.iter().enumerate() {
                at.at(list, i).code(Language::from_word(word))?;
            }
        }
        check_consents("refuses", &self.refuses, at)?;
        check_consents("agrees", &self.agrees, at)?;
        check_agreed(&self.refuses, self.phone.as_deref(), &self.add_needs, at)
    }
}

fn check_consents(list: &str, words: &[String], at: &Check) -> Result<()> {
    words.iter().enumerate().try_for_each(|(i, word)| at.at(list, i).code(Consent::from_word(word)).map(drop))
}

/// Whether nothing is written down that somebody refuses to have kept.
pub(crate) fn check_agreed(refuses: &[String], phone: Option<&str>, needs: &[String], at: &Check) -> Result<()> {
    if Consent::Contact.is_among(refuses) && phone.is_some_and(|phone| !phone.trim().is_empty()) {
        return at.field("phone").fail("consent.withdrawn");
    }
    if Consent::Needs.is_among(refuses) && !needs.is_empty() {
        return at.field("needs").fail("consent.withdrawn");
    }
    Ok(())
}

/// Digits with the marks people put between them; empty = none.
pub(super) fn check_phone(phone: &str, at: &Check) -> Result<()> {
    let fits = phone.len() <= 24 && phone.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+' | '(' | ')'));
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    if fits && (phone.is_empty() || (3..=15).contains(&digits)) { Ok(()) } else { at.fail("phone.malformed") }
}

pub(super) fn check_year(year: u16, at: &Check) -> Result<()> {
    if year == 0 || (1880..=2200).contains(&year) { Ok(()) } else { at.fail("year.malformed") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> NewHousehold {
        NewHousehold {
            grid: "620102001001001".into(),
            address: Address { community: "620102001001".into(), building: "3".into(), room: "501".into(), ..Address::default() },
            note: "耳背，敲门要久一点".into(),
            residents: vec![NewResident { name: "王秀兰".into(), phone: "0931 012 7765".into(), birth_year: 1944, ..NewResident::default() }],
        }
    }

    #[test]
    fn an_error_names_its_field() {
        good().check().unwrap();
        let error = |change: fn(&mut NewHousehold)| {
            let mut h = good();
            change(&mut h);
            let e = h.check().unwrap_err();
            (e.code(), e.path().unwrap_or("").to_owned())
        };
        assert_eq!(error(|h| h.residents[0].name = " ".into()), ("text.empty", "residents[0].name".into()));
        assert_eq!(error(|h| h.residents[0].phone = "call me".into()), ("phone.malformed", "residents[0].phone".into()));
        assert_eq!(error(|h| h.residents[0].needs = vec!["gold".into()]), ("code.unknown", "residents[0].needs[0]".into()));
        assert_eq!(error(|h| h.residents[0].refuses = vec!["gold".into()]), ("code.unknown", "residents[0].refuses[0]".into()));
        assert_eq!(error(|h| h.residents[0].refuses = vec!["contact".into()]), ("consent.withdrawn", "residents[0].phone".into()));
        assert_eq!(error(|h| h.note = "长".repeat(2_001)), ("text.too_long", "note".into()));
        assert_eq!(error(|h| h.address.room = "5\u{0}1".into()), ("text.control", "address.room".into()));
        assert_eq!(error(|h| h.grid = "620102001002001".into()), ("area.mismatch", "address.community".into()));
        assert_eq!(error(|h| h.grid = "6201".into()), ("area.malformed", "grid".into()));
    }
}
