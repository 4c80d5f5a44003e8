package cn.minqing.app

import cn.minqing.core.Address
import cn.minqing.core.Minqing
import cn.minqing.core.NewAppointment
import cn.minqing.core.NewFollowUp
import cn.minqing.core.NewHousehold
import cn.minqing.core.NewMatter
import cn.minqing.core.NewResident
import cn.minqing.core.NewVisit
import java.io.File
import java.io.RandomAccessFile
import java.time.LocalDate
import org.json.JSONArray
import org.json.JSONObject

/** A morning of an officer's work at the real office, made once; every test gets a copy of that officer's phone. Nobody in it exists. */
object Seed {
    val key = ByteArray(32) { 7 }

    /** The phone's directory, once it is made. */
    val directory: File by lazy {
        File(Office.folder, "seed").also { seed ->
            // Two processes run tests side by side.
            RandomAccessFile(File(Office.folder, "seed.lock"), "rw").use { lock ->
                lock.channel.lock().use { if (!File(seed, "ids.json").exists()) make(seed) }
            }
        }
    }

    /** Doors by room, matters by what they show. */
    val ids: JSONObject by lazy { JSONObject(File(directory, "ids.json").readText()) }

    val wang get() = ids.getString("501")

    /** An own one. */
    val visit get() = ids.getString("visit")

    private fun make(into: File) {
        into.mkdirs()
        val (_, code) = Office.officer("信息员林")
        val (_, other) = Office.officer("信息员马")
        val lin = OtherPhone(into, key).enrol(code)
        val ids = JSONObject()
        ROOMS.forEach { (room, people) -> ids.put(room, door(lin.store, room, people)) }
        matters(lin, ids)
        visits(lin.store, ids)
        lin.sync()
        val ma = OtherPhone(File(into.parentFile, into.name + "-other"), key).enrol(other)
        ma.sync()
        ma.store.recordVisit(visit(ids, "501", "talked", "送了药，楼道的灯又坏了"))
        ma.sync()
        lin.sync()
        unsent(lin.store, ids)
        File(into, "ids.json").writeText(ids.toString())
        lin.store.close()
        ma.store.close()
    }

    private fun door(phone: Minqing, room: String, people: List<NewResident>) = phone.recordHousehold(
        NewHousehold(
            grid = Office.grid, residents = people, note = if (room == "501") "先敲三下，她听不清门铃" else "",
            address = Address(community = Office.community, estate = "静宁小区", building = "3", stairwell = "2", floor = room.take(1), room = room),
        ),
    )

    private fun visits(phone: Minqing, ids: JSONObject) {
        val today = LocalDate.now()
        ids.put("visit", phone.recordVisit(visit(ids, "101", "talked", "收到，没有别的事", NewFollowUp("带养老认证的表来", today.plusDays(1).toString()))))
        phone.recordVisit(visit(ids, "102", "nobody_in", ""))
        phone.recordVisit(visit(ids, "201", "refused", ""))
        phone.recordVisit(visit(ids, "202", "talked", "孩子刚满月，想问疫苗", NewFollowUp("问卫生站打疫苗的时间", today.minusDays(1).toString())))
    }

    private fun visit(ids: JSONObject, room: String, outcome: String, note: String, vararg up: NewFollowUp) =
        NewVisit(household = ids.getString(room), purpose = "routine", outcome = outcome, note = note, followUps = up.toList())

    /** One that is answered, one that waits for papers, one that was just written down. */
    private fun matters(phone: OtherPhone, ids: JSONObject) {
        fun register(name: String, room: String, category: String, text: String, errand: Boolean = false) = phone.store.registerMatter(
            NewMatter(kind = if (errand) "application" else "complaint", channel = "door", category = category, text = text, household = ids.getString(room), affected = "household", errand = errand),
        ).also { ids.put(name, it) }
        val lamp = register("answered", "501", "utilities", "二单元三楼的灯不亮，晚上摸黑上楼")
        val papers = register("papers", "401", "old_age_allowance", "八十岁了，想办高龄补助，走不动", errand = true)
        register("open", "302", "sanitation", "楼下垃圾桶三天没人倒")
        phone.sync()
        Office.move("clerk", lamp, "accept", JSONObject().put("handling", "promised").put("days", 5))
        Office.move("clerk", lamp, "assign", JSONObject().put("to", Office.department))
        Office.move("handler", lamp, "sign")
        val result = JSONObject().put("solved", "yes").put("fen", 0).put("contributions", JSONArray())
        Office.move("handler", lamp, "result", result, JSONObject().put("text", "换了灯").put("public", "灯已经换好，楼道亮了。再坏请拨 12345。"))
        Office.move("lead", lamp, "pass")
        Office.move("clerk", papers, "accept", JSONObject().put("handling", "papers"))
        val items = JSONObject().put("BwcHBwcHBwcHBwcHBwcHBw", "户口本复印件").put("CAgICAgICAgICAgICAgICA", "本人一寸照片")
        Office.move("clerk", papers, "need_papers", JSONObject().put("items", JSONArray(items.keys().asSequence().toList())), JSONObject().put("items", items))
        val notice = JSONObject().put("title", JSONObject().put("zh", "高龄津贴认证")).put("text", JSONObject().put("zh", "请在月底前到社区窗口认证，走不动的我们上门办。"))
        Office.post("clerk", "notices", JSONObject().put("notice", notice.put("from", Office["first_day"]).put("until", Office["last_day"]).put("min_age", 80)))
        phone.sync()
    }

    /** What waits on this phone. */
    private fun unsent(phone: Minqing, ids: JSONObject) {
        val tomorrow = Office["ten"].toLong()
        phone.proposeAppointment(NewAppointment(household = ids.getString("401"), purpose = "collect", matter = ids.getString("papers"), startMs = tomorrow, minutes = 30u))
        phone.planRound()
    }

    private fun person(name: String, year: Int, vararg needs: String, phone: String = "") = NewResident(name = name, birthYear = year.toUShort(), needs = needs.toList(), phone = phone)

    private val ROOMS = mapOf(
        "101" to listOf(person("赵守仁", 1952)), "102" to listOf(person("孙桂芬", 1968)),
        "201" to listOf(person("周国栋", 1971)), "202" to listOf(person("马晓梅", 1996, "infant"), person("马小宝", 2026)),
        "301" to listOf(person("韩玉珍", 1949, "walks_badly")), "302" to listOf(person("冯建军", 1980)),
        "401" to listOf(person("何淑贤", 1945, "lives_alone", "walks_badly")), "402" to listOf(person("曹志强", 1988)),
        "501" to listOf(person("王秀兰", 1944, "lives_alone", "hard_of_hearing", phone = "13900000001"), person("王建国", 1970)), "502" to listOf(person("丁兰英", 1975)),
        "601" to listOf(person("白雪芹", 1963)), "602" to listOf(person("田福贵", 1938, "chronic_illness")),
    )
}
