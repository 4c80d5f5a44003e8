package cn.minqing.app.screen

import android.view.View
import android.view.ViewGroup
import android.widget.Button
import cn.minqing.app.R
import cn.minqing.app.model.News
import cn.minqing.app.model.NewsKind
import cn.minqing.app.presenter.TellEvent
import cn.minqing.app.presenter.TellState
import cn.minqing.app.view.*

/** 告知: what is new for this door, in letters to read aloud from, one tick each. */
class TellScreen(frame: Frame) : Screen<TellState, TellEvent>(frame, R.layout.page_tell) {

    override fun render(state: TellState) {
        page.plate(R.id.plate, state.door.plate)
        page.text(R.id.title).text = context.getString(R.string.to_tell)
        page.view<ViewGroup>(R.id.news).each(state.told + state.news, R.layout.news) { view, news -> fill(view, news, news in state.told) }
        frame.back(null)
        frame.primary(context.getString(R.string.told_of, state.told.size + state.news.size, state.told.size)) { emit(TellEvent.Done) }
    }

    private fun fill(view: View, news: News, told: Boolean) {
        val (icon, words) = when (news.kind) {
            NewsKind.MATTER -> R.drawable.ic_paper to R.string.news_matter
            NewsKind.MORE_TIME -> R.drawable.ic_clock to R.string.news_more_time
            NewsKind.NOTICE -> R.drawable.ic_board to R.string.news_notice
        }
        view.text(R.id.news_kind).show(Mark(icon, context.listed(listOf(context.getString(words), news.at)), R.attr.soft))
        view.text(R.id.news_text).text = news.text
        view.view<Button>(R.id.news_tick).apply {
            setText(if (told) R.string.told else R.string.tick_told)
            isSelected = told
            isEnabled = !told
            icon(if (told) R.drawable.ic_tick else R.drawable.ic_none)
            setOnClickListener { emit(TellEvent.Tick(news)) }
        }
    }

    override fun back() = true.also { emit(TellEvent.Done) }
}
