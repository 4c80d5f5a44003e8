package cn.minqing.app.screen

import android.text.Editable
import android.text.InputType
import android.text.TextWatcher
import android.view.ViewGroup
import android.widget.EditText
import android.widget.ProgressBar
import cn.minqing.app.R
import cn.minqing.app.presenter.FollowUp
import cn.minqing.app.presenter.Step
import cn.minqing.app.presenter.VisitEvent
import cn.minqing.app.presenter.VisitState
import cn.minqing.app.view.*

/** 新走访: one thought per screen, every field kept at once. */
class VisitScreen(frame: Frame) : Screen<VisitState, VisitEvent>(frame, R.layout.page_visit), TextWatcher {
    private val field = page.view<EditText>(R.id.note).also { it.addTextChangedListener(this) }
    private var typed: ((String) -> Unit)? = null
    private var shown: Step? = null

    override fun render(state: VisitState) {
        val step = state.step
        page.plate(R.id.plate, state.door.plate)
        page.text(R.id.step).text = context.getString(R.string.step_of, state.number, state.steps.size)
        page.view<ProgressBar>(R.id.progress).apply {
            max = state.steps.size
            progress = state.number
        }
        page.text(R.id.question).setText(VisitWords.question(step))
        page.text(R.id.hint).say(VisitWords.hint(state)?.let(context::getString))
        page.text(R.id.error).visible = state.mustChoose
        page.text(R.id.error).icon(R.drawable.ic_red)
        page.view<ViewGroup>(R.id.tools).choices(tools(state), over = step == Step.WORDS)
        renderField(state)
        page.view<ViewGroup>(R.id.rows).rows(rows(state))
        page.text(R.id.kept).show(
            if (state.busy) Mark(R.drawable.ic_up, context.getString(R.string.preparing), R.attr.soft)
            else state.savedAt.ifEmpty { null }?.let { Mark(R.drawable.ic_draft, context.getString(R.string.kept_at, it), R.attr.soft) },
        )
        frame.back { emit(VisitEvent.Back) }
        frame.primary(context.getString(if (step == Step.SUMMARY) R.string.save else R.string.next_step)) { emit(VisitEvent.Next) }
        if (shown != null && shown != step) frame.toTop()
        shown = step
    }

    /** What is typed here: what was said, or what was promised. */
    private fun renderField(state: VisitState) {
        val promised = state.step == Step.FOLLOW_UP && state.visit.followUp == FollowUp.PROMISE.name
        field.visible = state.step == Step.WORDS || promised
        val words = if (promised) state.visit.promise.what else state.visit.note
        field.hint = context.getString(if (promised) R.string.promise_hint else R.string.note_hint)
        field.inputType = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE or InputType.TYPE_TEXT_FLAG_CAP_SENTENCES
        typed = null
        if (field.text.toString() != words) field.setText(words)
        typed = if (promised) ({ emit(VisitEvent.Promise(it)) }) else ({ emit(VisitEvent.Write(it)) })
    }

    private fun rows(state: VisitState): List<Row> = when (state.step) {
        Step.OUTCOME -> state.outcomes.map {
            choice(VisitWords.icon(it.code), it.said, VisitWords.more(context, it.code), state.visit.outcome == it.code) { emit(VisitEvent.Choose(it.code)) }
        }
        Step.WORDS -> state.visit.files.map { file ->
            Row(VisitWords.file(context, file), context.getString(R.string.tap_to_drop), icon = VisitWords.icon(file), tap = { emit(VisitEvent.Drop(file)) })
        }
        Step.PEOPLE -> state.people.map { who ->
            val met = who.id in state.visit.seen
            choice(R.drawable.ic_person, context.name(who), context.listed(who.needs.map { it.said }), met) { emit(VisitEvent.See(who.id)) }
        }
        Step.FOLLOW_UP -> FollowUp.entries.map {
            val (icon, words, more) = VisitWords.of(it)
            choice(icon, context.getString(words), context.getString(more), state.visit.followUp == it.name) { emit(VisitEvent.Follow(it)) }
        }
        Step.SUMMARY -> VisitWords.summary(context, state)
    }

    private fun choice(icon: Int, words: String, more: String, chosen: Boolean, tap: () -> Unit) =
        Row(words, more, taken(context, chosen), icon = icon, chosen = chosen, tap = tap)

    private fun tools(state: VisitState) = when (state.step) {
        Step.WORDS -> listOfNotNull(
            Choice(context.getString(if (state.recording) R.string.speak_end else R.string.speak), R.drawable.ic_mic, state.recording) { emit(VisitEvent.Speak) },
            if (state.refusesPhotos) null
            else Choice(context.getString(R.string.photograph), R.drawable.ic_camera, state.visit.files.any { !it.isVoice }) { emit(VisitEvent.Photograph) },
            Choice(context.getString(R.string.write), R.drawable.ic_draft, state.visit.note.isNotEmpty()) { field.requestFocus() },
        )
        Step.FOLLOW_UP -> if (state.visit.followUp != FollowUp.PROMISE.name) emptyList() else state.days.take(DAYS).map { (day, said) ->
            Choice(said, chosen = state.visit.promise.due == day) { emit(VisitEvent.By(day)) }
        }
        else -> emptyList()
    }

    override fun back() = true.also { emit(VisitEvent.Back) }

    override fun afterTextChanged(text: Editable) {
        typed?.invoke(text.toString())
    }

    override fun beforeTextChanged(text: CharSequence?, start: Int, count: Int, after: Int) = Unit
    override fun onTextChanged(text: CharSequence?, start: Int, before: Int, count: Int) = Unit

    private companion object {
        const val DAYS = 6
    }
}
