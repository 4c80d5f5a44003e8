package cn.minqing.app.bridge

import android.Manifest.permission.RECORD_AUDIO
import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.ClipData
import android.content.Intent
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.net.Uri
import android.os.Bundle
import android.os.Parcelable
import android.provider.MediaStore
import cn.minqing.app.model.Phone
import cn.minqing.app.model.Settings
import cn.minqing.app.model.Takes
import java.io.File
import kotlin.concurrent.thread

/** What the phone itself does for a screen, by other apps where there are such. [cannot] tells that there is none, or that it was refused. */
class Hands(private val activity: Activity, private val kept: Kept, private val forgotten: () -> Unit, private val cannot: (Cannot) -> Unit) : Phone {
    enum class Cannot { DIAL, PHOTOGRAPH, RECORD, SHARE, MESSAGE, READ_QR, TAKE }

    private val recorder = Recorder(activity)

    // A phone with little memory kills the app behind the camera: the name of the photo outlives that.
    private var expected = ""

    override var settings: Settings by kept::settings

    override fun dial(number: String) = start(Intent(Intent.ACTION_DIAL, Uri.parse("tel:$number")), Cannot.DIAL)

    override fun photograph() = camera(PHOTO)
    override fun scan() = camera(QR)

    private fun camera(request: Int) {
        val file = fresh("jpg")
        expected = file.name
        val uri = OwnFiles.uriOf(file)
        val intent = Intent(MediaStore.ACTION_IMAGE_CAPTURE).putExtra(MediaStore.EXTRA_OUTPUT, uri).addFlags(Intent.FLAG_GRANT_WRITE_URI_PERMISSION)
        intent.clipData = ClipData.newRawUri("", uri)
        try {
            @Suppress("DEPRECATION") // the platform's own, from minSdk on
            activity.startActivityForResult(intent, request)
        } catch (_: ActivityNotFoundException) {
            cannot(Cannot.PHOTOGRAPH)
        }
    }

    /** What the camera brought; to the presenter that is there now. */
    fun came(request: Int, code: Int, to: Takes?) {
        if (request != PHOTO && request != QR) return
        val file = File(OwnFiles.directory(activity), expected)
        if (code != Activity.RESULT_OK || !file.isFile || to == null) return
        if (request == PHOTO) return to.photo(file.path)
        val words = Qr.read(file.path)
        file.delete()
        words?.let(to::scanned) ?: cannot(Cannot.READ_QR)
    }

    override fun record(): Boolean {
        if (activity.checkSelfPermission(RECORD_AUDIO) != PERMISSION_GRANTED) {
            activity.requestPermissions(arrayOf(RECORD_AUDIO), MICROPHONE)
            return false
        }
        return recorder.begin(fresh("m4a")).also { if (!it) cannot(Cannot.RECORD) }
    }

    override fun stopRecording() {
        val file = recorder.end()
        val to = taker() ?: return
        if (file == null) cannot(Cannot.RECORD) else to.voice(file.path)
    }

    /** Ends what is being recorded, if anything is. */
    fun endRecording() {
        if (recorder.isRunning) stopRecording()
    }

    /** Who takes what was recorded. */
    var taker: () -> Takes? = { null }

    override fun write(picture: ByteArray): String = fresh("png").apply { writeBytes(picture) }.path

    override fun share(path: String) {
        val uri = OwnFiles.uriOf(File(path))
        val send = Intent(Intent.ACTION_SEND).setType("application/octet-stream").putExtra(Intent.EXTRA_STREAM, uri).addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        send.clipData = ClipData.newRawUri("", uri)
        start(Intent.createChooser(send, null), Cannot.SHARE)
    }

    /** What a colleague hands over by whatever app, by its path: another app may take its time with it. */
    fun handedOver(intent: Intent, then: (String) -> Unit) {
        @Suppress("DEPRECATION") val from = intent.getParcelableExtra<Parcelable>(Intent.EXTRA_STREAM) as? Uri
        thread {
            val file = from?.let { OwnFiles.copy(activity, it) }
            activity.runOnUiThread { if (file == null) cannot(Cannot.TAKE) else then(file.path) }
        }
    }

    override fun message(text: String, phones: List<String>) =
        start(Intent(Intent.ACTION_SENDTO, Uri.parse("smsto:" + phones.joinToString(";"))).putExtra("sms_body", text), Cannot.MESSAGE)

    override fun forget() = forgotten()

    fun save(into: Bundle) = into.putString(EXPECTED, expected)

    fun restore(from: Bundle?) {
        expected = from?.getString(EXPECTED) ?: ""
    }

    private fun start(intent: Intent, what: Cannot) = try {
        activity.startActivity(intent)
    } catch (_: ActivityNotFoundException) {
        cannot(what)
    }

    private fun fresh(ending: String) = File(OwnFiles.directory(activity), "${System.currentTimeMillis()}.$ending")

    companion object {
        const val PHOTO = 1
        const val QR = 2
        const val MICROPHONE = 3
        private const val EXPECTED = "expected"
    }
}
