//! What a role may do: the one table that handlers and pages ask.

use minqing_core::model::Role;

use crate::storage::Grant;

/// Something that not everybody of the office may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Read what residents said, with names and doors.
    ReadResidents,
    /// Look through households: who lives where, with telephones and needs.
    ReadHouseholds,
    /// Read what residents said masked: buildings at most, no names, no free text.
    ReadMasked,
    /// Register what is brought to the window, or by telephone.
    Register,
    /// Settle what the inbox holds: review cards, doors that may be one, what was put aside.
    Settle,
    /// See officers and their phones.
    SeePhones,
    /// End and allow a phone's reading, make a code that enrols one.
    ManagePhones,
    /// Add an officer.
    AddOfficers,
    /// Change categories, lengths of clocks, the calendar and departments.
    ChangeSettings,
    /// Write notices that are told at doors, and take them back.
    WriteNotices,
    /// Say what everybody may see: cover photos.
    Publish,
    /// Erase somebody at their own request.
    Erase,
}

/// Who has which right, as letters of docs/DOMAIN.md. An administrator (A) sees no residents, a delegate (D) reads
/// masked. O and R have no desk, Y is the system.
pub const TABLE: &[(Right, &str)] = &[
    (Right::ReadResidents, "CLHS"),
    (Right::ReadHouseholds, "CLS"),
    (Right::ReadMasked, "D"),
    (Right::Register, "C"),
    (Right::Settle, "CL"),
    (Right::SeePhones, "CLSA"),
    (Right::ManagePhones, "CLA"),
    (Right::AddOfficers, "CLA"),
    (Right::ChangeSettings, "LA"),
    (Right::WriteNotices, "CL"),
    (Right::Publish, "CL"),
    (Right::Erase, "CL"),
];

/// The roles that staff can hold, by letter.
pub const STAFF_ROLES: &[(char, Role)] =
    &[('C', Role::Clerk), ('L', Role::Lead), ('H', Role::Department), ('S', Role::Supervisor), ('D', Role::Delegate), ('A', Role::Administrator)];

/// The role of a letter, small or capital.
pub fn staff_role(letter: &str) -> Option<Role> {
    let mut letters = letter.chars();
    let (letter, None) = (letters.next()?.to_ascii_uppercase(), letters.next()) else { return None };
    STAFF_ROLES.iter().find(|(l, _)| *l == letter).map(|(_, role)| *role)
}

/// The letter of a role that staff can hold.
pub fn letter(role: Role) -> Option<char> {
    STAFF_ROLES.iter().find(|(_, r)| *r == role).map(|(letter, _)| *letter)
}

/// Whether a role has a right.
pub fn has(role: Role, right: Right) -> bool {
    letter(role).is_some_and(|letter| TABLE.iter().any(|(r, letters)| *r == right && letters.contains(letter)))
}

/// Whether one of these grants gives a right in an area.
pub fn may(grants: &[Grant], right: Right, area: &str) -> bool {
    grants.iter().any(|g| g.covers(area) && has(g.role, right))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHTS: [Right; 12] = [
        Right::ReadResidents,
        Right::ReadHouseholds,
        Right::ReadMasked,
        Right::Register,
        Right::Settle,
        Right::SeePhones,
        Right::ManagePhones,
        Right::AddOfficers,
        Right::ChangeSettings,
        Right::WriteNotices,
        Right::Publish,
        Right::Erase,
    ];

    /// Written a second time, the other way round, so that neither can be changed by mistake.
    #[test]
    fn every_role_and_every_right() {
        use Right::{
            AddOfficers, ChangeSettings, Erase, ManagePhones, Publish, ReadHouseholds, ReadMasked, ReadResidents, Register, SeePhones, Settle, WriteNotices,
        };
        let expected = |role| match role {
            Role::Clerk => vec![ReadResidents, ReadHouseholds, Register, Settle, SeePhones, ManagePhones, AddOfficers, WriteNotices, Publish, Erase],
            Role::Lead => vec![ReadResidents, ReadHouseholds, Settle, SeePhones, ManagePhones, AddOfficers, ChangeSettings, WriteNotices, Publish, Erase],
            Role::Department => vec![ReadResidents],
            Role::Supervisor => vec![ReadResidents, ReadHouseholds, SeePhones],
            Role::Delegate => vec![ReadMasked],
            Role::Administrator => vec![SeePhones, ManagePhones, AddOfficers, ChangeSettings],
            Role::Resident | Role::Officer | Role::System => vec![],
        };
        for role in Role::ALL {
            for right in RIGHTS {
                assert_eq!(has(*role, right), expected(*role).contains(&right), "{role:?} {right:?}");
            }
        }
        assert_eq!(TABLE.len(), RIGHTS.len(), "each right stands in the table once");
        assert!(RIGHTS.iter().all(|right| TABLE.iter().filter(|(r, _)| r == right).count() == 1));
    }

    #[test]
    fn an_administrator_sees_no_residents_and_a_delegate_reads_masked() {
        assert!(!has(Role::Administrator, Right::ReadResidents) && !has(Role::Administrator, Right::ReadMasked));
        assert!(!has(Role::Delegate, Right::ReadResidents) && has(Role::Delegate, Right::ReadMasked));
    }

    #[test]
    fn letters_read_back() {
        for (l, role) in STAFF_ROLES {
            assert_eq!((staff_role(&l.to_string()), staff_role(&l.to_lowercase().to_string()), letter(*role)), (Some(*role), Some(*role), Some(*l)));
        }
        for none in ["O", "R", "Y", "", "CL", "窗"] {
            assert_eq!(staff_role(none), None);
        }
    }

    #[test]
    fn a_grant_holds_for_its_area_and_below() {
        let grants = |area: &str| [Grant { role: Role::Lead, area: area.into() }];
        let may = |area: &str, of: &str| may(&grants(area), Right::ReadResidents, of);
        assert!(may("620102001001", "620102001001") && may("620102001", "620102001001") && may("620102", "620102001001"));
        assert!(!may("620102001001", "620102001002") && !may("620102001001", "620102001") && !may("620103", "620102001001"));
        assert!(!may("", "620102001001"), "a grant for nothing is none");
    }
}
