package cn.minqing.app.presenter

import cn.minqing.app.model.*
import cn.minqing.app.presenter.Place.Kind

/** One thought per screen. A door that stayed shut needs the first, the words and the last only. */
enum class Step { OUTCOME, WORDS, PEOPLE, SURVEY, FOLLOW_UP, PROMISE, SUMMARY }

/** What is to be done next. */
enum class FollowUp { NONE, PROMISE }

data class VisitState(
    val visit: VisitDraft, val door: Door, val people: List<Person>, val outcomes: List<Term>, val days: List<Pair<String, String>>,
    val step: Step = Step.OUTCOME, val savedAt: String = "", val mustChoose: Boolean = false, val recording: Boolean = false, val busy: Boolean = false,
    val refusesPhotos: Boolean = false,
    val asking: Asking = Asking(emptyList()),
) {
    val talked get() = visit.outcome == TALKED || visit.outcome.isEmpty()
    val steps: List<Step>
        get() = Step.entries.filter {
            when (it) {
                Step.SURVEY -> talked && asking.forms.isNotEmpty()
                Step.PROMISE -> talked && visit.followUp == FollowUp.PROMISE.name
                else -> talked || it in SHUT
            }
        }

    /** What was answered to the question that is asked. */
    val answer get() = asking.question?.let { visit.survey?.answers?.get(it.id) } ?: emptyList()

    /** What this page must not be left without. */
    val lacks
        get() = when (step) {
            Step.OUTCOME -> visit.outcome.isEmpty()
            Step.SURVEY -> asking.question?.isRequired == true && answer.isEmpty()
            Step.PROMISE -> visit.promise.what.isBlank()
            else -> false
        }
    val number get() = steps.indexOf(step) + 1

    companion object {
        const val TALKED = "talked"
        private val SHUT = setOf(Step.OUTCOME, Step.WORDS, Step.SUMMARY)
    }
}

sealed interface VisitEvent {
    data class Choose(val outcome: String) : VisitEvent
    data class Write(val note: String) : VisitEvent
    data object Speak : VisitEvent
    data object Photograph : VisitEvent
    data class Drop(val file: Ready) : VisitEvent
    data class See(val person: String) : VisitEvent
    data class Ask(val form: FormRow?) : VisitEvent
    data class Answer(val values: List<String>) : VisitEvent
    data class Follow(val up: FollowUp) : VisitEvent
    data class Promise(val what: String) : VisitEvent
    data class By(val day: String) : VisitEvent
    data object Next : VisitEvent
    data object Back : VisitEvent
}

class VisitPresenter(work: Work, private val phone: Phone, private val go: Navigator, private val saved: LastSaved, private val door: String) :
    Presenter<VisitState, VisitEvent>(work), Takes {
    private var draft = ""
    private val visit get() = state.visit

    override fun load(core: Core): VisitState {
        val kept = core.drafts.visit(door)
        draft = kept?.id ?: ""
        val home = core.doors.household(door)
        val visit = kept?.content ?: VisitDraft(door)
        return VisitState(
            visit, home.door, home.people.filter { !it.movedOut }, core.words.choices("outcome"), daysAhead(core.words),
            refusesPhotos = home.refusesPhotos, asking = Asking(core.visits.forms()),
        )
    }

    /** What is being filled in is newer than any list. */
    override fun changed() = Unit

    override fun on(event: VisitEvent) {
        when (event) {
            is VisitEvent.Choose -> keep(visit.copy(outcome = event.outcome))
            is VisitEvent.Write -> keep(visit.copy(note = event.note))
            VisitEvent.Speak -> speak()
            VisitEvent.Photograph -> phone.photograph()
            is VisitEvent.Drop -> drop(event.file)
            is VisitEvent.Ask -> keep(visit.copy(survey = event.form?.let { form -> visit.survey?.takeIf { it.form == form } ?: Survey(form, emptyMap()) }))
            is VisitEvent.Answer -> answer(event.values)
            is VisitEvent.See -> keep(visit.copy(seen = visit.seen.toggled(event.person)))
            is VisitEvent.Follow -> keep(visit.copy(followUp = event.up.name))
            is VisitEvent.Promise -> keep(visit.copy(promise = visit.promise.copy(what = event.what)))
            is VisitEvent.By -> keep(visit.copy(promise = visit.promise.copy(due = event.day)))
            VisitEvent.Next -> next()
            VisitEvent.Back -> before()
        }
    }

    /** Every field is in the store before the finger has left the screen. */
    private fun keep(visit: VisitDraft) {
        if (visit == this.visit || isFinished) return
        show(state.copy(visit = visit, mustChoose = false))
        ask({ core ->
            draft = core.drafts.keep(draft, visit)
            core.words.at(core.words.now())
        }) { show(state.copy(savedAt = it)) }
    }

    private fun speak() {
        if (state.recording) phone.stopRecording()
        show(state.copy(recording = !state.recording && phone.record()))
    }

    override fun photo(path: String) = take(path)
    override fun voice(path: String) = take(path)

    private fun take(path: String) {
        if (isLoaded) show(state.copy(busy = true, recording = false))
        ask({ it.visits.prepare(path, false) }, { show(state.copy(busy = false)) }) { file ->
            show(state.copy(busy = false))
            keep(visit.copy(files = visit.files + file))
            if (state.step == Step.SURVEY && state.asking.question?.kind == PHOTO) answer(listOf(file.sha256))
        }
    }

    /** A file that answers a question takes its answer along. */
    private fun drop(file: Ready) {
        val survey = visit.survey?.let { survey -> survey.copy(answers = survey.answers.filterValues { file.sha256 !in it }) }
        keep(visit.copy(files = visit.files - file, survey = survey))
    }

    private fun answer(values: List<String>) {
        val question = state.asking.question ?: return
        keep(visit.copy(survey = visit.survey?.answered(question, values)))
    }

    private fun next() = when {
        state.busy -> Unit
        state.lacks -> show(state.copy(mustChoose = true))
        state.step == Step.SUMMARY -> save()
        state.step == Step.SURVEY && visit.survey != null -> ask()
        else -> forth()
    }

    private fun forth() = show(state.copy(step = state.steps[state.number], mustChoose = false))

    private fun before() = with(state.asking) {
        when {
            state.step == Step.SURVEY && at > Asking.CHOOSING -> show(state.copy(asking = copy(at = at - 1), mustChoose = false))
            state.number == 1 -> go.back()
            else -> show(state.copy(step = state.steps[state.number - 2], mustChoose = false))
        }
    }

    /** The next question, as the answers so far have it; core judges them. */
    private fun ask() {
        val survey = visit.survey ?: return
        val at = state.asking.at + 1
        ask({ it.visits.asked(survey) }) { asked ->
            keep(visit.copy(survey = survey.only(asked)))
            if (at < asked.size) show(state.copy(asking = state.asking.copy(asked = asked, at = at), mustChoose = false)) else forth()
        }
    }

    private fun save() {
        val kept = visit
        val names = state.people.filter { it.id in kept.seen }.map { it.name }
        finish({ it.visits.record(record(kept, names), draft) }) { id ->
            saved.visit(id, kept)
            go.home(Place(Kind.TODAY, id))
        }
    }

    /** Who was met stands before what was said: there is no field of its own for it. */
    private fun record(draft: VisitDraft, names: List<String>) = with(draft) {
        val promises = if (followUp == FollowUp.PROMISE.name && promise.what.isNotBlank()) listOf(promise) else emptyList()
        val said = if (names.isEmpty()) note else names.joinToString("、", "【", "】") + note
        NewVisit(door, purpose, outcome, said, emptyList(), files, promises, survey?.takeIf { it.answers.isNotEmpty() })
    }
}

/** The next days, each as `2026-09-21` and as people say it. */
fun daysAhead(words: Words, days: Int = 14): List<Pair<String, String>> {
    val today = words.now().day()
    return (1L..days).map { today.plusDays(it).toString() }.map { it to words.day(it) }
}

fun <T> Set<T>.toggled(item: T): Set<T> = if (item in this) this - item else this + item
