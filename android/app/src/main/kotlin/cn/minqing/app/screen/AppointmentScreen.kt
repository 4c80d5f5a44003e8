package cn.minqing.app.screen

import cn.minqing.app.R
import cn.minqing.app.model.Agenda
import cn.minqing.app.presenter.AppointmentEvent
import cn.minqing.app.presenter.AppointmentState
import cn.minqing.app.presenter.Asks
import cn.minqing.app.presenter.Place.Kind
import cn.minqing.app.view.*

/** 一次约定: when, what for, how it stands, and what can be done about it now. */
class AppointmentScreen(frame: Frame) : PlainScreen<AppointmentState, AppointmentEvent>(frame) {

    override fun render(state: AppointmentState) {
        val item = state.item
        head(item.at.ifEmpty { said(R.string.no_time_yet) }, lines(item.purpose.said, item.door?.names, context.count(R.plurals.minutes, item.minutes)), item.door?.plate ?: "", item.noRoom?.said)
        val mark = appointmentMark(context, item)
        sections(
            listOf(
                Section(said(R.string.how_it_stands), listOf(Row(mark.words, if (item.isPending) said(R.string.to_be_confirmed_more) else null, icon = mark.icon))),
                Section(said(R.string.was_moved_to, item.at), if (item.isUnseen) listOf(deed(R.string.seen_moved, R.drawable.ic_tick, Agenda::acknowledge).copy(heavy = true)) else emptyList()),
                Section(said(R.string.other_times), if (state.asks == null && item.noRoom != null) item.offers.map { (ms, at) -> deed(at, R.drawable.ic_cal) { id -> reschedule(id, ms) } } else emptyList()),
                asked(state),
                Section(said(R.string.can_do), if (state.asks == null) moves(state) else emptyList()),
                Section(said(R.string.see_also), if (state.asks == null) also(state) else emptyList()),
            ),
        )
        frame.back { emit(AppointmentEvent.Back) }
        frame.primary(said(R.string.matter_done)) { emit(AppointmentEvent.Back) }
    }

    private fun moves(state: AppointmentState) = listOfNotNull(
        deed(R.string.do_confirm, R.drawable.ic_tick, Agenda::confirm).takeIf { "confirm" in state.may },
        deed(R.string.do_start, R.drawable.ic_walk, Agenda::start).takeIf { "start" in state.may },
        deed(R.string.do_arrive, R.drawable.ic_door, Agenda::arrive).takeIf { "arrive" in state.may },
        ask(R.string.do_finish, R.drawable.ic_ticks, Asks.SIGNED).takeIf { "done" in state.may },
        ask(R.string.do_nobody_in, R.drawable.ic_knock, Asks.CARD).takeIf { "nobody_in" in state.may },
        Row(said(R.string.do_remind), said(R.string.do_remind_more), icon = R.drawable.ic_send, tap = { emit(AppointmentEvent.Remind) }).takeIf { state.isAgreed },
        Row(said(R.string.do_move), icon = R.drawable.ic_cal, tap = { emit(AppointmentEvent.Move) }).takeIf { "reschedule" in state.may || "propose" in state.may },
        ask(R.string.do_cancel, R.drawable.ic_cross, Asks.REASON).takeIf { "cancel" in state.may },
    )

    private fun also(state: AppointmentState) = listOfNotNull(
        Row(said(R.string.to_door), icon = R.drawable.ic_door, tap = { emit(AppointmentEvent.Open(Kind.DOOR)) }).takeIf { state.item.door != null },
        Row(said(R.string.to_matter), icon = R.drawable.ic_paper, tap = { emit(AppointmentEvent.Open(Kind.MATTER)) }).takeIf { state.item.matter.isNotEmpty() },
    )

    private fun asked(state: AppointmentState) = when (state.asks) {
        null -> Section("", emptyList())
        Asks.SIGNED -> Section(said(R.string.who_signed), state.signs.map { sign -> deed(sign.said, R.drawable.ic_draft) { id -> finish(id, emptyList(), sign.code) } })
        Asks.CARD -> Section(said(R.string.card_left), listOf(true to R.string.card_yes, false to R.string.card_no).map { (card, words) -> deed(said(words), R.drawable.ic_paper) { id -> nobodyIn(id, card) } })
        Asks.REASON -> Section(said(R.string.why_cancel), state.reasons.map { reason -> deed(reason.said, R.drawable.ic_cross) { id -> cancel(id, reason.code) } })
    }

    private fun deed(words: Int, icon: Int, deed: Agenda.(String) -> Unit) = deed(said(words), icon, deed)
    private fun deed(words: String, icon: Int, deed: Agenda.(String) -> Unit) = Row(words, icon = icon, tap = { emit(AppointmentEvent.Do(deed)) })
    private fun ask(words: Int, icon: Int, what: Asks) = Row(said(words), icon = icon, tap = { emit(AppointmentEvent.Ask(what)) })

    override fun back() = true.also { emit(AppointmentEvent.Back) }
}
