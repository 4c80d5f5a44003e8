package cn.minqing.app.presenter

import cn.minqing.app.OtherPhone
import cn.minqing.app.Office
import cn.minqing.app.Seed
import cn.minqing.app.model.Contact
import cn.minqing.app.model.FormDraft
import cn.minqing.app.model.DraftKind
import cn.minqing.app.model.Line
import java.io.File
import java.nio.file.Files
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

class OutboxPresenterTest {
    private object Quiet : Line {
        override val state = Contact()
        override fun speak() = Unit
        override fun stop() = Unit
        override fun enrol(server: String, code: String) = Unit
        override fun watch(changed: ((Contact) -> Unit)?) = Unit
    }

    private fun Bench.outbox(directory: File = Files.createTempDirectory("bundles").toFile()) = show(OutboxPresenter(work, Quiet, hands, go, directory.path))

    @Test
    fun whatAColleagueCannotSendIsTakenAndCarriedUnread() = Bench().use { bench ->
        val directory = Files.createTempDirectory("bundles").toFile()
        val (_, code) = Office.officer("信息员宋")
        val colleague = OtherPhone(Files.createTempDirectory("song").toFile()).enrol(code)
        colleague.sync()
        colleague.store.recordVisit(cn.minqing.core.NewVisit(household = Seed.wang, purpose = "routine", outcome = "talked", note = "替王奶奶取了药"))
        val bundle = colleague.store.courierBundles(directory.path).single().path
        val outbox = bench.outbox()
        outbox.take(bundle)
        assertTrue("${bench.refused}", outbox.state.taken != null && outbox.state.carried == 1)
        assertFalse("the file is not left beside", File(bundle).exists())
        outbox.take(File(directory, "rubbish").apply { writeText("rubbish") }.path)
        assertEquals(listOf("bundle.malformed"), bench.refused.map { it.code })
        colleague.store.close()
    }

    @Test
    fun everyKindOfDraftLeadsToItsPlace() = Bench().use { bench ->
        val kinds = DraftKind.entries - setOf(DraftKind.VISIT, DraftKind.MATTER)
        kinds.forEach { bench.core.drafts.keep("", FormDraft(it, "the-$it", Seed.wang)) }
        val outbox = bench.outbox()
        outbox.state.drafts.filter { it.kind in kinds }.forEach { outbox.on(OutboxEvent.GoOn(it)) }
        val places = listOf("FEEDBACK", "PERSON", "WISHES", "PROPOSE", "PAST", "MATTER", "NEW_DOOR", "PAPER").zip(kinds).map { (place, kind) -> "open $place the-$kind" }
        assertEquals(places.toSet(), bench.go.went.toSet())
    }
}
