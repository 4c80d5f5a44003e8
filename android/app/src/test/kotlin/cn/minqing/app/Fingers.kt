package cn.minqing.app

import android.app.Activity
import android.graphics.Bitmap
import android.graphics.Color
import android.net.Uri
import android.provider.MediaStore
import android.widget.EditText
import cn.minqing.app.bridge.OwnFiles
import cn.minqing.app.presenter.Place
import cn.minqing.app.presenter.Place.Kind
import cn.minqing.app.view.view
import java.io.File
import org.junit.Assert.assertTrue
import org.robolectric.Shadows.shadowOf

// What an officer's finger does on the way through a day.

fun MainActivity.shows(words: String) = assertTrue("no \"$words\" in ${texts()}", texts().any { words in it })

fun MainActivity.to(place: Place) {
    home(place)
    loaded()
}

fun MainActivity.send() {
    to(Place(Kind.OUTBOX))
    await("nobody speaks") { !app.line.state.isUnderWay }
    tapId(R.id.go)
    await("the contact ends") { !app.line.state.isUnderWay }
    loaded()
}

fun MainActivity.visit(door: String, outcome: String, steps: Int, note: String = "", photo: Boolean = false) {
    open(Place(Kind.VISIT, door))
    loaded()
    tap(outcome)
    tapId(R.id.go)
    if (note.isNotEmpty()) view<EditText>(R.id.note).setText(note)
    if (photo) photograph()
    repeat(steps) { tapId(R.id.go) }
}

/** Registers it by finger; without a [slip] it was done on the spot. Returns the matter. */
fun MainActivity.matter(door: String, text: String, slip: String?): String {
    open(Place(Kind.NEW_MATTER, door))
    loaded()
    tapId(R.id.go)
    tap("水电气暖")
    tapId(R.id.go)
    view<EditText>(R.id.note).setText(text)
    tapId(R.id.go)
    tap("整个单元")
    tapId(R.id.go)
    if (slip == null) {
        tap(R.string.do_solve)
        view<EditText>(R.id.note).setText("当场修好了")
    }
    tapId(R.id.go)
    if (slip != null) view<EditText>(R.id.note).setText(slip)
    repeat(2) { tapId(R.id.go) }
    return app.store.forWork().matters(0u, 9u).single { it.text == text }.id
}

fun MainActivity.photograph() {
    tap(R.string.photograph)
    val asked = shadowOf(this).nextStartedActivityForResult.intent
    @Suppress("DEPRECATION") val to = asked.getParcelableExtra<Uri>(MediaStore.EXTRA_OUTPUT)!!
    val bitmap = Bitmap.createBitmap(640, 480, Bitmap.Config.ARGB_8888).apply { eraseColor(Color.rgb(90, 120, 90)) }
    File(OwnFiles.directory(this), to.lastPathSegment!!).outputStream().use { bitmap.compress(Bitmap.CompressFormat.JPEG, 80, it) }
    shadowOf(this).receiveResult(asked, Activity.RESULT_OK, null)
    await("the photo is made ready") { texts().any { it.startsWith("照片") && "KB" in it } }
}
