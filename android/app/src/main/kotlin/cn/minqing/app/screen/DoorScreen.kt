package cn.minqing.app.screen

import android.view.ViewGroup
import cn.minqing.app.R
import cn.minqing.app.model.Brief
import cn.minqing.app.presenter.DoorEvent
import cn.minqing.app.presenter.DoorState
import cn.minqing.app.view.*

/** 进门前: everything to know before the bell, without a network. */
class DoorScreen(frame: Frame) : Screen<DoorState, DoorEvent>(frame, R.layout.page_door) {

    override fun render(state: DoorState) {
        val brief = state.brief
        page.plate(R.id.plate, brief.door.plate)
        page.text(R.id.who).say(brief.people.firstOrNull()?.let { context.name(it) })
        page.text(R.id.needs).say(brief.people.firstOrNull()?.let { who -> context.listed(who.needs.map { it.said }) })
        page.text(R.id.before).say(brief.lines.joinToString("\n"))
        page.text(R.id.before).icon(R.drawable.ic_ear, grow = 1.6f)
        page.view<ViewGroup>(R.id.sections).sections(
            listOf(
                Section(context.getString(R.string.to_tell), tellRows(brief)),
                Section(context.getString(R.string.agreed_here), brief.agreed.map {
                    val moved = if (it.isUnseen) context.getString(R.string.was_moved) else null
                    Row(
                        lines(it.at, it.purpose.said), moved, state = appointmentMark(context, it), icon = if (it.isUnseen) R.drawable.ic_two else R.drawable.ic_cal,
                        heavy = it.isUnseen, tap = { emit(DoorEvent.Appointment(it.id)) },
                    )
                }),
                Section(context.getString(R.string.promised_here), brief.promised.map {
                    Row(it.what, context.getString(R.string.tick_promise), it.due?.let(context::mark), icon = R.drawable.ic_info, tap = { emit(DoorEvent.Tick(it.id)) })
                }),
                Section(context.getString(R.string.others_here), brief.people.drop(1).map { Row(context.words(it), icon = R.drawable.ic_folk) }),
                Section(
                    context.getString(R.string.also_here),
                    listOf(
                        Row(context.getString(R.string.household), context.getString(R.string.household_more), icon = R.drawable.ic_folk, tap = { emit(DoorEvent.Household) }),
                        Row(context.getString(R.string.new_matter), context.getString(R.string.new_matter_more), icon = R.drawable.ic_paper, tap = { emit(DoorEvent.NewMatter) }),
                        Row(context.getString(R.string.propose), context.getString(R.string.propose_more), icon = R.drawable.ic_cal, tap = { emit(DoorEvent.Propose) }),
                    ),
                ),
            ),
        )
        page.text(R.id.last_visits).visible = brief.visits.isNotEmpty()
        page.view<ViewGroup>(R.id.history).facts(
            brief.visits.map { lines(context.listed(listOf(it.at, context.who(it.mine)))) to lines(it.outcome.said, it.note) },
        )
        frame.back { emit(DoorEvent.Back) }
        frame.primary(context.getString(if (brief.draft != null) R.string.go_on_draft else R.string.knock)) { emit(DoorEvent.Knock) }
    }

    private fun tellRows(brief: Brief) = if (brief.toTell.isEmpty()) emptyList() else listOf(
        Row(context.count(R.plurals.things_to_tell, brief.toTell.size), brief.toTell.first().text, icon = R.drawable.ic_board, tap = { emit(DoorEvent.Tell) }),
    )

    override fun back() = true.also { emit(DoorEvent.Back) }
}
