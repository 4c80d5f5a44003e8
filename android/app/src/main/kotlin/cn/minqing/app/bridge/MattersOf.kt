package cn.minqing.app.bridge

import cn.minqing.app.model.Happened
import cn.minqing.app.model.Lamp
import cn.minqing.app.model.Matter
import cn.minqing.app.model.MatterDetail
import cn.minqing.app.model.Matters
import cn.minqing.app.model.NewFeedback
import cn.minqing.app.model.NewMatter
import cn.minqing.app.model.Paper
import cn.minqing.app.model.Ready
import cn.minqing.core.MatterEdit
import cn.minqing.core.MatterRow
import cn.minqing.core.Minqing
import cn.minqing.core.NewFeedback as CoreNewFeedback
import cn.minqing.core.NewMatter as CoreNewMatter

class MattersOf(private val store: Minqing, private val say: Say) : Matters {
    override fun matters(offset: Int, most: Int) = store.matters(offset.toUInt(), most.toUInt()).map { matterOf(say, it) }

    override fun matter(id: String): MatterDetail {
        val detail = store.matter(id)
        val line = store.lineOf(id)
        val lamp = Lamp.valueOf(line.lamp.ifEmpty { "none" }.uppercase())
        return MatterDetail(
            matterOf(say, detail.matter), line.handling.ifEmpty { null }?.let { say.term("handling-type", it) }, lamp, say.due(line.dueMs, lamp), line.provisional,
            line.papers.map { Paper(it.id, it.name, it.ticked) }, say.terms("event", line.moves), line.expected, line.publicReply,
            detail.events.map {
                Happened(
                    it.id, say.term("event", it.event), it.by == say.me, say.at(it.atMs), it.text, say.status(it.state),
                    if (it.refused.isEmpty()) "" else say.term("refusal", it.refused).said,
                )
            },
            store.attachments(id).map { attachment(say, it) },
        )
    }

    override fun register(matter: NewMatter, draft: String): String {
        val id = store.registerMatter(
            with(matter) {
                CoreNewMatter(
                    kind = kind, channel = "door", category = category, text = text, place = place, household = door, affected = affected,
                    proposed = if (solvedOnSpot.isEmpty()) "" else "immediate", slip = slip, urgent = urgent, errand = errand, draft = draft,
                )
            },
        )
        if (matter.solvedOnSpot.isNotEmpty()) store.solveOnSpot(id, matter.solvedOnSpot)
        return id
    }

    override fun note(matter: String, text: String) {
        store.addNote(matter, text)
    }

    override fun urge(matter: String, text: String) {
        store.askToUrge(matter, text)
    }

    override fun solve(matter: String, evidence: String) {
        store.solveOnSpot(matter, evidence)
    }

    override fun edit(matter: String, text: String) = store.editMatter(matter, MatterEdit(text = text))

    override fun papers(matter: String, brought: List<String>, photos: List<Ready>) {
        store.bringPapers(matter, brought, photos.map { it.core() })
    }

    override fun feedback(matter: String, new: NewFeedback) {
        store.giveFeedback(matter, with(new) { CoreNewFeedback(way, reached, proof, code, signature?.core(), text) })
    }

    override fun rate(matter: String, stars: Int, accept: Boolean) {
        store.rateAssisted(matter, stars.toUByte(), accept)
    }
}

fun matterOf(say: Say, row: MatterRow) = Matter(
    row.id, row.household, say.knownDoor(row.household)?.plate ?: "", dashed(row.code), say.term("category", row.category),
    say.term("matter-kind", row.kind), row.text, row.place, say.term("matter-state", row.mainState), row.pending, say.at(row.atMs), say.status(row.state),
)

/** A code as residents read it: 7K3M-Q2XA. */
fun dashed(code: String) = if (code.length < 5) code else "${code.take(4)}-${code.drop(4)}"
