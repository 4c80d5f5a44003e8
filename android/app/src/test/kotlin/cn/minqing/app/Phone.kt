package cn.minqing.app

import android.app.Activity
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Rect
import android.os.Looper
import android.os.SystemClock
import android.view.MotionEvent
import android.view.View
import android.view.ViewGroup
import android.widget.ScrollView
import android.widget.TextView
import cn.minqing.app.bridge.Seal
import cn.minqing.app.model.Settings
import cn.minqing.app.presenter.Place
import cn.minqing.app.view.view
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowStatFs
import java.io.File

/** How a phone is set up: language, what the officer chose, night, letters, width. All draw 1080 × 2160 points. */
data class Mode(
    val name: String, val english: Boolean = false, val settings: Settings = Settings(),
    val night: Boolean = false, val fontScale: Float = 1f, val narrow: Boolean = false, val wide: Boolean = false,
) {
    /** The seeded officer's phone, without a network, at a place. */
    fun start(place: Place): MainActivity {
        fresh()
        if (app.directory.list().isNullOrEmpty()) Seed.directory.listFiles()?.filter { it.name.startsWith("minqing") || it.isDirectory }?.forEach { it.copyRecursively(File(app.directory, it.name)) }
        File(app.filesDir, "key").writeBytes(Seed.key)
        app.kept.settings = settings.copy(server = NOWHERE, english = english)
        return begin(place)
    }

    /** The app as it is found again at a place. */
    fun begin(place: Place): MainActivity {
        app.begin = place
        return begin(Intent(app, MainActivity::class.java)).also { app.begin = null }
    }

    /** A phone that is nobody's yet. */
    fun fresh() {
        val lang = if (english) "en-rUS" else "zh-rCN"
        val size = if (narrow) "w360dp-h720dp" else if (wide) "w600dp-h1200dp" else "w432dp-h864dp"
        val dpi = if (narrow) 480 else if (wide) 288 else 400
        RuntimeEnvironment.setQualifiers("$lang-$size-${if (night) "night" else "notnight"}-${dpi}dpi")
        RuntimeEnvironment.setFontScale(fontScale)
        ShadowStatFs.registerStats(app.filesDir.path, 10_000_000, 5_000_000, 5_000_000)
        app.seal = { Open }
        app.way = { server, _ -> network(server) }
    }

    fun begin(intent: Intent = Intent(app, MainActivity::class.java)): MainActivity =
        Robolectric.buildActivity(MainActivity::class.java, intent).setup().get().also { it.loaded() }

    private companion object {
        const val NOWHERE = "http://127.0.0.1:9"
    }
}

/** No Keystore is here. */
private object Open : Seal {
    override fun seal(plain: ByteArray) = plain
    override fun open(sealed: ByteArray) = sealed
}

val app get() = RuntimeEnvironment.getApplication() as MinqingApp

/** Until the screen shows what the store said: what was asked before is answered, and what was asked for that, on the next screen, too. */
fun MainActivity.loaded() = repeat(3) {
    var answered = false
    app.store.ask({ }, { answered = true }, { answered = true })
    await("the store") { answered }
    settle()
}

/** Lets posted work (layout, list filling) run. */
fun settle() = shadowOf(Looper.getMainLooper()).idle()

/** Lets background work come in: coroutines and Rust run on threads of their own. */
fun await(what: String, done: () -> Boolean) {
    repeat(6_000) {
        settle()
        if (done()) return
        Thread.sleep(10)
    }
    error("still waiting for: $what")
}

/** This view and all that a person would see below it. */
fun View.all(): List<View> = if (visibility != View.VISIBLE) emptyList() else
    listOf(this) + if (this is ViewGroup) (0 until childCount).flatMap { getChildAt(it).all() } else emptyList()

fun Activity.views(): List<View> = window.decorView.all()
/** Without the signs that forbid a line to break. */
fun String.plain() = trim().replace('\u00a0', ' ').replace("\u2060", "")

private val TextView.words get() = text.toString().plain()

fun Activity.texts(): List<String> = views().filterIsInstance<TextView>().map { it.words }.filter { it.isNotEmpty() }

/** A finger on the thing with these words (on the row that holds them), scrolled to where it can be reached. */
fun Activity.tap(words: String) {
    settle()
    val seen = views().filterIsInstance<TextView>().firstOrNull { it.words == words.plain() } ?: error("no \"$words\" in ${texts()}")
    tap(generateSequence<View>(seen) { it.parent as? View }.firstOrNull { it.isClickable } ?: error("\"$words\" cannot be tapped"))
}

fun Activity.tap(words: Int) = tap(getString(words))
fun Activity.tapId(id: Int) = tap(view<View>(id))

fun Activity.tap(target: View) {
    target.requestRectangleOnScreen(Rect(0, 0, target.width, target.height), true)
    settle()
    val seen = Rect()
    check(target.isShown && target.getGlobalVisibleRect(seen)) { "$target is not on the screen" }
    touch(seen.exactCenterX(), seen.exactCenterY())
}

fun Activity.touch(x: Float, y: Float) {
    val at = SystemClock.uptimeMillis()
    for ((action, time) in listOf(MotionEvent.ACTION_DOWN to at, MotionEvent.ACTION_UP to at + 50)) {
        val event = MotionEvent.obtain(at, time, action, x, y, 0)
        dispatchTouchEvent(event)
        event.recycle()
    }
    settle()
    (this as? MainActivity)?.loaded()
}

fun Activity.scrollToEnd(): Boolean {
    val scroll = view<ScrollView>(R.id.scroll)
    val over = scroll.getChildAt(0).height - scroll.height
    scroll.scrollTo(0, over)
    return over > 0
}

/** The whole window, as a PNG in screenshots.dir, half as wide as the window: to be looked at, and small enough to be drawn by the hundred. */
fun Activity.shoot(name: String) {
    settle()
    val decor = window.decorView
    decor.jumpDrawablesToCurrentState() // else a drawable is caught half way between two states
    val bitmap = Bitmap.createBitmap(decor.width / 2, decor.height / 2, Bitmap.Config.ARGB_8888)
    decor.draw(Canvas(bitmap).apply { scale(0.5f, 0.5f) })
    val file = File(System.getProperty("screenshots.dir") ?: "target/screenshots", "$name.png")
    file.parentFile.mkdirs()
    file.outputStream().use { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }
    bitmap.recycle()
}
