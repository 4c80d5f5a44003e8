package cn.minqing.app.bridge

import cn.minqing.app.model.Agenda
import cn.minqing.app.model.Appointment
import cn.minqing.app.model.NewAppointment
import cn.minqing.app.model.Reminder
import cn.minqing.core.AppointmentRow
import cn.minqing.core.Minqing
import cn.minqing.core.NewAppointment as CoreNewAppointment

class AgendaOf(private val store: Minqing, private val say: Say) : Agenda {
    override fun between(fromMs: Long, untilMs: Long) = store.appointments(fromMs, untilMs).map(::row)
    override fun toArrange() = store.appointmentsToArrange().map(::row)
    override fun moved() = store.appointments(say.now() - DAY_MS, say.now() + AHEAD_MS).filter { say.me in it.unseen }.map(::row)
    override fun appointment(id: String) = row(store.appointment(id))
    override fun moves(id: String) = store.appointmentMoves(id).toSet()

    override fun propose(new: NewAppointment) =
        store.proposeAppointment(with(new) { CoreNewAppointment(door, purpose, matter, startMs, minutes.toUShort()) })

    override fun reschedule(id: String, startMs: Long) = store.rescheduleAppointment(id, startMs)
    override fun confirm(id: String) = store.confirmAppointment(id)
    override fun start(id: String) = store.startAppointment(id)
    override fun arrive(id: String) = store.arriveAtAppointment(id)
    override fun finish(id: String, delivered: List<String>, signed: String) = store.finishAppointment(id, delivered, signed)
    override fun nobodyIn(id: String, card: Boolean) = store.nobodyInAtAppointment(id, card)
    override fun cancel(id: String, reason: String) = store.cancelAppointment(id, reason)
    override fun acknowledge(id: String) = store.acknowledgeMove(id)
    override fun reminder(id: String) = store.reminder(id, say.lang).let { Reminder(it.text, it.phones) }

    private fun row(row: AppointmentRow) = appointmentOf(store, say, row)

    private companion object {
        const val DAY_MS = 86_400_000L
        const val AHEAD_MS = 90 * DAY_MS
    }
}

/** States after which nothing more happens. */
private val CLOSED = setOf("done", "no_show_resident", "missed_by_officer", "cancelled_by_resident", "cancelled_by_office")

fun appointmentOf(store: Minqing, say: Say, row: AppointmentRow) = Appointment(
    row.id, say.knownDoor(row.household), row.matter, say.term("appointment-purpose", row.purpose),
    say.term("appointment-state", row.state), row.pending, row.startMs, say.at(row.startMs), row.minutes.toInt(), say.me in row.officers,
    row.noRoom.ifEmpty { null }?.let { say.term("no-room", it) }, row.offers.map { it to say.at(it) },
    row.movedMs.takeIf { it != 0L }?.let { say.at(row.startMs) }, say.me in row.unseen,
    row.state in CLOSED,
)
