package cn.minqing.app

import cn.minqing.app.model.Settings
import cn.minqing.app.presenter.Place
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** Every screen of an area in every mode: a picture to look at, and an audit that must find nothing. */
@RunWith(RobolectricTestRunner::class)
abstract class EveryMode {
    private val elder = Settings(elder = true)
    private val sun = Settings(sun = true)

    /** A picture's name, the place, and what is tapped there before it is drawn. */
    data class Shot(val name: String, val place: Place, val before: MainActivity.() -> Unit = {})

    abstract fun shots(): List<Shot>

    @Test fun chinese() = every(Mode("zh"))
    @Test fun english() = every(Mode("en", english = true))
    @Test fun chineseElder() = every(Mode("zh-elder", settings = elder))
    @Test fun chineseNight() = every(Mode("zh-night", night = true))
    @Test fun englishSun() = every(Mode("en-sun", english = true, settings = sun))
    @Test fun englishNarrowDoubleLetters() = every(Mode("en-360-x2", english = true, narrow = true, fontScale = 2f))
    @Test fun narrowElderDoubleLetters() = every(Mode("zh-360-elder-x2", settings = elder, narrow = true, fontScale = 2f))
    @Test fun chineseWide() = every(Mode("zh-600", wide = true))

    private fun every(mode: Mode) = draw(mode, shots())
}

/** Draws them one after the other. */
fun draw(mode: Mode, shots: List<EveryMode.Shot>) {
    val faults = mutableListOf<String>()
    for (shot in shots) {
        mode.start(shot.place).run {
            shot.before(this)
            assertEquals(1080 to 2160, window.decorView.run { width to height })
            shoot("${shot.name}-${mode.name}")
            faults += Audit(this, mode.settings).faults().map { "${shot.name}: $it" }
            if (scrollToEnd()) shoot("${shot.name}-${mode.name}-end")
        }
    }
    assertEquals(mode.name, "", faults.joinToString("\n"))
}
