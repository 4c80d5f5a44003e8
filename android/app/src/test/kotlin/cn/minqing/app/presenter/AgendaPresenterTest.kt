package cn.minqing.app.presenter

import cn.minqing.app.Seed
import cn.minqing.app.model.Agenda
import cn.minqing.app.model.DraftKind
import cn.minqing.app.model.Stop
import cn.minqing.app.model.StopState
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

class AgendaPresenterTest {
    private fun Bench.form(key: String) = show(ProposePresenter(work, go, key))
    private fun Bench.page(id: String) = show(AppointmentPresenter(work, hands, go, id))

    /** Names the day after tomorrow, half past nine; returns the appointment. */
    private fun Bench.agree(): String {
        form(Seed.wang).run {
            on(ProposeEvent.Purpose("feedback"))
            on(ProposeEvent.Next)
            on(ProposeEvent.Day(state.days[1].first))
            on(ProposeEvent.Next)
            on(ProposeEvent.Time(570))
            repeat(2) { on(ProposeEvent.Next) }
        }
        return go.went.last().removePrefix("instead APPOINTMENT ")
    }

    @Test
    fun aTimeIsNamedAndToBeConfirmed() = Bench().use { bench ->
        val page = bench.page(bench.agree())
        assertTrue(page.state.item.isPending && page.state.item.isMine)
        assertEquals("proposed" to "feedback", page.state.item.state.code to page.state.item.purpose.code)
        assertNull("the draft is gone", bench.core.drafts.form(DraftKind.APPOINTMENT, Seed.wang))
        val agenda = bench.show(AgendaPresenter(bench.work, bench.go))
        assertTrue(agenda.state.days.flatMap { it.second }.any { it.id == page.state.item.id })
    }

    @Test
    fun eachStepAsksForItsOwn() = Bench().use { bench ->
        val form = bench.form(Seed.wang)
        form.on(ProposeEvent.Next)
        assertTrue(form.state.isMissing && form.state.step == ProposeStep.PURPOSE)
        form.on(ProposeEvent.Purpose("collect"))
        form.on(ProposeEvent.Next)
        form.on(ProposeEvent.Next)
        assertTrue(form.state.isMissing && form.state.step == ProposeStep.DAY)
        assertEquals("found again", "collect", bench.form(Seed.wang).state.purpose)
    }

    @Test
    fun whereOneIsSomewhereElseIsTold() = Bench().use { bench ->
        bench.agree()
        val form = bench.form(Seed.ids.getString("302"))
        form.on(ProposeEvent.Purpose("routine"))
        form.on(ProposeEvent.Next)
        form.on(ProposeEvent.Day(form.state.days[1].first))
        form.on(ProposeEvent.Next)
        assertEquals(setOf(570), form.state.taken)
        form.on(ProposeEvent.Length(60))
        assertEquals("longer, so it begins to overlap earlier", setOf(540, 570), form.state.taken)
    }

    @Test
    fun aVisitIsAboutItsMatter() = Bench().use { bench ->
        val matter = Seed.ids.getString("papers")
        val door = bench.core.matters.matter(matter).matter.door
        bench.form("$door $matter").run {
            on(ProposeEvent.Purpose("collect"))
            on(ProposeEvent.Next)
            on(ProposeEvent.Day(state.days[2].first))
            on(ProposeEvent.Next)
            on(ProposeEvent.Length(60))
            on(ProposeEvent.Time(900))
            repeat(2) { on(ProposeEvent.Next) }
        }
        val item = bench.page(bench.go.went.last().removePrefix("instead APPOINTMENT ")).state.item
        assertEquals(matter to 60, item.matter to item.minutes)
    }

    @Test
    fun anotherTimeIsNamedForTheSameVisit() = Bench().use { bench ->
        val id = bench.agree()
        val before = bench.core.agenda.appointment(id).startMs
        bench.page(id).on(AppointmentEvent.Move)
        assertEquals("open PROPOSE =$id", bench.go.went.last())
        bench.form("=$id").run {
            assertEquals("what for is known", ProposeStep.DAY, state.step)
            on(ProposeEvent.Day(state.days[1].first))
            on(ProposeEvent.Next)
            on(ProposeEvent.Time(600))
            repeat(2) { on(ProposeEvent.Next) }
        }
        assertEquals(before + 30 * 60_000, bench.core.agenda.appointment(id).startMs)
    }

    @Test
    fun oneSetsOutArrivesAndItIsDone() = Bench().use { bench ->
        val page = bench.page(bench.agree())
        page.on(AppointmentEvent.Do(Agenda::start))
        assertEquals("en_route", page.state.item.state.code)
        page.on(AppointmentEvent.Do(Agenda::arrive))
        assertTrue("whoever is there does not set out", "start" !in page.state.may && "arrive" !in page.state.may)
        page.on(AppointmentEvent.Ask(Asks.SIGNED))
        assertEquals(Asks.SIGNED, page.state.asks)
        page.on(AppointmentEvent.Do { agenda, id -> agenda.finish(id, emptyList(), "resident") })
        assertEquals("done" to null, page.state.item.state.code to page.state.asks)
        assertTrue(page.state.may.toString(), page.state.may.none { it in setOf("start", "done", "cancel") })
    }

    @Test
    fun nobodyWasInAndItIsCalledOffWithAReason() = Bench().use { bench ->
        val page = bench.page(bench.agree())
        page.on(AppointmentEvent.Do { agenda, id -> agenda.nobodyIn(id, true) })
        assertEquals("no_show_resident", page.state.item.state.code)
        val other = bench.page(bench.agree())
        other.on(AppointmentEvent.Ask(Asks.REASON))
        other.on(AppointmentEvent.Back)
        assertNull("thought better of", other.state.asks)
        other.on(AppointmentEvent.Do { agenda, id -> agenda.cancel(id, other.state.reasons.first().code) })
        assertEquals("cancelled_by_office", other.state.item.state.code)
    }

    @Test
    fun whatIsRefusedIsToldAndStays() = Bench().use { bench ->
        val page = bench.page(bench.agree())
        page.on(AppointmentEvent.Do { agenda, id -> agenda.cancel(id, "no_such_reason") })
        page.on(AppointmentEvent.Remind)
        assertEquals(listOf("code.unknown", "appointment.not_agreed"), bench.refused.map { it.code })
        assertEquals("proposed", page.state.item.state.code)
    }

    @Test
    fun nobodyInOnTheRoundIsOneTapAndCanBeTakenBack() = Bench().use { bench ->
        val round = bench.show(RoundPresenter(bench.work, bench.go, bench.saved))
        val stop = Stop(bench.core.doors.brief(Seed.ids.getString("601")).door, StopState.NEXT, "", 20, 3, "", false, emptyList(), emptyList())
        repeat(2) { round.on(RoundEvent.NobodyIn(stop)) }
        val id = bench.go.went.last().removePrefix("home TODAY ")
        assertEquals("nobody_in", bench.core.visits.visit(id).outcome.code)
        assertEquals("a second tap is none", 1, bench.core.visits.today().count { (door, _) -> door.id == stop.door.id })
        assertTrue(bench.saved.isStill(id))
        bench.saved.takeBack(bench.core)
        assertTrue(bench.core.visits.today().none { (door, _) -> door.id == stop.door.id })
        round.on(RoundEvent.NobodyIn(stop.copy(appointment = "x")))
        assertEquals("open APPOINTMENT x", bench.go.went.last())
    }

    @Test
    fun aRowOfPaperIsEnteredOnlyWithItsOwnCode() = Bench().use { bench ->
        val paper = bench.show(PaperPresenter(bench.work, bench.hands, bench.go))
        paper.on(PaperEvent.Save)
        assertTrue(paper.state.isMissing)
        paper.scanned("https://elsewhere.example")
        paper.on(PaperEvent.Choose("talked"))
        paper.on(PaperEvent.Write("谈了供暖"))
        paper.on(PaperEvent.Save)
        assertEquals(listOf("paper.unknown"), bench.refused.map { it.code })
        assertEquals("nothing typed is lost", "谈了供暖", bench.show(PaperPresenter(bench.work, bench.hands, bench.go)).state.note)
    }
}
