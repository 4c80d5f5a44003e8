package cn.minqing.app.presenter

import cn.minqing.app.model.*
import cn.minqing.app.presenter.Place.Kind

/** [part]: the one that is being typed; none where all are looked over. */
data class NewDoorState(val form: FormDraft, val beside: Door, val known: Address, val part: AddressPart? = null, val isMissing: Boolean = false) {
    /** What two doors of a stairwell share is taken over. */
    fun words(of: AddressPart) = form.fields[of.name] ?: if (of in SHARED) known.parts[of] ?: "" else ""

    /** A room names a door, or a lane and its number. */
    val lacks get() = words(AddressPart.ROOM).isBlank() && (words(AddressPart.LANE).isBlank() || words(AddressPart.DOOR).isBlank())

    private companion object {
        val SHARED = setOf(AddressPart.ESTATE, AddressPart.BUILDING, AddressPart.STAIRWELL, AddressPart.LANE)
    }
}

sealed interface NewDoorEvent {
    data class Edit(val part: AddressPart) : NewDoorEvent
    data class Write(val words: String) : NewDoorEvent
    data object Done : NewDoorEvent
    data object Back : NewDoorEvent
}

/** A door that nobody has written down yet, near one that is known. */
class NewDoorPresenter(work: Work, private val go: Navigator, beside: String) : FormPresenter<NewDoorState, NewDoorEvent>(work, DraftKind.DOOR, beside) {
    override fun load(core: Core) = NewDoorState(begun(core, key), core.doors.household(key).door, core.doors.address(key))

    override fun on(event: NewDoorEvent) {
        when (event) {
            is NewDoorEvent.Edit -> show(state.copy(part = event.part))
            is NewDoorEvent.Write -> state.part?.let { part -> state.form.with(part.name, event.words).let { keep(it, state.copy(form = it, isMissing = false)) } }
            NewDoorEvent.Done -> if (state.part != null) show(state.copy(part = null)) else save()
            NewDoorEvent.Back -> if (state.part != null) show(state.copy(part = null)) else go.back()
        }
    }

    private fun save() {
        if (state.lacks) return show(state.copy(isMissing = true))
        val address = Address(AddressPart.entries.associateWith(state::words))
        done({ it.doors.add(key, address) }) { go.instead(Place(Kind.HOUSEHOLD, it)) }
    }
}
