package cn.minqing.app.view

import android.content.Context
import android.text.SpannableString
import android.text.style.RelativeSizeSpan
import cn.minqing.app.R
import cn.minqing.app.model.Due
import cn.minqing.app.model.Person
import kotlin.math.abs

// Values in the words people use: 王秀兰，82 岁; 过期 2 天. Codes and moments come said from core.

fun Context.count(plural: Int, number: Int): String = resources.getQuantityString(plural, number, number)

/** Words beside each other, as 、 or a comma; empty ones left out. */
fun Context.listed(words: List<String>): String = words.filter { it.isNotEmpty() }.joinToString(getString(R.string.comma))

/** Under each other; empty ones left out. */
fun lines(vararg words: String?): String = words.filterNot { it.isNullOrEmpty() }.joinToString("\n")

/** Whose deed it was: a phone knows no colleague by name. */
fun Context.who(mine: Boolean): String = getString(if (mine) R.string.by_me else R.string.by_colleague)

fun Context.name(who: Person): String = who.age?.let { getString(R.string.who_age, who.name, it) } ?: who.name

/** Name, age and what to heed. */
fun Context.words(who: Person): String = listed(listOf(name(who)) + who.needs.map { it.said })

fun Context.words(due: Due): String = when (due.days) {
    0 -> getString(R.string.due_today)
    1 -> getString(R.string.due_tomorrow)
    else -> count(if (due.isOver) R.plurals.overdue else R.plurals.days_left, abs(due.days))
}

/** To be read out or copied letter by letter. */
fun large(code: String): CharSequence = SpannableString(code).apply { setSpan(RelativeSizeSpan(1.6f), 0, length, 0) }

/** A number and its unit stay on one line, and so does a short word. */
fun unbroken(plate: String): String = plate.replace(Regex("(?<=[0-9]) (?=[号单层室栋幢])"), "\u00a0").replace("号楼", "号\u2060楼").replace("单元", "单\u2060元")
