package cn.minqing.app.presenter

import cn.minqing.app.model.Brief
import cn.minqing.app.model.Core
import cn.minqing.app.model.Work
import cn.minqing.app.presenter.Place.Kind

data class DoorState(val brief: Brief)

sealed interface DoorEvent {
    data object Knock : DoorEvent
    data object Tell : DoorEvent
    data object NewMatter : DoorEvent
    data class Appointment(val id: String) : DoorEvent
    data object Propose : DoorEvent
    data object Household : DoorEvent
    data class Tick(val promise: String) : DoorEvent
    data object Back : DoorEvent
}

class DoorPresenter(work: Work, private val go: Navigator, private val door: String) : Presenter<DoorState, DoorEvent>(work) {
    override fun load(core: Core) = DoorState(core.doors.brief(door))

    override fun on(event: DoorEvent) = when (event) {
        DoorEvent.Knock -> go.open(Place(Kind.VISIT, door))
        DoorEvent.NewMatter -> go.open(Place(Kind.NEW_MATTER, door))
        DoorEvent.Tell -> go.open(Place(Kind.TELL, door))
        is DoorEvent.Appointment -> go.open(Place(Kind.APPOINTMENT, event.id))
        DoorEvent.Propose -> go.open(Place(Kind.PROPOSE, door))
        DoorEvent.Household -> go.open(Place(Kind.HOUSEHOLD, door))
        is DoorEvent.Tick -> act { it.visits.tick(event.promise) }
        DoorEvent.Back -> go.back()
    }
}
