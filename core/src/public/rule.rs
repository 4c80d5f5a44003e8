//! Which categories may be shown one by one.

use crate::model::Category;

/// Whether a category is never shown individually, whatever an office sets: what is sensitive, quarrels between neighbours, and
/// safety, of which only statistics are public.
pub fn is_never_public(category: Category) -> bool {
    category.is_sensitive() || matches!(category, Category::Mediation | Category::Safety)
}

/// Whether a category may be shown one by one, where an office has set it `public` or not.
pub fn may_be_public(category: Category, public: bool) -> bool {
    public && !is_never_public(category)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::CategoryRule;

    #[test]
    fn no_setting_shows_what_is_never_public() {
        use Category::{Family, Health, Housing, Mediation, Relief, Safety};
        let never: Vec<_> = Category::ALL.iter().copied().filter(|category| !may_be_public(*category, true)).collect();
        assert_eq!(never, [Safety, Mediation, Health, Relief, Housing, Family]);
        assert!(Category::ALL.iter().all(|category| !may_be_public(*category, false)));
        assert!(Category::ALL.iter().all(|category| !(CategoryRule::by_rule(*category).public && is_never_public(*category))), "the rules propose it");
    }
}
