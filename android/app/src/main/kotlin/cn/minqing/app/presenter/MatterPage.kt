package cn.minqing.app.presenter

import cn.minqing.app.model.*
import cn.minqing.app.presenter.Place.Kind

/** What an officer does on the page of a matter by writing a sentence. */
enum class MatterDeed { NOTE, URGE, SOLVE, EDIT }

/** [isNew]: registered just now, so that it can be taken back for a few seconds. */
data class MatterState(val detail: MatterDetail, val isNew: Boolean, val form: FormDraft, val refusesPhotos: Boolean = false) {
    val deed get() = MatterDeed.entries.firstOrNull { it.name == form[DEED] }
    val words get() = deed?.let { form[it.name] } ?: ""

    /** Papers ticked and not yet saved, and photos of them. */
    val brought get() = form.switched(BROUGHT).filterValues { it }.keys
    val photos get() = form.files

    companion object {
        const val DEED = "deed"
        const val BROUGHT = "brought"
    }
}

sealed interface MatterEvent {
    data class Begin(val deed: MatterDeed) : MatterEvent
    data class Write(val words: String) : MatterEvent
    data class Tick(val paper: String) : MatterEvent
    data object Photograph : MatterEvent
    data object Save : MatterEvent
    data object Undo : MatterEvent
    data object Tell : MatterEvent
    data object Feedback : MatterEvent
    data object Rate : MatterEvent
    data object Propose : MatterEvent
    data object Back : MatterEvent
}

class MatterPresenter(work: Work, private val phone: Phone, private val go: Navigator, private val saved: LastSaved, private val id: String) :
    FormPresenter<MatterState, MatterEvent>(work, DraftKind.DEED, id), Takes {
    init {
        if (saved.isStill(id)) later(LastSaved.UNDO_MS) {
            saved.forget()
            if (isLoaded) reload()
        }
    }

    override fun load(core: Core): MatterState {
        val detail = core.matters.matter(id)
        val door = detail.matter.door
        return MatterState(detail, saved.isStill(id), begun(core, door), core.doors.refusesPhotos(door))
    }

    /** What is being typed is newer than any list. */
    override fun changed() {
        if (!isLoaded || state.deed == null) reload()
    }

    override fun on(event: MatterEvent) {
        when (event) {
            is MatterEvent.Begin -> begin(event.deed)
            is MatterEvent.Write -> state.deed?.let { keep(state.form.with(it.name, event.words)) }
            is MatterEvent.Tick -> keep(state.form.switch(MatterState.BROUGHT, event.paper, event.paper !in state.brought))
            MatterEvent.Photograph -> phone.photograph()
            MatterEvent.Save -> save()
            MatterEvent.Undo -> ask({ saved.takeBack(it) }) { go.instead(Place(Kind.NEW_MATTER, state.detail.matter.door)) }
            MatterEvent.Tell -> go.open(Place(Kind.TELL, state.detail.matter.door))
            MatterEvent.Feedback -> go.open(Place(Kind.FEEDBACK, id))
            MatterEvent.Propose -> go.open(Place(Kind.PROPOSE, "${state.detail.matter.door} $id"))
            MatterEvent.Rate -> go.open(Place(Kind.RATING, id))
            MatterEvent.Back -> if (state.deed == null) go.back() else keep(state.form.with(MatterState.DEED, ""))
        }
    }

    /** What was begun before and left stands there still. */
    private fun begin(deed: MatterDeed) {
        val form = state.form.with(MatterState.DEED, deed.name)
        keep(if (deed == MatterDeed.EDIT && form[deed.name].isEmpty()) form.with(deed.name, state.detail.matter.text) else form)
    }

    private fun keep(form: FormDraft) = keep(form, state.copy(form = form))

    /** Of papers, while they are being ticked; else of the matter. */
    override fun photo(path: String) {
        if (state.brought.isEmpty()) return ask({ core ->
            core.visits.attach(id, core.visits.prepare(path, phone.settings.places == true))
            load(core)
        }, then = ::show)
        ask({ it.visits.prepare(path, false) }) { keep(state.form.copy(files = state.form.files + it)) }
    }

    private fun save() {
        val (deed, words) = state.deed to state.words
        val (papers, pictures) = state.brought to state.photos
        when {
            deed != null -> done({ core -> write(core, deed, words) }, stays = true) { reload() }
            papers.isNotEmpty() -> done({ it.matters.papers(id, papers.toList(), pictures) }, stays = true) { reload() }
            else -> go.back()
        }
    }

    private fun write(core: Core, deed: MatterDeed, words: String) = when (deed) {
        MatterDeed.NOTE -> core.matters.note(id, words)
        MatterDeed.URGE -> core.matters.urge(id, words)
        MatterDeed.SOLVE -> core.matters.solve(id, words)
        MatterDeed.EDIT -> core.matters.edit(id, words)
    }
}
