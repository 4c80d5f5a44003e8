package cn.minqing.app.screen

import cn.minqing.app.R
import cn.minqing.app.presenter.ProposeEvent
import cn.minqing.app.presenter.ProposeState
import cn.minqing.app.presenter.ProposeStep
import cn.minqing.app.view.*

/** 约时间: what for, which day, what time; to be confirmed until the office has kept it free. */
class ProposeScreen(frame: Frame) : FormScreen<ProposeState, ProposeEvent>(frame) {

    override fun render(state: ProposeState) {
        val step = state.step
        head(
            step, state.door.plate, state.number, state.steps.size, said(question(step)), if (step == ProposeStep.SUMMARY) said(R.string.to_be_confirmed_more) else null,
            if (state.isMissing) said(R.string.choose_first) else null,
        )
        noField()
        tools(if (step == ProposeStep.TIME && state.moving == null) ProposeState.LENGTHS.map { Choice(context.count(R.plurals.minutes, it), chosen = state.minutes == it) { emit(ProposeEvent.Length(it)) } } else emptyList())
        pictures(if (step == ProposeStep.TIME) ProposeState.TIMES.map { time(state, it) } else emptyList())
        rows(rows(state))
        kept("", busy = false)
        frame.back { emit(ProposeEvent.Back) }
        frame.primary(said(if (step == ProposeStep.SUMMARY) R.string.propose_done else R.string.next_step)) { emit(ProposeEvent.Next) }
    }

    private fun question(step: ProposeStep) = when (step) {
        ProposeStep.PURPOSE -> R.string.q_purpose
        ProposeStep.DAY -> R.string.q_day
        ProposeStep.TIME -> R.string.q_time
        ProposeStep.SUMMARY -> R.string.q_summary
    }

    private fun time(state: ProposeState, minute: Int) = Choice(
        lines(SpanWords.time(context, minute), if (minute in state.taken) said(R.string.time_taken) else null), chosen = state.time == minute,
    ) { emit(ProposeEvent.Time(minute)) }

    private fun rows(state: ProposeState): List<Row> = when (state.step) {
        ProposeStep.PURPOSE -> state.purposes.map { choice(R.drawable.ic_cal, it.said, "", state.purpose == it.code, ProposeEvent.Purpose(it.code)) }
        ProposeStep.DAY -> state.days.map { (day, said) -> choice(R.drawable.ic_cal, said, day, state.day == day, ProposeEvent.Day(day)) }
        ProposeStep.TIME -> emptyList()
        ProposeStep.SUMMARY -> listOfNotNull(
            Row(state.at, context.count(R.plurals.minutes, state.minutes), icon = R.drawable.ic_cal),
            state.moving?.let { Row(said(R.string.instead_of, it.at), icon = R.drawable.ic_cross) },
            (state.moving?.purpose ?: state.purposes.firstOrNull { it.code == state.purpose })?.let { Row(it.said, icon = R.drawable.ic_info) },
        )
    }

    override fun back() = true.also { emit(ProposeEvent.Back) }
}
