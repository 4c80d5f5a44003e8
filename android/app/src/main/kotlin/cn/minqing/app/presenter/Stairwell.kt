package cn.minqing.app.presenter

import cn.minqing.app.model.Core
import cn.minqing.app.model.DoorMark
import cn.minqing.app.model.Floor
import cn.minqing.app.model.Stairwell
import cn.minqing.app.model.Work
import cn.minqing.app.presenter.Place.Kind

/** [floors] as one climbs them, the lowest first; nothing where there are no doors at all. */
data class StairwellState(val all: List<Stairwell>, val chosen: Stairwell?, val floors: List<Floor>) {
    val fromTop get() = floors.reversed()
    val buildings get() = all.distinctBy(::building)
    val beside get() = all.filter { chosen != null && building(it) == building(chosen) }
    val cells get() = floors.flatMap { it.cells }
    val counts: Map<DoorMark, Int> get() = cells.groupingBy { it.mark }.eachCount()

    /** A promise first, then what is to be told, then a door where nobody has been. */
    val next get() = PRESSING.firstNotNullOfOrNull { mark -> cells.firstOrNull { it.mark == mark } }

    companion object {
        private val PRESSING = listOf(DoorMark.DUE, DoorMark.FEEDBACK, DoorMark.NONE, DoorMark.NOBODY_IN)
        fun building(of: Stairwell) = Triple(of.estate, of.building, of.lane)
    }
}

sealed interface StairwellEvent {
    data class Choose(val stairwell: Stairwell) : StairwellEvent
    data class Open(val door: String) : StairwellEvent
    data class NewDoor(val beside: String) : StairwellEvent
}

class StairwellPresenter(work: Work, private val go: Navigator) : Presenter<StairwellState, StairwellEvent>(work) {
    private var wanted: Stairwell? = null

    override fun load(core: Core): StairwellState {
        val all = core.doors.stairwells()
        val chosen = all.firstOrNull { it.isSame(wanted) } ?: all.firstOrNull()
        return StairwellState(all, chosen, chosen?.let(core.doors::floors).orEmpty())
    }

    override fun on(event: StairwellEvent) = when (event) {
        is StairwellEvent.Choose -> {
            wanted = event.stairwell
            reload()
        }
        is StairwellEvent.NewDoor -> go.open(Place(Kind.NEW_DOOR, event.beside))
        is StairwellEvent.Open -> go.open(Place(Kind.DOOR, event.door))
    }

    /** Whatever has been visited since. */
    private fun Stairwell.isSame(other: Stairwell?) = other != null && StairwellState.building(this) == StairwellState.building(other) && stairwell == other.stairwell
}
