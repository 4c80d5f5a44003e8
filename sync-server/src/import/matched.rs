//! Who on the card is who in the table: the same name and year of birth are the same resident.

use minqing_core::{
    document::Content,
    model::{Consent, NewResident, ResidentEdit},
    view::ResidentRow,
};

/// What a row says about a resident, compared with the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// Nobody on the card.
    New,
    /// Somebody, and nothing is different.
    Same,
    /// Somebody, and this is different.
    Differs(Box<ResidentEdit>),
    /// Somebody, with a field of which two versions wait to be looked at: a table must not settle that.
    Disputed,
}

/// Compares rows with a card; each resident is met once. What a row leaves empty it does not speak of, and a table takes
/// nothing away: needs and languages are only added.
pub fn compare(rows: &[&NewResident], card: &[ResidentRow], content: &Content) -> Vec<Match> {
    let mut free: Vec<&ResidentRow> = card.iter().collect();
    let mut found: Vec<Option<&ResidentRow>> = vec![None; rows.len()];
    // Who fits exactly comes first, so that a row without a year takes nobody else's place.
    for exactly in [true, false] {
        for (row, found) in rows.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let fits = |r: &&ResidentRow| {
                r.name.trim() == row.name.trim() && (r.birth_year == row.birth_year || (!exactly && (r.birth_year == 0 || row.birth_year == 0)))
            };
            let mut fitting = free.iter().enumerate().filter(|(_, r)| fits(r)).map(|(i, _)| i);
            let Some(index) = fitting.next() else { continue };
            if exactly || fitting.next().is_none() {
                *found = Some(free.remove(index));
            }
        }
    }
    rows.iter().zip(found).map(|(row, found)| found.map_or(Match::New, |resident| difference(row, resident, content))).collect()
}

fn difference(row: &NewResident, resident: &ResidentRow, content: &Content) -> Match {
    // Nor does a table know what somebody no longer agrees to.
    let agrees = |consent: Consent| !consent.is_among(&resident.refuses);
    let phone = (!row.phone.is_empty() && row.phone.trim() != resident.phone.trim() && agrees(Consent::Contact)).then(|| row.phone.clone());
    let birth_year = (row.birth_year != 0 && row.birth_year != resident.birth_year).then_some(row.birth_year);
    let lacking = |said: &[String], known: &[String]| -> Vec<String> { said.iter().filter(|w| !known.contains(w)).cloned().collect() };
    let edit = ResidentEdit {
        id: resident.id.clone(),
        phone,
        birth_year,
        add_needs: if agrees(Consent::Needs) { lacking(&row.needs, &resident.needs) } else { Vec::new() },
        add_languages: lacking(&row.languages, &resident.languages),
        ..ResidentEdit::default()
    };
    let disputed = |field: &str| content.disputed.iter().any(|d| *d == format!("resident:{}/{field}", resident.id));
    if (edit.phone.is_some() && disputed("phone")) || (edit.birth_year.is_some() && disputed("birth_year")) {
        return Match::Disputed;
    }
    let nothing = ResidentEdit { id: resident.id.clone(), ..ResidentEdit::default() };
    if edit == nothing { Match::Same } else { Match::Differs(Box::new(edit)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, birth_year: u16, phone: &str) -> NewResident {
        NewResident { name: name.into(), birth_year, phone: phone.into(), ..NewResident::default() }
    }

    fn known(id: &str, name: &str, birth_year: u16) -> ResidentRow {
        ResidentRow { id: id.into(), name: name.into(), birth_year, phone: "1".into(), needs: vec!["infant".into()], ..ResidentRow::default() }
    }

    fn compared(rows: &[NewResident], card: &[ResidentRow]) -> Vec<Match> {
        compare(&rows.iter().collect::<Vec<_>>(), card, &Content::default())
    }

    #[test]
    fn name_and_year_say_who_is_who() {
        let card = [known("a", "王秀兰", 1944), known("b", "王秀兰", 0), known("c", "马强", 0)];
        let edit = |id: &str, year| Match::Differs(Box::new(ResidentEdit { id: id.into(), birth_year: Some(year), ..ResidentEdit::default() }));
        assert_eq!(compared(&[row("王秀兰", 0, ""), row("王秀兰", 1944, "")], &card), [Match::Same, Match::Same]);
        assert_eq!(compared(&[row("王秀兰", 1950, "")], &card), [edit("b", 1950)]);
        assert_eq!(compared(&[row("马强", 1980, ""), row("马强", 1981, "")], &card), [edit("c", 1980), Match::New]);
        assert_eq!(compared(&[row("王秀兰", 0, ""), row("王秀兰", 0, ""), row("王秀兰", 0, "")], &card), [Match::Same, Match::Same, Match::New]);
    }

    #[test]
    fn only_what_is_different_is_written_and_nothing_taken_away() {
        let card = [known("a", "王秀兰", 1944)];
        assert_eq!(compared(&[row("王秀兰", 1944, "1")], &card), [Match::Same]);
        let more = NewResident { needs: vec!["infant".into(), "lives_alone".into()], ..row("王秀兰", 1944, "2") };
        let edit = ResidentEdit { id: "a".into(), phone: Some("2".into()), add_needs: vec!["lives_alone".into()], ..ResidentEdit::default() };
        assert_eq!(compared(std::slice::from_ref(&more), &card), [Match::Differs(Box::new(edit))]);
        let disputed = Content { disputed: vec!["resident:a/phone".into()], ..Content::default() };
        assert_eq!(compare(&[&more], &card, &disputed), [Match::Disputed]);
        assert_eq!(compare(&[&row("王秀兰", 1944, "1")], &card, &disputed), [Match::Same]);
    }

    #[test]
    fn what_somebody_does_not_agree_to_is_not_taken_from_a_table() {
        let refuses = ResidentRow { phone: String::new(), needs: vec![], refuses: vec!["contact".into(), "needs".into()], ..known("a", "王秀兰", 1944) };
        let more = NewResident { needs: vec!["infant".into()], languages: vec!["hui".into()], ..row("王秀兰", 1944, "2") };
        let edit = ResidentEdit { id: "a".into(), add_languages: vec!["hui".into()], ..ResidentEdit::default() };
        assert_eq!(compared(&[more], &[refuses]), [Match::Differs(Box::new(edit))]);
    }
}
