package cn.minqing.app

import android.widget.EditText
import cn.minqing.app.presenter.Place
import cn.minqing.app.presenter.Place.Kind
import cn.minqing.app.view.view

class WalkScreensTest : EveryMode() {
    override fun shots() = listOf(
        Shot("stairwell", Place(Kind.STAIRWELL)),
        Shot("tell", Place(Kind.TELL, Seed.wang)),
        Shot("search", Place(Kind.SEARCH)) { type("王秀") },
        Shot("search-nothing", Place(Kind.SEARCH)) { type("没有这个人") },
        Shot("notices", Place(Kind.NOTICES)),
        Shot("round", Place(Kind.ROUND)),
        Shot("paper", Place(Kind.PAPER)) { tapId(R.id.go) },
        Shot("outbox", Place(Kind.OUTBOX)) {
            await("nobody speaks") { !app.line.state.isUnderWay }
            loaded()
        },
    )

    private fun MainActivity.type(words: String) {
        view<EditText>(R.id.field).setText(words)
        loaded()
    }
}
