package cn.minqing.app.presenter

import cn.minqing.app.model.Core
import cn.minqing.app.model.Notice
import cn.minqing.app.model.Work

data class NoticesState(val notices: List<Notice>)

sealed interface NoticesEvent {
    data object Back : NoticesEvent
}

class NoticesPresenter(work: Work, private val go: Navigator) : Presenter<NoticesState, NoticesEvent>(work) {
    override fun load(core: Core) = NoticesState(core.doors.notices())

    override fun on(event: NoticesEvent) = when (event) {
        NoticesEvent.Back -> go.back()
    }
}
