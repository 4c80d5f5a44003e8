package cn.minqing.app.presenter

import cn.minqing.app.model.Core
import cn.minqing.app.model.NewVisit
import cn.minqing.app.model.Round
import cn.minqing.app.model.Stop
import cn.minqing.app.model.StopState
import cn.minqing.app.model.VisitDraft
import cn.minqing.app.model.Work
import cn.minqing.app.presenter.Place.Kind

data class RoundState(val round: Round) {
    val behind get() = round.stops.filter { it.state == StopState.DONE || it.state == StopState.NOBODY_IN }
    val ahead get() = round.stops - behind.toSet()
}

sealed interface RoundEvent {
    data class Open(val stop: Stop) : RoundEvent
    data class LeftOut(val door: String) : RoundEvent
    data class NobodyIn(val stop: Stop) : RoundEvent
    data object Plan : RoundEvent
    data object Paper : RoundEvent
    data object Next : RoundEvent
    data object Back : RoundEvent
}

class RoundPresenter(work: Work, private val go: Navigator, private val saved: LastSaved) : Presenter<RoundState, RoundEvent>(work) {
    override fun load(core: Core) = RoundState(core.days.round())

    override fun on(event: RoundEvent) = when (event) {
        is RoundEvent.Open -> go.open(Place(Kind.DOOR, event.stop.door.id))
        is RoundEvent.LeftOut -> go.open(Place(Kind.DOOR, event.door))
        is RoundEvent.NobodyIn -> nobodyIn(event.stop)
        RoundEvent.Paper -> go.open(Place(Kind.PAPER))
        RoundEvent.Plan -> act { it.days.plan() }
        RoundEvent.Next -> state.round.next?.let { go.open(Place(Kind.DOOR, it.door.id)) } ?: act { it.days.plan() }
        RoundEvent.Back -> go.back()
    }

    /** Where somebody was promised, whether a card was left is asked; else it is a visit, which can be taken back for a few seconds. */
    private fun nobodyIn(stop: Stop) {
        if (stop.appointment.isNotEmpty()) return go.open(Place(Kind.APPOINTMENT, stop.appointment))
        val visit = VisitDraft(stop.door.id, outcome = NOBODY_IN)
        finish({ it.visits.record(NewVisit(visit.door, visit.purpose, visit.outcome, "", emptyList(), emptyList(), emptyList(), null), "") }) { id ->
            saved.visit(id, visit)
            go.home(Place(Kind.TODAY, id))
        }
    }

    private companion object {
        const val NOBODY_IN = "nobody_in"
    }
}
