package cn.minqing.app.screen

import cn.minqing.app.R
import cn.minqing.app.model.Handling
import cn.minqing.app.presenter.MatterStep
import cn.minqing.app.presenter.NewMatterEvent
import cn.minqing.app.presenter.NewMatterState
import cn.minqing.app.view.*

/** 登记一件事: who is in danger first, then one thought after the other. */
class NewMatterScreen(frame: Frame) : FormScreen<NewMatterState, NewMatterEvent>(frame) {

    override fun render(state: NewMatterState) {
        val step = state.step
        val error = if (!state.isMissing) null else said(if (step == MatterStep.WORDS || step == MatterStep.HANDLING) R.string.write_first else R.string.choose_first)
        head(step, state.door.plate, state.number, state.of, said(question(step)), hint(state)?.let { said(it) }, error)
        tools(tools(state), over = step == MatterStep.WORDS)
        field(state)
        pictures(if (step != MatterStep.CATEGORY) emptyList() else state.categories.map { Choice(it.said, categoryIcon(it.code), state.matter.category == it.code) { emit(NewMatterEvent.Category(it.code)) } })
        rows(rows(state))
        kept(state.savedAt, state.busy)
        frame.back { emit(NewMatterEvent.Back) }
        frame.primary(said(if (step == MatterStep.SUMMARY) R.string.register else R.string.next_step)) { emit(NewMatterEvent.Next) }
    }

    private fun field(state: NewMatterState) = with(state.matter) {
        when (state.step) {
            MatterStep.WORDS -> field(text, said(R.string.matter_hint)) { emit(NewMatterEvent.Write(it)) }
            MatterStep.AFFECTED -> field(place, said(R.string.place_hint), LINE) { emit(NewMatterEvent.At(it)) }
            MatterStep.HANDLING -> if (handling == Handling.SOLVED) field(solved, said(R.string.label_solve)) { emit(NewMatterEvent.Solved(it)) } else noField()
            MatterStep.SLIP -> field(slip, said(R.string.slip_hint), CAPITALS) { emit(NewMatterEvent.Slip(it)) }
            else -> noField()
        }
    }

    private fun question(step: MatterStep) = when (step) {
        MatterStep.URGENT -> R.string.q_urgent
        MatterStep.CATEGORY -> R.string.q_category
        MatterStep.WORDS -> R.string.q_matter
        MatterStep.AFFECTED -> R.string.q_affected
        MatterStep.HANDLING -> R.string.q_handling
        MatterStep.SLIP -> R.string.q_slip
        MatterStep.SUMMARY -> R.string.q_summary
    }

    private fun hint(state: NewMatterState): Int? = when (state.step) {
        MatterStep.URGENT -> R.string.hint_urgent
        MatterStep.WORDS -> if (state.refusesPhotos) R.string.hint_no_photos else R.string.hint_matter
        MatterStep.AFFECTED -> R.string.hint_affected
        MatterStep.SLIP -> R.string.hint_slip
        MatterStep.SUMMARY -> R.string.hint_register
        else -> null
    }

    private fun rows(state: NewMatterState): List<Row> = when (state.step) {
        MatterStep.URGENT -> listOf(choice(R.drawable.ic_tick, said(R.string.nobody_in_danger), "", state.matter.urgent.isEmpty(), NewMatterEvent.Call(null))) +
            state.emergencies.map { choice(R.drawable.ic_call, said(R.string.call_first, it.said, it.telephone), "", state.matter.urgent == it.code, NewMatterEvent.Call(it)) }
        MatterStep.CATEGORY, MatterStep.SLIP -> emptyList()
        MatterStep.WORDS -> places(state) + state.matter.files.map { file ->
            Row(VisitWords.file(context, file), said(R.string.tap_to_drop), icon = VisitWords.icon(file), tap = { emit(NewMatterEvent.Drop(file)) })
        }
        MatterStep.AFFECTED -> state.affected.map { choice(R.drawable.ic_folk, it.said, "", state.matter.affected == it.code, NewMatterEvent.Affects(it.code)) }
        MatterStep.HANDLING -> Handling.entries.map {
            val (icon, words, more) = handling(it)
            choice(icon, said(words), said(more), state.matter.handling == it, NewMatterEvent.Handle(it))
        }
        MatterStep.SUMMARY -> summary(state)
    }

    private fun places(state: NewMatterState) = if (!state.asksPlace) emptyList() else listOf(
        Row(said(R.string.q_places), said(R.string.q_places_more), icon = R.drawable.ic_info),
        choice(R.drawable.ic_house, said(R.string.places_yes), "", false, NewMatterEvent.Places(true)),
        choice(R.drawable.ic_none, said(R.string.places_no), "", false, NewMatterEvent.Places(false)),
    )

    private fun handling(by: Handling) = when (by) {
        Handling.OFFICE -> Triple(R.drawable.ic_send, R.string.handled_by_office, R.string.handled_by_office_more)
        Handling.ERRAND -> Triple(R.drawable.ic_walk, R.string.errand, R.string.errand_more)
        Handling.SOLVED -> Triple(R.drawable.ic_tick, R.string.do_solve, R.string.solved_more)
    }

    private fun summary(state: NewMatterState): List<Row> {
        val matter = state.matter
        val files = matter.files.map { VisitWords.file(context, it) }.toTypedArray()
        val (icon, handled, _) = handling(matter.handling)
        return listOfNotNull(
            state.categories.firstOrNull { it.code == matter.category }?.let { Row(it.said, state.kinds.firstOrNull { kind -> kind.code == matter.kind }?.said, icon = categoryIcon(it.code)) },
            Row(said(R.string.q_matter), lines(matter.text, *files), icon = R.drawable.ic_draft),
            state.affected.firstOrNull { it.code == matter.affected }?.let { Row(it.said, matter.place, icon = R.drawable.ic_folk) },
            Row(said(handled), if (matter.handling == Handling.SOLVED) matter.solved else null, icon = icon),
            Row(said(R.string.q_slip), matter.slip.ifEmpty { said(R.string.slip_made) }, icon = R.drawable.ic_info),
        )
    }

    private fun tools(state: NewMatterState) = when (state.step) {
        MatterStep.CATEGORY -> state.kinds.map { Choice(it.said, chosen = state.matter.kind == it.code) { emit(NewMatterEvent.Sort(it.code)) } }
        MatterStep.WORDS -> listOfNotNull(
            Choice(said(if (state.recording) R.string.speak_end else R.string.speak), R.drawable.ic_mic, state.recording) { emit(NewMatterEvent.Speak) },
            if (state.refusesPhotos) null else Choice(said(R.string.photograph), R.drawable.ic_camera) { emit(NewMatterEvent.Photograph) },
        )
        MatterStep.SLIP -> listOf(Choice(said(R.string.scan_slip), R.drawable.ic_camera) { emit(NewMatterEvent.Scan) })
        else -> emptyList()
    }

    override fun back() = true.also { emit(NewMatterEvent.Back) }
}
