package cn.minqing.app

import android.view.ViewGroup
import android.widget.EditText
import cn.minqing.app.presenter.Place
import cn.minqing.app.presenter.Place.Kind
import cn.minqing.app.view.view

class MatterScreensTest : EveryMode() {
    private val door get() = Place(Kind.NEW_MATTER, Seed.ids.getString("302"))

    override fun shots() = listOf(
        Shot("matter-new-1-urgent", door),
        Shot("matter-new-2-category", door) {
            tapId(R.id.go)
            tapId(R.id.go)
        },
        Shot("matter-new-3-words", door) { filled(2) },
        Shot("matter-new-4-affected", door) { filled(3) },
        Shot("matter-new-5-handling", door) {
            filled(4)
            tap(R.string.do_solve)
        },
        Shot("matter-new-6-slip", door) { filled(5) },
        Shot("matter-new-7-summary", door) { filled(6) },
        Shot("matter-open", Place(Kind.MATTER, Seed.ids.getString("open"))),
        Shot("matter-answered", Place(Kind.MATTER, Seed.ids.getString("answered"))),
        Shot("matter-papers", Place(Kind.MATTER, Seed.ids.getString("papers"))) { tap("本人一寸照片") },
        Shot("matter-note", Place(Kind.MATTER, Seed.ids.getString("open"))) { tap(R.string.do_note) },
    )

    /** So many steps on, each with its second choice. */
    private fun MainActivity.filled(steps: Int) = repeat(steps) { step ->
        when (step) {
            1 -> tap(view<ViewGroup>(R.id.pictures).getChildAt(4))
            2 -> view<EditText>(R.id.note).setText("楼下垃圾桶三天没人倒，味道大")
            else -> view<ViewGroup>(R.id.rows).getChildAt(1)?.let(::tap)
        }
        tapId(R.id.go)
    }
}
