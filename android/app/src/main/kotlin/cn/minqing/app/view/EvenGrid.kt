package cn.minqing.app.view

import android.content.Context
import android.util.AttributeSet
import android.view.View.MeasureSpec.EXACTLY
import android.view.View.MeasureSpec.UNSPECIFIED
import android.view.View.MeasureSpec.makeMeasureSpec
import android.view.ViewGroup
import cn.minqing.app.R

/** Equal columns, as many as the words fit into: 4 tabs stand in one line, and in two where letters are large. */
class EvenGrid(context: Context, attrs: AttributeSet) : ViewGroup(context, attrs) {
    private val most: Int
    private val ragged: Boolean
    private val gap = resources.getDimensionPixelSize(R.dimen.s2)
    private var columns = 1

    init {
        val own = context.obtainStyledAttributes(attrs, R.styleable.EvenGrid)
        most = own.getInt(R.styleable.EvenGrid_columns, 2)
        ragged = own.getBoolean(R.styleable.EvenGrid_ragged, false)
        own.recycle()
    }

    private val children get() = (0 until childCount).map { getChildAt(it) }
    private fun cell(width: Int, columns: Int) = (width - gap * (columns - 1)) / columns

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val width = MeasureSpec.getSize(widthSpec)
        val any = makeMeasureSpec(0, UNSPECIFIED)
        children.forEach { it.measure(any, any) }
        val widest = children.maxOfOrNull { it.measuredWidth } ?: 0
        columns = (most downTo 1).first { it == 1 || (ragged || childCount % it == 0) && widest <= cell(width, it) }
        val exact = makeMeasureSpec(cell(width, columns), EXACTLY)
        children.forEach { it.measure(exact, any) }
        var height = 0
        for (row in children.chunked(columns)) {
            val tallest = row.maxOf { it.measuredHeight }
            row.forEach { it.measure(exact, makeMeasureSpec(tallest, EXACTLY)) }
            height += tallest + gap
        }
        setMeasuredDimension(width, (height - gap).coerceAtLeast(0))
    }

    override fun onLayout(changed: Boolean, left: Int, top: Int, right: Int, bottom: Int) {
        var y = 0
        for (row in children.chunked(columns)) {
            row.forEachIndexed { i, child ->
                val x = i * (child.measuredWidth + gap)
                child.layout(x, y, x + child.measuredWidth, y + child.measuredHeight)
            }
            y += row[0].measuredHeight + gap
        }
    }
}
