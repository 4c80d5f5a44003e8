package cn.minqing.app.model

/** Where a record stands on its way to the office. */
enum class RecordState { DRAFT, READY, SENDING, RECEIVED, CARRIED, APPLIED, NEEDS_REVIEW, REFUSED, PARKED, PRACTICE }

/** The same with the word that people read. */
data class Status(val state: RecordState, val said: String)

/** A door: its plate in full, who lives there, and the remark for whoever knocks next. */
data class Door(val id: String, val plate: String, val names: String, val note: String, val status: Status)

enum class Lamp { NONE, YELLOW, RED }

/** By when: the day as people say it, how many days are left (negative: so many over), and its lamp. */
data class Due(val said: String, val days: Int, val lamp: Lamp) {
    val isOver get() = days < 0
}

/** A photo or voice note made ready by core, as it goes into a record. */
data class Ready(
    val sha256: String, val media: String, val bytes: Int, val width: Int, val height: Int, val takenMs: Long, val place: String,
) {
    val isVoice get() = media.startsWith("audio/")
}
