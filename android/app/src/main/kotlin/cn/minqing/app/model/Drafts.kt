package cn.minqing.app.model

/** What is half filled in: each field is in the store before the finger has left the screen. */
interface Drafts {
    fun all(): List<DraftRow>
    fun visit(door: String): Draft<VisitDraft>?
    fun matter(door: String): Draft<MatterDraft>?
    fun form(kind: DraftKind, key: String): Draft<FormDraft>?

    /** Keeps it; returns its id. An empty [id] makes a new one. */
    fun keep(id: String, draft: VisitDraft): String
    fun keep(id: String, draft: MatterDraft): String
    fun keep(id: String, draft: FormDraft): String
    fun drop(id: String)
}

data class Draft<T>(val id: String, val content: T)

enum class DraftKind { VISIT, MATTER, FEEDBACK, PERSON, WISHES, APPOINTMENT, PAST, DEED, DOOR, PAPER }

/** [key]: what its place is called by; for most the door. */
data class DraftRow(val id: String, val kind: DraftKind, val key: String, val door: Door?, val at: String, val text: String)

/** A small form as far as it was filled in, by field. */
data class FormDraft(val kind: DraftKind, val key: String, val door: String, val fields: Map<String, String> = emptyMap(), val files: List<Ready> = emptyList()) {
    operator fun get(field: String) = fields[field] ?: ""
    fun with(field: String, words: String) = copy(fields = fields + (field to words))

    /** What was switched on or off; of the rest others may know better. */
    fun switched(field: String): Map<String, Boolean> = this[field].split(' ').filter { it.isNotEmpty() }.associate { it.drop(1) to it.startsWith(ON) }
    fun switch(field: String, word: String, on: Boolean): FormDraft =
        with(field, (switched(field) + (word to on)).entries.joinToString(" ") { (switched, isOn) -> (if (isOn) ON else OFF) + switched })

    private companion object {
        const val ON = "+"
        const val OFF = "-"
    }
}

/** A visit as far as it was filled in. [promise]: what to come back for. */
data class VisitDraft(
    val door: String, val purpose: String = "routine", val outcome: String = "", val note: String = "", val files: List<Ready> = emptyList(),
    val seen: Set<String> = emptySet(), val followUp: String = "", val promise: NewPromise = NewPromise("", ""), val survey: Survey? = null,
)

data class MatterDraft(
    val door: String, val kind: String = "complaint", val category: String = "", val text: String = "", val place: String = "", val affected: String = "",
    val urgent: String = "", val slip: String = "", val handling: Handling = Handling.OFFICE, val solved: String = "", val files: List<Ready> = emptyList(),
)

/** Who sees to it: the office; this officer, from start to end; or it is done already. */
enum class Handling { OFFICE, ERRAND, SOLVED }
