package cn.minqing.app.screen

import cn.minqing.app.R
import cn.minqing.app.presenter.FeedbackEvent
import cn.minqing.app.presenter.FeedbackState
import cn.minqing.app.presenter.FeedbackStep
import cn.minqing.app.view.*

/** 反馈: the answer to read out, a signature by finger or the code of the slip, and what the resident says. */
class FeedbackScreen(frame: Frame) : FormScreen<FeedbackState, FeedbackEvent>(frame) {
    private val pad = own(SignaturePad(context).apply { contentDescription = said(R.string.sign_here) })

    override fun render(state: FeedbackState) {
        val isSigning = state.step == FeedbackStep.PROOF && state.proof == FeedbackState.SIGNATURE && !state.isSigned
        val error = if (!state.isMissing) null else said(if (isSigning) R.string.sign_first else if (state.proof == FeedbackState.CODE) R.string.code_first else R.string.choose_first)
        head(state.step, state.detail.matter.plate, state.number, state.steps.size, said(question(state.step)), hint(state, isSigning), error)
        tools(tools(state, isSigning))
        showOwn(isSigning)
        when {
            state.step == FeedbackStep.WORDS -> field(state.words, said(R.string.answer_hint)) { emit(FeedbackEvent.Write(it)) }
            state.step == FeedbackStep.PROOF && state.proof == FeedbackState.CODE -> field(state.code, said(R.string.slip_hint), CAPITALS) { emit(FeedbackEvent.Code(it)) }
            else -> noField()
        }
        pictures(emptyList())
        rows(rows(state, isSigning))
        kept("", state.busy)
        frame.back { emit(FeedbackEvent.Back) }
        frame.primary(said(if (state.step == FeedbackStep.WORDS) R.string.save else R.string.next_step)) {
            emit(if (isSigning) FeedbackEvent.Signed(pad.picture(), pad.length) else FeedbackEvent.Next)
        }
    }

    private fun question(step: FeedbackStep) = when (step) {
        FeedbackStep.READ -> R.string.q_read_out
        FeedbackStep.PROOF -> R.string.q_proof
        FeedbackStep.WORDS -> R.string.q_resident_says
    }

    private fun hint(state: FeedbackState, isSigning: Boolean) = when {
        isSigning -> said(R.string.hint_sign)
        state.step == FeedbackStep.PROOF -> said(R.string.hint_proof)
        state.step == FeedbackStep.WORDS -> said(R.string.may_be_empty)
        else -> null
    }

    private fun rows(state: FeedbackState, isSigning: Boolean): List<Row> = when (state.step) {
        FeedbackStep.READ -> listOf(
            Row(state.detail.publicReply.ifEmpty { state.detail.matter.text }, icon = R.drawable.ic_board),
            choice(R.drawable.ic_folk, said(R.string.was_told), "", state.reached == FeedbackState.YES, FeedbackEvent.Reached(true)),
            choice(R.drawable.ic_knock, said(R.string.was_not_reached), said(R.string.was_not_reached_more), state.reached == FeedbackState.NO, FeedbackEvent.Reached(false)),
        )
        FeedbackStep.PROOF -> listOfNotNull(
            Row(said(R.string.signed), said(R.string.sign_anew), icon = R.drawable.ic_draft, tap = {
                pad.clear()
                emit(FeedbackEvent.SignAnew)
            }).takeIf { !isSigning && state.proof == FeedbackState.SIGNATURE },
        ) + state.proofs.map { choice(icon(it.code), it.said, "", state.proof == it.code, FeedbackEvent.Proof(it.code)) }
        FeedbackStep.WORDS -> emptyList()
    }

    private fun icon(proof: String) = when (proof) {
        FeedbackState.SIGNATURE -> R.drawable.ic_draft
        FeedbackState.CODE -> R.drawable.ic_paper
        else -> R.drawable.ic_none
    }

    private fun tools(state: FeedbackState, isSigning: Boolean) = when {
        isSigning -> listOf(Choice(said(R.string.wipe_pad), R.drawable.ic_cross) { pad.clear() })
        state.step == FeedbackStep.PROOF && state.proof == FeedbackState.CODE -> listOf(Choice(said(R.string.scan_slip), R.drawable.ic_camera) { emit(FeedbackEvent.Scan) })
        else -> emptyList()
    }

    override fun back() = true.also { emit(FeedbackEvent.Back) }
}
