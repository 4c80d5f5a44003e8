package cn.minqing.app.presenter

import cn.minqing.app.Seed
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

class SurveyPresenterTest {
    /** A visit whose survey is begun. */
    private fun Bench.asking() = show(VisitPresenter(work, hands, go, saved, Seed.wang)).apply {
        on(VisitEvent.Choose("talked"))
        repeat(3) { on(VisitEvent.Next) }
        assertEquals(Step.SURVEY, state.step)
        on(VisitEvent.Ask(state.asking.forms.single { it.title == "社情民意" }))
        on(VisitEvent.Next)
    }

    private fun VisitPresenter.answers(question: String, vararg values: String) {
        assertEquals(question, state.asking.question?.id)
        on(VisitEvent.Answer(values.toList()))
        on(VisitEvent.Next)
    }

    @Test
    fun eachAnswerDecidesWhatIsAskedAfterIt() = Bench().use { bench ->
        val visit = bench.asking()
        visit.on(VisitEvent.Next)
        assertTrue("the first must be answered", visit.state.mustChoose)
        visit.answers("satisfied", "not")
        assertEquals("why_not", visit.state.asking.question?.id)
        visit.on(VisitEvent.Back)
        visit.answers("satisfied", "very")
        assertEquals("concerns", visit.state.asking.question?.id)
    }

    @Test
    fun whatIsNoLongerAskedIsNoLongerAnswered() = Bench().use { bench ->
        val visit = bench.asking()
        visit.answers("satisfied", "not")
        visit.answers("why_not", "楼道没有灯")
        repeat(2) { visit.on(VisitEvent.Back) }
        visit.answers("satisfied", "very")
        assertEquals(setOf("satisfied"), visit.state.visit.survey?.answers?.keys)
    }

    @Test
    fun anAnswerOutOfRangeIsToldAtItsQuestion() = Bench().use { bench ->
        val visit = bench.asking()
        visit.answers("satisfied", "very")
        visit.on(VisitEvent.Next)
        visit.answers("score", "11")
        assertEquals(listOf("answer.range"), bench.refused.map { it.code })
        assertEquals("score", visit.state.asking.question?.id)
        visit.answers("score", "9")
        assertEquals("advice", visit.state.asking.question?.id)
    }

    @Test
    fun itIsADraftAndThenGoesWithTheVisit() = Bench().use { bench ->
        val visit = bench.asking()
        visit.answers("satisfied", "mostly")
        visit.answers("concerns", "parking", "old_age")
        visit.answers("old_at_home", "2")
        visit.answers("score", "8")
        assertEquals(listOf("8"), bench.core.drafts.visit(Seed.wang)?.content?.survey?.answers?.get("score"))
        visit.on(VisitEvent.Next)
        assertEquals("nothing more is asked", Step.FOLLOW_UP, visit.state.step)
        repeat(2) { visit.on(VisitEvent.Next) }
        val id = bench.go.went.single().removePrefix("home TODAY ")
        val answers = mapOf("satisfied" to listOf("mostly"), "concerns" to listOf("parking", "old_age"), "old_at_home" to listOf("2"), "score" to listOf("8"))
        assertEquals(answers, bench.survey(id)?.mapValues { (_, values) -> values.sortedDescending() })
    }

    @Test
    fun nobodyNeedBeAsked() = Bench().use { bench ->
        val visit = bench.asking()
        visit.on(VisitEvent.Back)
        visit.on(VisitEvent.Ask(null))
        repeat(3) { visit.on(VisitEvent.Next) }
        assertNull(bench.survey(bench.go.went.single().removePrefix("home TODAY ")))
    }
}
