package cn.minqing.app.view

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
import android.graphics.Path
import android.graphics.PathMeasure
import android.view.MotionEvent
import android.view.View
import java.io.ByteArrayOutputStream

/** Paper for a finger: black on white, whatever the theme. */
class SignaturePad(context: Context) : View(context) {
    private val line = Path()
    private val ink = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        style = Paint.Style.STROKE
        strokeWidth = 3 * resources.displayMetrics.density
        strokeCap = Paint.Cap.ROUND
        strokeJoin = Paint.Join.ROUND
        color = Color.BLACK
    }
    private var lastX = 0f
    private var lastY = 0f

    init {
        minimumHeight = (HEIGHT * resources.displayMetrics.density).toInt()
        setBackgroundColor(Color.WHITE)
    }

    /** How long the line is, in dp. */
    val length: Int
        get() {
            val measure = PathMeasure(line, false)
            var sum = 0f
            do sum += measure.length while (measure.nextContour())
            return (sum / resources.displayMetrics.density).toInt()
        }

    fun clear() {
        line.rewind()
        invalidate()
    }

    fun picture(): ByteArray {
        val bitmap = Bitmap.createBitmap(width, height, Bitmap.Config.ARGB_8888)
        Canvas(bitmap).run {
            drawColor(Color.WHITE)
            drawPath(line, ink)
        }
        return ByteArrayOutputStream().also { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }.toByteArray()
    }

    override fun onMeasure(widthSpec: Int, heightSpec: Int) = setMeasuredDimension(MeasureSpec.getSize(widthSpec), minimumHeight)

    override fun onDraw(canvas: Canvas) = canvas.drawPath(line, ink)

    @SuppressLint("ClickableViewAccessibility") // a drawing cannot be clicked: who cannot draw shows the code
    override fun onTouchEvent(event: MotionEvent): Boolean {
        when (event.actionMasked) {
            MotionEvent.ACTION_DOWN -> {
                parent.requestDisallowInterceptTouchEvent(true) // the page must not scroll under the finger
                line.moveTo(event.x, event.y)
            }
            MotionEvent.ACTION_MOVE -> {
                for (i in 0 until event.historySize) to(event.getHistoricalX(i), event.getHistoricalY(i))
                to(event.x, event.y)
            }
            else -> return true
        }
        lastX = event.x
        lastY = event.y
        invalidate()
        return true
    }

    private fun to(x: Float, y: Float) {
        line.quadTo(lastX, lastY, (lastX + x) / 2, (lastY + y) / 2)
        lastX = x
        lastY = y
    }

    private companion object {
        const val HEIGHT = 200
    }
}
