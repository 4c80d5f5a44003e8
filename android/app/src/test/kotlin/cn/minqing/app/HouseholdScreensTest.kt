package cn.minqing.app

import android.widget.EditText
import cn.minqing.app.presenter.Place
import cn.minqing.app.presenter.Place.Kind
import cn.minqing.app.view.view
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

class HouseholdScreensTest : EveryMode() {
    private val newPerson get() = Place(Kind.PERSON, Seed.wang)

    override fun shots() = listOf(
        Shot("household", Place(Kind.HOUSEHOLD, Seed.wang)),
        Shot("person", Place(Kind.HOUSEHOLD, Seed.wang)) { tap(texts().first { "王秀兰" in it }) },
        Shot("person-new-name", newPerson) {
            tap(R.string.person_name)
            view<EditText>(R.id.field).setText("王小宝")
        },
        Shot("person-new-needs", newPerson) { tap(R.string.person_needs) },
        Shot("person-new-refuses", newPerson) { tap(R.string.person_refuses) },
        Shot("person-new", newPerson),
        Shot("past-visit", Place(Kind.PAST, Seed.visit)) { tap(R.string.change_words) },
        Shot("new-door", Place(Kind.NEW_DOOR, Seed.wang)),
        Shot("new-door-room", Place(Kind.NEW_DOOR, Seed.wang)) { tap(R.string.room_of) },
        Shot("wishes", Place(Kind.WISHES, Seed.wang)) { tap(R.string.lift_no) },
    )

    @Test
    fun whatWasTypedOutlivesTheActivity() {
        val activity = Mode("zh").start(newPerson)
        activity.tap(R.string.person_name)
        activity.view<EditText>(R.id.field).setText("王小宝")
        activity.loaded()
        activity.finish()
        val again = Mode("zh").begin(newPerson)
        assertTrue(again.texts().toString(), "王小宝" in again.texts())
        again.home(Place(Kind.OUTBOX))
        again.loaded()
        assertTrue("it is a draft like others", again.texts().any { it == getDrafts(again) })
        again.open(newPerson)
        again.loaded()
        again.tapId(R.id.go)
        assertEquals(3, app.store.forWork().household(Seed.wang).residents.size)
    }

    private fun getDrafts(activity: MainActivity) = activity.getString(R.string.drafts).plain()
}
