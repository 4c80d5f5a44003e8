package cn.minqing.app.bridge

import cn.minqing.app.model.Door
import cn.minqing.app.model.Draft
import cn.minqing.app.model.DraftKind
import cn.minqing.app.model.DraftRow
import cn.minqing.app.model.Drafts
import cn.minqing.app.model.MatterDraft
import cn.minqing.app.model.VisitDraft
import cn.minqing.core.Minqing
import cn.minqing.core.MinqingException
import cn.minqing.core.DraftRow as CoreDraft

class DraftsOf(private val store: Minqing, private val say: Say) : Drafts {
    override fun all() = store.drafts().map { row ->
        val kind = DraftKind.valueOf(row.kind.uppercase())
        val text = if (kind == DraftKind.VISIT) DraftText.visit(row.content).note else DraftText.matter(row.content).text
        DraftRow(row.id, kind, door(row.household), say.at(row.atMs), text)
    }

    /** One that was filled in may be of a door that is another officer's now. */
    private fun door(id: String): Door? = try {
        if (id.isEmpty()) null else say.door(id)
    } catch (_: MinqingException.Missing) {
        null
    }

    override fun visit(door: String) = found(door, VISIT)?.let { Draft(it.id, DraftText.visit(it.content)) }
    override fun matter(door: String) = found(door, MATTER)?.let { Draft(it.id, DraftText.matter(it.content)) }

    private fun found(door: String, kind: String): CoreDraft? = store.drafts().firstOrNull { it.kind == kind && it.household == door }

    override fun keep(id: String, draft: VisitDraft) = store.keepDraft(id, VISIT, draft.door, DraftText.of(draft))
    override fun keep(id: String, draft: MatterDraft) = store.keepDraft(id, MATTER, draft.door, DraftText.of(draft))
    override fun drop(id: String) = store.dropDraft(id)

    private companion object {
        const val VISIT = "visit"
        const val MATTER = "matter"
    }
}
