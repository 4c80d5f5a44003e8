package cn.minqing.app.screen

import cn.minqing.app.R
import cn.minqing.app.model.RefusedRow
import cn.minqing.app.model.WorkRow
import cn.minqing.app.presenter.OutboxEvent
import cn.minqing.app.presenter.OutboxState
import cn.minqing.app.view.*

/** 待发送, 未采纳 and the rest: each with what it is, why, and what to do. */
class OutboxScreen(frame: Frame) : PlainScreen<OutboxState, OutboxEvent>(frame) {

    override fun render(state: OutboxState) {
        val contact = state.contact
        val line = when {
            contact.isUnderWay -> said(R.string.line_under_way, contact.settled, contact.rows)
            contact.trouble != null -> lines(contact.trouble.said, contact.trouble.code)
            contact.isOffline -> said(R.string.line_offline)
            state.taken != null -> said(R.string.taken_to_carry)
            else -> null
        }
        head(said(R.string.outbox), state.today.line, warn = line)
        val mended = state.refused.firstOrNull { it.event == state.mending }
        if (mended == null) noField() else field(said(R.string.mend_words), state.words, MANY_LINES) { emit(OutboxEvent.Write(it)) }
        sections(
            listOf(
                Section(said(R.string.drafts), state.drafts.flatMap { draft ->
                    listOf(
                        Row(unbroken(draft.door?.plate ?: said(R.string.no_door)), lines(draft.text, draft.at), icon = R.drawable.ic_draft, tap = { emit(OutboxEvent.GoOn(draft)) }),
                        Row(said(R.string.drop_draft), icon = R.drawable.ic_cross, tap = { emit(OutboxEvent.Drop(draft)) }),
                    )
                }),
                Section(said(R.string.refused), state.refused.flatMap { refused(it, it == mended) }, lamp = R.drawable.ic_red),
                Section(said(R.string.reviews), state.reviews.map { review ->
                    Row(said(R.string.two_values), review.values.joinToString("\n") { lines(context.who(it.mine), it.value, it.at) }, icon = R.drawable.ic_two)
                }),
                Section(said(R.string.parked), state.parked.map { Row(title(it), said(R.string.send_again), mark(it.status), icon = R.drawable.ic_box, tap = { emit(OutboxEvent.SendAgain(it)) }) }),
            ) + state.groups.map { (status, rows) -> Section(context.getString(R.string.count_of, status.said, rows.size), rows.map(::work)) } +
                Section(said(R.string.this_phone), more(state)),
        )
        facts(if (state.work.isEmpty() && state.drafts.isEmpty()) listOf(said(R.string.nothing_waits) to said(R.string.nothing_waits_more)) else emptyList())
        frame.back(null)
        frame.primary(said(if (contact.isUnderWay) R.string.stop_sending else if (state.today.waiting > 0) R.string.send_now else R.string.ask_office)) { emit(OutboxEvent.Send) }
    }

    private fun refused(row: RefusedRow, mending: Boolean): List<Row> {
        val why = Row(row.what.said, lines(row.code, row.said, if (mending) "" else row.text), Mark(R.drawable.ic_back, row.at, R.attr.red_ink), icon = R.drawable.ic_paper)
        val mend = Row(said(R.string.mend), icon = R.drawable.ic_draft, tap = { emit(OutboxEvent.Mend(row)) })
        val again = Row(said(R.string.send_again), said(if (row.canAgain) R.string.can_again else R.string.cannot_again), icon = R.drawable.ic_send, tap = { emit(OutboxEvent.Again(row)) })
        val leave = Row(said(R.string.leave_refused), icon = R.drawable.ic_tick, tap = { emit(OutboxEvent.Leave(row)) })
        return listOfNotNull(why, mend.takeIf { !mending && row.text.isNotEmpty() }, again, leave)
    }

    private fun work(row: WorkRow) = Row(
        title(row), lines(row.at, if (row.files > 0) context.count(R.plurals.files_waiting, row.files) else null), state = mark(row.status),
        tap = if (row.door == null && row.matter.isEmpty()) null else ({ emit(OutboxEvent.Open(row)) }),
    )

    private fun title(row: WorkRow) = unbroken(row.door?.plate ?: said(R.string.no_door))

    private fun more(state: OutboxState) = listOfNotNull(
        Row(context.count(R.plurals.files_waiting, state.files), said(R.string.retry_files), icon = R.drawable.ic_camera, tap = { emit(OutboxEvent.RetryFiles) }).takeIf { state.files > 0 },
        Row(said(R.string.carried, state.carried), icon = R.drawable.ic_walk).takeIf { state.carried > 0 },
        Row(said(R.string.hand_over), said(R.string.hand_over_more), icon = R.drawable.ic_send, tap = { emit(OutboxEvent.HandOver) }).takeIf { state.today.waiting > 0 },
    )
}
