package cn.minqing.app.screen

import cn.minqing.app.R
import cn.minqing.app.presenter.RatingEvent
import cn.minqing.app.presenter.RatingState
import cn.minqing.app.view.*

/** 一事一评: five words, all alike, none chosen beforehand; the resident's finger alone. */
class RatingScreen(frame: Frame) : PlainScreen<RatingState, RatingEvent>(frame) {

    override fun render(state: RatingState) {
        val missing = said(if (state.stars == 0) R.string.rate_first else R.string.again_first)
        head(said(R.string.q_rate), said(R.string.rate_more), state.matter.plate, warn = if (state.isMissing) missing else null)
        noField()
        sections(
            listOf(
                Section(lines(state.matter.category.said, state.matter.text), RATES.mapIndexed { i, words -> choice(said(words), state.stars == RatingState.MOST - i, RatingEvent.Choose(RatingState.MOST - i)) }),
                Section(
                    said(R.string.q_again),
                    if (!state.isLow) emptyList()
                    else listOf(
                        choice(said(R.string.again_yes), state.again == true, RatingEvent.Again(true), said(R.string.again_yes_more)),
                        choice(said(R.string.again_no), state.again == false, RatingEvent.Again(false)),
                    ),
                ),
            ),
        )
        frame.back { emit(RatingEvent.Back) }
        frame.primary(said(R.string.rate_done)) { emit(RatingEvent.Save) }
    }

    override fun back() = true.also { emit(RatingEvent.Back) }

    private companion object {
        /** The most stars first. */
        val RATES = listOf(R.string.rate_5, R.string.rate_4, R.string.rate_3, R.string.rate_2, R.string.rate_1)
    }
}
