package cn.minqing.app.presenter

import cn.minqing.app.Seed
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

class TodayPresenterTest {
    @Test
    fun whatIsOverStandsFirstAndNoDoorOfTheRoundTwice() = Bench().use { bench ->
        val today = bench.show(TodayPresenter(bench.work, { bench.hands.settings }, bench.go, bench.saved)).state
        assertEquals(listOf("问卫生站打疫苗的时间"), today.overdue.map { it.what })
        val walked = today.round.stops.map { it.door.id }
        assertTrue(today.tasks.filter { it.kind == TaskKind.VISIT }.none { it.door?.id in walked })
    }

    @Test
    fun aVisitCanBeTakenBackForTenSecondsAndIsADraftAgain() = Bench().use { bench ->
        val visit = bench.show(VisitPresenter(bench.work, bench.hands, bench.go, bench.saved, Seed.wang))
        visit.on(VisitEvent.Choose("talked"))
        visit.on(VisitEvent.Write("灯好了"))
        repeat(visit.state.steps.size) { visit.on(VisitEvent.Next) }
        val id = bench.go.went.single().removePrefix("home TODAY ")
        val today = bench.show(TodayPresenter(bench.work, { bench.hands.settings }, bench.go, bench.saved, id))
        val before = today.state.today.visits
        assertEquals(id, today.state.justSaved?.record)
        today.on(TodayEvent.Undo)
        assertEquals(before - 1, today.state.today.visits)
        assertEquals("灯好了", bench.core.drafts.visit(Seed.wang)?.content?.note)
    }

    @Test
    fun afterTenSecondsItStays() = Bench().use { bench ->
        val id = bench.core.visits.record(cn.minqing.app.model.NewVisit(Seed.wang, "routine", "nobody_in", "", emptyList(), emptyList(), emptyList(), null), "")
        bench.saved.visit(id, cn.minqing.app.model.VisitDraft(Seed.wang))
        val today = bench.show(TodayPresenter(bench.work, { bench.hands.settings }, bench.go, bench.saved, id))
        assertEquals(id, today.state.justSaved?.record)
        bench.timePasses()
        assertNull(today.state.justSaved)
    }
}
