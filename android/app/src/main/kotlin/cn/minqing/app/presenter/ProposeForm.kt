package cn.minqing.app.presenter

import cn.minqing.app.model.*
import cn.minqing.app.presenter.Place.Kind
import java.time.Instant
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.LocalTime

enum class ProposeStep { PURPOSE, DAY, TIME, SUMMARY }

/** [moving]: the appointment that gets another time. [taken]: minutes of the chosen day at which this officer is somewhere else. */
data class ProposeState(
    val form: FormDraft, val door: Door, val moving: Appointment?, val purposes: List<Term>, val days: List<Pair<String, String>>, val taken: Set<Int> = emptySet(),
    val step: ProposeStep = ProposeStep.PURPOSE, val at: String = "", val isMissing: Boolean = false,
) {
    val purpose get() = moving?.purpose?.code ?: form[ProposeStep.PURPOSE.name]
    val day get() = form[ProposeStep.DAY.name]
    val time get() = form[ProposeStep.TIME.name].toIntOrNull()
    val minutes get() = moving?.minutes ?: form[MINUTES].toIntOrNull() ?: USUAL
    val steps get() = ProposeStep.entries.filter { moving == null || it != ProposeStep.PURPOSE }
    val number get() = steps.indexOf(step) + 1
    val startMs get() = time?.let { LocalDateTime.of(LocalDate.parse(day), LocalTime.of(it / HOUR, it % HOUR)).atZone(BEIJING).toInstant().toEpochMilli() }

    /** What this page must not be left without. */
    val lacks
        get() = when (step) {
            ProposeStep.PURPOSE -> purpose.isEmpty()
            ProposeStep.DAY -> days.none { it.first == day }
            ProposeStep.TIME -> time == null
            ProposeStep.SUMMARY -> false
        }

    companion object {
        const val MINUTES = "minutes"
        private const val USUAL = 30
        private const val HOUR = 60

        /** Half hours from eight in the morning to half past eight in the evening. */
        val TIMES = (16..41).map { it * 30 }
        val LENGTHS = listOf(15, 30, 60)
    }
}

sealed interface ProposeEvent {
    data class Purpose(val code: String) : ProposeEvent
    data class Day(val day: String) : ProposeEvent
    data class Time(val minute: Int) : ProposeEvent
    data class Length(val minutes: Int) : ProposeEvent
    data object Next : ProposeEvent
    data object Back : ProposeEvent
}

/** 约时间. [key]: the door, and the matter where it is about one; or [MOVES] and an appointment. */
class ProposePresenter(work: Work, private val go: Navigator, key: String) : FormPresenter<ProposeState, ProposeEvent>(work, DraftKind.APPOINTMENT, key) {
    private val form get() = state.form

    override fun load(core: Core): ProposeState {
        val moving = if (key.startsWith(MOVES)) core.agenda.appointment(key.removePrefix(MOVES)) else null
        val door = moving?.door ?: core.doors.household(key.substringBefore(' ')).door
        val state = ProposeState(begun(core, door.id), door, moving, core.words.choices("appointment-purpose"), daysAhead(core.words))
        return state.copy(step = state.steps.first())
    }

    override fun on(event: ProposeEvent) {
        when (event) {
            is ProposeEvent.Purpose -> keep(form.with(ProposeStep.PURPOSE.name, event.code))
            is ProposeEvent.Day -> keep(form.with(ProposeStep.DAY.name, event.day))
            is ProposeEvent.Time -> keep(form.with(ProposeStep.TIME.name, event.minute.toString()))
            is ProposeEvent.Length -> {
                keep(form.with(ProposeState.MINUTES, event.minutes.toString()))
                val day = state.day
                ask({ taken(it, LocalDate.parse(day)) }) { show(state.copy(taken = it)) }
            }
            ProposeEvent.Next -> next()
            ProposeEvent.Back -> if (state.number == 1) go.back() else show(state.copy(step = state.steps[state.number - 2], isMissing = false))
        }
    }

    private fun keep(form: FormDraft) = keep(form, state.copy(form = form, isMissing = false))

    private fun next() {
        if (state.lacks) return show(state.copy(isMissing = true))
        if (state.step == ProposeStep.SUMMARY) return save()
        val step = state.steps[state.number]
        val (day, startMs) = state.day to state.startMs
        ask({ core -> (if (step == ProposeStep.TIME) taken(core, LocalDate.parse(day)) else emptySet()) to (startMs?.let(core.words::at) ?: "") }) { (taken, at) ->
            show(state.copy(step = step, taken = taken, at = at, isMissing = false))
        }
    }

    private fun taken(core: Core, day: LocalDate): Set<Int> {
        val midnight = day.atStartOfDay(BEIJING).toInstant().toEpochMilli()
        val mine = core.agenda.between(midnight, midnight + DAY_MS).filter { it.isMine && !it.isOver && it.id != state.moving?.id }
        return ProposeState.TIMES.filter { time ->
            val from = midnight + time * MINUTE_MS
            mine.any { from < it.startMs + it.minutes * MINUTE_MS && it.startMs < from + state.minutes * MINUTE_MS }
        }.toSet()
    }

    private fun save() {
        val (all, startMs) = state to (state.startMs ?: return)
        done({ core ->
            val moving = all.moving
            if (moving == null) core.agenda.propose(NewAppointment(all.door.id, all.purpose, key.substringAfter(' ', ""), startMs, all.minutes))
            else moving.id.also { core.agenda.reschedule(it, startMs) }
        }) { id -> if (all.moving == null) go.instead(Place(Kind.APPOINTMENT, id)) else go.back() }
    }

    companion object {
        const val MOVES = "="
        private const val MINUTE_MS = 60_000L
        private const val DAY_MS = 86_400_000L
    }
}

/** The day on which an instant lies. */
fun Long.day(): LocalDate = Instant.ofEpochMilli(this).atZone(BEIJING).toLocalDate()
