package cn.minqing.app.presenter

import cn.minqing.app.model.*

/** [lacks]: what must be there before it is written. */
data class PaperState(val form: FormDraft, val outcomes: List<Term>, val isMissing: Boolean = false) {
    val isRead get() = form[CODE].isNotEmpty()
    val outcome get() = form[OUTCOME]
    val note get() = form[NOTE]
    val lacks get() = !isRead || outcome.isEmpty()

    companion object {
        const val CODE = "code"
        const val OUTCOME = "outcome"
        const val NOTE = "text"
    }
}

sealed interface PaperEvent {
    data object Scan : PaperEvent
    data class Choose(val outcome: String) : PaperEvent
    data class Write(val note: String) : PaperEvent
    data object Save : PaperEvent
    data object Back : PaperEvent
}

/** 照纸补记: a round that was walked with paper, row by row; entered here and at the office it is one visit. */
class PaperPresenter(work: Work, private val phone: Phone, private val go: Navigator) : FormPresenter<PaperState, PaperEvent>(work, DraftKind.PAPER, "paper"), Takes {
    override fun load(core: Core) = PaperState(begun(core, ""), core.words.choices("outcome"))

    override fun on(event: PaperEvent) {
        when (event) {
            PaperEvent.Scan -> phone.scan()
            is PaperEvent.Choose -> keep(PaperState.OUTCOME, event.outcome)
            is PaperEvent.Write -> keep(PaperState.NOTE, event.note)
            PaperEvent.Save -> save()
            PaperEvent.Back -> go.back()
        }
    }

    override fun scanned(words: String) = keep(PaperState.CODE, words.trim())

    private fun keep(field: String, words: String) = state.form.with(field, words).let { keep(it, state.copy(form = it, isMissing = false)) }

    /** The next row follows. */
    private fun save() {
        if (state.lacks) return show(state.copy(isMissing = true))
        val (code, outcome, note) = Triple(state.form[PaperState.CODE], state.outcome, state.note)
        done({ it.visits.enter(code, outcome, note) }, stays = true) { reload() }
    }
}
