package cn.minqing.app.bridge

import cn.minqing.app.model.Health
import cn.minqing.app.model.Outbox
import cn.minqing.app.model.RefusedRow
import cn.minqing.app.model.Review
import cn.minqing.app.model.ReviewValue
import cn.minqing.app.model.Taken
import cn.minqing.app.model.Term
import cn.minqing.app.model.WorkRow
import cn.minqing.core.Minqing
import java.io.File

class OutboxOf(private val store: Minqing, private val say: Say) : Outbox {
    private val device by lazy { store.enrolment().device }

    override fun work(most: Int) = store.outbox(0u, most.toUInt()).map { row ->
        WorkRow(row.record, Term(row.action, ""), say.knownDoor(row.household), row.matter, say.at(row.atMs), say.status(row.state), row.files.toInt())
    }

    override fun refused() = store.refusedWork(say.lang).map {
        RefusedRow(it.event, it.matter, dashed(it.code), event(it.what), it.text, it.reason, it.said, it.again, say.at(it.atMs))
    }

    /** Of a matter, or of an appointment. */
    private fun event(word: String) = (say.choices("event") + say.choices("appointment-event")).firstOrNull { it.code == word } ?: Term(word, word)

    override fun again(event: String, text: String?) {
        store.sendRefusedAgain(event, text)
    }

    override fun leave(event: String) = store.leaveRefused(event)
    override fun sendAgain(record: String) = store.sendAgain(record)

    override fun reviews() = store.reviews().map { row ->
        Review(row.record, Term(row.field, ""), row.values.map { ReviewValue(it.value, it.device == device, say.at(it.timeS * 1000)) })
    }

    override fun filesWaiting() = store.filesWaiting().toInt()
    override fun retryFiles() = store.retryRefusedFiles()
    override fun bundles(directory: String) = store.courierBundles(directory).map { it.path }
    override fun take(path: String) = try {
        store.takeBundle(path).let { Taken(it.carried.toInt(), it.shown.toInt()) }
    } finally {
        File(path).delete()
    }

    override fun carried() = store.carriedBundles().size + store.carriedItems().toInt()
    override fun health() = store.room().let { Health(store.clockOffMs(), it.freeBytes?.toLong(), it.isLittle, salvaged()) }

    /** Some days after a damaged file was mended, what came over and what did not. */
    private fun salvaged() = store.salvaged()?.takeIf { say.now() - it.atMs < TOLD_MS }?.let {
        say.sentence("salvaged", mapOf("when" to say.at(it.atMs), "journal" to "${it.journal}", "unsent" to "${it.unsent}", "unreadable" to "${it.unreadable}"))
    }

    override fun wipe() = store.wipe()

    private companion object {
        const val TOLD_MS = 3 * 86_400_000L
    }
}
