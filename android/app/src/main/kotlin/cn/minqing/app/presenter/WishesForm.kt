package cn.minqing.app.presenter

import cn.minqing.app.model.*

enum class WishField { REMARK, LIFT, NEEDS, TIMES }

/** Parts of a day as people agree on them, in minutes of the day. */
enum class DayPart(val from: Int, val until: Int) { MORNING(8 * 60, 12 * 60), AFTERNOON(14 * 60, 18 * 60), EVENING(18 * 60, 21 * 60) }

data class WishesState(val form: FormDraft, val home: Household, val needs: List<Term>) {
    val remark get() = form.fields[WishField.REMARK.name] ?: home.door.note
    val lift: Boolean? get() = if (form[WishField.LIFT.name].isEmpty()) home.wishes.lift else form[WishField.LIFT.name] == PersonState.YES
    val knownNeeds get() = home.wishes.needs.map { it.code }.toSet()

    val week get() = (1..WEEK).flatMap { day -> DayPart.entries.map { Span(day, it.from, it.until) } }

    /** What else was wished. */
    val odd get() = home.wishes.spans.filter { span -> DayPart.entries.none { it.from == span.from && it.until == span.until } }

    fun isWished(span: Span) = form.switched(WishField.TIMES.name)[word(span)] ?: (span in home.wishes.spans)
    fun isNeeded(need: Term) = form.switched(WishField.NEEDS.name)[need.code] ?: (need.code in knownNeeds)

    companion object {
        private const val WEEK = 7
        fun word(span: Span) = "${span.weekday}:${span.from}-${span.until}"
    }
}

sealed interface WishesEvent {
    data class Remark(val words: String) : WishesEvent
    data class Lift(val there: Boolean) : WishesEvent
    data class Need(val code: String) : WishesEvent
    data class Time(val span: Span) : WishesEvent
    data object Save : WishesEvent
    data object Back : WishesEvent
}

/** 怎么上门: what to know before one comes, when, and who. */
class WishesPresenter(work: Work, private val go: Navigator, door: String) : FormPresenter<WishesState, WishesEvent>(work, DraftKind.WISHES, door) {
    private val form get() = state.form

    override fun load(core: Core) = WishesState(begun(core, key), core.doors.household(key), core.words.choices("door-need"))

    override fun on(event: WishesEvent) = when (event) {
        is WishesEvent.Remark -> keep(form.with(WishField.REMARK.name, event.words))
        is WishesEvent.Lift -> keep(form.with(WishField.LIFT.name, if (event.there) PersonState.YES else PersonState.NO))
        is WishesEvent.Need -> keep(form.switch(WishField.NEEDS.name, event.code, state.needs.none { it.code == event.code && state.isNeeded(it) }))
        is WishesEvent.Time -> keep(form.switch(WishField.TIMES.name, WishesState.word(event.span), !state.isWished(event.span)))
        WishesEvent.Save -> save()
        WishesEvent.Back -> go.back()
    }

    private fun keep(form: FormDraft) = keep(form, state.copy(form = form))

    private fun save() {
        if (form.fields.isEmpty()) return go.back()
        val all = state
        done({ core ->
            all.form.fields[WishField.REMARK.name]?.let { core.doors.remark(key, it.trim()) }
            all.edit()?.let { core.doors.wish(key, it) }
        }) { go.back() }
    }

    private fun WishesState.edit(): WishEdit? {
        val needs = form.switched(WishField.NEEDS.name)
        val times = form.switched(WishField.TIMES.name).let { switched -> (week + odd).mapNotNull { span -> switched[WishesState.word(span)]?.let { span to it } } }
        val lift = lift.takeIf { form[WishField.LIFT.name].isNotEmpty() }
        if (lift == null && needs.isEmpty() && times.isEmpty()) return null
        val known = home.wishes.spans.toSet()
        fun spans(on: Boolean) = times.filter { (_, isOn) -> isOn == on }.map { it.first }
        return WishEdit(lift, needs.filterValues { it }.keys - knownNeeds, needs.filterValues { !it }.keys intersect knownNeeds, spans(true) - known, spans(false).filter { it in known })
    }
}
