//! How long each clock may run (docs/PIPELINE.md, Clocks).

use crate::model::{Allowance, Category, Clock, Started};

/// The lengths of all clocks, as an office has set them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Lengths that differ from the rules', of any category.
    pub clocks: Vec<Started>,
    /// Lengths of K3 that differ from the rules', by category.
    pub handling: Vec<(Category, Allowance)>,
}

impl Terms {
    /// Those of the rules.
    pub const RULES: Self = Self { clocks: Vec::new(), handling: Vec::new() };

    /// The length of a clock of a matter; `None` for K0, which has none.
    pub fn of(&self, clock: Clock, category: Option<Category>) -> Option<Allowance> {
        let own = match clock {
            Clock::Handling => self.handling.iter().find(|(c, _)| Some(*c) == category).map(|(_, length)| *length),
            _ => self.clocks.iter().find(|s| s.clock == clock).map(|s| s.allowance),
        };
        own.or_else(|| Self::by_rule(clock, category))
    }

    /// The length that the rules give a clock.
    pub fn by_rule(clock: Clock, category: Option<Category>) -> Option<Allowance> {
        Some(match clock {
            Clock::Total => return None,
            Clock::Accept | Clock::Sign => Allowance::Days(1),
            Clock::Handling => handling(category),
            Clock::Papers => Allowance::Days(15),
            Clock::Superior | Clock::Rating => Allowance::Days(10),
            Clock::Answer => Allowance::Days(3),
            Clock::Feedback => Allowance::Days(2),
            Clock::Publicity => Allowance::Days(7),
        })
    }
}

fn handling(category: Option<Category>) -> Allowance {
    match category {
        Some(Category::Safety) => Allowance::Days(1),
        Some(Category::Utilities) => Allowance::Hours(24),
        Some(Category::Sanitation) => Allowance::Days(2),
        Some(Category::Relief | Category::Family | Category::Servicemen | Category::Care) => Allowance::Days(10),
        Some(Category::Housing) => Allowance::Days(15),
        Some(
            Category::Mediation
            | Category::Environment
            | Category::Health
            | Category::Culture
            | Category::Enlistment
            | Category::OldAgeAllowance
            | Category::Employment,
        )
        | None => Allowance::Days(5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_changes_a_length_and_leaves_the_others() {
        let terms =
            Terms { clocks: vec![Started { clock: Clock::Accept, allowance: Allowance::Days(2) }], handling: vec![(Category::Safety, Allowance::Hours(4))] };
        assert_eq!(terms.of(Clock::Accept, None), Some(Allowance::Days(2)));
        assert_eq!(terms.of(Clock::Handling, Some(Category::Safety)), Some(Allowance::Hours(4)));
        assert_eq!(terms.of(Clock::Handling, Some(Category::Utilities)), Some(Allowance::Hours(24)));
        assert_eq!(terms.of(Clock::Answer, None), Some(Allowance::Days(3)));
        assert_eq!(terms.of(Clock::Total, None), None);
    }
}
