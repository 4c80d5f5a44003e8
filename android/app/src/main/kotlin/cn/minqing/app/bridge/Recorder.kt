package cn.minqing.app.bridge

import android.content.Context
import android.media.MediaRecorder
import android.os.Build
import java.io.File
import java.io.IOException

/** A voice note, as small as speech needs. */
class Recorder(private val context: Context) {
    private var running: Pair<MediaRecorder, File>? = null

    /** False where the microphone cannot be had. */
    fun begin(into: File): Boolean {
        val recorder = fresh()
        return try {
            recorder.setAudioSource(MediaRecorder.AudioSource.MIC)
            recorder.setOutputFormat(MediaRecorder.OutputFormat.MPEG_4)
            recorder.setAudioEncoder(MediaRecorder.AudioEncoder.AAC)
            recorder.setAudioSamplingRate(RATE)
            recorder.setAudioEncodingBitRate(BITS)
            recorder.setMaxDuration(MOST_MS)
            recorder.setOutputFile(into.path)
            recorder.prepare()
            recorder.start()
            running = recorder to into
            true
        } catch (_: IOException) {
            recorder.release()
            false
        } catch (_: RuntimeException) {
            recorder.release()
            false
        }
    }

    val isRunning get() = running != null

    /** Ends it; nothing where it was too short to be anything. */
    fun end(): File? {
        val (recorder, file) = running ?: return null
        running = null
        return try {
            recorder.stop()
            file
        } catch (_: RuntimeException) {
            null
        } finally {
            recorder.release()
        }
    }

    @Suppress("DEPRECATION") // the other is of API 31
    private fun fresh() = if (Build.VERSION.SDK_INT >= 31) Api31.recorder(context) else MediaRecorder()

    private companion object {
        const val RATE = 16_000
        const val BITS = 24_000
        const val MOST_MS = 5 * 60_000
    }
}
