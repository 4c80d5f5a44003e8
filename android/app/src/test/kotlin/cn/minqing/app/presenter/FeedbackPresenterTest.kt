package cn.minqing.app.presenter

import cn.minqing.app.Seed
import cn.minqing.app.model.DraftKind
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

class FeedbackPresenterTest {
    private val matter get() = Seed.ids.getString("answered")

    private fun Bench.form() = show(FeedbackPresenter(work, hands, go, matter))

    private fun FeedbackPresenter.told(proof: String) {
        on(FeedbackEvent.Reached(true))
        on(FeedbackEvent.Next)
        on(FeedbackEvent.Proof(proof))
    }

    @Test
    fun aSignatureGoesWithTheFeedbackAndARatingIsAskedForNext() = Bench().use { bench ->
        val form = bench.form()
        form.told("signature")
        form.on(FeedbackEvent.Next)
        assertTrue("nobody has signed", form.state.isMissing && form.state.step == FeedbackStep.PROOF)
        form.on(FeedbackEvent.Signed(Drawn.png(), length = 3))
        assertTrue("a dot is no signature", form.state.isMissing && !form.state.isSigned)
        form.on(FeedbackEvent.Signed(Drawn.png(), length = 300))
        assertEquals(FeedbackStep.WORDS, form.state.step)
        form.on(FeedbackEvent.Write("谢谢，亮了"))
        form.on(FeedbackEvent.Next)
        assertEquals("instead RATING $matter", bench.go.went.last())
        val after = bench.core.matters.matter(matter)
        assertTrue(after.events.any { it.what.code == "feedback" && it.text == "谢谢，亮了" })
        assertEquals(1, after.files.size)
        assertNull("the draft goes with it", bench.core.drafts.form(DraftKind.FEEDBACK, matter))
    }

    @Test
    fun aSlipsCodeIsTypedOrScannedAndAnotherOnesIsRefused() = Bench().use { bench ->
        val form = bench.form()
        form.told("code")
        form.on(FeedbackEvent.Next)
        assertTrue("no code yet", form.state.isMissing)
        form.on(FeedbackEvent.Code("11111111"))
        repeat(2) { form.on(FeedbackEvent.Next) }
        assertEquals(listOf("proof.code"), bench.refused.map { it.code })
        assertEquals("what was filled in is there", "11111111", bench.core.drafts.form(DraftKind.FEEDBACK, matter)?.content?.get(FeedbackState.CODE))
        form.on(FeedbackEvent.Back)
        form.scanned("https://office.example/m/" + form.state.detail.matter.code.replace("-", ""))
        repeat(2) { form.on(FeedbackEvent.Next) }
        assertEquals("instead RATING $matter", bench.go.went.last())
    }

    @Test
    fun whoWasNotReachedNeedNotProveAnything() = Bench().use { bench ->
        val form = bench.form()
        form.on(FeedbackEvent.Next)
        assertTrue(form.state.isMissing)
        form.on(FeedbackEvent.Reached(false))
        repeat(2) { form.on(FeedbackEvent.Next) }
        assertEquals("back", bench.go.went.last())
        assertTrue(bench.core.matters.matter(matter).events.any { it.what.code == "feedback" })
    }

    @Test
    fun whatWasFilledInIsFoundAgain() = Bench().use { bench ->
        bench.form().told("code")
        val again = bench.form()
        assertEquals("yes" to "code", again.state.reached to again.state.proof)
    }

    @Test
    fun fewStarsAskWhetherItIsToBeHandledAgain() = Bench().use { bench ->
        bench.form().run {
            told("none")
            repeat(2) { on(FeedbackEvent.Next) }
        }
        val rating = bench.show(RatingPresenter(bench.work, bench.go, matter))
        rating.on(RatingEvent.Save)
        assertTrue("nobody chose", rating.state.isMissing)
        rating.on(RatingEvent.Choose(2))
        rating.on(RatingEvent.Save)
        assertTrue("whether again is asked", rating.state.isMissing)
        rating.on(RatingEvent.Again(true))
        rating.on(RatingEvent.Save)
        assertEquals("back", bench.go.went.last())
        assertEquals("it is handled again", "handling", bench.core.matters.matter(matter).matter.state.code)
    }

    @Test
    fun manyStarsEndIt() = Bench().use { bench ->
        bench.form().run {
            told("none")
            repeat(2) { on(FeedbackEvent.Next) }
        }
        val rating = bench.show(RatingPresenter(bench.work, bench.go, matter))
        rating.on(RatingEvent.Choose(5))
        rating.on(RatingEvent.Save)
        val after = bench.core.matters.matter(matter)
        assertTrue(after.matter.state.code, after.matter.state.code != "handling" && after.events.any { it.what.code == "rate" })
        rating.on(RatingEvent.Save)
        assertEquals("once", 1, bench.core.matters.matter(matter).events.count { it.what.code == "rate" && it.refused.isEmpty() && it.status.state.name != "REFUSED" })
    }
}
