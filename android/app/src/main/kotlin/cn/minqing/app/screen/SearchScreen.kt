package cn.minqing.app.screen

import android.graphics.Typeface
import android.text.SpannableString
import android.text.style.StyleSpan
import android.text.style.UnderlineSpan
import cn.minqing.app.R
import cn.minqing.app.model.Found
import cn.minqing.app.model.FoundKind
import cn.minqing.app.model.Marked
import cn.minqing.app.presenter.SearchEvent
import cn.minqing.app.presenter.SearchState
import cn.minqing.app.view.*

/** People, doors, visits and matters, by two characters or the initials of their pinyin. */
class SearchScreen(frame: Frame) : PlainScreen<SearchState, SearchEvent>(frame) {

    override fun render(state: SearchState) {
        head(said(R.string.search))
        field(said(R.string.search_label), state.words, hint = said(R.string.search_hint)) { emit(SearchEvent.Write(it)) }
        sections(
            listOf(
                Section(context.count(R.plurals.found, state.found.size), state.found.map(::row)),
                Section(said(R.string.found_nothing), if (state.isShort || state.found.isNotEmpty()) emptyList() else listOf(Row(said(R.string.found_nothing_more), icon = R.drawable.ic_info))),
            ),
        )
        frame.back { emit(SearchEvent.Back) }
        frame.primary(said(R.string.search_again)) { focus() }
    }

    private fun row(found: Found) = Row(
        marked(found.title), marked(found.snippet).takeIf { it.isNotEmpty() }, icon = icon(found.kind),
        tap = if (found.door.isEmpty() && found.kind != FoundKind.MATTER) null else ({ emit(SearchEvent.Open(found)) }),
    )

    /** What was looked for stands out, not by colour alone. */
    private fun marked(text: Marked): CharSequence = SpannableString(text.text).apply {
        text.hits.filter { it.last < length }.forEach {
            setSpan(StyleSpan(Typeface.BOLD), it.first, it.last + 1, 0)
            setSpan(UnderlineSpan(), it.first, it.last + 1, 0)
        }
    }

    private fun icon(kind: FoundKind) = when (kind) {
        FoundKind.VISIT -> R.drawable.ic_draft
        FoundKind.MATTER -> R.drawable.ic_paper
        FoundKind.HOUSEHOLD -> R.drawable.ic_door
        FoundKind.PERSON -> R.drawable.ic_person
    }

    override fun back() = true.also { emit(SearchEvent.Back) }
}
