package cn.minqing.app

import android.app.Application
import android.os.Handler
import android.os.Looper
import cn.minqing.app.bridge.FileKey
import cn.minqing.app.bridge.Kept
import cn.minqing.app.bridge.KeystoreSeal
import cn.minqing.app.bridge.Machine
import cn.minqing.app.bridge.OfficeLine
import cn.minqing.app.bridge.OwnFiles
import cn.minqing.app.bridge.Screen
import cn.minqing.app.bridge.Seal
import cn.minqing.app.bridge.Store
import cn.minqing.app.bridge.SyncJob
import cn.minqing.app.bridge.network.Network
import cn.minqing.app.presenter.LastSaved
import cn.minqing.app.presenter.Place
import cn.minqing.core.Transport
import java.io.File

/** What the process has one of: the settings, the store, the line to the office. */
class MinqingApp : Application() {
    val kept by lazy { Kept(getSharedPreferences("settings", MODE_PRIVATE)) }
    private val key by lazy { FileKey(File(filesDir, "key"), seal()) }
    val directory by lazy { File(filesDir, "store").apply { mkdirs() } }
    val store: Store by lazy { Store(directory, Machine(this), key, { kept.settings }, screen) { if (!line.state.isUnderWay) SyncJob.soon(this) } }
    val line: OfficeLine by lazy { OfficeLine(store, { kept.settings }, { kept.settings = it }, screen) { server, pin -> way(server, pin) } }
    val saved = LastSaved()
    private val screen = object : Screen {
        private val hand = Handler(Looper.getMainLooper())

        override fun execute(what: Runnable) {
            hand.post(what)
        }

        override fun later(ms: Long, what: () -> Unit) {
            hand.postDelayed(what, ms)
        }
    }

    /** Tests put others in their place: outside of a phone there is no Keystore, and a JVM's HttpURLConnection knows no PATCH. */
    var seal: () -> Seal = ::KeystoreSeal

    /** Where the app begins; elsewhere than at Today in tests alone. */
    var begin: Place? = null
    var way: (server: String, pin: String) -> Transport = { server, pin -> Network(server, pin) }

    /** The store is deleted: its key goes, and where the office was; how the app looks stays. */
    fun forget() {
        store.forget()
        key.forget()
        kept.settings = kept.settings.copy(server = "", pin = "", lastContactMs = 0)
        OwnFiles.tidy(this, Long.MAX_VALUE)
    }

    override fun onCreate() {
        super.onCreate()
        SyncJob.schedule(this)
        OwnFiles.tidy(this, System.currentTimeMillis() - DAY_MS)
    }

    private companion object {
        const val DAY_MS = 86_400_000L
    }
}
