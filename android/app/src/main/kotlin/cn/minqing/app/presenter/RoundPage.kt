package cn.minqing.app.presenter

import cn.minqing.app.model.Core
import cn.minqing.app.model.Round
import cn.minqing.app.model.StopState
import cn.minqing.app.model.Work
import cn.minqing.app.presenter.Place.Kind

data class RoundState(val round: Round) {
    val behind get() = round.stops.filter { it.state == StopState.DONE || it.state == StopState.NOBODY_IN }
    val ahead get() = round.stops - behind.toSet()
}

sealed interface RoundEvent {
    data class Open(val door: String) : RoundEvent
    data object Plan : RoundEvent
    data object Next : RoundEvent
    data object Back : RoundEvent
}

class RoundPresenter(work: Work, private val go: Navigator) : Presenter<RoundState, RoundEvent>(work) {
    override fun load(core: Core) = RoundState(core.days.round())

    override fun on(event: RoundEvent) = when (event) {
        is RoundEvent.Open -> go.open(Place(Kind.DOOR, event.door))
        RoundEvent.Plan -> act { it.days.plan() }
        RoundEvent.Next -> state.round.next?.let { go.open(Place(Kind.DOOR, it.door.id)) } ?: act { it.days.plan() }
        RoundEvent.Back -> go.back()
    }
}
