package cn.minqing.app.screen

import android.view.ViewGroup
import cn.minqing.app.R
import cn.minqing.app.model.TextSize
import cn.minqing.app.presenter.MeEvent
import cn.minqing.app.presenter.MeState
import cn.minqing.app.view.*

class MeScreen(frame: Frame) : Screen<MeState, MeEvent>(frame, R.layout.page_me) {

    override fun render(state: MeState) {
        page.text(R.id.name).say(state.officer)
        page.text(R.id.unsent).text =
            if (state.unsent == 0) context.getString(R.string.nothing_unsent) else context.count(R.plurals.unsent, state.unsent)
        page.view<ViewGroup>(R.id.sizes).choices(TextSize.entries.map {
            val chosen = it == state.settings.size
            Choice(context.getString(size(it)), chosen = chosen) { emit(MeEvent.Size(it)) }
        })
        page.view<ViewGroup>(R.id.sections).sections(
            listOf(
                Section(context.getString(R.string.how_it_looks), looks(state)),
                Section(context.getString(R.string.learn), listOf(switch(R.string.practice, R.string.practice_more, R.drawable.ic_practice, state.settings.practice, MeEvent.Practice))),
                Section(context.getString(R.string.this_phone), phone(state)),
                Section(context.getString(R.string.help), HELP.map { (words, more) -> Row(context.getString(words), context.getString(more)) }),
                Section(context.getString(R.string.hand_in), leave(state)),
            ),
        )
        frame.back(null)
        val number = context.getString(R.string.office_number)
        frame.primary(context.getString(R.string.call_help), R.drawable.ic_call) { emit(MeEvent.Call(number)) }
    }

    private fun looks(state: MeState) = listOf(
        switch(R.string.elder, R.string.elder_more, R.drawable.ic_text, state.settings.elder, MeEvent.Elder),
        switch(R.string.sun, R.string.sun_more, R.drawable.ic_sun, state.settings.sun, MeEvent.Sun),
        switch(R.string.hidden, R.string.hidden_more, R.drawable.ic_person, state.settings.hidden, MeEvent.Hidden),
        switch(R.string.places, R.string.places_more, R.drawable.ic_camera, state.settings.places == true, MeEvent.Places),
        Row(context.getString(R.string.language), context.getString(R.string.language_more), icon = R.drawable.ic_board, tap = { emit(MeEvent.Language) }),
    )

    private fun phone(state: MeState) = listOfNotNull(
        Row(
            context.getString(R.string.room),
            state.health.freeBytes?.let { context.getString(R.string.room_free, it / MIB) },
            if (state.health.isRoomLittle) Mark(R.drawable.ic_yellow, context.getString(R.string.room_low), R.attr.yellow_ink, bold = true) else null, icon = R.drawable.ic_box,
        ),
        Row(context.count(R.plurals.files_waiting, state.files), icon = R.drawable.ic_camera).takeIf { state.files > 0 },
        Row(context.getString(R.string.hand_over), context.getString(R.string.hand_over_more), icon = R.drawable.ic_send, tap = { emit(MeEvent.Outbox) }),
    )

    private fun leave(state: MeState) = if (!state.leaving) {
        listOf(Row(context.getString(R.string.leave), context.getString(R.string.leave_more), icon = R.drawable.ic_door, tap = { emit(MeEvent.Leave) }))
    } else {
        listOf(
            Row(context.getString(R.string.leave_sure), if (state.unsent == 0) context.getString(R.string.leave_nothing) else context.count(R.plurals.unsent, state.unsent), icon = R.drawable.ic_red, tap = { emit(MeEvent.Leave) }),
            Row(context.getString(R.string.stay), icon = R.drawable.ic_tick, tap = { emit(MeEvent.Stay) }),
        )
    }

    private fun switch(title: Int, more: Int, icon: Int, on: Boolean, event: MeEvent) = Row(
        context.getString(title), context.getString(more),
        if (on) Mark(R.drawable.ic_tick, context.getString(R.string.on), R.attr.link, bold = true)
        else Mark(R.drawable.ic_none, context.getString(R.string.off), R.attr.soft),
        icon = icon, chosen = on, tap = { emit(event) },
    )

    private fun size(of: TextSize) = when (of) {
        TextSize.STANDARD -> R.string.size_standard
        TextSize.LARGE -> R.string.size_large
        TextSize.LARGER -> R.string.size_larger
        TextSize.LARGEST -> R.string.size_largest
    }

    private companion object {
        const val MIB = 1 shl 20
        val HELP = listOf(
            R.string.help_offline to R.string.help_offline_more, R.string.help_refused to R.string.help_refused_more, R.string.help_lost to R.string.help_lost_more,
        )
    }
}
