package cn.minqing.app

import android.view.ViewGroup
import cn.minqing.app.presenter.Place
import cn.minqing.app.presenter.Place.Kind
import cn.minqing.app.view.view

class TodayScreensTest : EveryMode() {
    override fun shots() = listOf(
        Shot("today", Place(Kind.TODAY)),
        Shot("door", Place(Kind.DOOR, Seed.wang)),
        Shot("visit-1-nothing-chosen", Place(Kind.VISIT, Seed.wang)) { tapId(R.id.go) },
        Shot("visit-2-words", Place(Kind.VISIT, Seed.wang)) { talked(1) },
        Shot("visit-3-people", Place(Kind.VISIT, Seed.wang)) { talked(2) },
        Shot("visit-5-follow-up", Place(Kind.VISIT, Seed.wang)) { talked(4) },
        Shot("visit-6-promise", Place(Kind.VISIT, Seed.wang)) {
            talked(4)
            tap(R.string.follow_promise)
            tapId(R.id.go)
        },
        Shot("visit-7-summary", Place(Kind.VISIT, Seed.wang)) { talked(5) },
        // The draft stays, so what changes the number of pages comes last.
        Shot("visit-4-survey", Place(Kind.VISIT, Seed.wang)) { talked(3) },
        Shot("visit-4-survey-one", Place(Kind.VISIT, Seed.wang)) { asked(1) },
        Shot("visit-4-survey-many", Place(Kind.VISIT, Seed.wang)) { asked(2) },
        Shot("visit-4-survey-number", Place(Kind.VISIT, Seed.wang)) {
            asked(3)
            tapId(R.id.go)
        },
    )

    private fun MainActivity.talked(steps: Int) {
        tap(view<ViewGroup>(R.id.rows).getChildAt(0))
        repeat(steps) { tapId(R.id.go) }
    }

    /** So many pages into the survey: it is chosen, then each question's first choice. */
    private fun MainActivity.asked(pages: Int) {
        talked(3)
        tap(view<ViewGroup>(R.id.rows).getChildAt(1))
        repeat(pages) { page ->
            if (page > 0) tap(view<ViewGroup>(R.id.rows).getChildAt(0))
            tapId(R.id.go)
        }
    }
}
