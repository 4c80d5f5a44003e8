package cn.minqing.app

import android.content.Intent
import android.net.Uri
import android.widget.EditText
import cn.minqing.app.presenter.Place
import cn.minqing.app.presenter.Place.Kind
import cn.minqing.app.view.view
import cn.minqing.core.Address
import cn.minqing.core.HouseholdEdit
import cn.minqing.core.NewHousehold
import cn.minqing.core.NewMatter
import cn.minqing.core.NewResident
import cn.minqing.core.RecordState
import cn.minqing.core.ResidentEdit
import java.io.File
import org.json.JSONArray
import org.json.JSONObject
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** A day of an officer with a finger, against the real library and the real office. */
@RunWith(RobolectricTestRunner::class)
class JourneyTest {
    private lateinit var colleague: OtherPhone
    private lateinit var doors: List<String>
    private val mode = Mode("zh")

    /** A time is named at the door and agreed; the resident moves it: a card to acknowledge. */
    private fun appointment(activity: MainActivity, matter: String, slip: Slip) {
        activity.open(Place(Kind.MATTER, matter))
        activity.loaded()
        activity.tap(R.string.propose)
        for (choice in listOf("上门答复", "明天", "上午 10:00")) {
            activity.tap(choice)
            activity.tapId(R.id.go)
        }
        activity.tapId(R.id.go)
        activity.shows(activity.getString(R.string.to_be_confirmed).plain())
        activity.send()
        val id = slip.appointments().getJSONObject(0).getString("id")
        activity.to(Place(Kind.AGENDA))
        activity.tap(activity.texts().single { "明天 10:00" in it })
        activity.tap(R.string.do_confirm)
        activity.send()
        val other = slip.times(id).last()
        val held = slip.does(id, JSONObject().put("event", "choose").put("start_ms", other))
        slip.does(id, JSONObject().put("event", "confirm").put("sequence", held.getInt("sequence")))
        activity.send()
        assertEquals(1, app.store.forWork().appointment(id).unseen.size)
        activity.to(Place(Kind.AGENDA))
        activity.shows(activity.getString(R.string.moved_to_see).plain())
        activity.to(Place(Kind.TODAY))
        activity.tap(activity.texts().first { "上门答复" in it })
        activity.tap(R.string.seen_moved)
        activity.send()
        val seen = app.store.forWork().appointment(id)
        assertTrue("seen, and nothing of it waits: $seen", seen.unseen.isEmpty() && !seen.pending && seen.startMs == other && seen.state == "confirmed")
    }

    /** Five doors of a building of their own, by a colleague whose phone has them first. */
    private fun prepare(): String {
        val (officer, code) = Office.officer("信息员何")
        val (_, other) = Office.officer("信息员苏")
        colleague = OtherPhone(File(app.filesDir, "colleague")).enrol(other)
        doors = (1..5).map { room ->
            val address = Address(community = Office.community, estate = "榆中小区", building = "9", stairwell = "1", floor = "$room", room = "${room}01")
            colleague.store.recordHousehold(NewHousehold(grid = Office.grid, address = address, residents = listOf(NewResident(name = "住户$room", birthYear = (1940 + room).toUShort(), phone = "1390000010$room"))))
        }
        colleague.sync()
        return "$officer $code"
    }

    @Test
    fun aDayFromEnrolmentToTheEveningSync() {
        mode.fresh()
        val (officer, code) = prepare().split(" ")
        val link = Intent(Intent.ACTION_VIEW, Uri.parse("minqing:enrol?server=${Office.url}&code=$code")).setClass(app, MainActivity::class.java)
        var activity = mode.begin(link)
        // Enrolled: the doors of the grid are here.
        activity.tapId(R.id.go)
        await("the office says yes") { !app.line.state.isUnderWay && app.kept.settings.server.isNotEmpty() }
        activity.loaded()
        activity.shows("今天走访")
        // Airplane: five visits, one with a photo; one taken back and done again.
        app.way = { _, _ -> network("http://127.0.0.1:9") }
        activity.visit(doors[0], "谈过了", steps = 5, note = "灯好了", photo = true)
        activity.shows("已存好，待发送")
        activity.tap(R.string.undo)
        activity.shows("今天走访 0 户")
        activity.visit(doors[0], "谈过了", steps = 5)
        activity.visit(doors[1], "无人在家", steps = 2)
        activity.visit(doors[2], "不愿接待", steps = 2)
        activity.visit(doors[3], "谈过了", steps = 5, note = "要办高龄补助")
        activity.shows("今天走访 4 户：0 户已到办公室")
        // Two matters: one on a slip of the stock, one that was done at once.
        val slip = Slip.cut()
        val reported = activity.matter(doors[3], "楼道的灯不亮", slip.code)
        val done = activity.matter(doors[3], "窗户关不上", null)
        assertEquals("its code is on the page", slip.code.replace("-", ""), app.store.forWork().matter(reported).matter.code)
        // Killed in mid-form: the draft is there, and goes on.
        activity.open(Place(Kind.VISIT, doors[4]))
        activity.loaded()
        activity.tap("谈过了")
        activity.tapId(R.id.go)
        activity.view<EditText>(R.id.note).setText("扶手松了")
        activity.loaded()
        activity.finish()
        activity = mode.begin(Place(Kind.DOOR, doors[4]))
        activity.shows(activity.getString(R.string.go_on_draft).plain())
        activity.tapId(R.id.go)
        repeat(6) { activity.tapId(R.id.go) }
        activity.shows("今天走访 5 户：0 户已到办公室")
        // Still no network: that is said, and is no error.
        activity.send()
        activity.shows(activity.getString(R.string.line_offline).plain())
        // Evening: all of it is at the office, the photo too.
        app.way = { server, _ -> network(server) }
        activity.send()
        activity.to(Place(Kind.TODAY))
        activity.shows("今天走访 5 户：5 户已到办公室")
        colleague.sync()
        val there = doors.map { colleague.store.household(it).visits.single() }
        assertEquals(listOf("灯好了", "", "", "要办高龄补助", "扶手松了"), there.map { it.note })
        assertTrue(there.all { it.officer == officer })
        assertEquals("the photo is at the office", 1, colleague.store.attachments(there[0].id).size)
        assertEquals("registered" to "feedback", Office.state(reported) to Office.state(done))
        appointment(activity, reported, slip)
        conflict(activity)
        refusal(activity)
        revoked(activity)
        println("app: a day was played against ${Office.url.substringBefore("//")}//127.0.0.1")
    }

    /** Both wrote another telephone number, unseen by each other: a card that needs nothing of the officer. */
    private fun conflict(activity: MainActivity) {
        val resident = colleague.store.household(doors[0]).residents.single().id
        colleague.store.editHousehold(doors[0], HouseholdEdit(residents = listOf(ResidentEdit(id = resident, phone = "13900000777"))))
        val mine = app.store.forWork()
        mine.editHousehold(doors[0], HouseholdEdit(residents = listOf(ResidentEdit(id = resident, phone = "13900000888"))))
        colleague.sync()
        activity.send()
        activity.to(Place(Kind.OUTBOX))
        activity.shows(activity.getString(R.string.two_values).plain())
        activity.shows("13900000777")
        activity.shows("13900000888")
    }

    /** Papers that the window took meanwhile are refused, with the reason; a second letter asks for them again, and they are sent once more. */
    private fun refusal(activity: MainActivity) {
        val mine = app.store.forWork()
        val matter = mine.registerMatter(NewMatter(kind = "application", channel = "door", category = "old_age_allowance", text = "办高龄补助", household = doors[3], affected = "household", errand = true))
        activity.send()
        val item = "BwcHBwcHBwcHBwcHBwcHBw"
        fun letter(who: String) = Office.move(who, matter, "need_papers", JSONObject().put("items", JSONArray(listOf(item))), JSONObject().put("items", JSONObject().put(item, "户口本复印件")))
        Office.move("clerk", matter, "accept", JSONObject().put("handling", "papers"))
        letter("clerk")
        activity.send()
        mine.bringPapers(matter, listOf(item), emptyList())
        Office.move("clerk", matter, "papers_in", JSONObject().put("items", JSONArray(listOf(item))))
        activity.send()
        activity.to(Place(Kind.OUTBOX))
        activity.shows("未采纳")
        letter("lead")
        activity.send()
        activity.to(Place(Kind.OUTBOX))
        activity.shows(activity.getString(R.string.can_again).plain())
        activity.tap(R.string.send_again)
        activity.send()
        assertEquals(0u, mine.today("zh").refused)
        val papers = mine.lineOf(matter).papers
        assertTrue("applied at the office", papers.all { it.ticked } && mine.matter(matter).matter.state == RecordState.APPLIED)
    }

    /** The office revokes the phone: it is told, and nothing is left on it. */
    private fun revoked(activity: MainActivity) {
        val device = app.store.forWork().enrolment().device
        val key = File(app.filesDir, "key").readBytes()
        Office.admin("device", "revoke", device.toString())
        activity.send()
        await("it is told") { activity.texts().any { activity.getString(R.string.enrol_revoked).plain() in it } }
        assertEquals("", app.kept.settings.server)
        assertTrue("nothing is left", app.store.forWork().households(0u, 9u).isEmpty())
        assertFalse("the key is another", key.contentEquals(File(app.filesDir, "key").readBytes()))
    }
}
