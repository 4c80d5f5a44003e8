package cn.minqing.app.presenter

import cn.minqing.app.model.Core
import cn.minqing.app.model.DraftKind
import cn.minqing.app.model.FormDraft
import cn.minqing.app.model.Work

/** The brain of a small form: each field is in the store before the finger has left the screen, and found again whatever happens. */
abstract class FormPresenter<S : Any, E : Any>(work: Work, private val kind: DraftKind, protected val key: String) : Presenter<S, E>(work) {
    private var draft = ""

    /** As it was left, or empty. */
    protected fun begun(core: Core, door: String): FormDraft {
        val kept = core.drafts.form(kind, key)
        draft = kept?.id ?: ""
        return kept?.content ?: FormDraft(kind, key, door)
    }

    /** Shows the state with what was filled in now, and keeps that. */
    protected fun keep(form: FormDraft, next: S) {
        if (isFinished) return
        show(next)
        ask({ core -> draft = core.drafts.keep(draft, form) }) { }
    }

    /** Does what the form is for; the draft goes with it. */
    protected fun <T> done(deed: (Core) -> T, stays: Boolean = false, then: (T) -> Unit) = finish({ core ->
        deed(core).also {
            if (draft.isNotEmpty()) core.drafts.drop(draft)
            draft = ""
        }
    }, stays, then)

    /** What is being filled in is newer than any list. */
    override fun changed() = Unit
}
