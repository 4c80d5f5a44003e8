package cn.minqing.app

import android.view.ViewGroup
import cn.minqing.app.presenter.Place
import cn.minqing.app.presenter.Place.Kind
import cn.minqing.app.view.view

class AgendaScreensTest : EveryMode() {
    private val propose get() = Place(Kind.PROPOSE, Seed.wang)

    override fun shots() = listOf(
        Shot("agenda", Place(Kind.AGENDA)),
        Shot("appointment", Place(Kind.AGENDA)) { open() },
        Shot("appointment-cancel", Place(Kind.AGENDA)) {
            open()
            tap(R.string.do_cancel)
        },
        Shot("propose-1-purpose", propose) { tapId(R.id.go) },
        Shot("propose-2-day", propose) { filled(1) },
        Shot("propose-3-time", propose) { filled(2) },
        Shot("propose-4-summary", propose) { filled(3) },
    )

    /** The one that the seeded officer has proposed. */
    private fun MainActivity.open() {
        val sections = view<ViewGroup>(R.id.sections)
        tap(sections.getChildAt(sections.childCount - 1).view<ViewGroup>(R.id.section_rows).getChildAt(0))
    }

    private fun MainActivity.filled(steps: Int) = repeat(steps) { step ->
        tap(view<ViewGroup>(if (step == 2) R.id.pictures else R.id.rows).getChildAt(0))
        tapId(R.id.go)
    }
}
