package cn.minqing.story

import cn.minqing.core.Address
import cn.minqing.core.Minqing
import cn.minqing.core.NewHousehold
import java.io.File
import kotlin.time.measureTimedValue
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder

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
        measure(story.phone("li"), world["community"] as String, world["grid"] as String)
    }

    /** A list of as many rows as a long screen has. */
    private fun measure(phone: Minqing, community: String, grid: String) {
        val rows = 500u
        repeat(rows.toInt()) {
            phone.recordHousehold(NewHousehold(grid = grid, address = Address(community = community, lane = "静宁路", door = "${it + 1}")))
        }
        val took = List(20) {
            val (list, time) = measureTimedValue { phone.households(0u, rows) }
            assertEquals(rows.toInt(), list.size)
            time
        }.sorted()
        println("measured: $rows doors in ${took[took.size / 2]}, at most ${took.last()}")
    }
}
