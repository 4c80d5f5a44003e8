package cn.minqing.app.screen

import android.text.InputType
import cn.minqing.app.R
import cn.minqing.app.model.Question
import cn.minqing.app.presenter.*
import cn.minqing.app.view.*

/** 新走访: one thought per page, every field kept at once. */
class VisitScreen(frame: Frame) : FormScreen<VisitState, VisitEvent>(frame) {

    override fun render(state: VisitState) {
        val step = state.step
        val question = state.asking.question.takeIf { step == Step.SURVEY }
        val error = if (!state.mustChoose) null else said(if (question != null) R.string.answer_first else if (step == Step.PROMISE) R.string.write_first else R.string.choose_first)
        head(
            step to question?.id, state.door.plate, state.number, state.steps.size, question?.title ?: said(VisitWords.question(step)),
            if (question != null) VisitWords.hint(context, question, state) else VisitWords.hint(state)?.let { said(it) }, error,
        )
        tools(tools(state, question), over = step == Step.WORDS)
        field(state, question)
        pictures(emptyList())
        rows(rows(state, question))
        kept(state.savedAt, state.busy)
        frame.back { emit(VisitEvent.Back) }
        frame.primary(said(if (step == Step.SUMMARY) R.string.save else R.string.next_step)) { emit(VisitEvent.Next) }
    }

    private fun field(state: VisitState, question: Question?) = when {
        state.step == Step.WORDS -> field(state.visit.note, said(R.string.note_hint)) { emit(VisitEvent.Write(it)) }
        state.step == Step.PROMISE -> field(state.visit.promise.what, said(R.string.promise_hint), LINE) { emit(VisitEvent.Promise(it)) }
        question?.isTyped == true -> field(state.answer.firstOrNull() ?: "", VisitWords.fieldHint(context, question), type(question)) { emit(VisitEvent.Answer(listOf(it.trim()).filter(String::isNotEmpty))) }
        else -> noField()
    }

    private fun type(question: Question) = when (question.kind) {
        "number" -> InputType.TYPE_CLASS_NUMBER
        "date" -> InputType.TYPE_CLASS_DATETIME or InputType.TYPE_DATETIME_VARIATION_DATE
        else -> SENTENCES
    }

    private fun rows(state: VisitState, question: Question?): List<Row> = when (state.step) {
        Step.OUTCOME -> state.outcomes.map { choice(VisitWords.icon(it.code), it.said, VisitWords.more(context, it.code), state.visit.outcome == it.code, VisitEvent.Choose(it.code)) }
        Step.WORDS -> files(state) { true }
        Step.PEOPLE -> state.people.map { who ->
            choice(R.drawable.ic_person, context.name(who), context.listed(who.needs.map { it.said }), who.id in state.visit.seen, VisitEvent.See(who.id))
        }
        Step.SURVEY -> if (question == null) forms(state) else answers(state, question)
        Step.FOLLOW_UP -> FollowUp.entries.map {
            val (icon, words, more) = VisitWords.of(it)
            choice(icon, said(words), said(more), state.visit.followUp == it.name, VisitEvent.Follow(it))
        }
        Step.PROMISE -> state.days.take(DAYS).map { (day, said) -> choice(R.drawable.ic_cal, said, "", state.visit.promise.due == day, VisitEvent.By(day)) }
        Step.SUMMARY -> VisitWords.summary(context, state)
    }

    private fun forms(state: VisitState) = listOf(choice(R.drawable.ic_door, said(R.string.survey_none), said(R.string.survey_none_more), state.visit.survey == null, VisitEvent.Ask(null))) +
        state.asking.forms.map { choice(R.drawable.ic_paper, it.title, context.count(R.plurals.survey_questions, it.questions), state.visit.survey?.form == it, VisitEvent.Ask(it)) }

    private fun answers(state: VisitState, question: Question) = when (question.kind) {
        PHOTO -> files(state) { it in state.answer }
        else -> question.choices.map { choice(0, it.said, "", it.code in state.answer, VisitEvent.Answer(question.chosen(state.answer, it.code))) }
    }

    private fun files(state: VisitState, which: (String) -> Boolean) = state.visit.files.filter { which(it.sha256) }.map { file ->
        Row(VisitWords.file(context, file), said(R.string.tap_to_drop), icon = VisitWords.icon(file), tap = { emit(VisitEvent.Drop(file)) })
    }

    private fun tools(state: VisitState, question: Question?) = when {
        state.step == Step.WORDS -> listOfNotNull(
            Choice(said(if (state.recording) R.string.speak_end else R.string.speak), R.drawable.ic_mic, state.recording) { emit(VisitEvent.Speak) },
            if (state.refusesPhotos) null else photograph(state.visit.files.any { !it.isVoice }),
            Choice(said(R.string.write), R.drawable.ic_draft, state.visit.note.isNotEmpty()) { write() },
        )
        question?.kind == PHOTO && !state.refusesPhotos -> listOf(photograph(state.answer.isNotEmpty()))
        question?.kind == "date" -> state.days.take(DAYS).map { (day, said) -> Choice(said, chosen = day in state.answer) { emit(VisitEvent.Answer(listOf(day))) } }
        else -> emptyList()
    }

    private fun photograph(chosen: Boolean) = Choice(said(R.string.photograph), R.drawable.ic_camera, chosen) { emit(VisitEvent.Photograph) }

    private val Question.isTyped get() = choices.isEmpty() && kind != PHOTO

    override fun back() = true.also { emit(VisitEvent.Back) }

    private companion object {
        const val DAYS = 6
    }
}
