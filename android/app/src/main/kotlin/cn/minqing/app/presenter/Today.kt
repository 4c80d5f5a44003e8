package cn.minqing.app.presenter

import cn.minqing.app.model.Core
import cn.minqing.app.model.Door
import cn.minqing.app.model.Due
import cn.minqing.app.model.Health
import cn.minqing.app.model.Round
import cn.minqing.app.model.Settings
import cn.minqing.app.model.StopState
import cn.minqing.app.model.Today
import cn.minqing.app.model.Work
import cn.minqing.app.model.WorkRow

enum class TaskKind { MOVED, ARRANGE, ERRAND, PROMISE, VISIT }

/** One thing to do: at which door, what, and by when. [tap] is where one does it. */
data class Task(val kind: TaskKind, val door: Door?, val what: String, val due: Due?, val isFirst: Boolean, val tap: Place)

data class TodayState(
    val today: Today, val round: Round, val tasks: List<Task>, val justSaved: WorkRow?, val health: Health, val lastContact: String, val drafts: Int,
) {
    val behind get() = round.stops.filter { it.state == StopState.DONE || it.state == StopState.NOBODY_IN }
    val ahead get() = round.stops - behind.toSet()
    val overdue get() = tasks.filter { it.due?.isOver == true }
    val trouble get() = today.refused + today.parked + today.reviews
}

sealed interface TodayEvent {
    data class Open(val place: Place) : TodayEvent
    data object Next : TodayEvent
    data object Undo : TodayEvent
}

class TodayPresenter(
    work: Work, private val settings: () -> Settings, private val go: Navigator, private val saved: LastSaved, private val id: String = "",
) : Presenter<TodayState, TodayEvent>(work) {
    init {
        if (saved.isStill(id)) later(LastSaved.UNDO_MS) {
            saved.forget()
            if (isLoaded) show(state.copy(justSaved = null))
        }
    }

    override fun on(event: TodayEvent) {
        when (event) {
            is TodayEvent.Open -> go.open(event.place)
            TodayEvent.Next -> go.open(state.round.next?.let { Place(Place.Kind.DOOR, it.door.id) } ?: Place(Place.Kind.STAIRWELL))
            TodayEvent.Undo -> act { saved.takeBack(it) }
        }
    }

    override fun load(core: Core): TodayState {
        val round = core.days.round()
        val seen = settings().lastContactMs
        return TodayState(
            core.days.today(), round, tasks(core, round), core.outbox.work(1).firstOrNull { saved.isStill(id) && it.record == id }, core.outbox.health(),
            if (seen == 0L) "" else core.words.at(seen), core.drafts.all().size,
        )
    }

    /** What is over first, then what is due first; on one day those who are old or ill. */
    private fun tasks(core: Core, round: Round): List<Task> {
        val walked = round.stops.map { it.door.id }.toSet()
        val moved = core.agenda.moved().map { Task(TaskKind.MOVED, it.door, lines(it.movedTo, it.purpose.said), null, true, Place(Place.Kind.APPOINTMENT, it.id)) }
        val arrange = core.agenda.toArrange().map { Task(TaskKind.ARRANGE, it.door, lines(it.noRoom?.said, it.purpose.said), null, false, Place(Place.Kind.APPOINTMENT, it.id)) }
        val errands = core.days.errands().filter { it.expected != null }.map { errand ->
            val detail = core.matters.matter(errand.matter.id)
            val door = errand.matter.door.ifEmpty { null }?.let { core.doors.household(it).door }
            Task(TaskKind.ERRAND, door, lines(errand.expected?.said, errand.matter.category.said), detail.due, false, Place(Place.Kind.MATTER, errand.matter.id))
        }
        val promises = core.days.promises(MOST).map { Task(TaskKind.PROMISE, it.door, it.what, it.due, false, Place(Place.Kind.DOOR, it.door.id)) }
        val wanted = core.days.wanted(MOST).filter { it.door.id !in walked }
            .map { Task(TaskKind.VISIT, it.door, it.reasons.joinToString("\n"), null, it.isFirst, Place(Place.Kind.DOOR, it.door.id)) }
        return (moved + (errands + promises).sortedWith(urgency) + arrange + wanted)
    }

    private fun lines(vararg words: String?) = words.filterNot { it.isNullOrEmpty() }.joinToString("\n")

    private companion object {
        const val MOST = 20
        val urgency = compareBy<Task>({ it.due == null }, { it.due?.days ?: 0 }, { !it.isFirst })
    }
}
