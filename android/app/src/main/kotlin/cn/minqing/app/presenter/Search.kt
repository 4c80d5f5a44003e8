package cn.minqing.app.presenter

import cn.minqing.app.model.Core
import cn.minqing.app.model.Found
import cn.minqing.app.model.FoundKind
import cn.minqing.app.model.Work
import cn.minqing.app.presenter.Place.Kind

data class SearchState(val words: String = "", val found: List<Found> = emptyList()) {
    val isShort get() = words.trim().length < LEAST

    companion object {
        /** From two characters on, or two initials of the pinyin. */
        const val LEAST = 2
    }
}

sealed interface SearchEvent {
    data class Write(val words: String) : SearchEvent
    data class Open(val found: Found) : SearchEvent
    data object Back : SearchEvent
}

class SearchPresenter(work: Work, private val go: Navigator) : Presenter<SearchState, SearchEvent>(work) {
    private var words = ""

    override fun load(core: Core) = SearchState(words, if (SearchState(words).isShort) emptyList() else core.doors.search(words.trim(), MOST))

    override fun on(event: SearchEvent) {
        when (event) {
            is SearchEvent.Write -> if (event.words != words) {
                words = event.words
                reload()
            }
            is SearchEvent.Open -> go.open(
                when (event.found.kind) {
                    FoundKind.MATTER -> Place(Kind.MATTER, event.found.id)
                    FoundKind.HOUSEHOLD, FoundKind.PERSON -> Place(Kind.HOUSEHOLD, event.found.door)
                    FoundKind.VISIT -> Place(Kind.DOOR, event.found.door)
                },
            )
            SearchEvent.Back -> go.back()
        }
    }

    private companion object {
        const val MOST = 50
    }
}
