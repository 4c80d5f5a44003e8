package cn.minqing.app.presenter

import cn.minqing.app.model.Core
import cn.minqing.app.model.Door
import cn.minqing.app.model.News
import cn.minqing.app.model.Work

/** [told]: what was told since this page was opened; the core offers it no more. */
data class TellState(val door: Door, val news: List<News>, val told: List<News>)

sealed interface TellEvent {
    data class Tick(val news: News) : TellEvent
    data object Done : TellEvent
}

class TellPresenter(work: Work, private val go: Navigator, private val door: String) : Presenter<TellState, TellEvent>(work) {
    private var told = emptyList<News>()

    override fun load(core: Core) = core.doors.brief(door).let { TellState(it.door, it.toTell, told) }

    override fun on(event: TellEvent) = when (event) {
        is TellEvent.Tick -> act {
            it.doors.tell(door, event.news)
            told = told + event.news
        }
        TellEvent.Done -> go.back()
    }
}
