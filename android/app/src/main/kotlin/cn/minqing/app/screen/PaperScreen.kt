package cn.minqing.app.screen

import cn.minqing.app.R
import cn.minqing.app.presenter.PaperEvent
import cn.minqing.app.presenter.PaperState
import cn.minqing.app.view.*

/** 照纸补记: the row's QR, whether the door opened, and what was said. */
class PaperScreen(frame: Frame) : PlainScreen<PaperState, PaperEvent>(frame) {

    override fun render(state: PaperState) {
        val missing = said(if (state.isRead) R.string.choose_first else R.string.paper_first)
        head(said(R.string.paper_round), said(R.string.paper_round_more), warn = if (state.isMissing) missing else null)
        field(said(R.string.q_words), state.note, MANY_LINES, said(R.string.note_hint)) { emit(PaperEvent.Write(it)) }
        sections(
            listOf(
                Section(
                    said(R.string.paper_row),
                    listOf(Row(said(if (state.isRead) R.string.paper_read else R.string.paper_scan), if (state.isRead) said(R.string.paper_scan_anew) else null, taken(context, state.isRead), icon = R.drawable.ic_camera, chosen = state.isRead, tap = { emit(PaperEvent.Scan) })),
                ),
                Section(said(R.string.q_outcome), state.outcomes.map { Row(it.said, null, taken(context, state.outcome == it.code), icon = VisitWords.icon(it.code), chosen = state.outcome == it.code, tap = { emit(PaperEvent.Choose(it.code)) }) }),
            ),
        )
        frame.back { emit(PaperEvent.Back) }
        frame.primary(said(R.string.save)) { emit(PaperEvent.Save) }
    }

    override fun back() = true.also { emit(PaperEvent.Back) }
}
