package cn.minqing.app.model

/** What goes to the office: what waits, what was not taken, what is in dispute; and the way there by a colleague's phone. */
interface Outbox {
    /** What is not final at the office, the newest first. */
    fun work(most: Int): List<WorkRow>
    fun refused(): List<RefusedRow>
    fun again(event: String, text: String?)
    fun leave(event: String)

    /** Writes a record again that was put aside at the office. */
    fun sendAgain(record: String)
    fun reviews(): List<Review>
    fun filesWaiting(): Int
    fun retryFiles()

    /** Seals what waits into files for a colleague to carry, unread. */
    fun bundles(directory: String): List<String>
    fun take(path: String): Taken
    fun carried(): Int

    fun health(): Health

    /** Deletes all that this phone keeps; refused while something waits. */
    fun wipe()
}

/** [what]: the action; [door] and [matter] where it belongs to one; [files] still to be sent. */
data class WorkRow(val record: String, val what: Term, val door: Door?, val matter: String, val at: String, val status: Status, val files: Int)

data class RefusedRow(
    val event: String, val matter: String, val code: String, val what: Term, val text: String, val reason: String, val said: String, val canAgain: Boolean, val at: String,
)

/** A field with more than one value, the one that is shown first. */
data class Review(val record: String, val field: Term, val values: List<ReviewValue>)

data class ReviewValue(val value: String, val mine: Boolean, val at: String)

data class Taken(val carried: Int, val shown: Int)

/** [salvaged]: that a damaged file was mended, and what of it. [clockOffMs]: by how much this phone's clock is wrong, 0 where it is not, or nobody knows; [freeBytes] on the device. */
data class Health(val clockOffMs: Long, val freeBytes: Long?, val isRoomLittle: Boolean, val salvaged: String? = null)
