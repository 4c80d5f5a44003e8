package cn.minqing.story

import cn.minqing.core.Address
import cn.minqing.core.Minqing
import cn.minqing.core.NewHousehold
import java.io.File
import kotlin.concurrent.thread
import kotlin.time.Duration
import kotlin.time.measureTime
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder

/** As many rows as a long screen has. */
private const val ROWS = 500

/** Plays the story through the generated Kotlin binding. Everything it calls is the real library, the office a real one. */
class StoryTest {
    @get:Rule val directory = TemporaryFolder()

    @Test
    fun `two phones and an office play the story in Kotlin`() {
        val world = json(File(checkNotNull(System.getenv("MINQING_WORLD")) { "MINQING_WORLD names no world: see tests/bindings/kotlin/pom.xml" }))
        @Suppress("UNCHECKED_CAST")
        val steps = json(File(world["story"] as String))["steps"] as List<Map<String, Any?>>
        val story = Story(directory.root, world)
        story.play(steps)
        println("story: ${story.played} steps played")
        assertEquals(steps.size, story.played)
        val (li, zhao) = listOf("li", "zhao").map(story::phone)
        recordDoors(li, world["community"] as String, world["grid"] as String)
        measured("$ROWS doors", List(20) { listed(li) })
        measured("$ROWS doors while they are sent", whileSyncing(li, world["office"] as String))
        measured("up to $ROWS doors while they come", whileSyncing(zhao, world["office"] as String))
        assertEquals(ROWS, zhao.households(0u, ROWS.toUInt()).size)
    }

    private fun recordDoors(phone: Minqing, community: String, grid: String) = repeat(ROWS) {
        phone.recordHousehold(NewHousehold(grid = grid, address = Address(community = community, lane = "静宁路", door = "${it + 1}")))
    }

    /** How long a list of doors takes. */
    private fun listed(phone: Minqing) = measureTime { phone.households(0u, ROWS.toUInt()) }

    /** The same, again and again while the phone speaks to the office. */
    private fun whileSyncing(phone: Minqing, office: String): List<Duration> {
        // Until nothing waits: the office may have received what it has not applied.
        val syncing = thread {
            do runBlocking { phone.sync(network(office), null) } while (phone.today("en").waiting > 0u)
        }
        val took = mutableListOf<Duration>()
        while (syncing.isAlive) took += listed(phone)
        syncing.join()
        return took
    }

    private fun measured(what: String, took: List<Duration>) = println("measured: $what in ${took.sorted()[took.size / 2]}, at most ${took.max()} of ${took.size}")
}
