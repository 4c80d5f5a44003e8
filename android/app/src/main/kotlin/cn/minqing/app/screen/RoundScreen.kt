package cn.minqing.app.screen

import cn.minqing.app.R
import cn.minqing.app.model.Stop
import cn.minqing.app.model.StopState
import cn.minqing.app.presenter.RoundEvent
import cn.minqing.app.presenter.RoundState
import cn.minqing.app.view.*

/** Today's way from door to door: what to bring, what was promised, for what there is no time. */
class RoundScreen(frame: Frame) : PlainScreen<RoundState, RoundEvent>(frame) {

    override fun render(state: RoundState) {
        val round = state.round
        head(
            said(R.string.whole_round), said(if (round.isByOffice) R.string.round_by_office else R.string.round_by_phone),
            warn = if (round.isStale) said(R.string.round_stale) else null,
        )
        sections(
            listOf(
                Section(said(R.string.bring), if (round.bring.isEmpty()) emptyList() else listOf(Row(context.listed(round.bring.map { it.said }), icon = R.drawable.ic_box))),
                Section(context.count(R.plurals.ahead, state.ahead.size), state.ahead.flatMap(::stop)),
                Section(said(R.string.left_out), round.leftOut.map { Row(unbroken(it.door.plate), lines(it.door.names, why(it.why), if (it.appointment.isEmpty()) null else said(R.string.ring_up)), icon = R.drawable.ic_clock, tap = { emit(RoundEvent.LeftOut(it.door.id)) }) }),
                Section(context.count(R.plurals.behind, state.behind.size), state.behind.map(::done)),
                Section(said(R.string.another_way), listOf(Row(said(R.string.replan), said(R.string.replan_more), icon = R.drawable.ic_walk, tap = { emit(RoundEvent.Plan) }), Row(said(R.string.paper_round), said(R.string.paper_round_row), icon = R.drawable.ic_paper, tap = { emit(RoundEvent.Paper) }))),
            ),
        )
        frame.back { emit(RoundEvent.Back) }
        val next = round.next
        frame.primary(if (next == null) said(R.string.replan) else said(R.string.next_door, unbroken(next.door.plate))) { emit(RoundEvent.Next) }
    }

    /** The next door, and that nobody is in there, in one tap. */
    private fun stop(stop: Stop) = listOfNotNull(
        row(stop),
        Row(said(R.string.door_nobody), said(R.string.nobody_in_more), icon = R.drawable.ic_knock, tap = { emit(RoundEvent.NobodyIn(stop)) }).takeIf { stop.state == StopState.NEXT },
    )

    private fun row(stop: Stop) = Row(
        unbroken(stop.door.plate),
        lines(stop.door.names, stop.reasons.firstOrNull(), context.listed(stop.bring.map { it.said }), if (stop.walkMinutes > 0) context.count(R.plurals.walk, stop.walkMinutes) else null),
        end = Mark(R.drawable.ic_clock, stop.at, bold = stop.isPromised), state = if (stop.isPromised) Mark(R.drawable.ic_cal, said(R.string.promised_time)) else null,
        icon = if (stop.isPromised) R.drawable.ic_cal else R.drawable.ic_door, heavy = stop.state == StopState.NEXT, tap = { emit(RoundEvent.Open(stop)) },
    )

    private fun done(stop: Stop) = Row(
        unbroken(stop.door.plate), stop.door.names, end = Mark(if (stop.state == StopState.DONE) R.drawable.ic_tick else R.drawable.ic_knock, stop.at, R.attr.soft),
        tap = { emit(RoundEvent.Open(stop)) },
    )

    private fun why(code: String): String = said(
        when (code) {
            "no_officer" -> R.string.why_no_officer
            "no_window" -> R.string.why_no_window
            "too_many_doors" -> R.string.why_too_many
            else -> R.string.why_no_time
        },
    )

    override fun back() = true.also { emit(RoundEvent.Back) }
}
