package cn.minqing.app.screen

import android.text.InputType
import cn.minqing.app.R
import cn.minqing.app.model.AddressPart
import cn.minqing.app.presenter.NewDoorEvent
import cn.minqing.app.presenter.NewDoorState
import cn.minqing.app.view.*

/** 登记一户: the parts of an address, those of its neighbour taken over. */
class NewDoorScreen(frame: Frame) : PlainScreen<NewDoorState, NewDoorEvent>(frame) {

    override fun render(state: NewDoorState) {
        val part = state.part
        head(said(if (part == null) R.string.new_door else label(part)), if (part == null) said(R.string.new_door_more) else null, warn = if (state.isMissing) said(R.string.new_door_first) else null)
        if (part == null) noField() else field(said(label(part)), state.words(part), InputType.TYPE_CLASS_TEXT) { emit(NewDoorEvent.Write(it)) }
        val rows = AddressPart.entries.map { Row(said(label(it)), state.words(it).ifEmpty { said(R.string.not_known) }, icon = R.drawable.ic_house, tap = { emit(NewDoorEvent.Edit(it)) }) }
        sections(listOf(Section(said(R.string.tap_to_change), if (part == null) rows else emptyList())))
        frame.back { emit(NewDoorEvent.Back) }
        frame.primary(said(if (part == null) R.string.save else R.string.matter_done)) { emit(NewDoorEvent.Done) }
    }

    private fun label(part: AddressPart) = when (part) {
        AddressPart.ESTATE -> R.string.estate
        AddressPart.BUILDING -> R.string.building
        AddressPart.STAIRWELL -> R.string.stairwell
        AddressPart.FLOOR -> R.string.floor_of
        AddressPart.ROOM -> R.string.room_of
        AddressPart.LANE -> R.string.lane
        AddressPart.DOOR -> R.string.door_of
    }

    override fun back() = true.also { emit(NewDoorEvent.Back) }
}
