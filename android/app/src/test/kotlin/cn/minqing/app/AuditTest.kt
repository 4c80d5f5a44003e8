package cn.minqing.app

import android.text.TextUtils
import android.view.ViewGroup
import android.widget.Button
import android.widget.ImageView
import android.widget.TextView
import cn.minqing.app.presenter.Place
import cn.minqing.app.model.Settings
import cn.minqing.app.view.colour
import cn.minqing.app.view.view
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** The audit must find what it is there for: each test spoils one thing on a good screen. */
@RunWith(RobolectricTestRunner::class)
class AuditTest {
    private val activity = Mode("zh").start(Place(Place.Kind.TODAY))

    private fun found(spoil: MainActivity.() -> Unit): String {
        assertEquals(emptyList<String>(), Audit(activity, Settings()).faults())
        activity.spoil()
        settle()
        return Audit(activity, Settings()).faults().joinToString("\n")
    }

    private fun finds(fault: String, spoil: MainActivity.() -> Unit) = found(spoil).let { assertTrue(it, fault in it) }

    @Test
    fun ellipsis() = finds("is cut with …") {
        view<TextView>(R.id.date).apply {
            maxLines = 1
            ellipsize = TextUtils.TruncateAt.END
            layoutParams = layoutParams.apply { width = 60 }
        }
    }

    @Test
    fun clipped() = finds("is higher than its place") { view<TextView>(R.id.sync).apply { layoutParams = layoutParams.apply { height = 30 } } }

    @Test
    fun orphan() = finds("a line of one character") { view<TextView>(R.id.sync).text = "离线，正常\n好" }

    @Test
    fun smallTarget() = finds("dp") {
        view<Button>(R.id.go).apply {
            minHeight = 0
            layoutParams = layoutParams.apply { height = 40 }
        }
    }

    @Test
    fun faintText() = finds("has contrast") { view<TextView>(R.id.date).setTextColor(colour(R.attr.edge)) }

    @Test
    fun smallText() = finds("is smaller than") { view<TextView>(R.id.date).textSize = 12f }

    @Test
    fun silentIcon() = finds("icon without description") {
        view<ViewGroup>(R.id.head).addView(ImageView(this).apply { setImageResource(R.drawable.ic_info) }, 50, 50)
    }
}
