package cn.minqing.app

import android.os.SystemClock
import android.view.MotionEvent
import android.view.View
import android.view.ViewGroup
import cn.minqing.app.presenter.Place
import cn.minqing.app.presenter.Place.Kind
import cn.minqing.app.view.SignaturePad
import cn.minqing.app.view.view
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

class FeedbackScreensTest : EveryMode() {
    private val feedback get() = Place(Kind.FEEDBACK, Seed.ids.getString("answered"))

    override fun shots() = listOf(
        Shot("feedback-1-read", feedback) { tap(R.string.was_told) },
        Shot("feedback-2-signature", feedback) {
            signing()
            draw()
        },
        Shot("feedback-2-code", feedback) {
            proof(CODE)
            tapId(R.id.go)
        },
        Shot("feedback-3-words", feedback) {
            proof(NONE)
            tapId(R.id.go)
        },
        Shot("rating", Place(Kind.RATING, Seed.ids.getString("answered"))) { tapId(R.id.go) },
        Shot("rating-low", Place(Kind.RATING, Seed.ids.getString("answered"))) { tap(R.string.rate_2) },
    )

    private fun MainActivity.signing() = proof(SIGNATURE)

    /** By its place; who cannot write comes last. */
    private fun MainActivity.proof(which: Int) {
        tap(R.string.was_told)
        tapId(R.id.go)
        tap(view<ViewGroup>(R.id.rows).getChildAt(which))
    }

    private val MainActivity.pad get() = view<ViewGroup>(R.id.own).getChildAt(0) as SignaturePad

    /** A finger writes something like a name; [points] of it. */
    private fun MainActivity.draw(points: Int = 40) {
        settle()
        val begun = SystemClock.uptimeMillis()
        fun touch(action: Int, i: Int) = MotionEvent.obtain(begun, begun + i * 10, action, pad.width * (i + 5) / 60f, pad.height / 2f + pad.height / 3f * Math.sin(i / 3.0).toFloat(), 0).let {
            pad.dispatchTouchEvent(it)
            it.recycle()
        }
        touch(MotionEvent.ACTION_DOWN, 0)
        (1 until points).forEach { touch(MotionEvent.ACTION_MOVE, it) }
        touch(MotionEvent.ACTION_UP, points)
        settle()
    }

    @Test
    fun aFingersSignatureIsKeptAndADotIsNot() = Mode("zh").start(feedback).run {
        signing()
        draw(points = 2)
        tapId(R.id.go)
        assertTrue(texts().toString(), getString(R.string.sign_first).plain() in texts())
        tap(R.string.wipe_pad)
        assertEquals(0, pad.length)
        draw()
        tapId(R.id.go)
        await("the signature is kept") { getString(R.string.q_resident_says).plain() in texts() }
        assertEquals("nothing drawn lies about", emptyList<String>(), cn.minqing.app.bridge.OwnFiles.directory(this).list().orEmpty().filter { it.endsWith(".png") })
        tapId(R.id.go)
        val files = app.store.forWork().attachments(Seed.ids.getString("answered"))
        assertEquals(1, files.size)
        assertEquals("the resident is asked next", View.VISIBLE, view<View>(R.id.title).visibility)
        tap(R.string.rate_5)
        tapId(R.id.go)
        assertTrue(app.store.forWork().matter(Seed.ids.getString("answered")).events.any { it.event == "rate" })
    }

    private companion object {
        const val SIGNATURE = 0
        const val CODE = 1
        const val NONE = 2
    }
}
