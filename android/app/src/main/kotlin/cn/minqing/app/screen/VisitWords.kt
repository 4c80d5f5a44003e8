package cn.minqing.app.screen

import android.content.Context
import cn.minqing.app.R
import cn.minqing.app.model.Question
import cn.minqing.app.model.Ready
import cn.minqing.app.presenter.FollowUp
import cn.minqing.app.presenter.MANY
import cn.minqing.app.presenter.PHOTO
import cn.minqing.app.presenter.Step
import cn.minqing.app.presenter.VisitState
import cn.minqing.app.view.Row
import cn.minqing.app.view.count
import cn.minqing.app.view.lines
import cn.minqing.app.view.listed

/** Words and icons for the codes of a visit. */
object VisitWords {
    fun question(step: Step): Int = when (step) {
        Step.OUTCOME -> R.string.q_outcome
        Step.WORDS -> R.string.q_words
        Step.PEOPLE -> R.string.q_people
        Step.SURVEY -> R.string.q_survey
        Step.FOLLOW_UP -> R.string.q_follow_up
        Step.PROMISE -> R.string.q_promise
        Step.SUMMARY -> R.string.q_summary
    }

    fun hint(state: VisitState): Int? = when (state.step) {
        Step.WORDS -> if (state.refusesPhotos) R.string.hint_no_photos else R.string.hint_words
        Step.PEOPLE -> R.string.hint_people
        Step.FOLLOW_UP -> R.string.hint_follow_up
        Step.PROMISE -> R.string.hint_promise
        else -> null
    }

    /** How far in the form, and what may be answered. */
    fun hint(context: Context, question: Question, state: VisitState): String = lines(
        context.getString(R.string.survey_at, state.asking.at + 1, state.asking.asked.size),
        when {
            question.kind == PHOTO && state.refusesPhotos -> context.getString(R.string.hint_no_photos)
            question.kind == MANY && question.max != null -> context.count(R.plurals.survey_most, question.max.toInt())
            else -> null
        },
        if (question.isRequired) null else context.getString(R.string.may_be_empty),
    )

    fun fieldHint(context: Context, question: Question): String = when {
        question.kind == "date" -> context.getString(R.string.date_hint)
        question.kind == "number" && question.min != null && question.max != null -> context.getString(R.string.number_hint, question.min, question.max)
        else -> context.getString(R.string.answer_hint)
    }

    fun icon(outcome: String) = when (outcome) {
        VisitState.TALKED -> R.drawable.ic_folk
        "nobody_in" -> R.drawable.ic_knock
        else -> R.drawable.ic_cross
    }

    /** What then happens. */
    fun more(context: Context, outcome: String): String = context.getString(
        when (outcome) {
            VisitState.TALKED -> R.string.outcome_talked_more
            "nobody_in" -> R.string.outcome_nobody_more
            else -> R.string.outcome_refused_more
        },
    )

    fun of(up: FollowUp) = when (up) {
        FollowUp.NONE -> Triple(R.drawable.ic_door, R.string.follow_none, R.string.follow_none_more)
        FollowUp.PROMISE -> Triple(R.drawable.ic_info, R.string.follow_promise, R.string.follow_promise_more)
    }

    fun icon(file: Ready) = if (file.isVoice) R.drawable.ic_mic else R.drawable.ic_camera

    fun file(context: Context, file: Ready): String =
        context.getString(if (file.isVoice) R.string.voice_kept else R.string.photo_kept, maxOf(1, file.bytes / KIB))

    fun summary(context: Context, state: VisitState): List<Row> = with(state.visit) {
        val outcome = state.outcomes.firstOrNull { it.code == outcome }
        val files = files.map { file(context, it) }
        val said = lines(note, *files.toTypedArray()).ifEmpty { context.getString(R.string.left_empty) }
        val met = state.people.filter { it.id in seen }.map { it.name }
        val up = FollowUp.entries.firstOrNull { it.name == followUp }?.let(::of)
        listOfNotNull(
            outcome?.let { Row(it.said, icon = icon(it.code)) },
            Row(context.getString(R.string.q_words), said, icon = R.drawable.ic_draft),
            if (met.isEmpty()) null else Row(context.getString(R.string.people_seen), context.listed(met), icon = R.drawable.ic_person),
            survey?.let { Row(it.form.title, context.count(R.plurals.survey_answered, it.answers.size), icon = R.drawable.ic_paper) },
            up?.let { (icon, words, more) ->
                val promised = if (followUp == FollowUp.PROMISE.name) lines(promise.what, state.days.firstOrNull { it.first == promise.due }?.second) else ""
                Row(context.getString(words), promised.ifEmpty { context.getString(more) }, icon = icon)
            },
        )
    }

    private const val KIB = 1024
}
