package cn.minqing.app.model

/** One day of an officer: the count to compare, the round, and what is to be done. */
interface Days {
    fun today(): Today
    fun round(): Round

    /** Plans what is left of the day anew, the nearest first. */
    fun plan()

    /** Doors to knock at next, the most pressing first. */
    fun wanted(most: Int): List<Wanted>

    /** What was promised, by day. */
    fun promises(most: Int): List<Promise>

    /** Matters that this officer runs for somebody from start to end. */
    fun errands(): List<Errand>
}

/** [line]: "today 14 visits: 14 at the office"; [waiting], [refused], [parked] and [reviews] count items of any day. */
data class Today(
    val date: String, val line: String, val visits: Int, val atOffice: Int,
    val waiting: Int, val refused: Int, val parked: Int, val reviews: Int,
)

/** Today's way from door to door: what is over first. [isStale]: appointments have changed since it was planned. */
data class Round(
    val stops: List<Stop>, val leftOut: List<LeftOut>, val walkingMinutes: Int, val isStale: Boolean, val isByOffice: Boolean, val bring: List<Term>,
) {
    val next get() = stops.firstOrNull { it.state == StopState.NEXT }
}

enum class StopState { NEXT, WAITING, DONE, NOBODY_IN }

data class Stop(
    val door: Door, val state: StopState, val at: String, val minutes: Int, val walkMinutes: Int,
    val appointment: String, val isPromised: Boolean, val reasons: List<String>, val bring: List<Term>,
)

/** A door for which there is no time; [appointment]: what cannot be kept, so that somebody must ring up. */
data class LeftOut(val door: Door, val appointment: String, val why: String)

data class Wanted(val door: Door, val reasons: List<String>, val isFirst: Boolean)

data class Promise(val id: String, val door: Door, val what: String, val due: Due?)

/** [expected]: what it waits for from this officer; nothing where the office is at it. */
data class Errand(val matter: Matter, val expected: Term?)
