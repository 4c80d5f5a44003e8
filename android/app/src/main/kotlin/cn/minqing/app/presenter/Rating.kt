package cn.minqing.app.presenter

import cn.minqing.app.model.Core
import cn.minqing.app.model.Matter
import cn.minqing.app.model.Work

/** [stars]: none before the resident has chosen. Of few the office takes a matter up once more, unless the resident does not want that. */
data class RatingState(val matter: Matter, val stars: Int = 0, val again: Boolean? = null, val isMissing: Boolean = false) {
    val isLow get() = stars in 1..LOW

    companion object {
        const val MOST = 5
        private const val LOW = 2
    }
}

sealed interface RatingEvent {
    data class Choose(val stars: Int) : RatingEvent
    data class Again(val again: Boolean) : RatingEvent
    data object Save : RatingEvent
    data object Back : RatingEvent
}

/** 一事一评: the phone is in the resident's hand. */
class RatingPresenter(work: Work, private val go: Navigator, private val matter: String) : Presenter<RatingState, RatingEvent>(work) {
    override fun load(core: Core) = RatingState(core.matters.matter(matter).matter)

    /** Nobody chooses twice because a list changed. */
    override fun changed() = Unit

    override fun on(event: RatingEvent) = when (event) {
        is RatingEvent.Choose -> show(state.copy(stars = event.stars, again = null, isMissing = false))
        is RatingEvent.Again -> show(state.copy(again = event.again, isMissing = false))
        RatingEvent.Save -> save()
        RatingEvent.Back -> go.back()
    }

    private fun save() {
        val (stars, again) = state.stars to state.again
        if (stars == 0 || state.isLow && again == null) return show(state.copy(isMissing = true))
        finish({ it.matters.rate(matter, stars, accept = again != true) }) { go.back() }
    }
}
