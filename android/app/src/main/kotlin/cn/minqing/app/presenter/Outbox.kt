package cn.minqing.app.presenter

import cn.minqing.app.model.Contact
import cn.minqing.app.model.Core
import cn.minqing.app.model.DraftKind
import cn.minqing.app.model.DraftRow
import cn.minqing.app.model.Line
import cn.minqing.app.model.Phone
import cn.minqing.app.model.RecordState
import cn.minqing.app.model.RefusedRow
import cn.minqing.app.model.Review
import cn.minqing.app.model.Taken
import cn.minqing.app.model.Today
import cn.minqing.app.model.Work
import cn.minqing.app.model.WorkRow
import cn.minqing.app.presenter.Place.Kind

/** What needs a person stands first, what only needs a network after it. [mending]: the refused event whose words are being changed. */
data class OutboxState(
    val today: Today, val drafts: List<DraftRow>, val refused: List<RefusedRow>, val reviews: List<Review>, val work: List<WorkRow>, val files: Int, val carried: Int,
    val contact: Contact = Contact(), val mending: String = "", val words: String = "",
    val taken: Taken? = null,
) {
    val parked get() = work.filter { it.status.state == RecordState.PARKED }
    val groups get() = (work - parked.toSet()).groupBy { it.status }.toList().sortedBy { (status, _) -> status.state.ordinal }
}

sealed interface OutboxEvent {
    data object Send : OutboxEvent
    data class GoOn(val draft: DraftRow) : OutboxEvent
    data class Drop(val draft: DraftRow) : OutboxEvent
    data class Mend(val event: RefusedRow) : OutboxEvent
    data class Write(val words: String) : OutboxEvent
    data class Again(val event: RefusedRow) : OutboxEvent
    data class Leave(val event: RefusedRow) : OutboxEvent
    data class SendAgain(val row: WorkRow) : OutboxEvent
    data class Open(val row: WorkRow) : OutboxEvent
    data object RetryFiles : OutboxEvent
    data object HandOver : OutboxEvent
}

class OutboxPresenter(work: Work, private val line: Line, private val phone: Phone, private val go: Navigator, private val bundles: String) :
    Presenter<OutboxState, OutboxEvent>(work) {
    private var mending = ""
    private var words = ""
    private var taken: Taken? = null

    override fun load(core: Core) = OutboxState(
        core.days.today(), core.drafts.all(), core.outbox.refused(), core.outbox.reviews(), core.outbox.work(MOST), core.outbox.filesWaiting(), core.outbox.carried(),
        line.state, mending, words, taken,
    )

    /** From the first picture on: what the line says belongs to it. */
    fun listen() = line.watch { if (isLoaded) show(state.copy(contact = it)) }

    /** What a colleague hands over, to be carried to the office unread. */
    fun take(path: String) = ask({ it.outbox.take(path) }) {
        taken = it
        reload()
    }

    override fun on(event: OutboxEvent) {
        when (event) {
            OutboxEvent.Send -> if (state.contact.isUnderWay) line.stop() else line.speak()
            is OutboxEvent.GoOn -> if (event.draft.door != null || event.draft.kind !in AT_A_DOOR) go.open(Place(placeOf(event.draft.kind), event.draft.key))
            is OutboxEvent.Drop -> act { it.drafts.drop(event.draft.id) }
            is OutboxEvent.Mend -> {
                mending = event.event.event
                words = event.event.text
                show(state.copy(mending = mending, words = words))
            }
            is OutboxEvent.Write -> {
                words = event.words
                show(state.copy(words = words))
            }
            is OutboxEvent.Again -> {
                val changed = words.takeIf { mending == event.event.event }
                mending = ""
                act { it.outbox.again(event.event.event, changed) }
            }
            is OutboxEvent.Leave -> act { it.outbox.leave(event.event.event) }
            is OutboxEvent.SendAgain -> act { it.outbox.sendAgain(event.row.record) }
            is OutboxEvent.Open -> if (event.row.matter.isNotEmpty()) go.open(Place(Kind.MATTER, event.row.matter)) else event.row.door?.let { go.open(Place(Kind.DOOR, it.id)) }
            OutboxEvent.RetryFiles -> act { it.outbox.retryFiles() }
            OutboxEvent.HandOver -> ask({ it.outbox.bundles(bundles) }) { files -> files.forEach(phone::share) }
        }
    }

    private fun placeOf(draft: DraftKind) = when (draft) {
        DraftKind.VISIT -> Kind.VISIT
        DraftKind.MATTER -> Kind.NEW_MATTER
        DraftKind.FEEDBACK -> Kind.FEEDBACK
        DraftKind.PERSON -> Kind.PERSON
        DraftKind.WISHES -> Kind.WISHES
        DraftKind.APPOINTMENT -> Kind.PROPOSE
        DraftKind.PAST -> Kind.PAST
        DraftKind.DEED -> Kind.MATTER
        DraftKind.DOOR -> Kind.NEW_DOOR
        DraftKind.PAPER -> Kind.PAPER
    }

    private companion object {
        /** Without the door there is no page for it. */
        val AT_A_DOOR = setOf(DraftKind.VISIT, DraftKind.MATTER, DraftKind.PERSON, DraftKind.WISHES, DraftKind.DOOR)
        const val MOST = 200
    }
}
