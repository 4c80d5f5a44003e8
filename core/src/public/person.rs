//! Who raised a matter, where that is known: a registration names a door, not who stood in it.

use super::Masked;

/// For so many years nothing of somebody is public. Only the year of birth is known, so whoever comes of age this year is not of age yet.
const OF_AGE: i16 = 18;

/// Somebody of a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person<'a> {
    /// The name.
    pub name: &'a str,
    /// Year of birth; 0 = not known.
    pub birth_year: u16,
}

impl<'a> Person<'a> {
    /// Who raised it: the only one who lives there. Of several nobody can tell.
    pub fn of_door(residents: &[Self]) -> Option<Self> {
        if let [only] = residents { Some(*only) } else { None }
    }

    /// The masked name, of somebody who is certainly of age in a year.
    pub(super) fn masked(&self, year: i16) -> Option<Masked> {
        let born = i16::try_from(self.birth_year).ok().filter(|born| *born > 0)?;
        (year.saturating_sub(born) > OF_AGE && !self.name.trim().is_empty()).then(|| Masked::of(self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_age_only_and_of_one_only() {
        let masked = |birth_year| Person { name: "王秀兰", birth_year }.masked(2026).map(|m| m.as_str().to_owned());
        assert_eq!([1944, 2007].map(masked), [Some("王**".to_owned()), Some("王**".to_owned())]);
        assert_eq!([2008, 2009, 2026, 0, 2100].map(masked), [const { None }; 5]);
        let person = Person { name: "王秀兰", birth_year: 1944 };
        assert_eq!([Person::of_door(&[person]), Person::of_door(&[person; 2]), Person::of_door(&[])], [Some(person), None, None]);
    }
}
