package cn.minqing.app

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
        Shot("visit-4-follow-up", Place(Kind.VISIT, Seed.wang)) {
            talked(3)
            tap(R.string.follow_promise)
        },
        Shot("visit-5-summary", Place(Kind.VISIT, Seed.wang)) { talked(4) },
    )

    private fun MainActivity.talked(steps: Int) {
        tap(view<android.view.ViewGroup>(R.id.rows).getChildAt(0))
        repeat(steps) { tapId(R.id.go) }
    }
}
