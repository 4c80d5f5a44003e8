package cn.minqing.app.screen

import android.text.Editable
import android.text.InputType
import android.text.TextWatcher
import android.view.ViewGroup
import android.widget.EditText
import android.widget.ProgressBar
import cn.minqing.app.R
import cn.minqing.app.presenter.MatterStep
import cn.minqing.app.presenter.NewMatterEvent
import cn.minqing.app.presenter.NewMatterState
import cn.minqing.app.view.*

/** 登记一件事: who is in danger first, then one thought per screen. It has the visit's page. */
class NewMatterScreen(frame: Frame) : Screen<NewMatterState, NewMatterEvent>(frame, R.layout.page_visit), TextWatcher {
    private val field = page.view<EditText>(R.id.note).also { it.addTextChangedListener(this) }
    private var typed: ((String) -> Unit)? = null
    private var shown: MatterStep? = null

    override fun render(state: NewMatterState) {
        val step = state.step
        page.plate(R.id.plate, state.door.plate)
        page.text(R.id.step).text = context.getString(R.string.step_of, state.number, state.of)
        page.view<ProgressBar>(R.id.progress).apply {
            max = state.of
            progress = state.number
        }
        page.text(R.id.question).setText(question(step))
        page.text(R.id.hint).say(hint(state)?.let(context::getString))
        page.text(R.id.error).visible = state.isMissing
        page.text(R.id.error).setText(if (step == MatterStep.WORDS) R.string.write_first else R.string.choose_first)
        page.text(R.id.error).icon(R.drawable.ic_red)
        page.view<ViewGroup>(R.id.tools).choices(tools(state), over = step == MatterStep.WORDS)
        renderField(state)
        page.view<ViewGroup>(R.id.rows).rows(rows(state))
        page.text(R.id.kept).show(
            if (state.busy) Mark(R.drawable.ic_up, context.getString(R.string.preparing), R.attr.soft)
            else state.savedAt.ifEmpty { null }?.let { Mark(R.drawable.ic_draft, context.getString(R.string.kept_at, it), R.attr.soft) },
        )
        frame.back { emit(NewMatterEvent.Back) }
        frame.primary(context.getString(if (step == MatterStep.SUMMARY) R.string.register else R.string.next_step)) { emit(NewMatterEvent.Next) }
        if (shown != null && shown != step) frame.toTop()
        shown = step
    }

    private fun renderField(state: NewMatterState) {
        val isSlip = state.step == MatterStep.SLIP
        field.visible = isSlip || state.step == MatterStep.WORDS
        field.hint = context.getString(if (isSlip) R.string.slip_hint else R.string.matter_hint)
        field.inputType = InputType.TYPE_CLASS_TEXT or if (isSlip) InputType.TYPE_TEXT_FLAG_CAP_CHARACTERS else InputType.TYPE_TEXT_FLAG_MULTI_LINE or InputType.TYPE_TEXT_FLAG_CAP_SENTENCES
        val words = if (isSlip) state.matter.slip else state.matter.text
        typed = null
        if (field.text.toString() != words) field.setText(words)
        typed = if (isSlip) ({ emit(NewMatterEvent.Slip(it)) }) else ({ emit(NewMatterEvent.Write(it)) })
    }

    private fun question(step: MatterStep) = when (step) {
        MatterStep.URGENT -> R.string.q_urgent
        MatterStep.CATEGORY -> R.string.q_category
        MatterStep.WORDS -> R.string.q_matter
        MatterStep.AFFECTED -> R.string.q_affected
        MatterStep.SLIP -> R.string.q_slip
        MatterStep.SUMMARY -> R.string.q_summary
    }

    private fun hint(state: NewMatterState): Int? = when (state.step) {
        MatterStep.URGENT -> R.string.hint_urgent
        MatterStep.WORDS -> if (state.refusesPhotos) R.string.hint_no_photos else R.string.hint_matter
        MatterStep.SLIP -> R.string.hint_slip
        MatterStep.SUMMARY -> R.string.hint_register
        else -> null
    }

    private fun rows(state: NewMatterState): List<Row> = when (state.step) {
        MatterStep.URGENT -> listOf(choice(R.drawable.ic_tick, context.getString(R.string.nobody_in_danger), "", state.matter.urgent.isEmpty(), NewMatterEvent.Call(null))) +
            state.emergencies.map { choice(R.drawable.ic_call, context.getString(R.string.call_first, it.said, it.telephone), "", state.matter.urgent == it.code, NewMatterEvent.Call(it)) }
        MatterStep.CATEGORY -> state.categories.map { choice(R.drawable.ic_paper, it.said, "", state.matter.category == it.code, NewMatterEvent.Category(it.code)) }
        MatterStep.WORDS -> state.matter.files.map { file ->
            Row(VisitWords.file(context, file), context.getString(R.string.tap_to_drop), icon = VisitWords.icon(file), tap = { emit(NewMatterEvent.Drop(file)) })
        }
        MatterStep.AFFECTED -> state.affected.map { choice(R.drawable.ic_folk, it.said, "", state.matter.affected == it.code, NewMatterEvent.Affects(it.code)) } +
            choice(R.drawable.ic_walk, context.getString(R.string.errand), context.getString(R.string.errand_more), state.matter.errand, NewMatterEvent.Errand)
        MatterStep.SLIP -> emptyList()
        MatterStep.SUMMARY -> summary(state)
    }

    private fun summary(state: NewMatterState): List<Row> {
        val matter = state.matter
        val files = matter.files.map { VisitWords.file(context, it) }.toTypedArray()
        return listOfNotNull(
            state.categories.firstOrNull { it.code == matter.category }?.let { Row(it.said, state.kinds.firstOrNull { kind -> kind.code == matter.kind }?.said, icon = R.drawable.ic_paper) },
            Row(context.getString(R.string.q_matter), lines(matter.text, *files), icon = R.drawable.ic_draft),
            state.affected.firstOrNull { it.code == matter.affected }?.let { Row(it.said, if (matter.errand) context.getString(R.string.errand) else null, icon = R.drawable.ic_folk) },
            Row(context.getString(R.string.q_slip), matter.slip.ifEmpty { context.getString(R.string.slip_made) }, icon = R.drawable.ic_info),
        )
    }

    private fun choice(icon: Int, words: String, more: String, chosen: Boolean, event: NewMatterEvent) =
        Row(words, more, taken(context, chosen), icon = icon, chosen = chosen, tap = { emit(event) })

    private fun tools(state: NewMatterState) = when (state.step) {
        MatterStep.CATEGORY -> state.kinds.map { Choice(it.said, chosen = state.matter.kind == it.code) { emit(NewMatterEvent.Sort(it.code)) } }
        MatterStep.WORDS -> listOfNotNull(
            Choice(context.getString(if (state.recording) R.string.speak_end else R.string.speak), R.drawable.ic_mic, state.recording) { emit(NewMatterEvent.Speak) },
            if (state.refusesPhotos) null else Choice(context.getString(R.string.photograph), R.drawable.ic_camera) { emit(NewMatterEvent.Photograph) },
        )
        MatterStep.SLIP -> listOf(Choice(context.getString(R.string.scan_slip), R.drawable.ic_camera) { emit(NewMatterEvent.Scan) })
        else -> emptyList()
    }

    override fun back() = true.also { emit(NewMatterEvent.Back) }

    override fun afterTextChanged(text: Editable) {
        typed?.invoke(text.toString())
    }

    override fun beforeTextChanged(text: CharSequence?, start: Int, count: Int, after: Int) = Unit
    override fun onTextChanged(text: CharSequence?, start: Int, before: Int, count: Int) = Unit
}
