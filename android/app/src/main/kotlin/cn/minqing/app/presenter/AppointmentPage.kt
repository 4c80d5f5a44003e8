package cn.minqing.app.presenter

import cn.minqing.app.model.Agenda
import cn.minqing.app.model.Appointment
import cn.minqing.app.model.Core
import cn.minqing.app.model.Phone
import cn.minqing.app.model.Term
import cn.minqing.app.model.Work
import cn.minqing.app.presenter.Place.Kind

/** What needs one more answer before it is written. */
enum class Asks { SIGNED, CARD, REASON }

/** [may]: words of `appointment-event`. */
data class AppointmentState(
    val item: Appointment, val may: Set<String>, val reasons: List<Term>, val signs: List<Term>, val asks: Asks? = null,
) {
    val isAgreed get() = item.state.code == "confirmed" || item.state.code == "reminded"
}

sealed interface AppointmentEvent {
    data class Do(val deed: (Agenda, String) -> Unit) : AppointmentEvent
    data class Ask(val what: Asks) : AppointmentEvent
    data object Move : AppointmentEvent
    data object Remind : AppointmentEvent
    data class Open(val kind: Kind) : AppointmentEvent
    data object Back : AppointmentEvent
}

/** 一次约定. What core would not take is not offered; what it refuses meanwhile is told. */
class AppointmentPresenter(work: Work, private val phone: Phone, private val go: Navigator, private val id: String) : Presenter<AppointmentState, AppointmentEvent>(work) {
    private var asks: Asks? = null

    override fun load(core: Core) = AppointmentState(core.agenda.appointment(id), core.agenda.moves(id), core.words.choices("cancel-reason"), core.words.choices("signed-by"), asks)

    override fun on(event: AppointmentEvent) {
        when (event) {
            is AppointmentEvent.Do -> {
                asks = null
                act { event.deed(it.agenda, id) }
            }
            is AppointmentEvent.Ask -> ask(event.what)
            AppointmentEvent.Move -> go.open(Place(Kind.PROPOSE, ProposePresenter.MOVES + id))
            AppointmentEvent.Remind -> ask({ it.agenda.reminder(id) }) { phone.message(it.text, it.phones) }
            is AppointmentEvent.Open -> {
                val key = if (event.kind == Kind.MATTER) state.item.matter else state.item.door?.id ?: ""
                if (key.isNotEmpty()) go.open(Place(event.kind, key))
            }
            AppointmentEvent.Back -> if (asks == null) go.back() else ask(null)
        }
    }

    private fun ask(what: Asks?) {
        asks = what
        show(state.copy(asks = what))
    }
}
