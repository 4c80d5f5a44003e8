package cn.minqing.app.presenter

import cn.minqing.app.model.Core
import cn.minqing.app.model.Household
import cn.minqing.app.model.Past
import cn.minqing.app.model.Work
import cn.minqing.app.presenter.Place.Kind

/** [asked]: years that were asked for and have not come; [old]: those that have. */
data class HouseholdState(val all: Household, val asked: Set<Int>, val old: Map<Int, List<Past>>)

sealed interface HouseholdEvent {
    data class Person(val id: String) : HouseholdEvent
    data object NewPerson : HouseholdEvent
    data object Wishes : HouseholdEvent
    data class Visit(val id: String) : HouseholdEvent
    data class Tick(val promise: String) : HouseholdEvent
    data class Matter(val id: String) : HouseholdEvent
    data class Year(val year: Int) : HouseholdEvent
    data object Done : HouseholdEvent
}

/** 住户: all that is known of a door. */
class HouseholdPresenter(work: Work, private val go: Navigator, private val door: String) : Presenter<HouseholdState, HouseholdEvent>(work) {
    private var asked = emptySet<Int>()

    override fun load(core: Core): HouseholdState {
        val all = core.doors.household(door)
        val old = all.yearsAtOffice.mapNotNull { year -> core.doors.history(door, year)?.let { year to it } }.toMap()
        return HouseholdState(all, asked - old.keys, old)
    }

    override fun on(event: HouseholdEvent) = when (event) {
        is HouseholdEvent.Person -> go.open(Place(Kind.PERSON, "$door ${event.id}"))
        HouseholdEvent.NewPerson -> go.open(Place(Kind.PERSON, door))
        is HouseholdEvent.Visit -> go.open(Place(Kind.PAST, event.id))
        HouseholdEvent.Wishes -> go.open(Place(Kind.WISHES, door))
        is HouseholdEvent.Tick -> act { it.visits.tick(event.promise) }
        is HouseholdEvent.Matter -> go.open(Place(Kind.MATTER, event.id))
        is HouseholdEvent.Year -> act {
            it.doors.askHistory(door, event.year)
            asked = asked + event.year
        }
        HouseholdEvent.Done -> go.back()
    }
}
