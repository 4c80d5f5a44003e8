package cn.minqing.app.view

import android.content.Context
import android.graphics.Canvas
import android.graphics.DashPathEffect
import android.graphics.Paint
import android.graphics.Rect
import android.graphics.drawable.Drawable
import android.text.Layout
import android.text.StaticLayout
import android.text.TextPaint
import android.util.AttributeSet
import android.view.MotionEvent
import android.view.View
import cn.minqing.app.R
import kotlin.math.max

/** Paint of a cell; attributes of the theme. */
data class CellLook(val fill: Int, val edge: Int, val ink: Int, val heavy: Boolean = false, val dashed: Boolean = false)
data class GridCell(val room: String, val mark: Mark, val look: CellLook, val described: String)
data class GridFloor(val name: String, val cells: List<GridCell>)

/** The map officers think in: floors as rows, the highest on top, rooms as cells with mark, word and colour. */
class StairwellGrid(context: Context, attrs: AttributeSet) : View(context, attrs) {
    var onTap: (room: String) -> Unit = {}
    var placed: List<Placed> = emptyList()
        private set
    private var floors: List<GridFloor> = emptyList()
    private val nodes = StairwellNodes(this)
    private val bold = pen(R.attr.text_strong, R.attr.ink).apply { isFakeBoldText = true }
    private val small = pen(R.attr.text_small, R.attr.soft)
    private val gap = resources.getDimensionPixelSize(R.dimen.s2)
    private val pad = resources.getDimensionPixelSize(R.dimen.s2)
    private val shape = Paint(Paint.ANTI_ALIAS_FLAG)

    /** A cell and where its parts lie. */
    class Placed(val cell: GridCell, val at: Rect, val number: Layout, val words: Layout, val icon: Drawable)

    private fun pen(size: Int, colour: Int) = TextPaint(Paint.ANTI_ALIAS_FLAG).also {
        it.textSize = context.size(size).toFloat()
        it.color = context.colour(colour)
    }

    fun show(floors: List<GridFloor>) {
        if (floors == this.floors) return
        this.floors = floors
        requestLayout()
        invalidate()
    }

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val width = MeasureSpec.getSize(widthSpec)
        val label = if (context.large) 0 else floors.maxOfOrNull { small.measureText(it.name) }?.toInt()?.plus(gap) ?: 0
        var y = 0
        placed = floors.flatMap { floor ->
            if (context.large) y += small.fontSpacing.toInt() + gap // the floor's name over its rooms, not beside them
            val across = (width - label - gap * (floor.cells.size - 1)) / floor.cells.size
            val row = floor.cells.mapIndexed { i, cell -> place(cell, label + i * (across + gap), y, across) }
            val tallest = row.maxOf { it.at.height() }
            row.forEach { it.at.bottom = y + tallest }
            y += tallest + gap
            row
        }
        setMeasuredDimension(width, (y - gap).coerceAtLeast(0))
    }

    /** Number and mark on one line, the word under it: as high as its words need, never under a finger's size. */
    private fun place(cell: GridCell, x: Int, y: Int, width: Int): Placed {
        val inner = width - 2 * pad
        val ink = TextPaint(small).apply { color = context.colour(cell.look.ink) }
        val icon = checkNotNull(context.getDrawable(cell.mark.icon)).mutate()
        val number = lines(cell.room, bold, inner)
        val words = lines(cell.mark.words, ink, inner)
        val side = (bold.textSize * 1.1f).toInt()
        val beside = number.getLineWidth(0) + gap + side <= inner
        val top = y + pad + if (beside) (number.height - side) / 2 else number.height + words.height
        icon.setBounds(x + width - pad - side, top, x + width - pad, top + side)
        icon.setTint(ink.color)
        val height = 2 * pad + number.height + words.height + if (beside) 0 else side
        return Placed(cell, Rect(x, y, x + width, y + max(height, context.size(R.attr.button))), number, words, icon)
    }

    private fun lines(text: CharSequence, pen: TextPaint, width: Int): Layout =
        StaticLayout.Builder.obtain(text, 0, text.length, pen, max(width, 1))
            .setIncludePad(false).setBreakStrategy(Layout.BREAK_STRATEGY_BALANCED).build()

    override fun onDraw(canvas: Canvas) {
        val radius = resources.getDimension(R.dimen.corner)
        val stroke = resources.getDimension(R.dimen.stroke)
        floors.forEach { floor ->
            val first = placed.firstOrNull { it.cell === floor.cells[0] } ?: return
            val y = if (context.large) first.at.top - gap / 2 - small.descent() else first.at.exactCenterY() - (small.ascent() + small.descent()) / 2
            canvas.drawText(floor.name, 0f, y, small)
        }
        for (p in placed) {
            val edge = if (p.cell.look.heavy) stroke * 1.5f else stroke / 2
            val (l, t) = p.at.left + edge / 2 to p.at.top + edge / 2
            val (r, b) = p.at.right - edge / 2 to p.at.bottom - edge / 2
            shape.style = Paint.Style.FILL
            shape.color = context.colour(p.cell.look.fill)
            canvas.drawRoundRect(l, t, r, b, radius, radius, shape)
            shape.style = Paint.Style.STROKE
            shape.strokeWidth = edge
            shape.color = context.colour(p.cell.look.edge)
            shape.pathEffect = if (p.cell.look.dashed) DashPathEffect(floatArrayOf(stroke * 3, stroke * 2), 0f) else null
            canvas.drawRoundRect(l, t, r, b, radius, radius, shape)
            shape.pathEffect = null
            p.number.drawAt(canvas, p.at.left + pad, p.at.top + pad)
            p.words.drawAt(canvas, p.at.left + pad, p.at.top + pad + p.number.height)
            p.icon.draw(canvas)
        }
    }

    private fun Layout.drawAt(canvas: Canvas, x: Int, y: Int) {
        canvas.save()
        canvas.translate(x.toFloat(), y.toFloat())
        draw(canvas)
        canvas.restore()
    }

    fun indexAt(x: Float, y: Float) = placed.indexOfFirst { it.at.contains(x.toInt(), y.toInt()) }

    override fun onTouchEvent(event: MotionEvent): Boolean {
        if (event.action == MotionEvent.ACTION_UP) placed.getOrNull(indexAt(event.x, event.y))?.let { onTap(it.cell.room) }
        return true
    }

    override fun getAccessibilityNodeProvider() = nodes
    override fun dispatchHoverEvent(event: MotionEvent) = nodes.hover(event) || super.dispatchHoverEvent(event)
}
