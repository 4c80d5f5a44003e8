package cn.minqing.app.screen

import android.view.ViewGroup
import android.widget.Button
import android.widget.LinearLayout
import cn.minqing.app.R
import cn.minqing.app.model.Stop
import cn.minqing.app.model.StopState
import cn.minqing.app.presenter.Place
import cn.minqing.app.presenter.Place.Kind
import cn.minqing.app.presenter.Task
import cn.minqing.app.presenter.TaskKind
import cn.minqing.app.presenter.TodayEvent
import cn.minqing.app.presenter.TodayState
import cn.minqing.app.view.*

class TodayScreen(frame: Frame) : Screen<TodayState, TodayEvent>(frame, R.layout.page_today) {

    override fun render(state: TodayState) {
        page.view<LinearLayout>(R.id.head).stackIfLarge()
        page.text(R.id.date).text = state.today.date
        renderSaved(state)
        renderSync(state)
        renderWarnings(state)
        val soon = state.tasks - state.overdue.toSet()
        page.view<ViewGroup>(R.id.sections).sections(
            listOf(
                Section(context.count(R.plurals.overdue_tasks, state.overdue.size), state.overdue.map(::task), lamp = R.drawable.ic_red),
                Section(context.count(R.plurals.ahead, state.ahead.size), state.ahead.take(MOST).map(::stop) + more(state)),
                Section(context.count(R.plurals.tasks, soon.size), soon.map(::task)),
                Section(context.count(R.plurals.behind, state.behind.size), state.behind.takeLast(SHOWN).reversed().map(::done)),
                Section(context.getString(R.string.look_up), looks()),
            ),
        )
        frame.back(null)
        val next = state.round.next
        frame.primary(
            if (next == null) context.getString(R.string.round_done) else context.getString(R.string.next_door, unbroken(next.door.plate)),
        ) { emit(TodayEvent.Next) }
    }

    private fun more(state: TodayState) =
        if (state.round.stops.isEmpty()) emptyList() else listOf(to(Kind.ROUND, R.string.whole_round, R.drawable.ic_walk))

    private fun looks() = listOf(
        to(Kind.SEARCH, R.string.search, R.drawable.ic_search), to(Kind.AGENDA, R.string.agenda, R.drawable.ic_cal), to(Kind.NOTICES, R.string.notices, R.drawable.ic_board),
    )

    private fun to(kind: Kind, words: Int, icon: Int) = Row(context.getString(words), icon = icon, tap = { emit(TodayEvent.Open(Place(kind))) })

    private fun renderSaved(state: TodayState) {
        val saved = state.justSaved
        page.view<LinearLayout>(R.id.saved).apply {
            visible = saved != null
            stackIfLarge()
        }
        if (saved == null) return
        page.text(R.id.saved_words).text = context.getString(R.string.saved_as, unbroken(saved.door?.plate ?: ""), saved.status.said).trim()
        page.text(R.id.saved_words).icon(mark(saved.status).icon)
        page.view<Button>(R.id.undo).setOnClickListener { emit(TodayEvent.Undo) }
    }

    /** A count to compare: what I did, what the office has. */
    private fun renderSync(state: TodayState) {
        val waiting = state.today.waiting.takeIf { it > 0 }?.let { context.count(R.plurals.sync_waiting, it) }
        page.text(R.id.sync).apply {
            show(
                if (waiting == null) Mark(R.drawable.ic_ticks, state.today.line, R.attr.link, bold = true)
                else Mark(R.drawable.ic_ready, lines(state.today.line, waiting), R.attr.ink, bold = true),
            )
            setOnClickListener { emit(TodayEvent.Open(Place(Kind.OUTBOX))) }
        }
        page.text(R.id.offline).show(
            state.lastContact.ifEmpty { null }?.let { Mark(R.drawable.ic_offline, context.getString(R.string.last_contact, it), R.attr.soft) },
        )
    }

    /** What is told before it hurts. */
    private fun renderWarnings(state: TodayState) {
        val minutes = state.health.clockOffMs / MINUTE_MS
        page.text(R.id.warn).say(
            lines(
                if (state.trouble > 0) context.count(R.plurals.office_trouble, state.trouble) else null,
                if (minutes != 0L) context.getString(R.string.clock_wrong, Math.abs(minutes)) else null,
                state.health.salvaged,
                if (state.health.isRoomLittle) context.getString(R.string.room_little) else null,
            ),
        )
    }

    private fun stop(stop: Stop) = Row(
        unbroken(stop.door.plate), lines(stop.door.names, stop.reasons.firstOrNull(), context.listed(stop.bring.map { it.said })),
        end = stop.at.ifEmpty { null }?.let { Mark(R.drawable.ic_clock, it, bold = stop.isPromised) },
        icon = if (stop.isPromised) R.drawable.ic_cal else R.drawable.ic_door, heavy = stop.state == StopState.NEXT,
        tap = { emit(TodayEvent.Open(Place(Kind.DOOR, stop.door.id))) },
    )

    private fun done(stop: Stop) = Row(
        unbroken(stop.door.plate), stop.door.names, end = Mark(if (stop.state == StopState.DONE) R.drawable.ic_tick else R.drawable.ic_knock, stop.at, R.attr.soft),
        tap = { emit(TodayEvent.Open(Place(Kind.DOOR, stop.door.id))) },
    )

    private fun task(task: Task) = Row(
        unbroken(task.door?.plate ?: ""), lines(task.door?.names, task.what), end = task.due?.let(context::mark), icon = icon(task.kind),
        tap = { emit(TodayEvent.Open(task.tap)) },
    )

    private fun icon(kind: TaskKind) = when (kind) {
        TaskKind.MOVED -> R.drawable.ic_two
        TaskKind.ARRANGE -> R.drawable.ic_cal
        TaskKind.ERRAND -> R.drawable.ic_paper
        TaskKind.PROMISE -> R.drawable.ic_info
        TaskKind.VISIT -> R.drawable.ic_door
    }

    private companion object {
        const val SHOWN = 3
        const val MOST = 6
        const val MINUTE_MS = 60_000
    }
}
