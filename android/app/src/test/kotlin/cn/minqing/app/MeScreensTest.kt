package cn.minqing.app

import cn.minqing.app.presenter.Place
import cn.minqing.app.presenter.Place.Kind

class MeScreensTest : EveryMode() {
    override fun shots() = listOf(
        Shot("me", Place(Kind.ME)),
        Shot("me-leaving", Place(Kind.ME)) { tap(R.string.leave) },
        Shot("enrol", Place(Kind.ENROL)),
        Shot("enrol-typed", Place(Kind.ENROL, "minqing:enrol?server=https://office.example&code=7HGN3-8PDVG")),
        Shot("enrol-revoked", Place(Kind.ENROL, "revoked")) { tap(R.string.enrol_type).also { tapId(R.id.go) } },
    )
}
