package cn.minqing.app.bridge

import cn.minqing.app.model.Draft
import cn.minqing.app.model.DraftKind
import cn.minqing.app.model.DraftRow
import cn.minqing.app.model.Drafts
import cn.minqing.app.model.FormDraft
import cn.minqing.app.model.MatterDraft
import cn.minqing.app.model.VisitDraft
import cn.minqing.core.Minqing
import cn.minqing.core.DraftRow as CoreDraft

class DraftsOf(private val store: Minqing, private val say: Say) : Drafts {
    override fun all() = store.drafts().map { row ->
        val kind = DraftKind.valueOf(row.kind.uppercase())
        val (key, text) = when (kind) {
            DraftKind.VISIT -> row.household to DraftText.visit(row.content).note
            DraftKind.MATTER -> row.household to DraftText.matter(row.content).text
            else -> DraftText.form(kind, row.household, row.content).let { it.key to it["text"] }
        }
        DraftRow(row.id, kind, key, say.knownDoor(row.household), say.at(row.atMs), text)
    }

    override fun visit(door: String) = found(DraftKind.VISIT, door)?.let { Draft(it.id, DraftText.visit(it.content)) }
    override fun matter(door: String) = found(DraftKind.MATTER, door)?.let { Draft(it.id, DraftText.matter(it.content)) }

    override fun form(kind: DraftKind, key: String) =
        of(kind).map { Draft(it.id, DraftText.form(kind, it.household, it.content)) }.firstOrNull { it.content.key == key }

    private fun found(kind: DraftKind, door: String): CoreDraft? = of(kind).firstOrNull { it.household == door }
    private fun of(kind: DraftKind) = store.drafts().filter { it.kind == word(kind) }

    override fun keep(id: String, draft: VisitDraft) = store.keepDraft(id, word(DraftKind.VISIT), draft.door, DraftText.of(draft))
    override fun keep(id: String, draft: MatterDraft) = store.keepDraft(id, word(DraftKind.MATTER), draft.door, DraftText.of(draft))
    override fun keep(id: String, draft: FormDraft) = store.keepDraft(id, word(draft.kind), draft.door, DraftText.of(draft))
    override fun drop(id: String) = store.dropDraft(id)

    private fun word(kind: DraftKind) = kind.name.lowercase()
}
