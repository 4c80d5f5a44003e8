package cn.minqing.app.bridge

import cn.minqing.app.model.Attachment
import cn.minqing.app.model.Form
import cn.minqing.app.model.FormRow
import cn.minqing.app.model.NewVisit
import cn.minqing.app.model.Question
import cn.minqing.app.model.Ready
import cn.minqing.app.model.Survey
import cn.minqing.app.model.Term
import cn.minqing.app.model.Visits
import cn.minqing.core.Answer
import cn.minqing.core.AttachmentRow
import cn.minqing.core.FollowUpEdit
import cn.minqing.core.Minqing
import cn.minqing.core.NewFollowUp
import cn.minqing.core.Said
import cn.minqing.core.VisitEdit
import cn.minqing.core.NewVisit as CoreNewVisit
import cn.minqing.core.Survey as CoreSurvey
import java.io.File

class VisitsOf(private val store: Minqing, private val say: Say) : Visits {
    override fun visit(id: String) = past(say, store.visit(id))

    override fun today() = store.visitsToday().map { say.door(it.household) to past(say, it) }

    override fun record(visit: NewVisit, draft: String) = with(visit) {
        store.recordVisit(
            CoreNewVisit(
                household = door, purpose = purpose, outcome = outcome, note = note, followUps = promises.map { NewFollowUp(it.what, it.due) },
                with = with, attachments = files.map { it.core() }, survey = survey?.core(), draft = draft,
            ),
        )
    }

    override fun enter(paper: String, outcome: String, note: String) =
        store.visitFromPaper(paper, CoreNewVisit(purpose = "routine", outcome = outcome, note = note))

    override fun takeBack(record: String) = store.takeBack(record)
    override fun edit(visit: String, note: String) = store.editVisit(visit, VisitEdit(note = note))
    override fun attach(record: String, file: Ready) {
        store.addAttachment(record, file.core())
    }

    override fun tick(promise: String) = store.editFollowUp(promise, FollowUpEdit(done = true))
    /** What the camera left is not kept beside: it says where and when. */
    override fun prepare(path: String, keepPlace: Boolean) = store.prepare(path, keepPlace).model().also { File(path).delete() }

    override fun attachments(record: String) = store.attachments(record).map { attachment(say, it) }

    override fun forms() = store.forms().map { FormRow(it.id, it.version.toInt(), said(it.title), it.questions.toInt()) }

    override fun form(of: FormRow) = store.form(of.id, of.version.toUInt()).let { form ->
        Form(
            of,
            form.questions.map { q ->
                Question(
                    q.id, said(q.title), q.kind, q.required, q.choices.map { Term(it.word, said(it.title)) }, q.min, q.max,
                    q.`when`?.let { it.question to it.oneOf },
                )
            },
        )
    }

    override fun asked(survey: Survey) = form(survey.form).questions.associateBy { it.id }.let { all -> store.questionsAsked(survey.core()).map(all::getValue) }

    private fun said(both: Said) = if (say.lang == "en") both.en else both.zh

    private fun Survey.core() = CoreSurvey(form.id, form.version.toUInt(), answers.map { (question, values) -> Answer(question, values) })
}

fun attachment(say: Say, row: AttachmentRow) = Attachment(row.id, row.media.startsWith("audio/"), row.path, row.thumbnail, say.fileState(row.state))
