//! What a category proposes for a matter before anybody has looked at it (docs/PIPELINE.md, Categories).

use crate::model::{Category, Duty, HandlingType};

/// What is proposed for the matters of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryRule {
    /// Whose duty they are.
    pub duty: Duty,
    /// Their handling type.
    pub handling: HandlingType,
    /// Whether a result may be shown to the public one by one.
    pub public: bool,
}

impl CategoryRule {
    /// That of the rules.
    pub fn by_rule(category: Category) -> Self {
        use HandlingType::{Advice, Escalated, Papers, Promised};
        let (duty, handling, public) = match category {
            Category::Safety => (Duty::Department, Escalated, false),
            Category::Mediation | Category::Care => (Duty::Community, Promised, false),
            Category::Utilities => (Duty::Department, Promised, true),
            Category::Health => (Duty::Street, Promised, false),
            Category::Sanitation | Category::Environment => (Duty::Street, Promised, true),
            Category::Relief | Category::OldAgeAllowance | Category::Family => (Duty::Street, Papers, false),
            Category::Housing | Category::Servicemen => (Duty::Department, Papers, false),
            Category::Culture => (Duty::Community, Advice, true),
            Category::Enlistment => (Duty::Street, Escalated, false),
            Category::Employment => (Duty::Department, Advice, false),
        };
        Self { duty, handling, public }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sensitive_is_never_proposed_for_the_public() {
        let public: Vec<_> = Category::ALL.iter().filter(|category| CategoryRule::by_rule(**category).public).collect();
        assert_eq!(public, [&Category::Utilities, &Category::Sanitation, &Category::Environment, &Category::Culture]);
        assert!(public.iter().all(|category| !category.is_sensitive()));
    }
}
