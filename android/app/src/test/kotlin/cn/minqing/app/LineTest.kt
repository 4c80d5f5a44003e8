package cn.minqing.app

import android.app.job.JobScheduler
import cn.minqing.app.bridge.FileKey
import cn.minqing.app.bridge.Seal
import cn.minqing.app.bridge.SyncJob
import cn.minqing.app.bridge.network.Network
import cn.minqing.app.model.Contact
import cn.minqing.app.presenter.Place
import cn.minqing.app.presenter.Place.Kind
import cn.minqing.app.view.service
import cn.minqing.core.Request
import cn.minqing.core.TransportException
import java.io.File
import java.net.ServerSocket
import kotlin.concurrent.thread
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** The line to the office: by itself, by hand, cut, busy and full of rubbish. */
@RunWith(RobolectricTestRunner::class)
class LineTest {
    /** After what the app began by itself. */
    private fun speak(): Contact {
        quiet()
        var end: Contact? = null
        app.line.speak { end = it }
        await("the contact ends") { end != null }
        return end!!
    }

    private fun quiet() = await("nobody speaks") { !app.line.state.isUnderWay }

    private fun at(server: String) {
        app.kept.settings = app.kept.settings.copy(server = server)
    }

    @Test
    fun offlineIsNormalAndNoTrouble() {
        Mode("zh").start(Place(Kind.TODAY))
        speak().let { assertTrue(it.isOffline && it.trouble == null) }
    }

    @Test
    fun aServerThatIsBusyAndOneThatTalksRubbishAreToldWithTheirCode() {
        Mode("zh").start(Place(Kind.TODAY))
        at(answering("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"))
        assertEquals("office.busy", speak().trouble?.code)
        at(answering("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc"))
        val rubbish = speak().trouble
        assertEquals("token.malformed", rubbish?.code)
        assertTrue("in Chinese: ${rubbish?.said}", rubbish?.said.orEmpty().any { it in '\u4e00'..'\u9fff' })
        at(answering(""))
        assertTrue("a line that was cut is no network", speak().isOffline)
    }

    @Test
    fun whoeverLeavesInTheMiddleLosesNothing() {
        Mode("zh").start(Place(Kind.TODAY))
        ServerSocket(0).use { silent ->
            quiet()
            silent.soTimeout = 20_000
            at("http://127.0.0.1:${silent.localPort}")
            var end: Contact? = null
            app.line.speak { end = it }
            silent.accept().use {
                assertTrue(app.line.state.isUnderWay)
                app.line.stop()
                await("it ends") { end != null }
            }
        }
        assertFalse(app.line.state.isUnderWay)
        at("http://127.0.0.1:9")
        assertTrue("the next one begins anew", speak().isOffline)
    }

    @Test
    fun aPinnedOfficeIsSpokenToByHttpsAndItsOwnKeyAlone() {
        val request = Request("GET", "/healthz", emptyList(), byteArrayOf(), "", 0u, 0u)
        fun send(office: String, pin: String) = runBlocking { Network(office, pin) { requestMethod = it }.send(request) }
        assertThrows(TransportException.Unreachable::class.java) { send(Office.url, "AAAA") }
        Sealed().use { office ->
            assertEquals("pinned", String(send(office.url, office.pin).body))
            val asked = office.asked
            assertThrows(TransportException.Unreachable::class.java) { send(office.url, "A" + office.pin.drop(1)) }
            assertEquals("another office hears nothing", asked, office.asked)
        }
    }

    @Test
    fun syncIsPlannedRegularlyAndSoonAfterASave() {
        val activity = Mode("zh").start(Place(Kind.VISIT, Seed.wang))
        assertEquals(setOf(SyncJob.REGULAR), planned())
        activity.run {
            tap("无人在家")
            repeat(3) { tapId(R.id.go) }
        }
        assertTrue(planned().toString(), SyncJob.SOON in planned())
        val soon = app.service<JobScheduler>().allPendingJobs.first { it.id == SyncJob.SOON }
        assertEquals("not before it can no longer be taken back", SyncJob.UNDO_MS, soon.minLatencyMillis)
    }

    @Test
    fun theFilesKeyIsMadeOnceAndLiesSealed() {
        val seal = object : Seal {
            override fun seal(plain: ByteArray) = plain.map { (it + 1).toByte() }.toByteArray()
            override fun open(sealed: ByteArray) = sealed.map { (it - 1).toByte() }.toByteArray()
        }
        val file = File(app.filesDir, "key-of-a-test")
        val key = FileKey(file, seal)()
        assertEquals(32, key.size)
        assertArrayEquals(key, FileKey(file, seal)())
        assertFalse(key.contentEquals(file.readBytes()))
    }

    private fun planned() = app.service<JobScheduler>().allPendingJobs.map { it.id }.toSet()

    /** A server that is none: it says this to whoever comes. */
    private fun answering(words: String): String {
        val server = ServerSocket(0)
        thread(isDaemon = true) {
            server.use { socket -> repeat(3) { socket.accept().use { line -> line.getInputStream().read(ByteArray(64 * 1024)).also { line.getOutputStream().write(words.toByteArray()) } } } }
        }
        return "http://127.0.0.1:${server.localPort}"
    }
}
