package cn.minqing.app

import android.Manifest.permission.RECORD_AUDIO
import android.app.Activity
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Color
import android.net.Uri
import android.provider.MediaStore
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import android.widget.EditText
import cn.minqing.app.bridge.OwnFiles
import cn.minqing.app.bridge.Qr
import cn.minqing.app.model.Settings
import cn.minqing.app.presenter.Place
import cn.minqing.app.presenter.Place.Kind
import cn.minqing.app.view.view
import com.google.zxing.BarcodeFormat
import com.google.zxing.qrcode.QRCodeWriter
import java.io.File
import java.io.FileNotFoundException
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

/** What the phone itself does for the app: camera, QR, dialler, files handed on. */
@RunWith(RobolectricTestRunner::class)
class HandsTest {
    private fun MainActivity.shows(words: Int) = assertTrue("${getString(words)} is not in ${texts()}", texts().any { getString(words).plain() in it })

    @Test
    fun aPhotoGoesIntoTheAppsOwnFilesAndIntoTheDraft() = Mode("zh").start(Place(Kind.VISIT, Seed.wang)).run {
        talk()
        tap(R.string.photograph)
        val asked = shadowOf(this).nextStartedActivityForResult.intent
        assertEquals(MediaStore.ACTION_IMAGE_CAPTURE, asked.action)
        @Suppress("DEPRECATION") val to = asked.getParcelableExtra<Uri>(MediaStore.EXTRA_OUTPUT)!!
        picture(File(OwnFiles.directory(this), to.lastPathSegment!!))
        shadowOf(this).receiveResult(asked, Activity.RESULT_OK, null)
        loaded()
        await("the photo is made ready") { texts().any { it.startsWith("照片") && "KB" in it } }
    }

    @Test
    fun aCameraThatWasLeftChangesNothing() = Mode("zh").start(Place(Kind.VISIT, Seed.wang)).run {
        talk()
        tap(R.string.photograph)
        val before = texts()
        shadowOf(this).receiveResult(shadowOf(this).nextStartedActivityForResult.intent, Activity.RESULT_CANCELED, null)
        loaded()
        assertEquals(before, texts())
    }

    @Test
    fun aMicrophoneThatIsRefusedLeavesTheRestWorking() = Mode("zh").start(Place(Kind.VISIT, Seed.wang)).run {
        talk()
        shadowOf(app).denyPermissions(RECORD_AUDIO)
        tap(R.string.speak)
        assertEquals(listOf(RECORD_AUDIO), shadowOf(this).lastRequestedPermission?.requestedPermissions?.toList())
        shows(R.string.speak)
        tapId(R.id.go)
        shows(R.string.q_people)
    }

    @Test
    fun aNumberIsNotWrittenIntoTheNextQuestion() = Mode("zh").start(Place(Kind.VISIT, Seed.wang)).run {
        talk()
        repeat(2) { tapId(R.id.go) }
        for (choice in listOf("社情民意", "很满意")) {
            tap(choice)
            tapId(R.id.go)
        }
        tapId(R.id.go)
        view<EditText>(R.id.note).setText("9")
        tapId(R.id.go)
        shows("您对社区有什么建议？")
        assertEquals("", view<EditText>(R.id.note).text.toString())
        tapId(R.id.go)
        shows(R.string.q_follow_up)
        val kept = app.store.forWork().drafts().single().content
        assertTrue(kept, "\"score\"" in kept && "advice" !in kept)
    }

    @Test
    fun aQrIsReadAndAPhotoOfNothingIsTold() {
        val dots = QRCodeWriter().encode("minqing:enrol?server=https://office.example&code=7HGN3-8PDVG", BarcodeFormat.QR_CODE, 400, 400)
        val picture = Bitmap.createBitmap(400, 400, Bitmap.Config.ARGB_8888)
        for (x in 0 until 400) for (y in 0 until 400) picture.setPixel(x, y, if (dots[x, y]) Color.BLACK else Color.WHITE)
        assertEquals("minqing:enrol?server=https://office.example&code=7HGN3-8PDVG", Qr.read(picture))
        assertNull(Qr.read(Bitmap.createBitmap(400, 400, Bitmap.Config.ARGB_8888)))
    }

    @Test
    fun theOfficesLinkOpensTheFormWithItsWords() {
        Mode("zh").fresh()
        val link = Intent(Intent.ACTION_VIEW, Uri.parse("minqing:enrol?server=https://office.example&code=7HGN3-8PDVG"))
        Mode("zh").begin(link.setClass(app, MainActivity::class.java)).run { assertTrue(texts().toString(), texts().contains("7HGN3-8PDVG")) }
    }

    @Test
    fun aPhoneThatIsEnrolledNeedsNoLink() {
        val link = Intent(Intent.ACTION_VIEW, Uri.parse("minqing:enrol?server=https://elsewhere.example&code=7HGN3-8PDVG"))
        Mode("zh").start(Place(Kind.TODAY))
        Mode("zh").begin(link.setClass(app, MainActivity::class.java)).run { assertTrue(texts().toString(), texts().none { "7HGN3" in it }) }
    }

    @Test
    fun whatAnotherAppHandsOverIsLookedAtAndItsOwnFilesAreNot() {
        Mode("zh").start(Place(Kind.TODAY))
        fun handOver(from: Uri): MainActivity =
            Mode("zh").begin(Intent(Intent.ACTION_SEND).setType("application/octet-stream").putExtra(Intent.EXTRA_STREAM, from).setClass(app, MainActivity::class.java))
        val from = Uri.parse("content://messenger.example/1")
        shadowOf(app.contentResolver).registerInputStream(from, "rubbish".byteInputStream())
        handOver(from).run { await("it is refused") { texts().any { "bundle.malformed" in it } } }
        File(OwnFiles.directory(app), "mine.mqb").writeText("x")
        for (own in listOf(OwnFiles.uriOf(File("mine.mqb")), Uri.fromFile(File(app.filesDir, "key")))) {
            handOver(own).run { await("it is refused") { texts().any { getString(R.string.cannot_take).plain() in it } } }
        }
        assertTrue("nothing is deleted", File(OwnFiles.directory(app), "mine.mqb").exists() && File(app.filesDir, "key").exists())
    }

    @Test
    fun ownFilesGivesItsDirectoryAndNothingElse() {
        val provider = org.robolectric.Robolectric.setupContentProvider(OwnFiles::class.java)
        File(OwnFiles.directory(app), "one.jpg").writeText("x")
        File(app.filesDir, "secret").writeText("x")
        assertNotNull(provider.openFile(OwnFiles.uriOf(File("one.jpg")), "r"))
        listOf("..", "../../files/secret", "a/b", "").forEach { name ->
            val uri = Uri.Builder().scheme("content").authority("cn.minqing.app.files").appendEncodedPath(name).build()
            assertThrows(name, FileNotFoundException::class.java) { provider.openFile(uri, "r") }
        }
    }

    @Test
    fun noScreenshotsWhereTheOfficerWantsNone() {
        val open = Mode("zh").start(Place(Kind.ME))
        assertEquals(0, open.window.attributes.flags and FLAG_SECURE)
        val hidden = Mode("zh", settings = Settings(hidden = true)).start(Place(Kind.ME))
        assertEquals(FLAG_SECURE, hidden.window.attributes.flags and FLAG_SECURE)
    }

    private fun MainActivity.talk() {
        tap("谈过了")
        tapId(R.id.go)
    }

    private fun picture(file: File) {
        val bitmap = Bitmap.createBitmap(640, 480, Bitmap.Config.ARGB_8888).apply { eraseColor(Color.rgb(90, 120, 90)) }
        file.outputStream().use { bitmap.compress(Bitmap.CompressFormat.JPEG, 80, it) }
        assertNotNull(BitmapFactory.decodeFile(file.path))
    }
}
