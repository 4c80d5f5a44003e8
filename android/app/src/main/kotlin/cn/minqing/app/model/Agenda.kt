package cn.minqing.app.model

/** Appointments at the door: what is named is to be confirmed until the office has kept it free. */
interface Agenda {
    fun between(fromMs: Long, untilMs: Long): List<Appointment>
    fun toArrange(): List<Appointment>

    /** Promises that somebody moved and this officer has not seen. */
    fun moved(): List<Appointment>
    fun appointment(id: String): Appointment

    /** What this officer may do about it now, words of `appointment-event`. */
    fun moves(id: String): Set<String>
    fun propose(new: NewAppointment): String
    fun reschedule(id: String, startMs: Long)
    fun confirm(id: String)
    fun start(id: String)
    fun arrive(id: String)
    fun finish(id: String, delivered: List<String>, signed: String)
    fun nobodyIn(id: String, card: Boolean)
    fun cancel(id: String, reason: String)
    fun acknowledge(id: String)
    fun reminder(id: String): Reminder
}

/** [at]: as people say it, empty while no time is named; [offers]: times that can be had in its place. */
data class Appointment(
    val id: String, val door: Door?, val matter: String, val purpose: Term, val state: Term, val isPending: Boolean, val startMs: Long, val at: String,
    val minutes: Int, val isMine: Boolean, val noRoom: Term?, val offers: List<Pair<Long, String>>, val movedTo: String?, val isUnseen: Boolean,
    val isOver: Boolean,
)

data class NewAppointment(val door: String, val purpose: String, val matter: String, val startMs: Long, val minutes: Int)

data class Reminder(val text: String, val phones: List<String>)
