package cn.minqing.story

import cn.minqing.core.Listener
import cn.minqing.core.Listing
import cn.minqing.core.Minqing
import cn.minqing.core.NewVisit
import cn.minqing.core.Platform
import java.io.File
import java.security.SecureRandom
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit

/** What the operating system gives the core. */
private class Machine : Platform {
    private val source = SecureRandom()

    override fun wallMs(): Long = System.currentTimeMillis()

    override fun monotonicMs(): Long = TimeUnit.NANOSECONDS.toMillis(System.nanoTime())

    override fun bootId(): String = "kotlin"

    override fun random(len: UInt): ByteArray = ByteArray(len.toInt()).also(source::nextBytes)

    override fun freeBytes(): ULong = File(".").usableSpace.toULong()
}

/** A screen that wants to know which lists changed. */
class Screen : Listener {
    private val heard = LinkedBlockingQueue<Listing>()

    override fun listsChanged(lists: List<Listing>) {
        heard += lists
    }

    /** What it heard since the last time. */
    fun take(): List<Listing> = buildList { heard.drainTo(this) }
}

/** Opens the store of a phone, which has a directory and a key by its name. */
fun open(directory: File, name: String): Minqing {
    val own = directory.resolve(name).apply { mkdirs() }
    return Minqing(own.path, Machine(), name.padEnd(32, '.').toByteArray())
}

/** Opens the practice space of a phone. */
fun practice(directory: File): Minqing = Minqing.practice(directory.path, Machine())

/** Runs [main] in a process of its own; what it printed, and how it ended. */
fun recordAndDie(directory: File, name: String, door: String, note: String): Pair<String, Int> {
    val java = File(System.getProperty("java.home"), "bin/java").path
    val properties = listOf("java.class.path", "jna.library.path").map { "-D$it=${System.getProperty(it)}" }
    val command = listOf(java) + properties + listOf("cn.minqing.story.PhoneKt", directory.path, name, door, note)
    val child = ProcessBuilder(command).redirectErrorStream(true).start()
    val said = child.inputStream.bufferedReader().use { it.readText() }
    return said to child.waitFor()
}

/** Records a visit and dies of SIGKILL, so that nothing can be tidied up. */
fun main(args: Array<String>) {
    val (directory, name, door, note) = args
    open(File(directory), name).recordVisit(NewVisit(household = door, purpose = "routine", outcome = "talked", note = note))
    Runtime.getRuntime().exec(arrayOf("kill", "-9", ProcessHandle.current().pid().toString())).waitFor()
}
