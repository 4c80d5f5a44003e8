package cn.minqing.app.presenter

import cn.minqing.app.Seed
import cn.minqing.app.model.Handling
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

class MatterPresenterTest {
    private fun Bench.form() = show(NewMatterPresenter(work, hands, go, saved, Seed.wang))

    private fun Bench.page(id: String) = show(MatterPresenter(work, hands, go, saved, id))

    private fun NewMatterPresenter.fill() {
        on(NewMatterEvent.Next)
        on(NewMatterEvent.Category("utilities"))
        on(NewMatterEvent.Next)
        on(NewMatterEvent.Write("楼道灯不亮"))
        on(NewMatterEvent.Next)
        on(NewMatterEvent.At("三楼楼道"))
        on(NewMatterEvent.Affects("stairwell"))
        repeat(3) { on(NewMatterEvent.Next) }
    }

    @Test
    fun whoeverIsInDangerIsCalledForFirst() = Bench().use { bench ->
        val form = bench.form()
        form.on(NewMatterEvent.Call(form.state.emergencies.first { it.code == "fire" }))
        assertEquals(listOf("dial 119"), bench.hands.asked)
        assertEquals("fire", bench.core.drafts.matter(Seed.wang)?.content?.urgent)
    }

    @Test
    fun aStepThatLacksWhatItAsksForIsNotLeft() = Bench().use { bench ->
        val form = bench.form()
        repeat(2) { form.on(NewMatterEvent.Next) }
        assertTrue(form.state.isMissing)
        assertEquals(MatterStep.CATEGORY, form.state.step)
    }

    @Test
    fun aMatterIsRegisteredItsDraftGoesAndItCanBeTakenBack() = Bench().use { bench ->
        val form = bench.form()
        form.fill()
        assertEquals(MatterStep.SUMMARY, form.state.step)
        form.on(NewMatterEvent.Next)
        val id = bench.go.went.single().removePrefix("instead MATTER ")
        assertNull(bench.core.drafts.matter(Seed.wang))
        val page = bench.page(id)
        assertTrue(page.state.isNew && page.state.detail.matter.code.length == 9)
        page.on(MatterEvent.Undo)
        assertEquals("instead NEW_MATTER ${Seed.wang}", bench.go.went.last())
        assertEquals("楼道灯不亮", bench.core.drafts.matter(Seed.wang)?.content?.text)
    }

    @Test
    fun takingBackTakesThePhotoAndHowItWasDoneToo() = Bench().use { bench ->
        bench.hands.settings = bench.hands.settings.copy(places = false)
        val before = bench.core.matters.matters(0, 50).size
        val form = bench.form()
        form.fill()
        form.photo(bench.picture())
        repeat(2) { form.on(NewMatterEvent.Back) }
        form.on(NewMatterEvent.Handle(Handling.SOLVED))
        form.on(NewMatterEvent.Solved("换了灯泡"))
        repeat(3) { form.on(NewMatterEvent.Next) }
        val page = bench.page(bench.go.went.single().removePrefix("instead MATTER "))
        assertEquals(before + 1, bench.core.matters.matters(0, 50).size)
        page.on(MatterEvent.Undo)
        assertEquals("nothing of it is left", before, bench.core.matters.matters(0, 50).size)
        assertEquals("换了灯泡" to 1, bench.core.drafts.matter(Seed.wang)?.content?.let { it.solved to it.files.size })
    }

    @Test
    fun aWrongSlipIsToldAndTheFormStays() = Bench().use { bench ->
        val form = bench.form()
        form.fill()
        form.on(NewMatterEvent.Slip("1234"))
        form.on(NewMatterEvent.Next)
        assertEquals(listOf("slip.malformed"), bench.refused.map { it.code })
        assertEquals(emptyList<String>(), bench.go.went)
        for (seen in listOf("https://office.example/m/7K3MQ2XA", "https://office.example/m?code=7K3MQ2XA&lang=zh", " 7K3MQ2XA ", "7K3M-Q2XA")) {
            form.scanned(seen)
            assertEquals("7K3MQ2XA", form.state.matter.slip.replace("-", ""))
        }
        form.scanned("别的二维码")
        assertEquals("what is no slip is shown as it is", "别的二维码", form.state.matter.slip)
    }

    @Test
    fun whatWasDoneOnTheSpotIsRegisteredWithHow() = Bench().use { bench ->
        val form = bench.form()
        form.fill()
        form.on(NewMatterEvent.Back)
        form.on(NewMatterEvent.Back)
        form.on(NewMatterEvent.Handle(Handling.SOLVED))
        form.on(NewMatterEvent.Next)
        assertTrue("how is asked", form.state.isMissing && form.state.step == MatterStep.HANDLING)
        form.on(NewMatterEvent.Solved("换了灯泡"))
        repeat(3) { form.on(NewMatterEvent.Next) }
        val detail = bench.core.matters.matter(bench.go.went.single().removePrefix("instead MATTER "))
        assertEquals("三楼楼道", detail.matter.place)
        assertTrue(detail.events.toString(), detail.events.any { it.what.code == "solve_on_spot" && it.text == "换了灯泡" })
    }

    @Test
    fun aPhotoThatCannotBeReadIsToldAndTheFormGoesOn() = Bench().use { bench ->
        bench.hands.settings = bench.hands.settings.copy(places = false)
        val nothing = bench.hands.write("no picture".toByteArray())
        val matter = bench.form()
        matter.photo(nothing)
        matter.on(NewMatterEvent.Next)
        val visit = bench.show(VisitPresenter(bench.work, bench.hands, bench.go, bench.saved, Seed.wang))
        visit.photo(nothing)
        visit.on(VisitEvent.Choose("talked"))
        visit.on(VisitEvent.Next)
        assertEquals(MatterStep.CATEGORY to Step.WORDS, matter.state.step to visit.state.step)
        assertEquals(2, bench.refused.size)
        assertFalse(matter.state.busy || visit.state.busy)
    }

    @Test
    fun whetherPhotosSayWhereIsAskedOnce() = Bench().use { bench ->
        val form = bench.form()
        form.photo(bench.picture())
        assertTrue("it waits for the answer", form.state.asksPlace && form.state.matter.files.isEmpty())
        form.on(NewMatterEvent.Places(false))
        assertEquals(false to 1, bench.hands.settings.places to form.state.matter.files.size)
        form.photo(bench.picture())
        assertFalse("not asked again", form.state.asksPlace)
        assertEquals(2, form.state.matter.files.size)
    }

    @Test
    fun papersAreTickedTogetherAndANoteIsWritten() = Bench().use { bench ->
        val page = bench.page(Seed.ids.getString("papers"))
        val open = page.state.detail.papers.filter { !it.isTicked }
        open.forEach { page.on(MatterEvent.Tick(it.id)) }
        page.on(MatterEvent.Save)
        assertTrue(page.state.detail.papers.all { it.isTicked } && page.state.brought.isEmpty())
        page.on(MatterEvent.Begin(MatterDeed.NOTE))
        page.on(MatterEvent.Write("材料在我这里"))
        page.on(MatterEvent.Save)
        assertTrue(page.state.detail.events.any { it.text == "材料在我这里" })
        page.on(MatterEvent.Save)
        assertEquals("nothing more to do: back", "back", bench.go.went.last())
        assertFalse(page.state.isNew)
    }

    @Test
    fun aSentenceIsFoundAgainAndPapersTakeTheirPhotosAlong() = Bench().use { bench ->
        val id = Seed.ids.getString("papers")
        val page = bench.page(id)
        page.on(MatterEvent.Begin(MatterDeed.NOTE))
        page.on(MatterEvent.Write("女儿周六在家"))
        assertEquals("女儿周六在家" to MatterDeed.NOTE, bench.page(id).state.let { it.words to it.deed })
        page.on(MatterEvent.Back)
        assertNull("left on purpose", page.state.deed)
        page.on(MatterEvent.Begin(MatterDeed.NOTE))
        assertEquals("and not lost", "女儿周六在家", page.state.words)
        page.on(MatterEvent.Back)
        page.on(MatterEvent.Tick(page.state.detail.papers.first { !it.isTicked }.id))
        page.photo(bench.picture())
        assertEquals(1, page.state.photos.size)
        page.on(MatterEvent.Save)
        assertEquals(1, page.state.detail.files.size)
        page.photo(bench.picture())
        assertEquals("another one, of the matter", 2, page.state.detail.files.size)
    }

    @Test
    fun theWordsOfAMatterAreChanged() = Bench().use { bench ->
        val page = bench.page(Seed.ids.getString("open"))
        page.on(MatterEvent.Begin(MatterDeed.EDIT))
        assertEquals("what is there is changed", page.state.detail.matter.text, page.state.words)
        page.on(MatterEvent.Write("楼下垃圾桶四天没人倒"))
        page.on(MatterEvent.Save)
        assertEquals("楼下垃圾桶四天没人倒", page.state.detail.matter.text)
    }
}
