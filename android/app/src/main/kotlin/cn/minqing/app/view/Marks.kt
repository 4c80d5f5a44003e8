package cn.minqing.app.view

import android.content.Context
import android.graphics.Canvas
import android.graphics.Paint
import android.graphics.drawable.Drawable
import android.text.SpannableStringBuilder
import android.text.style.ReplacementSpan
import android.widget.TextView
import cn.minqing.app.R
import cn.minqing.app.model.Appointment
import cn.minqing.app.model.DoorMark
import cn.minqing.app.model.Due
import cn.minqing.app.model.Lamp
import cn.minqing.app.model.RecordState
import cn.minqing.app.model.Status

/** Shape, word and colour, always the three together. [colour] is an attribute of the theme. */
data class Mark(val icon: Int, val words: CharSequence, val colour: Int = R.attr.ink, val bold: Boolean = false)

fun TextView.show(mark: Mark?) {
    visible = mark != null
    if (mark == null) return
    text = mark.words
    setTextColor(context.colour(mark.colour))
    paint.isFakeBoldText = mark.bold
    icon(mark.icon)
}

/** An icon before (or over) the words, as tall as the letters; lamps have paint of their own, the rest takes the text's. */
fun TextView.icon(icon: Int, over: Boolean = false, grow: Float = 1.2f) {
    val drawable = if (icon == 0) null else context.getDrawable(icon)?.mutate()
    val side = (textSize * grow).toInt()
    drawable?.setBounds(0, 0, side, side)
    if (icon != R.drawable.ic_red && icon != R.drawable.ic_yellow) drawable?.setTintList(textColors)
    if (over) setCompoundDrawablesRelative(null, drawable, null, null) else setCompoundDrawablesRelative(drawable, null, null, null)
}

/** Words with an icon close before them, for buttons whose words stand in the middle. */
fun TextView.say(words: CharSequence, icon: Int) {
    val drawable = if (icon == 0) null else context.getDrawable(icon)?.mutate()
    drawable?.setTintList(textColors)
    text = if (drawable == null) words else SpannableStringBuilder(" ").append(words).apply { setSpan(IconSpan(drawable), 0, 1, 0) }
}

private class IconSpan(private val icon: Drawable) : ReplacementSpan() {
    override fun getSize(paint: Paint, text: CharSequence, start: Int, end: Int, metrics: Paint.FontMetricsInt?) = (paint.textSize * 1.35f).toInt()

    override fun draw(canvas: Canvas, text: CharSequence, start: Int, end: Int, x: Float, top: Int, y: Int, bottom: Int, paint: Paint) {
        val side = (paint.textSize * 1.1f).toInt()
        val middle = y + (paint.ascent() + paint.descent()) / 2
        icon.setBounds(x.toInt(), (middle - side / 2).toInt(), x.toInt() + side, (middle + side / 2).toInt())
        icon.draw(canvas)
    }
}

fun mark(status: Status): Mark = mark(status.state).copy(words = status.said)

/** Shape and colour of a state; its word comes with it from core. */
fun mark(state: RecordState): Mark {
    val (icon, colour) = when (state) {
        RecordState.DRAFT -> R.drawable.ic_draft to R.attr.soft
        RecordState.READY -> R.drawable.ic_ready to R.attr.ink
        RecordState.SENDING -> R.drawable.ic_up to R.attr.ink
        RecordState.RECEIVED -> R.drawable.ic_tick to R.attr.link
        RecordState.CARRIED -> R.drawable.ic_walk to R.attr.ink
        RecordState.APPLIED -> R.drawable.ic_ticks to R.attr.link
        RecordState.NEEDS_REVIEW -> R.drawable.ic_two to R.attr.yellow_ink
        RecordState.REFUSED -> R.drawable.ic_back to R.attr.red_ink
        RecordState.PARKED -> R.drawable.ic_box to R.attr.yellow_ink
        RecordState.PRACTICE -> R.drawable.ic_practice to R.attr.soft
    }
    return Mark(icon, "", colour)
}

/** Where an appointment stands; until the office has kept its time free it is to be confirmed. */
fun appointmentMark(context: Context, item: Appointment): Mark = when {
    item.noRoom != null -> Mark(R.drawable.ic_yellow, item.state.said, R.attr.yellow_ink, bold = true)
    item.isPending -> Mark(R.drawable.ic_ready, context.getString(R.string.to_be_confirmed))
    else -> Mark(R.drawable.ic_cal, item.state.said, R.attr.link)
}

fun Context.mark(due: Due): Mark = mark(due.lamp).copy(words = words(due))

fun mark(lamp: Lamp): Mark = when (lamp) {
    Lamp.RED -> Mark(R.drawable.ic_red, "", R.attr.red_ink, bold = true)
    Lamp.YELLOW -> Mark(R.drawable.ic_yellow, "", R.attr.yellow_ink, bold = true)
    Lamp.NONE -> Mark(R.drawable.ic_clock, "", R.attr.soft)
}

fun Context.mark(door: DoorMark): Mark {
    val (icon, words) = when (door) {
        DoorMark.VISITED -> R.drawable.ic_tick to R.string.door_visited
        DoorMark.DUE -> R.drawable.ic_clock to R.string.door_due
        DoorMark.FEEDBACK -> R.drawable.ic_diamond to R.string.door_feedback
        DoorMark.NOBODY_IN -> R.drawable.ic_knock to R.string.door_nobody
        DoorMark.REFUSED -> R.drawable.ic_cross to R.string.door_refused
        DoorMark.NONE -> R.drawable.ic_none to R.string.door_none
    }
    return Mark(icon, getString(words))
}
