package cn.minqing.app.model

interface Visits {
    fun visit(id: String): Past

    /** This officer's visits of today, the newest first. */
    fun today(): List<Pair<Door, Past>>

    /** Writes it down: durable when this returns, and its draft is gone. Returns the visit. */
    fun record(visit: NewVisit, draft: String): String

    /** Writes down the visit of a row of this officer's paper round, as its QR says it; returns the visit. */
    fun enter(paper: String, outcome: String, note: String): String

    /** Takes back what was recorded last, as if it had not been; refused once it has left the phone. */
    fun takeBack(record: String)

    fun edit(visit: String, note: String)
    fun attach(record: String, file: Ready)
    fun tick(promise: String)

    /** Makes a photo or voice note ready: upright, small, without what the camera noted. May take a second. */
    fun prepare(path: String, keepPlace: Boolean): Ready
    fun attachments(record: String): List<Attachment>
    fun forms(): List<FormRow>
    fun form(of: FormRow): Form

    /** The questions that are asked after the answers so far, in order; refused where an answer does not fit its question. */
    fun asked(survey: Survey): List<Question>
}

data class NewVisit(
    val door: String, val purpose: String, val outcome: String, val note: String, val with: List<String>, val files: List<Ready>,
    val promises: List<NewPromise>, val survey: Survey?,
)

/** [due] as `2026-09-21`; empty for no day. */
data class NewPromise(val what: String, val due: String)

data class Attachment(val id: String, val isVoice: Boolean, val path: String, val thumbnail: String, val status: String)

data class FormRow(val id: String, val version: Int, val title: String, val questions: Int)
data class Form(val row: FormRow, val questions: List<Question>)

/** [onlyIf]: shown where the question of this name was answered with one of these. */
data class Question(
    val id: String, val title: String, val kind: String, val isRequired: Boolean, val choices: List<Term>, val min: Long?, val max: Long?,
    val onlyIf: Pair<String, List<String>>?,
)

/** Answers by question. */
data class Survey(val form: FormRow, val answers: Map<String, List<String>>)
