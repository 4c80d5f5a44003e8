package cn.minqing.app.screen

import cn.minqing.app.R
import cn.minqing.app.presenter.MatterDeed
import cn.minqing.app.presenter.MatterEvent
import cn.minqing.app.presenter.MatterState
import cn.minqing.app.view.*

/** A matter: the code to give to the resident, by when it is due, what may be done here, what may be read out, and what happened. */
class MatterScreen(frame: Frame) : PlainScreen<MatterState, MatterEvent>(frame) {

    override fun render(state: MatterState) {
        val detail = state.detail
        val matter = detail.matter
        head(matter.category.said, lines(matter.text, context.listed(listOf(matter.state.said, detail.handling?.said ?: ""))), matter.plate, warn = due(state), lamp = mark(detail.lamp).icon)
        val deed = state.deed
        if (deed == null) noField() else field(said(label(deed)), state.words, MANY_LINES) { emit(MatterEvent.Write(it)) }
        sections(
            listOf(
                Section(said(R.string.code_to_give), listOf(Row(large(matter.code), said(R.string.code_to_give_more), state = mark(matter.status), icon = R.drawable.ic_info))),
                Section(said(R.string.saved), if (state.isNew) listOf(Row(said(R.string.undo), said(R.string.undo_matter), icon = R.drawable.ic_back, tap = { emit(MatterEvent.Undo) })) else emptyList()),
                Section(said(R.string.public_text), if (detail.publicReply.isEmpty()) emptyList() else listOf(Row(detail.publicReply, icon = R.drawable.ic_board))),
                Section(said(R.string.papers), papers(state)),
                Section(said(R.string.files), detail.files.map { fileRow(context, it) }),
                Section(said(R.string.can_do), if (deed == null) moves(state) else emptyList()),
            ),
        )
        facts(detail.events.reversed().map { lines(context.listed(listOf(it.at, context.who(it.mine), it.status.said))) to lines(it.what.said, it.text, it.refused) })
        frame.back { emit(MatterEvent.Back) }
        frame.primary(said(if (deed != null) R.string.save else if (state.brought.isNotEmpty()) R.string.papers_brought else R.string.matter_done)) { emit(MatterEvent.Save) }
    }

    private fun due(state: MatterState): String? {
        val due = state.detail.due
        return when {
            due != null -> lines(said(R.string.due_by, due.said), context.words(due), if (state.detail.isProvisional) said(R.string.provisional) else null)
            state.detail.matter.isPending -> said(R.string.after_sync)
            else -> null
        }
    }

    private fun papers(state: MatterState) = state.detail.papers.map { paper ->
        val ticked = paper.isTicked || paper.id in state.brought
        Row(paper.name, if (paper.isTicked) said(R.string.paper_here) else null, taken(context, ticked), icon = R.drawable.ic_paper, chosen = ticked, tap = if (paper.isTicked) null else ({ emit(MatterEvent.Tick(paper.id)) }))
    } + if (state.brought.isEmpty() || state.refusesPhotos) emptyList() else listOf(photograph(R.string.photo_papers, state.photos.size))

    private fun moves(state: MatterState): List<Row> {
        val may = state.detail.moves.map { it.code }
        return listOfNotNull(
            Row(said(R.string.do_feedback), said(R.string.do_feedback_more), icon = R.drawable.ic_folk, heavy = true, tap = { emit(MatterEvent.Feedback) }).takeIf { "feedback" in may },
            Row(said(R.string.do_rate), said(R.string.do_rate_more), icon = R.drawable.ic_diamond, heavy = true, tap = { emit(MatterEvent.Rate) }).takeIf { "rate" in may },
            Row(said(R.string.tell_here), icon = R.drawable.ic_board, tap = { emit(MatterEvent.Tell) }).takeIf { state.detail.publicReply.isNotEmpty() && state.detail.matter.door.isNotEmpty() },
            move(R.string.do_solve, R.drawable.ic_tick, MatterDeed.SOLVE).takeIf { "solve_on_spot" in may },
            Row(said(R.string.propose), said(R.string.propose_more), icon = R.drawable.ic_cal, tap = { emit(MatterEvent.Propose) }).takeIf { state.detail.matter.door.isNotEmpty() },
            photograph(R.string.photo_matter, 0).takeIf { "note" in may && state.brought.isEmpty() && !state.refusesPhotos },
            move(R.string.do_note, R.drawable.ic_draft, MatterDeed.NOTE).takeIf { "note" in may },
            move(R.string.do_edit, R.drawable.ic_text, MatterDeed.EDIT).takeIf { "note" in may },
            move(R.string.do_urge, R.drawable.ic_clock, MatterDeed.URGE).takeIf { "ask_order" in may },
        )
    }

    private fun photograph(words: Int, taken: Int) =
        Row(said(words), if (taken == 0) null else context.count(R.plurals.photos_taken, taken), icon = R.drawable.ic_camera, tap = { emit(MatterEvent.Photograph) })

    private fun move(words: Int, icon: Int, deed: MatterDeed) = Row(said(words), icon = icon, tap = { emit(MatterEvent.Begin(deed)) })

    private fun label(deed: MatterDeed) = when (deed) {
        MatterDeed.NOTE -> R.string.label_note
        MatterDeed.URGE -> R.string.label_urge
        MatterDeed.SOLVE -> R.string.label_solve
        MatterDeed.EDIT -> R.string.q_matter
    }

    override fun back() = true.also { emit(MatterEvent.Back) }
}
