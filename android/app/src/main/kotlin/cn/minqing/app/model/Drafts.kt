package cn.minqing.app.model

/** What is half filled in: each field is in the store before the finger has left the screen. */
interface Drafts {
    fun all(): List<DraftRow>
    fun visit(door: String): Draft<VisitDraft>?
    fun matter(door: String): Draft<MatterDraft>?

    /** Keeps it; returns its id. An empty [id] makes a new one. */
    fun keep(id: String, draft: VisitDraft): String
    fun keep(id: String, draft: MatterDraft): String
    fun drop(id: String)
}

data class Draft<T>(val id: String, val content: T)

enum class DraftKind { VISIT, MATTER }

data class DraftRow(val id: String, val kind: DraftKind, val door: Door?, val at: String, val text: String)

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
