package cn.minqing.app.screen

import cn.minqing.app.R
import cn.minqing.app.presenter.NoticesEvent
import cn.minqing.app.presenter.NoticesState
import cn.minqing.app.view.*

/** 要念的通知: in letters to read aloud from. Who was told is ticked at each door. */
class NoticesScreen(frame: Frame) : PlainScreen<NoticesState, NoticesEvent>(frame) {

    override fun render(state: NoticesState) {
        head(said(R.string.notices), said(if (state.notices.isEmpty()) R.string.no_notices else R.string.notices_lead))
        sections(listOf(Section(context.count(R.plurals.notices_of, state.notices.size), state.notices.map { Row(it.text, said(R.string.until, it.until), icon = R.drawable.ic_board) })))
        frame.back(null)
        frame.primary(said(R.string.read_out)) { emit(NoticesEvent.Back) }
    }

    override fun back() = true.also { emit(NoticesEvent.Back) }
}
