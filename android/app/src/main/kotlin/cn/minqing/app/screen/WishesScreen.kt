package cn.minqing.app.screen

import cn.minqing.app.R
import cn.minqing.app.presenter.WishesEvent
import cn.minqing.app.presenter.WishesState
import cn.minqing.app.view.*

/** 怎么上门: the remark for whoever knocks next, the lift, who shall come, and when. */
class WishesScreen(frame: Frame) : PlainScreen<WishesState, WishesEvent>(frame) {

    override fun render(state: WishesState) {
        head(said(R.string.wishes), said(R.string.wishes_more), state.home.door.plate)
        field(said(R.string.remark), state.remark, MANY_LINES, said(R.string.remark_hint)) { emit(WishesEvent.Remark(it)) }
        choices(said(R.string.when_to_come), state.week.map { Choice(SpanWords.of(context, it), chosen = state.isWished(it)) { emit(WishesEvent.Time(it)) } })
        sections(
            listOf(
                Section(said(R.string.lift), listOf(true to R.string.lift_yes, false to R.string.lift_no).map { (there, words) -> choice(said(words), state.lift == there, WishesEvent.Lift(there)) }),
                Section(said(R.string.who_shall_come), state.needs.map { choice(it.said, state.isNeeded(it), WishesEvent.Need(it.code)) }),
                Section(said(R.string.other_times_wished), state.odd.map { choice(SpanWords.of(context, it), state.isWished(it), WishesEvent.Time(it)) }),
            ),
        )
        frame.back { emit(WishesEvent.Back) }
        frame.primary(said(R.string.save)) { emit(WishesEvent.Save) }
    }

    override fun back() = true.also { emit(WishesEvent.Back) }
}
