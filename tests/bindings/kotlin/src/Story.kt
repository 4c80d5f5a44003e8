package cn.minqing.story

import cn.minqing.app.bridge.network.Network
import cn.minqing.core.Contacted
import cn.minqing.core.Minqing
import cn.minqing.core.MinqingException
import cn.minqing.core.Progress
import cn.minqing.core.Speech
import java.awt.image.BufferedImage
import java.io.File
import java.net.HttpURLConnection
import java.net.InetAddress
import java.net.ServerSocket
import javax.imageio.ImageIO
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertTrue

private typealias Step = Map<String, Any?>

/** What a process that SIGKILL ended leaves as its exit code. */
private const val KILLED = 128 + 9

/** The phones by name, and what was kept. */
class Story(private val directory: File, world: Map<String, Any?>) {
    private val kept = world.toMutableMap()
    private val phones = mutableMapOf<String, Minqing>()
    private val screens = mutableMapOf<String, Screen>()

    /** How many steps were played to their end. */
    var played = 0
        private set

    fun play(steps: List<Step>) = steps.forEachIndexed { index, step ->
        try {
            one(step)
        } catch (e: Throwable) {
            throw AssertionError("step ${index + 1} (${step["say"] ?: step["do"] ?: step["call"]}): $e", e)
        }
        played++
    }

    private fun one(step: Step) = when {
        "say_when" in step -> assertEquals(step["is"], Speech("zh").use { it.day(step.text("say_when"), step["now_ms"] as Long) })
        "say_code" in step -> {
            val (list, word) = step["say_code"] as List<*>
            assertEquals(step["is_zh"], Speech("zh").use { it.code(list as String, word as String) })
        }
        "say_emergency" in step -> {
            val numbers = Speech("zh").use { speech -> speech.emergencies().associate { it.word to it.telephone } }
            assertEquals(step["telephone"], numbers[step.text("say_emergency")])
        }
        else -> acted(step)
    }

    private fun acted(step: Step) {
        val result = try {
            plain(if ("call" in step) call(phone(step.text("on")), step.text("call"), step.list("args").map(::filled)) else act(step))
        } catch (e: MinqingException) {
            return failed(step, e)
        }
        assertTrue("did not fail with ${step["fails"]}", "fails" !in step)
        (step["keep"] as? Map<*, *>)?.forEach { (name, path) -> kept[name as String] = at(result, path as String) }
        (step["expect"] as? Map<*, *>)?.forEach { (path, value) -> assertEquals("at $path", filled(value), at(result, path as String)) }
    }

    private fun failed(step: Step, error: MinqingException) {
        val (zh, en) = listOf("zh", "en").map { field(error, it) as String }
        assertEquals("failed: $zh", step["fails"], field(error, "code"))
        step["path"]?.let { assertEquals(it, field(error, "path")) }
        assertTrue("a sentence in both languages", zh.isNotBlank() && en.isNotBlank())
        assertNotEquals(zh, en)
    }

    private fun act(step: Step): Any? = when (val deed = step["do"]) {
        "open" -> open(step.text("phone"))
        "practice" -> practice(step.text("phone"), step.text("of"))
        "heard" -> screens.getValue(step.text("phone")).take()
        "enrol" -> enrol(phone(step.text("phone")), filled(step["code"]) as String)
        "sync" -> sync(phone(step.text("phone")), kept[step["office"] ?: "office"] as String)
        "poked" -> poked(phone(step.text("phone")), phone(step.text("by")))
        "cancel" -> cancel(phone(step.text("phone")))
        "picture" -> picture((step["width"] as Long).toInt(), (step["height"] as Long).toInt())
        "kill" -> kill(step.text("phone"), step.text("note"))
        "admin" -> admin(step.list("args").map { filled(it).toString() })
        "office" -> {
            val path = step["path"] ?: "matters/${filled(step["matter"])}/events"
            office(kept[step.text("as")] as Map<*, *>, path as String, named(step["deed"]) as Map<*, *>)
        }
        else -> error("nobody knows how to do $deed")
    }

    private fun open(name: String) {
        val screen = Screen()
        screens[name] = screen
        phones[name] = open(directory, name).apply { listen(screen) }
    }

    private fun practice(name: String, of: String) {
        phones[name] = practice(directory.resolve(of))
    }

    /** With the loop in the app's hands. */
    private fun enrol(phone: Minqing, code: String): Contacted? {
        phone.beginEnrolment(code, "story/1")
        return contact(phone, kept["office"] as String)
    }

    /** With the core's own loop. */
    private fun sync(phone: Minqing, office: String): Contacted = runBlocking {
        var shown: Contacted? = null
        val progress = object : Progress {
            override fun contacted(soFar: Contacted) {
                shown = soFar
            }
        }
        phone.sync(network(office), progress).also { assertEquals("what was shown last", it, shown) }
    }

    /** An open app hears that another phone brought something. */
    private fun poked(phone: Minqing, by: Minqing): String {
        val office = kept["office"] as String
        return listen(office, phone.pokeRequest() ?: error("no token")) { sync(by, office) }
    }

    /** An office that takes the request and never answers; whoever leaves closes the line. */
    private fun cancel(phone: Minqing) = runBlocking {
        ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { silent ->
            val contact = launch { phone.sync(network("http://127.0.0.1:${silent.localPort}"), null) }
            withContext(Dispatchers.IO) { silent.accept() }.use { line ->
                assertNotEquals("the first byte of a request", -1, withContext(Dispatchers.IO) { line.getInputStream().read() })
                contact.cancelAndJoin()
                assertTrue("it was not cancelled", contact.isCancelled)
                // To its end, which fails where the line is left to its own time-out.
                line.soTimeout = Network.TIMEOUT_MS / 2
                withContext(Dispatchers.IO) { line.getInputStream().readBytes() }
            }
        }
    }

    /** Somebody of the office moves a matter, or writes at another path, over the network. */
    private fun office(who: Map<*, *>, path: String, deed: Map<*, *>) {
        val body = json(deed + mapOf("csrf" to who["csrf"], "role" to who["role"]))
        val (status, said) = post("${kept["office"]}/v1/$path", who["cookie"] as String, body)
        assertEquals(said, HttpURLConnection.HTTP_OK, status)
    }

    /** What an administrator does at the office, by its program. */
    private fun admin(args: List<String>): Map<String, Any?> {
        val command = listOf(kept["program"] as String, "--data", kept["data"] as String, "admin") + args + "--json"
        val child = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start()
        val said = child.inputStream.bufferedReader().use { it.readText() }
        assertEquals("how it ended", 0, child.waitFor())
        return json(said)
    }

    private fun picture(width: Int, height: Int): String {
        val file = directory.resolve("picture.png")
        check(ImageIO.write(BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file)) { "no picture was written" }
        return file.path
    }

    private fun kill(name: String, note: String) {
        phones.remove(name)!!.close()
        val (said, ended) = recordAndDie(directory, name, kept["door"] as String, note)
        assertEquals(said, KILLED, ended)
    }

    /** A phone that was opened. */
    fun phone(name: String): Minqing = phones[name] ?: error("there is no phone $name")

    /** Puts in what was kept, and leaves everything else as it is. */
    private fun named(value: Any?): Any? = when (value) {
        is List<*> -> value.map(::named)
        is Map<*, *> -> value.mapValues { (_, field) -> named(field) }
        else -> filled(value)
    }

    /** Puts in what was kept, and makes records of `{"NewVisit": {…}}`. */
    private fun filled(value: Any?): Any? = when (value) {
        is String -> if (value.startsWith("$")) kept.getValue(value.drop(1)) else value
        is List<*> -> value.map(::filled)
        is Map<*, *> -> {
            val (name, fields) = value.entries.single()
            Record(name as String, (fields as Map<*, *>).entries.associate { (field, value) -> field as String to filled(value) })
        }
        else -> value
    }
}

/** A value in a result by its path; `#` counts. */
private fun at(result: Any?, path: String): Any? = path.split(".").filter(String::isNotEmpty).fold(result) { value, part ->
    when {
        value is List<*> -> if (part == "#") value.size.toLong() else value[part.toInt()]
        value is Map<*, *> && part in value -> value[part]
        value is Record && part in value.fields -> value.fields[part]
        else -> error("no $part in $value")
    }
}

private fun Step.text(name: String) = get(name) as? String ?: error("a step without $name")

private fun Step.list(name: String) = get(name) as? List<*> ?: emptyList<Any?>()
