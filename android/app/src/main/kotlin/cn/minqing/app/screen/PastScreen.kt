package cn.minqing.app.screen

import cn.minqing.app.R
import cn.minqing.app.model.Attachment
import cn.minqing.app.presenter.PastEvent
import cn.minqing.app.presenter.PastState
import cn.minqing.app.view.*

/** 一次走访: what was noted, with its photos and voice notes; the officer's own can be filled in. */
class PastScreen(frame: Frame) : PlainScreen<PastState, PastEvent>(frame) {

    override fun render(state: PastState) {
        val visit = state.visit
        head(visit.outcome.said, context.listed(listOf(visit.at, context.who(visit.mine))), state.door?.plate ?: "")
        val words = state.words
        if (words == null) noField() else field(said(R.string.q_words), words, MANY_LINES) { emit(PastEvent.Write(it)) }
        val mark = mark(visit.status)
        sections(
            listOf(
                Section(said(R.string.q_words), if (words != null) emptyList() else listOf(Row(visit.note.ifEmpty { said(R.string.left_empty) }, state = mark, icon = R.drawable.ic_draft, tap = if (visit.mine) ({ emit(PastEvent.Change) }) else null))),
                Section(said(R.string.files), state.files.map { fileRow(context, it) }),
                Section(said(R.string.fill_in), if (visit.mine) more(state) else emptyList()),
            ),
        )
        frame.back { emit(PastEvent.Back) }
        frame.primary(said(if (words == null) R.string.matter_done else R.string.save)) { emit(PastEvent.Save) }
    }

    private fun more(state: PastState) = listOfNotNull(
        Row(said(R.string.change_words), icon = R.drawable.ic_draft, tap = { emit(PastEvent.Change) }).takeIf { state.words == null },
        Row(said(R.string.photograph), icon = R.drawable.ic_camera, tap = { emit(PastEvent.Photograph) }).takeIf { !state.refusesPhotos },
        Row(said(if (state.recording) R.string.speak_end else R.string.speak), icon = R.drawable.ic_mic, tap = { emit(PastEvent.Speak) }),
    )

    override fun back() = true.also { emit(PastEvent.Back) }
}

/** A photo as it is, a voice note by its word; and whether it is at the office. */
fun fileRow(context: android.content.Context, file: Attachment) =
    Row(context.getString(if (file.isVoice) R.string.voice_note else R.string.photo), file.status, icon = if (file.isVoice) R.drawable.ic_mic else R.drawable.ic_camera, picture = file.thumbnail)
