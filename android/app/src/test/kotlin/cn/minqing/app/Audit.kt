package cn.minqing.app

import android.app.Activity
import android.graphics.Color
import android.graphics.Rect
import android.graphics.drawable.ColorDrawable
import android.graphics.drawable.Drawable
import android.graphics.drawable.DrawableContainer
import android.graphics.drawable.GradientDrawable
import android.graphics.drawable.LayerDrawable
import android.graphics.drawable.RippleDrawable
import android.text.Layout
import android.util.TypedValue
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.ImageView
import android.widget.ScrollView
import android.widget.TextView
import cn.minqing.app.model.Settings
import cn.minqing.app.view.StairwellGrid
import cn.minqing.app.view.colour
import cn.minqing.app.view.view
import kotlin.math.max
import kotlin.math.pow

/** Walks a screen's view tree and says all that old eyes and fingers would stumble over. */
class Audit(private val activity: Activity, settings: Settings) {
    private val target = if (settings.elder) 60 else 48
    private val contrast = 7.0 // asked for: 4.5
    private val smallest = if (settings.elder) 18f else 16f
    private val metrics = activity.resources.displayMetrics
    private val latin = ('a'..'z') + ('A'..'Z') + ('0'..'9')
    private val faults = mutableListOf<String>()

    fun faults(): List<String> {
        val views = activity.views()
        views.forEach { view ->
            if (view is ViewGroup && view !is ScrollView) inside(view)
            if (view is TextView) text(view)
            if (view is ImageView) icon(view)
            if (view is StairwellGrid) grid(view)
        }
        for (part in listOf(R.id.scroll, R.id.dado).map { activity.view<View>(it).all() }) {
            fingers(part.filter { it.isClickable }.map { name(it) to it.onScreen() } + part.filterIsInstance<StairwellGrid>().flatMap(::cells))
        }
        val page = activity.view<View>(R.id.scroll)
        if (page.height < activity.window.decorView.height * 0.5) faults += "the page keeps only ${page.height} px beside the dado"
        return faults
    }

    private fun name(view: View) = if (view is TextView) "\"${view.text}\"" else
        view.all().filterIsInstance<TextView>().firstOrNull()?.let { "row \"${it.text}\"" } ?: view.javaClass.simpleName

    private fun View.onScreen() = Rect(0, 0, width, height).also { (activity.window.decorView as ViewGroup).offsetDescendantRectToMyCoords(this, it) }

    private fun inside(group: ViewGroup) = (0 until group.childCount).map(group::getChildAt).forEach {
        val fits = it.left >= 0 && it.top >= 0 && it.right <= group.width && it.bottom <= group.height
        if (it.visibility == View.VISIBLE && !fits) faults += "${name(it)} sticks out of its parent"
    }

    private fun text(view: TextView) {
        val layout = view.layout ?: return
        if (view.text.isEmpty() && view.hint.isNullOrEmpty()) {
            if (view.compoundDrawablesRelative.any { it != null } && view.contentDescription == null) faults += "icon without words"
            return
        }
        val width = view.width - view.compoundPaddingLeft - view.compoundPaddingRight
        val height = view.height - view.compoundPaddingTop - view.compoundPaddingBottom
        clipped(name(view), layout, width, height, isTyped = view is EditText)
        val least = TypedValue.applyDimension(TypedValue.COMPLEX_UNIT_SP, smallest, metrics) // from API 34 on not a straight line
        if (view.textSize < least - 1) faults += "${name(view)} is smaller than $smallest sp"
        readable(name(view), view.currentTextColor, ground(view))
        if (view.text.isEmpty()) readable("hint \"${view.hint}\"", view.currentHintTextColor, ground(view))
    }

    /** What somebody types may be any long word: it breaks where it must. */
    private fun clipped(name: String, layout: Layout, width: Int, height: Int, isTyped: Boolean = false) {
        for (line in 0 until layout.lineCount) {
            if (layout.getEllipsisCount(line) > 0) faults += "$name is cut with …"
            if (layout.getLineMax(line) > width + 1) faults += "$name is wider than its place"
        }
        (1 until layout.lineCount).map(layout::getLineStart).filter { !isTyped && layout.text[it - 1] in latin && layout.text[it] in latin }
            .forEach { faults += "$name breaks inside a word" }
        val last = layout.text.substring(layout.getLineStart(layout.lineCount - 1), layout.getLineEnd(layout.lineCount - 1))
        if (!isTyped && layout.lineCount > 1 && last.count { it.isLetterOrDigit() } == 1) faults += "$name ends in a line of one character"
        if (layout.height > height + 1) faults += "$name is higher than its place: ${layout.height} > $height"
    }

    private fun icon(view: ImageView) {
        val silent = view.importantForAccessibility == View.IMPORTANT_FOR_ACCESSIBILITY_NO
        val words = (view.parent as View).all().any { it is TextView && it.text.isNotEmpty() }
        if (view.contentDescription.isNullOrEmpty() && !(silent && words)) faults += "icon without description beside ${name(view.parent as View)}"
        view.imageTintList?.let { readable("icon beside ${name(view.parent as View)}", it.defaultColor, ground(view), 3.0) }
    }

    private fun grid(grid: StairwellGrid) = grid.placed.forEach {
        val inner = it.at.width() - 2 * 8 * metrics.density.toInt()
        clipped(it.cell.room, it.number, inner, it.at.height())
        clipped("${it.cell.room} ${it.cell.mark.words}", it.words, inner, it.at.height() - it.number.height)
        readable(it.cell.described, grid.context.colour(it.cell.look.ink), grid.context.colour(it.cell.look.fill))
        readable(it.cell.room, grid.context.colour(R.attr.ink), grid.context.colour(it.cell.look.fill))
    }

    private fun cells(grid: StairwellGrid) = grid.onScreen().let { at ->
        grid.placed.map { it.cell.described to Rect(it.at).apply { offset(at.left, at.top) } }
    }

    /** Large enough for a finger, and 8 dp between two of them. */
    private fun fingers(targets: List<Pair<String, Rect>>) = targets.forEachIndexed { i, (name, at) ->
        val (w, h) = at.width() / metrics.density to at.height() / metrics.density
        if (w < target - 0.5 || h < target - 0.5) faults += "$name is only $w × $h dp"
        for ((other, there) in targets.drop(i + 1)) {
            val gap = max(max(there.left - at.right, at.left - there.right), max(there.top - at.bottom, at.top - there.bottom)) / metrics.density
            if (gap < 7.5) faults += "$name and $other are $gap dp apart"
        }
    }

    private fun readable(what: String, ink: Int, ground: Int, least: Double = contrast) {
        val (dark, light) = listOf(luminance(ink), luminance(ground)).sorted()
        val ratio = (light + 0.05) / (dark + 0.05)
        if (ratio < least) faults += "$what has contrast %.2f".format(ratio)
    }

    private fun luminance(colour: Int) = listOf(Color.red(colour) to 0.2126, Color.green(colour) to 0.7152, Color.blue(colour) to 0.0722)
        .sumOf { (c, share) -> share * (c / 255.0).let { if (it <= 0.04045) it / 12.92 else ((it + 0.055) / 1.055).pow(2.4) } }

    private fun ground(view: View): Int =
        generateSequence(view) { it.parent as? View }.firstNotNullOfOrNull { it.background?.let(::paint) } ?: activity.colour(R.attr.wall)

    private fun paint(drawable: Drawable): Int? = when (drawable) {
        is ColorDrawable -> drawable.color
        is GradientDrawable -> drawable.color?.defaultColor
        is RippleDrawable -> paint(drawable.getDrawable(0))
        is LayerDrawable -> (0 until drawable.numberOfLayers).last { drawable.getLayerHeight(it) < 0 }.let { paint(drawable.getDrawable(it)) }
        is DrawableContainer -> paint(drawable.current)
        else -> null
    }
}
