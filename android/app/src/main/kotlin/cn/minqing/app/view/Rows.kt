package cn.minqing.app.view

import android.content.res.ColorStateList
import android.graphics.BitmapFactory
import android.view.Gravity
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.ImageView
import android.widget.LinearLayout
import cn.minqing.app.R

/** What one row says. Without [tap] it is read only; [heavy] is the one to look at first; [chosen] makes it a big choice; [picture]: the path of one, in the place of its icon. */
data class Row(
    val title: CharSequence, val sub: CharSequence? = null, val end: Mark? = null, val state: Mark? = null,
    val icon: Int = 0, val heavy: Boolean = false, val chosen: Boolean? = null, val picture: String = "", val tap: (() -> Unit)? = null,
)

fun ViewGroup.rows(rows: List<Row>) = each(rows, R.layout.row) { view, row -> view.fill(row) }

private fun View.fill(row: Row) {
    view<LinearLayout>(R.id.row_line).stackIfLarge()
    val picture = if (row.picture.isEmpty()) null else BitmapFactory.decodeFile(row.picture)
    val side = (text(R.id.row_title).textSize * if (picture == null) 1.35f else 4f).toInt() // grows with the letters
    view<ImageView>(R.id.row_icon).apply {
        visible = row.icon != 0
        if (picture == null) setImageResource(row.icon) else setImageBitmap(picture)
        imageTintList = if (picture == null) ColorStateList.valueOf(context.colour(R.attr.ink)) else null
        layoutParams = (layoutParams as LinearLayout.LayoutParams).apply {
            width = side
            height = side
            gravity = if (row.chosen == null) Gravity.TOP else Gravity.CENTER_VERTICAL
        }
    }
    text(R.id.row_title).text = row.title
    text(R.id.row_sub).say(row.sub)
    text(R.id.row_end).show(row.end)
    text(R.id.row_state).show(row.state)
    setBackgroundResource(
        when {
            row.tap == null -> R.drawable.card
            row.chosen != null -> R.drawable.choice
            row.heavy -> R.drawable.row_heavy
            else -> R.drawable.row
        },
    )
    minimumHeight = context.size(R.attr.button) * (if (row.chosen == null) 2 else 3) / 2 // a choice is big
    isSelected = row.chosen == true
    setOnClickListener { row.tap?.invoke() }
    isClickable = row.tap != null
    isFocusable = row.tap != null
}

/** A heading with rows under it; nothing at all where there are no rows. */
data class Section(val title: CharSequence, val rows: List<Row>, val lamp: Int = 0)

fun ViewGroup.sections(sections: List<Section>) = each(sections.filter { it.rows.isNotEmpty() }, R.layout.section) { view, section ->
    view.text(R.id.section_title).text = section.title
    view.text(R.id.section_title).icon(section.lamp)
    view.view<ViewGroup>(R.id.section_rows).rows(section.rows)
}

/** A line to read: a soft label, then the words. */
fun ViewGroup.facts(facts: List<Pair<CharSequence, CharSequence>>) = each(facts, R.layout.fact) { view, (label, words) ->
    view.text(R.id.fact_label).text = label
    view.text(R.id.fact_words).text = words
}

/** One of a few buttons side by side in an [EvenGrid]. */
data class Choice(val words: CharSequence, val icon: Int = 0, val chosen: Boolean = false, val tap: () -> Unit)

fun ViewGroup.choices(choices: List<Choice>, over: Boolean = false) = each(choices, R.layout.choice) { view, choice ->
    (view as Button).apply {
        val icon = if (choice.chosen && choice.icon == 0) R.drawable.ic_tick else choice.icon // never by colour alone
        if (over) text = choice.words else say(choice.words, icon)
        if (over) icon(icon, over = true, grow = 1.7f)
        isSelected = choice.chosen
        setOnClickListener { choice.tap() }
    }
}
