package cn.minqing.app.view

import cn.minqing.app.R

/** A picture for each category of a matter, so that who would rather look need not read. */
fun categoryIcon(category: String): Int = when (category) {
    "safety" -> R.drawable.ic_cat_safety
    "mediation" -> R.drawable.ic_cat_mediation
    "utilities" -> R.drawable.ic_cat_utilities
    "health" -> R.drawable.ic_cat_health
    "sanitation" -> R.drawable.ic_cat_sanitation
    "environment" -> R.drawable.ic_cat_environment
    "relief" -> R.drawable.ic_cat_relief
    "old_age_allowance" -> R.drawable.ic_cat_old_age_allowance
    "housing" -> R.drawable.ic_cat_housing
    "culture" -> R.drawable.ic_cat_culture
    "enlistment" -> R.drawable.ic_cat_enlistment
    "family" -> R.drawable.ic_cat_family
    "servicemen" -> R.drawable.ic_cat_servicemen
    "employment" -> R.drawable.ic_cat_employment
    "care" -> R.drawable.ic_cat_care
    else -> R.drawable.ic_paper
}
