package cn.minqing.app.presenter

import cn.minqing.app.model.*
import cn.minqing.app.presenter.Place.Kind

/** One thought per screen; whether anybody is in danger comes first. */
enum class MatterStep { URGENT, CATEGORY, WORDS, AFFECTED, HANDLING, SLIP, SUMMARY }

data class NewMatterState(
    val matter: MatterDraft, val door: Door, val emergencies: List<Emergency>, val kinds: List<Term>, val categories: List<Term>, val affected: List<Term>,
    val refusesPhotos: Boolean, val step: MatterStep = MatterStep.URGENT, val savedAt: String = "", val isMissing: Boolean = false, val recording: Boolean = false,
    val busy: Boolean = false, val asksPlace: Boolean = false,
) {
    val number get() = step.ordinal + 1
    val of get() = MatterStep.entries.size

    /** What this step must not be left without. */
    val lacks
        get() = when (step) {
            MatterStep.CATEGORY -> matter.category.isEmpty()
            MatterStep.WORDS -> matter.text.isBlank()
            MatterStep.AFFECTED -> matter.affected.isEmpty()
            MatterStep.HANDLING -> matter.handling == Handling.SOLVED && matter.solved.isBlank()
            else -> false
        }
}

sealed interface NewMatterEvent {
    data class Call(val emergency: Emergency?) : NewMatterEvent
    data class Sort(val kind: String) : NewMatterEvent
    data class Category(val code: String) : NewMatterEvent
    data class Write(val text: String) : NewMatterEvent
    data class Affects(val code: String) : NewMatterEvent
    data class At(val place: String) : NewMatterEvent
    data class Handle(val by: Handling) : NewMatterEvent
    data class Solved(val how: String) : NewMatterEvent
    data class Slip(val code: String) : NewMatterEvent
    data object Scan : NewMatterEvent
    data object Speak : NewMatterEvent
    data object Photograph : NewMatterEvent
    data class Places(val keep: Boolean) : NewMatterEvent
    data class Drop(val file: Ready) : NewMatterEvent
    data object Next : NewMatterEvent
    data object Back : NewMatterEvent
}

class NewMatterPresenter(work: Work, private val phone: Phone, private val go: Navigator, private val saved: LastSaved, private val door: String) :
    Presenter<NewMatterState, NewMatterEvent>(work), Takes {
    private var draft = ""

    /** A photo whose question waits. */
    private var held = ""
    private val matter get() = state.matter

    override fun load(core: Core): NewMatterState {
        val kept = core.drafts.matter(door)
        draft = kept?.id ?: ""
        val home = core.doors.household(door)
        return NewMatterState(
            kept?.content ?: MatterDraft(door), home.door, core.words.emergencies(), core.words.choices("matter-kind"), core.words.choices("category"),
            core.words.choices("affected"), home.refusesPhotos, asksPlace = held.isNotEmpty(),
        )
    }

    /** What is being filled in is newer than any list. */
    override fun changed() = Unit

    override fun on(event: NewMatterEvent) {
        when (event) {
            is NewMatterEvent.Call -> {
                keep(matter.copy(urgent = event.emergency?.code ?: ""))
                event.emergency?.let { phone.dial(it.telephone) }
            }
            is NewMatterEvent.Sort -> keep(matter.copy(kind = event.kind))
            is NewMatterEvent.Category -> keep(matter.copy(category = event.code))
            is NewMatterEvent.Write -> keep(matter.copy(text = event.text))
            is NewMatterEvent.Affects -> keep(matter.copy(affected = event.code))
            is NewMatterEvent.At -> keep(matter.copy(place = event.place))
            is NewMatterEvent.Handle -> keep(matter.copy(handling = event.by))
            is NewMatterEvent.Solved -> keep(matter.copy(solved = event.how))
            is NewMatterEvent.Slip -> keep(matter.copy(slip = event.code))
            NewMatterEvent.Scan -> phone.scan()
            NewMatterEvent.Speak -> {
                if (state.recording) phone.stopRecording()
                show(state.copy(recording = !state.recording && phone.record()))
            }
            NewMatterEvent.Photograph -> phone.photograph()
            is NewMatterEvent.Places -> {
                phone.settings = phone.settings.copy(places = event.keep)
                take(held, event.keep)
                held = ""
            }
            is NewMatterEvent.Drop -> keep(matter.copy(files = matter.files - event.file))
            NewMatterEvent.Next -> if (state.busy || state.asksPlace) Unit else if (state.lacks) show(state.copy(isMissing = true)) else next()
            NewMatterEvent.Back -> if (state.number == 1) go.back() else show(state.copy(step = MatterStep.entries[state.number - 2], isMissing = false))
        }
    }

    /** Every field is in the store before the finger has left the screen. */
    private fun keep(matter: MatterDraft) {
        if (matter == this.matter || isFinished) return
        show(state.copy(matter = matter, isMissing = false))
        ask({ core ->
            draft = core.drafts.keep(draft, matter)
            core.words.at(core.words.now())
        }) { show(state.copy(savedAt = it)) }
    }

    /** Whether photos say where they were taken is asked with the first. */
    override fun photo(path: String) {
        val places = phone.settings.places
        if (places != null) return take(path, places)
        held = path
        if (isLoaded) show(state.copy(asksPlace = true))
    }

    override fun voice(path: String) = take(path, keepPlace = false)

    override fun scanned(words: String) = keep(matter.copy(slip = slipCode(words)))

    private fun take(path: String, keepPlace: Boolean) {
        if (isLoaded) show(state.copy(busy = true, recording = false, asksPlace = false))
        ask({ it.visits.prepare(path, keepPlace) }, { show(state.copy(busy = false)) }) { file ->
            show(state.copy(busy = false))
            keep(matter.copy(files = matter.files + file))
        }
    }

    private fun next() {
        if (state.step != MatterStep.SUMMARY) return show(state.copy(step = MatterStep.entries[state.number], isMissing = false))
        val kept = matter
        finish({ core ->
            val id = core.matters.register(kept.new(), draft)
            kept.files.forEach { core.visits.attach(id, it) }
            id
        }) { id ->
            saved.matter(id, kept)
            go.instead(Place(Kind.MATTER, id))
        }
    }

    private fun MatterDraft.new() =
        NewMatter(door, kind, category, text, place, affected, urgent, slip, handling == Handling.ERRAND, if (handling == Handling.SOLVED) solved else "")
}

private val CODE = Regex("(?<![A-Za-z0-9])[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}(?=$|[?#&])")

/** A slip's QR says its code, alone or at the end of an address; what is neither stays as it is. */
fun slipCode(words: String) = words.trim().let { CODE.find(it)?.value ?: it }
