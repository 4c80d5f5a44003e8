package cn.minqing.app.presenter

import cn.minqing.app.model.*

/** [words]: the note as it is being changed; nothing while it is not. */
data class PastState(val visit: Past, val door: Door?, val files: List<Attachment>, val form: FormDraft, val refusesPhotos: Boolean, val recording: Boolean = false) {
    val words get() = form.fields[WORDS]

    companion object {
        const val WORDS = "text"
    }
}

sealed interface PastEvent {
    data object Change : PastEvent
    data class Write(val words: String) : PastEvent
    data object Speak : PastEvent
    data object Photograph : PastEvent
    data object Save : PastEvent
    data object Back : PastEvent
}

/** A visit that was recorded: what was left out is filled in later. */
class PastPresenter(work: Work, private val phone: Phone, private val go: Navigator, visit: String) :
    FormPresenter<PastState, PastEvent>(work, DraftKind.PAST, visit), Takes {
    private var recording = false

    override fun load(core: Core): PastState {
        val visit = core.visits.visit(key)
        val home = core.doors.household(visit.door)
        return PastState(visit, home.door, core.visits.attachments(key), begun(core, visit.door), home.refusesPhotos, recording)
    }

    /** What is being typed is newer than any list. */
    override fun changed() {
        if (!isLoaded || state.words == null) reload()
    }

    override fun on(event: PastEvent) {
        when (event) {
            PastEvent.Change -> keep(state.visit.note)
            is PastEvent.Write -> keep(event.words)
            PastEvent.Photograph -> phone.photograph()
            PastEvent.Speak -> {
                if (recording) phone.stopRecording()
                recording = !recording && phone.record()
                show(state.copy(recording = recording))
            }
            PastEvent.Save -> save()
            PastEvent.Back -> go.back()
        }
    }

    override fun photo(path: String) = take(path)
    override fun voice(path: String) = take(path)

    private fun take(path: String) = ask({ core ->
        core.visits.attach(key, core.visits.prepare(path, false))
        load(core)
    }, then = ::show)

    private fun keep(words: String) = state.form.with(PastState.WORDS, words).let { keep(it, state.copy(form = it)) }

    private fun save() {
        val words = state.words ?: return go.back()
        if (words == state.visit.note) return done({ }) { go.back() }
        done({ it.visits.edit(key, words.trim()) }) { go.back() }
    }
}
