package cn.minqing.app.screen

import android.view.ViewGroup
import android.widget.TextView
import cn.minqing.app.R
import cn.minqing.app.model.Cell
import cn.minqing.app.model.DoorMark
import cn.minqing.app.model.Stairwell
import cn.minqing.app.presenter.StairwellEvent
import cn.minqing.app.presenter.StairwellState
import cn.minqing.app.view.*

/** The map officers think in: a stairwell's floors, each door with colour, mark and word. */
class StairwellScreen(frame: Frame) : Screen<StairwellState, StairwellEvent>(frame, R.layout.page_stairwell) {

    override fun render(state: StairwellState) {
        val chosen = state.chosen
        page.text(R.id.building).text = unbroken(chosen?.plate ?: context.getString(R.string.no_doors))
        page.text(R.id.empty).visible = chosen == null
        val choices = (state.buildings.filter { it !in state.beside } + state.beside).filter { state.all.size > 1 }
        page.view<ViewGroup>(R.id.stairwells).choices(choices.map { choice(it, it == chosen) })
        page.view<StairwellGrid>(R.id.grid).apply {
            onTap = { room -> state.cells.firstOrNull { it.label == room }?.let { emit(StairwellEvent.Open(it.door)) } }
            show(state.fromTop.map { floor -> GridFloor(context.getString(R.string.floor, floor.name), floor.cells.map(::cell)) })
        }
        page.view<ViewGroup>(R.id.legend).each(DoorMark.entries.filter { it in state.counts }, R.layout.legend) { view, mark ->
            val words = context.mark(mark)
            val counted = context.getString(R.string.count_of, words.words, state.counts.getValue(mark))
            (view as TextView).show(words.copy(words = counted, colour = R.attr.soft))
        }
        val beside = state.cells.firstOrNull()
        page.view<ViewGroup>(R.id.rows).rows(
            if (beside == null) emptyList() else listOf(Row(context.getString(R.string.new_door), context.getString(R.string.new_door_row), icon = R.drawable.ic_house, tap = { emit(StairwellEvent.NewDoor(beside.door)) })),
        )
        frame.back(null)
        val next = state.next
        frame.primary(if (next == null) context.getString(R.string.tab_today) else context.getString(R.string.next_door, next.label)) { next?.let { emit(StairwellEvent.Open(it.door)) } }
    }

    private fun choice(of: Stairwell, chosen: Boolean) = Choice(unbroken(of.plate), chosen = chosen) { emit(StairwellEvent.Choose(of)) }

    private fun cell(cell: Cell): GridCell {
        val mark = context.mark(cell.mark)
        val words = if (cell.mark == DoorMark.VISITED && cell.lastVisit.isNotEmpty()) cell.lastVisit else mark.words.toString()
        val described = lines(cell.label, mark.words.toString(), cell.lastVisit).replace('\n', ' ')
        return GridCell(cell.label, mark.copy(words = words), look(cell.mark), described)
    }

    private fun look(mark: DoorMark) = when (mark) {
        DoorMark.VISITED -> CellLook(R.attr.wash, R.attr.act, R.attr.link)
        DoorMark.DUE -> CellLook(R.attr.sheet, R.attr.ink, R.attr.ink, heavy = true)
        DoorMark.FEEDBACK -> CellLook(R.attr.yellow_wash, R.attr.yellow_ink, R.attr.yellow_ink)
        DoorMark.NOBODY_IN -> CellLook(R.attr.sheet, R.attr.edge, R.attr.soft)
        DoorMark.REFUSED -> CellLook(R.attr.sunk, R.attr.edge, R.attr.soft, dashed = true)
        DoorMark.NONE -> CellLook(R.attr.wall, R.attr.line, R.attr.soft)
    }
}
