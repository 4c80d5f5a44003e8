package cn.minqing.app.screen

import cn.minqing.app.R
import cn.minqing.app.model.Appointment
import cn.minqing.app.presenter.AgendaEvent
import cn.minqing.app.presenter.AgendaState
import cn.minqing.app.view.*

class AgendaScreen(frame: Frame) : PlainScreen<AgendaState, AgendaEvent>(frame) {

    override fun render(state: AgendaState) {
        head(said(R.string.agenda), said(if (state.days.isEmpty() && state.toArrange.isEmpty()) R.string.agenda_none else R.string.agenda_more))
        sections(
            listOf(
                Section(said(R.string.moved_to_see), state.moved.map { row(it).copy(icon = R.drawable.ic_two, heavy = true) }),
                Section(said(R.string.to_arrange), state.toArrange.map(::row)),
            ) + state.days.map { (day, rows) -> Section(day, rows.map(::row)) },
        )
        frame.back { emit(AgendaEvent.Back) }
        frame.primary(said(R.string.matter_done)) { emit(AgendaEvent.Back) }
    }

    private fun row(item: Appointment) = Row(
        unbroken(item.door?.plate ?: ""), lines(item.door?.names, context.listed(listOf(item.at, item.purpose.said)), item.noRoom?.said),
        state = appointmentMark(context, item), icon = R.drawable.ic_cal, tap = { emit(AgendaEvent.Open(item.id)) },
    )

    override fun back() = true.also { emit(AgendaEvent.Back) }
}
