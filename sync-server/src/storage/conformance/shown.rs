//! Projections: rows that are made from documents and events alone.

use minqing_core::{Id, view::HouseholdRow};

use super::{Make, Office};
use crate::projection::{AnswerShown, AttachmentShown, HouseholdShown, MatterShown, VisitShown};

pub fn what_is_shown_again_takes_the_place_of_what_was(make: Make<'_>) {
    let office = Office::of(make);
    let door = |id, reviews| HouseholdShown {
        id: [id; 16],
        row: HouseholdRow { id: Id([id; 16]).to_string(), ..HouseholdRow::default() },
        reviews,
        ..HouseholdShown::default()
    };
    let visit = |id, note: &str| VisitShown { id: [id; 16], household: [1; 16], note: note.into(), ..VisitShown::default() };
    let matter = |id, text: &str| MatterShown { id: [id; 16], text: text.into(), ..MatterShown::default() };
    let answer = AnswerShown { visit: [1; 16], question: "q".into(), value: "v".into(), ..AnswerShown::default() };
    let file = |doc, id| AttachmentShown { doc: [doc; 16], id: [id; 16], media: "image/jpeg".into(), ..AttachmentShown::default() };
    office.apply(|unit| {
        for reviews in [0, 2] {
            for id in [2, 1] {
                unit.show_household(&door(id, reviews))?;
            }
        }
        for note in ["先", "后"] {
            unit.show_visit(&visit(3, note))?;
            unit.show_visit(&visit(2, note))?;
            unit.show_matter(&matter(4, note))?;
            unit.show_answer(&answer)?;
        }
        unit.show_attachments(Id([1; 16]), &[file(1, 1), file(1, 2)])?;
        unit.show_attachments(Id([2; 16]), &[file(2, 1)])?;
        // Only what the document still names.
        unit.show_attachments(Id([1; 16]), &[file(1, 3)])?;
        assert_eq!((unit.visit_door(Id([3; 16]))?, unit.visit_door(Id([9; 16]))?), (Some(Id([1; 16])), None));
        assert_eq!((unit.shown_matter(Id([4; 16]))?, unit.shown_matter(Id([9; 16]))?), (Some(matter(4, "后")), None));
        Ok(())
    });
    office
        .store
        .at_one_moment(&mut |moment| {
            let shown = moment.shown()?;
            assert_eq!(shown.households, [door(1, 2), door(2, 2)]);
            assert_eq!(shown.visits, [visit(2, "后"), visit(3, "后")]);
            assert_eq!((shown.matters, shown.answers), (vec![matter(4, "后")], vec![answer.clone()]));
            assert_eq!(shown.attachments, [file(1, 3), file(2, 1)]);
            Ok(())
        })
        .unwrap();
}
