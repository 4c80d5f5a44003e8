package cn.minqing.app.bridge

import cn.minqing.app.model.Days
import cn.minqing.app.model.Errand
import cn.minqing.app.model.LeftOut
import cn.minqing.app.model.Round
import cn.minqing.app.model.Stop
import cn.minqing.app.model.StopState
import cn.minqing.app.model.Today
import cn.minqing.app.model.Wanted
import cn.minqing.core.Minqing
import cn.minqing.core.RoundStop

class DaysOf(private val store: Minqing, private val say: Say) : Days {
    override fun today() = store.today(say.lang).let {
        Today(
            say.dated(it.date), it.line, it.visits.toInt(), it.atOffice.toInt(), it.waiting.toInt(), it.refused.toInt(), it.parked.toInt(),
            it.reviews.toInt(),
        )
    }

    override fun round() = store.round(say.lang).let { round ->
        Round(
            round.stops.map(::stop), round.leftOut.map { LeftOut(say.door(it.household), it.appointment, it.why) },
            round.walkingMinutes.toInt(), round.isStale, round.byOffice, say.terms("bring", round.bring),
        )
    }

    private fun stop(row: RoundStop) = Stop(
        say.door(row.household), StopState.valueOf(row.state.uppercase()), say.at(row.atMs), row.minutes.toInt(), row.walkMinutes.toInt(),
        row.appointment, row.isPromised, row.reasons.map { it.said }, say.terms("bring", row.bring),
    )

    override fun plan() = store.planRound()

    override fun wanted(most: Int) = store.toVisit(say.lang, most.toUInt()).map { Wanted(say.door(it.household), it.reasons.map { why -> why.said }, it.first) }

    override fun promises(most: Int) = store.openFollowUps(most.toUInt()).map(say::promise)

    override fun errands() = store.errands().map {
        Errand(matterOf(say, it.matter), it.line.expected.ifEmpty { null }?.let { word -> say.term("event", word) })
    }
}
