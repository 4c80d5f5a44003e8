package cn.minqing.app

import cn.minqing.app.bridge.network.Network
import cn.minqing.core.Minqing
import cn.minqing.core.Platform
import cn.minqing.core.Transport
import java.io.File
import java.net.HttpURLConnection
import java.net.ProtocolException
import java.net.URI
import java.security.SecureRandom
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.runBlocking
import org.json.JSONObject

/** The real office that tests/tests/android/app.rs serves while these tests run. */
object Office {
    private val file = File(checkNotNull(System.getenv("MINQING_WORLD")) { "MINQING_WORLD names no world: see tests/tests/android/app.rs" })
    private val world = JSONObject(file.readText())

    /** Goes with the office. */
    val folder: File = file.parentFile
    val url: String = world.getString("office")
    val community: String = world.getString("community")
    val grid: String = world.getString("grid")
    val department: String = world.getString("department")

    operator fun get(name: String): String = world.getString(name)

    /** What an administrator does, by the program. */
    fun admin(vararg args: String) = program("admin", *args)

    fun program(vararg args: String): JSONObject {
        val command = listOf(world.getString("program"), "--data", world.getString("data")) + args + "--json"
        val child = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start()
        val said = child.inputStream.bufferedReader().use { it.readText() }
        check(child.waitFor() == 0) { "${args.toList()}: $said" }
        return JSONObject(said)
    }

    /** A new officer, and the code for the officer's phone. */
    fun officer(name: String): Pair<String, String> {
        val id = admin("officer", "add", name, "--community", community, "--grids", grid.takeLast(3)).getString("officer")
        return id to admin("code", id).getString("code")
    }

    /** Somebody of the office (`clerk`, `lead`, `handler`) does something over the network. */
    fun post(who: String, path: String, deed: JSONObject): JSONObject {
        val staff = world.getJSONObject(who)
        val line = lineTo(path, staff)
        line.setRequestProperty("content-type", "application/json")
        line.doOutput = true
        line.outputStream.use { it.write(deed.put("csrf", staff["csrf"]).put("role", staff["role"]).toString().toByteArray()) }
        val answer = if (line.responseCode >= HttpURLConnection.HTTP_BAD_REQUEST) line.errorStream else line.inputStream
        val said = answer.use { String(it.readBytes()) }
        check(line.responseCode == HttpURLConnection.HTTP_OK) { "$path: $said" }
        return if (said.isEmpty()) JSONObject() else JSONObject(said)
    }

    /** What the office has, as its clerk sees it. */
    fun get(who: String, path: String): JSONObject = JSONObject(lineTo(path, world.getJSONObject(who)).inputStream.use { String(it.readBytes()) })

    /** Where a matter stands there. */
    fun state(matter: String): String = get("clerk", "matters/$matter").let { it.optJSONObject("matter") ?: it }.getString("state")

    /** Moves a matter; `saw` stands for all there is. */
    fun move(who: String, matter: String, event: String, said: JSONObject? = null, more: JSONObject = JSONObject()) =
        post(who, "matters/$matter/events", more.put("event", event).put("saw", 99).also { if (said != null) it.put("said", said) })

    private fun lineTo(path: String, staff: JSONObject) =
        (URI("$url/v1/$path").toURL().openConnection() as HttpURLConnection).apply { setRequestProperty("cookie", staff.getString("cookie")) }
}

/** The network of a phone on this machine: a JVM's HttpURLConnection refuses the word PATCH, and only the word. */
fun network(office: String): Transport = Network(office, setMethod = { method ->
    try {
        requestMethod = method
    } catch (_: ProtocolException) {
        HttpURLConnection::class.java.getDeclaredField("method").apply { isAccessible = true }.set(this, method)
    }
})

/** Another phone than the one in the hand: the library alone, without screens. */
class OtherPhone(directory: File, key: ByteArray = ByteArray(32) { 7 }) {
    val store = Minqing(directory.apply { mkdirs() }.path, Machine(), key)

    fun enrol(code: String) = apply {
        store.beginEnrolment(code, "test")
        runBlocking { store.talk(network(Office.url), null) }
    }

    fun sync() = runBlocking { store.sync(network(Office.url), null) }

    private class Machine : Platform {
        private val source = SecureRandom()
        override fun wallMs(): Long = System.currentTimeMillis()
        override fun monotonicMs(): Long = TimeUnit.NANOSECONDS.toMillis(System.nanoTime())
        override fun bootId(): String = "test"
        override fun random(len: UInt): ByteArray = ByteArray(len.toInt()).also(source::nextBytes)
        override fun freeBytes(): ULong? = null
    }
}
