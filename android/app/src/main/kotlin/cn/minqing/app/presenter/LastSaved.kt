package cn.minqing.app.presenter

import cn.minqing.app.model.Core
import cn.minqing.app.model.Handling
import cn.minqing.app.model.MatterDraft
import cn.minqing.app.model.VisitDraft

/** What was saved last, so that it can be taken back for a few seconds; kept in memory alone. */
class LastSaved {
    private var record = ""
    private var actions = 1
    private var again: (Core) -> Unit = {}

    fun visit(id: String, draft: VisitDraft) = keep(id) { it.drafts.keep("", draft) }

    /** A matter, its photos and that it was done are an action each. */
    fun matter(id: String, draft: MatterDraft) = keep(id, 1 + draft.files.size + if (draft.handling == Handling.SOLVED) 1 else 0) { it.drafts.keep("", draft) }

    fun isStill(id: String) = id.isNotEmpty() && id == record

    /** Takes it back; what was filled in is a draft again. */
    fun takeBack(core: Core) {
        repeat(actions) { core.visits.takeBack(record) }
        again(core)
        forget()
    }

    fun forget() {
        record = ""
    }

    private fun keep(id: String, actions: Int = 1, again: (Core) -> Unit) {
        record = id
        this.actions = actions
        this.again = again
    }

    companion object {
        /** How long it can be taken back; the office hears of it after that. */
        const val UNDO_MS = 10_000L
    }
}
