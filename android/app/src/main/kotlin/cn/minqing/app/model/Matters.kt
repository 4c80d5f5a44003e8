package cn.minqing.app.model

/** Matters on the line, and what an officer does that moves them. */
interface Matters {
    fun matters(offset: Int, most: Int): List<Matter>
    fun matter(id: String): MatterDetail

    /** Registers it: durable when this returns, and its draft is gone. Returns the matter. */
    fun register(matter: NewMatter, draft: String): String
    fun note(matter: String, text: String)
    fun urge(matter: String, text: String)
    fun solve(matter: String, evidence: String)
    fun edit(matter: String, text: String)
    fun papers(matter: String, brought: List<String>, photos: List<Ready>)
    fun feedback(matter: String, new: NewFeedback)

    /** One to five stars, by the resident's own finger; [accept]: not to be taken up once more whatever the stars. */
    fun rate(matter: String, stars: Int, accept: Boolean)
}

/** [code]: the residents' code with its dash. [isPending]: the office has not judged yet. */
data class Matter(
    val id: String, val door: String, val plate: String, val code: String, val category: Term, val kind: Term, val text: String, val place: String,
    val state: Term, val isPending: Boolean, val at: String, val status: Status,
)

data class MatterDetail(
    val matter: Matter, val handling: Term?, val lamp: Lamp, val due: Due?, val isProvisional: Boolean, val papers: List<Paper>, val moves: List<Term>,
    val expected: String, val publicReply: String, val events: List<Happened>, val files: List<Attachment>,
)

data class Paper(val id: String, val name: String, val isTicked: Boolean)

data class Happened(val id: String, val what: Term, val mine: Boolean, val at: String, val text: String, val status: Status, val refused: String)

data class NewMatter(
    val door: String, val kind: String, val category: String, val text: String, val place: String, val affected: String, val urgent: String,
    val slip: String, val errand: Boolean, val solvedOnSpot: String,
)

/** [way]: word of `feedback-way`; [proof]: word of `proof`. */
data class NewFeedback(val way: String, val reached: Boolean, val proof: String, val code: String, val signature: Ready?, val text: String)
