package cn.minqing.app.presenter

import cn.minqing.app.model.*
import cn.minqing.app.presenter.Place.Kind

/** What the office answered is read out; then how that is known; then what the resident says. */
enum class FeedbackStep { READ, PROOF, WORDS }

data class FeedbackState(
    val form: FormDraft, val detail: MatterDetail, val proofs: List<Term>, val step: FeedbackStep = FeedbackStep.READ, val isMissing: Boolean = false, val busy: Boolean = false,
) {
    val reached get() = form[REACHED]
    val proof get() = form[PROOF]
    val code get() = form[CODE]
    val words get() = form[TEXT]
    val isSigned get() = form.files.isNotEmpty()
    val steps get() = FeedbackStep.entries.filter { reached != NO || it != FeedbackStep.PROOF }
    val number get() = steps.indexOf(step) + 1

    /** What this page must not be left without. */
    val lacks
        get() = when (step) {
            FeedbackStep.READ -> reached.isEmpty()
            FeedbackStep.PROOF -> proof.isEmpty() || proof == SIGNATURE && !isSigned || proof == CODE && code.isBlank()
            FeedbackStep.WORDS -> false
        }

    companion object {
        const val REACHED = "reached"
        const val PROOF = "proof"
        const val CODE = "code"
        const val TEXT = "text"
        const val SIGNATURE = "signature"
        const val YES = "yes"
        const val NO = "no"
    }
}

sealed interface FeedbackEvent {
    data class Reached(val yes: Boolean) : FeedbackEvent
    data class Proof(val code: String) : FeedbackEvent
    data class Code(val code: String) : FeedbackEvent
    data object Scan : FeedbackEvent
    data object SignAnew : FeedbackEvent
    data class Write(val words: String) : FeedbackEvent

    /** [length] of the line that was drawn, in dp. */
    class Signed(val picture: ByteArray, val length: Int) : FeedbackEvent
    data object Next : FeedbackEvent
    data object Back : FeedbackEvent
}

/** 反馈: what came of a matter, told to whom it belongs. */
class FeedbackPresenter(work: Work, private val phone: Phone, private val go: Navigator, matter: String) :
    FormPresenter<FeedbackState, FeedbackEvent>(work, DraftKind.FEEDBACK, matter), Takes {
    private val form get() = state.form

    override fun load(core: Core): FeedbackState {
        val detail = core.matters.matter(key)
        // What was signed for another answer is no proof of this one.
        val form = begun(core, detail.matter.door).let { if (it[ANSWER] == detail.publicReply) it else FormDraft(DraftKind.FEEDBACK, key, it.door).with(ANSWER, detail.publicReply) }
        return FeedbackState(form, detail, core.words.choices("proof").sortedBy { it.code == NO_PROOF })
    }

    override fun on(event: FeedbackEvent) {
        when (event) {
            is FeedbackEvent.Reached -> keep(FeedbackState.REACHED, if (event.yes) FeedbackState.YES else FeedbackState.NO)
            is FeedbackEvent.Proof -> keep(FeedbackState.PROOF, event.code)
            is FeedbackEvent.Code -> keep(FeedbackState.CODE, event.code)
            FeedbackEvent.Scan -> phone.scan()
            FeedbackEvent.SignAnew -> keep(form.copy(files = emptyList()))
            is FeedbackEvent.Write -> keep(FeedbackState.TEXT, event.words)
            is FeedbackEvent.Signed -> sign(event)
            FeedbackEvent.Next -> next()
            FeedbackEvent.Back -> if (state.number == 1) go.back() else show(state.copy(step = state.steps[state.number - 2], isMissing = false))
        }
    }

    override fun scanned(words: String) = keep(FeedbackState.CODE, slipCode(words))

    private fun keep(field: String, words: String) = keep(form.with(field, words))
    private fun keep(form: FormDraft) = keep(form, state.copy(form = form, isMissing = false))

    /** A dot is no signature. */
    private fun sign(drawn: FeedbackEvent.Signed) {
        if (state.busy) return
        if (drawn.length < SHORTEST) return show(state.copy(isMissing = true))
        show(state.copy(busy = true))
        ask({ it.visits.prepare(phone.write(drawn.picture), false) }, { show(state.copy(busy = false)) }) { file ->
            show(state.copy(busy = false))
            keep(form.copy(files = listOf(file)))
            next()
        }
    }

    private fun next() = when {
        state.lacks -> show(state.copy(isMissing = true))
        state.step == FeedbackStep.WORDS -> save()
        else -> show(state.copy(step = state.steps[state.number], isMissing = false))
    }

    /** Then the resident may say how it was. */
    private fun save() {
        val said = with(state) {
            val isReached = reached == FeedbackState.YES
            val how = if (isReached) proof else NO_PROOF
            NewFeedback(INDIVIDUAL, isReached, how, code.takeIf { how == FeedbackState.CODE } ?: "", form.files.firstOrNull().takeIf { how == FeedbackState.SIGNATURE }, words)
        }
        done({ core ->
            core.matters.feedback(key, said)
            core.matters.matter(key).moves.any { it.code == RATE }
        }) { mayRate -> if (mayRate && said.reached) go.instead(Place(Kind.RATING, key)) else go.back() }
    }

    private companion object {
        const val INDIVIDUAL = "individual"
        const val NO_PROOF = "none"
        const val RATE = "rate"
        const val ANSWER = "answer"

        /** In dp, as a finger of a shaking hand draws a cross. */
        const val SHORTEST = 40
    }
}
