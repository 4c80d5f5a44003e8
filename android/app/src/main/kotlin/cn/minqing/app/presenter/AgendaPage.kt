package cn.minqing.app.presenter

import cn.minqing.app.model.Appointment
import cn.minqing.app.model.Core
import cn.minqing.app.model.Work
import cn.minqing.app.presenter.Place.Kind

/** [days]: what is agreed, by day as people say it. */
data class AgendaState(val moved: List<Appointment>, val toArrange: List<Appointment>, val days: List<Pair<String, List<Appointment>>>)

sealed interface AgendaEvent {
    data class Open(val appointment: String) : AgendaEvent
    data object Back : AgendaEvent
}

/** 约定: what was moved and not seen, what has no time yet, and the days to come. */
class AgendaPresenter(work: Work, private val go: Navigator) : Presenter<AgendaState, AgendaEvent>(work) {
    override fun load(core: Core): AgendaState {
        val now = core.words.now()
        val ahead = core.agenda.between(now - DAY_MS / 2, now + AHEAD_MS).filter { !it.isOver && it.isMine }
        return AgendaState(core.agenda.moved(), core.agenda.toArrange(), ahead.groupBy { core.words.day(it.startMs.day().toString()) }.toList())
    }

    override fun on(event: AgendaEvent) = when (event) {
        is AgendaEvent.Open -> go.open(Place(Kind.APPOINTMENT, event.appointment))
        AgendaEvent.Back -> go.back()
    }

    private companion object {
        const val DAY_MS = 86_400_000L
        const val AHEAD_MS = 60 * DAY_MS
    }
}
