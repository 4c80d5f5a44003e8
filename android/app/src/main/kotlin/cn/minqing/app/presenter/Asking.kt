package cn.minqing.app.presenter

import cn.minqing.app.model.FormRow
import cn.minqing.app.model.Question
import cn.minqing.app.model.Survey

/** The survey within a visit: forms to choose from; [asked] after the answers so far, one after the other; none while a form is chosen. */
data class Asking(val forms: List<FormRow>, val asked: List<Question> = emptyList(), val at: Int = CHOOSING) {
    val question get() = asked.getOrNull(at)

    companion object {
        const val CHOOSING = -1
    }
}

/** The answers with this one chosen; what was chosen is no more, where it may be left empty. */
fun Question.chosen(values: List<String>, value: String): List<String> = when {
    kind == MANY -> values.toSet().toggled(value).toList()
    value in values && !isRequired -> emptyList()
    else -> listOf(value)
}

/** Another answer to a question; no values: none. */
fun Survey.answered(question: Question, values: List<String>) = copy(answers = if (values.isEmpty()) answers - question.id else answers + (question.id to values))

/** Without answers to what is not asked after all. */
fun Survey.only(asked: List<Question>) = copy(answers = answers.filterKeys { id -> asked.any { it.id == id } })

const val MANY = "many"
const val PHOTO = "photo"
