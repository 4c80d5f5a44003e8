package cn.minqing.app.presenter

import cn.minqing.app.model.TextSize
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

class MePresenterTest {
    private fun Bench.me() = show(MePresenter(work, hands, go, english = false))

    @Test
    fun whatOneChoosesIsKeptAndRedrawn() = Bench().use { bench ->
        val me = bench.me()
        me.on(MeEvent.Size(TextSize.LARGEST))
        me.on(MeEvent.Elder)
        me.on(MeEvent.Language)
        assertEquals(listOf("restyle", "restyle", "restyle"), bench.go.went)
        assertEquals(bench.hands.settings, me.state.settings)
        assertTrue(bench.hands.settings.elder && bench.hands.settings.english == true)
    }

    @Test
    fun signingOutAsksAndIsRefusedWhileAnythingWaits() = Bench().use { bench ->
        val me = bench.me()
        assertTrue("the seeded phone has something unsent", me.state.unsent > 0)
        me.on(MeEvent.Leave)
        assertTrue(me.state.leaving)
        me.on(MeEvent.Leave)
        assertEquals(listOf("wipe.unsent"), bench.refused.map { it.code })
        assertEquals("nothing was forgotten", emptyList<String>(), bench.hands.asked)
    }
}
