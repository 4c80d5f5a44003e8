package cn.minqing.app.bridge

import android.content.Context
import android.os.StatFs
import android.os.SystemClock
import android.provider.Settings.Global
import cn.minqing.core.Platform
import java.security.SecureRandom

/** What the phone's operating system gives the core. */
class Machine(private val context: Context) : Platform {
    private val source = SecureRandom()

    override fun wallMs(): Long = System.currentTimeMillis()
    override fun monotonicMs(): Long = SystemClock.elapsedRealtime()

    /** Counts the starts of the phone. */
    override fun bootId(): String = Global.getInt(context.contentResolver, Global.BOOT_COUNT, 0).toString()
    override fun random(len: UInt): ByteArray = ByteArray(len.toInt()).also(source::nextBytes)
    override fun freeBytes(): ULong? = StatFs(context.filesDir.path).availableBytes.toULong()
}
