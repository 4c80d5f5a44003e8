//! Patches as they are typed: four numbers in per cent each.

use minqing_core::model::{MAX_PATCHES, Patch};

use crate::{
    console::matter::form::{Fields, hundredths},
    fault::Fault,
};

/// Empty rows below those that are filled in, for whoever types.
const SPARE: usize = 2;
/// The fields of a row: from the left, from the top, how wide, how high.
const NAMES: [&str; 4] = ["x", "y", "w", "h"];

/// The rows of the form, as typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed(Vec<[String; 4]>);

/// A row of the form.
pub struct PatchLine {
    /// Its number, from 1.
    pub n: usize,
    /// As typed.
    pub fields: [String; 4],
    /// What it covers, as the picture is drawn; `None` while it covers nothing.
    pub drawn: Option<[String; 4]>,
    /// Whether it was refused.
    pub is_bad: bool,
}

impl Typed {
    /// Reads them; rows in which nothing stands are left out, and of far too many it is enough to know that.
    pub(super) fn of(fields: &Fields) -> Self {
        let [x, y, w, h] = NAMES.map(|name| fields.all(name).collect::<Vec<_>>());
        let at = |all: &[&str], n: usize| all.get(n).map_or_else(String::new, |text| text.trim().chars().take(8).collect());
        let rows = (0..x.len().min(2 * MAX_PATCHES + SPARE)).map(|n| [at(&x, n), at(&y, n), at(&w, n), at(&h, n)]);
        Self(rows.filter(|row| row.iter().any(|field| !field.is_empty())).collect())
    }

    /// What is kept, to be changed.
    pub(super) fn kept(patches: &[Patch]) -> Self {
        Self(patches.iter().map(|p| [p.x, p.y, p.width, p.height].map(percent)).collect())
    }

    /// What was typed, as patches.
    ///
    /// # Errors
    /// `photo.patch_outside` with the number of the row that says nothing that can be painted.
    pub(super) fn patches(&self) -> Result<Vec<Patch>, Fault> {
        let outside = |at: usize| Fault::new("photo.patch_outside", (at + 1).to_string());
        self.0.iter().enumerate().map(|(at, row)| patch(row).ok_or_else(|| outside(at))).collect()
    }

    /// The rows of the form, with some to spare; `bad`: the number of one that was refused, or 0.
    pub(super) fn lines(self, bad: usize) -> Vec<PatchLine> {
        let rows = (self.0.len() + SPARE).min(MAX_PATCHES).max(self.0.len());
        let all = self.0.into_iter().chain(std::iter::repeat_with(Default::default)).take(rows);
        all.enumerate()
            .map(|(at, fields)| {
                let drawn = patch(&fields).map(|p| [p.x, p.y, p.width, p.height].map(|part| format!("{}%", percent(part))));
                PatchLine { n: at + 1, fields, drawn, is_bad: at + 1 == bad }
            })
            .collect()
    }
}

/// A row that can be painted.
fn patch(row: &[String; 4]) -> Option<Patch> {
    let part = |text: &String| hundredths(text).and_then(|n| u16::try_from(n).ok());
    let [x, y, width, height] = [part(&row[0])?, part(&row[1])?, part(&row[2])?, part(&row[3])?];
    Some(Patch { x, y, width, height }).filter(|patch| patch.is_within())
}

/// Ten-thousandths as per cent, as people type them.
fn percent(part: u16) -> String {
    let text = format!("{}.{:02}", part / 100, part % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(rows: &[[&str; 4]]) -> Typed {
        let fields = rows.iter().flat_map(|row| NAMES.iter().zip(row).map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
        Typed::of(&Fields::of(fields.collect()))
    }

    #[test]
    fn per_cent_as_people_type_them() {
        let read = typed(&[["25", "50.5", "12.25", "10"], ["", "", "", ""], ["0", "0", "100", "0.01"]]).patches().unwrap();
        let patch = |x, y, width, height| Patch { x, y, width, height };
        assert_eq!(read, [patch(2_500, 5_050, 1_225, 1_000), patch(0, 0, 10_000, 1)]);
        let rows: Vec<_> = Typed::kept(&read).lines(0).into_iter().map(|line| (line.n, line.fields.join(" "), line.drawn.is_some())).collect();
        assert_eq!(rows[..2], [(1, "25 50.5 12.25 10".to_owned(), true), (2, "0 0 100 0.01".to_owned(), true)]);
        assert_eq!(rows.len(), 4, "two to spare");
        for bad in [["25", "", "5", "5"], ["-1", "0", "5", "5"], ["1e1", "0", "5", "5"], ["60", "0", "50", "5"], ["0", "0", "0", "5"], ["700", "0", "1", "1"]] {
            let refused = typed(&[["0", "0", "1", "1"], bad]).patches().unwrap_err();
            assert_eq!((refused.code, refused.what.as_str()), ("photo.patch_outside", "2"), "{bad:?}");
        }
    }

    #[test]
    fn of_too_many_it_is_enough_to_know_that() {
        let many = typed(&vec![["0", "0", "1", "1"]; 500]);
        assert!(many.patches().unwrap().len() > MAX_PATCHES && many.lines(0).len() < 60);
    }
}
