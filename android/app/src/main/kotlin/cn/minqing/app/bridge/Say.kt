package cn.minqing.app.bridge

import cn.minqing.app.model.BEIJING
import cn.minqing.app.model.Door
import cn.minqing.app.model.Due
import cn.minqing.app.model.Emergency
import cn.minqing.app.model.Lamp
import cn.minqing.app.model.Promise
import cn.minqing.app.model.Ready
import cn.minqing.app.model.RecordState
import cn.minqing.app.model.Status
import cn.minqing.app.model.Term
import cn.minqing.app.model.Words
import cn.minqing.core.Address
import cn.minqing.core.FollowUpRow
import cn.minqing.core.HouseholdRow
import cn.minqing.core.Minqing
import cn.minqing.core.MinqingException
import cn.minqing.core.Prepared
import cn.minqing.core.Speech
import java.time.Instant
import java.time.LocalDate
import java.time.temporal.ChronoUnit.DAYS
import cn.minqing.core.RecordState as CoreState

/** What all areas say: codes, moments, doors and states, in the officer's language. */
class Say(private val store: Minqing, val lang: String) : Words {
    private val speech = Speech(lang)
    private val clockOff by lazy { store.clockOffMs() }
    private val doors = mutableMapOf<String, Door>()

    /** Who holds this phone. */
    val me by lazy { store.enrolment().officer }

    /** The office's time, where this phone's clock is known to be wrong. */
    override fun now() = System.currentTimeMillis() - clockOff

    override fun choices(list: String) = speech.choices(list).map { Term(it.word, it.said) }
    override fun term(list: String, code: String) = Term(code, if (code.isEmpty()) "" else speech.code(list, code))
    fun sentence(key: String, with: Map<String, String>): String = speech.say(key, with)
    override fun at(ms: Long) = if (ms == 0L) "" else speech.`when`(ms, now())
    /** A day by its date, 12 月 1 日 周二, also where it is today: it is seen from long ago. */
    fun dated(date: String) = speech.day(date, 0)
    override fun day(date: String) = speech.day(date, now())
    override fun emergencies() = speech.emergencies().map { Emergency(it.word, it.said, it.telephone) }

    fun terms(list: String, codes: List<String>) = codes.map { term(list, it) }

    fun door(row: HouseholdRow) = Door(row.id, plate(row), row.names, row.note, status(row.state))

    /** Many rows of a list are at one door. */
    fun door(id: String): Door = doors.getOrPut(id) { door(store.household(id).household) }

    /** One that was written about may be another officer's now, or erased. */
    fun knownDoor(id: String): Door? = try {
        if (id.isEmpty()) null else door(id)
    } catch (_: MinqingException.Missing) {
        null
    }

    fun plate(row: HouseholdRow) = with(row) { speech.plate(Address(community, estate, building, stairwell, floor, room, lane, door)) }

    fun plate(address: Address) = speech.plate(address)

    fun status(state: CoreState) = Status(RecordState.valueOf(snake(state)), speech.state(state))

    fun fileState(state: cn.minqing.core.FileState) = speech.fileState(state)

    /** By a day as `2026-09-21`; nothing where no day is set. */
    fun due(date: String): Due? {
        if (date.isEmpty()) return null
        val days = DAYS.between(today(), LocalDate.parse(date)).toInt()
        return Due(day(date), days, if (days < 0) Lamp.RED else if (days <= 1) Lamp.YELLOW else Lamp.NONE)
    }

    /** By a moment, under the lamp that core has for it. */
    fun due(ms: Long, lamp: Lamp): Due? = if (ms == 0L) null else Due(at(ms), DAYS.between(today(), date(ms)).toInt(), lamp)

    fun promise(row: FollowUpRow) = Promise(row.id, door(row.household), row.what, due(row.due))

    private fun today() = date(now())
    private fun date(ms: Long) = Instant.ofEpochMilli(ms).atZone(BEIJING).toLocalDate()

    companion object {
        /** Names of the core's lists in capitals, as the models have them. */
        fun snake(value: Any) = value.toString().replace(Regex("(?<=[a-z])(?=[A-Z])"), "_").uppercase()
    }
}

fun Prepared.model() = Ready(sha256, media, bytes.toInt(), width.toInt(), height.toInt(), takenMs, place)

fun Ready.core() = Prepared(sha256, media, bytes.toUInt(), width.toUInt(), height.toUInt(), takenMs, place)
