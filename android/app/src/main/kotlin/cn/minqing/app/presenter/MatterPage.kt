package cn.minqing.app.presenter

import cn.minqing.app.model.Core
import cn.minqing.app.model.MatterDetail
import cn.minqing.app.model.Work
import cn.minqing.app.presenter.Place.Kind

/** What an officer does on the page of a matter by writing a sentence. */
enum class MatterDeed { NOTE, URGE, SOLVE }

/** [brought]: papers ticked and not yet saved. [isNew]: registered just now, so that it can be taken back for a few seconds. */
data class MatterState(val detail: MatterDetail, val isNew: Boolean, val deed: MatterDeed? = null, val words: String = "", val brought: Set<String> = emptySet())

sealed interface MatterEvent {
    data class Begin(val deed: MatterDeed) : MatterEvent
    data class Write(val words: String) : MatterEvent
    data class Tick(val paper: String) : MatterEvent
    data object Save : MatterEvent
    data object Undo : MatterEvent
    data object Tell : MatterEvent
    data object Feedback : MatterEvent
    data object Rate : MatterEvent
    data object Propose : MatterEvent
    data object Back : MatterEvent
}

class MatterPresenter(work: Work, private val go: Navigator, private val saved: LastSaved, private val id: String) : Presenter<MatterState, MatterEvent>(work) {
    private var deed: MatterDeed? = null
    private var words = ""
    private var brought = emptySet<String>()

    init {
        if (saved.isStill(id)) later(LastSaved.UNDO_MS) {
            saved.forget()
            if (isLoaded) reload()
        }
    }

    override fun load(core: Core) = MatterState(core.matters.matter(id), saved.isStill(id), deed, words, brought)

    override fun on(event: MatterEvent) {
        when (event) {
            is MatterEvent.Begin -> {
                deed = event.deed
                reload()
            }
            is MatterEvent.Write -> {
                words = event.words
                show(state.copy(words = words))
            }
            is MatterEvent.Tick -> {
                brought = brought.toggled(event.paper)
                show(state.copy(brought = brought))
            }
            MatterEvent.Save -> save()
            MatterEvent.Undo -> ask({ saved.takeBack(it) }) { go.instead(Place(Kind.NEW_MATTER, state.detail.matter.door)) }
            MatterEvent.Tell -> go.open(Place(Kind.TELL, state.detail.matter.door))
            MatterEvent.Feedback -> go.open(Place(Kind.FEEDBACK, id))
            MatterEvent.Propose -> go.open(Place(Kind.PROPOSE, "${state.detail.matter.door} $id"))
            MatterEvent.Rate -> go.open(Place(Kind.RATING, id))
            MatterEvent.Back -> if (deed == null) go.back() else leave()
        }
    }

    private fun save() {
        val (now, said, papers) = Triple(deed, words, brought)
        when {
            now != null -> act { core ->
                when (now) {
                    MatterDeed.NOTE -> core.matters.note(id, said)
                    MatterDeed.URGE -> core.matters.urge(id, said)
                    MatterDeed.SOLVE -> core.matters.solve(id, said)
                }
                deed = null
                words = ""
            }
            papers.isNotEmpty() -> act {
                it.matters.papers(id, papers.toList(), emptyList())
                brought = emptySet()
            }
            else -> go.back()
        }
    }

    /** What was typed stays until something else is begun. */
    private fun leave() {
        deed = null
        reload()
    }
}
